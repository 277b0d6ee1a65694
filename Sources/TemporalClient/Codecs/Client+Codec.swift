import RPC
import Wire

extension Client {
  /// A request with its payloads encoded.
  func encoded(_ request: [UInt8], of method: RPCMethod) async throws -> [UInt8] {
    guard let codec else { return request }
    return try await CodedMessage(method.input, request).encoded(by: codec)
  }

  /// The end of a call with the payloads in its details decoded, as far as they can be: those of a failure that a worker
  /// reported.
  func decoded(_ error: RPCError, of method: RPCMethod) async throws -> RPCError {
    guard let codec, !error.details.isEmpty, let status = MessageType.named("google.rpc.Status"),
      let details = try? CodedMessage(status, error.details)
    else { return error }
    return RPCError(
      error.code, error.message, details: try await decoded(details, by: codec, of: method, isShown: true),
      trailingMetadata: error.trailingMetadata, coreDescription: error.coreDescription)
  }

  /// A response with its payloads decoded.
  ///
  /// - Parameters:
  ///   - response: the response as it came.
  ///   - method: the method that it answers.
  ///   - isShown: whether payloads that cannot be decoded are left as they are.
  func decoded(_ response: [UInt8], of method: RPCMethod, isShown: Bool) async throws -> [UInt8] {
    guard let codec else { return response }
    return try await decoded(CodedMessage(method.output, response), by: codec, of: method, isShown: isShown)
  }

  private func decoded(
    _ message: CodedMessage, by codec: any PayloadCodec, of method: RPCMethod, isShown: Bool
  ) async throws -> [UInt8] {
    let (bytes, left) = try await message.decoded(by: codec, keepingUndecoded: isShown)
    if let left {
      configuration.warn?(
        "\(left.count) of \(left.total) payloads in the answer to \(method.name) could not be decoded: \(left.reason)")
    }
    return bytes
  }
}
