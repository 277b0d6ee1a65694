import LuaRuntime
import Testing

@Suite("Objects", .timeLimit(.minutes(1)))
struct ObjectTests {
  private static let box = LuaMetatable.object("Box")

  @Test("a userdata keeps its object alive until it is collected, and releases it once")
  func ownership() async throws {
    let live = LiveCount()
    let during = try await withVM { vm in
      try vm.bindGlobal("box") { stack in
        stack.push(object: live.object(), type: Self.box)
        return 1
      }
      _ = try vm.text(
        "kept = box() for _ = 1, 100 do box() end collectgarbage() getmetatable(kept).__gc(kept) collectgarbage() return ''"
      )
      return live.value
    }
    #expect(during == 0)
    #expect(live.value == 0)
  }

  @Test("closing the VM releases what scripts still hold")
  func close() async throws {
    let live = LiveCount()
    let during = try await withVM { vm in
      vm.stack.push(object: live.object(), type: Self.box)
      return live.value
    }
    #expect(during == 1)
    #expect(live.value == 0)
  }

  @Test("only a userdata of the right type is taken for an object")
  func types() async throws {
    let live = LiveCount()
    let report = try await withVM { vm in
      try vm.bindGlobal("box") { stack in
        stack.push(object: live.object(), type: Self.box)
        return 1
      }
      try vm.bindGlobal("open") { stack in
        _ = try stack.object(at: 1, as: LiveCount.Counted.self)
        return 0
      }
      try vm.bindGlobal("open_other") { stack in
        _ = try stack.object(at: 1, as: LiveCount.self)
        return 0
      }
      return try vm.text(
        """
        open(box())
        local function refusal(f, v) return select(2, pcall(f, v)) end
        return table.concat({ refusal(open, io.stdout), refusal(open, {}), refusal(open_other, box()) }, "; ")
        """)
    }
    #expect(
      report == """
        bad argument #1 (Counted expected, got userdata); bad argument #1 (Counted expected, got table); \
        bad argument #1 (LiveCount expected, got userdata)
        """)
  }
}
