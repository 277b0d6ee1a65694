import LineEditor
import Testing

@testable import Shell

@Suite("Colours of Lua")
struct LuaHighlighterTests {
  /// The text with its coloured parts in brackets that name their kind.
  func marked(_ text: String) -> String {
    let kinds = ["32": "s", "33": "n", "35": "k", "2": "c"]
    let bytes = Array(text.utf8)
    var result = ""
    var end = 0
    func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    for span in LuaHighlighter.spans(of: text) {
      result += part(end..<span.range.lowerBound) + "\(kinds[span.style]!)⟨\(part(span.range))⟩"
      end = span.range.upperBound
    }
    return result + part(end..<bytes.count)
  }

  @Test(arguments: [
    ("local x = 1", "k⟨local⟩ x = n⟨1⟩"),
    ("return nil, true -- why", "k⟨return⟩ n⟨nil⟩, n⟨true⟩ c⟨-- why⟩"),
    ("endpoint end_ _end", "endpoint end_ _end"),
    ("f('a\\'b', \"c\")", "f(s⟨'a\\'b'⟩, s⟨\"c\"⟩)"),
    ("'open\nx", "s⟨'open⟩\nx"),
    ("'a\\\nb' x", "s⟨'a\\\nb'⟩ x"),
    ("'\\", "s⟨'\\⟩"),
    ("[[a\nb]] x", "s⟨[[a\nb]]⟩ x"),
    ("[==[a]]b]==] x", "s⟨[==[a]]b]==]⟩ x"),
    ("[==[open", "s⟨[==[open⟩"),
    ("t[1] t[ [[k]] ]", "t[n⟨1⟩] t[ s⟨[[k]]⟩ ]"),
    ("--[[a\nb]] x --c", "c⟨--[[a\nb]]⟩ x c⟨--c⟩"),
    ("--[=x\ny", "c⟨--[=x⟩\ny"),
    ("0x1p-3 1e+5 .5 3..2 a.b 1-2", "n⟨0x1p-3⟩ n⟨1e+5⟩ n⟨.5⟩ n⟨3..2⟩ a.b n⟨1⟩-n⟨2⟩"),
    ("0xep-1 0xe-1", "n⟨0xep-1⟩ n⟨0xe⟩-n⟨1⟩"),
    ("é = '日' ..x", "é = s⟨'日'⟩ ..x"),
    ("", ""),
  ])
  func tokens(_ text: String, expected: String) {
    #expect(marked(text) == expected)
  }

  /// Whatever is typed, the parts are in order, apart, and inside the text.
  @Test(arguments: 1...50 as ClosedRange<UInt64>)
  func anyText(seed: UInt64) {
    var state = seed
    let alphabet = Array("a1'\"[]=-\\\n. xe日".unicodeScalars)
    let scalars = (0..<200).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return alphabet[Int(state >> 33) % alphabet.count]
    }
    let text = String(String.UnicodeScalarView(scalars))
    var end = 0
    for span in LuaHighlighter.spans(of: text) {
      #expect(span.range.lowerBound >= end && !span.range.isEmpty, "seed \(seed)")
      end = span.range.upperBound
    }
    #expect(end <= text.utf8.count, "seed \(seed)")
  }
}
