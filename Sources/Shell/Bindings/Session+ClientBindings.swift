import LuaRuntime
import TemporalClient
import Wire

extension Session {
  /// Binds what `stdlib/client.lua` and `stdlib/temporal.lua` call.
  func bindClient(on stack: LuaStack) {
    vm.bind("client", on: stack) { [unowned self] stack in
      let arguments = CallArguments(stack: stack, index: 1)
      let client = try makeClient(
        target: try arguments.requiredString("target_host"), namespace: try arguments.requiredString("namespace"),
        identity: try arguments.string("identity"), metadata: try arguments.callOptions(),
        isReadOnly: try arguments.boolean("read_only"))
      stack.push(object: client, type: .client)
      return 1
    }
    vm.bind("client_property", on: stack) { stack in
      let configuration = try stack.object(at: 1, as: ClientObject.self).client.configuration
      switch try stack.string(at: 2) {
      case "address": stack.push(configuration.target)
      case "namespace": stack.push(configuration.namespace)
      case "read_only": stack.push(configuration.isReadOnly)
      default: stack.push(configuration.identity)
      }
      return 1
    }
    vm.bind("connect", on: stack) { [unowned self] stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      return start(on: stack) {
        _ = try await client.connect()
        return { _ in 0 }
      }
    }
    bindVisibility(on: stack)
    bindStart(on: stack)
  }

  func makeClient(
    target: String, namespace: String, identity: String? = nil, metadata: CallOptions = CallOptions(),
    isReadOnly: Bool = false
  ) throws -> ClientObject {
    do {
      var configuration = Client.Configuration(target: target, namespace: namespace)
      if let identity { configuration.identity = identity }
      configuration.metadata = metadata.metadata
      configuration.isReadOnly = isReadOnly || options.isReadOnly
      return ClientObject(try Client(configuration))
    } catch {
      throw LuaTemporalError(error: error)
    }
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
        return { stack in try stack.push(page: page.view.messages("executions"), tokenOf: page.view) }
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
          return 1
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
