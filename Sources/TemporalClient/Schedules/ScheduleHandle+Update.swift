import RPC
public import Wire

/// What an update makes of a schedule.
public struct ScheduleUpdate: Sendable {
  /// The whole schedule: a `temporal.api.schedule.v1.Schedule`.
  public var schedule: Message
  /// All search attributes of the schedule; nil for those that it has, none to clear them.
  public var searchAttributes: [(key: String, value: Payload)]?

  /// Creates an update.
  ///
  /// - Parameters:
  ///   - schedule: the whole schedule.
  ///   - searchAttributes: all its search attributes; nil for those that it has.
  public init(_ schedule: Message, searchAttributes: [(key: String, value: Payload)]? = nil) {
    self.schedule = schedule
    self.searchAttributes = searchAttributes
  }
}

extension ScheduleHandle {
  /// How often a schedule is read and written before an update is given up.
  public static let updateAttempts = 10

  /// Reads the schedule, and writes what it is to become if nobody else has changed it by then; otherwise again.
  ///
  /// - Parameters:
  ///   - options: headers and deadline of each call.
  ///   - change: makes the update from a `DescribeScheduleResponse`, or nil for none; called once per attempt.
  /// - Returns: whether anything was written.
  /// - Throws: what `change` throws, ``ScheduleUpdateConflictError`` after ``updateAttempts``, else ``RPCFailure``.
  public func update(
    options: CallOptions = CallOptions(), _ change: (Message) async throws -> ScheduleUpdate?
  ) async throws -> Bool {
    var attempt = 1
    while true {
      let description = try await describe(options: options)
      guard let update = try await change(description) else { return false }
      if try await write(update, over: description, attempt: attempt, options: options) { return true }
      attempt += 1
    }
  }

  /// Makes one attempt of an update.
  ///
  /// Fields that this version of the API does not know stay as they are in the description. A server that finds a stale
  /// conflict token may refuse the request, or accept it and change nothing; so the schedule is read again.
  ///
  /// - Parameters:
  ///   - update: what the schedule is to become.
  ///   - description: the `DescribeScheduleResponse` that the update was made from.
  ///   - attempt: the number of the attempt, from 1.
  ///   - options: headers and deadline of each call.
  /// - Returns: false if somebody else has changed the schedule since, and it is to be read again.
  /// - Throws: ``ScheduleUpdateConflictError`` if the attempt was the last, else ``RPCFailure``.
  public func write(
    _ update: ScheduleUpdate, over description: Message, attempt: Int = 1, options: CallOptions = CallOptions()
  ) async throws -> Bool {
    let token = description.view.bytes("conflict_token")
    let request = try client.request(Method.updateSchedule) { fill($0, update, over: description.view, token) }
    do {
      _ = try await client.call(Method.updateSchedule, request, options: options)
      if token.isEmpty { return true }
      let write = ScheduleWrite(update, over: description)
      if !write.changesAnything { return true }
      if write.isInEffect(try await describe(options: options)) { return true }
    } catch let failure as RPCFailure
      where failure.status == .failedPrecondition && failure.message.contains("conflict token")
    {}
    guard attempt < Self.updateAttempts else { throw ScheduleUpdateConflictError(scheduleID: id, attempts: attempt) }
    return false
  }

  private func fill(
    _ request: MessageBuilder, _ update: ScheduleUpdate, over description: MessageView, _ token: [UInt8]
  ) {
    request.set("namespace", client.configuration.namespace)
    request.set("schedule_id", id)
    request.set("schedule", update.schedule.view)
    if let old = description.message("schedule") { request.message("schedule").keepUnknownFields(of: old) }
    request.set("conflict_token", token)
    request.set("identity", client.configuration.identity)
    request.set("request_id", UUID.version4())
    if let attributes = update.searchAttributes {
      // Set also when empty, which clears them.
      let message = request.message("search_attributes")
      for (key, value) in attributes { value.write(into: message.mapEntry("indexed_fields", key: key)) }
    }
  }
}
