import Glibc
import RPC
import Wire

extension WorkflowHandle {
  /// Finds out what there is to say of the workers when a query was not answered.
  ///
  /// That takes two calls of a second at most. Where they do not succeed, the end of the query says more than theirs.
  ///
  /// - Parameter failure: the end of the query.
  /// - Returns: nil if workers have nothing to do with it, or nothing is known of them.
  func notAnswered(_ failure: RPCFailure) async -> QueryNotAnsweredError? {
    // FAILED_PRECONDITION with a detail is the status of a workflow that cannot be queried, and says so.
    guard failure.status == .deadlineExceeded || failure.status == .failedPrecondition && failure.details.isEmpty,
      let taskQueue = try? await taskQueue(),
      let polls = try? await polls(of: taskQueue)
    else { return nil }
    let lastPoll = polls.max { ($0.seconds, $0.nanos) < ($1.seconds, $1.nanos) }
    return QueryNotAnsweredError(failure: failure, taskQueue: taskQueue, lastPoll: lastPoll, now: Int64(time(nil)))
  }

  private func taskQueue() async throws -> String {
    let description = try await askOnce(Method.describeWorkflowExecution) { request in
      request.set("namespace", client.configuration.namespace)
      request.setExecution("execution", id: id, runID: runID)
    }
    return description.view.message("workflow_execution_info")?.string("task_queue") ?? ""
  }

  private func polls(of taskQueue: String) async throws -> [(seconds: Int64, nanos: Int32)] {
    let description = try await askOnce(Method.describeTaskQueue) { request in
      request.set("namespace", client.configuration.namespace)
      request.message("task_queue").set("name", taskQueue)
      request.set("task_queue_type", "WORKFLOW")
    }
    return description.view.messages("pollers").compactMap { $0.timestamp("last_access_time") }
  }

  private func askOnce(_ method: RPCMethod, _ fill: (MessageBuilder) throws -> Void) async throws -> Message {
    try await client.call(
      method, client.request(method, fill), options: CallOptions(timeout: .seconds(1)), retry: .once)
  }
}
