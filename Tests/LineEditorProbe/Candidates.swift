import LineEditor
import Synchronization

let words = ["select", "sequence", "sequel", "zebra", "日本", "日曜"] + (1...60).map { "item\($0)" }

/// The question that waits for a "deliver".
final class Later: Sendable {
  private let request = Mutex<CompletionRequest?>(nil)

  func set(_ new: CompletionRequest) { request.withLock { $0 = new } }

  func take() -> CompletionRequest? {
    request.withLock { request in
      defer { request = nil }
      return request
    }
  }
}

/// The word before the cursor, and where it is in the text's UTF-8 form.
func lastWord(_ text: String, _ cursor: Int) -> (word: String, range: Range<Int>) {
  let before = Array(text.utf8.prefix(cursor))
  let start = (before.lastIndex { " .(\n".utf8.contains($0) } ?? -1) + 1
  return (String(decoding: before[start...], as: UTF8.self), start..<cursor)
}

/// The words that begin like the one before the cursor; those of the sequence have details.
func candidates(for request: CompletionRequest) -> CompletionList {
  let (word, range) = lastWord(request.text, request.cursor)
  let found = words.filter { $0.hasPrefix(word) }.map { word in
    Completion(word, detail: word.hasPrefix("se") ? "about \(word)" : nil, suffix: word == "zebra" ? "(" : "")
  }
  return CompletionList(found, replacing: range)
}

func complete(_ request: CompletionRequest, _ later: Later) -> CompletionAnswer {
  guard String(decoding: request.text.utf8.prefix(request.cursor), as: UTF8.self).contains("later.") else {
    return .ready(candidates(for: request))
  }
  later.set(request)
  return .later
}

/// Digits in magenta.
func digits(_ text: String) -> [StyledSpan] {
  text.utf8.enumerated().filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0.element) }
    .map { StyledSpan($0.offset..<$0.offset + 1, style: "35") }
}
