internal import CLuaBridge
internal import Glibc

/// An eventfd: a wake-up call that a signal handler and any thread may make, and one thread waits for.
final class EventDescriptor: Sendable {
  let descriptor = moondial_wake_new()

  init() { precondition(descriptor >= 0, "no file descriptor is left for the Lua VM") }

  deinit { close(descriptor) }

  func signal() { moondial_wake_signal(descriptor) }

  /// Waits until signalled or until `timeout` seconds passed (nil: no limit), and takes the signal back.
  ///
  /// May return early, when a signal handler ran.
  func wait(timeout: Double?) { moondial_wake_wait(descriptor, timeout.map { max(0, $0) } ?? -1) }
}
