import Wire

/// An update as it was sent, to tell from a later description whether the server took it.
///
/// What the update changed counts, and where it left the schedule as it was, all of it does: search attributes are shown
/// some time later. A value that the update left to the server may be anything. The server writes down calendars and cron
/// expressions in a form of its own; there the number has to do.
struct ScheduleWrite {
  private let base: Message
  private let update: ScheduleUpdate

  init(_ update: ScheduleUpdate, over description: Message) {
    base = description
    self.update = update
  }

  /// Whether the update says anything that was not there.
  var changesAnything: Bool { update.searchAttributes != nil || !changes.isEmpty }

  /// Whether a `DescribeScheduleResponse` shows the schedule as it was written.
  func isInEffect(_ description: Message) -> Bool {
    guard let now = description.view.message("schedule") else { return false }
    let changes = changes
    return (changes.isEmpty ? fields : changes).allSatisfy { path, field in
      shows(field, Self.section(path, of: update.schedule.view), Self.section(path, of: now))
    }
  }

  private static let sections = [["spec"], ["policies"], ["state"], ["action", "start_workflow"]]

  private static func section(_ path: [String], of schedule: MessageView) -> MessageView {
    path.reduce(schedule) { view, name in
      view.message(name) ?? Message(empty: view.type.field(named: name)!.messageType!).view
    }
  }

  private var fields: [(section: [String], field: MessageField)] {
    Self.sections.flatMap { path in
      Self.section(path, of: update.schedule.view).type.fields.map { (path, $0) }
    }
  }

  private var changes: [(section: [String], field: MessageField)] {
    guard let schedule = base.view.message("schedule") else { return [] }
    return fields.filter { path, field in
      let (old, new) = (Self.section(path, of: schedule), Self.section(path, of: update.schedule.view))
      return !new.isEqual(to: old, in: field.name.proto.string)
    }
  }

  private func shows(_ field: MessageField, _ written: MessageView, _ now: MessageView) -> Bool {
    let name = field.name.proto.string
    if now.isEqual(to: written, in: name) { return true }
    switch name {
    case "structured_calendar", "interval", "cron_string", "calendar", "timezone_name":
      let forms = ["structured_calendar", "interval", "cron_string", "calendar"]
      return Self.hasTexts(written) && Self.count(forms, written) == Self.count(forms, now)
    case "exclude_structured_calendar", "exclude_calendar":
      let forms = ["exclude_structured_calendar", "exclude_calendar"]
      return written.has("exclude_calendar") && Self.count(forms, written) == Self.count(forms, now)
    // Actions may have been taken since.
    case "remaining_actions": return now.integer(name) <= written.integer(name)
    case "task_queue": return now.message(name)?.string("name") == written.message(name)?.string("name")
    default:
      let isLeftToTheServer = field.kind == .message && field.shape != .list || field.kind == .enumeration
      return isLeftToTheServer && !written.has(name)
    }
  }

  private static func hasTexts(_ spec: MessageView) -> Bool { spec.has("cron_string") || spec.has("calendar") }

  private static func count(_ fields: [String], _ spec: MessageView) -> Int {
    fields.reduce(0) { sum, name in
      sum + (name == "cron_string" ? spec.strings(name).count : spec.messages(name).count)
    }
  }
}
