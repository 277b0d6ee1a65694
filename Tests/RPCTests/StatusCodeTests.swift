import RPC
import Testing

@Suite struct StatusCodeTests {
  @Test func namesAreThoseOfTheProtocol() {
    let names = (0...16).map { StatusCode(rawValue: $0).name }
    #expect(
      names == [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
        "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
        "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
      ])
    #expect(StatusCode.notFound.name == "NOT_FOUND")
    #expect(StatusCode.unauthenticated.name == "UNAUTHENTICATED")
  }

  @Test(arguments: [(17, "UNKNOWN(17)"), (42, "UNKNOWN(42)"), (-1, "UNKNOWN(-1)")] as [(Int32, String)])
  func numbersWithoutNameStayVisible(number: Int32, name: String) {
    #expect("\(StatusCode(rawValue: number))" == name)
  }

  @Test func descriptionsHideWhatMayBeSecret() {
    let error = RPCError(
      .notFound, "no such workflow", details: [8, 5], trailingMetadata: ["x-token": "sesame"],
      coreDescription: "file.cc")
    #expect("\(error)" == "NOT_FOUND: no such workflow")
    let debug = String(reflecting: error)
    #expect(debug.contains("x-token") && debug.contains("file.cc"))
    #expect(!debug.contains("sesame"))
    #expect("\(RPCError(.ok, ""))" == "OK")
  }
}
