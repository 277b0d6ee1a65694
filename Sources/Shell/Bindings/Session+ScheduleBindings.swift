import LuaRuntime
import TemporalClient
import Wire

extension Session {
  /// Binds what `stdlib/client/schedules.lua` and `stdlib/schedule_handle.lua` call.
  func bindSchedules(on stack: LuaStack) {
    vm.bind("schedule_handle", on: stack) { stack in
      let object = try stack.object(at: 1, as: ClientObject.self)
      let id = try CallArguments(stack: stack, index: 2).requiredString("id")
      stack.push(object: ScheduleHandleObject(object.client.scheduleHandle(id: id), of: object), type: .scheduleHandle)
      return 1
    }
    vm.bind("schedule_property", on: stack) { stack in
      let object = try stack.object(at: 1, as: ScheduleHandleObject.self)
      switch try stack.string(at: 2) {
      case "client": stack.push(object: object.client, type: .client)
      default: stack.push(object.handle.id)
      }
      return 1
    }
    bindScheduleCreation(on: stack)
    bindScheduleLists(on: stack)
    bindScheduleViews(on: stack)
    bindSchedulePatches(on: stack)
  }

  private func bindScheduleCall(
    _ name: StaticString, on stack: LuaStack,
    _ read: @escaping (CallArguments, CallOptions) throws -> HandleCall<ScheduleHandle>
  ) {
    bindCall(name, of: ScheduleHandleObject.self, on: stack, read)
  }

  private func bindScheduleCreation(on stack: LuaStack) {
    // encode_payload(value, place): the payload that carries a value; `place` is how errors call it.
    vm.bind("encode_payload", on: stack) { stack in
      let place = try stack.string(at: 2)
      stack.setCount(1)
      stack.push(try stack.payload(at: 1, path: place))
      return 1
    }
    // retry_policy(fields): the policy as the API has it, with the defaults of a start.
    vm.bind("retry_policy", on: stack) { stack in
      let builder = MessageBuilder(MessageType.named("temporal.api.common.v1.RetryPolicy")!)
      do {
        try StartWorkflow.RetryPolicy(CallArguments(stack: stack, index: 1)).fill(builder)
      } catch let error as any TemporalError {
        throw LuaTemporalError(error: error)
      }
      try stack.push(builder.finished().view)
      return 1
    }
    vm.bind("create_schedule", on: stack) { [unowned self] stack in
      let object = try stack.object(at: 1, as: ClientObject.self)
      let arguments = CallArguments(stack: stack, index: 2)
      let basis = try arguments.scheduleDescription()
      var create = CreateSchedule(
        id: try arguments.requiredString("id"),
        try arguments.schedule(keepingUnknownFieldsOf: basis?.view.message("schedule")))
      create.triggersImmediately = try arguments.boolean("trigger_immediately")
      create.backfill = try arguments.backfill()
      create.memo = try arguments.payloadsByName("memo")
      create.searchAttributes = try arguments.payloadsByName("search_attributes")
      let (schedule, options) = (create, try arguments.callOptions())
      return start(on: stack) {
        let handle = try await object.client.createSchedule(schedule, options: options)
        return { stack in
          stack.push(object: ScheduleHandleObject(handle, of: object), type: .scheduleHandle)
          return 1
        }
      }
    }
  }

  private func bindScheduleLists(on stack: LuaStack) {
    // list_schedules(client, a): a page of entries, the token of the next, and the message.
    vm.bind("list_schedules", on: stack) { [unowned self] stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      let arguments = CallArguments(stack: stack, index: 2)
      let (query, size) = (try arguments.string("query") ?? "", try arguments.integer("page_size") ?? 1000)
      let (token, options) = (try arguments.bytes("next_page_token"), try arguments.callOptions())
      return start(on: stack) {
        let page = try await client.listSchedules(
          query: query, pageSize: size, nextPageToken: token, options: options)
        return { stack in try stack.push(page: "schedules", of: page.view, tokenOf: page.view) }
      }
    }
    vm.bind("count_schedules", on: stack) { [unowned self] stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      let arguments = CallArguments(stack: stack, index: 2)
      let (query, options) = (try arguments.string("query") ?? "", try arguments.callOptions())
      return start(on: stack) {
        let count = try await client.countSchedules(query: query, options: options)
        return { stack in
          try stack.push(count.view, includingDefaults: true)
          return 1
        }
      }
    }
  }

  private func bindScheduleViews(on stack: LuaStack) {
    // describe_schedule(handle, a): the description; its schedule with payloads as they are; its bytes, for a write; and
    // the message.
    bindScheduleCall("describe_schedule", on: stack) { arguments, options in
      var options = options
      options.requiresDecoding = try arguments.boolean("is_sent_back")
      return { [options] handle in
        let description = try await handle.describe(options: options)
        return { stack in
          try stack.push(description.view)
          var sink = LuaValueSink(stack, payloads: .payloads)
          try (description.view.message("schedule") ?? CallArguments.noSchedule).emit(into: &sink)
          stack.push(bytesOf: description.view)
          stack.push(object: MessageObject(description.view), type: .message)
          return 4
        }
      }
    }
    // update_schedule(handle, a): whether it was written; false where it is to be read again.
    bindScheduleCall("update_schedule", on: stack) { arguments, options in
      guard let basis = try arguments.scheduleDescription() else { throw LuaArgumentError("basis is missing") }
      let attributes =
        arguments.type("search_attributes") == .null ? nil : try arguments.payloadsByName("search_attributes")
      let update = ScheduleUpdate(try arguments.schedule(), searchAttributes: attributes)
      let attempt = try arguments.integer("attempt") ?? 1
      return { handle in
        let isWritten = try await handle.write(update, over: basis, attempt: attempt, options: options)
        return { stack in
          stack.push(isWritten)
          return 1
        }
      }
    }
    bindScheduleCall("schedule_matching_times", on: stack) { arguments, options in
      let (start, end) = (try arguments.time("start_at"), try arguments.time("end_at"))
      return { handle in
        let times = try await handle.matchingTimes(from: start, to: end, options: options)
        return { stack in
          try stack.push(times.view)
          return 1
        }
      }
    }
  }

  private func bindSchedulePatches(on stack: LuaStack) {
    bindScheduleCall("pause_schedule", on: stack) { arguments, options in
      let note = try arguments.string("note")
      return { handle in
        try await handle.pause(note: note, options: options)
        return { _ in 0 }
      }
    }
    bindScheduleCall("unpause_schedule", on: stack) { arguments, options in
      let note = try arguments.string("note")
      return { handle in
        try await handle.unpause(note: note, options: options)
        return { _ in 0 }
      }
    }
    bindScheduleCall("trigger_schedule", on: stack) { arguments, options in
      let overlap: ScheduleOverlapPolicy = try arguments.enumeration("overlap") ?? .unspecified
      return { handle in
        try await handle.trigger(overlap: overlap, options: options)
        return { _ in 0 }
      }
    }
    bindScheduleCall("backfill_schedule", on: stack) { arguments, options in
      let ranges = try arguments.backfill()
      return { handle in
        try await handle.backfill(ranges, options: options)
        return { _ in 0 }
      }
    }
    bindScheduleCall("delete_schedule", on: stack) { _, options in
      { handle in
        try await handle.delete(options: options)
        return { _ in 0 }
      }
    }
  }
}

extension LuaStack {
  /// Pushes the bytes of a message, or nil where there is a NUL in one of its texts, which cannot be packed again.
  fileprivate func push(bytesOf message: MessageView) {
    if let bytes = try? message.serialized() { push(bytes) } else { pushNil() }
  }
}
