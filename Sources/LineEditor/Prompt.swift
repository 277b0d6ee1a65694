/// What stands in front of the first line of the input.
///
/// Further lines of one input have no prompt of their own: they begin at the left edge, indented by `Completeness`.
public struct Prompt: Sendable, Equatable {
  /// A piece of the prompt in one style.
  public struct Segment: Sendable, Equatable {
    /// The characters to show; control characters in it are left out.
    public var text: String
    /// Parameters of the SGR control sequence that sets the style ("1;32"), or nil for the terminal's own.
    public var style: String?

    /// Makes a piece of a prompt.
    ///
    /// - Parameters:
    ///   - text: the characters to show.
    ///   - style: parameters of an SGR control sequence ("1;32"), or nil.
    public init(_ text: String, style: String? = nil) {
      self.text = text
      self.style = style
    }
  }

  /// The pieces from left to right.
  public var segments: [Segment]

  /// Makes a prompt of styled pieces.
  ///
  /// - Parameter segments: the pieces from left to right.
  public init(_ segments: [Segment]) {
    self.segments = segments
  }

  /// Makes a prompt in one style.
  ///
  /// - Parameters:
  ///   - text: the characters to show.
  ///   - style: parameters of an SGR control sequence ("1;32"), or nil.
  public init(_ text: String, style: String? = nil) {
    self.init([Segment(text, style: style)])
  }
}

extension Prompt {
  /// Begins and ends what libedit sends to the terminal without counting it.
  static let literalMark: Unicode.Scalar = "\u{01}"

  /// What libedit is given, and what of it takes room on the screen.
  ///
  /// libedit glues a literal to the printable character that follows it: two adjacent literals must be one, and the
  /// last literal of a prompt is lost unless a character follows (prompt.c and literal.c). So a change of style is one
  /// literal, and a prompt that ends in a style gets a space to carry the way back.
  ///
  /// - Parameter styled: whether styles are used at all.
  func rendered(styled: Bool) -> (markup: [Unicode.Scalar], visible: [Unicode.Scalar]) {
    var markup: [Unicode.Scalar] = []
    var visible: [Unicode.Scalar] = []
    var current: String?
    func show(_ scalars: [Unicode.Scalar], style: String?) {
      guard !scalars.isEmpty else { return }
      if style != current {
        let reset = current == nil ? "" : "\u{1b}[0m"
        let begin = style.map { "\u{1b}[\($0)m" } ?? ""
        markup += [Self.literalMark] + (reset + begin).unicodeScalars + [Self.literalMark]
        current = style
      }
      markup += scalars
      visible += scalars
    }
    for segment in segments {
      let scalars = segment.text.unicodeScalars.filter { $0.properties.generalCategory != .control }
      show(Array(scalars), style: styled ? segment.style : nil)
    }
    if current != nil { show([" "], style: nil) }
    return (markup, visible)
  }
}
