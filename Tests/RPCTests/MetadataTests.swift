import RPC
import Testing

@Suite struct MetadataTests {
  @Test func keepsOrderAndRepetitions() {
    var metadata: Metadata = ["b": "1", "A": "2", "b": "3"]
    metadata.append("raw-bin", bytes: [0, 255])
    #expect(metadata.map(\.key) == ["b", "a", "b", "raw-bin"])
    #expect(metadata.all("B") == [Array("1".utf8), Array("3".utf8)])
    #expect(metadata.firstText("a") == "2")
    #expect(metadata.first("raw-bin") == [0, 255])
    #expect(metadata.first("c") == nil)
  }

  @Test func setReplacesEveryPairOfTheKey() {
    var metadata: Metadata = ["b": "1", "a": "2", "b": "3"]
    metadata.set("B", "4")
    #expect(metadata == ["a": "2", "b": "4"])
    metadata.removeAll("A")
    #expect(metadata == ["b": "4"])
    #expect(metadata.contains("b") && !metadata.contains("a"))
  }

  @Test(arguments: ["", "has space", "grpc-timeout", ":path", "tab\t", "größe", "\u{212A}elvin", "nul\0"])
  func refusesIllegalKeys(key: String) {
    var metadata: Metadata = ["fine": "1"]
    metadata.append(key, "value-of-it")
    let error = #expect(throws: RPCError.self) { try metadata.validate() }
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.hasPrefix("Illegal metadata key \"") == true, "\(String(describing: error))")
    #expect(error?.message.contains("value-of-it") == false)
  }

  @Test(arguments: ["a\nb", "a\0b", "ü", "\u{7F}"])
  func refusesValuesThatAreNotPrintable(value: String) {
    let metadata: Metadata = ["x-key": value]
    let error = #expect(throws: RPCError.self) { try metadata.validate() }
    #expect(error?.message.contains("\"x-key\"") == true)
    #expect(error?.message.contains("-bin") == true)
  }

  @Test func acceptsWhatGRPCAccepts() throws {
    var metadata: Metadata = ["x-Key.1_2": "printable ~!", "empty": ""]
    metadata.append("any-bin", bytes: Array(0...255))
    try metadata.validate()
  }

  @Test func descriptionsShowNoValues() {
    let metadata: Metadata = ["authorization": "Bearer sesame"]
    #expect("\(metadata)" == "[authorization]")
    #expect(String(reflecting: metadata) == "[authorization: 13 bytes]")
  }
}
