import Testing

@testable import LineEditor

@Suite("History format")
struct HistoryFormatTests {
  @Test(arguments: [
    ("print(1)", "print(1)\n"), ("f(\n  1)", "f(\\n  1)\n"), ("'\\n'", "'\\\\n'\n"), ("a\r\nb", "a\\r\\nb\n"),
    ("héllo 日本\t🙂", "héllo 日本\t🙂\n"), ("\\", "\\\\\n"),
  ])
  func roundTrip(_ entry: String, line: String) {
    #expect(HistoryFormat.line(for: entry) == line)
    #expect(HistoryFormat.entries(in: line.utf8) == [entry])
  }

  @Test func filesThatOthersWrote() {
    #expect(HistoryFormat.entries(in: "a\n\n\nb\\x\\".utf8) == ["a", "b\\x\\"])
    #expect(HistoryFormat.entries(in: [0x61, 0xff, 0x62, 0x0a]) == ["a\u{fffd}b"])
    #expect(HistoryFormat.entries(in: []) == [])
  }
}
