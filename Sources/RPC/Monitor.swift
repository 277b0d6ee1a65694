import Glibc

/// A value behind a lock, with the possibility to wait, for a bounded time, until it satisfies a condition.
///
/// `Synchronization` has no condition variable, and POSIX's can be told to count on the monotonic clock. It is the lock of
/// the whole room, also where nobody waits, because ThreadSanitizer understands pthread's mutexes and not the futex of
/// `Synchronization.Mutex`.
// @unchecked Sendable because `state` is only touched while `mutex` is held, and the two pthread objects are made to be
// shared and stay where they are until deinit.
final class Monitor<State>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var state: State

  init(_ state: State) {
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

  func withLock<T, E>(_ body: (inout State) throws(E) -> T) throws(E) -> T {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&state)
  }

  /// The same as `withLock`, and wakes the threads in `wait`, whose condition the closure may have made true.
  func change<T>(_ body: (inout State) -> T) -> T {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(mutex)
    }
    return body(&state)
  }

  /// Blocks the thread until the condition holds.
  ///
  /// - Returns: false if the deadline came first.
  func wait(until deadline: Deadline, for condition: (State) -> Bool) -> Bool {
    var time = deadline.systemTime
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while !condition(state) {
      if pthread_cond_timedwait(changed, mutex, &time) == ETIMEDOUT { return condition(state) }
    }
    return true
  }
}
