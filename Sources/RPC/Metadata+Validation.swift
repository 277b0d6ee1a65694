extension Metadata {
  /// Checks that gRPC can send these pairs, so that the error names the pair at fault.
  ///
  /// Core itself would refuse the whole batch with `GRPC_CALL_ERROR_INVALID_METADATA` and say no more. The rules are
  /// those of its `validate_metadata.cc`, and of gRPC's `PROTOCOL-HTTP2.md` for the reserved names.
  ///
  /// - Throws: ``RPCError`` with ``StatusCode/invalidArgument``, naming the key. The value is never shown.
  public func validate() throws(RPCError) {
    for element in self {
      if let fault = Self.fault(inKey: element.key) {
        throw RPCError(.invalidArgument, "Illegal metadata key \(Self.quoted(element.key)): \(fault)")
      }
      if !element.key.hasSuffix("-bin"), let byte = element.value.first(where: { !(0x20...0x7E).contains($0) }) {
        throw RPCError(
          .invalidArgument,
          "Illegal value for metadata key \(Self.quoted(element.key)): byte 0x\(String(byte, radix: 16)) is not "
            + "printable ASCII; a key that ends in \"-bin\" may carry any bytes")
      }
    }
  }

  private static func fault(inKey key: String) -> String? {
    if key.isEmpty { return "it is empty" }
    if key.hasPrefix(":") || key.hasPrefix("grpc-") { return "the name is reserved" }
    let legal = key.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || [0x2D, 0x2E, 0x5F].contains($0)
    }
    return legal ? nil : "only letters, digits, \"-\", \"_\" and \".\" may occur"
  }

  private static func quoted(_ key: String) -> String {
    "\"" + key.unicodeScalars.map { $0.escaped(asASCII: true) }.joined() + "\""
  }
}
