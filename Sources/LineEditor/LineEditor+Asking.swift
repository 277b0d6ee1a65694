import Glibc

extension LineEditor {
  /// Asks a question between two reads; the answer is a line that is typed now.
  ///
  /// What was typed ahead is dropped: nobody who typed it knew the question.
  ///
  /// - Parameter question: what to ask, as it is.
  /// - Returns: the answer, or nil where the user left it by Ctrl-C or Ctrl-D.
  public func answer(to question: String) -> String? {
    assertOwner()
    _ = interrupts.drain()
    tcflush(keyboard, TCIFLUSH)
    writer.printAbove(question)
    guard let answer = line() else {
      writer.printAbove("\n")
      return nil
    }
    // The terminal has shown the Enter.
    writer.noteLineStart()
    return answer
  }

  /// Reads a line that the terminal lets the user edit.
  private func line() -> String? {
    var bytes: [UInt8] = []
    while true {
      var descriptors = [interrupts.readEnd, keyboard].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&descriptors, nfds_t(descriptors.count), -1) > 0 else { continue }
      if descriptors[0].revents != 0 { return nil }
      var byte: UInt8 = 0
      let count = Glibc.read(keyboard, &byte, 1)
      if count == 0 || count < 0 && errno != EINTR && errno != EAGAIN { return nil }
      guard count == 1 else { continue }
      if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
  }
}
