/// A payload whose value cannot be read.
public struct PayloadError: TemporalError {
  /// How the payload says it is to be read.
  public let encoding: String
  /// Why the value cannot be read.
  public let message: String

  /// A name of this library: the Python SDK raises its KeyError here.
  public var kind: String { "PayloadError" }
}
