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
      let payloads = left.count == 1 ? "payload is" : "payloads are"
      configuration.warn?(
        "\(left.count) of \(left.of) \(payloads) left encoded in the answer to \(method.name): \(left.reason)")
    }
    return bytes
  }
}
