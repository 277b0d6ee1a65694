import LuaRuntime
import TemporalClient

extension Session {
  /// Binds what `stdlib/codec.lua` calls.
  func bindCodecs(on stack: LuaStack) {
    // answer_codec(request, payloads): an operation that goes on with what the request interrupted.
    vm.bind("answer_codec", on: stack) { [unowned self] stack in
      let request = try stack.object(at: 1, as: CodecRequest.self)
      let payloads = try Self.payloads(at: 2, on: stack)
      return goOn(request, with: .success(payloads), on: stack)
    }
    // fail_codec(request, text): the same where the codec raised an error.
    vm.bind("fail_codec", on: stack) { [unowned self] stack in
      let request = try stack.object(at: 1, as: CodecRequest.self)
      let text = try stack.withBytes(at: 2) { String(decoding: $0, as: UTF8.self) }
      return goOn(request, with: .failure(CodecError(text, isAboutPayloads: true)), on: stack)
    }
    // drop_codec(request): ends what the request interrupted.
    vm.bind("drop_codec", on: stack) { stack in
      try stack.object(at: 1, as: CodecRequest.self).conversation.cancel()
      return 0
    }
  }

  private func goOn(
    _ request: CodecRequest, with answer: Result<[Payload], any Error>, on stack: LuaStack
  ) -> Int {
    vm.startOperation(on: stack) {
      request.answer(answer)
      return try await convertingErrors(request.conversation.next)
    }
  }

  private static func payloads(at index: Int, on stack: LuaStack) throws -> [Payload] {
    guard stack.type(at: index) == .table else {
      throw LuaKindError("TypeError", "a codec must return a list of payloads, not a \(stack.type(at: index).name)")
    }
    return try (0..<stack.length(at: index)).map { position in
      stack.pushElement(position + 1, of: index)
      defer { stack.pop() }
      do {
        return try stack.writtenPayload(at: -1)
      } catch {
        throw LuaKindError("TypeError", "a codec must return a list of payloads; element \(position + 1): \(error)")
      }
    }
  }
}
