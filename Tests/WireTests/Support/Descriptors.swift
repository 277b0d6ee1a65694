import Testing
import Wire

// Descriptors as a server gives them, written out: the numbers are those of google/protobuf/descriptor.proto.

private func text(_ number: Int, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }
private func number(_ number: Int, _ value: Int) -> [UInt8] {
  varint(UInt64(number) << 3) + varint(UInt64(bitPattern: Int64(value)))
}

/// A file of a package: messages, enums and services.
func fileDescriptor(
  _ name: String, package: String = "moondial.reflected.v1", syntax: String = "proto3",
  imports: [String] = [], options: [UInt8] = [], _ declarations: [[UInt8]]
) -> [UInt8] {
  text(1, name) + (package.isEmpty ? [] : text(2, package)) + imports.flatMap { text(3, $0) }
    + declarations.flatMap { $0 } + field(8, options) + text(12, syntax)
}

/// A message with its fields, made by ``fieldDescriptor(_:_:_:label:type:oneof:options:)``.
func messageDescriptor(
  _ name: String, _ fields: [[UInt8]] = [], nested: [[UInt8]] = [], enums: [[UInt8]] = [], oneofs: Int = 0,
  isMapEntry: Bool = false, tag: Int = 4
) -> [UInt8] {
  field(
    tag,
    text(1, name) + fields.flatMap { field(2, $0) } + nested.flatMap { $0 } + enums.flatMap { $0 }
      + (isMapEntry ? field(7, number(7, 1)) : [])
      + (0..<oneofs).flatMap { field(8, text(1, "oneof_\($0)")) })
}

/// A field: its label is 1 for one value, 3 for a list.
func fieldDescriptor(
  _ name: String, _ fieldNumber: Int, _ type: Int, of typeName: String? = nil, label: Int = 1, oneof: Int? = nil,
  isProto3Optional: Bool = false, options: [UInt8] = []
) -> [UInt8] {
  text(1, name) + number(3, fieldNumber) + number(4, label) + number(5, type) + (typeName.map { text(6, $0) } ?? [])
    + (options.isEmpty ? [] : field(8, options)) + (oneof.map { number(9, $0) } ?? [])
    + (isProto3Optional ? number(17, 1) : [])
}

/// The numbers of the types that the tests use.
enum DescribedType {
  static let int64 = 3, int32 = 5, bool = 8, string = 9, group = 10, message = 11, bytes = 12, enumeration = 14
}

func enumDescriptor(_ name: String, _ values: [(String, Int)], tag: Int = 5) -> [UInt8] {
  field(tag, text(1, name) + values.flatMap { field(2, text(1, $0.0) + number(2, $0.1)) })
}

/// A service with a method for each type, which takes and gives it.
func serviceDescriptor(_ name: String, _ types: [(method: String, type: String)], isStreaming: Bool = false) -> [UInt8]
{
  let methods = types.flatMap { method, type in
    field(2, text(1, method) + text(2, type) + text(3, type) + (isStreaming ? number(6, 1) : []))
  }
  return field(6, text(1, name) + methods)
}

/// The option of a list that is not packed, or is.
func packedOption(_ isPacked: Bool) -> [UInt8] { number(2, isPacked ? 1 : 0) }

/// The features of a file or field in an edition: 1 records absence, 2 does not.
func presenceFeature(_ presence: Int, option: Int) -> [UInt8] { field(option, number(1, presence)) }

/// A message type that a server describes in one file.
func reflectedType(
  _ declarations: [[UInt8]], named name: String = "T", syntax: String = "proto3"
) throws -> MessageType {
  let service = serviceDescriptor("Probe", [(method: "Try", type: ".moondial.reflected.v1.\(name)")])
  let file = fileDescriptor("test.proto", syntax: syntax, declarations + [service])
  return try reflectedMethod([file]).input
}

/// The method `Try` of the service `Probe` that files describe; an error if they describe it as it cannot be.
func reflectedMethod(_ files: [[UInt8]], package: String = "moondial.reflected.v1") throws -> RPCMethod {
  let service = try #require(try Schema.of(files).service(named: package + ".Probe"))
  if let problem = service.problem(withMethod: "Try") { throw problem }
  return try #require(service.method(named: "try"))
}
