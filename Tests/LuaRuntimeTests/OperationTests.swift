import LuaRuntime
import Testing

private struct Refusal: LuaConvertibleError {
  func push(on stack: LuaStack) { stack.push("refused") }
}

@Suite("Operations", .timeLimit(.minutes(1)))
struct OperationTests {
  /// Binds `host`, and `start(kind)` whose operations end at once, fail, or wait to be cancelled.
  private static func prepare(_ vm: LuaVM) throws {
    try vm.bindGlobal("start") { [unowned vm] stack in
      let kind = try stack.string(at: 1)
      return vm.startOperation(on: stack) {
        switch kind {
        case "fail": throw Refusal()
        case "hang":
          let (never, _) = AsyncStream<Never>.makeStream()
          for await _ in never {}
          return { stack in
            stack.push("cancelled")
            return 1
          }
        default:
          return { stack in
            stack.push(kind)
            stack.push(7)
            return 2
          }
        }
      }
    }
    try vm.run("return function(h) host = h end")
    vm.pushHost()
    try vm.call(arguments: 1, results: 0)
    try vm.run(
      """
      function await(id)
        local done = {}
        repeat
          local count = host.wait(nil, done)
          for i = 1, count do if done[i] == id then return host.take(id) end end
        until false
      end
      """)
  }

  @Test("an operation completes once, with its results or its error")
  func completes() async throws {
    let report = try await withVM { vm in
      try Self.prepare(vm)
      return try vm.text(
        """
        local a, b = await(start("hello"))
        local ok, e = pcall(await, start("fail"))
        local id = start("once") await(id)
        local _, again = pcall(host.take, id)
        return a .. b .. tostring(ok) .. e .. host.in_flight() .. again:match("taken already")
        """)
    }
    #expect(report == "hello7falserefused0taken already")
  }

  @Test("a cancelled operation still completes")
  func cancels() async throws {
    let report = try await withVM { vm in
      try Self.prepare(vm)
      return try vm.text(
        "local id = start('hang') local before = host.in_flight() host.cancel(id) return await(id) .. before .. host.in_flight()"
      )
    }
    #expect(report == "cancelled10")
  }

  @Test("a VM closes with operations in flight, and their completions go nowhere")
  func closesBusy() async throws {
    let started = try await withVM { vm in
      try Self.prepare(vm)
      return try vm.text("for _ = 1, 100 do start('hang') start('hello') end return tostring(host.in_flight())")
    }
    #expect(started == "200")
  }

  @Test("waiting ends with its time")
  func waitEnds() async throws {
    let report = try await withVM { vm in
      try Self.prepare(vm)
      return try vm.text(
        "local t = host.now() local n = host.wait(0.02, {}) return n .. tostring(host.now() - t >= 0.02)")
    }
    #expect(report == "0true")
  }
}
