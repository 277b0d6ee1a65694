import Testing

@testable import TemporalClient

@Suite struct FailureTests {
  private func failure(_ fill: (MessageBuilder) throws -> Void) throws -> Failure {
    let type = try #require(MessageType.named("temporal.api.failure.v1.Failure"))
    let builder = MessageBuilder(type)
    try fill(builder)
    return Failure(view: try builder.finished().view)
  }

  @Test(arguments: [
    ("application_failure_info", "ApplicationError", "Application error"),
    ("timeout_failure_info", "TimeoutError", "Timeout"),
    ("canceled_failure_info", "CancelledError", "Cancelled"),
    ("terminated_failure_info", "TerminatedError", "Terminated"),
    ("server_failure_info", "ServerError", "Server error"),
    ("reset_workflow_failure_info", "FailureError", "Failure error"),
    ("activity_failure_info", "ActivityError", "Activity error"),
    ("child_workflow_execution_failure_info", "ChildWorkflowError", "Child workflow error"),
    ("nexus_operation_execution_failure_info", "NexusOperationError", "Nexus operation error"),
    ("nexus_handler_failure_info", "HandlerError", "Nexus handler error"),
    (nil, "FailureError", "Failure error"),
  ])
  func eachKindHasItsNameAndText(info: String?, kind: String, text: String) throws {
    let empty = try failure { if let info { _ = $0.message(info) } }
    #expect(empty.kind == kind)
    #expect(empty.message == text)
    let full = try failure {
      $0.set("message", "own text")
      $0.set("source", "GoSDK")
      $0.set("stack_trace", "main.go:1")
      if let info { _ = $0.message(info) }
    }
    #expect(full.kind == kind)
    #expect(full.message == "own text")
    #expect(full.source == "GoSDK")
    #expect(full.stackTrace == "main.go:1")
    #expect(full.cause == nil)
  }

  @Test func anApplicationFailureHasAllItsFields() throws {
    let failure = try failure {
      let info = $0.message("application_failure_info")
      info.set("type", "Broken")
      info.set("non_retryable", true)
      info.setPayloads("details", [Payload(json: "x"), Payload(encoding: "binary/null", data: [])])
      info.setDuration("next_retry_delay", .milliseconds(1500))
      info.set("category", "BENIGN")
    }
    guard case .application(let info) = failure.info else {
      Issue.record("\(failure.info)")
      return
    }
    #expect(info.type == "Broken")
    #expect(info.nonRetryable)
    #expect(info.details == [Payload(json: "x"), Payload(encoding: "binary/null", data: [])])
    #expect(info.nextRetryDelay == .milliseconds(1500))
    #expect(info.category?.shortName == "BENIGN")
  }

  @Test func aTimeoutHasItsTypeOrNone() throws {
    let known = try failure {
      let info = $0.message("timeout_failure_info")
      info.set("timeout_type", "HEARTBEAT")
      info.setPayloads("last_heartbeat_details", [Payload(json: "beat")])
    }
    guard case .timeout(let type, let details) = known.info else {
      Issue.record("\(known.info)")
      return
    }
    #expect(type?.shortName == "HEARTBEAT")
    #expect(details == [Payload(json: "beat")])
    let unknown = try failure { $0.message("timeout_failure_info").set("timeout_type", 77) }
    guard case .timeout(let number, _) = unknown.info else {
      Issue.record("\(unknown.info)")
      return
    }
    #expect(number?.shortName == "UNKNOWN(77)")
    let unset = try failure { _ = $0.message("timeout_failure_info") }
    guard case .timeout(nil, []) = unset.info else {
      Issue.record("\(unset.info)")
      return
    }
  }

