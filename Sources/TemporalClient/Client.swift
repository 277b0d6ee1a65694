import HTTP
import Locks
public import RPC
public import Wire

/// A namespace of a Temporal server, and the connection to it.
///
/// Creating a client sends nothing; the connection is made by the first call, or by ``connect(options:)``. Clients are
/// safe to use from any number of tasks at once.
public final class Client: Sendable {
  /// The settings the client was made with.
  public let configuration: Configuration

  /// The version of the gRPC library that carries the calls.
  public static var transportVersion: String { GRPCRuntime.version }

  /// Stops what carries the calls, for all clients and for good; the last thing that a program does with this library.
  ///
  /// Clients are to be closed before. Returns within two seconds, whatever happens.
  public static func shutDownTransport() {
    HTTPClient.shared.shutdown()
    _ = GRPCRuntime.shutdown()
  }

  /// What encodes and decodes the payloads of all calls; nil if nothing does.
  let codec: (any PayloadCodec)?

  private let connection: Connection
  private let key: Monitor<APIKey?>
  private let headers: Monitor<Metadata>
  /// What the server has told of its services.
  let reflection = Reflection()

  /// Creates a client without connecting it.
  ///
  /// - Parameter configuration: the server, the namespace and how to call them.
  /// - Throws: ``UsageError`` if ``Configuration/validate()`` finds fault with it.
  public init(_ configuration: Configuration) throws {
    try configuration.validate()
    self.configuration = configuration
    codec = try configuration.codec()
    connection = Connection(configuration)
    key = Monitor(configuration.apiKey)
    headers = Monitor(configuration.metadata)
  }

  /// Whether calls are authorized by an API key.
  public var hasAPIKey: Bool { key.withLock { $0 != nil } }

  /// What encodes and decodes the payloads, for people; nil if nothing does.
  public var codecName: String? { codec?.name }

  /// Authorizes later calls by another API key, or by none.
  ///
  /// - Parameter apiKey: the key; nil for none.
  /// - Throws: ``UsageError`` if the connection is not encrypted and ``Configuration/encryption`` does not say that it
  ///   has to be so.
  public func setAPIKey(_ apiKey: APIKey?) throws(UsageError) {
    guard apiKey == nil || configuration.isEncrypted || configuration.encryption == .off else {
      throw UsageError(
        "an API key is not sent over a connection that is not encrypted: connect with tls = true, or with tls = false "
          + "where that is what you want")
    }
    key.withLock { $0 = apiKey }
  }

  /// The headers of later calls: ``Configuration/metadata``, or what took its place.
  public var metadata: Metadata { headers.withLock { $0 } }

  /// Sends other headers with later calls.
  ///
  /// - Parameter metadata: all of them; a key here replaces the client's own headers of that key.
  /// - Throws: ``UsageError`` if one cannot be sent.
  public func setMetadata(_ metadata: Metadata) throws(UsageError) {
    try UsageError.check(metadata)
    headers.withLock { $0 = metadata }
  }

  /// Asks the server for its version and capabilities, which also tells whether it is there.
  ///
  /// Nothing is retried: who connects wants to know at once.
  ///
  /// - Parameter options: headers and deadline of the call.
  /// - Returns: the `GetSystemInfoResponse`, or nil from a server so old that it does not know the call.
  /// - Throws: ``ConnectError`` if the server does not answer, or answers with an error.
  public func connect(options: CallOptions = CallOptions()) async throws -> Message? {
    var options = options
    options.timeout = options.timeout ?? configuration.connectTimeout
    do {
      return try await call(Method.getSystemInfo, [], options: options, retry: .once)
    } catch let failure as RPCFailure {
      guard failure.status != .unimplemented else { return nil }
      throw ConnectError(configuration, failure: failure)
    }
  }

  /// Closes the connection; calls in flight and later ones fail with ``RPCFailure`` of status `CANCELLED`.
  public func close() {
    connection.close()
  }

