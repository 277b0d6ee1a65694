/// An update was rejected by its validator, or its handler failed.
public struct WorkflowUpdateFailedError: TemporalError {
  /// Why the update failed.
  public let failure: Failure

  public var kind: String { "WorkflowUpdateFailedError" }
  public var message: String { "Workflow update failed" }
  public var cause: (any Error)? { failure }
}

/// Waiting for an update was cut short; the update itself may still be accepted and complete.
public struct WorkflowUpdateRPCTimeoutOrCancelledError: TemporalError {
  /// The timeout, or the cancellation: an ``RPCFailure`` or a `CancellationError`.
  public let reason: any Error

  public var kind: String { "WorkflowUpdateRPCTimeoutOrCancelledError" }
  public var message: String { "Timeout or cancellation waiting for update" }
  public var cause: (any Error)? { reason }
}
