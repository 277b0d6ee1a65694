import LuaRuntime
import TemporalClient
import Wire

extension LuaStack {
  /// Pushes the value that a payload carries, where sending the value gives that payload again; else the payload itself.
  ///
  /// In JSON the order of keys, white space and escapes may change, and nothing else.
  func push(reusing payload: Payload) {
    let base = count
    do {
      try push(decodingElement: payload)
      let again = try DataConverter().encode(LuaValueSource(self, at: -1))
      if again == payload || again.isSameJSON(as: payload) { return }
    } catch {
      // What cannot be read or written is sent as it came.
    }
    setCount(base)
    push(payload)
  }

  /// Pushes a table of the values in a map of payloads.
  func push(reusing entries: [MapEntry]) {
    pushTable(fields: entries.count)
    for entry in entries {
      push(entry.key)
      push(reusing: Payload(view: entry.message))
      setEntry(of: -3)
    }
  }

  /// Pushes what a start of another workflow takes from the first event of a history: a table with `args`, `memo` and
  /// `headers`.
  func push(reusableOf started: MessageView) {
    pushTable(fields: 3)
    let arguments = started.message("input")?.messages("payloads")
    pushTable(elements: arguments?.count ?? 0, fields: 1)
    if let arguments {
      for (index, view) in arguments.enumerated() {
        push(reusing: Payload(view: view))
        setElement(index + 1, of: -2)
      }
    }
    push(arguments?.count ?? 0)
    setField("n", of: -2)
    setField("args", of: -2)
    push(reusing: started.message("memo")?.mapEntries("fields") ?? [])
    setField("memo", of: -2)
    push(reusing: started.message("header")?.mapEntries("fields") ?? [])
    setField("headers", of: -2)
  }
}

extension Payload {
  /// Whether this is the JSON that another was parsed to and written as.
  ///
  /// Of parsing and writing, numbers alone come out otherwise: as another text, or rounded.
  fileprivate func isSameJSON(as parsed: Payload) -> Bool {
    encoding == "json/plain" && parsed.encoding == encoding && parsed.metadata.count == metadata.count
      && Self.numbers(in: data).sorted() == Self.numbers(in: parsed.data).sorted()
  }

  /// The numbers in a JSON text, as they are written.
  private static func numbers(in text: [UInt8]) -> [String] {
    var numbers: [String] = []
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\""):
        index += 1
        while index < text.count, text[index] != UInt8(ascii: "\"") {
          index += text[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        index += 1
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        let start = index
        while index < text.count, !#",]} "#.utf8.contains(text[index]), text[index] > 32 { index += 1 }
        numbers.append(String(decoding: text[start..<index], as: UTF8.self))
      default: index += 1
      }
    }
    return numbers
  }
}
