import LineEditor
import Testing

@testable import Shell

/// What Enter does, by Lua's own parser.
@Suite struct ChunkParserTests {
  private let parser: ChunkParser

  init() throws { parser = try ChunkParser() }

  @Test(arguments: [
    "", " ", "1 + 1", "x = 1", "f()", "return 1, 2", "-- a comment", "--[[ one ]]", "function f() end", "'text'",
    "for i = 1, 3 do print(i) end", "[[\nlong\n]]", "local x <const> = 1", "a, b = 1", "x = 1;", "goto done ::done::",
  ])
  func isComplete(text: String) { #expect(parser.completeness(of: text) == .complete) }

  @Test(arguments: [
    "function f()", "if x then", "for i = 1, 3 do", "while true do", "repeat", "x =", "x = {", "f(", "f(1,",
    "1 +", "'a' ..", "not", "local function f()\n  if x then\n  end", "{ a =", "function f(", "a.", "return {",
  ])
  func needsMore(text: String) {
    #expect(parser.completeness(of: text) == .incomplete)
    #expect(parser.indentation(of: text).next == 2)
  }

  @Test(arguments: ["[[", "--[[", "x = [==[a", "f([[a"])
  func needsMoreWithoutAnIndentThatWouldBePartOfIt(text: String) {
    #expect(parser.completeness(of: text) == .incomplete)
    #expect(parser.indentation(of: text).next == 0)
  }

  @Test func aLineThatClosesStandsWhereWasOpened() {
    #expect(parser.indentation(of: "if a then\n  if b then\n    end") == Indentation(next: 2, own: 2))
    #expect(parser.indentation(of: "f(function()\n  g()\n  end)") == Indentation(next: 2, own: 0))
    #expect(parser.indentation(of: "if a then\n  b()") == Indentation(next: 2))
  }

  @Test func severalInputsAreOneEntry() {
    #expect(parser.completeness(of: "1 + 1\nx = 5\nx") == .complete)
    #expect(parser.completeness(of: "1 + 1\nif x then") == .incomplete)
    #expect(parser.completeness(of: "1 + 1\nx y") == .invalid)
  }

  @Test(arguments: ["x = = 1", "end", "1 1", "'text", "if then", ")", "break", "goto nowhere", "local x <odd> = 1"])
  func isWrong(text: String) { #expect(parser.completeness(of: text) == .invalid) }

  @Test func itRunsNothing() {
    #expect(parser.completeness(of: "error('run')") == .complete)
    #expect(parser.completeness(of: "while true do end") == .complete)
  }

  @Test func aTextOfManyLinesIsDecidedAtOnce() {
    let lines = (0..<2_000).map { "x[\($0)] = function() return \($0) end" }
    #expect(parser.completeness(of: lines.joined(separator: "\n")) == .complete)
    #expect(parser.completeness(of: "do\n" + lines.joined(separator: "\n")) == .incomplete)
  }

  @Test func manyAnswersInARow() {
    for _ in 0..<1_000 {
      #expect(parser.completeness(of: "f(") == .incomplete)
      #expect(parser.completeness(of: "f()") == .complete)
    }
  }
}
