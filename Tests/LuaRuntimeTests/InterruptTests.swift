import LuaRuntime
import Testing

@Suite("Interrupts", .timeLimit(.minutes(1)))
struct InterruptTests {
  @Test("an interrupt stops a loop in nested coroutines, again and again until it is taken")
  func stopsLoops() async throws {
    let report = try await withVM { vm in
      try vm.run("return function(h) host = h end")
      vm.pushHost()
      try vm.call(arguments: 1, results: 0)
      try vm.bindGlobal("interrupt") { [unowned vm] _ in
        vm.interrupt()
        return 0
      }
      return try vm.text(
        """
        local declined = 0
        host.on_interrupt(function(count)
          -- What it is told is how many came; once it lets the code run on, and is asked again.
          if declined < 1 then declined = declined + count return nil end
          return { kind = "Interrupted" }
        end)
        local stops = 0
        local outer = coroutine.create(function()
          host.resume(coroutine.create(function()
            interrupt()
            for _ = 1, 3 do
              local ok, e = pcall(function() while true do end end)
              if not ok and e.kind == "Interrupted" then stops = stops + 1 end
            end
            while true do end
          end))
          while true do end
        end)
        local ok, e = host.resume(outer)
        local taken = host.interrupted()
        local quiet = host.resume(coroutine.create(function() for _ = 1, 100000 do end end))
        return table.concat({ declined, stops, tostring(ok), e.kind, tostring(taken), tostring(host.interrupted()), tostring(quiet) }, " ")
        """)
    }
    #expect(report == "1 3 false Interrupted true false true")
  }

  @Test("resume refuses what coroutine.resume refuses, in its words")
  func refusals() async throws {
    let report = try await withVM { vm in
      try vm.run("return function(h) host = h end")
      vm.pushHost()
      try vm.call(arguments: 1, results: 0)
      return try vm.text(
        """
        local function both(make)
          local a, b = table.pack(pcall(coroutine.resume, make())), table.pack(pcall(host.resume, make()))
          for i = 1, math.max(a.n, b.n) do assert(tostring(a[i]) == tostring(b[i]), tostring(a[i]) .. " | " .. tostring(b[i])) end
        end
        both(function() local co = coroutine.create(function() end) coroutine.resume(co) return co end)
        both(function() return coroutine.running() end)
        both(function() return coroutine.create(function(...) return ... end), 1, nil, 3 end)
        both(function() return coroutine.create(error), "text" end)
        return "same"
        """)
    }
    #expect(report == "same")
  }
}
