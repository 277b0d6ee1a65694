public import Wire

/// What a workflow, an activity, an update or a child reports as the reason of its failure.
public struct Failure: TemporalError {
  /// The text of the failure, or the SDK's text for its kind if it has none.
  public let message: String
  /// The SDK or service that wrote the failure, such as `PythonSDK`; often empty.
  public let source: String
  /// The stack trace in the language of the one who failed; often empty.
  public let stackTrace: String
  /// What kind of failure it is, with the fields of that kind.
  public let info: Info

  /// The failure that led to this one.
  public var causedBy: Failure? {
    switch inner {
    case .nothing: nil
    case .failure(let failure): failure
    }
  }

  /// The same as ``causedBy``.
  public var cause: (any Error)? { causedBy }

  // A struct cannot hold itself, an indirect case can.
  private indirect enum Inner {
    case nothing
    case failure(Failure)
  }

  private let inner: Inner

  init(_ info: Info, message: String, source: String = "", stackTrace: String = "", causedBy: Failure? = nil) {
    self.info = info
    self.message = message.isEmpty ? info.defaultMessage : message
    self.source = source
    self.stackTrace = stackTrace
    self.inner = causedBy.map { .failure($0) } ?? .nothing
  }

  /// The name of the Python SDK's class for this kind of failure.
  public var kind: String { info.kind }
}

extension Failure {
  /// The kinds of failure. Events and retry states that are not set are 0 and nil.
  public enum Info: Sendable {
    /// Raised by the code of a workflow or an activity.
    case application(Application)
    /// Something was cancelled, with what it left as details.
    case cancelled(details: [Payload])
    /// A workflow was terminated, with the details of who did it.
    case terminated(details: [Payload])
    /// Something took longer than allowed; the type is nil if it is not said.
    case timeout(type: EnumValue?, lastHeartbeatDetails: [Payload])
    /// The server itself failed something.
    case server(nonRetryable: Bool)
    /// An activity failed; the cause tells why.
    case activity(Activity)
    /// A child workflow failed; the cause tells why.
    case childWorkflow(ChildWorkflow)
    /// A Nexus operation failed; the cause tells why.
    case nexusOperation(NexusOperation)
    /// The handler of a Nexus operation failed; retryable is nil where the type decides.
    case nexusHandler(type: String, retryable: Bool?)
    /// A failure of no kind, or of one this version does not know.
    case other

    var kind: String {
      switch self {
      case .application: "ApplicationError"
      case .cancelled: "CancelledError"
      case .terminated: "TerminatedError"
      case .timeout: "TimeoutError"
      case .server: "ServerError"
      case .activity: "ActivityError"
      case .childWorkflow: "ChildWorkflowError"
      case .nexusOperation: "NexusOperationError"
      case .nexusHandler: "HandlerError"
      case .other: "FailureError"
      }
    }

    /// The texts of the Python SDK's `_failure_converter.py`.
    var defaultMessage: String {
      switch self {
      case .application: "Application error"
      case .cancelled: "Cancelled"
      case .terminated: "Terminated"
      case .timeout: "Timeout"
      case .server: "Server error"
      case .activity: "Activity error"
      case .childWorkflow: "Child workflow error"
      case .nexusOperation: "Nexus operation error"
      case .nexusHandler: "Nexus handler error"
      case .other: "Failure error"
      }
    }
  }
}
