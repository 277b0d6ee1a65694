public import RPC

/// What one method call may change about its RPCs.
public struct CallOptions: Sendable {
  /// Headers of every RPC the method makes; a key here replaces the client's own headers of that key.
  public var metadata: Metadata

  /// The deadline of each attempt of each RPC, not of the method as a whole; nil for the default of the RPC.
  public var timeout: Duration?

  /// Whether the call fails where a codec cannot decode a payload, though it is a call whose answer is shown: for who sends
  /// the payloads back, as those left as they are would be encoded a second time.
  public var requiresDecoding = false

  /// Creates options.
  ///
  /// - Parameters:
  ///   - metadata: headers of every RPC the method makes.
  ///   - timeout: the deadline of each attempt.
  public init(metadata: Metadata = [:], timeout: Duration? = nil) {
    self.metadata = metadata
    self.timeout = timeout
  }
}
