import Testing

@testable import TemporalClient

@Suite struct CallRulesTests {
  private func rules(_ method: String, of service: RPCService = .workflow, _ fill: (MessageBuilder) -> Void) throws
    -> CallRules
  {
    let method = try #require(service.method(named: method))
    let builder = MessageBuilder(method.input)
    fill(builder)
    return CallRules(method, try builder.serialized())
  }

  private func pairs(_ metadata: Metadata) -> [String] {
    metadata.map { "\($0.key): \($0.text)" }
  }

  @Test func saysWhoCallsAndForWhichNamespace() throws {
    let rules = try rules("SignalWorkflowExecution") {
      $0.set("namespace", "mine")
      $0.set("signal_name", "other")
    }
    #expect(
      pairs(rules.metadata(client: [:], call: [:])) == [
        "client-name: moondial", "client-version: \(moondialVersion)", "temporal-namespace: mine",
      ])
  }

  @Test func aKeyAuthorizesWhatNoHeaderDoes() throws {
    let rules = try rules("GetSystemInfo") { _ in }
    let key = try APIKey("k")
    #expect(rules.metadata(client: [:], call: [:], apiKey: key).firstText("authorization") == "Bearer k")
    for (client, call): (Metadata, Metadata) in [(["Authorization": "own"], [:]), ([:], ["authorization": "own"])] {
      let metadata = rules.metadata(client: client, call: call, apiKey: key)
      #expect(metadata.all("authorization") == [Array("own".utf8)])
    }
  }

  @Test func findsTheNamespaceWhereverItIs() throws {
    let late = try rules("RespondWorkflowTaskCompleted") {
      $0.set("task_token", [1, 2, 3])
      $0.set("return_new_workflow_task", true)
      $0.set("namespace", "late")
    }
    #expect(late.metadata(client: [:], call: [:]).firstText("temporal-namespace") == "late")
    let other = try rules("DeleteNamespace", of: .operator) { $0.set("namespace", "doomed") }
    #expect(other.metadata(client: [:], call: [:]).firstText("temporal-namespace") == "doomed")
  }

  @Test func sendsNoNamespaceWhereThereIsNone() throws {
    let without = try rules("GetSystemInfo") { _ in }
    #expect(!without.metadata(client: [:], call: [:]).contains("temporal-namespace"))
    let empty = try rules("DescribeNamespace") { $0.set("namespace", "") }
    #expect(!empty.metadata(client: [:], call: [:]).contains("temporal-namespace"))
  }

  @Test func headersOfTheCallWinOverThoseOfTheClient() throws {
    let rules = try rules("GetSystemInfo") { _ in }
    var client: Metadata = ["a": "client", "b": "client", "client-name": "mine"]
    client.append("b", "client again")
    var call: Metadata = ["B": "call"]
    call.append("b", "call again")
    #expect(
      pairs(rules.metadata(client: client, call: call)) == [
        "client-version: \(moondialVersion)", "a: client", "client-name: mine", "b: call", "b: call again",
      ])
  }

  @Test(arguments: [
    ("GetWorkflowExecutionHistory", false, 30),
    ("GetWorkflowExecutionHistory", true, 70),
    ("UpdateWorkflowExecution", false, 70),
    ("ExecuteMultiOperation", false, 70),
    ("PollWorkflowExecutionUpdate", false, 30),
    ("QueryWorkflow", false, 30),
    ("StartWorkflowExecution", false, 30),
  ])
  func longPollsHaveMoreTime(method: String, wait: Bool, seconds: Int) throws {
    let rules = try rules(method) { request in
      request.set("namespace", "default")
      if wait { request.set("wait_new_event", true) }
    }
    #expect(rules.defaultTimeout == .seconds(seconds))
  }

  @Test func brokenRequestsAreNotReadPastTheirEnd() throws {
    let method = try #require(RPCService.workflow.method(named: "DescribeWorkflowExecution"))
    for bytes: [UInt8] in [
      [0x0A], [0x0A, 0x05, 0x61], [0xFF], [0x09, 1, 2], [0x0B, 0x0C], [0x0A, 0x01, 0x61, 0xFF],
    ] {
      let namespace = CallRules(method, bytes).metadata(client: [:], call: [:]).firstText("temporal-namespace")
      #expect(namespace == (bytes.count == 4 ? "a" : nil))
    }
  }
}
