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
  /// What there is to show: the characters with their styles, without control characters.
  ///
  /// - Parameter styled: whether styles are used at all.
  func characters(styled: Bool) -> [(scalar: Unicode.Scalar, style: String)] {
    segments.flatMap { segment in
      segment.text.unicodeScalars.filter { $0.properties.generalCategory != .control }
        .map { ($0, styled ? segment.style ?? "" : "") }
    }
  }
}
