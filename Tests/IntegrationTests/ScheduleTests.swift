import TemporalClient
import Testing
import Wire

extension ServerTests {
  @Suite struct ScheduleTests {
    private let fixture: Fixture
    private let schedule: Message

    init() throws {
      fixture = try Fixture()
      let builder = MessageBuilder(try #require(MessageType.named("temporal.api.schedule.v1.Schedule")))
      builder.message("spec").append("interval").setDuration("interval", .seconds(3600))
      let action = builder.message("action").message("start_workflow")
      action.set("workflow_id", Fixture.freshID("scheduled"))
      action.message("workflow_type").set("name", "Echo")
      action.message("task_queue").set("name", fixture.taskQueue)
      builder.message("state").set("notes", "before")
      schedule = try builder.finished()
    }

    private func create() async throws -> ScheduleHandle {
      try await fixture.client.createSchedule(CreateSchedule(id: Fixture.freshID("schedule"), schedule))
    }

    private func state(of handle: ScheduleHandle) async throws -> MessageView {
      try await handle.describe().view.at("schedule", "state")
    }

    /// The schedule of a description with another jitter.
    private func update(_ description: Message, jitter: Duration) throws -> ScheduleUpdate {
      let old = try description.view.at("schedule")
      let builder = MessageBuilder(old.type)
      for part in ["action", "policies", "state"] { builder.set(part, old.message(part)) }
      builder.message("spec").append("interval").setDuration("interval", .seconds(3600))
      builder.message("spec").setDuration("jitter", jitter)
      return ScheduleUpdate(try builder.finished())
    }

    @Test func isCreatedOnce() async throws {
      let handle = try await create()
      #expect(try await state(of: handle).string("notes") == "before")
      await #expect(throws: ScheduleAlreadyRunningError.self) {
        try await fixture.client.createSchedule(CreateSchedule(id: handle.id, schedule))
      }
      try await handle.delete()
      #expect(try await failure { _ = try await handle.describe() }.status == .notFound)
    }

    @Test func isPausedAndUnpausedWithNotes() async throws {
      let handle = try await create()
      try await handle.pause()
      #expect(try await state(of: handle).boolean("paused"))
      #expect(try await state(of: handle).string("notes") == "Paused via Moondial")
      try await handle.unpause(note: "go")
      #expect(try await !state(of: handle).boolean("paused"))
      #expect(try await state(of: handle).string("notes") == "go")
      await #expect(throws: UsageError.self) { try await handle.backfill([]) }
      try await handle.delete()
    }

    @Test func anUpdateDoesNotWriteOverTheChangeOfSomebodyElse() async throws {
      let handle = try await create()
      var seen: [String] = []
      let isWritten = try await handle.update { description in
        seen.append(try description.view.at("schedule", "state").string("notes"))
        if seen.count == 1 { try await handle.pause(note: "in between") }
        return try update(description, jitter: .seconds(7))
      }
      #expect(isWritten)
      #expect(seen == ["before", "in between"])
      let now = try await handle.describe().view.at("schedule")
      #expect(try now.at("state").boolean("paused"))
      #expect(try #require(now.at("spec").duration("jitter")) == (7, 0))
      try await handle.delete()
    }
  }
}
