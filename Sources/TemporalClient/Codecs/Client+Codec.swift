import RPC
import Wire

extension Client {
  /// A request with its payloads encoded.
  func encoded(_ request: [UInt8], of method: RPCMethod) async throws -> [UInt8] {
    guard let codec else { return request }
    return try await CodedMessage(method.input, request).encoded(by: codec)
  }

  /// A response with its payloads decoded.
  ///
  /// - Parameters:
  ///   - response: the response as it came.
  ///   - method: the method that it answers.
  ///   - isShown: whether payloads that cannot be decoded are left as they are.
  func decoded(_ response: [UInt8], of method: RPCMethod, isShown: Bool) async throws -> [UInt8] {
    guard let codec else { return response }
    let message = try CodedMessage(method.output, response)
    let (bytes, left) = try await message.decoded(by: codec, keepingUndecoded: isShown)
    if let left {
      configuration.warn?(
        "\(left.count) of \(left.total) payloads in the answer to \(method.name) could not be decoded: \(left.reason)")
    }
    return bytes
  }
}
