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
    self.prompt = prompt.characters(styled: configuration.usesStyles && movesCursor)
    plainPrompt.deallocate()
    plainPrompt = WideString.allocate(self.prompt.map(\.scalar))
    drawing = Drawing()
    undoHistory = UndoHistory()
    awaited = nil
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
    mode.beginEditing()
    beginLine()
    setPasteBracketed(true)
    var count: Int32 = 0
    let line = el_wgets(editor, &count)
    let input = line.map { accepted(WideString.decode($0, $0 + Int(count))) } ?? ending ?? leave()
    leaveTerminal()
    writer.endReading()
    return input
  }

  /// The entry without the newline of Enter; the cursor is on a new line already.
  private func accepted(_ scalars: [Unicode.Scalar]) -> Input {
    var scalars = scalars
    if scalars.last == "\n" { scalars.removeLast() }
    // For keys that the user has bound to libedit's command.
    finish(scalars)
    // A quoted key (Ctrl-V and an arrow, say) is in the text as its action's character, which means nothing to others.
    let entry = String(scalars.filter { Action(rawValue: $0.value) == nil })
    history.add(entry)
    return .chunk(entry)
  }

  /// Ends the line on which a command of libedit's ended the read: Ctrl-D.
  private func leave() -> Input {
    moveBelowBuffer()
    return .endOfFile
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
    // Where libedit asks for a pattern, it takes an end for that of the pattern, and asks on.
    if let ending { return end(ending) }
    while ready.isEmpty {
      switch nextByte() {
      case .byte(let byte):
        for event in decoder.feed(byte) { take(event) }
      case .escape:
        for event in decoder.releaseEscape() { take(event) }
      case .none: break
      case .ended(let input):
        ending = input
        moveBelowBuffer(input == .interrupted ? "^C" : "")
        return end(input)
      }
    }
    makeRoom()
    let (text, cursor) = buffer()
    if !isSearch(text) { undoHistory.note(UndoHistory.State(text: text, cursor: cursor)) }
    out.pointee = Int32(ready.removeFirst().value)
    return 1
  }

  private func end(_ input: Input) -> Int32 {
    errno = EINTR
    return input == .interrupted ? -1 : 0
  }

  private enum NextByte {
    case byte(UInt8)
    /// None came after an ESC.
    case escape
    case ended(Input)
    /// There is a character to take already.
    case none
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
      if !isCompletedEnd(scalar) { ready.append(scalar) }
    case .key(let key):
      if !isPasting, let action = Action(key) { ready.append(action.character) }
    }
  }

  /// Whether a character can be part of an entry: no key is pressed by a text from elsewhere.
  static func isText(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
  }

  /// Adds to what is being pasted: a newline for each line end, and no control characters, so that no text presses keys.
  ///
  /// Terminals paste a line end as CR, some as LF or CR LF. So CR and LF next to each other are one line end, and two of
  /// the same are two.
  private func paste(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\r", "\n":
      if let last = lastPasted, last != scalar, last == "\r" || last == "\n" {
        lastPasted = nil
        return
      }
      pasted.append("\n")
    default:
      if Self.isText(scalar) { pasted.append(scalar) }
    }
    lastPasted = scalar
  }

  /// How long the byte after an ESC may take if the two are one key, in milliseconds; where ESC is a key of its own.
  private static let escapeDelay: Int32 = 50

  /// Waits for a byte, and meanwhile draws and does what other threads and signals ask for.
  private func nextByte() -> NextByte {
    var isDrawn = false
    while ready.isEmpty {
      if writer.isOver { return .ended(.endOfFile) }
      var descriptors = [interrupts.readEnd, signals.readEnd, wake.readEnd, keyboard].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      // What is there already is taken before anything is drawn.
      let delay = hasViKeys && decoder.holdsEscape ? Self.escapeDelay : -1
      let count = poll(&descriptors, nfds_t(descriptors.count), isDrawn ? delay : 0)
      if count == 0, isDrawn { return .escape }
      if count == 0 {
        draw()
        isDrawn = true
      }
      guard count > 0 else { continue }
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
        takeDelivered()
        takeHint()
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
    return .none
  }
}
