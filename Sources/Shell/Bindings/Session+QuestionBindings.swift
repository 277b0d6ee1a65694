import LineEditor
import LuaRuntime

extension Session {
  /// Binds what `stdlib/completion/answers.lua` calls.
  func bindQuestions(on stack: LuaStack) {
    // next_question(): an operation; "completion" or "hint", the text, the count of bytes before the cursor, and of a
    // completion what to answer it by; nothing when it is cancelled.
    vm.bind("next_question", on: stack) { [unowned self] stack in
      start(on: stack) { [questions] in
        let question = await questions.next()
        return { stack in
          switch question {
          case .completion(let request):
            stack.push("completion")
            stack.push(request.text)
            stack.push(request.cursor)
            stack.push(object: CompletionRequestObject(request), type: .completionRequest)
            return 4
          case .hint(let text, let cursor):
            stack.push("hint")
            stack.push(text)
            stack.push(cursor)
            return 3
          case nil: return 0
          }
        }
      }
    }
    // answer_completion(request, first, candidates): where the word begins, from 1, and a list of tables.
    vm.bind("answer_completion", on: stack) { [questions] stack in
      let request = try stack.object(at: 1, as: CompletionRequestObject.self).request
      let start = try stack.integer(at: 2) - 1
      guard (0...request.cursor).contains(start) else { throw LuaArgumentError("the word does not begin there") }
      var candidates: [Completion] = []
      for index in 1... {
        stack.pushElement(index, of: 3)
        defer { stack.pop() }
        if stack.isNil(at: -1) { break }
        candidates.append(try Self.candidate(CallArguments(stack: stack, index: stack.count)))
      }
      questions.deliver(CompletionList(candidates, replacing: start..<request.cursor), for: request)
      return 0
    }
    // answer_hint(text, cursor, hint)
    vm.bind("answer_hint", on: stack) { [questions] stack in
      questions.deliver(
        hint: try stack.optionalString(at: 3), for: try stack.string(at: 1), cursor: try stack.integer(at: 2))
      return 0
    }
  }

  private static func candidate(_ fields: CallArguments) throws -> Completion {
    Completion(
      try fields.requiredString("text"), display: try fields.string("display"), detail: try fields.string("detail"),
      suffix: try fields.string("suffix") ?? "")
  }
}

/// What Lua holds of a question until it is answered.
private final class CompletionRequestObject {
  let request: CompletionRequest
  init(_ request: CompletionRequest) { self.request = request }
}
