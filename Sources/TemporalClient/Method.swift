import Wire

/// The methods of the workflow service that this library calls by itself.
enum Method {
  static let countSchedules = workflow("CountSchedules")
  static let countWorkflowExecutions = workflow("CountWorkflowExecutions")
  static let createSchedule = workflow("CreateSchedule")
  static let deleteSchedule = workflow("DeleteSchedule")
  static let deleteWorkflowExecution = workflow("DeleteWorkflowExecution")
  static let describeSchedule = workflow("DescribeSchedule")
  static let describeTaskQueue = workflow("DescribeTaskQueue")
  static let describeWorkflowExecution = workflow("DescribeWorkflowExecution")
  static let executeMultiOperation = workflow("ExecuteMultiOperation")
  static let getSystemInfo = workflow("GetSystemInfo")
  static let getWorkflowExecutionHistory = workflow("GetWorkflowExecutionHistory")
  static let getWorkflowExecutionHistoryReverse = workflow("GetWorkflowExecutionHistoryReverse")
  static let listScheduleMatchingTimes = workflow("ListScheduleMatchingTimes")
  static let listSchedules = workflow("ListSchedules")
  static let listWorkflowExecutions = workflow("ListWorkflowExecutions")
  static let patchSchedule = workflow("PatchSchedule")
  static let pauseActivityExecution = workflow("PauseActivityExecution")
  static let pauseWorkflowExecution = workflow("PauseWorkflowExecution")
  static let pollWorkflowExecutionUpdate = workflow("PollWorkflowExecutionUpdate")
  static let queryWorkflow = workflow("QueryWorkflow")
  static let recordActivityTaskHeartbeat = workflow("RecordActivityTaskHeartbeat")
  static let recordActivityTaskHeartbeatByID = workflow("RecordActivityTaskHeartbeatById")
  static let requestCancelWorkflowExecution = workflow("RequestCancelWorkflowExecution")
  static let resetActivityExecution = workflow("ResetActivityExecution")
  static let resetWorkflowExecution = workflow("ResetWorkflowExecution")
  static let respondActivityTaskCanceled = workflow("RespondActivityTaskCanceled")
  static let respondActivityTaskCanceledByID = workflow("RespondActivityTaskCanceledById")
  static let respondActivityTaskCompleted = workflow("RespondActivityTaskCompleted")
  static let respondActivityTaskCompletedByID = workflow("RespondActivityTaskCompletedById")
  static let respondActivityTaskFailed = workflow("RespondActivityTaskFailed")
  static let respondActivityTaskFailedByID = workflow("RespondActivityTaskFailedById")
  static let signalWithStartWorkflowExecution = workflow("SignalWithStartWorkflowExecution")
  static let signalWorkflowExecution = workflow("SignalWorkflowExecution")
  static let startWorkflowExecution = workflow("StartWorkflowExecution")
  static let terminateWorkflowExecution = workflow("TerminateWorkflowExecution")
  static let unpauseActivityExecution = workflow("UnpauseActivityExecution")
  static let unpauseWorkflowExecution = workflow("UnpauseWorkflowExecution")
  static let updateActivityExecutionOptions = workflow("UpdateActivityExecutionOptions")
  static let updateSchedule = workflow("UpdateSchedule")
  static let updateWorkflowExecution = workflow("UpdateWorkflowExecution")
  static let updateWorkflowExecutionOptions = workflow("UpdateWorkflowExecutionOptions")

  private static func workflow(_ name: String) -> RPCMethod {
    guard let method = RPCService.workflow.method(named: name) else {
      preconditionFailure("WorkflowService has no \(name)")
    }
    return method
  }
}
