import TemporalClient

/// What a run of the shell is to do, as the command line says it.
public struct ShellOptions: Sendable {
  /// Where the Lua text of a run comes from.
  public enum Script: Sendable {
    /// A file, by the bytes of its path.
    case file([UInt8])
    /// Standard input.
    case standardInput
  }

  /// Chunks to run first, in order.
  public var chunks: [String] = []
  /// The script to run after them.
  public var script: Script?
  /// The command line, from the program's name on, as bytes: a file's name need not be UTF-8.
  public var command: [[UInt8]] = []
  /// Where the script stands in the command line, with its arguments behind it; 0 without one.
  public var scriptPosition = 0
  /// Whether to open the prompt after all that.
  public var isInteractive = false
  /// Whether the prompt runs `init.lua` and takes the settings that last.
  public var readsInit = true
  /// How results are shown: one of the modes of `stdlib/settings.lua`; nil for the prompt's own.
  public var output: String?
  /// How the session's client connects.
  public var connection = ConnectionOptions()
  /// What that comes to.
  var configuration = Client.Configuration()
  /// How long the chunks and the script may take together; nil for as long as they like.
  public var commandTimeout: Duration?
  /// Whether calls that change the server's state are refused.
  public var isReadOnly = false
  /// Whether to start a dev server for this run, and use it.
  public var startsDevServer = false
  /// The dev server's Web UI, once it is there.
  var webAddress: String?
  /// A command that runs a worker beside the dev server.
  public var devWorker: String?

  /// Makes options that run nothing.
  public init() {}
}

/// The statuses of a run that ends before its script can say more; those of a session are in `stdlib/session.lua`.
public enum ExitStatus {
  /// All went well.
  public static let success: Int32 = 0
  /// A script raised an error, or could not be read or compiled.
  public static let failure: Int32 = 1
  /// The command line is wrong.
  public static let usage: Int32 = 2
}
