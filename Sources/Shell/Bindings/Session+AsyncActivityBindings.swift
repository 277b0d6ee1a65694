import LuaRuntime
import TemporalClient
import Wire

extension Session {
  /// Binds what `stdlib/async_activity_handle.lua` calls.
  func bindAsyncActivity(on stack: LuaStack) {
    // async_activity_handle(client, arguments): by its task_token, or by its ids.
    vm.bind("async_activity_handle", on: stack) { stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      let arguments = CallArguments(stack: stack, index: 2)
      let reference: AsyncActivityHandle.Reference =
        if arguments.type("task_token") != .null {
          .token(try arguments.bytes("task_token"))
        } else {
          .id(
            try arguments.requiredString("activity_id"), workflowID: try arguments.string("workflow_id"),
            runID: try arguments.string("run_id"))
        }
      stack.push(object: AsyncActivityObject(client.asyncActivityHandle(reference)), type: .asyncActivity)
      return 1
    }
    bindAsyncActivityCall("activity_heartbeat", on: stack) { arguments, options in
      let details = try arguments.payloads("args")
      return { try await $0.heartbeat(details: details, options: options) }
    }
    bindAsyncActivityCall("activity_complete", on: stack) { arguments, options in
      let result = try arguments.payloads("results").first
      return { try await $0.complete(result: result, options: options) }
    }
    bindAsyncActivityCall("activity_fail", on: stack) { arguments, options in
      let (failure, details) = (try arguments.failure(), try arguments.payloads("last_heartbeat_details"))
      return { try await $0.fail(failure, lastHeartbeatDetails: details, options: options) }
    }
    bindAsyncActivityCall("activity_report_cancellation", on: stack) { arguments, options in
      let details = try arguments.payloads("args")
      return { try await $0.reportCancellation(details: details, options: options) }
    }
  }

  /// Binds an operation that brings nothing.
  private func bindAsyncActivityCall(
    _ name: StaticString, on stack: LuaStack,
    _ read: @escaping (CallArguments, CallOptions) throws -> @Sendable (AsyncActivityHandle) async throws -> Void
  ) {
    bindCall(name, of: AsyncActivityObject.self, on: stack) { arguments, options in
      let call = try read(arguments, options)
      return { handle in
        try await call(handle)
        return { _ in 0 }
      }
    }
  }
}

extension CallArguments {
  /// The failure that `stdlib/failure.lua` has made of an error value, as the API's message.
  fileprivate func failure() throws -> Message {
    let type = MessageType.named("temporal.api.failure.v1.Failure")!
    let builder = MessageBuilder(type)
    defer { stack.pop() }
    stack.pushField("failure", of: index)
    do {
      try builder.fill(from: LuaValueSource(stack, at: -1, fillsMessage: true))
      return try builder.finished()
    } catch {
      throw LuaKindError("TypeError", "error: \(error)")
    }
  }
}
