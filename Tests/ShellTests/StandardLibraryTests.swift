import Foundation
import LuaRuntime
import StandardLibrary
import Testing

@testable import Shell

/// The modules of `stdlib/` in the binary.
@Suite struct StandardLibraryTests {
  /// The names of the files, as `require` knows their modules after `moondial.`.
  private static func files() throws -> [String] {
    let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../stdlib").standardizedFileURL
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
    return paths.filter { $0.hasSuffix(".lua") }.map {
      String($0.dropLast(4)).replacingOccurrences(of: "/", with: ".")
    }
  }

  @Test func everyFileIsEmbeddedAndNothingElse() throws {
    #expect(Module.all.map { "\($0.name)" }.sorted() == (try Self.files()).sorted())
  }

  @Test func everyModuleIsACompiledChunk() throws {
    let vm = LuaVM()
    defer { vm.close() }
    for module in Module.all {
      try vm.load(compiled: module.chunk, name: "\(module.name)", on: vm.stack)
      #expect(vm.stack.type(at: -1) == .function, "\(module.name)")
    }
  }

  @Test func onlyThreeModulesHavePlainNames() throws {
    let lua = try TestVM()
    for name in ["json", "temporal", "async"] {
      #expect(try lua.shown("require('\(name)') == require('moondial.\(name)')") == "true")
    }
    for name in ["errors", "session", "moondial", "moondial.", "moondial.nosuch"] {
      #expect(try lua.shown("pcall(require, '\(name)')") == "false", "\(name)")
    }
    #expect(try lua.shown("(select(2, pcall(require, 'moondial.nosuch')))").contains("no module 'moondial.nosuch'"))
  }
}
