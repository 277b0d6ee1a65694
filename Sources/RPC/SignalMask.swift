import Glibc

/// Runs a closure with every signal blocked that a terminal or another process may send.
///
/// A thread inherits the mask of the thread that creates it, and core creates its threads lazily, in whatever call needs
/// them. A SIGINT or SIGWINCH delivered to one of them would be lost to the thread that waits for input. Signals that
/// report a fault of the thread itself stay open, so that a crash is still reported as one.
///
/// - Parameter body: what may create threads.
/// - Returns: what the closure returns.
func withSignalsBlocked<T>(_ body: () -> T) -> T {
  var blocked = sigset_t()
  var previous = sigset_t()
  sigfillset(&blocked)
  for fault in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP] {
    sigdelset(&blocked, fault)
  }
  pthread_sigmask(SIG_SETMASK, &blocked, &previous)
  defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
  return body()
}
