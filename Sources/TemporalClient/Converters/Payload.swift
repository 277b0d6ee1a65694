/// One value as the server keeps it: bytes, and what is said about them.
public struct Payload: Sendable {
  /// What is said about the data, in order; `encoding` tells how to read it.
  public var metadata: [(key: String, value: [UInt8])]

  /// The value, encoded.
  public var data: [UInt8]

  /// Creates a payload.
  ///
  /// - Parameters:
  ///   - metadata: what is said about the data; every key once.
  ///   - data: the value, encoded.
  public init(metadata: [(key: String, value: [UInt8])], data: [UInt8]) {
    self.metadata = metadata
    self.data = data
  }

  /// Creates a payload of which only the encoding is said.
  ///
  /// - Parameters:
  ///   - encoding: how to read the data, such as `json/plain`.
  ///   - data: the value, encoded.
  public init(encoding: String, data: [UInt8]) {
    self.init(metadata: [("encoding", Array(encoding.utf8))], data: data)
  }

  /// What is said under a key.
  ///
  /// - Parameter key: a key of the metadata.
  /// - Returns: the text, or nil if nothing is said; bytes that are not UTF-8 appear as U+FFFD.
  public func metadataText(_ key: String) -> String? {
    metadata.first { $0.key == key }.map { String(decoding: $0.value, as: UTF8.self) }
  }

  /// How to read the data; `<unknown>`, as in the Python SDK, if it is not said.
  public var encoding: String { metadataText("encoding") ?? "<unknown>" }
}

extension Payload: Equatable {
  /// Two payloads are equal if they hold the same data and the same metadata, in whatever order.
  public static func == (left: Payload, right: Payload) -> Bool {
    left.data == right.data && left.metadata.count == right.metadata.count
      && left.metadata.sorted { $0.key < $1.key }.elementsEqual(right.metadata.sorted { $0.key < $1.key }) {
        $0.key == $1.key && $0.value == $1.value
      }
  }
}
