import LuaRuntime
import TemporalClient
import Testing
import Wire

@testable import Shell

/// Lua tables as requests of the raw services.
@Suite struct MessageFillTests {
  private let lua: TestVM

  init() throws { lua = try TestVM() }

  private func json(_ type: String, _ expression: String) throws -> String {
    try lua.evaluate(expression)
    let builder = MessageBuilder(try #require(MessageType.named(type)))
    try builder.fill(from: LuaValueSource(lua.stack, at: 1, fillsMessage: true))
    return String(decoding: try builder.finished().view.json(), as: UTF8.self)
  }

  @Test(arguments: [
    ("{ namespace = 'n', workflow_id = 'w' }", #"{"namespace":"n","workflowId":"w"}"#),
    ("{ workflow_task_timeout = '1m30s' }", #"{"workflowTaskTimeout":"90s"}"#),
    ("{ workflow_task_timeout = 1.5 }", #"{"workflowTaskTimeout":"1.500s"}"#),
    (
      "{ workflow_id_reuse_policy = 'REJECT_DUPLICATE' }",
      #"{"workflowIdReusePolicy":"WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE"}"#
    ),
    ("{}", "{}"),
  ])
  func fieldsHaveTheirProtoNames(expression: String, expected: String) throws {
    #expect(try json("temporal.api.workflowservice.v1.StartWorkflowExecutionRequest", expression) == expected)
  }

  @Test func anyValueStandsForThePayloadThatCarriesIt() throws {
    let expected = #"{"payloads":[{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"MQ=="}]}"#
    for value in [
      "1", "temporal.payload{ metadata = { encoding = 'json/plain' }, data = '1' }",
      "{ metadata = { encoding = 'json/plain' }, data = '1' }",
    ] {
      #expect(try json("temporal.api.common.v1.Payloads", "{ payloads = { \(value) } }") == expected)
    }
  }

  @Test func timesAreTimestamps() throws {
    let expression = "{ earliest_time = temporal.timestamp('2026-11-23T12:00:00.000000001Z') }"
    #expect(
      try json("temporal.api.filter.v1.StartTimeFilter", expression)
        == #"{"earliestTime":"2026-11-23T12:00:00.000000001Z"}"#)
  }

  @Test(arguments: [
    ("{ namespac = 'n' }", "namespac: StartWorkflowExecutionRequest has no such field; did you mean 'namespace'?"),
    ("{ input = { payloads = { print } } }", "input.payloads[1]: JSON cannot hold a function"),
    ("{ retry_policy = { maximum_attempts = 'x' } }", "retry_policy.maximum_attempts: "),
    ("{ workflow_id = {} }", "workflow_id: "),
    ("(function() local t = {} t.header = { fields = t } return t end)()", "header.fields"),
  ])
  func whatDoesNotFitIsNamedByItsPlace(expression: String, complaint: String) throws {
    let error = #expect(throws: (any Error).self) {
      try json("temporal.api.workflowservice.v1.StartWorkflowExecutionRequest", expression)
    }
    #expect("\(error!)".hasPrefix(complaint), "\(error!)")
  }
}
