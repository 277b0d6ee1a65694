/// The list of candidates below the buffer, one page at a time.
struct CompletionMenu: Equatable {
  /// The buffer for which it is, and its cursor: the list goes when either changes.
  let text: [Unicode.Scalar]
  let cursor: Int
  let candidates: [Completion]
  /// Which part of the list is shown, from 0; wraps around.
  var page = 0

  /// The rows of the page, in at most `height` rows.
  ///
  /// One candidate a row, with its detail, if all of them fit; otherwise as many columns as fit, filled downwards.
  func rows(columns: Int, height: Int, styled: Bool) -> [Frame.Row] {
    let names = candidates.map { $0.display ?? $0.text }
    let width = (names.map(Frame.Row.width).max() ?? 0) + 2
    let dim = styled ? "2" : ""
    if candidates.contains(where: { $0.detail != nil }), candidates.count <= height, width + 8 < columns {
      return candidates.map { candidate in
        let name = candidate.display ?? candidate.text
        let gap = String(repeating: " ", count: width - Frame.Row.width(of: name))
        return Frame.Row([(name + gap, ""), (candidate.detail ?? "", dim)], columns: columns)
      }
    }
    let across = max(1, (columns - 1) / width)
    // Behind a name that fits, blanks that do not would be cut as if they said something.
    let column = min(width, columns - 1)
    // The last row tells how much is not shown.
    let isWhole = (names.count + across - 1) / across <= height
    let down = isWhole ? (names.count + across - 1) / across : max(1, height - 1)
    let size = across * down
    let first = page % ((names.count + size - 1) / size) * size
    let shown = names[first..<min(first + size, names.count)]
    // The last page may need fewer rows, but a list that changes its height is harder to follow.
    var rows = (0..<down).map { row in
      let line = stride(from: first + row, to: shown.endIndex, by: down).map { index in
        names[index] + String(repeating: " ", count: max(0, column - Frame.Row.width(of: names[index])))
      }
      return Frame.Row([(line.joined(), "")], columns: columns)
    }
    if !isWhole {
      let rest = names.count - shown.endIndex
      let text = rest > 0 ? "… \(rest) more: Tab" : "\(names.count) in all"
      if height > 1 { rows.append(Frame.Row([(text, dim)], columns: columns)) }
    }
    return rows
  }
}
