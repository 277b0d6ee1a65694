import CProtobufC
import CTemporalAPI

/// A method of a service, as its descriptor tells it.
///
/// Its types are derived from their descriptors when they are asked for: a program that lists the methods at its start
/// does not wait for all messages of the API.
public struct RPCMethod: Hashable {
  /// The name as in the `.proto` file: `DescribeNamespace`.
  public let name: String

  /// The full name of its service.
  public let service: String

  /// The name as scripts write it: `describe_namespace`.
  public let snakeName: String

  /// The path of the request: `/temporal.api.workflowservice.v1.WorkflowService/DescribeNamespace`.
  public let path: String

  /// Whether more than one message may go either way, so that it cannot be called as others are.
  public let isStreaming: Bool

  private let inputDescriptor: UnsafePointer<ProtobufCMessageDescriptor>
  private let outputDescriptor: UnsafePointer<ProtobufCMessageDescriptor>

  init(
    _ name: String, of service: String, input: UnsafePointer<ProtobufCMessageDescriptor>,
    output: UnsafePointer<ProtobufCMessageDescriptor>, isStreaming: Bool
  ) {
    self.name = name
    self.service = service
    snakeName = RPCService.snakeName(name)
    path = "/\(service)/\(name)"
    self.isStreaming = isStreaming
    inputDescriptor = input
    outputDescriptor = output
  }

  // protobuf-c's descriptors do not tell which methods stream; of those in Protos/ one does.
  init(_ method: ProtobufCMethodDescriptor, of service: String) {
    let name = String(cString: method.name)
    self.init(
      name, of: service, input: method.input, output: method.output,
      isStreaming: service == "grpc.health.v1.Health" && name == "Watch")
  }

  /// The type of the request.
  public var input: MessageType { TypeTable.type(inputDescriptor) }

  /// The type of the response.
  public var output: MessageType { TypeTable.type(outputDescriptor) }

  /// Whether its types have these full names.
  func isBetween(_ input: String, _ output: String) -> Bool {
    String(cString: inputDescriptor.pointee.name) == input && String(cString: outputDescriptor.pointee.name) == output
  }
}

// Descriptors are constants.
extension RPCMethod: @unchecked Sendable {}

/// A gRPC service with its methods.
public struct RPCService: Sendable {
  /// The full name: `temporal.api.workflowservice.v1.WorkflowService`.
  public let name: String

  /// The methods in the order of the `.proto` file.
  public let methods: [RPCMethod]

  private let byName: [String: Int]
  // What is wrong with the methods that a server describes as they cannot be.
  private let problems: [String: WireError]

  init(_ service: ProtobufCServiceDescriptor) {
    let name = String(cString: service.name)
    self.init(name: name, methods: (0..<Int(service.n_methods)).map { RPCMethod(service.methods[$0], of: name) })
  }

  init(name: String, methods: [RPCMethod], problems: [String: WireError] = [:]) {
    self.name = name
    self.methods = methods
    self.problems = problems
    byName = methods.enumerated().reduce(into: [:]) { names, method in
      names[method.element.name] = method.offset
      names[method.element.snakeName] = method.offset
    }
  }

  /// Finds a method by either spelling of its name.
  public func method(named name: String) -> RPCMethod? {
    byName[name].map { methods[$0] }
  }

  /// What is wrong with a method that a server describes as it cannot be; nil of any other.
  public func problem(withMethod name: String) -> WireError? {
    problems[name] ?? problems.first { Self.snakeName($0.key) == name }?.value
  }

  /// Returns the snake_case name of the method that was probably meant by `name`.
  public func nearestMethodName(to name: String) -> String? {
    NearestName.of(Self.snakeName(name), among: methods.map(\.snakeName))
  }

  // The rule of the Python SDK's service.py: an underscore before each capital but the first.
  static func snakeName(_ name: String) -> String {
    // Byte by byte: names are ASCII, and all of a service's are turned when its first method is asked for.
    let underscore = UInt8(ascii: "_")
    var result: [UInt8] = []
    result.reserveCapacity(name.utf8.count + 8)
    for byte in name.utf8 {
      let isCapital = (0x41...0x5A).contains(byte)
      if isCapital, let last = result.last, last != underscore { result.append(underscore) }
      result.append(isCapital ? byte | 0x20 : byte)
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension RPCService {
  /// Workflows, schedules, namespaces and all else that a client asks of Temporal.
  public static let workflow = RPCService(temporal__api__workflowservice__v1__workflow_service__descriptor)

  /// Administration: search attributes, Nexus endpoints, clusters.
  public static let `operator` = RPCService(temporal__api__operatorservice__v1__operator_service__descriptor)

  /// gRPC's own question whether a server is well.
  public static let health = RPCService(grpc__health__v1__health__descriptor)

  /// Finds one of these by its full name.
  public static func named(_ name: String) -> RPCService? {
    switch name {
    case "temporal.api.workflowservice.v1.WorkflowService": .workflow
    case "temporal.api.operatorservice.v1.OperatorService": .operator
    case "grpc.health.v1.Health": .health
    default: nil
    }
  }
}
