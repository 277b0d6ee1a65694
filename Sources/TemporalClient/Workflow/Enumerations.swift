// The raw values are the names that the Python SDK and the server's own tools use.

/// What happens when the id of a workflow to be started was used by one that is closed.
public enum WorkflowIDReusePolicy: String, Sendable, CaseIterable {
  /// Starts another.
  case allowDuplicate = "ALLOW_DUPLICATE"
  /// Starts another if the last one did not complete.
  case allowDuplicateFailedOnly = "ALLOW_DUPLICATE_FAILED_ONLY"
  /// Refuses.
  case rejectDuplicate = "REJECT_DUPLICATE"
  /// Starts another also if one is open, which it terminates; deprecated in favour of
  /// ``WorkflowIDConflictPolicy/terminateExisting``.
  case terminateIfRunning = "TERMINATE_IF_RUNNING"
}

/// What happens when the id of a workflow to be started is used by one that is open.
public enum WorkflowIDConflictPolicy: String, Sendable, CaseIterable {
  /// Leaves it to the server, which refuses.
  case unspecified = "UNSPECIFIED"
  /// Refuses.
  case fail = "FAIL"
  /// Starts nothing and gives a handle to the open one.
  case useExisting = "USE_EXISTING"
  /// Terminates the open one.
  case terminateExisting = "TERMINATE_EXISTING"
}

/// When a query is refused instead of run.
public enum QueryRejectCondition: String, Sendable, CaseIterable {
  /// Never.
  case none = "NONE"
  /// If the workflow is closed.
  case notOpen = "NOT_OPEN"
  /// If the workflow is closed and did not complete.
  case notCompletedCleanly = "NOT_COMPLETED_CLEANLY"
}

/// Which events of a history are wanted.
public enum HistoryEventFilter: String, Sendable, CaseIterable {
  /// All of them.
  case allEvent = "ALL_EVENT"
  /// Only the last one, when the run is closed.
  case closeEvent = "CLOSE_EVENT"
}

/// How far an update has come.
public enum WorkflowUpdateStage: String, Sendable, CaseIterable {
  /// The server has it, and may lose it; it cannot be waited for.
  case admitted = "ADMITTED"
  /// A worker's validator has let it pass.
  case accepted = "ACCEPTED"
  /// It has an outcome.
  case completed = "COMPLETED"
}

/// Which events a reset does not apply to the new run again.
public enum WorkflowResetExclusion: String, Sendable, CaseIterable {
  /// Signals.
  case signal = "SIGNAL"
  /// Updates.
  case update = "UPDATE"
  /// The starts and ends of Nexus operations.
  case nexus = "NEXUS"
  /// Requests to cancel; the server has taken it back, and asks for it no more.
  case cancelRequest = "CANCEL_REQUEST"
}
