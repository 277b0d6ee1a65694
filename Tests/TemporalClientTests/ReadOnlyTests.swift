import Testing

@testable import TemporalClient

@Suite struct ReadOnlyTests {
  /// Told apart by hand: a method that the API gains has to be looked at once.
  private static let reading: Set = [
    "CountActivityExecutions", "CountNexusOperationExecutions", "CountSchedules", "CountWorkers",
    "CountWorkflowExecutions", "DescribeActivityExecution", "DescribeBatchOperation", "DescribeDeployment",
    "DescribeNamespace", "DescribeNexusOperationExecution", "DescribeSchedule", "DescribeTaskQueue",
    "DescribeWorker", "DescribeWorkerDeployment", "DescribeWorkerDeploymentVersion", "DescribeWorkflowExecution",
    "DescribeWorkflowRule", "FetchWorkerConfig", "GetClusterInfo", "GetCurrentDeployment",
    "GetDeploymentReachability", "GetSearchAttributes", "GetSystemInfo", "GetWorkerBuildIdCompatibility",
    "GetWorkerTaskReachability", "GetWorkerVersioningRules", "GetWorkflowExecutionHistory",
    "GetWorkflowExecutionHistoryReverse", "ListActivityExecutions", "ListArchivedWorkflowExecutions",
    "ListBatchOperations", "ListClosedWorkflowExecutions", "ListDeployments", "ListNamespaces",
    "ListNexusOperationExecutions", "ListOpenWorkflowExecutions", "ListScheduleMatchingTimes", "ListSchedules",
    "ListTaskQueuePartitions", "ListWorkerDeployments", "ListWorkers", "ListWorkflowExecutions",
    "ListWorkflowRules", "PollActivityExecution", "PollNexusOperationExecution",
    "PollWorkflowExecutionTimeSkipping", "PollWorkflowExecutionUpdate", "QueryWorkflow", "ScanWorkflowExecutions",
    "ValidateWorkerDeploymentVersionComputeConfig",
  ]

  @Test func readingMethodsPass() {
    let reading = RPCService.workflow.methods.filter(\.onlyReads).map(\.name)
    #expect(reading.sorted() == Self.reading.sorted())
    #expect(RPCService.workflow.methods.count == Self.reading.count + 73)
    #expect(
      RPCService.operator.methods.filter(\.onlyReads).map(\.name).sorted()
        == ["GetNexusEndpoint", "ListClusters", "ListNexusEndpoints", "ListSearchAttributes"])
  }

  @Test func nothingElseIsSent() async throws {
    let frontend = try await Frontend { $0.isReadOnly = true }
    let handle = frontend.client.workflowHandle(id: "id")
    let error = try #require(await #expect(throws: ReadOnlyError.self) { try await handle.signal("name") })
    #expect(error.message == "this client is read-only, and SignalWorkflowExecution changes the server's state")
    await #expect(throws: ReadOnlyError.self) { try await handle.terminate() }
    #expect(try await frontend.calls().isEmpty)
    try await frontend.answer("DescribeWorkflowExecution", Frontend.response("DescribeWorkflowExecution") { _ in })
    _ = try await handle.describe()
    #expect(try await frontend.calls().count == 1)
  }
}
