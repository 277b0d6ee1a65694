import Wire

extension ScheduleHandle {
  /// Pauses the schedule.
  ///
  /// - Parameters:
  ///   - note: why, for its descriptions; nil or empty for a note that names this program.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if there is no such schedule.
  public func pause(note: String? = nil, options: CallOptions = CallOptions()) async throws {
    try await patch(options) { $0.set("pause", Self.note(note, otherwise: "Paused via Moondial")) }
  }

  /// Lets the schedule go on.
  ///
  /// - Parameters:
  ///   - note: why, for its descriptions; nil or empty for a note that names this program.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if there is no such schedule.
  public func unpause(note: String? = nil, options: CallOptions = CallOptions()) async throws {
    try await patch(options) { $0.set("unpause", Self.note(note, otherwise: "Unpaused via Moondial")) }
  }

  /// Takes one action at once, also when the schedule is paused.
  ///
  /// - Parameters:
  ///   - overlap: what happens if an action runs; unspecified for what the schedule says.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if there is no such schedule.
  public func trigger(
    overlap: ScheduleOverlapPolicy = .unspecified, options: CallOptions = CallOptions()
  ) async throws {
    try await patch(options) { $0.message("trigger_immediately").set("overlap_policy", overlap.rawValue) }
  }

  /// Takes the actions of ranges of time as if these passed right now.
  ///
  /// - Parameters:
  ///   - ranges: one or more ranges.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``UsageError`` if there is no range, else ``RPCFailure``, with status `NOT_FOUND` if there is no such
  ///   schedule.
  public func backfill(_ ranges: [ScheduleBackfill], options: CallOptions = CallOptions()) async throws {
    guard !ranges.isEmpty else { throw UsageError("At least one backfill required") }
    try await patch(options) { $0.setBackfill(ranges) }
  }

  /// Deletes the schedule; the workflows that it has started go on.
  ///
  /// - Parameter options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if there is no such schedule.
  public func delete(options: CallOptions = CallOptions()) async throws {
    _ = try await client.call(Method.deleteSchedule, options: options) { request in
      request.set("namespace", client.configuration.namespace)
      request.set("schedule_id", id)
      request.set("identity", client.configuration.identity)
    }
  }

  private func patch(_ options: CallOptions, _ fill: (MessageBuilder) -> Void) async throws {
    _ = try await client.call(Method.patchSchedule, options: options) { request in
      request.set("namespace", client.configuration.namespace)
      request.set("schedule_id", id)
      fill(request.message("patch"))
      request.set("identity", client.configuration.identity)
      request.set("request_id", UUID.version4())
    }
  }

  // The server takes an empty note for no pause at all.
  private static func note(_ note: String?, otherwise other: String) -> String {
    note?.isEmpty == false ? note! : other
  }
}
