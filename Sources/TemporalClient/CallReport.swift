public import RPC

/// How one attempt of a call went, for whoever watches the wire.
public struct CallReport: Sendable {
  /// The name of the RPC.
  public let method: String
  /// The time from the start of the attempt to its end.
  public let duration: Duration
  /// The bytes of the request message.
  public let requestSize: Int
  /// The bytes of the response message; nil if there was none.
  public let responseSize: Int?
  /// How it ended.
  public let status: StatusCode

  /// Creates a report.
  ///
  /// - Parameters:
  ///   - method: the name of the RPC.
  ///   - duration: the time from the start of the attempt to its end.
  ///   - requestSize: the bytes of the request message.
  ///   - responseSize: the bytes of the response message; nil if there was none.
  ///   - status: how it ended.
  public init(method: String, duration: Duration, requestSize: Int, responseSize: Int?, status: StatusCode) {
    self.method = method
    self.duration = duration
    self.requestSize = requestSize
    self.responseSize = responseSize
    self.status = status
  }
}
