/// Finds the name that was probably meant, for messages such as "did you mean 'workflow_id'?".
public enum NearestName {
  /// Returns the candidate that a slip or two would turn into `name`.
  ///
  /// Counts insertions, deletions, substitutions and swaps of neighbours, without regard to ASCII case. More than a
  /// third of the longer name wrong is no slip any more, and neither is one letter in place of another that stands alone.
  ///
  /// - Parameters:
  ///   - name: What was written.
  ///   - candidates: The valid names; of several equally near ones, the first wins.
  /// - Returns: The nearest candidate, or nil when none is near.
  public static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = folded(name)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let other = folded(candidate)
      let longer = max(wanted.count, other.count)
      let allowed = min(longer - 1, max(1, longer / 3))
      guard abs(wanted.count - other.count) <= allowed else { continue }
      let distance = distance(wanted, other)
      if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Returns `"; did you mean 'x'?"` for the nearest candidate, or an empty string; to end an error's text with.
  public static func hint(_ name: String, among candidates: some Sequence<String>) -> String {
    of(name, among: candidates).map { "; did you mean '\($0)'?" } ?? ""
  }

  private static func folded(_ text: String) -> [UInt8] {
    text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
  }

  // The optimal string alignment distance: Levenshtein's, with a swap of two neighbours as one step.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for column in 0..<right.count {
        var cost = min(last[column + 1] + 1, current[column] + 1)
        cost = min(cost, last[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
