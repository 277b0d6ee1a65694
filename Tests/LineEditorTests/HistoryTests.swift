import Testing

@testable import LineEditor

@Suite("History")
struct HistoryTests {
  let folder: TemporaryFolder
  let warnings = Warnings()

  final class Warnings { var texts: [String] = [] }

  init() throws { folder = try TemporaryFolder() }

  func history(_ name: String? = "history", limit: Int = 10) throws -> History {
    let warnings = warnings
    return try History(path: name.map { "\(folder.path)/\($0)" }, limit: limit) { warnings.texts.append($0) }
  }

  @Test func whatIsNotWorthKeeping() throws {
    let history = try history()
    for entry in ["one", "one", "", "  ", "\n", " hidden", "two", "one"] { history.add(entry) }
    #expect(history.entries == ["one", "two", "one"])
    #expect(try folder.text("history") == "one\ntwo\none\n")
  }

  @Test func theLastEntryOfTheSessionBeforeIsNotRepeated() throws {
    try folder.write("one\none\n", to: "history")
    let history = try history()
    history.add("one")
    #expect(history.entries == ["one"])
    #expect(try folder.text("history") == "one\none\n")
  }

  @Test func aSecretStaysInMemory() throws {
    let history = try history()
    history.add("call(\n  { api_key = 'abc' })")
    history.add("one")
    #expect(history.entries.count == 2)
    #expect(try folder.text("history") == "one\n")
  }

  @Test func whatMayBeDisclosedIsAllButSecrets() throws {
    try folder.write("old\n", to: "history")
    let history = try history(limit: 3)
    for entry in ["one", "token = 'abc'"] { history.add(entry) }
    #expect(history.disclosable(ofThisSession: false) == ["old", "one"])
    #expect(history.disclosable(ofThisSession: true) == ["one"])
    // The session's own stay its own when the limit pushes out those before.
    for entry in ["two", "three", "four"] { history.add(entry) }
    #expect(history.disclosable(ofThisSession: true) == ["two", "three", "four"])
  }

  @Test func theLimitHoldsInMemory() throws {
    let history = try history(limit: 3)
    for number in 1...5 { history.add("\(number)") }
    #expect(history.entries == ["3", "4", "5"])
  }

  @Test func withoutAFileItWarnsOnceAndGoesOn() throws {
    try folder.write("", to: "plain")
    let history = try history("plain/history")
    history.add("one")
    history.add("two")
    #expect(history.entries == ["one", "two"])
    #expect(warnings.texts.count == 1)
    #expect(warnings.texts.first?.hasPrefix("history is not saved: \(folder.path)/plain/history: ") == true)
  }

  @Test func noFileIsNoReasonToWarn() throws {
    let history = try history(nil)
    history.add("one")
    #expect(history.entries == ["one"])
    #expect(warnings.texts.isEmpty)
  }

  @Test func arrowKeysKeepTheLineBeingTyped() throws {
    let history = try history()
    history.add("one")
    history.add("two")
    func up(_ text: String) -> String? { history.previous(from: Array(text.unicodeScalars)).map(string) }
    func down() -> String? { history.next().map(string) }
    func string(_ scalars: [Unicode.Scalar]) -> String { String(String.UnicodeScalarView(scalars)) }

    #expect(down() == nil)
    #expect(up("typing") == "two")
    #expect(up("two, changed") == "one")
    #expect(up("one") == nil)
    #expect(down() == "two")
    #expect(down() == "typing")
    #expect(down() == nil)
  }
}
