import LuaRuntime
import TemporalClient
import Wire

extension Session {
  /// Binds what `stdlib/message.lua` calls.
  func bindMessageJSON(on stack: LuaStack) {
    // message_json(message, list, position, keeps_payloads): the JSON that the `temporal` CLI has for a message, or for
    // that at a position of a list in it, as `json_decode` gives it.
    vm.bind("message_json", on: stack) { stack in
      var view = try stack.object(at: 1, as: MessageObject.self).view
      stack.setCount(4)
      if let list = try stack.optionalString(at: 2) {
        let items = view.messages(list)
        let index = try stack.integer(at: 3) - 1
        guard items.indices.contains(index) else { throw LuaArgumentError("\(list) has no element \(index + 1)") }
        view = items[index]
      }
      do {
        var sink = LuaValueSink(stack)
        let text = try stack.truth(at: 4) ? view.json() : view.jsonWithPayloadShorthand()
        try JSONDocument(parsing: text).emit(into: &sink)
      } catch {
        throw LuaKindError("ValueError", String(describing: error))
      }
      return 1
    }
  }
}
