import Wire

/// An update as it was sent, to tell from a later description whether the server took it.
///
/// Only what the update changed counts, and a value that it left to the server may be anything. The server writes down
/// calendars and cron expressions in a form of its own; there the number has to do.
struct ScheduleWrite {
  private let base: Message
  private let update: ScheduleUpdate

  init(_ update: ScheduleUpdate, over description: Message) {
    base = description
    self.update = update
  }

  /// Whether the update differs from what was there.
  var changesAnything: Bool { attributes != nil || !changes.isEmpty }

  /// Whether a `DescribeScheduleResponse` shows what the update has changed.
  func isInEffect(_ description: Message) -> Bool {
    if let attributes, !shows(attributes, description.view) { return false }
    guard let now = description.view.message("schedule") else { return false }
    return changes.allSatisfy { change in
      let written = Self.section(change.section, of: update.schedule.view)
      return shows(change.field, written, Self.section(change.section, of: now))
    }
  }

  private static let sections = [["spec"], ["policies"], ["state"], ["action", "start_workflow"]]

  private static func section(_ path: [String], of schedule: MessageView) -> MessageView {
    path.reduce(schedule) { view, name in
      view.message(name) ?? Message(empty: view.type.field(named: name)!.messageType!).view
    }
  }

  private var changes: [(section: [String], field: MessageField)] {
    guard let schedule = base.view.message("schedule") else { return [] }
    return Self.sections.flatMap { path in
      let (old, new) = (Self.section(path, of: schedule), Self.section(path, of: update.schedule.view))
      return new.type.fields.filter { !new.isEqual(to: old, in: $0.name.proto.string) }.map { (path, $0) }
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

  // MARK: Search attributes

  /// The search attributes that are to be, where they are not those that were.
  private var attributes: [String: [UInt8]]? {
    guard let given = update.searchAttributes else { return nil }
    let attributes = Dictionary(given.map { ($0.key, $0.value.data) }) { _, last in last }
    return attributes == Self.attributes(of: base.view) ? nil : attributes
  }

  private func shows(_ attributes: [String: [UInt8]], _ description: MessageView) -> Bool {
    Self.attributes(of: description) == attributes
  }

  private static func attributes(of description: MessageView) -> [String: [UInt8]] {
    let entries = description.message("search_attributes")?.mapEntries("indexed_fields") ?? []
    return Dictionary(entries.map { ($0.key, $0.message.bytes("data")) }) { _, last in last }
  }
}
