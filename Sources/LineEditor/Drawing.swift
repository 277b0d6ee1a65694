/// What the editor has drawn, and what it worked out for it.
struct Drawing {
  /// What is on the screen, from the prompt down.
  var shown = Window()
  /// The first row of the frame that is on the screen, when it is taller than that.
  var top = 0
  /// Whether the entry stands there for good.
  var isFinished = false
  /// The list that Tab shows below the buffer.
  var menu: CompletionMenu?

  /// The text for which `styles` were asked, and those.
  var styledText: [Unicode.Scalar] = []
  var styles: [String] = []
  /// The text and cursor for which `hint` was asked, and that.
  var hintedText: [Unicode.Scalar]?
  var hintedCursor = 0
  var hint: String?
}
