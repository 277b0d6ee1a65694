import RPC
public import Wire

extension Client {
  /// Creates a schedule.
  ///
  /// The request has an id of its own, so that the server recognizes it when it is sent again after a lost answer.
  ///
  /// - Parameters:
  ///   - schedule: what to create.
  ///   - options: headers and deadline of the call.
  /// - Returns: a handle to the schedule.
  /// - Throws: ``ScheduleAlreadyRunningError`` if there is a schedule of the id, ``UsageError`` if the schedule
  ///   contradicts itself, else ``RPCFailure``.
  public func createSchedule(
    _ schedule: CreateSchedule, options: CallOptions = CallOptions()
  ) async throws -> ScheduleHandle {
    do {
      _ = try await call(Method.createSchedule, options: options) { request in
        try schedule.fill(
          request, namespace: configuration.namespace, identity: configuration.identity, requestID: UUID.version4())
      }
      return scheduleHandle(id: schedule.id)
    } catch let failure as RPCFailure where failure.status == .alreadyExists {
      let detail = "temporal.api.errordetails.v1.WorkflowExecutionAlreadyStartedFailure"
      guard failure.firstDetail(detail) != nil else { throw failure }
      throw ScheduleAlreadyRunningError()
    }
  }

  /// Lists schedules, one page at a time.
  ///
  /// - Parameters:
  ///   - query: a list filter; empty for all schedules.
  ///   - pageSize: how many schedules a page holds at most.
  ///   - nextPageToken: the `next_page_token` of the page before; empty for the first one.
  ///   - options: headers and deadline of the call.
  /// - Returns: a `ListSchedulesResponse`; an empty `next_page_token` marks the last page.
  /// - Throws: ``RPCFailure``.
  public func listSchedules(
    query: String = "", pageSize: Int = 1000, nextPageToken: [UInt8] = [], options: CallOptions = CallOptions()
  ) async throws -> Message {
    try await call(Method.listSchedules, options: options) { request in
      request.set("namespace", configuration.namespace)
      request.set("maximum_page_size", pageSize)
      request.set("next_page_token", nextPageToken)
      request.set("query", query)
    }
  }

  /// Counts schedules, in groups if the filter asks for that.
  ///
  /// - Parameters:
  ///   - query: a list filter, which may end in `GROUP BY`; empty for all schedules.
  ///   - options: headers and deadline of the call.
  /// - Returns: a `CountSchedulesResponse`.
  /// - Throws: ``RPCFailure``, with status `UNIMPLEMENTED` from servers that do not count schedules.
  public func countSchedules(query: String = "", options: CallOptions = CallOptions()) async throws -> Message {
    try await call(Method.countSchedules, options: options) { request in
      request.set("namespace", configuration.namespace)
      request.set("query", query)
    }
  }
}
