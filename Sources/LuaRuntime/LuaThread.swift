internal import CLuaBridge
internal import Glibc
internal import Synchronization

/// The thread that owns a VM: the only place where threads for Lua are made.
///
/// Its stack is 8 MiB: Lua allows 200 nested C calls, whose buffers overflow a stack of 384 KiB.
public final class LuaThread: Sendable {
  private let handle: pthread_t
  private let isJoined = Atomic(false)

  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  /// Starts a thread that runs `body`.
  public init(_ body: @escaping @Sendable () -> Void) {
    moondial_use_one_heap()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 8 << 20)
    defer { pthread_attr_destroy(&attributes) }
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Body(body)).toOpaque()
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        moondial_name_thread("lua")
        Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue().run()
        return nil
      }, box)
    precondition(status == 0, "the thread of the Lua VM does not start: \(String(cString: strerror(status)))")
    handle = thread
  }

  /// Waits until the thread has ended; once.
  public func join() {
    guard !isJoined.exchange(true, ordering: .relaxed) else { return }
    pthread_join(handle, nil)
  }
}
