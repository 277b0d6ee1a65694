internal import CLuaBridge
internal import Glibc

extension LuaVM {
  /// Pushes the table of functions that the scheduler in Lua drives this VM by.
  public func pushHost() {
    let stack = stack
    stack.pushTable(fields: 8)
    bind("now", on: stack) { stack in
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      stack.push(Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9)
      return 1
    }
    bindWaiting(on: stack)
    bindInterrupts(on: stack)
  }

  private func bindWaiting(on stack: LuaStack) {
    // wait(timeout, into): fills the table with the numbers of the completed operations and returns their count.
    bind("wait", on: stack) { [unowned self] stack in
      let timeout = stack.isNil(at: 1) ? nil : try stack.number(at: 1)
      let completed = operations.wait(timeout: timeout)
      for (index, operation) in completed.enumerated() {
        stack.push(operation)
        stack.setElement(index + 1, of: 2)
      }
      stack.push(completed.count)
      return 1
    }
    bind("take", on: stack) { [unowned self] stack in
      guard let result = operations.take(try stack.integer(at: 1)) else {
        throw LuaArgumentError("the operation has not completed, or its result was taken already")
      }
      return try result.get()(stack)
    }
    bind("cancel", on: stack) { [unowned self] stack in
      operations.cancel(try stack.integer(at: 1))
      return 0
    }
    bind("cancel_all", on: stack) { [unowned self] _ in
      operations.cancelAll()
      return 0
    }
    bind("in_flight", on: stack) { [unowned self] stack in
      stack.push(operations.inFlight)
      return 1
    }
  }

  private func bindInterrupts(on stack: LuaStack) {
    bind("interrupted", on: stack) { [unowned self] stack in
      stack.push(takeInterrupts() > 0)
      return 1
    }
    // on_interrupt(function): it is given the count of Ctrl-Cs, and gives what to raise in the code that runs.
    bind("on_interrupt", on: stack) { stack in
      stack.setCount(1)
      moondial_set_interrupt_function(stack.state)
      return 0
    }
    moondial_push_resume(stack.state)
    stack.setField("resume", of: -2)
  }
}
