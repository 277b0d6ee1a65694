/// A key that tells the server who calls, sent as `authorization: Bearer …` with each call.
///
/// No description shows it, nor does a dump.
public struct APIKey: Sendable, Equatable {
  /// The value of the header.
  let authorization: String

  /// Takes a key.
  ///
  /// - Parameter text: the key.
  /// - Throws: ``UsageError`` if the key is empty, or if no header can carry it.
  public init(_ text: String) throws(UsageError) {
    guard !text.isEmpty else { throw UsageError("the API key is empty") }
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw UsageError("the API key has a space, a line end or another character that no key has")
    }
    authorization = "Bearer \(text)"
  }
}

extension APIKey: CustomStringConvertible, CustomReflectable {
  /// Nothing of the key.
  public var description: String { "an API key" }
  /// No children: a dump shows the description alone.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
