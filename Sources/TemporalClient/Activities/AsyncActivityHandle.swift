import RPC
public import Wire

/// An activity that its worker has left to somebody else to complete.
public struct AsyncActivityHandle: Sendable {
  /// What tells which activity it is.
  public enum Reference: Sendable {
    /// The token of the task that the worker got.
    case token([UInt8])
    /// The id of the activity, and the workflow that scheduled it; without a workflow, a client started it.
    case id(String, workflowID: String?, runID: String?)
  }

  /// The client that the handle calls with.
  public let client: Client
  /// Which activity it is.
  public let reference: Reference

  /// Reports that the activity goes on.
  ///
  /// - Parameters:
  ///   - details: how far it is; the next attempt gets them.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``AsyncActivityCancelledError`` if the activity is to stop, else ``RPCFailure``, with status `NOT_FOUND`
  ///   if it is not running.
  public func heartbeat(details: [Payload] = [], options: CallOptions = CallOptions()) async throws {
    let response = try await send(
      Method.recordActivityTaskHeartbeat, Method.recordActivityTaskHeartbeatByID, options: options
    ) { $0.setPayloads("details", details) }
    let error = AsyncActivityCancelledError(
      cancelRequested: response.view.boolean("cancel_requested"), paused: response.view.boolean("activity_paused"),
      reset: response.view.boolean("activity_reset"))
    if error.cancelRequested || error.paused || error.reset { throw error }
  }

  /// Completes the activity.
  ///
  /// - Parameters:
  ///   - result: its result; nil for none at all.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if the activity is not running.
  public func complete(result: Payload? = nil, options: CallOptions = CallOptions()) async throws {
    _ = try await send(
      Method.respondActivityTaskCompleted, Method.respondActivityTaskCompletedByID, options: options
    ) { $0.setPayloads("result", result.map { [$0] } ?? []) }
  }

  /// Fails this attempt of the activity.
  ///
  /// - Parameters:
  ///   - failure: why: a `temporal.api.failure.v1.Failure`.
  ///   - lastHeartbeatDetails: how far it came; the next attempt gets them.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if the activity is not running.
  public func fail(
    _ failure: Message, lastHeartbeatDetails: [Payload] = [], options: CallOptions = CallOptions()
  ) async throws {
    _ = try await send(Method.respondActivityTaskFailed, Method.respondActivityTaskFailedByID, options: options) {
      $0.set("failure", failure.view)
      $0.setPayloads("last_heartbeat_details", lastHeartbeatDetails)
    }
  }

  /// Reports that the activity has stopped because it was to be cancelled.
  ///
  /// - Parameters:
  ///   - details: values for the error that the workflow gets.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if the activity is not running.
  public func reportCancellation(details: [Payload] = [], options: CallOptions = CallOptions()) async throws {
    _ = try await send(Method.respondActivityTaskCanceled, Method.respondActivityTaskCanceledByID, options: options) {
      $0.setPayloads("details", details)
    }
  }

  private func send(
    _ byToken: RPCMethod, _ byID: RPCMethod, options: CallOptions, _ fill: (MessageBuilder) throws -> Void
  ) async throws -> Message {
    let isToken = if case .token = reference { true } else { false }
    return try await client.call(isToken ? byToken : byID, options: options) { request in
      request.set("namespace", client.configuration.namespace)
      switch reference {
      case .token(let token): request.set("task_token", token)
      case .id(let id, let workflowID, let runID):
        request.set("workflow_id", workflowID)
        request.set("run_id", runID)
        request.set("activity_id", id)
      }
      request.set("identity", client.configuration.identity)
      try fill(request)
    }
  }
}

extension Client {
  /// Makes a handle; nothing is sent, and nothing tells whether there is such an activity.
  ///
  /// - Parameter reference: which activity it is.
  /// - Returns: the handle.
  public func asyncActivityHandle(_ reference: AsyncActivityHandle.Reference) -> AsyncActivityHandle {
    AsyncActivityHandle(client: self, reference: reference)
  }
}

/// An activity that reported that it goes on is to stop.
public struct AsyncActivityCancelledError: TemporalError {
  /// Whether the workflow asked for its cancellation, or has closed.
  public let cancelRequested: Bool
  /// Whether somebody has paused it.
  public let paused: Bool
  /// Whether somebody has reset it: another attempt is made.
  public let reset: Bool

  /// The name of the Python SDK's class.
  public var kind: String { "AsyncActivityCancelledError" }
  /// What the activity is to stop for; of several reasons, the one that is not taken back.
  public var message: String {
    if cancelRequested { "Activity cancelled" } else if reset { "Activity reset" } else { "Activity paused" }
  }
}
