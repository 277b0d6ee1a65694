public import Wire

/// A query was not run because of its reject condition.
public struct WorkflowQueryRejectedError: TemporalError {
  /// The status of the workflow that made the server reject the query; nil if it did not say.
  public let status: EnumValue?

  /// The name of the Python SDK's class.
  public var kind: String { "WorkflowQueryRejectedError" }
  /// The text of the Python SDK, with the status.
  public var message: String { "Query rejected, status: \(status?.shortName ?? "unknown")" }
}

/// A query was run by a worker and failed, or the worker has none of that name.
public struct WorkflowQueryFailedError: TemporalError {
  /// What the worker says about it.
  public let message: String
  /// The failure that the worker reports, where its SDK reports one.
  public let failure: Failure?
  /// The status with which the server reported it.
  public let rpcFailure: RPCFailure

  /// The name of the Python SDK's class.
  public var kind: String { "WorkflowQueryFailedError" }
  /// The failure that the worker reports, where its SDK reports one.
  public var cause: (any Error)? { failure }

  /// Takes over a status, if it is that of a query that failed.
  ///
  /// An invalid request has the same code, and the Python SDK does not tell them apart; the detail does.
  ///
  /// - Parameter rpcFailure: the end of the call.
  init?(_ rpcFailure: RPCFailure) {
    guard let detail = rpcFailure.firstDetail("temporal.api.errordetails.v1.QueryFailedFailure") else { return nil }
    message = rpcFailure.message
    failure = detail.view.message("failure").map { Failure(view: $0) }
    self.rpcFailure = rpcFailure
  }
}

/// A query was not answered in time, or refused because no worker is there to answer it.
public struct QueryNotAnsweredError: TemporalError {
  /// How the call ended.
  public let failure: RPCFailure
  /// The task queue that the workers of the workflow poll.
  public let taskQueue: String
  /// When one of them last asked for a task, or nil if the server remembers none; it forgets them after five minutes.
  public let lastPoll: (seconds: Int64, nanos: Int32)?
  /// What is known of the workers, and the text of the status.
  public let message: String

  /// The name of the Python SDK's class.
  public var kind: String { "RPCError" }

  init(failure: RPCFailure, taskQueue: String, lastPoll: (seconds: Int64, nanos: Int32)?, now: Int64) {
    self.failure = failure
    self.taskQueue = taskQueue
    self.lastPoll = lastPoll
    let workers =
      if let lastPoll {
        "task queue \"\(taskQueue)\" was last polled \(max(0, now - lastPoll.seconds)) s ago"
      } else {
        "no worker has polled task queue \"\(taskQueue)\" lately"
      }
    message = "the query was not answered: \(workers) (\(failure.message))"
  }
}
