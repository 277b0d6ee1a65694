import Testing
import Wire

/// A server whose version of the API has more than is known here.
@Suite struct NewerTypesTests {
  private static let execution = "temporal.api.common.v1"

  /// The request of a method by a later `WorkflowExecution`, of which this gives fields and enums.
  private func later(
    _ fields: [[UInt8]], oneofs: Int = 0, message: String = "WorkflowExecution", package: String = execution,
    others: [[UInt8]] = []
  ) throws -> MessageType {
    let request = messageDescriptor(
      "ProbeRequest", [fieldDescriptor("inner", 1, DescribedType.message, of: ".\(package).\(message)")])
    let service = serviceDescriptor("Probe", [(method: "Try", type: ".\(package).ProbeRequest")])
    let file = fileDescriptor(
      "test.proto", package: package, [messageDescriptor(message, fields, oneofs: oneofs), request, service] + others)
    let method = try reflectedMethod([file], package: package)
    return try #require(method.input.field(named: "inner")?.messageType)
  }

  private let known = [
    fieldDescriptor("workflow_id", 1, DescribedType.string), fieldDescriptor("run_id", 2, DescribedType.string),
  ]

  @Test func aTypeWithNothingNewIsTheOneThatIsKnown() throws {
    #expect(try later(known) == apiType("common.v1.WorkflowExecution"))
    // An older server has less; that takes nothing away.
    #expect(try later([]) == apiType("common.v1.WorkflowExecution"))
  }

  @Test func aNewFieldIsAddedToThoseThatAreKnown() throws {
    let type = try later(known + [fieldDescriptor("region", 9, DescribedType.string)])
    #expect(type != (try apiType("common.v1.WorkflowExecution")))
    #expect(type.isVersion(of: try apiType("common.v1.WorkflowExecution")))
    #expect(type.fields.map(\.name.proto.string) == ["workflow_id", "run_id", "region"])
    let bytes = field(1, [0x77]) + field(9, [0x65])
    let value = Value.fields(["workflow_id": .text("w"), "region": .text("e")])
    #expect(try Message(type, unpacking: bytes).view.value() == value)
    #expect(try Message(type, value).view.serialized() == bytes)
  }

