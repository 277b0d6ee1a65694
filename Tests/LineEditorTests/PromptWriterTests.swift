import Glibc
import Testing

@testable import LineEditor

@Suite("Prompt writer")
struct PromptWriterTests {
  let wake: SelfPipe
  let output: SelfPipe
  let writer: PromptWriter

  init() throws {
    wake = try SelfPipe()
    output = try SelfPipe()
    writer = PromptWriter(output: output.writeEnd, wake: wake)
  }

  var written: String { String(decoding: output.drain(), as: UTF8.self) }

  @Test func writesAtOnceBetweenReads() {
    writer.printAbove("one")
    writer.printAbove("two\n")
    #expect(written == "onetwo\n")
    #expect(wake.drain().isEmpty)
  }

  @Test func queuesWholeLinesDuringARead() {
    writer.beginReading()
    writer.printAbove("one")
    writer.printAbove("two\n")
    writer.printAbove("")
    #expect(written == "")
    #expect(!wake.drain().isEmpty)
    #expect(String(decoding: writer.takeQueue(), as: UTF8.self) == "one\ntwo\n")
    #expect(writer.takeQueue().isEmpty)
  }

  @Test func whatIsLeftIsWrittenAtTheEndOfTheRead() {
    writer.beginReading()
    writer.printAbove("one")
    writer.endReading()
    writer.printAbove("two\n")
    #expect(written == "one\ntwo\n")
  }

  @Test func aReadBeginsAtTheLeftEdge() {
    writer.printAbove("open")
    writer.beginReading()
    writer.endReading()
    writer.beginReading()
    #expect(written == "open\n")
  }

  /// Texts of several threads come out whole and in each thread's order, whether or not a read is in progress.
  @Test func manyThreads() async {
    let writer = writer
    let collector = Thread {
      for _ in 0..<200 {
        writer.beginReading()
        writer.endReading()
      }
    }
    let writers = ["a", "b", "c"].map { name in
      Thread { for number in 0..<100 { writer.printAbove("\(name) \(number)\n") } }
    }
    for thread in writers + [collector] { thread.join() }
    let lines = written.split(separator: "\n")
    for name in ["a", "b", "c"] {
      #expect(lines.filter { $0.hasPrefix(name) }.map(String.init) == (0..<100).map { "\(name) \($0)" })
    }
    #expect(lines.count == 300)
  }
}
