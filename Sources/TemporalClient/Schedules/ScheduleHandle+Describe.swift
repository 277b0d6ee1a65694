public import Wire

extension ScheduleHandle {
  /// Asks for the schedule and what it has done.
  ///
  /// - Parameter options: headers and deadline of the call.
  /// - Returns: a `DescribeScheduleResponse`.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if there is no such schedule.
  public func describe(options: CallOptions = CallOptions()) async throws -> Message {
    try await client.call(Method.describeSchedule, options: options) { request in
      request.set("namespace", client.configuration.namespace)
      request.set("schedule_id", id)
    }
  }

  /// Asks at which times of a range the schedule takes actions, paused or not.
  ///
  /// - Parameters:
  ///   - start: the beginning of the range.
  ///   - end: the end of the range.
  ///   - options: headers and deadline of the call.
  /// - Returns: a `ListScheduleMatchingTimesResponse`.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if there is no such schedule.
  public func matchingTimes(
    from start: ScheduleBackfill.Time, to end: ScheduleBackfill.Time, options: CallOptions = CallOptions()
  ) async throws -> Message {
    try await client.call(Method.listScheduleMatchingTimes, options: options) { request in
      request.set("namespace", client.configuration.namespace)
      request.set("schedule_id", id)
      request.setTimestamp("start_time", seconds: start.seconds, nanos: start.nanos)
      request.setTimestamp("end_time", seconds: end.seconds, nanos: end.nanos)
    }
  }
}
