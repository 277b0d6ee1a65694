public import Wire

extension Failure {
  /// What the code of a workflow or an activity says about its failure.
  public struct Application: Sendable {
    /// The type its author gave it, often the name of an exception's class; nil if empty.
    public let type: String?
    /// Whether retrying is pointless.
    public let nonRetryable: Bool
    /// What its author attached.
    public let details: [Payload]
    /// The wait before the next attempt, if its author asked for one.
    public let nextRetryDelay: Duration?
    /// How loudly to report it; nil if it is not said.
    public let category: EnumValue?
  }

  /// The activity that failed.
  public struct Activity: Sendable {
    /// The event that scheduled it.
    public let scheduledEventID: Int64
    /// The event that started it.
    public let startedEventID: Int64
    /// The worker that ran it.
    public let identity: String
    /// The name of its type.
    public let activityType: String
    /// Its id.
    public let activityID: String
    /// Why it is not retried; nil if it is not said.
    public let retryState: EnumValue?
  }

  /// The child workflow that failed.
  public struct ChildWorkflow: Sendable {
    /// The namespace it ran in.
    public let namespace: String
    /// Its id.
    public let workflowID: String
    /// Its run.
    public let runID: String
    /// The name of its type.
    public let workflowType: String
    /// The event with which the parent asked for it.
    public let initiatedEventID: Int64
    /// The event that started it.
    public let startedEventID: Int64
    /// Why it is not retried; nil if it is not said.
    public let retryState: EnumValue?
  }

  /// The Nexus operation that failed.
  public struct NexusOperation: Sendable {
    /// The event that scheduled it.
    public let scheduledEventID: Int64
    /// The endpoint it was sent to.
    public let endpoint: String
    /// The service it belongs to.
    public let service: String
    /// Its name.
    public let operation: String
    /// What identifies it at its handler.
    public let operationToken: String
  }
}
