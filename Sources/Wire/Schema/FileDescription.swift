/// What a `google.protobuf.FileDescriptorProto` says of types and services, with full names.
struct FileDescription {
  var name = ""
  var package = ""
  /// The names of the files that it imports.
  var dependencies: [String] = []
  /// Those within others as well.
  var messages: [MessageDescription] = []
  var enums: [EnumDescription] = []
  var services: [ServiceDescription] = []
}

/// What a `DescriptorProto` says.
struct MessageDescription {
  var name: String
  var fields: [FieldDescription] = []
  var oneofCount = 0
  /// It stands for the entries of a map field.
  var isMapEntry = false
}

/// What a `FieldDescriptorProto` says.
struct FieldDescription {
  /// The numbers of `FieldDescriptorProto.Type` that are looked at.
  enum Kind {
    static let group = 10
    static let message = 11
    static let enumeration = 14
    static let all = 1...18
  }

  var name = ""
  var number = 0
  /// The number of a `FieldDescriptorProto.Type`.
  var type = 0
  /// The full name of the type of a message or enum.
  var typeName: String?
  var isRepeated = false
  /// The oneof that it is in, by its place among those of the message.
  var oneof: Int?
  /// Its absence is recorded, outside of a oneof.
  var hasPresence = false
  var isPacked = false
  var isDeprecated = false
}

/// What an `EnumDescriptorProto` says.
struct EnumDescription {
  var name: String
  var values: [(name: String, number: Int32)] = []
}

/// What a `ServiceDescriptorProto` says.
struct ServiceDescription {
  var name: String
  var methods: [MethodDescription] = []
}

/// What a `MethodDescriptorProto` says.
struct MethodDescription {
  var name = ""
  var input = ""
  var output = ""
  var isStreaming = false
}
