public import RPC
public import Wire

/// A call that the server, or gRPC on the way to it, answered with an error status.
public struct RPCFailure: TemporalError {
  /// One of the messages with which a server explains a status.
  public struct Detail: Sendable {
    /// The full name of the message's type, such as `temporal.api.errordetails.v1.NotFoundFailure`.
    public let typeName: String
    /// The message as it came.
    public let bytes: [UInt8]

    /// Reads a detail.
    ///
    /// - Parameter any: a `google.protobuf.Any`.
    init(any: MessageView) {
      let url = any.string("type_url")
      typeName = String(url[(url.lastIndex(of: "/").map(url.index(after:)) ?? url.startIndex)...])
      bytes = any.bytes("value")
    }

    /// The message, or nil if its type is not known or its bytes are not of that type.
    public var message: Message? {
      guard let type = MessageType.named(typeName) else { return nil }
      return try? Message(type, unpacking: bytes)
    }
  }

  /// The status code.
  public let status: StatusCode
  /// The text of the status, or the name of its code if it came without.
  public let message: String
  /// The `google.rpc.Status` of the `grpc-status-details-bin` trailer as it came; empty if there was none.
  public let rawStatus: [UInt8]
  /// The messages within ``rawStatus``; empty if it is not a `google.rpc.Status`.
  public let details: [Detail]

  /// The name of the Python SDK's class.
  public var kind: String { "RPCError" }

  /// Takes over what the transport reports.
  ///
  /// - Parameter error: the end of a call.
  public init(_ error: RPCError) {
    status = error.code
    message = error.message.isEmpty ? error.code.name : error.message
    rawStatus = error.details
    details = Self.details(in: error.details)
  }

  /// The first detail, if it is of a type; the place where Temporal puts what a status is about.
  ///
  /// - Parameter typeName: the full name of a message type.
  /// - Returns: the message, or nil if there is none or it is of another type.
  public func firstDetail(_ typeName: String) -> Message? {
    guard let first = details.first, first.typeName == typeName else { return nil }
    return first.message
  }

  /// The name of the class, the code and the text.
  public var description: String { "\(kind): \(status.name): \(message)" }

  private static func details(in bytes: [UInt8]) -> [Detail] {
    guard !bytes.isEmpty, let type = MessageType.named("google.rpc.Status"),
      let status = try? Message(type, unpacking: bytes)
    else { return [] }
    return status.view.messages("details").map { Detail(any: $0) }
  }
}
