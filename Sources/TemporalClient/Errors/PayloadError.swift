/// A payload whose value cannot be read.
public struct PayloadError: TemporalError {
  /// How the payload says it is to be read.
  public let encoding: String
  public let message: String

  public var kind: String { "PayloadError" }
}