  @Test func anActivityFailureHasAllItsFields() throws {
    let failure = try failure {
      let info = $0.message("activity_failure_info")
      info.set("scheduled_event_id", 5)
      info.set("started_event_id", 6)
      info.set("identity", "worker")
      info.message("activity_type").set("name", "pay")
      info.set("activity_id", "1")
      info.set("retry_state", "TIMEOUT")
    }
    guard case .activity(let info) = failure.info else {
      Issue.record("\(failure.info)")
      return
    }
    #expect([info.scheduledEventID, info.startedEventID] == [5, 6])
    #expect([info.identity, info.activityType, info.activityID] == ["worker", "pay", "1"])
    #expect(info.retryState?.shortName == "TIMEOUT")
  }

  @Test func aChildFailureHasAllItsFields() throws {
    let failure = try failure {
      let info = $0.message("child_workflow_execution_failure_info")
      info.set("namespace", "ns")
      info.setExecution("workflow_execution", id: "child", runID: "run")
      info.message("workflow_type").set("name", "Child")
      info.set("initiated_event_id", 7)
      info.set("started_event_id", 8)
    }
    guard case .childWorkflow(let info) = failure.info else {
      Issue.record("\(failure.info)")
      return
    }
    #expect([info.namespace, info.workflowID, info.runID, info.workflowType] == ["ns", "child", "run", "Child"])
    #expect([info.initiatedEventID, info.startedEventID] == [7, 8])
    #expect(info.retryState == nil)
  }

  @Test func nexusFailuresHaveTheirFields() throws {
    let operation = try failure {
      let info = $0.message("nexus_operation_execution_failure_info")
      info.set("scheduled_event_id", 9)
      for field in ["endpoint", "service", "operation", "operation_token"] { info.set(field, field) }
    }
    guard case .nexusOperation(let info) = operation.info else {
      Issue.record("\(operation.info)")
      return
    }
    #expect(info.scheduledEventID == 9)
    #expect(
      [info.endpoint, info.service, info.operation, info.operationToken]
        == ["endpoint", "service", "operation", "operation_token"])
    for (behavior, expected) in [("RETRYABLE", true), ("NON_RETRYABLE", false), ("UNSPECIFIED", nil)] {
      let handler = try failure {
        let info = $0.message("nexus_handler_failure_info")
        info.set("type", "BAD_REQUEST")
        info.set("retry_behavior", behavior)
      }
      guard case .nexusHandler("BAD_REQUEST", let retryable) = handler.info else {
        Issue.record("\(handler.info)")
        return
      }
      #expect(retryable == expected)
    }
  }

  @Test func encodedAttributesReplaceTextAndStackTrace() throws {
    func message(_ payload: Payload) throws -> [String] {
      let failure = try failure {
        $0.set("message", "Encoded failure")
        $0.set("stack_trace", "outer")
        payload.write(into: $0.message("encoded_attributes"))
      }
      return [failure.message, failure.stackTrace]
    }
    func json(_ text: String) -> Payload { Payload(encoding: "json/plain", data: Array(text.utf8)) }
    #expect(try message(json(#"{"message":"real","stack_trace":"trace","more":1}"#)) == ["real", "trace"])
    #expect(try message(json(#"{"message":"real"}"#)) == ["real", "outer"])
    #expect(try message(json(#"{"message":1,"stack_trace":null}"#)) == ["Encoded failure", "outer"])
    #expect(try message(json(#"["message"]"#)) == ["Encoded failure", "outer"])
    #expect(try message(json("{broken")) == ["Encoded failure", "outer"])
    #expect(try message(Payload(encoding: "binary/encrypted", data: [1])) == ["Encoded failure", "outer"])
  }

  @Test func causesAreReadToTheDepthThatUnpackingAllows() throws {
    let failure = try failure {
      var builder = $0
      for level in 0..<100 {
        builder.set("message", "level \(level)")
        if level < 99 { builder = builder.message("cause") }
      }
    }
    var levels = 0
    var next: Failure? = failure
    while let level = next {
      #expect(level.message == "level \(levels)")
      levels += 1
      next = level.causedBy
    }
    #expect(levels == 100)
    #expect(failure.description.hasPrefix("FailureError: level 0\ncaused by FailureError: level 1\n"))
    #expect(failure.description.hasSuffix("\ncaused by FailureError: level 99"))
  }
}
