import Glibc
import LineEditor
import Synchronization

/// The FIFO through which a test tells the probe what to print, when evaluation is done, and when candidates have come.
final class Control: Sendable {
  private let path: String
  private let writer: PromptWriter
  private let completions: CompletionInbox
  private let later: Later
  private let done: (readEnd: Int32, writeEnd: Int32)

  init(path: String, _ writer: PromptWriter, _ completions: CompletionInbox, _ later: Later) {
    self.path = path
    self.writer = writer
    self.completions = completions
    self.later = later
    var ends: [Int32] = [0, 0]
    precondition(pipe(&ends) == 0)
    done = (ends[0], ends[1])
  }

  /// Begins to read on a thread of its own.
  func start() {
    let context = Unmanaged.passRetained(self).toOpaque()
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { context in
        Unmanaged<Control>.fromOpaque(context!).takeRetainedValue().run()
        return nil
      }, context)
  }

  func waitUntilDone() {
    var byte: UInt8 = 0
    while read(done.readEnd, &byte, 1) < 0, errno == EINTR {}
  }

  private func run() {
    guard let stream = fopen(path, "r") else { return }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    while getline(&line, &capacity, stream) > 0, let text = line.map({ String(cString: $0) }) {
      if text == "deliver\n" {
        if let request = later.take() { completions.deliver(candidates(for: request), for: request) }
      } else if text == "done\n" {
        var byte: UInt8 = 0
        write(done.writeEnd, &byte, 1)
      } else {
        writer.printAbove(text)
      }
    }
  }
}
