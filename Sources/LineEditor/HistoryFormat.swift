/// The text format of the history file.
///
/// One entry is one line: `\` is written as `\\`, a newline as `\n`, a carriage return as `\r`. Everything else stands as
/// typed, in UTF-8, so that `grep` finds it. There is no header. A line of nothing is no entry.
enum HistoryFormat {
  /// The line for an entry, with the newline that ends it.
  static func line(for entry: String) -> String {
    var line = ""
    for scalar in entry.unicodeScalars {
      switch scalar {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      case "\r": line += "\\r"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line + "\n"
  }

  /// The entries of a file, oldest first. Damaged UTF-8 is repaired, an unknown escape stands for itself.
  static func entries(in bytes: some Collection<UInt8>) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n")).map { line in
      var entry = ""
      var escaped = false
      for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
        switch (escaped, scalar) {
        case (false, "\\"):
          escaped = true
          continue
        case (true, "n"): entry += "\n"
        case (true, "r"): entry += "\r"
        case (true, "\\"), (false, _): entry.unicodeScalars.append(scalar)
        case (true, _):
          entry += "\\"
          entry.unicodeScalars.append(scalar)
        }
        escaped = false
      }
      return escaped ? entry + "\\" : entry
    }
  }
}
