import Glibc
import LineEditor
import LuaRuntime

extension Session {
  /// Binds what the session, the prompt and help need of the process and its terminal.
  func bindShell(on stack: LuaStack) {
    // read(prompt, is_production): an operation that shows a prompt, in red where it has to warn, and a space; the text
    // entered, or nil and "interrupted" or "eof".
    vm.bind("read", on: stack) { [unowned self] stack in
      let style = stack.truth(at: 2) ? "1;31" : "1;36"
      let prompt = Prompt([Prompt.Segment(try stack.string(at: 1), style: style), Prompt.Segment(" ")])
      return start(on: stack) { [input] in
        let entry = await input.read(prompt)
        return { stack in
          switch entry {
          case .chunk(let text):
            stack.push(text)
            return 1
          case .interrupted:
            stack.pushNil()
            stack.push("interrupted")
          case .endOfFile:
            stack.pushNil()
            stack.push("eof")
          }
          return 2
        }
      }
    }
    // ask(question): an operation that asks the user between two entries; the line of the answer, or nil without one.
    vm.bind("ask", on: stack) { [unowned self] stack in
      let question = try stack.string(at: 1)
      return start(on: stack) { [input] in
        let answer = await input.ask(question)
        return { stack in
          stack.push(answer)
          return 1
        }
      }
    }
    // edit(text): an operation that lets the user edit a text in $EDITOR; the text, or nil and what went wrong.
    vm.bind("edit", on: stack) { [unowned self] stack in
      let text = try stack.string(at: 1)
      return start(on: stack) { [input] in
        let edited = await input.edit(text)
        return { stack in
          switch edited {
          case .success(let text):
            stack.push(text)
            return 1
          case .failure(let error):
            stack.pushNil()
            stack.push("\(error)")
            return 2
          }
        }
      }
    }
    // history(of_this_session): an operation; the entries that may be shown and written down, oldest first.
    vm.bind("history", on: stack) { [unowned self] stack in
      let ofThisSession = stack.truth(at: 1)
      return start(on: stack) { [input] in
        let entries = await input.history(ofThisSession: ofThisSession)
        return { stack in
          stack.push(list: entries)
          return 1
        }
      }
    }
    // files(prefix): the paths that begin with a text; those of folders end in a slash.
    vm.bind("files", on: stack) { stack in
      stack.push(list: FileNames.beginning(with: try stack.string(at: 1)))
      return 1
    }
    // exit(status): ends the program; does not return.
    vm.bind("exit", on: stack) { [input] stack in
      input.exit(Int32(truncatingIfNeeded: try stack.integer(at: 1)))
    }
    // show_rpcs(shows): whether each RPC is shown.
    vm.bind("show_rpcs", on: stack) { [trace] stack in
      trace.show(stack.truth(at: 1))
      return 0
    }
    // begin_entry(tells): from now on somebody waits for calls; whether to tell of a server that does not answer.
    vm.bind("begin_entry", on: stack) { [silence] stack in
      silence.begin(tells: stack.truth(at: 1))
      return 0
    }
    // end_entry(): the entry has ended; whether that was said.
    vm.bind("end_entry", on: stack) { [silence] stack in
      stack.push(silence.end())
      return 1
    }
    // writes(): how often something was written to the prompt's terminal; 0 where there is no prompt.
    vm.bind("writes", on: stack) { [writer] stack in
      stack.push(writer?.writes ?? 0)
      return 1
    }
    // write_private(path, text): puts a text into the place of a file's, for the user alone; what went wrong, or nil.
    vm.bind("write_private", on: stack) { stack in
      let file = PrivateFile(path: try stack.string(at: 1))
      let text = try stack.withBytes(at: 2) { Array($0) }
      do throws(ShellError) {
        try file.replace(with: text)
        stack.pushNil()
      } catch {
        stack.push(error.description)
      }
      return 1
    }
    // clock(): the seconds since 1970 and the nanoseconds after them.
    vm.bind("clock", on: stack) { stack in
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      stack.push(time.tv_sec)
      stack.push(time.tv_nsec)
      return 2
    }
    // terminal(is_error): the width of the terminal of standard output, or of standard error, whether it shows colours,
    // and its height, or nil where there is none.
    vm.bind("terminal", on: stack) { stack in
      let descriptor = stack.truth(at: 1) ? STDERR_FILENO : STDOUT_FILENO
      let isTerminal = isatty(descriptor) == 1
      var size = winsize()
      let known = isTerminal && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      stack.push(known ? Int(size.ws_col) : 80)
      let hasColour = getenv("NO_COLOR") == nil && getenv("TERM").map { String(cString: $0) != "dumb" } ?? false
      stack.push(isTerminal && hasColour)
      if known && size.ws_row > 0 { stack.push(Int(size.ws_row)) } else { stack.pushNil() }
      return 3
    }
  }
}
