import CJansson

/// A parsed JSON text; never changed after it was parsed.
///
/// Integers and numbers with a fraction or an exponent stay apart: `1` is an integer, `1.0` a double. An integer past
/// 64 bits becomes a double, as in Lua. `NaN` and `Infinity` are no JSON and are errors, as are half surrogate pairs
/// and a NUL in a key; a NUL in a string is kept.
public struct JSONDocument: Sendable {
  let tree: JSONTree

  /// Parses a text of any JSON value, with nothing but white space around it.
  ///
  /// - Parameters:
  ///   - text: The text in UTF-8.
  ///   - limits: What the text may be.
  /// - Throws: A ``JSONError`` with the place of the fault.
  public init(parsing text: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    let scan = try JSONScan(text, depthLimit: limits.depth)
    var flags = Int(JSON_DECODE_ANY | JSON_ALLOW_NUL)
    if limits.rejectsDuplicateKeys { flags |= Int(JSON_REJECT_DUPLICATES) }
    var error = json_error_t()
    let text = scan.withWideIntegersAsReals(text)
    // One byte more than is read: an empty array may have no address, and jansson takes NULL for a caller's mistake.
    let root = (text + [0]).withUnsafeBytes { bytes in
      json_loadb(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), text.count, flags, &error)
    }
    guard let root else { throw Self.error(error) }
    tree = JSONTree(root)
  }

  /// Parses a text of any JSON value.
  ///
  /// - Throws: A ``JSONError`` with the place of the fault.
  public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), limits: limits)
  }

  /// The whole value.
  public var root: JSONValue { JSONValue(tree: tree, node: tree.root) }

  /// Hands the whole value to a sink.
  public func emit(into sink: inout some ValueSink) throws { try root.emit(into: &sink) }

  private static func error(_ error: json_error_t) -> JSONError {
    let message = withUnsafeBytes(of: error.text) { bytes in
      // The last byte of the text holds jansson's error code, behind a NUL.
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return JSONError(message: message, line: Int(error.line), column: Int(error.column), offset: Int(error.position))
  }
}

/// Owns a value of jansson's and all below it.
final class JSONTree {
  let root: UnsafeMutablePointer<json_t>

  init(_ root: UnsafeMutablePointer<json_t>) { self.root = root }

  deinit { json_decref(root) }
}

// Nothing in the tree is changed after parsing: reading takes no references, and the one reference is given back last.
extension JSONTree: @unchecked Sendable {}
