import HTTP
import Wire

/// A codec that a server does the work of, by the protocol of Temporal's Web UI and CLI.
///
/// All payloads of a message are posted as proto-JSON to `/encode` or `/decode` below the endpoint, and come back so.
public struct RemoteCodec: PayloadCodec {
  /// Where the server is, and what it is told.
  public struct Settings: Sendable {
    /// The URL of the server, in which `{namespace}` stands for the namespace.
    public var endpoint: String
    /// The `Authorization` header; nil for none.
    public var authorization: String?
    /// Other headers.
    public var headers: [(name: String, value: String)] = []
    /// How long one request may take.
    public var timeout = Duration.seconds(30)
    /// The CAs that may have signed the server's certificate; nil for those that the system trusts.
    public var serverRootCACertificate: TLSSettings.Source?

    /// Creates settings with the endpoint alone.
    ///
    /// - Parameter endpoint: the URL of the server.
    public init(endpoint: String) { self.endpoint = endpoint }
  }

  private enum Direction: String {
    case encode, decode
  }

  private let endpoint: String
  private let headers: [(name: String, value: String)]
  private let timeout: Duration
  private let trust: HTTPRequest.Trust

  /// Where it is, without a user's name and password, or what a query may hold.
  public let name: String

  /// Creates the codec; nothing is sent.
  ///
  /// - Parameters:
  ///   - settings: where the server is, and what it is told.
  ///   - namespace: the namespace of the payloads, which the server is told.
  /// - Throws: ``UsageError`` if the endpoint is no URL, if a header cannot be sent, or if the certificate cannot be read.
  public init(_ settings: Settings, namespace: String) throws(UsageError) {
    var endpoint = settings.endpoint.replacing("{namespace}", with: namespace)
    if endpoint.hasSuffix("/") { endpoint.removeLast() }
    try Self.validate(endpoint)
    self.endpoint = endpoint
    name = "the codec at \(Self.publicPart(endpoint))"
    var headers = [("Content-Type", "application/json"), ("X-Namespace", namespace)]
    var given = settings.headers
    if let authorization = settings.authorization { given.append(("Authorization", authorization)) }
    for header in given {
      headers.removeAll { $0.0.lowercased() == header.name.lowercased() }
      headers.append(header)
    }
    for header in headers { try Self.validate(header) }
    self.headers = headers
    timeout = settings.timeout
    if let certificate = settings.serverRootCACertificate {
      trust = .certificates(try certificate.pem("CA certificate of the codec's server", label: "CERTIFICATE"))
    } else {
      trust = .system
    }
  }

  /// Has the server encode payloads.
  public func encode(_ payloads: [Payload]) async throws -> [Payload] { try await post(payloads, .encode) }

  /// Has the server decode payloads.
  public func decode(_ payloads: [Payload]) async throws -> [Payload] { try await post(payloads, .decode) }

  private func post(_ payloads: [Payload], _ direction: Direction) async throws -> [Payload] {
    let builder = MessageBuilder(Self.payloadsType)
    for payload in payloads { payload.write(into: builder.append("payloads")) }
    let request = HTTPRequest(
      posting: try builder.finished().view.json(), to: "\(endpoint)/\(direction.rawValue)", headers: headers,
      timeout: timeout, trust: trust)
    let response: HTTPResponse
    do {
      response = try await HTTPClient.shared.send(request)
    } catch let error as HTTPError {
      throw CodecError("\(name) gave no answer to /\(direction.rawValue): \(error)", isAboutPayloads: false)
    }
    guard response.status == 200 else { throw refusal(response, direction) }
    do {
      let answer = MessageBuilder(Self.payloadsType)
      try answer.fill(from: try JSONDocument(parsing: response.body).root, ignoringUnknownFields: true)
      return try answer.finished().view.messages("payloads").map { Payload(view: $0) }
    } catch {
      throw CodecError(
        "\(name) answered /\(direction.rawValue) with what is not a list of payloads: \(error)", isAboutPayloads: true)
    }
  }

  /// The status, and what the server says of it, as far as that is a line of text.
  private func refusal(_ response: HTTPResponse, _ direction: Direction) -> CodecError {
    let text = String(decoding: response.body.prefix(300), as: UTF8.self)
    let line = text.drop { $0.isWhitespace }.prefix { !$0.isNewline }
    let words = line.isEmpty || line.hasPrefix("<") ? "" : ": \(line)"
    return CodecError(
      "\(name) answered /\(direction.rawValue) with status \(response.status)\(words)",
      isAboutPayloads: [400, 413, 422, 500].contains(response.status))
  }

  private static let payloadsType: MessageType = {
    guard let type = MessageType.named("temporal.api.common.v1.Payloads") else {
      preconditionFailure("the API has no Payloads")
    }
    return type
  }()

  private static func validate(_ endpoint: String) throws(UsageError) {
    let scheme = ["http://", "https://"].first { endpoint.lowercased().hasPrefix($0) }
    guard let scheme, endpoint.utf8.count > scheme.utf8.count,
      endpoint.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else {
      throw UsageError("the endpoint of the codec is no URL such as http://localhost:8888/codec")
    }
  }

  private static func validate(_ header: (name: String, value: String)) throws(UsageError) {
    let isName = !header.name.isEmpty && header.name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3A }
    // Of the value nothing is told: it may be a secret.
    guard isName, header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
      throw UsageError("a header of the codec has a line end or another character that no header has")
    }
  }

  private static func publicPart(_ endpoint: String) -> String {
    guard let slashes = endpoint.firstRange(of: "://") else { return endpoint }
    let rest = endpoint[slashes.upperBound...].prefix { $0 != "?" && $0 != "#" }
    let host = rest.prefix { $0 != "/" }
    let user = host.lastIndex(of: "@").map(host.index(after:)) ?? host.startIndex
    return String(endpoint[..<slashes.upperBound] + rest[user...])
  }
}

extension RemoteCodec: CustomStringConvertible, CustomReflectable {
  /// Where it is.
  public var description: String { name }
  /// No children: a dump shows the description alone.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension RemoteCodec.Settings: CustomStringConvertible, CustomReflectable {
  /// Nothing of what may be secret.
  public var description: String { "a remote codec" }
  /// No children: a dump shows the description alone.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
