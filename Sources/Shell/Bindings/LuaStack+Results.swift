import LuaRuntime
import TemporalClient
import Wire

extension LuaStack {
  /// Pushes the value that a call brought: nil where there is none.
  ///
  /// A result of several payloads is that of a workflow that breaks the SDKs' rules; its first one counts.
  ///
  /// - Parameter raw: whether to push the payload itself.
  /// - Returns: the count of results.
  func push(result payloads: [Payload], raw: Bool) throws -> Int {
    guard let payload = payloads.first else {
      pushNil()
      return 1
    }
    if raw {
      push(payload)
    } else {
      do { try push(decoding: payload) } catch { throw LuaTemporalError(error: error) }
    }
    return 1
  }

  /// Pushes the items of a page as a list, the token of the next page, or nil after the last one, and the message that
  /// has the items.
  ///
  /// - Parameters:
  ///   - list: the field with the items.
  ///   - holder: the message with that field; nil where the page is empty.
  ///   - response: the message with the token.
  /// - Returns: the count of results.
  func push(page list: String, of holder: MessageView?, tokenOf response: MessageView) throws -> Int {
    let items = holder?.messages(list)
    pushTable(elements: items?.count ?? 0)
    if let items {
      for index in items.indices {
        try push(items[index])
        setElement(index + 1, of: -2)
      }
    }
    let token = response.bytes("next_page_token")
    if token.isEmpty { pushNil() } else { push(token) }
    push(object: MessageObject(holder ?? response), type: .message)
    return 3
  }

  /// Pushes those lists of a description that may have failures in them, with error values for those; nil if all are
  /// empty.
  ///
  /// - Parameter description: a `DescribeWorkflowExecutionResponse`.
  func push(failingOf description: MessageView) throws {
    let lists = ["pending_activities", "pending_nexus_operations", "callbacks"].filter(description.has)
    guard !lists.isEmpty else { return pushNil() }
    pushTable(fields: lists.count)
    for name in lists {
      let list = description.messages(name)
      push(name)
      pushTable(elements: list.count)
      for (index, view) in list.enumerated() {
        var sink = LuaValueSink(self, failures: .errors)
        try view.emit(into: &sink)
        setElement(index + 1, of: -2)
      }
      pushMetatable(.jsonArray)
      setMetatable(of: -2)
      setEntry(of: -3)
    }
  }
}
