import LuaRuntime
import Testing

private struct Refusal: LuaConvertibleError {
  func push(on stack: LuaStack) {
    stack.pushTable(fields: 1)
    stack.push("Refusal")
    stack.setField("kind", of: -2)
  }
}

@Suite("Bound functions", .timeLimit(.minutes(1)))
struct BoundFunctionTests {
  @Test("10,000 Swift errors through pcall leave no object alive")
  func errorsLeaveNothingBehind() async throws {
    let live = LiveCount()
    let report = try await withVM { vm in
      try vm.bindGlobal("refuse") { _ in
        let objects = [live.object(), live.object()]
        defer { withExtendedLifetime(objects) {} }
        throw Refusal()
      }
      return try vm.text(
        """
        local kinds = 0
        for _ = 1, 10000 do
          local ok, e = pcall(refuse)
          if not ok and e.kind == "Refusal" then kinds = kinds + 1 end
        end
        return tostring(kinds)
        """)
    }
    #expect(report == "10000")
    #expect(live.value == 0)
  }

  @Test("the exclusivity of Swift variables survives an error raised inside an access")
  func exclusivitySurvives() async throws {
    let report = try await withVM { vm in
      var log: [String] = []
      func note(_ log: inout [String]) throws {
        log.append("in")
        throw Refusal()
      }
      try vm.bindGlobal("refuse") { _ in
        try note(&log)
        return 0
      }
      _ = try vm.text("for _ = 1, 1000 do pcall(refuse) end return ''")
      log.append("after")
      return "\(log.count)"
    }
    #expect(report == "1001")
  }

  @Test("a plain error is text with the position of the caller")
  func plainErrors() async throws {
    let report = try await withVM { vm in
      try vm.bindGlobal("length") { stack in
        stack.push(try stack.string(at: 1).utf8.count)
        return 1
      }
      return try vm.text("local _, e = pcall(function() return length({}) end) return e")
    }
    #expect(report == "test:1: bad argument #1 (string expected, got table)")
  }

  @Test("an error inside a coroutine reaches that coroutine's resume")
  func errorsInCoroutines() async throws {
    let report = try await withVM { vm in
      try vm.bindGlobal("refuse") { _ in throw Refusal() }
      return try vm.text(
        """
        local co = coroutine.create(function() coroutine.yield(1) refuse() end)
        coroutine.resume(co)
        local ok, e = coroutine.resume(co)
        return tostring(ok) .. e.kind .. coroutine.status(co)
        """)
    }
    #expect(report == "falseRefusaldead")
  }

  @Test("text with NUL and bytes that are no UTF-8 cross the boundary as they should")
  func text() async throws {
    let report = try await withVM { vm in
      try vm.bindGlobal("echo") { stack in
        stack.push(try stack.string(at: 1))
        return 1
      }
      return try vm.text(
        #"return (echo("a\0b") == "a\0b" and "same" or "cut") .. "; " .. select(2, pcall(echo, "\xff"))"#)
    }
    #expect(report == "same; bad argument #1 (text that is not valid UTF-8)")
  }

  @Test("nested C calls to Lua's limit fit the thread's stack")
  func deepStacks() async throws {
    let report = try await withVM { vm in
      try vm.text(
        """
        local deepest = 0
        local function nest(depth)
          deepest = depth
          return (("x"):gsub("x", function() return nest(depth + 1) end))
        end
        local ok, e = pcall(nest, 1)
        return tostring(deepest > 150) .. ": " .. e:match("C stack overflow")
        """)
    }
    #expect(report == "true: C stack overflow")
  }
}
