internal import ArgumentParser
internal import Glibc
internal import Shell

/// The options about what to run, and the two about where that most runs have.
struct RunArguments: ParsableArguments {
  /// What the options are called.
  static let names: Set = [
    "-e", "--execute", "-i", "--interactive", "--dev", "--dev-worker", "--address", "-n", "--namespace",
    "-o", "--output", "--read-only", "--command-timeout",
  ]

  @Option(
    name: [.customShort("e"), .customLong("execute")], parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Run this piece of Lua; what an expression gives is printed with -o. May be repeated.", valueName: "chunk"))
  var chunks: [String] = []

  @Flag(name: .shortAndLong, help: "Open the prompt when the script or the chunks are done.")
  var interactive = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("How results are shown, also those of -e: text, json, jsonl or lua.", valueName: "mode"))
  var output: String?

  @Flag(help: "Refuse every call that changes the server's state.")
  var readOnly = false

  @Option(
    help: ArgumentHelp(
      "How long the script and the chunks may take, as 30s (default: no limit).", valueName: "duration"),
    transform: ConnectionArguments.durationOrNone)
  var commandTimeout: Duration?

  @Flag(help: "Start a Temporal dev server for this run, and end it afterwards.")
  var dev = false

  @Option(
    help: ArgumentHelp(
      "With --dev: a shell command that runs a worker; it says `worker ready` and ends with its input.",
      valueName: "command"))
  var devWorker: String?

  @Option(help: ArgumentHelp("The server (default: $TEMPORAL_ADDRESS, or localhost:7233).", valueName: "host:port"))
  var address: String?

  @Option(name: .shortAndLong, help: "The namespace (default: $TEMPORAL_NAMESPACE, or default).")
  var namespace: String?

  func validate() throws {
    if dev, address != nil { throw Self.conflict("--address") }
    if let output, !["text", "json", "jsonl", "lua"].contains(output) {
      throw ValidationError("--output is one of text, json, jsonl and lua.")
    }
    if devWorker != nil, !dev { throw ValidationError("--dev-worker goes with --dev.") }
  }

  /// Says that an option names another server than the one that `--dev` starts.
  static func conflict(_ option: String) -> ValidationError {
    ValidationError("--dev starts a server of its own; \(option) is about another one.")
  }

  /// The options for the shell.
  ///
  /// - Parameters:
  ///   - connection: how to connect.
  ///   - script: the script and its arguments, which end the command line.
  func options(_ connection: ConnectionOptions, script: [String]) -> ShellOptions {
    var options = ShellOptions()
    options.connection = connection
    options.connection.address = address
    options.connection.namespace = namespace
    options.chunks = chunks
    options.output = output
    options.isReadOnly = readOnly
    options.commandTimeout = commandTimeout == .zero ? nil : commandTimeout
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
