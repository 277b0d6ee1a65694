import Foundation
import PackagePlugin

/// Compiles the Lua modules of `stdlib/` into a Swift file of the target that uses it.
@main
struct EmbedLuaPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "stdlib")
    let files = (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? [])
      .compactMap { $0 as? URL }
      .filter { $0.pathExtension == "lua" }
      .sorted { $0.path() < $1.path() }
    let modules = files.map { $0.path().dropFirst(folder.path().count + 1).dropLast(".lua".count) }
    let output = context.pluginWorkDirectoryURL.appending(path: "Modules.swift")
    return [
      .buildCommand(
        displayName: "Compiling stdlib", executable: try context.tool(named: "embed-lua").url,
        arguments: [output.path(), folder.path()] + modules.map(String.init), inputFiles: files, outputFiles: [output])
    ]
  }
}
