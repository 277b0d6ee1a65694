internal import ArgumentParser
internal import Glibc
internal import Shell

/// The command line: what to run, and where.
struct Moondial: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "moondial",
    abstract: "The Lua shell for Temporal: explore workflows at a prompt, or run scripts against them.",
    usage: """
      moondial [options]                        opens the prompt
      moondial [options] script.lua [args…]     runs a script
      moondial [options] -e chunk               runs a piece of Lua
      """,
    discussion: """
      A script of - is read from standard input, as is one when standard input is no terminal.

      Exit status: 0 all went well, 1 a script failed, 2 the command line is wrong, 3 the server cannot be reached, \
      70 every task waits for another, 130 interrupted.
      """,
    version: Shell.versionText)

  @Option(
    name: [.customShort("e"), .customLong("execute")], parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Run this piece of Lua; may be repeated.", valueName: "chunk"))
  var chunks: [String] = []

  @Flag(name: .shortAndLong, help: "Open the prompt when the script or the chunks are done.")
  var interactive = false

  @Flag(help: "Start a Temporal dev server for this run, and end it afterwards.")
  var dev = false

  @Option(
    help: ArgumentHelp(
      "With --dev: a shell command that runs a worker; it says `worker ready` and ends with its input.",
      valueName: "command"))
  var devWorker: String?

  @OptionGroup(
    title: "Connection options, which overrule the variables TEMPORAL_…, which overrule the configuration file")
  var connection: ConnectionArguments

  func validate() throws {
    if dev, let option = connection.optionForAnotherServer {
      throw ValidationError("--dev starts a server of its own; \(option) is about another one.")
    }
    if devWorker != nil, !dev { throw ValidationError("--dev-worker goes with --dev.") }
  }

  /// The options for the shell.
  ///
  /// - Parameter script: the script and its arguments, which end the command line.
  func options(script: [String]) -> ShellOptions {
    var options = ShellOptions()
    options.connection = connection.options
    options.chunks = chunks
    options.startsDevServer = dev
    options.devWorker = devWorker
    options.command = CommandLine.rawArguments
    if let name = script.first {
      options.scriptPosition = options.command.count - script.count
      options.script = name == "-" ? .standardInput : .file(options.command[options.scriptPosition])
    }
    let isTerminal = isatty(STDIN_FILENO) == 1
    if options.script == nil, chunks.isEmpty || interactive, !isTerminal { options.script = .standardInput }
    options.isInteractive = isTerminal && (interactive || options.script == nil && chunks.isEmpty)
    return options
  }
}

extension Moondial {
  /// The options whose value is the next argument.
  private static let takeValue: Set = [
    "-e", "--execute", "--dev-worker", "--address", "-n", "--namespace", "--api-key", "--tls-ca-path", "--tls-ca-data",
    "--tls-cert-path", "--tls-cert-data", "--tls-key-path", "--tls-key-data", "--tls-server-name", "--client-authority",
    "--grpc-meta", "--identity", "--client-connect-timeout", "--profile", "--config-file",
  ]

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
}

extension Moondial {
  /// The options in the forms that ArgumentParser understands: PEM with its dashes is a value only behind a `=`, and
  /// flags have none, which those of the CLI may.
  static func joined(_ options: [String]) -> [String] {
    var joined: [String] = []
    var index = 0
    while index < options.count {
      let option = options[index]
      if option.hasPrefix("--"), takeValue.contains(option), index + 1 < options.count {
        joined.append("\(option)=\(options[index + 1])")
        index += 1
      } else {
        joined.append(["--tls=true": "--tls", "--tls=false": "--no-tls"][option] ?? option)
      }
      index += 1
    }
    return joined
  }
}

extension CommandLine {
  /// Overwrites the values of options that are secret: scripts see the command line in `arg`, and other users of the
  /// machine see it in the list of processes.
  ///
  /// - Parameter end: where the script stands, whose arguments are its own.
  fileprivate static func wipeSecrets(before end: Int) {
    let secret = ["--api-key", "--tls-key-data", "--grpc-meta"]
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
  fileprivate static var rawArguments: [[UInt8]] {
    UnsafeBufferPointer(start: unsafeArgv, count: Int(argc)).map { argument in
      argument.map { UnsafeBufferPointer(start: $0, count: strlen($0)).map { UInt8(bitPattern: $0) } } ?? []
    }
  }
}

@main
enum Main {
  static func main() {
    let (options, script) = Moondial.split(Array(CommandLine.arguments.dropFirst()))
    let command: Moondial
    do {
      command = try Moondial.parse(Moondial.joined(options))
    } catch {
      // ArgumentParser would exit with sysexits' 64; ours is the 2 that Lua, Python and most shells use.
      let message = Moondial.fullMessage(for: error)
      if Moondial.exitCode(for: error).isSuccess {
        print(message)
        exit(ExitStatus.success)
      }
      StandardError.write(message + "\n")
      exit(ExitStatus.usage)
    }
    CommandLine.wipeSecrets(before: Int(CommandLine.argc) - script.count)
    exit(Shell.run(command.options(script: script)))
  }
}
