import LuaRuntime

extension Session {
  /// Binds what `stdlib/show/pager.lua` calls. All of it happens on the main thread, which so reads no entry meanwhile.
  func bindPager(on stack: LuaStack) {
    // open_pager(command): an operation; a pager, or nil and why there is none.
    vm.bind("open_pager", on: stack) { [unowned self] stack in
      let command = try stack.string(at: 1)
      return start(on: stack) { [input] in
        let pager = await input.perform { () -> Result<Pager, ShellError> in
          do throws(ShellError) {
            return .success(try Pager(command))
          } catch {
            return .failure(error)
          }
        }
        return { stack in
          switch pager {
          case .success(let pager):
            stack.push(object: pager, type: .pager)
            return 1
          case .failure(let error):
            stack.pushNil()
            stack.push(error.description)
            return 2
          }
        }
      }
    }
    // write_pager(pager, text): an operation; whether it still reads.
    vm.bind("write_pager", on: stack) { [unowned self] stack in
      let pager = try stack.object(at: 1, as: Pager.self)
      let text = try stack.withBytes(at: 2) { Array($0) }
      return start(on: stack) { [input] in
        let reads = await input.perform { pager.write(text) }
        return { stack in
          stack.push(reads)
          return 1
        }
      }
    }
    // close_pager(pager): an operation; its exit status, once the user has left it.
    vm.bind("close_pager", on: stack) { [unowned self] stack in
      let pager = try stack.object(at: 1, as: Pager.self)
      return start(on: stack) { [input] in
        let status = await input.perform { pager.end() }
        return { stack in
          stack.push(Int(status))
          return 1
        }
      }
    }
  }
}
