import LuaRuntime
import TemporalClient

extension Session {
  /// Binds what `stdlib/workflow_handle/changes.lua` calls.
  func bindChanges(on stack: LuaStack) {
    bindOperation("reset", on: stack) { arguments, options in
      let (target, reason) = (try WorkflowResetTarget(arguments), try arguments.string("reason") ?? "")
      let exclusions = try WorkflowResetExclusion.list(try arguments.strings("reapply_exclude"))
      let change = try WorkflowOptionsChange(arguments)
      return { handle in
        let new = try await handle.reset(
          to: target, reason: reason, excluding: exclusions, changing: change, options: options)
        return { stack in
          stack.push(object: WorkflowHandleObject(new), type: .workflowHandle)
          return 1
        }
      }
    }
    bindOperation("delete", on: stack) { _, options in
      { handle in
        try await handle.delete(options: options)
        return { _ in 0 }
      }
    }
    bindOperation("pause", on: stack) { arguments, options in
      let reason = try arguments.string("reason") ?? ""
      return { handle in
        try await handle.pause(reason: reason, options: options)
        return { _ in 0 }
      }
    }
    bindOperation("unpause", on: stack) { arguments, options in
      let reason = try arguments.string("reason") ?? ""
      return { handle in
        try await handle.unpause(reason: reason, options: options)
        return { _ in 0 }
      }
    }
    bindOperation("update_options", on: stack) { arguments, options in
      let change = try WorkflowOptionsChange(arguments)
      return { handle in
        let response = try await handle.updateOptions(change, options: options)
        return { stack in
          try stack.push(response.view)
          return 1
        }
      }
    }
  }
}

extension WorkflowResetTarget {
  /// `stdlib/workflow_handle/changes.lua` has seen to it that there is one of the three.
  fileprivate init(_ arguments: CallArguments) throws {
    if let event = try arguments.integer("event_id") {
      self = .event(Int64(event))
    } else if let buildID = try arguments.string("build_id") {
      self = .buildID(buildID)
    } else {
      switch try arguments.enumeration("type", as: WorkflowResetType.self) {
      case .firstWorkflowTask: self = .firstWorkflowTask
      case .lastContinuedAsNew: self = .lastContinuedAsNew
      case .lastWorkflowTask, nil: self = .lastWorkflowTask
      }
    }
  }
}

extension WorkflowResetExclusion {
  /// The exclusions of these names, in any case.
  fileprivate static func list(_ names: [String]) throws -> [WorkflowResetExclusion] {
    try names.map { name in
      guard let value = WorkflowResetExclusion(rawValue: name.uppercased()) else {
        let known = allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        throw LuaKindError("ValueError", "reapply_exclude must have \"ALL\", or some of \(known), not \"\(name)\"")
      }
      return value
    }
  }
}

extension WorkflowOptionsChange {
  /// An empty table takes an option away.
  fileprivate init(_ arguments: CallArguments) throws {
    self.init()
    versioningOverride = try arguments.table("versioning_override") {
      $0.isEmpty ? .clear : .set(try StartWorkflow.VersioningOverride($0))
    }
    priority = try arguments.table("priority") { $0.isEmpty ? .clear : .set(try StartWorkflow.Priority($0)) }
  }
}
