import RPC
import Wire

/// Where a workflow is reset to.
public enum WorkflowResetTarget: Sendable {
  /// The workflow task that ended with this event.
  case event(Int64)
  /// The first workflow task of the run.
  case firstWorkflowTask
  /// The last workflow task of the run.
  case lastWorkflowTask
  /// The last workflow task of the run before, which continued as this one.
  case lastContinuedAsNew
  /// The first workflow task that was processed by workers of this build, be it of an earlier run.
  case buildID(String)
}

extension WorkflowHandle {
  /// Starts a new run that goes on from a point in the history of this one, which is terminated if it is open.
  ///
  /// - Parameters:
  ///   - target: the point in the history.
  ///   - reason: why, for the history.
  ///   - exclusions: which of the events after that point are not applied to the new run again.
  ///   - change: what the new run is to have otherwise.
  ///   - options: headers and deadline of each call.
  /// - Returns: a handle to the new run.
  /// - Throws: ``UsageError`` if the history has no such point, else ``RPCFailure``.
  public func reset(
    to target: WorkflowResetTarget, reason: String = "", excluding exclusions: [WorkflowResetExclusion] = [],
    changing change: WorkflowOptionsChange = WorkflowOptionsChange(), options: CallOptions = CallOptions()
  ) async throws -> WorkflowHandle {
    let (run, event) = try await place(of: target, options: options)
    let response = try await client.call(Method.resetWorkflowExecution, options: options) { request in
      request.set("namespace", client.configuration.namespace)
      request.setExecution("workflow_execution", id: id, runID: run)
      request.set("reason", reason)
      request.set("workflow_task_finish_event_id", event)
      request.set("request_id", UUID.version4())
      // Servers before 1.24 would take nothing to mean signals alone.
      request.set("reset_reapply_type", "ALL_ELIGIBLE")
      for exclusion in exclusions { request.append("reset_reapply_exclude_types", exclusion.rawValue) }
      if !change.isEmpty { change.fill(request.append("post_reset_operations").message("update_workflow_options")) }
      request.set("identity", client.configuration.identity)
    }
    return client.workflowHandle(id: id, runID: response.view.string("run_id"))
  }

  /// The run to be reset, nil for the latest, and the event that ends a workflow task of it.
  ///
  /// What is looked for in a run is reset in that run: by then another may be the latest.
  private func place(
    of target: WorkflowResetTarget, options: CallOptions
  ) async throws -> (run: String?, event: Int64) {
    if case .event(let event) = target { return (runID, event) }
    if case .buildID(let buildID) = target { return try await firstTask(ofBuild: buildID, options: options) }
    var run = runID
    if run == nil {
      let info = try await describe(options: options).view.message("workflow_execution_info")
      run = info?.message("execution")?.string("run_id")
    }
    if case .lastContinuedAsNew = target { run = try await runBefore(run, options: options) }
    let isFirst = if case .firstWorkflowTask = target { true } else { false }
    let method = isFirst ? Method.getWorkflowExecutionHistory : Method.getWorkflowExecutionHistoryReverse
    return (run, try await task(ofRun: run, by: method, options: options))
  }

  private func firstTask(ofBuild buildID: String, options: CallOptions) async throws -> (run: String?, event: Int64) {
    let info = try await describe(options: options).view.message("workflow_execution_info")
    let points = info?.message("auto_reset_points")?.messages("points")
    guard let point = points?.first(where: { $0.string("build_id") == buildID }) else {
      throw UsageError("the workflow has no reset point of build '\(buildID)'")
    }
    guard point.boolean("resettable") else {
      throw UsageError("the workflow cannot be reset to its point of build '\(buildID)'")
    }
    return (point.string("run_id"), point.integer("first_workflow_task_completed_id"))
  }

  private func runBefore(_ run: String?, options: CallOptions) async throws -> String {
    let page = try await page(ofRun: run, size: 1, options: options)
    let event = page.view.message("history")?.messages("events").first
    let started = event?.message("workflow_execution_started_event_attributes")
    guard let previous = started?.string("continued_execution_run_id"), !previous.isEmpty else {
      throw UsageError("no run continued as this one, so that it cannot be reset to LAST_CONTINUED_AS_NEW")
    }
    return previous
  }

  /// The event that ended the first workflow task in the order in which a method gives the history.
  ///
  /// Of a run whose workflow tasks were never completed, it is the event after the first was scheduled.
  private func task(ofRun run: String?, by method: RPCMethod, options: CallOptions) async throws -> Int64 {
    var token: [UInt8] = []
    var scheduled: Int64?
    repeat {
      let page = try await page(method, ofRun: run, token: token, options: options).view
      if let events = page.message("history")?.messages("events") {
        for event in events {
          let id = event.integer("event_id")
          if event.has("workflow_task_completed_event_attributes") { return id }
          if event.has("workflow_task_scheduled_event_attributes") { scheduled = min(scheduled ?? id, id) }
        }
      }
      token = page.bytes("next_page_token")
    } while !token.isEmpty
    guard let scheduled else { throw UsageError("the run has no workflow task that it could be reset to") }
    return scheduled + 1
  }

  /// A page of the history of a run, as large as the `temporal` CLI asks for.
  private func page(
    _ method: RPCMethod = Method.getWorkflowExecutionHistory, ofRun run: String?, token: [UInt8] = [],
    size: Int = 250, options: CallOptions
  ) async throws -> Message {
    try await client.call(method, options: options) { request in
      request.set("namespace", client.configuration.namespace)
      request.setExecution("execution", id: id, runID: run)
      request.set("maximum_page_size", size)
      request.set("next_page_token", token)
    }
  }
}
