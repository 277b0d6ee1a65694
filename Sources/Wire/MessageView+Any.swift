extension MessageType {
  /// Finds the type that the URL of a `google.protobuf.Any` names after its last slash.
  public static func named(anyURL url: String) -> MessageType? {
    url.lastIndex(of: "/").flatMap { named(String(url[url.index(after: $0)...])) }
  }
}

extension MessageView {
  /// Unpacks what a `google.protobuf.Any` holds, such as a detail of a `google.rpc.Status`.
  ///
  /// - Returns: The message, or nil when its type is not known here.
  /// - Throws: As ``Message/init(_:unpacking:memoryLimit:)`` does.
  public func unpackedAny() throws(WireError) -> Message? {
    precondition(type.facts.pointee.wellKnown == .any, "\(type) is not google.protobuf.Any")
    guard let inner = MessageType.named(anyURL: string("type_url")) else { return nil }
    return try Message(inner, unpacking: bytes("value"))
  }
}
