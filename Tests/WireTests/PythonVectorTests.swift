import Foundation
import Testing
import Wire

/// The same messages as Python's protobuf has them, for all types of the API and those of `wire_test.proto`.
@Suite struct PythonVectorTests {
  private struct Vector: Decodable {
    let type: String
    let binary: Data
    let json: String
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test(arguments: [1, 20_260_131]) func binaryAndJSONAgreeWithPython(seed: Int) throws {
    let vectors = try makeVectors(seed: seed)
    #expect(vectors.count > 1000)
    for vector in vectors {
      let comment: Comment = "seed \(seed), \(vector.type): \(vector.json.prefix(2000))"
      let type = try #require(messageType(vector.type), comment)
      let view = try Message(type, unpacking: Array(vector.binary)).view
      let expected = try tree(vector.json)
      #expect(try tree(view.jsonText()) == expected, comment)
      #expect(try tree(view.jsonText(style: .init(indentation: 2, isASCII: true))) == expected, comment)
      // A NUL in a string is read, but not taken from JSON, since protobuf-c could not write it.
      guard !vector.json.contains(#"\u0000"#) else {
        #expect(throws: WireError.self, comment) { try Message(type, json: Array(vector.json.utf8)) }
        continue
      }
      let parsed = try Message(type, json: Array(vector.json.utf8)).view
      #expect(try tree(parsed.jsonText()) == expected, comment)
      // Python has an order of its own for the entries of a map and also writes their empty keys and values, so the
      // messages are compared, and of the bytes only the number that protobuf-c makes of them.
      let message = try view.value()
      let size = try view.serialized().count
      #expect(try parsed.value() == message, comment)
      #expect(try parsed.serialized().count == size, comment)
      #expect(try Message(type, message).view.serialized().count == size, comment)
    }
  }

  private func messageType(_ name: String) -> MessageType? {
    let prefix = "moondial.wiretest.v1."
    return name.hasPrefix(prefix) ? testType(String(name.dropFirst(prefix.count))) : MessageType.named(name)
  }

  private func tree(_ json: String) throws -> Value {
    var builder = ValueBuilder()
    try JSONDocument(parsing: json).emit(into: &builder)
    return numbersAsDoubles(try #require(builder.result))
  }

  // Python prints a double without a fraction as an integer.
  private func numbersAsDoubles(_ value: Value) -> Value {
    switch value {
    case .integer(let number): .double(Double(number))
    case .array(let elements): .array(elements.map(numbersAsDoubles))
    case .object(let entries): .object(entries.mapValues(numbersAsDoubles))
    default: value
    }
  }

  private func makeVectors(seed: Int) throws -> [Vector] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "moondial-vectors-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let types = folder.appending(path: "types.pb").path
    let output = folder.appending(path: "vectors").path
    let tests = Self.root.appending(path: "Tests")
    try run(
      "/usr/bin/protoc",
      [
        "-I", tests.appending(path: "CWireTestMessages/proto").path, "-I", Self.root.appending(path: "Protos").path,
        "-o", types, "--include_imports", "wire_test.proto", "wire_test_proto2.proto",
      ])
    let script = tests.appending(path: "WireTests/Vectors/make_vectors.py").path
    try run(Self.root.appending(path: ".venv/bin/python").path, [script, output, "\(seed)", "3", types])
    let lines = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
    return try lines.map { try JSONDecoder().decode(Vector.self, from: Data($0.utf8)) }
  }

  private func run(_ program: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(program) \(arguments)")
  }
}