  /// Makes one call of any method of any service.
  ///
  /// - Parameters:
  ///   - method: the method.
  ///   - request: the serialized request.
  ///   - options: headers and deadline of the call.
  ///   - retry: which failures are tried again; nil for ``Configuration/retry``.
  /// - Returns: the response, of the method's output type.
  /// - Throws: ``ConnectError`` if the server cannot be reached and has never answered, ``RPCFailure`` if the call did not
  ///   succeed, what the codec throws, ``ReadOnlyError`` if the client is read-only and the method is not, ``UsageError`` if a header cannot be sent, ``ProtocolError`` if the response is not of its type;
  ///   `CancellationError` if the task was cancelled.
  public func call(
    _ method: RPCMethod, _ request: [UInt8], options: CallOptions = CallOptions(), retry: RetryPolicy? = nil
  ) async throws -> Message {
    if configuration.isReadOnly { try ReadOnlyError.check(method) }
    guard !method.isStreaming else {
      throw UsageError("\(method.name) is a stream of messages, which cannot be called")
    }
    // Before a call that may take its time, who set a limit wants to know whether anybody is there.
    if configuration.connectTimeout != nil, !connection.hasAnswered, method != Method.getSystemInfo {
      _ = try await connect()
    }
    let rules = CallRules(method, request)
    let metadata = rules.metadata(client: metadata, call: options.metadata, apiKey: key.withLock { $0 })
    try UsageError.check(metadata)
    let timeout = options.timeout ?? rules.defaultTimeout
    let isShown = rules.isAnswerShown && !options.requiresDecoding
    let request = try await encoded(request, of: method)
    do {
      let response = try await (retry ?? configuration.retry).run { _ in
        try await unary(method.path, request, metadata: metadata, timeout: timeout)
      }
      let message = try await decoded(response.message, of: method, isShown: isShown)
      return try Message(method.output, unpacking: message)
    } catch let error as RPCError {
      throw failure(try await decoded(error, of: method))
    } catch let error as WireError {
      throw ProtocolError("\(method.name) was answered with what it must not be: \(error)")
    }
  }

  /// Makes one call of a method that is neither described nor Temporal's.
  ///
  /// - Parameters:
  ///   - path: the path of the method.
  ///   - request: the serialized request.
  ///   - options: headers and deadline of the call.
  /// - Returns: the serialized response.
  /// - Throws: what ``call(_:_:options:retry:)`` throws of the transport.
  func call(path: String, _ request: [UInt8], options: CallOptions) async throws -> [UInt8] {
    let metadata = CallRules.metadata(client: metadata, call: options.metadata, apiKey: key.withLock { $0 })
    try UsageError.check(metadata)
    do {
      return try await unary(path, request, metadata: metadata, timeout: options.timeout ?? .seconds(10)).message
    } catch let error as RPCError {
      throw failure(error)
    }
  }

  /// The error of a call that has been given up; in a sentence where the server answered once, and is gone.
  private func failure(_ error: RPCError) -> RPCFailure {
    let failure = RPCFailure(error)
    guard ConnectError.isUnreachable(failure.message) else { return failure }
    let reason = ConnectError(configuration, failure: failure).reason
    return RPCFailure(
      RPCError(
        error.code, "the connection to \(configuration.target) is lost: \(reason)", details: error.details,
        trailingMetadata: error.trailingMetadata, coreDescription: error.coreDescription))
  }

  /// Makes one attempt of a call.
  ///
  /// As long as the server has never answered, one that cannot be reached is an error of its own, and not tried again:
  /// the address is wrong, or nothing serves there, and who waits wants to know at once.
  private func unary(
    _ path: String, _ request: [UInt8], metadata: Metadata, timeout: Duration
  ) async throws -> Response {
    let start = ContinuousClock.now
    func report(_ status: StatusCode, responseSize: Int?) {
      configuration.observer?(
        CallReport(
          method: String(path[path.lastIndex(of: "/").map(path.index(after:))!...]), duration: .now - start,
          requestSize: request.count, responseSize: responseSize, status: status))
    }
    do {
      let response = try await connection.channel().unary(path, request, metadata: metadata, timeout: timeout)
      connection.noteAnswer()
      report(.ok, responseSize: response.message.count)
      return response
    } catch let error as RPCError {
      report(error.code, responseSize: nil)
      if error.code == .unavailable, !connection.hasAnswered, ConnectError.isUnreachable(error.message) {
        throw ConnectError(configuration, failure: RPCFailure(error))
      }
      if error.code != .cancelled, error.code != .deadlineExceeded { connection.noteAnswer() }
      throw error
    }
  }

  /// Builds a request and makes one call with it.
  ///
  /// - Parameters:
  ///   - method: the method.
  ///   - options: headers and deadline of the call.
  ///   - fill: sets the fields of the request.
  /// - Returns: the response.
  /// - Throws: what ``call(_:_:options:retry:)`` throws, and ``UsageError`` if a value does not fit its field.
  func call(
    _ method: RPCMethod, options: CallOptions, _ fill: (MessageBuilder) throws -> Void
  ) async throws -> Message {
    try await call(method, request(method, fill), options: options)
  }

  /// Builds a request.
  ///
  /// - Parameters:
  ///   - method: the method that the request is for.
  ///   - fill: sets the fields of the request.
  /// - Returns: the serialized request.
  /// - Throws: ``UsageError`` if a value does not fit its field, such as a text that holds a NUL.
  func request(_ method: RPCMethod, _ fill: (MessageBuilder) throws -> Void) throws -> [UInt8] {
    do {
      let builder = MessageBuilder(method.input)
      try fill(builder)
      return try builder.serialized()
    } catch let error as WireError {
      throw UsageError("\(method.name): \(error)")
    }
  }
}
