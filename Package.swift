// swift-tools-version:6.2
// One section per target, in the order of the house plan: C modules, C targets, Swift rooms, product, tests.
import PackageDescription

let package = Package(
  name: "moondial",
  products: [
    .executable(name: "moondial", targets: ["moondial"]),
    .library(name: "TemporalClient", targets: ["TemporalClient"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // MARK: System libraries
    // No pkgConfig for gRPC: Debian's grpc.pc requires so many abseil modules that linking fails with
    // "Argument list too long". The others need none either.
    .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CGRPC", providers: [.apt(["libgrpc-dev"])]),
    .systemLibrary(name: "CJansson", providers: [.apt(["libjansson-dev"])]),
    .systemLibrary(name: "CLibedit", providers: [.apt(["libedit-dev"])]),
    .systemLibrary(name: "CLua", providers: [.apt(["liblua5.4-dev"])]),
    .systemLibrary(name: "CProtobufC", providers: [.apt(["libprotobuf-c-dev"])]),

    // MARK: C
    // toml++ as a header: its library would be one more to load at every start.
    .target(name: "CConfiguration"),
    .target(name: "CEditBridge", dependencies: ["CLibedit"]),
    .target(name: "CLuaBridge", dependencies: ["CLua"]),
    .target(
      name: "CTemporalAPI",
      dependencies: ["CProtobufC"],
      // GNU C predefines `linux` as 1, and a field of temporal.api.worker.v1 is called so: let it stand for itself.
      cSettings: [
        .headerSearchPath("generated"), .define("linux", to: "linux"), .disableWarning("macro-redefined"),
      ]
    ),

    // MARK: Build tools
    .executableTarget(name: "embed-lua", linkerSettings: [.linkedLibrary("lua5.4")]),
    .plugin(
      name: "EmbedLuaPlugin", capability: .buildTool(), dependencies: ["embed-lua"], path: "Sources/EmbedLuaPlugin"),

    // MARK: Rooms
    .target(name: "HTTP", dependencies: ["CCurl", "Locks"]),
    .target(name: "LineEditor", dependencies: ["CEditBridge", "CLibedit", "Locks"]),
    .target(name: "Locks"),
    .target(name: "LuaRuntime", dependencies: ["CLuaBridge", "Locks"]),
    .target(name: "RPC", dependencies: ["CGRPC", "Locks"]),
    .target(
      name: "Shell",
      dependencies: ["LineEditor", "Locks", "LuaRuntime", "StandardLibrary", "TemporalClient", "Wire"]),
    .target(name: "StandardLibrary", plugins: ["EmbedLuaPlugin"]),
    .target(name: "TemporalClient", dependencies: ["CConfiguration", "HTTP", "Locks", "RPC", "Wire"]),
    .target(name: "Wire", dependencies: ["CJansson", "CProtobufC", "CTemporalAPI", "Locks"]),

    // MARK: Product
    .executableTarget(
      name: "moondial",
      dependencies: ["Shell", .product(name: "ArgumentParser", package: "swift-argument-parser")]
    ),

    // MARK: Tests
    .testTarget(name: "IntegrationTests", dependencies: ["TemporalClient"]),
    .executableTarget(name: "line-editor-probe", dependencies: ["LineEditor"], path: "Tests/LineEditorProbe"),
    .testTarget(name: "LineEditorTests", dependencies: ["LineEditor"]),
    .testTarget(name: "LuaRuntimeTests", dependencies: ["LuaRuntime"]),
    .testTarget(name: "RPCTests", dependencies: ["RPC"], exclude: ["Peer"]),
    .testTarget(
      name: "ShellTests",
      dependencies: ["LineEditor", "LuaRuntime", "Shell", "StandardLibrary", "TemporalClient", "Wire"]),
    .testTarget(name: "TemporalClientTests", dependencies: ["Locks", "TemporalClient"], exclude: ["Frontend"]),
    .target(
      name: "CWireTestMessages",
      dependencies: ["CTemporalAPI"],
      path: "Tests/CWireTestMessages",
      exclude: ["proto", "regenerate"],
      cSettings: [.headerSearchPath("generated"), .headerSearchPath("../../Sources/CTemporalAPI/generated")]
    ),
    .testTarget(name: "WireTests", dependencies: ["CWireTestMessages", "Wire"], exclude: ["Vectors"]),
  ],
  cxxLanguageStandard: .cxx17
)

// Names as `swiftc -print-supported-features` prints them: a misspelt one is accepted in silence.
for target in package.targets
where ![.system, .plugin].contains(target.type) && !target.name.hasPrefix("C") && target.name != "embed-lua" {
  var settings = target.swiftSettings ?? []
  settings.append(.swiftLanguageMode(.v6))
  settings.append(.enableUpcomingFeature("ExistentialAny"))  // SE-0335
  settings.append(.enableUpcomingFeature("InternalImportsByDefault"))  // SE-0409
  settings.append(.enableUpcomingFeature("MemberImportVisibility"))  // SE-0444
  settings.append(.enableUpcomingFeature("NonisolatedNonsendingByDefault"))  // SE-0461
  target.swiftSettings = settings
}
