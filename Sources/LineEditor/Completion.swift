/// A text that could stand at the cursor.
public struct Completion: Sendable, Equatable {
  /// What takes the place of the part that is completed.
  public var text: String
  /// What the list shows; nil for `text`.
  public var display: String?
  /// A few words about it, beside it in the list.
  public var detail: String?
  /// What follows `text` when it is the only candidate, such as "(".
  public var suffix: String

  /// Makes a candidate.
  ///
  /// - Parameters:
  ///   - text: what takes the place of the part that is completed.
  ///   - display: what the list shows; nil for `text`.
  ///   - detail: a few words about it, beside it in the list.
  ///   - suffix: what follows `text` when it is the only candidate.
  public init(_ text: String, display: String? = nil, detail: String? = nil, suffix: String = "") {
    self.text = text
    self.display = display
    self.detail = detail
    self.suffix = suffix
  }
}

/// The question that Tab asks.
public struct CompletionRequest: Sendable, Equatable {
  /// The buffer, possibly of several lines.
  public var text: String
  /// Where the cursor is, as an offset into the UTF-8 form of `text`.
  public var cursor: Int
  /// Tells requests apart: it grows with each.
  public let number: Int
}

/// The candidates for one place in the buffer.
public struct CompletionList: Sendable, Equatable {
  /// In the order in which the list shows them.
  public var candidates: [Completion]
  /// What a candidate takes the place of, as offsets into the UTF-8 form of the request's text.
  public var replacing: Range<Int>

  /// Makes a list of candidates.
  ///
  /// - Parameters:
  ///   - candidates: in the order in which the list shows them.
  ///   - replacing: what a candidate takes the place of, as offsets into the UTF-8 form of the request's text.
  public init(_ candidates: [Completion], replacing: Range<Int>) {
    self.candidates = candidates
    self.replacing = replacing
  }
}

/// What the host says to a request.
public enum CompletionAnswer: Sendable, Equatable {
  /// The candidates.
  case ready(CompletionList)
  /// They come by `CompletionInbox.deliver` when somebody else has found them. Until then the user goes on typing.
  case later
}
