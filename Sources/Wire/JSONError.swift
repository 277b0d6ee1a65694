/// Why a text is not JSON, or not JSON that can be represented.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, without the place.
  public let message: String

  /// The line, from 1.
  public let line: Int

  /// The column in characters, from 1; 0 before the first character of a line.
  public let column: Int

  /// How many bytes were read before the fault was seen.
  public let offset: Int

  /// What is wrong, and where.
  public var description: String { "\(message) at line \(line), column \(column)" }
}

/// What a JSON text may be.
public struct JSONLimits: Sendable {
  /// How many levels deep arrays and objects may be nested.
  public var depth: Int

  /// Whether a key that an object has twice is an error; otherwise the last one counts, as in most readers.
  public var rejectsDuplicateKeys: Bool

  /// - Parameters:
  ///   - depth: How many levels deep arrays and objects may be nested, at most 2,000: jansson's own limit is 2,048.
  ///   - rejectsDuplicateKeys: Whether a key that an object has twice is an error.
  public init(depth: Int = 512, rejectsDuplicateKeys: Bool = false) {
    self.depth = min(depth, 2000)
    self.rejectsDuplicateKeys = rejectsDuplicateKeys
  }
}
