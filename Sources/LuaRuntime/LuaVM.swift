internal import CLua
internal import CLuaBridge
internal import Glibc

/// A Lua state with the standard libraries, bound Swift functions and asynchronous operations.
///
/// One thread owns a VM: the one that made it. Every entry point asserts that it runs there.
public final class LuaVM {
  /// A function that Lua code calls: reads its arguments, pushes results and returns their count.
  ///
  /// What it throws is raised in Lua after it has returned.
  public typealias Function = (LuaStack) throws -> Int

  private var bridge: OpaquePointer!
  private var functions: [Function] = []
  private let thread = pthread_self()
  private var answersSIGINT = false
  let operations = Operations()

  /// The version of the Lua library, as in `Lua 5.4.4`.
  public static var version: String { String(cString: moondial_lua_release()) }

  /// Makes a VM that belongs to the current thread.
  public init() {
    let owner = Unmanaged.passUnretained(self).toOpaque()
    bridge = moondial_vm_new(
      owner, operations.wakeDescriptor,
      { owner, state, function in
        Unmanaged<LuaVM>.fromOpaque(owner).takeUnretainedValue().call(Int(function), on: LuaStack(state: state))
      },
      { object in Unmanaged<AnyObject>.fromOpaque(object).release() })
    precondition(bridge != nil, "there is no memory for a Lua VM")
  }

  /// Ends all operations and closes the Lua state; the VM is of no use afterwards.
  public func close() {
    preconditionOnThread()
    operations.close()
    if answersSIGINT { moondial_interrupt_on_sigint(nil, -1) }
    moondial_vm_free(bridge)
    bridge = nil
    functions.removeAll()
  }

  deinit { assert(bridge == nil, "a LuaVM must be closed on its thread before it goes") }

  /// The main coroutine's stack.
  public var stack: LuaStack {
    preconditionOnThread()
    return LuaStack(state: moondial_vm_state(bridge))
  }

  /// Pushes a function that calls `function`.
  public func push(_ function: @escaping Function, on stack: LuaStack) {
    functions.append(function)
    moondial_push_function(stack.state, Int32(functions.count - 1))
  }

  /// Stores a function that calls `function` at `key` of the table on top of `stack`.
  public func bind(_ key: StaticString, on stack: LuaStack, _ function: @escaping Function) {
    push(function, on: stack)
    stack.setField(key, of: -2)
  }

  /// Starts an operation and pushes its number, for the Lua half to await.
  ///
  /// - Parameters:
  ///   - stack: the stack of the bound function that starts it.
  ///   - body: returns what pushes the results on the VM's thread; a throw is raised by the awaiter. It begins at once, on
  ///     the VM's thread, and leaves it with its first suspension.
  /// - Returns: the count of results of the bound function.
  public func startOperation(
    on stack: LuaStack, _ body: @escaping @Sendable () async throws -> OperationResult
  ) -> Int {
    stack.push(operations.start(body))
    return 1
  }

  /// Makes Ctrl-C interrupt this VM, and write a byte to `descriptor` unless it is nil.
  public func answerSIGINT(alsoWaking descriptor: Int32? = nil) {
    preconditionOnThread()
    answersSIGINT = true
    moondial_interrupt_on_sigint(bridge, descriptor ?? -1)
  }

  /// Stops what the VM runs, as Ctrl-C does.
  public func interrupt() {
    preconditionOnThread()
    moondial_interrupt(bridge)
  }

  /// Whether interrupts came since the last call, which this call consumes.
  func takeInterrupts() -> Int { Int(moondial_take_interrupts(bridge)) }

  private func call(_ function: Int, on stack: LuaStack) -> Int32 {
    do {
      return Int32(try functions[function](stack))
    } catch let error as any LuaConvertibleError {
      error.push(on: stack)
    } catch {
      // The position of the Lua code that called, as luaL_error puts it in front.
      moondial_push_position(stack.state)
      let position = (try? stack.string(at: -1)) ?? ""
      stack.pop()
      stack.push(position + String(describing: error))
    }
    return moondial_raise
  }

  func preconditionOnThread() {
    precondition(pthread_equal(thread, pthread_self()) != 0, "a LuaVM was used off the thread that owns it")
  }
}
