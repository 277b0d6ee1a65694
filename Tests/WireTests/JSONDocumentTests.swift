import Testing
import Wire

/// Reading JSON, and writing it again.
@Suite struct JSONDocumentTests {
  private func value(_ text: String, limits: JSONLimits = JSONLimits()) throws -> Value {
    var builder = ValueBuilder()
    try JSONDocument(parsing: text, limits: limits).emit(into: &builder)
    return try #require(builder.result)
  }

  private func again(_ text: String, style: JSONWriter.Style = .init()) throws -> String {
    var writer = JSONWriter(style: style)
    try JSONDocument(parsing: text).emit(into: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    "null", "true", "false", "0", "-1", "9223372036854775807", "-9223372036854775808", "1.0", "-0.0", "0.1", "1e+300",
    "5e-324", "1e+16", "123456.789", #""""#, #""é 世界 🌒""#, #""\"\\\b\f\n\r\t\u0000\u001f/""#, "[]", "{}", "[[],{}]",
    #"{"a":[1,2.0,{"b":null}],"":"empty key"}"#,
  ])
  func textsComeOutAsTheyWere(text: String) throws {
    #expect(try again(text) == text)
  }

  @Test func integersAndDoublesStayApart() throws {
    #expect(try value("[1, 1.0, 1e0]") == .array([.integer(1), .double(1), .double(1)]))
    #expect(try again("[1E2]") == "[100.0]")
  }

  @Test func integersPast64BitsAreDoubles() throws {
    let text = "[9223372036854775808, -9223372036854775809, 18446744073709551615, 123456789012345678901234567890]"
    let expected = [9.223372036854775808e18, -9.223372036854775809e18, 1.8446744073709551615e19, 1.2345678901234568e29]
    #expect(try value(text) == .array(expected.map(Value.double)))
    #expect(try value(#"{"9223372036854775808": "9223372036854775808"}"#)["9223372036854775808"] != nil)
    #expect(try value("[0000000000000000000.5]".replacing("0000000000000000000", with: "0")) == .array([.double(0.5)]))
    #expect(throws: JSONError.self) { try value(String(repeating: "9", count: 400)) }
    #expect(throws: JSONError.self) { try value("00000000000000000000000") }
  }

  @Test(arguments: [
    "", " ", "nul", "NaN", "Infinity", "-Infinity", "[1,]", "{\"a\":1,}", "{a:1}", "'a'", "[1 2]", "\"", "\"\\x\"",
    "\"\\ud800\"", "\"\t\"", "01", "1.", ".5", "+1", "1 2", "[", "]", "{\"a\"}", "1e400", "{\"a\\u0000\":1}", "/**/1",
  ])
  func textsThatAreNotJSON(text: String) {
    #expect(throws: JSONError.self) { try JSONDocument(parsing: text) }
  }

  @Test func bytesThatAreNotUTF8() {
    #expect(throws: JSONError.self) { try JSONDocument(parsing: [0x22, 0xFF, 0x22]) }
    #expect(throws: JSONError.self) { try JSONDocument(parsing: [0x22, 0, 0x22]) }
  }

  @Test func errorsTellThePlace() {
    let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: "{\n  \"é\": nul\n}") }
    #expect(error?.line == 2)
    #expect(error?.offset == 13)
    #expect(error?.description.contains("near 'nul' at line 2, column 10") == true, "\(String(describing: error))")
  }

  @Test func depthIsLimited() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(throws: Never.self) { try JSONDocument(parsing: nested(512)) }
    let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: "\n " + nested(513)) }
    #expect(error?.line == 2)
    #expect(error?.column == 514)
    #expect(error?.message == "arrays and objects are nested more than 512 levels deep")
    #expect(throws: JSONError.self) { try JSONDocument(parsing: nested(100_000), limits: JSONLimits(depth: .max)) }
    let deep = try JSONDocument(parsing: nested(2000), limits: JSONLimits(depth: .max))
    var writer = JSONWriter()
    try deep.emit(into: &writer)
    #expect(writer.bytes == Array(nested(2000).utf8))
    #expect(throws: Never.self) { try JSONDocument(parsing: "[\"[[[[\\\"[[[\"]", limits: JSONLimits(depth: 1)) }
    #expect(throws: JSONError.self) { try JSONDocument(parsing: "[[", limits: JSONLimits(depth: 1)) }
  }

  @Test func theLastOfTwoKeysCounts() throws {
    #expect(try value(#"{"a":1,"b":2,"a":3}"#) == .fields(["a": .integer(3), "b": .integer(2)]))
    let strict = JSONLimits(rejectsDuplicateKeys: true)
    #expect(throws: JSONError.self) { try value(#"{"a":1,"a":3}"#, limits: strict) }
    #expect(throws: Never.self) { try value(#"{"a":{"a":1}}"#, limits: strict) }
  }

  @Test func stylesOfTheWriter() throws {
    let text = #"{"a":[1,{"b":[]}],"é🌒\n":{}}"#
    let indented = "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"é🌒\\n\": {}\n}"
    #expect(try again(text, style: .init(indentation: 2)) == indented)
    #expect(try again(text, style: .init(isASCII: true)) == #"{"a":[1,{"b":[]}],"\u00e9\ud83c\udf12\n":{}}"#)
    #expect(try again("[\"\u{7F}\"]", style: .init(isASCII: true)) == #"["\u007f"]"#)
    #expect(try again("[\"\u{7F}\"]") == "[\"\u{7F}\"]")
    #expect(try again(indented) == text)
  }

  @Test func numbersAreAsShortAsTheyCanBe() throws {
    var random = SeededGenerator(seed: 42)
    for _ in 0..<2000 {
      let double = Double(bitPattern: random.next())
      guard double.isFinite else { continue }
      var writer = JSONWriter()
      try writer.double(double)
      let text = String(decoding: writer.bytes, as: UTF8.self)
      #expect(try value(text) == .double(double), "\(text)")
    }
    var strict = JSONWriter(style: .init(quotesNonFiniteNumbers: false))
    #expect(throws: WireError.self) { try strict.double(.nan) }
    var lenient = JSONWriter()
    try lenient.float(-.infinity)
    #expect(lenient.bytes == Array(#""-Infinity""#.utf8))
  }

  @Test(arguments: 1...3) func brokenTextsEndInAnError(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let original = Array(
      #"{"a":[1,-2.5e3,"x\u00e9\n"],"b":{"c":null,"d":[true,false,{}]},"e":9223372036854775808}"#.utf8)
    var valid = 0
    for _ in 0..<2000 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
      }
      if let document = try? JSONDocument(parsing: bytes) {
        valid += 1
        var writer = JSONWriter()
        #expect(throws: Never.self, "seed \(seed)") { try document.emit(into: &writer) }
        #expect(throws: Never.self, "seed \(seed)") { try JSONDocument(parsing: writer.bytes) }
      }
    }
    #expect(valid > 20)
  }
}
