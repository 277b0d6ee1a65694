import CEditBridge
import CLibedit

/// The entries of this session and of those before it: in memory for the arrow keys, in libedit's own list for its
/// incremental search, and in a file.
final class History {
  /// Owned; lives as long as the editor that borrows it.
  let searchList: OpaquePointer

  private(set) var entries: [String] = []
  private let limit: Int
  /// Where this session's entries begin.
  private var start = 0
  private var file: HistoryFile?
  private let warn: (String) -> Void
  /// Where the arrow keys are: an index into `entries`, or nil on the line being typed.
  private var position: Int?
  /// What had been typed when the arrow keys left it.
  private var liveLine: [Unicode.Scalar] = []

  /// Reads the history of earlier sessions.
  ///
  /// - Parameters:
  ///   - path: the file, or nil for a history that ends with the session.
  ///   - limit: how many entries to keep.
  ///   - warn: called once if the file cannot be used; the session then goes on without it.
  init(path: String?, limit: Int, warn: @escaping (String) -> Void) throws(LineEditorError) {
    guard let list = history_winit() else { throw .system(call: "history_winit", errno: 12) }
    self.searchList = list
    self.limit = max(1, limit)
    self.warn = warn
    file = path.map { HistoryFile(path: $0) }
    moondial_history_set_limit(list, Int32(clamping: self.limit))
    withFile { file throws(HistoryFile.Failure) in
      for entry in try file.load(limit: self.limit) where entry != entries.last { remember(entry) }
    }
    start = entries.count
  }

  deinit { history_wend(searchList) }

  /// Takes an accepted entry: one that says something, was not written with a leading space, and is not the one before.
  ///
  /// An entry with a secret in it (`SecretPatterns`) can be recalled in this session and goes no further.
  func add(_ entry: String) {
    position = nil
    guard let first = entry.unicodeScalars.first, first != " ", entry != entries.last,
      !entry.unicodeScalars.allSatisfy(\.properties.isWhitespace)
    else { return }
    remember(entry)
    if !SecretPatterns.matches(entry) {
      withFile { file throws(HistoryFile.Failure) in try file.append(entry) }
    }
  }

  /// The entries without those that have a secret in them, oldest first.
  func disclosable(ofThisSession: Bool) -> [String] {
    entries[(ofThisSession ? start : 0)...].filter { !SecretPatterns.matches($0) }
  }

  private func remember(_ entry: String) {
    if entries.count == limit {
      entries.removeFirst()
      start = max(0, start - 1)
    }
    entries.append(entry)
    moondial_history_enter(searchList, WideString.encode(entry.unicodeScalars))
  }

  /// Works with the file until that fails for the first time.
  private func withFile(_ body: (HistoryFile) throws(HistoryFile.Failure) -> Void) {
    guard let file else { return }
    do { try body(file) } catch {
      self.file = nil
      warn("history is not saved: \(error)")
    }
  }
}

// The arrow keys. libedit's own commands would do, but that its "next history" on the line being typed erases it.
extension History {
  /// Forgets where the arrow keys were.
  func leave() {
    position = nil
    liveLine = []
  }

  /// The entry before the one shown that begins with `prefix`, or nil if there is none.
  ///
  /// - Parameter current: what is in the buffer; kept if it is the line being typed.
  func previous(
    from current: [Unicode.Scalar], startingWith prefix: some Collection<Unicode.Scalar> = []
  ) -> [Unicode.Scalar]? {
    let before = entries[..<(position ?? entries.count)]
    guard let found = before.lastIndex(where: { Self.matches($0, prefix, current) }) else { return nil }
    if position == nil { liveLine = current }
    position = found
    return Array(entries[found].unicodeScalars)
  }

  /// The entry after the one shown that begins with `prefix`, at last the line being typed; nil on that line.
  func next(
    from current: [Unicode.Scalar] = [], startingWith prefix: some Collection<Unicode.Scalar> = []
  ) -> [Unicode.Scalar]? {
    guard let position else { return nil }
    let after = entries[(position + 1)...]
    self.position = after.firstIndex { Self.matches($0, prefix, current) }
    return self.position.map { Array(entries[$0].unicodeScalars) } ?? liveLine
  }

  /// A search goes on past entries that say the same; without one, each step is one entry.
  private static func matches(
    _ entry: String, _ prefix: some Collection<Unicode.Scalar>, _ current: [Unicode.Scalar]
  ) -> Bool {
    prefix.isEmpty || entry.unicodeScalars.starts(with: prefix) && !entry.unicodeScalars.elementsEqual(current)
  }
}
