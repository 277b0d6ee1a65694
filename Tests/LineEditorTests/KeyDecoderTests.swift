import Testing

@testable import LineEditor

@Suite("Keys from bytes")
struct KeyDecoderTests {
  func decode(_ text: String) -> [KeyDecoder.Event] { decode(Array(text.utf8)) }

  func decode(_ bytes: [UInt8]) -> [KeyDecoder.Event] {
    var decoder = KeyDecoder()
    return bytes.flatMap { decoder.feed($0) }
  }

  @Test(arguments: [
    ("\u{1b}[A", Key(name: .up)), ("\u{1b}OA", Key(name: .up)),
    ("\u{1b}[H", Key(name: .home)), ("\u{1b}[1~", Key(name: .home)), ("\u{1b}[7~", Key(name: .home)),
    ("\u{1b}[F", Key(name: .end)), ("\u{1b}OF", Key(name: .end)), ("\u{1b}[4~", Key(name: .end)),
    ("\u{1b}[8~", Key(name: .end)), ("\u{1b}[2~", Key(name: .insert)), ("\u{1b}[3~", Key(name: .delete)),
    ("\u{1b}[5~", Key(name: .pageUp)), ("\u{1b}[6~", Key(name: .pageDown)), ("\u{1b}[Z", Key(name: .backTab)),
    ("\u{1b}OP", Key(name: .function(1))), ("\u{1b}[[A", Key(name: .function(1))),
    ("\u{1b}[[E", Key(name: .function(5))), ("\u{1b}[15~", Key(name: .function(5))),
    ("\u{1b}[24~", Key(name: .function(12))),
    ("\u{1b}[1;5C", Key(name: .right, modifiers: .control)), ("\u{1b}Oc", Key(name: .right, modifiers: .control)),
    ("\u{1b}[1;3D", Key(name: .left, modifiers: .alt)), ("\u{1b}\u{1b}[D", Key(name: .left, modifiers: .alt)),
    ("\u{1b}[1;2A", Key(name: .up, modifiers: .shift)), ("\u{1b}[a", Key(name: .up, modifiers: .shift)),
    ("\u{1b}[3;5~", Key(name: .delete, modifiers: .control)), ("\u{1b}[3^", Key(name: .delete, modifiers: .control)),
    ("\u{1b}[3$", Key(name: .delete, modifiers: .shift)),
    ("\u{1b}\r", Key(name: .enter, modifiers: .alt)), ("\u{1b}\n", Key(name: .enter, modifiers: .alt)),
    ("\u{1b}OM", Key(name: .enter)),
    ("\u{1b}[200~", Key(name: .pasteBegin)), ("\u{1b}[201~", Key(name: .pasteEnd)),
    ("\u{1b}[I", Key(name: .focusIn)), ("\u{1b}[O", Key(name: .focusOut)),
    ("\u{1b}[97;5u", Key(name: .unknown)), ("\u{1b}[<0;10;5M", Key(name: .unknown)),
    ("\u{1b}[?2026;2$y", Key(name: .unknown)), ("\u{1b}[99~", Key(name: .unknown)),
  ])
  func sequence(_ bytes: String, key: Key) {
    #expect(decode(bytes) == [.key(key)])
  }

  @Test func everySequenceEndsWhereItEnds() {
    #expect(decode("a\u{1b}[15~b") == [.character("a"), .key(Key(name: .function(5))), .character("b")])
  }

  @Test func altWithACharacterStaysWithLibedit() {
    #expect(decode("\u{1b}b") == [.character("\u{1b}"), .character("b")])
    #expect(decode("\u{1b}\u{1b}b") == [.character("\u{1b}"), .character("b")])
    #expect(decode("\u{1b}é") == [.character("\u{1b}"), .character("é")])
  }

  @Test func aSequenceBrokenOffIsDroppedAndTheNextByteIsNot() {
    #expect(decode("\u{1b}[1;\u{1b}[A") == [.key(Key(name: .up))])
    #expect(decode("\u{1b}[1;\u{03}") == [.character("\u{03}")])
    #expect(decode("\u{1b}[1;é") == [.character("é")])
  }

  @Test(arguments: ["a", "é", "日", "🙂", "\u{7ff}", "\u{800}", "\u{ffff}", "\u{10000}", "\u{10ffff}", "\u{a0}"])
  func characters(_ text: String) {
    #expect(decode(text) == text.unicodeScalars.map { .character($0) })
  }

  @Test(
    arguments: [
      [0x00], [0xff], [0x80], [0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xf5, 0x80, 0x80, 0x80], [0xc3], [0xe6, 0x97], [0xc2, 0x80], [0xc2, 0x9f],
    ] as [[UInt8]])
  func whatIsNoCharacterIsDropped(_ bytes: [UInt8]) {
    #expect(decode(bytes + Array("x".utf8)) == [.character("x")])
  }

  /// Whatever arrives, nothing that could be taken for an action comes out as a character, and no text is stuck.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func anyBytes(seed: UInt64) {
    var state = seed &* 0x9e37_79b9_7f4a_7c15
    func next() -> UInt8 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
    var decoder = KeyDecoder()
    let alphabet: [UInt8] = Array("\u{1b}[O;1259~ABZ$\r".utf8)
    for _ in 0..<5000 {
      let byte = next()
      for event in decoder.feed(byte < 128 ? alphabet[Int(byte) % alphabet.count] : next()) {
        if case .character(let scalar) = event { #expect(!(0x80...0x9f).contains(scalar.value), "seed \(seed)") }
      }
    }
    // Two letters and an ESC end any state.
    _ = "zz\u{1b}zz".utf8.map { decoder.feed($0) }
    #expect("ok".utf8.flatMap { decoder.feed($0) } == [.character("o"), .character("k")], "seed \(seed)")
  }
}
