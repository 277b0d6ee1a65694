/// The answer to a unary call that succeeded.
public struct Response: Sendable {
  /// The bytes of the response message.
  public let message: [UInt8]
  /// The headers the server sent before the message.
  public let initialMetadata: Metadata
  /// The trailers the server sent after the message.
  public let trailingMetadata: Metadata
}
