import LuaRuntime
import TemporalClient
import Wire

extension Session {
  /// Binds what `stdlib/workflow_handle.lua` and `stdlib/history.lua` call.
  func bindWorkflowHandle(on stack: LuaStack) {
    vm.bind("handle_property", on: stack) { stack in
      let handle = try stack.object(at: 1, as: WorkflowHandleObject.self).handle
      switch try stack.string(at: 2) {
      case "id": stack.push(handle.id)
      case "run_id": stack.push(handle.runID)
      case "result_run_id": stack.push(handle.resultRunID)
      case "namespace": stack.push(handle.client.configuration.namespace)
      case "production": stack.push(handle.client.configuration.isProduction)
      case "read_only": stack.push(handle.client.configuration.isReadOnly)
      default: stack.push(handle.firstExecutionRunID)
      }
      return 1
    }
    // handle_of(handle, workflow_id, run_id): a handle to a run of its client's.
    vm.bind("handle_of", on: stack) { stack in
      let client = try stack.object(at: 1, as: WorkflowHandleObject.self).handle.client
      let handle = client.workflowHandle(id: try stack.string(at: 2), runID: try stack.string(at: 3))
      stack.push(object: WorkflowHandleObject(handle), type: .workflowHandle)
      return 1
    }
    bindMessages(on: stack)
    bindEnds(on: stack)
    bindViews(on: stack)
    bindChanges(on: stack)
    bindActivities(on: stack)
  }

  /// Binds an operation on a workflow handle, as `bindCall` does.
  func bindOperation(
    _ name: StaticString, on stack: LuaStack,
    _ read: @escaping (CallArguments, CallOptions) throws -> HandleCall<WorkflowHandle>
  ) {
    bindCall(name, of: WorkflowHandleObject.self, on: stack, read)
  }

  private func bindMessages(on stack: LuaStack) {
    bindOperation("signal", on: stack) { arguments, options in
      let (name, payloads) = (try arguments.requiredString("name"), try arguments.payloads("args"))
      return { handle in
        try await handle.signal(name, arguments: payloads, options: options)
        return { _ in 0 }
      }
    }
    bindOperation("query", on: stack) { arguments, options in
      let (name, payloads) = (try arguments.requiredString("name"), try arguments.payloads("args"))
      let condition: QueryRejectCondition? = try arguments.enumeration("reject_condition")
      let raw = try arguments.boolean("raw")
      return { handle in
        let answer = try await handle.query(
          name, arguments: payloads, rejectCondition: condition, options: options)
        return { stack in try stack.push(result: answer, raw: raw) }
      }
    }
    bindOperation("start_update", on: stack) { arguments, options in
      let (name, payloads) = (try arguments.requiredString("name"), try arguments.payloads("args"))
      let id = try arguments.string("id")
      let stage: WorkflowUpdateStage = try arguments.enumeration("wait_for_stage") ?? .completed
      return { handle in
        let update = try await handle.startUpdate(
          name, arguments: payloads, id: id, waitForStage: stage, options: options)
        return { stack in
          stack.push(object: UpdateHandleObject(update), type: .updateHandle)
          return 1
        }
      }
    }
  }

  private func bindEnds(on stack: LuaStack) {
    bindOperation("cancel", on: stack) { arguments, options in
      let reason = try arguments.string("reason") ?? ""
      return { handle in
        try await handle.cancel(reason: reason, options: options)
        return { _ in 0 }
      }
    }
    bindOperation("terminate", on: stack) { arguments, options in
      let (reason, details) = (try arguments.string("reason") ?? "", try arguments.payloads("args"))
      return { handle in
        try await handle.terminate(reason: reason, details: details, options: options)
        return { _ in 0 }
      }
    }
    bindOperation("result", on: stack) { arguments, options in
      let (follows, raw) = (try arguments.boolean("follow_runs"), try arguments.boolean("raw"))
      return { handle in
        let result = try await handle.result(followRuns: follows, options: options)
        return { stack in try stack.push(result: result, raw: raw) }
      }
    }
  }

  private func bindViews(on stack: LuaStack) {
    bindOperation("describe", on: stack) { _, options in
      { handle in
        let description = try await handle.describe(options: options)
        return { stack in
          try stack.push(description.view)
          try stack.push(failingOf: description.view)
          stack.push(object: MessageObject(description.view), type: .message)
          return 3
        }
      }
    }
    // start_event(handle, arguments): the first event, and the values of it that are for sending again.
    bindOperation("start_event", on: stack) { _, options in
      // What it gives is sent again.
      var options = options
      options.requiresDecoding = true
      return { [options] handle in
        let page = try await handle.historyPage(pageSize: 1, options: options).view
        guard let event = page.message("history")?.messages("events").first,
          let started = event.message("workflow_execution_started_event_attributes")
        else { throw LuaKindError("RuntimeError", "the history does not begin with the workflow's start") }
        return { stack in
          try stack.push(event)
          stack.push(reusableOf: started)
          return 2
        }
      }
    }
    bindOperation("fetch_history", on: stack) { arguments, options in
      let skips = try arguments.boolean("skip_archival")
      let filter: HistoryEventFilter = try arguments.enumeration("event_filter_type") ?? .allEvent
      return { handle in
        let history = try await handle.fetchHistory(eventFilter: filter, skipArchival: skips, options: options)
        return { stack in
          stack.push(object: WorkflowHistoryObject(history), type: .workflowHistory)
          return 1
        }
      }
    }
    bindOperation("history_page", on: stack) { arguments, options in
      let (size, token) = (try arguments.integer("page_size") ?? 0, try arguments.bytes("next_page_token"))
      let (waits, skips) = (try arguments.boolean("wait_new_event"), try arguments.boolean("skip_archival"))
      let filter: HistoryEventFilter = try arguments.enumeration("event_filter_type") ?? .allEvent
      return { handle in
        let page = try await handle.historyPage(
          pageSize: size, nextPageToken: token, waitNewEvent: waits, eventFilter: filter, skipArchival: skips,
          options: options)
        return { stack in
          try stack.push(page: "events", of: page.view.message("history"), tokenOf: page.view)
        }
      }
    }
  }
}
