/// Recognises entries that carry a secret, which stay in memory and never reach the history file.
///
/// An entry is kept back as a whole if it contains one of these, in any letter case:
///
/// 1. A name with one of `names` in it that is given a value: `api_key = …`, `["password"]: …`, `token("…`,
///    `set("client_secret", …`, `--api-key …`. Comparing (`token == nil`) gives no value.
/// 2. The text of a credential itself: `Bearer` with a value, a PEM private key, a JSON Web Token (`eyJ…`, also the
///    form of Temporal Cloud's API keys), or a key of GitHub, AWS or OpenAI by its prefix.
///
/// Keeping back too much costs a line of history, too little a secret: where in doubt, a value is one.
enum SecretPatterns {
  /// Words that make an identifier the name of a secret. `-` in a name counts as `_`.
  static let names = [
    "api_key", "apikey", "access_key", "accesskey", "private_key", "privatekey", "secret", "password", "passwd",
    "passphrase", "token", "credential", "authorization", "basic_auth",
  ]

  /// Beginnings of credentials, and how many more credential characters make it one.
  static let prefixes: [(text: String, length: Int)] = [
    ("bearer ", 1), ("eyj", 16), ("ghp_", 16), ("github_pat_", 16), ("akia", 12), ("sk-", 16),
    ("private key-----", 0),
  ]

  /// Whether an entry must not be written to disk.
  static func matches(_ entry: String) -> Bool {
    let bytes = entry.utf8.map { byte in
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
    return prefixes.contains { contains(bytes, prefix: Array($0.text.utf8), length: $0.length) }
      || assignsSecret(bytes)
  }

  private static func contains(_ bytes: [UInt8], prefix: [UInt8], length: Int) -> Bool {
    guard bytes.count >= prefix.count + length else { return false }
    return (0...bytes.count - prefix.count - length).contains { start in
      let end = start + prefix.count
      // In the middle of a word it is chance: "akia" in "slovakia".
      return (start == 0 || !isNameByte(bytes[start - 1]) || !isNameByte(prefix[0]))
        && bytes[start..<end].elementsEqual(prefix) && bytes[end..<end + length].allSatisfy(isCredentialByte)
    }
  }

  private static func assignsSecret(_ bytes: [UInt8]) -> Bool {
    var index = 0
    while index < bytes.count {
      guard isNameByte(bytes[index]) else {
        index += 1
        continue
      }
      let start = index
      while index < bytes.count, isNameByte(bytes[index]) { index += 1 }
      let name = String(
        decoding: bytes[start..<index].map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 },
        as: UTF8.self)
      guard names.contains(where: name.contains) || name == "auth" || name.hasSuffix("_auth") else { continue }
      let isFlag = bytes[start..<index].starts(with: Array("--".utf8))
      let quoted = start > 0 && isQuote(bytes[start - 1])
      if isFlag || givesValue(bytes[index...], quoted: quoted) { return true }
    }
    return false
  }

  /// Whether what follows a name gives it a value.
  private static func givesValue(_ rest: ArraySlice<UInt8>, quoted: Bool) -> Bool {
    let rest = rest.drop { isQuote($0) || $0 == UInt8(ascii: "]") || isBlank($0) }
    guard let first = rest.first else { return false }
    switch first {
    case UInt8(ascii: "="): return rest.dropFirst().first != UInt8(ascii: "=")
    case UInt8(ascii: ":"): return true
    case UInt8(ascii: ","): return quoted
    case UInt8(ascii: "("):
      return rest.dropFirst().drop(while: isBlank).first.map(isQuote) ?? false
    default: return false
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  private static func isCredentialByte(_ byte: UInt8) -> Bool {
    isNameByte(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: false
    }
  }

  private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
}
