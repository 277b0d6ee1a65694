import TemporalClient

/// A client as scripts hold it.
final class ClientObject: Sendable {
  let client: Client

  init(_ client: Client) { self.client = client }
}

/// A workflow handle as scripts hold it.
final class WorkflowHandleObject: Sendable {
  let handle: WorkflowHandle

  init(_ handle: WorkflowHandle) { self.handle = handle }
}

/// An update handle as scripts hold it.
final class UpdateHandleObject: Sendable {
  let handle: UpdateHandle

  init(_ handle: UpdateHandle) { self.handle = handle }
}

/// A workflow's history as scripts hold it.
final class WorkflowHistoryObject: Sendable {
  let history: WorkflowHistory

  init(_ history: WorkflowHistory) { self.history = history }
}
