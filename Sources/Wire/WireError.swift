/// Why a message could not be read, built or written.
public struct WireError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault it is.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    enum Kind: String {
      case duplicate, invalidUTF8, malformed, nulByte, oneofConflict, outOfRange, overBudget, tooDeep
      case unknownEnumValue, unknownField, unknownType, wrongType
    }

    let kind: Kind

    /// The same field or map key is given twice.
    public static let duplicate = Code(kind: .duplicate)
    /// A string is not valid UTF-8.
    public static let invalidUTF8 = Code(kind: .invalidUTF8)
    /// The bytes or the text do not follow their format.
    public static let malformed = Code(kind: .malformed)
    /// A string holds a NUL, which a C string cannot carry.
    public static let nulByte = Code(kind: .nulByte)
    /// Two members of one oneof are given.
    public static let oneofConflict = Code(kind: .oneofConflict)
    /// The number or the time does not fit its type.
    public static let outOfRange = Code(kind: .outOfRange)
    /// Unpacking would take more memory than allowed.
    public static let overBudget = Code(kind: .overBudget)
    /// Messages are nested more than ``Message/depthLimit`` levels deep.
    public static let tooDeep = Code(kind: .tooDeep)
    /// The enum has no value of that name.
    public static let unknownEnumValue = Code(kind: .unknownEnumValue)
    /// The message has no field of that name.
    public static let unknownField = Code(kind: .unknownField)
    /// No message type has that name.
    public static let unknownType = Code(kind: .unknownType)
    /// The value is of another kind than the field.
    public static let wrongType = Code(kind: .wrongType)

    /// The name of the kind.
    public var description: String { kind.rawValue }
  }

  /// One step from a message to the value that is wrong.
  public enum PathElement: Hashable, Sendable {
    /// A field, by the name it was given under.
    case field(String)
    /// An element of an array, counted as the source counts.
    case index(Int)
    /// A key of a map.
    case key(String)
  }

  /// What kind of fault it is.
  public let code: Code

  /// What is wrong, without the place.
  public let message: String

  /// The way to the value, outermost first; empty when the whole is meant.
  public private(set) var path: [PathElement]

  /// - Parameters:
  ///   - code: The kind of fault.
  ///   - message: What is wrong, without the place.
  ///   - path: The way to the value, outermost first.
  public init(_ code: Code, _ message: String, path: [PathElement] = []) {
    self.code = code
    self.message = message
    self.path = path
  }

  /// Returns the same error as seen from one level further out.
  public func within(_ element: PathElement) -> WireError {
    WireError(code, message, path: [element] + path)
  }

  /// Returns the same error as seen from several levels further out.
  public func within(_ elements: [PathElement]) -> WireError {
    elements.isEmpty ? self : WireError(code, message, path: elements + path)
  }

  /// The path as a script would write it: `input.payloads[2].metadata.encoding`.
  public var pathText: String {
    var text = ""
    for element in path {
      switch element {
      case .field(let name): text += text.isEmpty ? name : "." + name
      case .index(let index): text += "[\(index)]"
      case .key(let key) where Self.isIdentifier(key): text += text.isEmpty ? key : "." + key
      case .key(let key): text += "[\"\(key)\"]"
      }
    }
    return text
  }

  /// What is wrong, after the place.
  public var description: String { path.isEmpty ? message : "\(pathText): \(message)" }

  private static func isIdentifier(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x5F
    }
  }
}
