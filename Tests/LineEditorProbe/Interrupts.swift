import Glibc

/// SIGINT, delivered to a thread that is not the editor's and forwarded to the editor's descriptor.
enum Interrupts {
  // Written once before the handler is installed, and a constant initial value needs no initialiser at run time: reading
  // it in a signal handler is safe.
  nonisolated(unsafe) private static var descriptor: Int32 = -1

  static func forward(to descriptor: Int32) {
    self.descriptor = descriptor
    // The new thread inherits the mask from before SIGINT is blocked here.
    var thread = pthread_t()
    pthread_create(&thread, nil, { _ in while true { pause() } }, nil)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGINT)
    pthread_sigmask(SIG_BLOCK, &set, nil)
    signal(SIGINT) { _ in
      var byte: UInt8 = 0
      write(Interrupts.descriptor, &byte, 1)
    }
  }
}
