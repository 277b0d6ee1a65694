/// A workflow, known by its id, whose methods ask the server about it or act on it.
///
/// A handle names up to three runs, and each method uses the one that fits it: a handle from
/// ``Client/startWorkflow(_:options:)`` waits for the result of the run it started, but signals, queries and describes
/// whichever run of the id is the latest, and cancels and terminates only within the chain it started.
public struct WorkflowHandle: Sendable {
  /// The client that the handle calls with.
  public let client: Client
  /// The id of the workflow.
  public let id: String
  /// The run that is signalled, queried, described and so on; nil for the latest.
  public let runID: String?
  /// The run whose result is waited for; nil for the latest at that time.
  public let resultRunID: String?
  /// The first run of the chain that may be cancelled, terminated and updated; nil for any.
  public let firstExecutionRunID: String?

  package init(client: Client, id: String, runID: String?, resultRunID: String?, firstExecutionRunID: String?) {
    self.client = client
    self.id = id
    self.runID = Self.unlessEmpty(runID)
    self.resultRunID = Self.unlessEmpty(resultRunID)
    self.firstExecutionRunID = Self.unlessEmpty(firstExecutionRunID)
  }

  private static func unlessEmpty(_ text: String?) -> String? {
    text?.isEmpty == true ? nil : text
  }
}

extension Client {
  /// Makes a handle; nothing is sent, and nothing tells whether there is such a workflow.
  ///
  /// - Parameters:
  ///   - id: the id of the workflow.
  ///   - runID: the run to act on and whose result to wait for; nil for the latest.
  ///   - firstExecutionRunID: the first run of the chain to stay within; nil for any.
  /// - Returns: the handle.
  public func workflowHandle(
    id: String, runID: String? = nil, firstExecutionRunID: String? = nil
  ) -> WorkflowHandle {
    WorkflowHandle(client: self, id: id, runID: runID, resultRunID: runID, firstExecutionRunID: firstExecutionRunID)
  }
}
