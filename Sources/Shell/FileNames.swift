import Glibc

/// Names of files, for completion.
enum FileNames {
  /// The paths that begin with a text, sorted; those of folders end in a slash. Hidden files are left out unless asked for.
  static func beginning(with prefix: String) -> [String] {
    let pattern = prefix.reduce(into: "") { pattern, character in
      if "*?[\\".contains(character) { pattern.append("\\") }
      pattern.append(character)
    }
    var matches = glob_t()
    defer { globfree(&matches) }
    guard glob(pattern + "*", GLOB_MARK, nil, &matches) == 0 else { return [] }
    return (0..<Int(matches.gl_pathc)).compactMap { index in
      matches.gl_pathv[index].flatMap { String(validatingCString: $0) }
    }
  }
}
