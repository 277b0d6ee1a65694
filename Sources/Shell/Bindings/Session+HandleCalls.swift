import LuaRuntime
import TemporalClient

/// What an operation does with its handle, without the VM.
typealias HandleCall<Handle> = @Sendable (Handle) async throws -> OperationResult

extension Session {
  /// Binds an operation on a handle: in Lua, a function of the handle and a table of arguments.
  ///
  /// - Parameters:
  ///   - name: its name in `native`.
  ///   - object: what scripts hold the handle as.
  ///   - read: reads the arguments, on the VM's thread; gives what makes the call.
  func bindCall<Object: HandleObject>(
    _ name: StaticString, of object: Object.Type, on stack: LuaStack,
    _ read: @escaping (CallArguments, CallOptions) throws -> HandleCall<Object.Handle>
  ) {
    vm.bind(name, on: stack) { [unowned self] stack in
      let handle = try stack.object(at: 1, as: object).handle
      let arguments = CallArguments(stack: stack, index: 2)
      let call = try read(arguments, try arguments.callOptions())
      return start(on: stack) { try await call(handle) }
    }
  }
}
