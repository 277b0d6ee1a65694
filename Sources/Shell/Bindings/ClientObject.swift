import Synchronization
import TemporalClient

/// A client as scripts hold it: it connects on its first call, so that a server that is not there is told apart from a
/// call that fails.
final class ClientObject: Sendable {
  let client: Client
  private let isConnected = Atomic(false)

  init(_ client: Client) { self.client = client }

  /// The client, connected.
  ///
  /// Calls that come while the first one connects ask the server, too: each can then be cancelled by itself.
  ///
  /// - Throws: ``ConnectError`` when the server does not answer; the next call tries again.
  func connected() async throws -> Client {
    if !isConnected.load(ordering: .relaxed) {
      _ = try await client.connect()
      isConnected.store(true, ordering: .relaxed)
    }
    return client
  }
}

/// A workflow handle as scripts hold it.
final class WorkflowHandleObject: Sendable {
  let owner: ClientObject
  let handle: WorkflowHandle

  init(_ handle: WorkflowHandle, of owner: ClientObject) {
    self.handle = handle
    self.owner = owner
  }
}

/// An update handle as scripts hold it.
final class UpdateHandleObject: Sendable {
  let owner: ClientObject
  let handle: UpdateHandle

  init(_ handle: UpdateHandle, of owner: ClientObject) {
    self.handle = handle
    self.owner = owner
  }
}
