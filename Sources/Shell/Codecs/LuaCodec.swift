import TemporalClient

/// A codec written in Lua, known by its number in `stdlib/codec.lua`.
struct LuaCodec: PayloadCodec {
  let number: Int
  let name: String

  func encode(_ payloads: [Payload]) async throws -> [Payload] { try await ask(.encode, payloads) }

  func decode(_ payloads: [Payload]) async throws -> [Payload] { try await ask(.decode, payloads) }

  private func ask(_ direction: CodecRequest.Direction, _ payloads: [Payload]) async throws -> [Payload] {
    // Every operation of a session is one, once there is such a codec.
    guard let conversation = CodecConversation.current else {
      throw CodecError("\(name) cannot be asked here", isAboutPayloads: false)
    }
    return try await conversation.ask(number, direction, payloads)
  }
}
