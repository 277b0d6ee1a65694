/// Turns the bytes of a terminal into characters and keys, one byte at a time and without a clock.
///
/// libedit swallows the part of an escape sequence that it knows and inserts the rest as text: an unbound F5 types
/// "5~". So sequences are taken apart here, where one that means nothing can be dropped whole. An ESC is held back until
/// the next byte tells what it begins; libedit itself would be waiting for that byte too.
struct KeyDecoder {
  enum Event: Equatable {
    case character(Unicode.Scalar)
    case key(Key)
  }

  private enum State {
    case ground
    /// Inside a character of several bytes: the bits so far, how many bytes are missing, the smallest value allowed.
    case character(value: UInt32, missing: Int, minimum: UInt32)
    /// After ESC; `alt` after a second one.
    case escape(alt: Bool)
    case controlSequence(parameters: String, alt: Bool)
    case singleShift(alt: Bool)
    /// After `ESC [ [`, which the Linux console sends for F1 to F5.
    case consoleFunction
  }

  private var state = State.ground

  /// Takes the next byte.
  ///
  /// - Parameter byte: what the terminal sent.
  /// - Returns: what is complete with it; nothing inside a sequence, two for ESC followed by a plain character.
  mutating func feed(_ byte: UInt8) -> [Event] {
    switch state {
    case .ground: return begin(byte)
    case .character(let value, let missing, let minimum):
      return continueCharacter(byte, value: value, missing: missing, minimum: minimum)
    case .escape(let alt): return afterEscape(byte, alt: alt)
    case .controlSequence(let parameters, let alt):
      return continueControlSequence(byte, parameters: parameters, alt: alt)
    case .singleShift(let alt):
      state = .ground
      return [.key(Self.withAlt(Key(singleShift: Character(Unicode.Scalar(byte))), alt))]
    case .consoleFunction:
      state = .ground
      let number = Int(byte) - Int(UInt8(ascii: "A")) + 1
      return [.key(Key(name: (1...5).contains(number) ? .function(number) : .unknown))]
    }
  }

  /// Whether the byte fed last was an ESC that may begin a sequence.
  var holdsEscape: Bool {
    if case .escape = state { true } else { false }
  }

  /// Takes an ESC that is held back for a key of its own.
  mutating func releaseEscape() -> [Event] {
    guard holdsEscape else { return [] }
    state = .ground
    return [.character("\u{1b}")]
  }

  private mutating func begin(_ byte: UInt8) -> [Event] {
    switch byte {
    case 0x1b: state = .escape(alt: false)
    // Also what is left of a Ctrl-D typed while the terminal was in cooked mode. libedit would quote the next key.
    case 0x00: break
    case 0x01...0x7f: return [.character(Unicode.Scalar(byte))]
    case 0xc2...0xdf: state = .character(value: UInt32(byte & 0x1f), missing: 1, minimum: 0x80)
    case 0xe0...0xef: state = .character(value: UInt32(byte & 0x0f), missing: 2, minimum: 0x800)
    case 0xf0...0xf4: state = .character(value: UInt32(byte & 0x07), missing: 3, minimum: 0x10000)
    default: break  // Not UTF-8: dropped.
    }
    return []
  }

  private mutating func continueCharacter(_ byte: UInt8, value: UInt32, missing: Int, minimum: UInt32) -> [Event] {
    state = .ground
    guard byte & 0xc0 == 0x80 else { return begin(byte) }
    let value = value << 6 | UInt32(byte & 0x3f)
    if missing > 1 {
      state = .character(value: value, missing: missing - 1, minimum: minimum)
      return []
    }
    // C1 controls are dropped too: they are what `Action` uses to talk to libedit.
    guard value >= max(minimum, 0xa0), let scalar = Unicode.Scalar(value) else { return [] }
    return [.character(scalar)]
  }

  private mutating func afterEscape(_ byte: UInt8, alt: Bool) -> [Event] {
    switch byte {
    case 0x1b: state = .escape(alt: true)
    case UInt8(ascii: "["): state = .controlSequence(parameters: "", alt: alt)
    case UInt8(ascii: "O"): state = .singleShift(alt: alt)
    case UInt8(ascii: "\r"), UInt8(ascii: "\n"):
      state = .ground
      return [.key(Key(name: .enter, modifiers: .alt))]
    default:
      state = .ground
      return [.character("\u{1b}")] + begin(byte)
    }
    return []
  }

  /// A control sequence is parameters (0x30–0x3f), intermediates (0x20–0x2f) and a final byte: ECMA-48, 5.4.
  private mutating func continueControlSequence(_ byte: UInt8, parameters: String, alt: Bool) -> [Event] {
    let character = Character(Unicode.Scalar(byte))
    switch byte {
    case UInt8(ascii: "[") where parameters.isEmpty: state = .consoleFunction
    // rxvt ends a shifted key with "$", an intermediate byte.
    case UInt8(ascii: "$") where parameters.allSatisfy(\.isNumber) && !parameters.isEmpty: fallthrough
    case 0x40...0x7e:
      state = .ground
      return [.key(Self.withAlt(Key(controlSequence: parameters, final: character), alt))]
    case 0x20...0x3f:
      state = .controlSequence(parameters: parameters + String(character), alt: alt)
    default:
      // Broken off, by a control character or a new sequence: the sequence is dropped, the byte is not.
      state = .ground
      return begin(byte)
    }
    return []
  }

  private static func withAlt(_ key: Key, _ alt: Bool) -> Key {
    alt ? Key(name: key.name, modifiers: key.modifiers.union(.alt)) : key
  }
}
