import Testing
import Wire

@testable import TemporalClient

/// Histories as text, where no server is needed.
@Suite struct WorkflowHistoryTests {
  private func history(_ json: String) throws -> WorkflowHistory {
    try WorkflowHistory(workflowID: "id", json: Array(json.utf8))
  }

  private func text(_ json: String) throws -> String { String(decoding: try history(json).json(), as: UTF8.self) }

  @Test func theRunIsThatOfTheFirstEvent() throws {
    let started = #"{"workflowExecutionStartedEventAttributes":{"originalExecutionRunId":"run"}}"#
    #expect(try history(#"{"events":[\#(started),{}]}"#).runID == "run")
    #expect(try history(#"{"events":[{},\#(started)]}"#).runID == nil)
    #expect(try history(#"{"events":[{"workflowExecutionStartedEventAttributes":{}}]}"#).runID == nil)
    #expect(try history("{}").runID == nil)
  }

  @Test func eventsAreIndentedAsInPython() throws {
    #expect(
      try text(#"{"events":[{},{"eventId":"2"}]}"#) == """
        {
          "events": [
            {},
            {
              "eventId": "2"
            }
          ]
        }
        """)
    #expect(try text(#"{"events":[]}"#) == "{}")
  }

  @Test func whatIsNewerThanTheAPIIsKeptOrPassedOver() throws {
    let event = #"{"eventId":"1","eventType":4711,"newEventAttributes":{},"workerMayIgnore":true}"#
    let view = try #require(try history(#"{"events":[\#(event)],"more":1}"#).events.first)
    #expect(view.enumeration("event_type").number == 4711)
    #expect(try view.jsonText() == #"{"eventId":"1","eventType":4711,"workerMayIgnore":true}"#)
    let named = try #require(try history(#"{"events":[{"eventType":"EVENT_TYPE_NEW"}]}"#).events.first)
    #expect(view.type == named.type && !named.has("event_type"))
  }

  @Test(arguments: [
    ("{", "the text is not JSON: string or '}' expected near end of file at line 1, column 1"),
    ("7", "the JSON is not a history: it is an integer, not an object"),
    (#"{"event":[]}"#, "the JSON is not a history: it has no list 'events'"),
    (#"{"events":"all"}"#, "the JSON is not a history: events: expected a list, got a string"),
    (
      #"{"events":[{},{"eventId":[]}]}"#,
      "the JSON is not a history: events[1].eventId: expected an integer, got an array"
    ),
  ])
  func whatIsNoHistoryIsNamed(json: String, message: String) throws {
    let error = #expect(throws: UsageError.self) { try history(json) }
    #expect(error?.message == message)
  }
}
