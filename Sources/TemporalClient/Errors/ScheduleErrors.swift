/// A schedule of the same id exists.
public struct ScheduleAlreadyRunningError: TemporalError {
  /// The name of the Python SDK's class.
  public var kind: String { "ScheduleAlreadyRunningError" }
  /// The text of the Python SDK's class.
  public var message: String { "Schedule already running" }
}

/// A schedule was not updated, because somebody else changed it each time between the reading and the writing.
public struct ScheduleUpdateConflictError: TemporalError {
  /// The id of the schedule.
  public let scheduleID: String
  /// How often it was read and written.
  public let attempts: Int

  /// A name of this library; the Python SDK writes over the change of somebody else.
  public var kind: String { "ScheduleUpdateConflictError" }
  /// What came in between, and how often.
  public var message: String {
    "the schedule was not updated: somebody else changed it each of the \(attempts) times that it was read and written"
  }
}
