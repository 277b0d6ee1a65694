import LuaRuntime
import TemporalClient
import Wire

extension Session {
  /// Binds what `stdlib/workflow_history.lua` calls.
  func bindHistory(on stack: LuaStack) {
    // history_from_json(workflow_id, text): a WorkflowHistory.
    vm.bind("history_from_json", on: stack) { stack in
      let id = try stack.string(at: 1)
      let text = try stack.withBytes(at: 2) { Array($0) }
      do {
        let history = try WorkflowHistory(workflowID: id, json: text)
        stack.push(object: WorkflowHistoryObject(history), type: .workflowHistory)
      } catch {
        throw LuaTemporalError(error: error)
      }
      return 1
    }
    vm.bind("history_property", on: stack) { stack in
      let history = try stack.object(at: 1, as: WorkflowHistoryObject.self).history
      switch try stack.string(at: 2) {
      case "workflow_id": stack.push(history.workflowID)
      case "run_id": stack.push(history.runID)
      default: stack.push(history.events.count)
      }
      return 1
    }
    vm.bind("history_events", on: stack) { stack in
      let events = try stack.object(at: 1, as: WorkflowHistoryObject.self).history.events
      stack.pushTable(elements: events.count)
      for (index, event) in events.enumerated() {
        try stack.push(event)
        stack.setElement(index + 1, of: -2)
      }
      return 1
    }
    // history_event(history, index): one of them, for who need not have all.
    vm.bind("history_event", on: stack) { stack in
      let events = try stack.object(at: 1, as: WorkflowHistoryObject.self).history.events
      let index = try stack.integer(at: 2) - 1
      if events.indices.contains(index) { try stack.push(events[index]) } else { stack.pushNil() }
      return 1
    }
    vm.bind("history_json", on: stack) { stack in
      do {
        stack.push(try stack.object(at: 1, as: WorkflowHistoryObject.self).history.json())
      } catch let error as WireError {
        throw LuaKindError("ValueError", error.description)
      }
      return 1
    }
  }
}
