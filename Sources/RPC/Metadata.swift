/// Headers or trailers of a call: an ordered list of keys and values, in which a key may occur more than once.
///
/// Keys are compared and sent in lower case. The value of a key ending in `-bin` is raw bytes: gRPC's core does the
/// base64 of the wire in both directions, so nothing is ever encoded here. Other values are printable ASCII.
public struct Metadata: Sendable, Equatable {
  /// One pair of key and value.
  public struct Element: Sendable, Equatable {
    /// The key, in lower case.
    public let key: String
    /// The bytes of the value.
    public let value: [UInt8]

    /// The value as text; bytes that are not UTF-8 appear as U+FFFD.
    public var text: String { String(decoding: value, as: UTF8.self) }
  }

  private var elements: [Element] = []

  /// Creates an empty list.
  public init() {}

  /// Adds a pair after all others.
  ///
  /// - Parameters:
  ///   - key: the key; upper-case ASCII letters are lowered.
  ///   - value: the value as text.
  public mutating func append(_ key: String, _ value: String) {
    append(key, bytes: Array(value.utf8))
  }

  /// Adds a pair after all others.
  ///
  /// - Parameters:
  ///   - key: the key; upper-case ASCII letters are lowered.
  ///   - bytes: the value; arbitrary bytes need a key that ends in `-bin`.
  public mutating func append(_ key: String, bytes: [UInt8]) {
    elements.append(Element(key: Self.canonical(key), value: bytes))
  }

  /// Adds all pairs of another list after those of this one.
  ///
  /// - Parameter other: the pairs to add.
  public mutating func append(contentsOf other: Metadata) {
    elements.append(contentsOf: other.elements)
  }

  /// Removes every pair with this key and adds one.
  ///
  /// - Parameters:
  ///   - key: the key; upper-case ASCII letters are lowered.
  ///   - value: the value as text.
  public mutating func set(_ key: String, _ value: String) {
    set(key, bytes: Array(value.utf8))
  }

  /// Removes every pair with this key and adds one.
  ///
  /// - Parameters:
  ///   - key: the key; upper-case ASCII letters are lowered.
  ///   - bytes: the value; arbitrary bytes need a key that ends in `-bin`.
  public mutating func set(_ key: String, bytes: [UInt8]) {
    removeAll(key)
    append(key, bytes: bytes)
  }

  /// Removes every pair with this key.
  ///
  /// - Parameter key: the key, in any case.
  public mutating func removeAll(_ key: String) {
    let key = Self.canonical(key)
    elements.removeAll { $0.key == key }
  }

  /// The value of the first pair with this key.
  ///
  /// - Parameter key: the key, in any case.
  /// - Returns: the bytes, or nil if there is no such pair.
  public func first(_ key: String) -> [UInt8]? {
    let key = Self.canonical(key)
    return elements.first { $0.key == key }?.value
  }

  /// The value of the first pair with this key, as text.
  ///
  /// - Parameter key: the key, in any case.
  /// - Returns: the text, or nil if there is no such pair.
  public func firstText(_ key: String) -> String? {
    first(key).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The values of all pairs with this key, in order.
  ///
  /// - Parameter key: the key, in any case.
  /// - Returns: the bytes of each.
  public func all(_ key: String) -> [[UInt8]] {
    let key = Self.canonical(key)
    return elements.filter { $0.key == key }.map(\.value)
  }

  /// Whether a pair with this key exists.
  ///
  /// - Parameter key: the key, in any case.
  public func contains(_ key: String) -> Bool {
    let key = Self.canonical(key)
    return elements.contains { $0.key == key }
  }

  /// Lowers ASCII letters only: Unicode's `lowercased()` would turn characters that are illegal in a key, such as the
  /// Kelvin sign, into legal ones.
  private static func canonical(_ key: String) -> String {
    guard key.utf8.contains(where: { (0x41...0x5A).contains($0) }) else { return key }
    return String(decoding: key.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
  }
}

extension Metadata: RandomAccessCollection {
  /// The position of the first pair.
  public var startIndex: Int { elements.startIndex }
  /// The position after the last pair.
  public var endIndex: Int { elements.endIndex }
  /// The pair at a position.
  public subscript(position: Int) -> Element { elements[position] }
}

extension Metadata: ExpressibleByDictionaryLiteral {
  /// Creates a list from literal pairs, in their order and with their repetitions.
  ///
  /// - Parameter pairs: keys and text values.
  public init(dictionaryLiteral pairs: (String, String)...) {
    for (key, value) in pairs { append(key, value) }
  }
}

extension Metadata: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The keys alone, since values may be credentials.
  public var description: String {
    "[" + elements.map(\.key).joined(separator: ", ") + "]"
  }

  /// No children: a dump shows the description alone.
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// The keys and the length of each value, since values may be credentials.
  public var debugDescription: String {
    "[" + elements.map { "\($0.key): \($0.value.count) bytes" }.joined(separator: ", ") + "]"
  }
}
