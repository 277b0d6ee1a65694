public import Wire

/// What a schedule is created with.
public struct CreateSchedule: Sendable {
  /// The id of the schedule.
  public var id: String
  /// What it does and when: a `temporal.api.schedule.v1.Schedule`.
  public var schedule: Message
  /// Whether one action is taken at once.
  public var triggersImmediately = false
  /// Ranges whose actions are taken at once.
  public var backfill: [ScheduleBackfill] = []
  /// Values that descriptions and lists of the schedule show.
  public var memo: [(key: String, value: Payload)] = []
  /// Values that lists of schedules can be searched for.
  public var searchAttributes: [(key: String, value: Payload)] = []

  /// Creates it with nothing but the schedule.
  ///
  /// - Parameters:
  ///   - id: the id of the schedule.
  ///   - schedule: a `temporal.api.schedule.v1.Schedule`.
  public init(id: String, _ schedule: Message) {
    self.id = id
    self.schedule = schedule
  }

  /// The rules of the Python SDK's `create_schedule`, in its words.
  private func validate() throws {
    guard let state = schedule.view.message("state") else { return }
    let (isLimited, hasActions) = (state.boolean("limited_actions"), state.integer("remaining_actions") != 0)
    guard !isLimited || hasActions else {
      throw UsageError("Must set limited actions to false if there are no remaining actions set")
    }
    guard isLimited || !hasActions else {
      throw UsageError("Must set limited actions to true if there are remaining actions set")
    }
  }

  func fill(_ request: MessageBuilder, namespace: String, identity: String, requestID: String) throws {
    try validate()
    request.set("namespace", namespace)
    request.set("schedule_id", id)
    request.set("schedule", schedule.view)
    if triggersImmediately || !backfill.isEmpty {
      let patch = request.message("initial_patch")
      if triggersImmediately {
        let policy = schedule.view.message("policies")?.enumeration("overlap_policy")
        patch.message("trigger_immediately").set("overlap_policy", policy)
      }
      patch.setBackfill(backfill)
    }
    request.set("identity", identity)
    request.set("request_id", requestID)
    request.setPayloads("memo", map: "fields", memo)
    request.setPayloads("search_attributes", map: "indexed_fields", searchAttributes)
  }
}

extension MessageBuilder {
  /// Sets the ranges of a `temporal.api.schedule.v1.SchedulePatch`.
  func setBackfill(_ ranges: [ScheduleBackfill]) {
    for range in ranges {
      let request = append("backfill_request")
      request.setTimestamp("start_time", seconds: range.start.seconds, nanos: range.start.nanos)
      request.setTimestamp("end_time", seconds: range.end.seconds, nanos: range.end.nanos)
      request.set("overlap_policy", range.overlap.rawValue)
    }
  }
}
