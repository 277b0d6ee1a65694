import TemporalClient

/// An enum of the API whose values scripts name, as in "USE_EXISTING" or "WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING".
protocol APIEnumeration: RawRepresentable<String>, CaseIterable {
  /// What the full names begin with.
  static var prefix: String { get }
}

extension WorkflowIDReusePolicy: APIEnumeration {
  static var prefix: String { "WORKFLOW_ID_REUSE_POLICY_" }
}

extension WorkflowIDConflictPolicy: APIEnumeration {
  static var prefix: String { "WORKFLOW_ID_CONFLICT_POLICY_" }
}

extension QueryRejectCondition: APIEnumeration {
  static var prefix: String { "QUERY_REJECT_CONDITION_" }
}

extension HistoryEventFilter: APIEnumeration {
  static var prefix: String { "HISTORY_EVENT_FILTER_TYPE_" }
}

extension WorkflowUpdateStage: APIEnumeration {
  static var prefix: String { "UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_" }
}

extension ScheduleOverlapPolicy: APIEnumeration {
  static var prefix: String { "SCHEDULE_OVERLAP_POLICY_" }
}

/// Where a reset looks for the place to go on from.
enum WorkflowResetType: String, CaseIterable, APIEnumeration {
  case firstWorkflowTask = "FIRST_WORKFLOW_TASK"
  case lastWorkflowTask = "LAST_WORKFLOW_TASK"
  case lastContinuedAsNew = "LAST_CONTINUED_AS_NEW"

  static var prefix: String { "RESET_TYPE_" }
}
