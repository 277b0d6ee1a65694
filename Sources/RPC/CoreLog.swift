import CGRPC
import Locks

/// What core has to say, kept off the terminal: without this it writes to standard error, over the prompt.
enum CoreLog {
  static let sink = Monitor<(@Sendable (GRPCRuntime.LogEntry) -> Void)?>(nil)

  static func install() {
    gpr_set_log_function { arguments in
      // Taken out of the lock, so that a sink may itself cause an entry.
      guard let arguments, let sink = CoreLog.sink.withLock({ $0 }) else { return }
      sink(GRPCRuntime.LogEntry(arguments.pointee))
    }
  }
}

extension GRPCRuntime {
  /// One line of core's log.
  public struct LogEntry: Sendable, CustomStringConvertible {
    /// How much an entry matters; the environment variable `GRPC_VERBOSITY` says from which on core writes any, and
    /// `GRPC_TRACE` about what in detail.
    public enum Severity: String, Sendable {
      /// Details for who debugs core.
      case debug
      /// What core does.
      case info
      /// What went wrong.
      case error
    }

    /// How much the entry matters.
    public let severity: Severity
    /// The source file of core, and the line in it.
    public let location: String
    /// The text.
    public let message: String

    /// Severity, location and text in one line.
    public var description: String { "\(severity.rawValue) \(location): \(message)" }

    init(_ arguments: gpr_log_func_args) {
      severity =
        switch arguments.severity {
        case GPR_LOG_SEVERITY_ERROR: .error
        case GPR_LOG_SEVERITY_INFO: .info
        default: .debug
        }
      let file = String(cString: arguments.file)
      location = "\(file.split(separator: "/").last ?? ""):\(arguments.line)"
      message = String(cString: arguments.message)
    }
  }

  /// Sends core's log somewhere; at first it goes nowhere.
  ///
  /// - Parameter sink: called for each entry, on any thread, also one of core's: it must be quick and must not use a
  ///   channel. Nil for nowhere.
  public static func setLogSink(_ sink: (@Sendable (LogEntry) -> Void)?) {
    CoreLog.sink.withLock { $0 = sink }
  }
}
