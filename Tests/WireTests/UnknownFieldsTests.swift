import Testing
import Wire

/// What a newer version of the API says goes with what it belongs to.
@Suite struct UnknownFieldsTests {
  private let unknown: [UInt8] = field(500, [1, 2, 3])

  private func numbers(_ view: MessageView?) -> [Int]? { view?.unknownFields.map(\.number) }

  @Test func aNewVersionOfAMessageKeepsThem() throws {
    let old = try unpack("Scalars", field(17, field(2, [0x61]) + unknown) + unknown)
    let builder = MessageBuilder(testType("Scalars"))
    builder.message("f_message").set("text", "b")
    builder.keepUnknownFields(of: old)
    let new = try builder.finished().view
    #expect(numbers(new) == [500])
    #expect(numbers(new.message("f_message")) == [500])
    #expect(new.message("f_message")?.string("text") == "b")
  }

  @Test func whatIsGoneTakesThemAlong() throws {
    let old = try unpack("Scalars", field(17, unknown))
    let builder = MessageBuilder(testType("Scalars"))
    builder.keepUnknownFields(of: old)
    #expect(try builder.serialized() == [])
  }

  @Test func elementsOfListsAndMapsKeepThemWhileTheyAreWhatTheyWere() throws {
    let request = try apiType("common.v1.Payloads")
    func payload(_ data: String, _ more: [UInt8] = []) -> [UInt8] { field(1, field(2, Array(data.utf8)) + more) }
    let old = try Message(request, unpacking: payload("a", unknown) + payload("b", unknown)).view
    let builder = MessageBuilder(request)
    for data in ["b", "new", "a", "b"] { builder.append("payloads").set("data", Array(data.utf8)) }
    builder.keepUnknownFields(of: old)
    #expect(try builder.finished().view.messages("payloads").map(\.unknownFields.count) == [1, 0, 1, 1])

    let memo = try apiType("common.v1.Memo")
    func entry(_ key: String, _ data: String) -> [UInt8] {
      field(1, field(1, Array(key.utf8)) + field(2, field(2, Array(data.utf8)) + unknown))
    }
    let before = try Message(memo, unpacking: entry("same", "a") + entry("other", "b")).view
    let after = MessageBuilder(memo)
    after.mapEntry("fields", key: "other").set("data", Array("c".utf8))
    after.mapEntry("fields", key: "same").set("data", Array("a".utf8))
    after.keepUnknownFields(of: before)
    let entries = try after.finished().view.mapEntries("fields")
    #expect(entries.map { [$0.key: $0.message.unknownFields.count] } == [["other": 0], ["same": 1]])
  }

  @Test func fieldsAreComparedWithoutThem() throws {
    func scalars(_ bytes: [UInt8]) throws -> MessageView { try unpack("Scalars", bytes) }
    let one = try scalars(field(15, [0x61]) + field(17, field(2, [0x62])))
    #expect(one.isEqual(to: try scalars(field(17, field(2, [0x62]) + unknown)), in: "f_message"))
    #expect(!one.isEqual(to: try scalars(field(17, field(2, [0x63]))), in: "f_message"))
    #expect(!one.isEqual(to: try scalars([]), in: "f_message"))
    #expect(one.isEqual(to: try scalars(field(15, [0x61])), in: "f_string"))
    #expect(!one.isEqual(to: try scalars(field(15, [0x62])), in: "f_string"))
    #expect(one.isEqual(to: try scalars([]), in: "f_bytes"))

    let memo = try apiType("common.v1.Memo")
    func fields(_ keys: [String]) throws -> MessageView {
      try Message(memo, unpacking: keys.flatMap { field(1, field(1, Array($0.utf8)) + field(2, [])) }).view
    }
    #expect(try fields(["a", "b"]).isEqual(to: fields(["b", "a"]), in: "fields"))
    #expect(try !fields(["a", "b"]).isEqual(to: fields(["a", "c"]), in: "fields"))
    #expect(try !fields(["a", "b"]).isEqual(to: fields(["a"]), in: "fields"))
  }
}
