import Wire

/// A call was refused because the client is to read only; nothing was sent.
public struct ReadOnlyError: TemporalError {
  /// The name of the RPC.
  public let method: String

  /// A name of this library.
  public var kind: String { "ReadOnlyError" }
  /// Which call would change something.
  public var message: String { "this client is read-only, and \(method) changes the server's state" }

  /// Lets a method pass that only reads.
  ///
  /// - Parameter method: the method to be called.
  /// - Throws: ``ReadOnlyError`` if it may change the server's state.
  static func check(_ method: RPCMethod) throws(ReadOnlyError) {
    guard method.onlyReads else { throw ReadOnlyError(method: method.name) }
  }
}

extension RPCMethod {
  /// Whether the method leaves the server's state as it is.
  ///
  /// The API names its methods by what they do, and newer ones will go on so. What is not known to read changes state:
  /// the polls of workers take the tasks that they are given.
  public var onlyReads: Bool { Self.onlyReads(name) }

  /// Whether the method with a name leaves the server's state as it is.
  ///
  /// - Parameter name: the name as in the `.proto` file.
  public static func onlyReads(_ name: String) -> Bool {
    if name.hasPrefix("Poll") { return !name.hasSuffix("TaskQueue") }
    let verbs = ["Check", "Count", "Describe", "Fetch", "Get", "List", "Query", "Scan", "Validate"]
    return verbs.contains { name.hasPrefix($0) }
  }
}
