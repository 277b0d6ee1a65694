import Testing

@testable import LineEditor

@Suite("Completion")
struct CompletionTests {
  init() { CharacterEncoding.useUTF8() }

  func step(_ text: String, _ candidates: [Completion], replacing: Range<Int>) -> CompletionStep? {
    let scalars = Array(text.unicodeScalars)
    return CompletionStep(
      CompletionList(candidates, replacing: replacing), text: scalars, cursor: scalars.count)
  }

  func replacement(_ range: Range<Int>, _ text: String) -> CompletionStep {
    .replace(range, Array(text.unicodeScalars))
  }

  @Test func oneCandidateComesWithItsSuffix() {
    #expect(step("a.de", [Completion("describe", suffix: "(")], replacing: 2..<4) == replacement(2..<4, "describe("))
    // Whatever it begins with.
    #expect(step("x", [Completion("y")], replacing: 0..<1) == replacement(0..<1, "y"))
  }

  @Test func severalGiveWhatTheyHaveInCommon() {
    let candidates = [Completion("start_workflow", suffix: "("), Completion("start_update")]
    #expect(step("s", candidates, replacing: 0..<1) == replacement(0..<1, "start_"))
    #expect(step("start_", candidates, replacing: 0..<6) == .list(candidates))
    #expect(step("x", candidates, replacing: 0..<1) == .list(candidates))
    #expect(
      step("", [Completion("a"), Completion("b")], replacing: 0..<0) == .list([Completion("a"), Completion("b")]))
  }

  @Test func nothingIsDoneWithoutACandidateOrForAnotherText() {
    #expect(step("a", [], replacing: 0..<1) == nil)
    #expect(step("a", [Completion("ab")], replacing: 0..<9) == nil)
    // In the middle of a character.
    #expect(step("日", [Completion("ab")], replacing: 1..<3) == nil)
  }

  @Test func offsetsAreThoseOfUTF8() {
    #expect(step("日é.x", [Completion("xy")], replacing: 6..<7) == replacement(3..<4, "xy"))
  }

  @Test func textFromElsewherePressesNoKeys() {
    #expect(
      step("a", [Completion("a\u{1b}[A\n\u{85}b", suffix: "\u{03}")], replacing: 0..<1) == replacement(0..<1, "a[Ab"))
  }

  func rows(_ candidates: [Completion], page: Int = 0, columns: Int, height: Int) -> [String] {
    CompletionMenu(text: [], cursor: 0, candidates: candidates, page: page)
      .rows(columns: columns, height: height, styled: false).map { String($0.glyphs.map(\.scalar)) }
  }

  @Test func detailsAreShownWhereAllCandidatesFit() {
    let candidates = [Completion("a", detail: "the first"), Completion("bcd", display: "BCD", detail: nil)]
    #expect(rows(candidates, columns: 40, height: 2) == ["a    the first", "BCD  "])
    #expect(rows(candidates, columns: 10, height: 2) == ["a    ", "BCD  "])
    #expect(rows(candidates, columns: 40, height: 1) == ["a    BCD  "])
    #expect(rows([Completion("a"), Completion("bcdefghi")], columns: 6, height: 2) == ["a    ", "bcde…"])
  }

  @Test func columnsAreFilledDownwardsAndPagesWrapAround() {
    let candidates = (1...7).map { Completion("n\($0)") }
    #expect(rows(candidates, columns: 13, height: 3) == ["n1  n4  n7  ", "n2  n5  ", "n3  n6  "])
    #expect(rows(candidates, columns: 9, height: 3) == ["n1  n3  ", "n2  n4  ", "… 3 mor…"])
    #expect(rows(candidates, page: 1, columns: 9, height: 3) == ["n5  n7  ", "n6  ", "7 in all"])
    #expect(rows(candidates, page: 2, columns: 9, height: 3) == rows(candidates, columns: 9, height: 3))
  }

  @Test func wideAndControlCharactersKeepTheColumns() {
    #expect(rows([Completion("日本"), Completion("a\u{1b}b")], columns: 20, height: 1) == ["日本  ab    "])
  }
}
