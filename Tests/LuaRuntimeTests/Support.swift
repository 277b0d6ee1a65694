import LuaRuntime
import Synchronization
import Testing

/// Counts the objects of one test that are alive.
final class LiveCount: Sendable {
  private let count = Atomic(0)
  var value: Int { count.load(ordering: .sequentiallyConsistent) }

  func object() -> Counted { Counted(self) }

  final class Counted: Sendable {
    private let live: LiveCount
    init(_ live: LiveCount) {
      self.live = live
      live.count.add(1, ordering: .sequentiallyConsistent)
    }
    deinit { live.count.subtract(1, ordering: .sequentiallyConsistent) }
  }
}

/// Runs `body` with a VM on a thread of its own, as the product does, and closes the VM.
func withVM<Result: Sendable>(_ body: @escaping @Sendable (LuaVM) throws -> Result) async throws -> Result {
  let (stream, continuation) = AsyncStream<Swift.Result<Result, any Error>>.makeStream()
  let thread = LuaThread {
    let vm = LuaVM()
    let result = Swift.Result { try body(vm) }
    vm.close()
    continuation.yield(result)
    continuation.finish()
  }
  defer { thread.join() }
  for await result in stream { return try result.get() }
  throw CancellationError()
}

extension LuaVM {
  /// Makes `function` a global.
  func bindGlobal(_ name: String, _ function: @escaping Function) throws {
    try run("return function(name, f) _G[name] = f end")
    stack.push(name)
    push(function, on: stack)
    try call(arguments: 2, results: 0)
  }

  /// Runs Lua text and leaves its results on the stack.
  func run(_ source: String) throws {
    var source = source
    try source.withUTF8 { try load($0, name: "=test") }
    try call(arguments: 0, results: nil)
  }

  /// Runs Lua text and returns its first result as text.
  func text(_ source: String) throws -> String {
    stack.setCount(0)
    try run(source)
    defer { stack.setCount(0) }
    return try stack.string(at: 1)
  }
}
