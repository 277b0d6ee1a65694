public import Wire

/// A workflow failed, was cancelled, was terminated or timed out.
public struct WorkflowFailureError: TemporalError {
  /// Why the workflow ended.
  public let failure: Failure

  /// The name of the Python SDK's class.
  public var kind: String { "WorkflowFailureError" }
  /// The text of the Python SDK's class.
  public var message: String { "Workflow execution failed" }
  /// The failure with which the workflow ended.
  public var cause: (any Error)? { failure }
}

/// The run whose result was asked for continued as a new run, and was not followed.
public struct WorkflowContinuedAsNewError: TemporalError {
  /// The run that took over.
  public let newRunID: String

  /// The name of the Python SDK's class.
  public var kind: String { "WorkflowContinuedAsNewError" }
  /// The text of the Python SDK's class.
  public var message: String { "Workflow continued as new" }
}

/// A workflow with the same id exists, and the policies of the start do not allow another.
public struct WorkflowAlreadyStartedError: TemporalError {
  /// The id of the workflow that exists.
  public let workflowID: String
  /// The type that was to be started.
  public let workflowType: String
  /// The run that exists.
  public let runID: String
  /// The first run of its chain, if the server says so.
  public let firstRunID: String?

  /// The name of the Python SDK's class.
  public var kind: String { "WorkflowAlreadyStartedError" }
  /// The text of the Python SDK's class.
  public var message: String { "Workflow execution already started" }
}

/// A query was not run because of its reject condition.
public struct WorkflowQueryRejectedError: TemporalError {
  /// The status of the workflow that made the server reject the query; nil if it did not say.
  public let status: EnumValue?

  /// The name of the Python SDK's class.
  public var kind: String { "WorkflowQueryRejectedError" }
  /// The text of the Python SDK, with the status.
  public var message: String { "Query rejected, status: \(status?.shortName ?? "unknown")" }
}

/// A query was run and failed, or was refused as invalid.
public struct WorkflowQueryFailedError: TemporalError {
  /// What the worker or the server says about it.
  public let message: String
  /// The status with which the server reported it.
  public let rpcFailure: RPCFailure

  /// The name of the Python SDK's class.
  public var kind: String { "WorkflowQueryFailedError" }
}
