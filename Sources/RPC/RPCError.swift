/// A call that ended with anything but ``StatusCode/ok``, or that could not be started.
public struct RPCError: Error, Sendable {
  /// The status code.
  public var code: StatusCode
  /// The text that came with the status; written by the server, or by gRPC when the server was not reached.
  public var message: String
  /// The bytes of the `grpc-status-details-bin` trailer as they came, a `google.rpc.Status` if the server follows the
  /// custom; empty if there was none. They are not looked into here, so that a broken detail cannot hide the status.
  public var details: [UInt8]
  /// All trailers, `grpc-status-details-bin` among them.
  public var trailingMetadata: Metadata
  /// Core's own account of the failure, with file names and addresses; for ``debugDescription`` only.
  public var coreDescription: String?

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - code: the status code.
  ///   - message: the text of the status.
  ///   - details: the bytes of a `google.rpc.Status`.
  ///   - trailingMetadata: the trailers.
  ///   - coreDescription: core's account of the failure.
  public init(
    _ code: StatusCode, _ message: String, details: [UInt8] = [], trailingMetadata: Metadata = [:],
    coreDescription: String? = nil
  ) {
    self.code = code
    self.message = message
    self.details = details
    self.trailingMetadata = trailingMetadata
    self.coreDescription = coreDescription
  }

  /// The error of a call that had a deadline.
  ///
  /// The server counts to the deadline, too, and ends the call with CANCELLED. If this process is busy when the moment
  /// comes, that arrives before core's own timer is served. Who was the first to notice says nothing.
  ///
  /// - Parameter deadline: the deadline of the call.
  /// - Returns: the error, with ``StatusCode/deadlineExceeded`` for a call that was cancelled after its deadline.
  func attributed(to deadline: Deadline) -> RPCError {
    guard code == .cancelled, deadline.hasPassed else { return self }
    return RPCError(
      .deadlineExceeded, "Deadline Exceeded", details: details, trailingMetadata: trailingMetadata,
      coreDescription: coreDescription)
  }

  /// The text with which ``Channel/close(within:)`` cancels the calls it finds.
  static let channelClosedMessage: StaticString = "Channel closed"

  /// What a call on a closed channel throws, and a call that was in flight when its channel was closed.
  ///
  /// The code is ``StatusCode/cancelled``, which no retry policy tries again.
  public static let channelClosed = RPCError(.cancelled, "\(channelClosedMessage)")
}

extension RPCError: CustomStringConvertible, CustomDebugStringConvertible {
  /// Code and message, as `NOT_FOUND: workflow not found`.
  public var description: String {
    message.isEmpty ? code.name : "\(code.name): \(message)"
  }

  /// Code, message, what trailers came (never their values), and core's account of the failure.
  public var debugDescription: String {
    var text = description
    if !details.isEmpty { text += " (\(details.count) bytes of details)" }
    if !trailingMetadata.isEmpty { text += " trailers \(trailingMetadata)" }
    if let coreDescription { text += " core: \(coreDescription)" }
    return text
  }
}