  /// Code here reads these fields by name, and trusts in what they hold.
  @Test func whatIsKnownCannotBeChanged() throws {
    let lies = [
      fieldDescriptor("workflow_id", 1, DescribedType.int64, label: 3),
      fieldDescriptor("run_id", 7, DescribedType.string), fieldDescriptor("other", 2, DescribedType.bytes),
    ]
    #expect(try later(lies) == apiType("common.v1.WorkflowExecution"))
    let time = [fieldDescriptor("text", 1, DescribedType.string), fieldDescriptor("more", 3, DescribedType.string)]
    #expect(
      try later(time, message: "Timestamp", package: "google.protobuf")
        == MessageType.named("google.protobuf.Timestamp"))
  }

  @Test func aMessageAndAnEnumDoNotTakeEachOthersPlace() throws {
    // What is known as a message, described as an enum, and the other way round.
    let payload = fieldDescriptor("a", 8, DescribedType.enumeration, of: ".temporal.api.common.v1.Payload")
    let asEnum = try later(known + [payload], others: [enumDescriptor("Payload", [("PAYLOAD_NONE", 0)])])
    #expect(asEnum.field(named: "a")?.enumType?.values.count == 1)
    let level = "temporal.api.enums.v1.EventType"
    let event = fieldDescriptor("b", 8, DescribedType.message, of: ".\(level)")
    let request = messageDescriptor("ProbeRequest", [event])
    let service = serviceDescriptor("Probe", [(method: "Try", type: ".temporal.api.enums.v1.ProbeRequest")])
    let eventType = messageDescriptor("EventType", [fieldDescriptor("x", 1, DescribedType.int32)])
    let type = try reflectedMethod(
      [fileDescriptor("test.proto", package: "temporal.api.enums.v1", [eventType, request, service])],
      package: "temporal.api.enums.v1"
    ).input
    #expect(try Message(type, .fields(["b": .fields(["x": .integer(4)])])).view.serialized() == hex("42 02 08 04"))
  }

  @Test func aNewMemberOfAOneofJoinsTheOthers() throws {
    let schedule = "temporal.api.failure.v1"
    let fields = [
      fieldDescriptor(
        "application_failure_info", 5, DescribedType.message, of: ".\(schedule).ApplicationFailureInfo",
        oneof: 0),
      fieldDescriptor("cosmic_failure_info", 90, DescribedType.int32, oneof: 0),
      fieldDescriptor("one", 91, DescribedType.int32, oneof: 1),
      fieldDescriptor("two", 92, DescribedType.string, oneof: 1),
    ]
    let type = try later(fields, oneofs: 2, message: "Failure", package: schedule)
    let cosmic = try #require(type.field(named: "cosmic_failure_info"))
    let known = try apiType("failure.v1.Failure")
    let members = known.oneofMembers(with: try #require(known.field(named: "application_failure_info")))
    #expect(type.oneofMembers(with: cosmic).map(\.number).sorted() == (members.map(\.number) + [90]).sorted())
    #expect(type.oneofMembers(with: try #require(type.field(named: "one"))).map(\.number) == [91, 92])
    let either = field(5, []) + hex("d0 05 07")
    #expect(try Message(type, unpacking: either).view.value() == .fields(["cosmic_failure_info": .integer(7)]))
    // A failure leads to itself, as its cause, and the cause is of the later type as well.
    #expect(type.field(named: "cause")?.messageType == type)
  }

  @Test func aNewValueOfAnEnumIsAddedToThoseThatAreKnown() throws {
    let type = try later(
      [
        fieldDescriptor("encoding_type", 1, DescribedType.enumeration, of: ".temporal.api.enums.v1.EncodingType"),
        fieldDescriptor("data", 2, DescribedType.bytes),
      ], message: "DataBlob",
      others: [])
    #expect(type == (try apiType("common.v1.DataBlob")))
    let enums = fileDescriptor(
      "enums.proto", package: "temporal.api.enums.v1",
      [enumDescriptor("EncodingType", [("ENCODING_TYPE_PROTO3", 77), ("ENCODING_TYPE_CBOR", 9)])])
    let probe = fileDescriptor(
      "test.proto", package: "probe",
      [
        messageDescriptor(
          "R", [fieldDescriptor("b", 1, DescribedType.message, of: ".temporal.api.common.v1.DataBlob")]),
        serviceDescriptor("Probe", [(method: "Try", type: ".probe.R")]),
      ])
    let blob = try #require(
      try reflectedMethod([enums, probe], package: "probe").input.field(named: "b")?.messageType)
    let encoding = try #require(blob.field(named: "encoding_type")?.enumType)
    #expect(encoding.value(named: "CBOR")?.number == 9)
    #expect(encoding.value(named: "PROTO3")?.number == 1)
    #expect(try Message(blob, unpacking: hex("08 09")).view.value() == .fields(["encoding_type": .text("CBOR")]))
  }

  /// What leads to a later type is of a later type itself, and the rest stays what it is.
  @Test func onlyWhatLeadsToSomethingNewIsBuiltAnew() throws {
    let execution = fileDescriptor(
      "common.proto", package: Self.execution,
      [messageDescriptor("WorkflowExecution", known + [fieldDescriptor("region", 9, DescribedType.string)])])
    let service = fileDescriptor(
      "service.proto", package: "probe",
      [
        serviceDescriptor(
          "Probe",
          [
            (method: "Try", type: ".temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest"),
            (method: "Namespaces", type: ".temporal.api.workflowservice.v1.ListNamespacesResponse"),
          ])
      ])
    let methods = try #require(try Schema.of([execution, service]).service(named: "probe.Probe")).methods
    let request = try apiType("workflowservice.v1.DescribeWorkflowExecutionRequest")
    #expect(methods[0].input != request && methods[0].input.isVersion(of: request))
    #expect(methods[0].input.field(named: "execution")?.messageType?.field(named: "region") != nil)
    #expect(methods[1].input == (try apiType("workflowservice.v1.ListNamespacesResponse")))
  }

  /// Whatever a server says of a known service, the known methods can be called.
  @Test func knownMethodsStay() throws {
    let package = "temporal.api.workflowservice.v1"
    let broken = messageDescriptor(
      "GetSystemInfoRequest", [fieldDescriptor("more", 90, DescribedType.message, of: ".\(package).Nothing")])
    let service = serviceDescriptor(
      "WorkflowService",
      [
        (method: "GetSystemInfo", type: ".\(package).GetSystemInfoRequest"),
        (method: "GetClusterInfo", type: ".\(package).GetSystemInfoRequest"),
        (method: "GetNew", type: ".\(package).GetClusterInfoRequest"),
      ])
    let schema = try Schema.of([fileDescriptor("test.proto", package: package, [broken, service])])
    let found = try #require(schema.service(named: package + ".WorkflowService"))
    for known in RPCService.workflow.methods { #expect(found.method(named: known.name) == known) }
    #expect(found.method(named: "get_new") != nil)
    #expect(found.methods.count == RPCService.workflow.methods.count + 1)
  }

  @Test func unknownFieldsAreFoundWhereverTheyAre() throws {
    let type = try apiType("workflowservice.v1.ListWorkflowExecutionsResponse")
    let execution = field(1, field(1, [0x77]))
    func holds(_ bytes: [UInt8]) throws -> Bool { try Message(type, unpacking: bytes).view.holdsWhatIsUnknown }
    #expect(try !holds([]))
    #expect(try !holds(field(1, execution)))
    #expect(try holds(hex("f8 3f 01")))
    #expect(try holds(field(1, execution) + field(1, field(1, field(99, [1])))))
    // Within the value of a map.
    let memo = field(1, field(10, field(1, field(1, [0x6b]) + field(2, field(99, [1])))))
    #expect(try holds(memo))
  }

  @Test func unknownValuesOfEnumsAreFoundWhereverTheyAre() throws {
    let type = try apiType("workflowservice.v1.DescribeWorkflowExecutionResponse")
    func holds(_ bytes: [UInt8]) throws -> Bool { try Message(type, unpacking: bytes).view.holdsWhatIsUnknown }
    // workflow_execution_info.status, and pending_activities.state.
    #expect(try !holds(field(2, hex("28 01")) + field(3, hex("18 01"))))
    #expect(try holds(field(2, hex("28 63"))))
    #expect(try holds(field(3, hex("18 01")) + field(3, hex("18 63"))))
    // In a list, task_queue_types.
    let request = try apiType("workflowservice.v1.DescribeTaskQueueRequest")
    #expect(try !Message(request, unpacking: field(7, hex("01 02"))).view.holdsWhatIsUnknown)
    #expect(try Message(request, unpacking: field(7, hex("01 63"))).view.holdsWhatIsUnknown)
  }
}
