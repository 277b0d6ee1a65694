import CConfiguration

/// Variables of the process: those of Temporal, and those that say where configuration files are.
public struct Environment: Sendable {
  private let variables: [String: String]

  /// The variables that the process has now.
  public static var process: Environment {
    var variables: [String: String] = [:]
    var next = moondial_environment()
    while let entry = next?.pointee {
      if isOfInterest(entry) {
        let text = String(cString: entry)
        if let sign = text.firstIndex(of: "=") {
          variables[String(text[..<sign])] = String(text[text.index(after: sign)...])
        }
      }
      next = next?.advanced(by: 1)
    }
    return Environment(variables)
  }

  /// Makes an environment of variables by their names.
  ///
  /// - Parameter variables: the variables.
  public init(_ variables: [String: String]) {
    self.variables = variables
  }

  /// The value of a variable, or nil if it is not set.
  subscript(name: String) -> String? { variables[name] }

  /// The value of a variable, or nil if it is not set, or is empty.
  func nonEmpty(_ name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The variables whose names begin with a text, by the rest of the name and in its order.
  func variables(withPrefix prefix: String) -> [(rest: String, value: String)] {
    variables.filter { $0.key.hasPrefix(prefix) }.map { (String($0.key.dropFirst(prefix.count)), $0.value) }
      .sorted { $0.0 < $1.0 }
  }

  /// Where `temporal.toml` is by default, or nil if nothing says so.
  var defaultConfigurationFile: String? {
    if let folder = nonEmpty("XDG_CONFIG_HOME"), folder.hasPrefix("/") { return "\(folder)/temporalio/temporal.toml" }
    return nonEmpty("HOME").map { "\($0)/.config/temporalio/temporal.toml" }
  }

  /// Most variables are none of Temporal's, and a short run has no time for them.
  private static func isOfInterest(_ entry: UnsafePointer<CChar>) -> Bool {
    let first = UInt8(bitPattern: entry[0])
    return first == UInt8(ascii: "T") || first == UInt8(ascii: "H") || first == UInt8(ascii: "X")
  }
}
