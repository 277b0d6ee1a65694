import LuaRuntime
import TemporalClient
import Wire

extension CallArguments {
  private static let scheduleType = MessageType.named("temporal.api.schedule.v1.Schedule")!
  private static let descriptionType = MessageType.named("temporal.api.workflowservice.v1.DescribeScheduleResponse")!

  /// The schedule of a description that has none.
  static var noSchedule: MessageView { Message(empty: scheduleType).view }

  /// The description in `basis`, or nil where there is none.
  func scheduleDescription() throws -> Message? {
    let bytes = try bytes("basis")
    return bytes.isEmpty ? nil : try Message(Self.descriptionType, unpacking: bytes)
  }

  /// The schedule in `schedule`, which `stdlib/schedule/proto.lua` has brought to the form of the API.
  ///
  /// - Parameter basis: what the schedule is a version of, for the fields that the API here does not know.
  func schedule(keepingUnknownFieldsOf basis: MessageView? = nil) throws -> Message {
    let builder = MessageBuilder(Self.scheduleType)
    stack.pushField("schedule", of: index)
    defer { stack.pop() }
    do {
      try builder.fill(from: LuaValueSource(stack, at: -1, fillsMessage: true))
      if let basis { builder.keepUnknownFields(of: basis) }
      return try builder.finished()
    } catch {
      throw LuaKindError("TypeError", "schedule: \(error)")
    }
  }

  /// The ranges in `backfill`.
  func backfill() throws -> [ScheduleBackfill] {
    defer { stack.pop() }
    guard stack.pushField("backfill", of: index) == .table else { return [] }
    return try (0..<stack.length(at: -1)).map { position in
      stack.pushElement(position + 1, of: -1)
      defer { stack.pop() }
      let range = CallArguments(stack: stack, index: stack.count)
      return ScheduleBackfill(
        start: try range.time("start_at"), end: try range.time("end_at"),
        overlap: try range.enumeration("overlap") ?? .unspecified)
    }
  }

  /// The Timestamp of a parameter that the declaration requires.
  func time(_ name: StaticString) throws -> ScheduleBackfill.Time {
    let time = try table(name) { time in
      ScheduleBackfill.Time(
        seconds: Int64(try time.integer("seconds") ?? 0), nanos: Int32(clamping: try time.integer("nanos") ?? 0))
    }
    guard let time else { throw LuaArgumentError("\(name) is missing") }
    return time
  }
}
