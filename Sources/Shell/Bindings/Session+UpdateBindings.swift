import LuaRuntime
import TemporalClient

extension Session {
  /// Binds what `stdlib/update_handle.lua` calls.
  func bindUpdateHandle(on stack: LuaStack) {
    vm.bind("update_handle", on: stack) { stack in
      let object = try stack.object(at: 1, as: WorkflowHandleObject.self)
      let arguments = CallArguments(stack: stack, index: 2)
      let update = object.handle.updateHandle(
        id: try arguments.requiredString("id"), runID: try arguments.string("workflow_run_id"))
      stack.push(object: UpdateHandleObject(update), type: .updateHandle)
      return 1
    }
    vm.bind("update_property", on: stack) { stack in
      let handle = try stack.object(at: 1, as: UpdateHandleObject.self).handle
      switch try stack.string(at: 2) {
      case "id": stack.push(handle.id)
      case "workflow_id": stack.push(handle.workflowID)
      default: stack.push(handle.workflowRunID)
      }
      return 1
    }
    vm.bind("update_result", on: stack) { [unowned self] stack in
      let object = try stack.object(at: 1, as: UpdateHandleObject.self)
      let arguments = CallArguments(stack: stack, index: 2)
      let (raw, options) = (try arguments.boolean("raw"), try arguments.callOptions())
      return start(on: stack) {
        let result = try await object.handle.result(options: options)
        return { stack in try stack.push(result: result, raw: raw) }
      }
    }
  }
}
