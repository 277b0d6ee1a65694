import LuaRuntime
import TemporalClient
import Wire

extension Session {
  /// Binds what `stdlib/client.lua` calls.
  func bindClient(on stack: LuaStack) {
    vm.bind("client_property", on: stack) { stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      let configuration = client.configuration
      switch try stack.string(at: 2) {
      case "codec": stack.push(client.codecName)
      case "address": stack.push(configuration.target)
      case "namespace": stack.push(configuration.namespace)
      case "profile": stack.push(configuration.profile)
      case "production": stack.push(configuration.isProduction)
      case "read_only": stack.push(configuration.isReadOnly)
      case "encrypted": stack.push(configuration.isEncrypted)
      default: stack.push(configuration.identity)
      }
      return 1
    }
    bindVisibility(on: stack)
    bindStart(on: stack)
  }

  private func bindVisibility(on stack: LuaStack) {
    vm.bind("list_workflows", on: stack) { [unowned self] stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      let arguments = CallArguments(stack: stack, index: 2)
      let (query, size) = (try arguments.string("query") ?? "", try arguments.integer("page_size") ?? 1000)
      let (token, options) = (try arguments.bytes("next_page_token"), try arguments.callOptions())
      return start(on: stack) {
        let page = try await client.listWorkflows(
          query: query, pageSize: size, nextPageToken: token, options: options)
        return { stack in try stack.push(page: "executions", of: page.view, tokenOf: page.view) }
      }
    }
    vm.bind("count_workflows", on: stack) { [unowned self] stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      let arguments = CallArguments(stack: stack, index: 2)
      let (query, options) = (try arguments.string("query") ?? "", try arguments.callOptions())
      return start(on: stack) {
        let count = try await client.countWorkflows(query: query, options: options)
        return { stack in
          try stack.push(count.view, includingDefaults: true)
          stack.push(object: MessageObject(count.view), type: .message)
          return 2
        }
      }
    }
  }

  private func bindStart(on stack: LuaStack) {
    vm.bind("start_workflow", on: stack) { [unowned self] stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      let arguments = CallArguments(stack: stack, index: 2)
      let workflow = try StartWorkflow(arguments)
      let options = try arguments.callOptions()
      return start(on: stack) {
        let handle = try await client.startWorkflow(workflow, options: options)
        return { stack in
          stack.push(object: WorkflowHandleObject(handle), type: .workflowHandle)
          return 1
        }
      }
    }
    vm.bind("workflow_handle", on: stack) { stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      let arguments = CallArguments(stack: stack, index: 2)
      let handle = client.workflowHandle(
        id: try arguments.requiredString("workflow_id"), runID: try arguments.string("run_id"),
        firstExecutionRunID: try arguments.string("first_execution_run_id"))
      stack.push(object: WorkflowHandleObject(handle), type: .workflowHandle)
      return 1
    }
  }
}
