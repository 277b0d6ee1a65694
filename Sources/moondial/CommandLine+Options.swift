import Glibc

extension CommandLine {
  /// The options whose value is the next argument.
  private static let takeValue: Set = [
    "-e", "--execute", "--dev-worker", "--address", "-n", "--namespace", "-o", "--output", "--api-key", "--tls-ca-path",
    "--tls-ca-data",
    "--tls-cert-path", "--tls-cert-data", "--tls-key-path", "--tls-key-data", "--tls-server-name", "--client-authority",
    "--grpc-meta", "--codec-endpoint", "--codec-auth", "--codec-header", "--identity",
    "--client-connect-timeout", "--profile", "--config-file", "--command-timeout",
  ]

  /// Those of them whose value nobody is to see.
  private static let secret = ["--api-key", "--tls-key-data", "--grpc-meta", "--codec-auth", "--codec-header"]

  /// Parts the command line before the script: what follows is the script's own, whatever it looks like.
  static func split(_ arguments: [String]) -> (options: [String], script: [String]) {
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      if argument == "--" { return (Array(arguments[..<index]), Array(arguments[(index + 1)...])) }
      if argument == "-" || !argument.hasPrefix("-") { break }
      index += takeValue.contains(argument) ? 2 : 1
    }
    index = min(index, arguments.count)
    return (Array(arguments[..<index]), Array(arguments[index...]))
  }

  /// The options in the forms that ArgumentParser understands, and their names: PEM with its dashes is a value only
  /// behind a `=`, and a flag has no value, where one of the CLI may have.
  static func joined(_ options: [String]) -> (arguments: [String], names: Set<String>) {
    var arguments: [String] = []
    var names: Set<String> = []
    var index = 0
    while index < options.count {
      let option = options[index]
      names.insert(String(option.prefix { $0 != "=" }))
      if takeValue.contains(option), index + 1 < options.count {
        index += 1
        arguments += option.hasPrefix("--") ? ["\(option)=\(options[index])"] : [option, options[index]]
      } else {
        arguments.append(["--tls=true": "--tls", "--tls=false": "--no-tls"][option] ?? option)
      }
      index += 1
    }
    return (arguments, names)
  }

  /// Overwrites the values of options that are secret: scripts see the command line in `arg`, and other users of the
  /// machine see it in the list of processes.
  ///
  /// - Parameter end: where the script stands, whose arguments are its own.
  static func wipeSecrets(before end: Int) {
    var isValue = false
    for index in 0..<end {
      guard let argument = unsafeArgv[index] else { return }
      let text = String(cString: argument)
      let name = secret.first { text.hasPrefix("\($0)=") }
      if isValue || name != nil {
        let start = name.map { $0.utf8.count + 1 } ?? 0
        memset(argument + start, Int32(UInt8(ascii: "x")), strlen(argument) - start)
      }
      isValue = !isValue && secret.contains(text)
    }
  }

  /// The arguments as the system gave them, where `arguments` repairs what is not UTF-8.
  static var rawArguments: [[UInt8]] {
    UnsafeBufferPointer(start: unsafeArgv, count: Int(argc)).map { argument in
      argument.map { UnsafeBufferPointer(start: $0, count: strlen($0)).map { UInt8(bitPattern: $0) } } ?? []
    }
  }
}
