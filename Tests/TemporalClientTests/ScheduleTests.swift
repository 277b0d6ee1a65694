import Testing

@testable import TemporalClient

/// Schedules on servers that the integration tests do not have: that refuse a stale token, or have fields of tomorrow.
@Suite(.timeLimit(.minutes(1))) struct ScheduleTests {
  private let type = MessageType.named("temporal.api.schedule.v1.Schedule")!

  /// A schedule with a note, and fields with numbers that the API does not have.
  private func schedule(note: String, tomorrow: Bool = false) throws -> [UInt8] {
    let builder = MessageBuilder(type)
    builder.message("state").set("notes", note)
    builder.message("spec").append("interval").setDuration("interval", .seconds(60))
    let unknown: [UInt8] = [0xFA, 0x3F, 2, 0x68, 0x69]
    guard tomorrow else { return try builder.serialized() }
    // The state once more, with a field of its own: parts of a message that come twice are merged.
    return try builder.serialized() + unknown + [0x22, UInt8(unknown.count)] + unknown
  }

  private func description(_ schedule: [UInt8], token: [UInt8] = [1]) throws -> Frontend.Answer {
    let response = MessageBuilder(
      try #require(MessageType.named("temporal.api.workflowservice.v1.DescribeScheduleResponse")))
    response.set("schedule", try Message(type, unpacking: schedule).view)
    response.set("conflict_token", token)
    return .message(response)
  }

  private func update(to note: String) throws -> ScheduleUpdate {
    ScheduleUpdate(try Message(type, unpacking: schedule(note: note)))
  }

  @Test func isRepeatedWhenTheServerRefusesTheToken() async throws {
    let frontend = try await Frontend()
    try await frontend.answer(
      "DescribeSchedule", description(schedule(note: "one")), description(schedule(note: "two"), token: [2]),
      description(schedule(note: "mine"), token: [3]))
    try await frontend.answer(
      "UpdateSchedule", .status(.failedPrecondition, "mismatched conflict token"), Frontend.response("UpdateSchedule"))
    var seen: [String] = []
    let isWritten = try await frontend.client.scheduleHandle(id: "id").update { description in
      seen.append(try #require(description.view.message("schedule")?.message("state")).string("notes"))
      return try update(to: "mine")
    }
    #expect(isWritten)
    #expect(seen == ["one", "two"])
    let calls = try await frontend.calls()
    #expect(
      calls.map(\.method) == [
        "DescribeSchedule", "UpdateSchedule", "DescribeSchedule", "UpdateSchedule", "DescribeSchedule",
      ])
    let tokens = try calls.filter { $0.method == "UpdateSchedule" }.map { try $0.view().bytes("conflict_token") }
    #expect(tokens == [[1], [2]])
    let ids = try calls.filter { $0.method == "UpdateSchedule" }.map { try $0.view().string("request_id") }
    #expect(Set(ids).count == 2)
  }

  @Test func isGivenUpAfterSomeAttempts() async throws {
    let frontend = try await Frontend()
    try await frontend.answer("DescribeSchedule", description(schedule(note: "theirs")))
    try await frontend.answer("UpdateSchedule", Frontend.response("UpdateSchedule"))
    let error = try await #require(throws: ScheduleUpdateConflictError.self) {
      try await frontend.client.scheduleHandle(id: "id").update { _ in try update(to: "mine") }
    }
    #expect(error.attempts == ScheduleHandle.updateAttempts)
    #expect(error.scheduleID == "id")
    let calls = try await frontend.calls()
    #expect(calls.filter { $0.method == "UpdateSchedule" }.count == ScheduleHandle.updateAttempts)
  }

  @Test func aFailureOfAnotherKindIsNoConflict() async throws {
    let frontend = try await Frontend()
    try await frontend.answer("DescribeSchedule", description(schedule(note: "one")))
    try await frontend.answer("UpdateSchedule", .status(.failedPrecondition, "not now"))
    await #expect(throws: RPCFailure.self) {
      try await frontend.client.scheduleHandle(id: "id").update { _ in try update(to: "mine") }
    }
    #expect(try await frontend.calls().count == 2)
  }

  @Test func aServerWithoutTokensIsNotAskedAgain() async throws {
    let frontend = try await Frontend()
    try await frontend.answer("DescribeSchedule", description(schedule(note: "one"), token: []))
    try await frontend.answer("UpdateSchedule", Frontend.response("UpdateSchedule"))
    #expect(try await frontend.client.scheduleHandle(id: "id").update { _ in try update(to: "mine") })
    #expect(try await frontend.client.scheduleHandle(id: "id").update { _ in nil } == false)
    #expect(try await frontend.calls().map(\.method) == ["DescribeSchedule", "UpdateSchedule", "DescribeSchedule"])
  }

  @Test func fieldsOfTomorrowAreKept() async throws {
    let frontend = try await Frontend()
    try await frontend.answer("DescribeSchedule", description(schedule(note: "one", tomorrow: true), token: []))
    try await frontend.answer("UpdateSchedule", Frontend.response("UpdateSchedule"))
    _ = try await frontend.client.scheduleHandle(id: "id").update { _ in try update(to: "mine") }
    let call = try #require(try await frontend.calls().last)
    let written = try #require(try call.view().message("schedule"))
    #expect(written.unknownFields.map(\.number) == [1023])
    #expect(written.message("state")?.unknownFields.map(\.number) == [1023])
    #expect(written.message("state")?.string("notes") == "mine")
  }

  /// What the server makes of a schedule is not taken for the change of somebody else.
  @Test func theServersOwnFormIsNoConflict() throws {
    func made(_ fill: (MessageBuilder) -> Void) throws -> Message {
      let builder = MessageBuilder(type)
      fill(builder)
      return try builder.finished()
    }
    func described(_ schedule: Message) throws -> Message {
      let builder = MessageBuilder(
        try #require(MessageType.named("temporal.api.workflowservice.v1.DescribeScheduleResponse")))
      builder.set("schedule", schedule.view)
      return try builder.finished()
    }
    let base = try described(made { $0.message("policies").setDuration("catchup_window", .seconds(60)) })
    let written = try made {
      $0.message("spec").append("cron_string", "@hourly")
      $0.message("state").set("remaining_actions", 5)
      $0.message("action").message("start_workflow").message("task_queue").set("name", "queue")
    }
    let write = ScheduleWrite(ScheduleUpdate(written), over: base)
    #expect(write.changesAnything)
    let now = try made {
      _ = $0.message("spec").append("structured_calendar")
      $0.message("state").set("remaining_actions", 4)
      $0.message("policies").setDuration("catchup_window", .seconds(3600))
      let queue = $0.message("action").message("start_workflow").message("task_queue")
      queue.set("name", "queue")
      queue.set("kind", "NORMAL")
    }
    #expect(write.isInEffect(try described(now)))
    #expect(!write.isInEffect(try described(made { _ = $0.message("spec") })))
    #expect(!write.isInEffect(base))
  }
}
