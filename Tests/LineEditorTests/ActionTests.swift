import Testing

@testable import LineEditor

@Suite("Key table")
struct ActionTests {
  @Test func everyActionHasACharacterThatNoTerminalSends() {
    for action in Action.allCases {
      #expect((0x80...0x9f).contains(action.character.value), "\(action)")
      #expect(Action(character: Int32(action.character.value)) == action)
    }
  }

  @Test func otherCharactersHaveNone() {
    #expect(Action(character: Int32(UInt8(ascii: "a"))) == nil)
    #expect(Action(character: -1) == nil)
    #expect(Action(character: 0x9f) == nil)
  }

  @Test(arguments: [
    (Key(name: .home), Action.lineStart), (Key(name: .end), .lineEnd), (Key(name: .delete), .deleteNext),
    (Key(name: .left, modifiers: .control), .wordLeft), (Key(name: .right, modifiers: .alt), .wordRight),
    (Key(name: .home, modifiers: .control), .bufferStart), (Key(name: .end, modifiers: .control), .bufferEnd),
    (Key(name: .delete, modifiers: .control), .deleteNextWord), (Key(name: .enter), .enter),
    (Key(name: .enter, modifiers: .alt), .newline), (Key(name: .up), .up), (Key(name: .down), .down),
    (Key(name: .left, modifiers: .shift), .left), (Key(name: .pasteBegin), .paste),
    (Key(name: .pageUp), .searchBackward), (Key(name: .pageDown), .searchForward),
  ])
  func keys(_ key: Key, action: Action) {
    #expect(Action(key) == action)
  }

  @Test(arguments: [
    Key.Name.insert, .backTab, .focusIn, .focusOut, .pasteEnd, .unknown, .function(1),
    .function(12),
  ])
  func keysThatDoNothing(_ name: Key.Name) {
    #expect(Action(Key(name: name)) == nil)
  }
}
