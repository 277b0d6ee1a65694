import Testing
import Wire

/// What is derived from descriptors: names, maps, oneofs, enums, services.
@Suite struct TypeTests {
  @Test func typesAreFoundByFullName() throws {
    #expect(MessageType.named("temporal.api.common.v1.Payload")?.shortName == "Payload")
    #expect(MessageType.named("temporal.api.common.v1.Payload.MetadataEntry") != nil)
    #expect(MessageType.named("google.protobuf.Timestamp")?.fields.map(\.name.proto.string) == ["seconds", "nanos"])
    for name in ["", "temporal.api.common.v1.Payloa", "temporal.api.common.v1.Payloadx", "zzz", "Payload"] {
      #expect(MessageType.named(name) == nil)
    }
    #expect(try apiType("common.v1.Payload") == apiType("common.v1.Payloads").field(named: "payloads")?.messageType)
  }

  @Test func detailsOfErrorsAreKnown() {
    for name in ["NotFoundFailure", "WorkflowExecutionAlreadyStartedFailure", "MultiOperationExecutionFailure"] {
      #expect(MessageType.named("temporal.api.errordetails.v1." + name) != nil)
    }
    #expect(MessageType.named("google.rpc.Status") != nil)
  }

  @Test func fieldsAreFoundByBothSpellings() throws {
    let type = try apiType("workflowservice.v1.StartWorkflowExecutionRequest")
    let field = try #require(type.field(named: "workflow_id"))
    #expect(type.field(named: "workflowId") == field)
    #expect(field.name.json.string == "workflowId")
    #expect(type.field(named: "workflowID") == nil)
    #expect(type.field(named: "") == nil)
    for type in [type, testType("Scalars"), try apiType("history.v1.HistoryEvent")] {
      for field in type.fields {
        #expect(type.field(named: field.name.proto.string) == field)
        #expect(type.field(named: field.name.json.string) == field)
      }
    }
  }

  @Test func shapesAreToldApart() throws {
    let shapes = Dictionary(uniqueKeysWithValues: testType("Tree").fields.map { ($0.name.proto.string, $0.shape) })
    #expect(shapes == ["name": .implicit, "child": .implicit, "children": .list, "named": .map])
    #expect(testType("Maps").fields.allSatisfy { $0.shape == .map })
    #expect(testType("Choice").fields.filter { $0.shape != .oneof }.map(\.name.proto.string) == ["beside"])
    #expect(testType("Legacy").fields.map(\.shape) == [.required] + Array(repeating: .optional, count: 12))
    let types = Dictionary(uniqueKeysWithValues: testType("Maps").fields.map { ($0.name.proto.string, $0.typeText) })
    #expect(types["to_message"] == "map<string, Leaf>")
    #expect(types["by_bool"] == "map<bool, string>")
    #expect(try apiType("common.v1.Payload").field(named: "metadata")?.typeText == "map<string, bytes>")
    #expect(try apiType("common.v1.Payloads").field(named: "payloads")?.typeText == "repeated Payload")
  }

  @Test func membersOfAOneofAreAGroup() throws {
    let choice = testType("Choice")
    let x = try #require(choice.field(named: "x"))
    #expect(choice.oneofMembers(with: x).map(\.name.proto.string) == ["x", "y"])
    #expect(choice.oneofMembers(with: try #require(choice.field(named: "beside"))).isEmpty)
    let event = try apiType("history.v1.HistoryEvent")
    let member = try #require(event.field(named: "timer_fired_event_attributes"))
    #expect(event.oneofMembers(with: member).count > 50)
  }

  @Test func enumsLoseTheirPrefix() throws {
    let status = try #require(
      try apiType("workflow.v1.WorkflowExecutionInfo").field(named: "status")?.enumType)
    #expect(status.values.map(\.shortName).prefix(3) == ["UNSPECIFIED", "RUNNING", "COMPLETED"])
    #expect(status.values[1].name?.string == "WORKFLOW_EXECUTION_STATUS_RUNNING")
    let oddity = try #require(testType("Scalars").field(named: "f_oddity")?.enumType)
    #expect(oddity.values.map(\.shortName) == ["NONE", "ONE"])
    let color = try #require(testType("Scalars").field(named: "f_enum")?.enumType)
    for name in ["WIRE_COLOR_DARK_GREEN", "DARK_GREEN", "dark_green", "DarkGreen", "wire_color_dark_green"] {
      #expect(color.value(named: name)?.number == 2, "\(name)")
    }
    for name in ["", "_", "GREEN", "WIRE_COLOR_", "DARK GREEN"] { #expect(color.value(named: name) == nil, "\(name)") }
  }

  @Test func everyEnumOfTheAPIHasAShortNameThatReadsBack() {
    var seen: Set<EnumType> = []
    for method in RPCService.workflow.methods {
      for type in [method.input, method.output] {
        for field in type.fields { if let enumType = field.enumType { seen.insert(enumType) } }
      }
    }
    #expect(seen.count > 10)
    for type in seen {
      for value in type.values {
        #expect(type.value(named: value.shortName) == value)
        #expect(value.name.map { type.value(named: $0.string) } == value)
      }
    }
  }

  @Test func servicesListTheirMethods() throws {
    let describe = try #require(RPCService.workflow.method(named: "describe_namespace"))
    #expect(RPCService.workflow.method(named: "DescribeNamespace") == describe)
    #expect(describe.path == "/temporal.api.workflowservice.v1.WorkflowService/DescribeNamespace")
    #expect(describe.input == (try apiType("workflowservice.v1.DescribeNamespaceRequest")))
    #expect(describe.output == (try apiType("workflowservice.v1.DescribeNamespaceResponse")))
    #expect(RPCService.workflow.method(named: "describe_namespaces") == nil)
    #expect(RPCService.workflow.nearestMethodName(to: "describe_namespaces") == "describe_namespace")
    #expect(RPCService.workflow.nearestMethodName(to: "StartWorkflowExecutoin") == "start_workflow_execution")
    #expect(RPCService.workflow.nearestMethodName(to: "xyzzy") == nil)
    #expect(RPCService.operator.method(named: "list_search_attributes") != nil)
    #expect(RPCService.health.method(named: "check")?.path == "/grpc.health.v1.Health/Check")
    #expect(RPCService.workflow.methods.count > 100)
  }

  /// Types are entered from many threads at once; all of them must see the same, complete facts.
  @Test func typesAreTheSameFromEveryThread() async {
    await withTaskGroup(of: [Int].self) { group in
      for _ in 0..<8 {
        group.addTask { RPCService.workflow.methods.map { $0.input.fields.count + $0.output.fields.count } }
      }
      var results: Set<[Int]> = []
      for await result in group { results.insert(result) }
      #expect(results.count == 1)
    }
  }

  @Test func nearestNames() {
    let names = ["workflow_id", "run_id", "workflow_type", "namespace"]
    #expect(NearestName.of("worfklow_id", among: names) == "workflow_id")
    #expect(NearestName.of("workflowid", among: names) == "workflow_id")
    #expect(NearestName.of("Namespace", among: names) == "namespace")
    #expect(NearestName.of("runid", among: names) == "run_id")
    #expect(NearestName.of("priority", among: names) == nil)
    #expect(NearestName.of("", among: names) == nil)
    #expect(NearestName.of("x", among: ["f", "h"]) == nil)
    #expect(NearestName.of("x", among: ["f", "xs"]) == "xs")
    #expect(NearestName.hint("run_ids", among: names) == "; did you mean 'run_id'?")
    #expect(NearestName.hint("priority", among: names) == "")
  }
}
