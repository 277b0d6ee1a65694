import Locks
import TemporalClient
import Wire

/// A client as scripts hold it.
final class ClientObject: Sendable {
  let client: Client
  private let key: Monitor<APIKey?>

  init(_ client: Client) {
    self.client = client
    key = Monitor(client.configuration.apiKey)
  }

  /// Authorizes later calls by another API key, or by none.
  func setAPIKey(_ key: APIKey?) throws(UsageError) {
    try client.setAPIKey(key)
    self.key.withLock { $0 = key }
  }

  /// The settings of a client that calls as this one does now, but for another namespace.
  func configuration(namespace: String) -> Client.Configuration {
    var configuration = client.configuration
    configuration.namespace = namespace
    configuration.apiKey = key.withLock { $0 }
    return configuration
  }
}

/// A handle as scripts hold it.
protocol HandleObject: AnyObject, Sendable {
  associatedtype Handle: Sendable

  var handle: Handle { get }
}

/// A workflow handle as scripts hold it.
final class WorkflowHandleObject: HandleObject {
  let handle: WorkflowHandle

  init(_ handle: WorkflowHandle) { self.handle = handle }
}

/// An update handle as scripts hold it.
final class UpdateHandleObject: HandleObject {
  let handle: UpdateHandle

  init(_ handle: UpdateHandle) { self.handle = handle }
}

/// A schedule handle as scripts hold it.
final class ScheduleHandleObject: HandleObject {
  let client: ClientObject
  let handle: ScheduleHandle

  init(_ handle: ScheduleHandle, of client: ClientObject) {
    self.client = client
    self.handle = handle
  }
}

/// A message that values of `stdlib/` were made of.
final class MessageObject: Sendable {
  let view: MessageView

  init(_ view: MessageView) { self.view = view }
}

/// How to start a workflow with an update, as scripts hold it.
final class StartOperationObject: Sendable {
  let operation: WithStartWorkflowOperation

  init(_ operation: WithStartWorkflowOperation) { self.operation = operation }
}

/// The handle of an activity that is completed from outside, as scripts hold it.
final class AsyncActivityObject: HandleObject {
  let handle: AsyncActivityHandle

  init(_ handle: AsyncActivityHandle) { self.handle = handle }
}

/// A workflow's history as scripts hold it.
final class WorkflowHistoryObject: Sendable {
  let history: WorkflowHistory

  init(_ history: WorkflowHistory) { self.history = history }
}
