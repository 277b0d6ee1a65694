/// An update was rejected by its validator, or its handler failed.
public struct WorkflowUpdateFailedError: TemporalError {
  /// Why the update failed.
  public let failure: Failure

  /// The name of the Python SDK's class.
  public var kind: String { "WorkflowUpdateFailedError" }
  /// The text of the Python SDK's class.
  public var message: String { "Workflow update failed" }
  /// Why the update failed.
  public var cause: (any Error)? { failure }
}

/// Waiting for an update was cut short; the update itself may still be accepted and complete.
public struct WorkflowUpdateRPCTimeoutOrCancelledError: TemporalError {
  /// The timeout, or the cancellation: an ``RPCFailure`` or a `CancellationError`.
  public let reason: any Error

  /// The name of the Python SDK's class.
  public var kind: String { "WorkflowUpdateRPCTimeoutOrCancelledError" }
  /// The text of the Python SDK's class.
  public var message: String { "Timeout or cancellation waiting for update" }
  /// What ended the wait.
  public var cause: (any Error)? { reason }
}
