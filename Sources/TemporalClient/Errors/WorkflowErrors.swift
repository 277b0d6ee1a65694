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
