import Testing

@testable import TemporalClient

@Suite struct StartWorkflowTests {
  private func request(
    _ method: String = "StartWorkflowExecution", _ change: (inout StartWorkflow) -> Void = { _ in }
  ) throws -> MessageView {
    var start = StartWorkflow("Type", arguments: [], id: "id", taskQueue: "queue")
    change(&start)
    let builder = MessageBuilder(try #require(RPCService.workflow.method(named: method)).input)
    try start.fill(builder, namespace: "ns", identity: "me", requestID: "request")
    return try builder.finished().view
  }

  @Test func setsWhatIsNeededAndNothingElse() throws {
    let request = try request()
    #expect(
      try request.jsonText() == """
        {"namespace":"ns","workflowId":"id","workflowType":{"name":"Type"},"taskQueue":{"name":"queue"},\
        "identity":"me","requestId":"request","workflowIdReusePolicy":"WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE"}
        """)
  }

  @Test func aSignalMakesItASignalWithStart() throws {
    let request = try request("SignalWithStartWorkflowExecution") {
      $0.startSignal = "wake"
      $0.startSignalArguments = [Payload(json: "up")]
    }
    #expect(request.string("signal_name") == "wake")
    #expect(request.payloads("signal_input") == [Payload(json: "up")])
    #expect(request.string("request_id") == "request")
  }

  @Test func aPolicyThatLeavesThePausesToTheServerStillSendsThem() throws {
    let policy = try #require(try request { $0.retryPolicy = .init() }.message("retry_policy"))
    #expect(
      try policy.jsonText() == #"{"initialInterval":"1s","backoffCoefficient":2.0,"maximumInterval":"100s"}"#)
  }

  private func start(
    initial: Int, coefficient: Double, maximum: Int?, attempts: Int32
  ) throws {
    _ = try request {
      var policy = StartWorkflow.RetryPolicy()
      policy.initialInterval = .seconds(initial)
      policy.backoffCoefficient = coefficient
      policy.maximumInterval = maximum.map { .seconds($0) }
      policy.maximumAttempts = attempts
      $0.retryPolicy = policy
    }
  }

  @Test(arguments: [
    (-1, 2, nil, 0, "Initial interval cannot be negative"),
    (1, 0.9, nil, 0, "Backoff coefficient cannot be less than 1"),
    (1, 2, -1, 0, "Maximum interval cannot be negative"),
    (2, 2, 1, 0, "Maximum interval cannot be less than initial interval"),
    (1, 2, nil, -1, "Maximum attempts cannot be negative"),
  ])
  func aPolicyMustMakeSense(
    initial: Int, coefficient: Double, maximum: Int?, attempts: Int32, fault: String
  ) {
    let error = #expect(throws: UsageError.self) {
      try start(initial: initial, coefficient: coefficient, maximum: maximum, attempts: attempts)
    }
    #expect(error?.message == fault)
  }

  @Test func aPolicyOfOneAttemptNeedsNoPauses() throws {
    try start(initial: 5, coefficient: 0, maximum: 1, attempts: 1)
  }

  @Test func aVersionIsOverriddenInOldFieldsAndNew() throws {
    func override(_ value: StartWorkflow.VersioningOverride) throws -> String {
      try #require(try request { $0.versioningOverride = value }.message("versioning_override")).jsonText()
    }
    #expect(
      try override(.pinned(deployment: "d", buildID: "1")) == """
        {"behavior":"VERSIONING_BEHAVIOR_PINNED","pinned":{"behavior":"PINNED_OVERRIDE_BEHAVIOR_PINNED",\
        "version":{"buildId":"1","deploymentName":"d"}},"pinnedVersion":"d.1"}
        """)
    #expect(try override(.autoUpgrade) == #"{"behavior":"VERSIONING_BEHAVIOR_AUTO_UPGRADE","autoUpgrade":true}"#)
    #expect(
      try override(.oneTime(deployment: "d", buildID: "1"))
        == #"{"oneTime":{"targetDeploymentVersion":{"buildId":"1","deploymentName":"d"}}}"#)
  }

  @Test func aPriorityLeavesOutWhatIsNotSaid() throws {
    let priority = try #require(try request { $0.priority = .init(fairnessKey: "tenant") }.message("priority"))
    #expect(try priority.jsonText() == #"{"fairnessKey":"tenant"}"#)
  }

  @Test func everyNameOfAnEnumerationIsOneOfTheAPI() throws {
    for policy in WorkflowIDReusePolicy.allCases {
      let name = try request { $0.idReusePolicy = policy }.enumeration("workflow_id_reuse_policy").name?.string
      #expect(name == "WORKFLOW_ID_REUSE_POLICY_\(policy.rawValue)")
    }
    for policy in WorkflowIDConflictPolicy.allCases {
      let name = try request { $0.idConflictPolicy = policy }.enumeration("workflow_id_conflict_policy").name?.string
      #expect(name == "WORKFLOW_ID_CONFLICT_POLICY_\(policy.rawValue)")
    }
    func values(_ method: RPCMethod, _ path: String...) throws -> EnumType {
      var type = method.input
      for step in path.dropLast() { type = try #require(type.field(named: step)?.messageType) }
      return try #require(type.field(named: path.last ?? "")?.enumType)
    }
    let conditions = try values(Method.queryWorkflow, "query_reject_condition")
    for condition in QueryRejectCondition.allCases { #expect(conditions.value(named: condition.rawValue) != nil) }
    let filters = try values(Method.getWorkflowExecutionHistory, "history_event_filter_type")
    for filter in HistoryEventFilter.allCases { #expect(filters.value(named: filter.rawValue) != nil) }
    let stages = try values(Method.updateWorkflowExecution, "wait_policy", "lifecycle_stage")
    for stage in WorkflowUpdateStage.allCases { #expect(stages.value(named: stage.rawValue) != nil) }
  }

  @Test func aTextWithANULIsRefusedWithItsPlace() throws {
    let client = try Client(Client.Configuration())
    let error = #expect(throws: UsageError.self) {
      try client.request(Method.describeWorkflowExecution) { $0.setExecution("execution", id: "a\0b", runID: nil) }
    }
    #expect(error?.message == "DescribeWorkflowExecution: execution.workflow_id: the string holds a NUL")
  }
}
