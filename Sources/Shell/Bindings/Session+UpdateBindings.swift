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
    bindCall("update_result", of: UpdateHandleObject.self, on: stack) { arguments, options in
      let raw = try arguments.boolean("raw")
      return { handle in
        let result = try await handle.result(options: options)
        return { stack in try stack.push(result: result, raw: raw) }
      }
    }
  }
}
