extension Channel {
  /// Sends one message and waits for one in return.
  ///
  /// Cancelling the task cancels the call, and the method returns when core has confirmed that.
  ///
  /// - Parameters:
  ///   - method: the path, as `/package.Service/Method`.
  ///   - request: the bytes of the request message.
  ///   - metadata: the headers to send.
  ///   - timeout: how long the call may take; nil for as long as it takes.
  ///   - waitForReady: whether to wait for a connection, up to the timeout, instead of failing with
  ///     ``StatusCode/unavailable`` when the server cannot be reached.
  /// - Returns: the response.
  /// - Throws: ``RPCError`` if the call did not succeed; `CancellationError` only if the task was cancelled.
  public func unary(
    _ method: String, _ request: [UInt8], metadata: Metadata = [:], timeout: Duration?, waitForReady: Bool = false
  ) async throws -> Response {
    try await unary(
      method, request, metadata: metadata, deadline: timeout.map(Deadline.after) ?? .never, waitForReady: waitForReady)
  }

  /// Sends one message and waits for one in return.
  ///
  /// Cancelling the task cancels the call, and the method returns when core has confirmed that.
  ///
  /// - Parameters:
  ///   - method: the path, as `/package.Service/Method`.
  ///   - request: the bytes of the request message.
  ///   - metadata: the headers to send.
  ///   - deadline: when to give the call up.
  ///   - waitForReady: whether to wait for a connection, up to the deadline, instead of failing with
  ///     ``StatusCode/unavailable`` when the server cannot be reached.
  /// - Returns: the response.
  /// - Throws: ``RPCError`` if the call did not succeed; `CancellationError` only if the task was cancelled.
  public func unary(
    _ method: String, _ request: [UInt8], metadata: Metadata = [:], deadline: Deadline, waitForReady: Bool = false
  ) async throws -> Response {
    precondition(method.utf8.first == 0x2F, "A method is named by its path, /package.Service/Method")
    try metadata.validate()
    try Task.checkCancellation()
    let call = try makeCall(method, deadline: deadline)
    // A cancellation that comes before the start is no special case: the batch then completes at once.
    let outcome = await withTaskCancellationHandler {
      await call.start(request, metadata: metadata, waitForReady: waitForReady)
    } onCancel: {
      call.cancel()
    }
    // A server may answer CANCELLED by itself, Temporal's does so to long polls when it goes down.
    if case .failure(let error) = outcome, error.code == .cancelled, Task.isCancelled { throw CancellationError() }
    return try outcome.mapError { $0.attributed(to: deadline) }.get()
  }
}
