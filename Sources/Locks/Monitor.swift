public import Glibc

/// A value behind a lock, with the possibility to wait, for a bounded time, until it satisfies a condition.
///
/// It is the lock of all rooms, also where nobody waits: `Synchronization.Mutex` is a futex inside a library, which
/// ThreadSanitizer does not see, so that it takes for a race whatever happens under it. Nor has `Synchronization` a
/// condition variable, and POSIX's can be told to count on the monotonic clock.
///
/// `@unchecked Sendable` because `state` is only touched while `mutex` is held, and the two pthread objects are made to be
/// shared and stay where they are until deinit.
public final class Monitor<State>: @unchecked Sendable {
  @usableFromInline let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  @usableFromInline let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  @usableFromInline var state: State

  /// Puts a value behind a lock.
  public init(_ state: State) {
    self.state = state
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(changed, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Calls the closure with the value, which nobody else touches meanwhile.
  @inlinable
  public func withLock<T, E>(_ body: (inout State) throws(E) -> T) throws(E) -> T {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&state)
  }

  /// The same as `withLock`, and wakes the threads in `wait`, whose condition the closure may have made true.
  @inlinable
  public func change<T>(_ body: (inout State) -> T) -> T {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(mutex)
    }
    return body(&state)
  }

  /// Blocks the thread until the condition holds.
  ///
  /// - Parameters:
  ///   - time: until when, on the monotonic clock.
  ///   - condition: what has to hold.
  /// - Returns: false if the time came first.
  @inlinable
  public func wait(until time: timespec, for condition: (State) -> Bool) -> Bool {
    var time = time
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while !condition(state) {
      if pthread_cond_timedwait(changed, mutex, &time) == ETIMEDOUT { return condition(state) }
    }
    return true
  }
}
