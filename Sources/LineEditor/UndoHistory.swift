/// What the buffer was, to go back to. A word that is typed in one go is one step.
struct UndoHistory {
  /// A buffer and its cursor.
  struct State: Equatable {
    var text: [Unicode.Scalar] = []
    var cursor = 0
  }

  private static let limit = 100

  private var earlier: [State] = []
  private var current = State()
  private var isTyping = false

  /// Takes notice of the buffer; called before each command.
  mutating func note(_ state: State) {
    guard state.text != current.text else {
      if state.cursor != current.cursor { isTyping = false }
      current.cursor = state.cursor
      return
    }
    let isTyped =
      state.text.count == current.text.count + 1 && state.cursor == current.cursor + 1
      && !state.text[current.cursor].properties.isWhitespace
    if !isTyped || !isTyping { earlier.append(current) }
    if earlier.count > Self.limit { earlier.removeFirst() }
    isTyping = isTyped
    current = state
  }

  /// Goes back one step; nil at the first.
  mutating func undo() -> State? {
    guard let state = earlier.popLast() else { return nil }
    current = state
    isTyping = false
    return state
  }
}
