import Foundation
import Testing

@testable import LineEditor

@Suite("History file")
struct HistoryFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func file(_ name: String = "history") -> HistoryFile { HistoryFile(path: "\(folder.path)/\(name)") }

  @Test func isMadeForTheUserAlone() throws {
    let previous = umask(0)
    defer { umask(previous) }
    #expect(try file("a/b/history").load(limit: 10) == [])
    #expect(try folder.mode("a") == 0o700)
    #expect(try folder.mode("a/b") == 0o700)
    #expect(try folder.mode("a/b/history") == 0o600)
  }

  @Test func losesTheAccessOfOthers() throws {
    try folder.write("one\n", to: "history", mode: 0o644)
    #expect(try file().load(limit: 10) == ["one"])
    #expect(try folder.mode("history") == 0o600)
  }

  @Test func entriesComeBackInOrder() throws {
    #expect(try file().load(limit: 10) == [])
    for entry in ["one", "two\nlines", "thr\\ee"] { try file().append(entry) }
    #expect(try file().load(limit: 10) == ["one", "two\nlines", "thr\\ee"])
  }

  @Test func isCutDownToTheNewest() throws {
    try folder.write((1...25).map { "entry \($0)\n" }.joined(), to: "history", mode: 0o600)
    #expect(try file().load(limit: 10) == (16...25).map { "entry \($0)" })
    #expect(try folder.text("history") == (16...25).map { "entry \($0)\n" }.joined())
    #expect(try folder.mode("history") == 0o600)
    #expect(try folder.contents == ["history"], "a temporary file is left over")
  }

  @Test func aLineCutShortStaysALineOfItsOwn() throws {
    try folder.write("one\ntw", to: "history")
    #expect(try file().load(limit: 10) == ["one", "tw"])
    try file().append("three")
    #expect(try folder.text("history") == "one\ntw\nthree\n")
  }

  @Test func aSymbolicLinkStaysOne() throws {
    try folder.write("1\n2\n3\n", to: "real")
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/history", withDestinationPath: "real")
    #expect(try file().load(limit: 2) == ["2", "3"])
    #expect(try folder.text("real") == "2\n3\n")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder.path)/history") == "real")
  }

  @Test func theNullDeviceIsAnEmptyHistory() throws {
    let null = HistoryFile(path: "/dev/null")
    #expect(try null.load(limit: 10) == [])
    try null.append("one")
    #expect(try null.load(limit: 10) == [])
  }

  @Test func whatIsNoFileIsRefused() throws {
    #expect(mkfifo("\(folder.path)/fifo", 0o600) == 0)
    #expect(throws: HistoryFile.Failure(path: "\(folder.path)/fifo", reason: "not a regular file")) {
      try file("fifo").load(limit: 10)
    }
    #expect(throws: HistoryFile.Failure.self) { try HistoryFile(path: folder.path).load(limit: 10) }
    try folder.write("", to: "plain")
    #expect(throws: HistoryFile.Failure.self) { try file("plain/history").load(limit: 10) }
  }

  /// Two sessions append while a third starts over and over, which trims: every entry is written once, whole, and those
  /// of one session stay in order.
  @Test func concurrentSessionsLoseNothing() async throws {
    let limit = 1_000
    try folder.write((0..<900).map { "old \($0)\n" }.joined(), to: "history")
    let path = file().path
    let perSession = 300
    try await withThrowingTaskGroup(of: Void.self) { group in
      for session in ["a", "b"] {
        group.addTask {
          let file = HistoryFile(path: path)
          for number in 0..<perSession { try file.append("\(session)\n\(number)") }
        }
      }
      group.addTask {
        for _ in 0..<50 { _ = try HistoryFile(path: path).load(limit: limit) }
      }
      try await group.waitForAll()
    }
    let entries = try file().load(limit: limit)
    for session in ["a", "b"] {
      #expect(entries.filter { $0.hasPrefix("\(session)\n") } == (0..<perSession).map { "\(session)\n\($0)" })
    }
    #expect(entries.count == limit)
    #expect(try folder.contents == ["history"])
  }
}
