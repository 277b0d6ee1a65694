import CEditBridge
import CLibedit
import Glibc

extension LineEditor {
  /// Shows a prompt and lets the user edit until an entry is accepted.
  ///
  /// - Parameter prompt: what stands in front of the first line.
  /// - Returns: the entry, which is in the history already; or how the user left it.
  public func read(prompt: Prompt) -> Input {
    assertOwner()
    let rendered = prompt.rendered(styled: configuration.usesStyles && movesCursor)
    markup.deallocate()
    markup = WideString.allocate(rendered.markup)
    visiblePrompt = rendered.visible
    ending = nil
    decoder = KeyDecoder()
    ready = []
    isPasting = false
    history.leave()
    // A Ctrl-C that came before the prompt was meant for something else.
    _ = interrupts.drain()
    _ = signals.drain()

    writer.beginReading()
    moondial_edit_watch_signals(signals.writeEnd)
    // libedit would show the prompt first, and what is typed in between would be echoed by the terminal.
    moondial_edit_set_terminal_prepared(editor, true)
    beginLine()
    setPasteBracketed(true)
    var count: Int32 = 0
    let line = el_wgets(editor, &count)
    setPasteBracketed(false)
    moondial_edit_unwatch_signals()
    let input = line.map { accepted(WideString.decode($0, $0 + Int(count))) } ?? leave()
    writer.endReading()
    return input
  }

  /// The entry without the newline of Enter; the cursor is on a new line already.
  private func accepted(_ scalars: [Unicode.Scalar]) -> Input {
    // A quoted key (Ctrl-V and an arrow, say) is in the text as its action's character, which means nothing to others.
    var entry = String(String.UnicodeScalarView(scalars.filter { Action(rawValue: $0.value) == nil }))
    if entry.unicodeScalars.last == "\n" { entry.unicodeScalars.removeLast() }
    history.add(entry)
    return .chunk(entry)
  }

  /// Ends the line on which a read ended without an entry.
  private func leave() -> Input {
    let ending = ending ?? .endOfFile
    send(ending == .interrupted ? "^C\n" : "\n")
    return ending
  }

  /// Sends text to the terminal; libedit has flushed its own before it calls anything of the editor's.
  func send(_ text: String) {
    _ = writeFully(Array(text.utf8), to: configuration.output)
  }

  /// Asks the terminal to mark what it pastes.
  func setPasteBracketed(_ bracketed: Bool) {
    if movesCursor { send("\u{1b}[?2004\(bracketed ? "h" : "l")") }
  }
}

// What libedit calls for each character.
extension LineEditor {
  /// Stores the next character for libedit.
  ///
  /// - Returns: 1, or 0 at the end of input, or -1 when interrupted.
  func nextCharacter(_ out: UnsafeMutablePointer<Int32>) -> Int32 {
    while ready.isEmpty {
      switch nextByte() {
      case .byte(let byte):
        for event in decoder.feed(byte) { take(event) }
      case .ended(let input):
        ending = input
        moveBelowBuffer()
        errno = EINTR
        return input == .interrupted ? -1 : 0
      }
    }
    out.pointee = Int32(ready.removeFirst().value)
    return 1
  }

  private enum NextByte {
    case byte(UInt8)
    case ended(Input)
  }

  private func take(_ event: KeyDecoder.Event) {
    switch event {
    case .key(let key) where key.name == .pasteBegin:
      pasted = []
      lastPasted = nil
      isPasting = true
    case .key(let key) where key.name == .pasteEnd:
      if isPasting { ready.append(Action.paste.character) }
      isPasting = false
    case .character(let scalar) where isPasting:
      paste(scalar)
    case .character(let scalar):
      ready.append(scalar)
    case .key(let key):
      if !isPasting, let action = Action(key) { ready.append(action.character) }
    }
  }

  /// Adds to what is being pasted: a newline for each line end, and no control characters, so that no text presses keys.
  ///
  /// Terminals paste a line end as CR, some as LF or CR LF; libedit's edit mode turns each CR into LF and each LF into
  /// CR. So CR and LF next to each other are one line end, and two of the same are two.
  private func paste(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\r", "\n":
      if let last = lastPasted, last != scalar, last == "\r" || last == "\n" {
        lastPasted = nil
        return
      }
      pasted.append("\n")
    case "\t":
      pasted.append(scalar)
    default:
      if scalar.properties.generalCategory != .control { pasted.append(scalar) }
    }
    lastPasted = scalar
  }

  /// Waits for a byte, and meanwhile does what other threads and signals ask for.
  private func nextByte() -> NextByte {
    while true {
      if writer.isOver { return .ended(.endOfFile) }
      var descriptors = [interrupts.readEnd, signals.readEnd, wake.readEnd, keyboard].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      guard poll(&descriptors, nfds_t(descriptors.count), -1) > 0 else { continue }
      let isReady = descriptors.map { $0.revents != 0 }
      if isReady[0] {
        _ = interrupts.drain()
        return .ended(.interrupted)
      }
      if isReady[1] {
        for signal in signals.drain() { handle(signal: Int32(signal)) }
        // Another program may have had the terminal meanwhile: ask again what there is to read.
        continue
      }
      if isReady[2] {
        printQueued()
        if writer.isOver { continue }
      }
      if isReady[3] {
        // One byte at a time: what is typed ahead of the next program to read the terminal stays there for it.
        var byte: UInt8 = 0
        let count = Glibc.read(keyboard, &byte, 1)
        if count == 1 { return .byte(byte) }
        if count == 0 || errno != EINTR && errno != EAGAIN { return .ended(.endOfFile) }
      }
    }
  }
}
