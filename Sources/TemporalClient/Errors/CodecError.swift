/// A codec that did not do what it is there for.
public struct CodecError: TemporalError {
  /// Which codec, and why.
  public let message: String

  /// Whether other payloads may do better: false where the codec itself is out of reach.
  public let isAboutPayloads: Bool

  /// A name of this library: the Python SDK raises what its codec raises.
  public var kind: String { "CodecError" }

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - message: which codec, and why.
  ///   - isAboutPayloads: whether other payloads may do better.
  public init(_ message: String, isAboutPayloads: Bool) {
    self.message = message
    self.isAboutPayloads = isAboutPayloads
  }
}
