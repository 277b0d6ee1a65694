/// A key of the keyboard that terminals send as an escape sequence.
struct Key: Hashable {
  enum Name: Hashable {
    case up, down, left, right, home, end, insert, delete, pageUp, pageDown, backTab, enter
    case function(Int)
    case pasteBegin, pasteEnd, focusIn, focusOut
    /// A well-formed sequence that means nothing here.
    case unknown
  }

  struct Modifiers: OptionSet, Hashable {
    let rawValue: Int
    static let shift = Modifiers(rawValue: 1)
    static let alt = Modifiers(rawValue: 2)
    static let control = Modifiers(rawValue: 4)
  }

  var name: Name
  var modifiers: Modifiers = []
}

extension Key {
  /// The key of a complete control sequence (`ESC [ parameters final`).
  ///
  /// Names and numbers are those of xterm's "PC-Style Function Keys"; 7 and 8 and the finals `^ $ @ a b c d` are rxvt's.
  init(controlSequence parameters: String, final: Character) {
    let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 1 }
    // A modifier is sent as one more than its bits, so that 1 means none.
    var modifiers = Modifiers(rawValue: numbers.count > 1 ? max(0, numbers[1] - 1) & 7 : 0)
    let name: Name
    switch final {
    // Enter with a modifier, as xterm sends it and as others do (modifyOtherKeys, "CSI u").
    case "~" where numbers.count == 3 && numbers[0] == 27 && numbers[2] == 13: name = .enter
    case "u" where numbers[0] == 13: name = .enter
    case "~": name = Self.numbered[numbers.first ?? 1] ?? .unknown
    case "^", "$", "@":
      name = Self.numbered[numbers.first ?? 1] ?? .unknown
      modifiers.formUnion(final == "^" ? .control : final == "$" ? .shift : [.control, .shift])
    case "a", "b", "c", "d":
      name = Self.lettered[Character(final.uppercased())] ?? .unknown
      modifiers.insert(.shift)
    default: name = Self.lettered[final] ?? .unknown
    }
    self.init(name: name, modifiers: name == .unknown ? [] : modifiers)
  }

  /// The key of a single-shift sequence (`ESC O final`), which terminals send in application mode.
  init(singleShift final: Character) {
    switch final {
    case "a", "b", "c", "d":
      self.init(name: Self.lettered[Character(final.uppercased())] ?? .unknown, modifiers: .control)
    case "M": self.init(name: .enter)
    default: self.init(name: Self.lettered[final] ?? .unknown)
    }
  }

  private static let lettered: [Character: Name] = [
    "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "Z": .backTab, "I": .focusIn, "O": .focusOut,
    "P": .function(1), "Q": .function(2), "R": .function(3), "S": .function(4),
  ]

  private static let numbered: [Int: Name] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
    17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
    23: .function(11), 24: .function(12), 200: .pasteBegin, 201: .pasteEnd,
  ]
}
