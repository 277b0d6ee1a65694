import LuaRuntime
import TemporalClient
import Wire

/// An error of ours that scripts see as an error value with a kind and a message.
struct LuaKindError: LuaConvertibleError {
  let kind: String
  let message: String

  init(_ kind: String, _ message: String) {
    self.kind = kind
    self.message = message
  }

  func push(on stack: LuaStack) { stack.pushError(kind: kind, message: message) {} }
}

/// An error of the client, as the error value that LUA code catches: its kind, message, cause and fields.
struct LuaTemporalError: LuaConvertibleError {
  let error: any Error

  func push(on stack: LuaStack) { stack.push(error: error) }
}

/// Runs the client's part of an operation, so that its errors reach Lua as error values.
func convertingErrors<Result>(_ body: () async throws -> Result) async throws -> Result {
  do { return try await body() } catch { throw LuaTemporalError(error: error) }
}

extension LuaStack {
  /// Pushes an error value; `fields` adds to the table on top.
  func pushError(kind: String, message: String, fields: () -> Void) {
    pushTable(fields: 6)
    push(kind)
    setField("kind", of: -2)
    push(message)
    setField("message", of: -2)
    fields()
    pushMetatable(.error)
    setMetatable(of: -2)
  }

  /// Pushes the error value for an error of the client, with its causes.
  ///
  /// A chain of causes is bounded: it was unpacked from a message, and those nest a hundred deep at most.
  func push(error: any Error) {
    _ = reserve(16)
    guard let error = error as? any TemporalError else {
      if error is CancellationError {
        return pushError(kind: "CancelledError", message: "Cancelled") {}
      }
      return pushError(kind: "RuntimeError", message: String(describing: error)) {}
    }
    pushError(kind: error.kind, message: error.message) {
      if let cause = error.cause {
        push(error: cause)
        setField("cause", of: -2)
      }
      pushFields(of: error)
    }
  }

  private func pushFields(of error: any TemporalError) {
    switch error {
    case let error as RPCFailure: setFields(of: error)
    case let error as QueryNotAnsweredError:
      setFields(of: error.failure)
      setText(error.taskQueue, "task_queue")
      if let lastPoll = error.lastPoll {
        push(timestamp: lastPoll.seconds, nanos: lastPoll.nanos)
        setField("last_poll", of: -2)
      }
    case let error as WorkflowContinuedAsNewError: setText(error.newRunID, "new_execution_run_id")
    case let error as WorkflowAlreadyStartedError:
      setText(error.workflowID, "workflow_id")
      setText(error.workflowType, "workflow_type")
      setText(error.runID, "run_id")
      setText(error.firstRunID, "first_run_id")
    case let error as ScheduleUpdateConflictError:
      setText(error.scheduleID, "schedule_id")
      setNumber(Int64(error.attempts), "attempts")
    case let error as AsyncActivityCancelledError:
      pushTable(fields: 3)
      setFlag(error.cancelRequested, "cancel_requested")
      setFlag(error.paused, "paused")
      setFlag(error.reset, "reset")
      setField("details", of: -2)
    case let error as WorkflowQueryRejectedError: setText(error.status?.shortName, "status")
    case let error as PayloadError: setText(error.encoding, "encoding")
    case let error as ConnectError:
      setText(error.target, "target")
      setText(error.failure.status.name, "status")
      // Where the first call was made says nothing about why the server cannot be reached.
      setFlag(false, "traceback")
    case let error as Failure: pushFields(of: error)
    default: break
    }
  }

  private func setFields(of failure: RPCFailure) {
    setText(failure.status.name, "status")
    pushDetails(failure.details)
    setField("details", of: -2)
    push(failure.rawStatus)
    setField("raw_grpc_status", of: -2)
  }

  private func pushFields(of failure: Failure) {
    setText(failure.stackTrace, "stack_trace")
    setText(failure.source, "source")
    switch failure.info {
    case .application(let info):
      setText(info.type, "type")
      setFlag(info.nonRetryable, "non_retryable")
      setDetails(info.details, "details")
      if let delay = info.nextRetryDelay {
        push(delay / .seconds(1))
        setField("next_retry_delay", of: -2)
      }
      setText(info.category?.shortName, "category")
    case .cancelled(let details), .terminated(let details): setDetails(details, "details")
    case .timeout(let type, let details):
      setText(type?.shortName, "type")
      setDetails(details, "last_heartbeat_details")
    case .server(let nonRetryable): setFlag(nonRetryable, "non_retryable")
    case .activity(let info):
      setNumber(info.scheduledEventID, "scheduled_event_id")
      setNumber(info.startedEventID, "started_event_id")
      setText(info.identity, "identity")
      setText(info.activityType, "activity_type")
      setText(info.activityID, "activity_id")
      setText(info.retryState?.shortName, "retry_state")
    case .childWorkflow(let info):
      setText(info.namespace, "namespace")
      setText(info.workflowID, "workflow_id")
      setText(info.runID, "run_id")
      setText(info.workflowType, "workflow_type")
      setNumber(info.initiatedEventID, "initiated_event_id")
      setNumber(info.startedEventID, "started_event_id")
      setText(info.retryState?.shortName, "retry_state")
    case .nexusOperation(let info):
      setNumber(info.scheduledEventID, "scheduled_event_id")
      setText(info.endpoint, "endpoint")
      setText(info.service, "service")
      setText(info.operation, "operation")
      setText(info.operationToken, "operation_token")
    case .nexusHandler(let type, let retryable):
      setText(type, "type")
      if let retryable { setFlag(retryable, "retryable") }
    case .other: break
    }
  }

  private func setText(_ value: String?, _ key: StaticString) {
    guard let value else { return }
    push(value)
    setField(key, of: -2)
  }

  private func setFlag(_ value: Bool, _ key: StaticString) {
    push(value)
    setField(key, of: -2)
  }

  private func setNumber(_ value: Int64, _ key: StaticString) {
    push(value)
    setField(key, of: -2)
  }

  /// The decoded details, as an array also when there are none; one that cannot be decoded stays a payload.
  private func setDetails(_ details: [Payload], _ key: StaticString) {
    pushTable(elements: details.count)
    pushMetatable(.jsonArray)
    setMetatable(of: -2)
    for (index, payload) in details.enumerated() {
      pushDecodedOrRaw(payload)
      setElement(index + 1, of: -2)
    }
    setField(key, of: -2)
  }

  /// What the server attached to a status: a table for each message of a known type, with its type's name.
  private func pushDetails(_ details: [RPCFailure.Detail]) {
    pushTable(elements: details.count)
    pushMetatable(.jsonArray)
    setMetatable(of: -2)
    for (index, detail) in details.enumerated() {
      let base = count
      if let message = detail.message, (try? push(message.view)) != nil {
        push(detail.typeName)
        setField("type_name", of: -2)
      } else {
        setCount(base)
        pushTable(fields: 2)
        push(detail.typeName)
        setField("type_name", of: -2)
        push(detail.bytes)
        setField("bytes", of: -2)
      }
      setElement(index + 1, of: -2)
    }
  }
}
