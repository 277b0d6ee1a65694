// A program to drive in a pseudo-terminal: reads entries with the line editor and prints what it got as GOT<…>, with
// newlines shown as \n. Texts written into the FIFO named by --control are printed above the prompt by another thread,
// one for each line. Signals are set up as in the product: SIGINT reaches another thread than the editor's.
//
// With --completion Tab completes the words of WORDS, with details; "later." before the cursor makes the answer wait for
// a line "deliver" from the FIFO. With --hint the word before the cursor is shown as a hint, with --highlight digits are
// magenta. --settings names a file of libedit commands.
//
// Entries with a meaning: "edit" hands a text to $EDITOR and prints what comes back; "open" makes Enter begin a new line until the parentheses are balanced; "busy" evaluates
// until a line "done" comes through the FIFO.
import Glibc
import LineEditor

let arguments = Array(CommandLine.arguments.dropFirst())

@MainActor func option(_ name: String) -> String? {
  guard let index = arguments.firstIndex(of: "--\(name)"), index + 1 < arguments.count else { return nil }
  return arguments[index + 1]
}

func balance(_ text: String) -> Int {
  text.reduce(0) { $0 + ($1 == "(" ? 1 : $1 == ")" ? -1 : 0) }
}

var configuration = LineEditor.Configuration()
configuration.programName = "line-editor-probe"
configuration.historyPath = option("history")
configuration.historyLimit = option("history-limit").flatMap { Int($0) } ?? 1000
configuration.usesStyles = arguments.contains("--styles")
configuration.settingsPath = option("settings")
// A line that closes what is open stands where that was opened.
configuration.indentation = { text in
  let line = text.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
  let isClosing = line.drop { $0 == " " }.hasPrefix(")")
  return Indentation(next: 2 * balance(text), own: isClosing ? 2 * balance(text) : nil)
}
let later = Later()
if arguments.contains("--completion") { configuration.complete = { complete($0, later) } }
if arguments.contains("--hint") {
  configuration.hint = { text, cursor in
    let (word, _) = lastWord(text, cursor)
    return word.isEmpty ? nil : "hint for \(word)"
  }
}
if arguments.contains("--highlight") { configuration.highlight = digits }
configuration.warn = { text in
  let line = Array("WARNING: \(text)\n".utf8)
  write(STDERR_FILENO, line, line.count)
}

do {
  let editor = try LineEditor(configuration) { text in
    let depth = balance(text)
    return depth > 0 ? .incomplete : depth < 0 ? .invalid : .complete
  }
  let control = option("control").map { Control(path: $0, editor.writer, editor.completions, later) }
  control?.start()
  Interrupts.forward(to: editor.interruptDescriptor)

  let prompt = Prompt([.init("probe", style: "1;32"), .init("> ")])
  loop: while true {
    switch editor.read(prompt: prompt) {
    case .chunk(let text):
      editor.writer.printAbove(
        "GOT<\(text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n"))>\n")
      if text == "quit" { break loop }
      if text == "edit" { editor.writer.printAbove("EDITED<\(try editor.edit("one\ntwo"))>\n") }
      if text == "partial" { editor.writer.printAbove("no newline") }
      if text == "busy" { control?.waitUntilDone() }
    case .interrupted:
      editor.writer.printAbove("INTERRUPTED\n")
    case .endOfFile:
      editor.writer.printAbove("END\n")
      break loop
    }
  }
  editor.close()
} catch {
  puts("ERROR: \(error)")
  exit(3)
}
