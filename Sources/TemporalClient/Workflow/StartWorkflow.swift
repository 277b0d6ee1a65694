/// A workflow to be started, with every parameter of the Python SDK's `start_workflow`.
public struct StartWorkflow: Sendable {
  /// The name of the workflow's type.
  public var workflow: String
  /// The arguments of the workflow.
  public var arguments: [Payload]
  /// The id of the workflow.
  public var id: String
  /// The task queue of the workers that run it.
  public var taskQueue: String
  /// The time for all runs of the chain together, retries and continuations included.
  public var executionTimeout: Duration?
  /// The time for one run.
  public var runTimeout: Duration?
  /// The time for one workflow task.
  public var taskTimeout: Duration?
  /// What happens if a closed workflow has the id.
  public var idReusePolicy = WorkflowIDReusePolicy.allowDuplicate
  /// What happens if an open workflow has the id.
  public var idConflictPolicy = WorkflowIDConflictPolicy.unspecified
  /// How the workflow is retried when it fails; nil for not at all.
  public var retryPolicy: RetryPolicy?
  /// When the workflow runs again and again, in cron's notation; empty for once.
  public var cronSchedule = ""
  /// Values that descriptions and lists show.
  public var memo: [(key: String, value: Payload)] = []
  /// Values that lists can be searched for.
  public var searchAttributes: [(key: String, value: Payload)] = []
  /// One line about the workflow for people.
  public var staticSummary: String?
  /// More lines about the workflow for people.
  public var staticDetails: String?
  /// The time to wait before the first workflow task.
  public var startDelay: Duration?
  /// The signal to send with the start, to the workflow that exists if there is one.
  public var startSignal: String?
  /// The arguments of the signal.
  public var startSignalArguments: [Payload] = []
  /// Where the workflow stands among others in its task queue.
  public var priority: Priority?
  /// The version of the worker deployment it runs on, whatever the deployment says.
  public var versioningOverride: VersioningOverride?
  /// Values for the interceptors of the worker.
  public var headers: [(key: String, value: Payload)] = []

  /// Creates a start with the defaults for all else.
  ///
  /// - Parameters:
  ///   - workflow: the name of the workflow's type.
  ///   - arguments: the arguments of the workflow.
  ///   - id: the id of the workflow.
  ///   - taskQueue: the task queue of the workers that run it.
  public init(_ workflow: String, arguments: [Payload] = [], id: String, taskQueue: String) {
    self.workflow = workflow
    self.arguments = arguments
    self.id = id
    self.taskQueue = taskQueue
  }
}

extension StartWorkflow {
  /// How often and with which pauses a workflow that fails is run again.
  public struct RetryPolicy: Sendable {
    /// The first pause.
    public var initialInterval = Duration.seconds(1)
    /// The factor from one pause to the next.
    public var backoffCoefficient = 2.0
    /// The longest pause; nil for a hundred times the first.
    public var maximumInterval: Duration?
    /// How many runs there are at most; 0 for no limit.
    public var maximumAttempts: Int32 = 0
    /// The types of application errors after which there is no further run.
    public var nonRetryableErrorTypes: [String] = []

    /// Creates the default policy.
    public init() {}
  }

  /// Where a workflow stands among others; what is nil is left to the server.
  public struct Priority: Sendable {
    /// 1 comes first, larger numbers later.
    public var priorityKey: Int32?
    /// Among equals, those of one key share what its weight grants.
    public var fairnessKey: String?
    /// The weight of the key.
    public var fairnessWeight: Double?

    /// Creates a priority.
    ///
    /// - Parameters:
    ///   - priorityKey: 1 comes first.
    ///   - fairnessKey: the group to share with.
    ///   - fairnessWeight: the weight of the group.
    public init(priorityKey: Int32? = nil, fairnessKey: String? = nil, fairnessWeight: Double? = nil) {
      self.priorityKey = priorityKey
      self.fairnessKey = fairnessKey
      self.fairnessWeight = fairnessWeight
    }
  }

  /// Which version of a worker deployment runs a workflow.
  public enum VersioningOverride: Sendable {
    /// This one, from start to end.
    case pinned(deployment: String, buildID: String)
    /// The current one, whenever that changes.
    case autoUpgrade
    /// This one until it has completed a task, then what its workers say.
    case oneTime(deployment: String, buildID: String)
  }
}
