import Wire

/// A question to a server's reflection service, and its answer.
///
/// The service is a stream of questions and answers. A stream of one each is what a unary call is on the wire.
/// The numbers are those of grpc/reflection/v1/reflection.proto, which v1alpha shares.
enum ReflectionCall {
  case fileContaining(symbol: String)
  case file(named: String)
  case services

  /// The paths of the service: its name today, and the one before it.
  static let paths = ["v1", "v1alpha"].map { "/grpc.reflection.\($0).ServerReflection/ServerReflectionInfo" }

  /// The serialized `ServerReflectionRequest`.
  var request: [UInt8] {
    let (number, text): (UInt8, String) =
      switch self {
      case .file(let name): (3, name)
      case .fileContaining(let symbol): (4, symbol)
      case .services: (7, "")
      }
    var length = text.utf8.count
    var bytes = [number << 3 | 2]
    while length > 0x7F {
      bytes.append(UInt8(length & 0x7F) | 0x80)
      length >>= 7
    }
    return bytes + [UInt8(length)] + Array(text.utf8)
  }

  /// What is in a serialized `ServerReflectionResponse`: the files or the names of services; nil where the server does
  /// not have what it was asked for.
  ///
  /// - Throws: ``WireError`` if the bytes are no such message.
  static func items(in response: [UInt8]) throws(WireError) -> [[UInt8]]? {
    var items: [[UInt8]] = []
    var isError = false
    var fields = WireFields(response)
    while let field = try fields.next() {
      guard case .bytes(let range) = field.value else { continue }
      switch field.number {
      case 4: items += try list(response, range)
      case 6: for service in try list(response, range) { items += try list(service, 0..<service.count) }
      case 7: isError = true
      default: break
      }
    }
    return isError ? nil : items
  }

  // The elements of field 1 of a message.
  private static func list(_ bytes: [UInt8], _ range: Range<Int>) throws(WireError) -> [[UInt8]] {
    var list: [[UInt8]] = []
    var fields = WireFields(bytes, in: range)
    while let field = try fields.next() {
      if field.number == 1, case .bytes(let range) = field.value { list.append(Array(bytes[range])) }
    }
    return list
  }
}
