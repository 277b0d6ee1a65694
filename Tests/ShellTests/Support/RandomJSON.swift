/// Writes random JSON text, the same for the same seed (SplitMix64).
struct RandomJSON {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((bits ^ (bits >> 31)) % UInt64(limit))
  }

  /// A value; containers get rarer with the depth.
  mutating func value(depth: Int) -> String {
    switch below(depth > 5 ? 7 : 11) {
    case 0: return "null"
    case 1: return below(2) == 0 ? "true" : "false"
    case 2: return "\(below(1 << 62) - (1 << 61))"
    case 3: return "\(below(100))"
    case 4: return "\(Double(below(1 << 53)) / 1024 * (below(2) == 0 ? -1 : 1))"
    case 5, 6: return text()
    case 7, 8: return "[" + list { $0.value(depth: depth + 1) } + "]"
    default:
      // Numbered, for the keys of an object differ.
      var number = 0
      let entries = list { random in
        number += 1
        return random.text(prefix: "\(number)k") + ":" + random.value(depth: depth + 1)
      }
      return "{" + entries + "}"
    }
  }

  private mutating func list(_ element: (inout RandomJSON) -> String) -> String {
    (0..<below(5)).map { _ in element(&self) }.joined(separator: ",")
  }

  private mutating func text(prefix: String = "") -> String {
    // Of the NUL only texts, not keys: jansson takes none there.
    let pieces = ["a", "Z", "0", " ", "é", "日", "😀", #"\""#, #"\\"#, #"\n"#, "/", prefix.isEmpty ? #"\u0000"# : "-"]
    return "\"" + prefix + (0..<below(8)).map { _ in pieces[below(pieces.count)] }.joined() + "\""
  }
}
