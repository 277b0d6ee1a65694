/// Turns payloads into others on their way to the server, as by compressing or encrypting them, and back.
///
/// A client hands it all payloads of a message at once.
public protocol PayloadCodec: Sendable {
  /// Encodes payloads.
  ///
  /// - Parameter payloads: the payloads of a request; one at least.
  /// - Returns: the encoded payloads, as many and in the same order.
  func encode(_ payloads: [Payload]) async throws -> [Payload]

  /// Decodes payloads. One that was not encoded by this codec is to be given back as it is.
  ///
  /// - Parameter payloads: the payloads of a response; one at least.
  /// - Returns: the decoded payloads, as many and in the same order.
  func decode(_ payloads: [Payload]) async throws -> [Payload]

  /// What it is, for people; nothing secret.
  var name: String { get }
}

/// Several codecs as one: they encode from the first to the last, and decode from the last to the first.
public struct ChainedCodec: PayloadCodec {
  private let codecs: [any PayloadCodec]

  /// - Parameter codecs: the codecs; the last one makes what the server sees.
  public init(_ codecs: [any PayloadCodec]) { self.codecs = codecs }

  /// Encodes with each, from the first to the last.
  public func encode(_ payloads: [Payload]) async throws -> [Payload] {
    var payloads = payloads
    for codec in codecs { payloads = try await codec.encode(payloads) }
    return payloads
  }

  /// Decodes with each, from the last to the first.
  public func decode(_ payloads: [Payload]) async throws -> [Payload] {
    var payloads = payloads
    for codec in codecs.reversed() { payloads = try await codec.decode(payloads) }
    return payloads
  }

  /// The names of all.
  public var name: String { codecs.map(\.name).joined(separator: ", ") }
}
