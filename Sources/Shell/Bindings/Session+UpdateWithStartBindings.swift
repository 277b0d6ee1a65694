import LuaRuntime
import TemporalClient

extension Session {
  /// Binds what `stdlib/with_start_workflow_operation.lua` and `stdlib/client/update_with_start.lua` call.
  func bindUpdateWithStart(on stack: LuaStack) {
    vm.bind("start_operation", on: stack) { stack in
      let workflow = try StartWorkflow(CallArguments(stack: stack, index: 1))
      do {
        stack.push(object: StartOperationObject(try WithStartWorkflowOperation(workflow)), type: .startOperation)
      } catch {
        throw LuaTemporalError(error: error)
      }
      return 1
    }
    vm.bind("operation_property", on: stack) { stack in
      let workflow = try stack.object(at: 1, as: StartOperationObject.self).operation.workflow
      stack.push(try stack.string(at: 2) == "id" ? workflow.id : workflow.workflow)
      return 1
    }
    vm.bind("operation_handle", on: stack) { [unowned self] stack in
      let operation = try stack.object(at: 1, as: StartOperationObject.self).operation
      return start(on: stack) {
        let handle = try await operation.workflowHandle()
        return { stack in
          stack.push(object: WorkflowHandleObject(handle), type: .workflowHandle)
          return 1
        }
      }
    }
    vm.bind("start_update_with_start", on: stack) { [unowned self] stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      let arguments = CallArguments(stack: stack, index: 2)
      let operation = try arguments.object("start_workflow_operation", as: StartOperationObject.self).operation
      let (name, payloads) = (try arguments.requiredString("name"), try arguments.payloads("args"))
      let (id, options) = (try arguments.string("id"), try arguments.callOptions())
      let stage: WorkflowUpdateStage = try arguments.enumeration("wait_for_stage") ?? .completed
      return start(on: stack) {
        let update = try await client.startUpdateWithStartWorkflow(
          name, arguments: payloads, id: id, operation: operation, waitForStage: stage, options: options)
        return { stack in
          stack.push(object: UpdateHandleObject(update), type: .updateHandle)
          return 1
        }
      }
    }
  }
}
