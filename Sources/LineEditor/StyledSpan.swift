/// A part of the buffer in one style.
public struct StyledSpan: Sendable, Equatable {
  /// Offsets into the UTF-8 form of the text.
  public var range: Range<Int>
  /// Parameters of the SGR control sequence that sets the style ("1;32").
  public var style: String

  /// Makes a part in one style.
  ///
  /// - Parameters:
  ///   - range: offsets into the UTF-8 form of the text.
  ///   - style: parameters of an SGR control sequence ("1;32").
  public init(_ range: Range<Int>, style: String) {
    self.range = range
    self.style = style
  }
}

extension StyledSpan {
  /// The style of each character of a text.
  static func styles(of text: [Unicode.Scalar], _ spans: [StyledSpan]) -> [String] {
    var rest = spans[...]
    var offset = 0
    return text.map { scalar in
      while let span = rest.first, span.range.upperBound <= offset { rest.removeFirst() }
      defer { offset += UTF8.width(scalar) }
      return rest.first.flatMap { $0.range.lowerBound <= offset ? $0.style : nil } ?? ""
    }
  }
}
