import Testing

@testable import LineEditor

@Suite("Prompt")
struct PromptTests {
  func markup(_ prompt: Prompt, styled: Bool = true) -> String {
    String(String.UnicodeScalarView(prompt.rendered(styled: styled).markup)).replacing("\u{01}", with: "|")
  }

  func visible(_ prompt: Prompt) -> String {
    String(String.UnicodeScalarView(prompt.rendered(styled: true).visible))
  }

  @Test func plain() {
    #expect(markup(Prompt("moondial> ")) == "moondial> ")
    #expect(visible(Prompt("moondial> ")) == "moondial> ")
  }

  @Test func aStyleEndsBeforeTheNextSegment() {
    let prompt = Prompt([.init("moon", style: "1;32"), .init("> ")])
    #expect(markup(prompt) == "|\u{1b}[1;32m|moon|\u{1b}[0m|> ")
    #expect(visible(prompt) == "moon> ")
  }

  @Test func adjacentStylesAreOneLiteral() {
    let prompt = Prompt([.init("a", style: "31"), .init("b", style: "32"), .init("", style: "33"), .init(">")])
    #expect(markup(prompt) == "|\u{1b}[31m|a|\u{1b}[0m\u{1b}[32m|b|\u{1b}[0m|>")
  }

  @Test func theLastLiteralIsFollowedByACharacter() {
    let prompt = Prompt("moon>", style: "32")
    #expect(markup(prompt) == "|\u{1b}[32m|moon>|\u{1b}[0m| ")
    #expect(visible(prompt) == "moon> ")
  }

  @Test func withoutStylesNoneAreSent() {
    #expect(markup(Prompt([.init("a", style: "31"), .init("b")]), styled: false) == "ab")
  }

  @Test func controlCharactersAreLeftOut() {
    #expect(markup(Prompt("a\u{01}\u{1b}[2J\nb\u{85}")) == "a[2Jb")
  }
}
