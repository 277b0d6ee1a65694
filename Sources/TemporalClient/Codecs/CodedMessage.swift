import Wire

/// A serialized message, whose payloads a codec encodes or decodes.
struct CodedMessage {
  private let type: MessageType
  private let embedded: EmbeddedMessages

  /// What the codec of the Python SDK is not given either: search attributes, by which the server finds workflows, and
  /// headers. Nor does it see what the server itself has to understand: the values that counts are grouped by, and what
  /// tells it how to run workers.
  private static let payloads = MessageSelection(
    of: "temporal.api.common.v1.Payload",
    passingOver: [
      "temporal.api.common.v1.Header", "temporal.api.common.v1.SearchAttributes",
      "temporal.api.compute.v1.ComputeProvider", "temporal.api.compute.v1.ComputeScaler",
      "temporal.api.workflowservice.v1.CountActivityExecutionsResponse.AggregationGroup",
      "temporal.api.workflowservice.v1.CountNexusOperationExecutionsResponse.AggregationGroup",
      "temporal.api.workflowservice.v1.CountSchedulesResponse.AggregationGroup",
      "temporal.api.workflowservice.v1.CountWorkflowExecutionsResponse.AggregationGroup",
    ],
    marking: "temporal.api.failure.v1.Failure")

  /// - Parameters:
  ///   - type: the type of the message.
  ///   - bytes: the message.
  /// - Throws: `WireError` if the bytes are not of the type.
  init(_ type: MessageType, _ bytes: [UInt8]) throws(WireError) {
    self.type = type
    embedded = try EmbeddedMessages(Self.payloads, in: bytes, of: type)
  }

  /// Encodes all payloads, by one call of the codec.
  ///
  /// - Returns: the message with them.
  func encoded(by codec: any PayloadCodec) async throws -> [UInt8] {
    let originals = try read()
    guard !originals.isEmpty else { return embedded.replacing(with: []) }
    return try replacing(originals, with: Self.same(originals.count, await codec.encode(originals), codec))
  }

  /// Decodes all payloads, by one call of the codec where all goes well.
  ///
  /// - Parameters:
  ///   - codec: the codec.
  ///   - keepsUndecoded: whether a payload that cannot be decoded is left as it is. One within a failure always is, for
  ///     the failure matters more than its details.
  /// - Returns: the message with the decoded payloads; how many were left, and the first reason.
  /// - Throws: what the codec throws, if a payload must not be left as it is.
  func decoded(
    by codec: any PayloadCodec, keepingUndecoded keepsUndecoded: Bool
  ) async throws -> (bytes: [UInt8], left: Undecoded?) {
    let originals = try read()
    guard !originals.isEmpty else { return (embedded.replacing(with: []), nil) }
    do {
      return (try replacing(originals, with: Self.same(originals.count, await codec.decode(originals), codec)), nil)
    } catch {
      try Task.checkCancellation()
      guard keepsUndecoded || originals.indices.allSatisfy(embedded.isMarked) else { throw error }
      var rest = Salvage(codec: codec, payloads: originals)
      try await rest.split(originals.indices, after: error)
      let left = Undecoded(count: rest.left, total: originals.count, reason: rest.reason)
      return (try replacing(originals, with: rest.payloads), left)
    }
  }

  private func read() throws(WireError) -> [Payload] {
    var payloads: [Payload] = []
    for place in 0..<embedded.count {
      payloads.append(Payload(view: try Message(Self.payloads.wanted, unpacking: Array(embedded[place])).view))
    }
    return payloads
  }

  /// What the codec leaves alone keeps its bytes, with all that a `Payload` does not hold.
  private func replacing(_ originals: [Payload], with payloads: [Payload]) throws -> [UInt8] {
    let replacements = try zip(originals, payloads).map { (original, payload) -> [UInt8]? in
      guard original != payload else { return nil }
      let builder = MessageBuilder(Self.payloads.wanted)
      payload.write(into: builder)
      return try builder.serialized()
    }
    return embedded.replacing(with: replacements)
  }

  fileprivate static func same(_ count: Int, _ payloads: [Payload], _ codec: any PayloadCodec) throws -> [Payload] {
    guard payloads.count == count else {
      throw CodecError(
        "\(codec.name) made \(payloads.count) payloads of \(count); it has to give back as many as it is given",
        isAboutPayloads: true)
    }
    return payloads
  }
}

/// Payloads that were left as they are.
struct Undecoded {
  let count: Int
  let total: Int
  let reason: String
}

/// Finds the payloads that cannot be decoded among those that can, by halving.
private struct Salvage {
  /// How many calls of the codec may fail, so that one that decodes nothing is soon left alone.
  private static let patience = 32

  let codec: any PayloadCodec
  var payloads: [Payload]
  var left = 0
  var reason = ""
  private var failures = 0

  init(codec: any PayloadCodec, payloads: [Payload]) {
    self.codec = codec
    self.payloads = payloads
  }

  mutating func split(_ range: Range<Int>, after error: any Error) async throws {
    if reason.isEmpty { reason = (error as? any TemporalError)?.message ?? String(describing: error) }
    failures += 1
    guard range.count > 1, failures < Self.patience, (error as? CodecError)?.isAboutPayloads ?? true else {
      left += range.count
      return
    }
    let middle = range.lowerBound + range.count / 2
    for half in [range.lowerBound..<middle, middle..<range.upperBound] {
      do {
        let part = Array(payloads[half])
        payloads.replaceSubrange(half, with: try CodedMessage.same(part.count, await codec.decode(part), codec))
      } catch {
        try Task.checkCancellation()
        try await split(half, after: error)
      }
    }
  }
}
