internal import ArgumentParser
internal import Glibc
internal import Shell

/// The command line: what to run, and where.
struct Moondial: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "moondial",
    abstract: "The Lua shell for Temporal: explore workflows at a prompt, or run scripts against them.",
    usage: """
      moondial [options]                        opens the prompt
      moondial [options] script.lua [args…]     runs a script
      moondial [options] -e chunk               runs a piece of Lua
      """,
    discussion: """
      A script of - is read from standard input, as is one when standard input is no terminal.

      What the options do not say of the connection is taken from the variables TEMPORAL_…, and what those do not say \
      from a profile of the configuration file, as Temporal's CLI does it.

      Exit status: 0 all went well, 1 a script failed, 2 the command line is wrong, 3 the server cannot be reached, \
      70 every task waits for another, 130 interrupted.
      """,
    version: Shell.versionText)

  @OptionGroup(title: "Options")
  var basic: RunArguments

  @OptionGroup(title: "Prompt options")
  var prompt: PromptArguments

  @OptionGroup(title: "Connection options")
  var connection: ConnectionArguments

  func validate() throws {
    if basic.dev, let option = connection.optionForAnotherServer { throw RunArguments.conflict(option) }
  }
}

@main
enum Main {
  static func main() {
    let (options, script) = CommandLine.split(Array(CommandLine.arguments.dropFirst()))
    do {
      let (basic, connection, readsInit) = try parse(options)
      CommandLine.wipeSecrets(before: Int(CommandLine.argc) - script.count)
      var options = basic.options(connection, script: script)
      options.readsInit = readsInit
      exit(Shell.run(options))
    } catch {
      // ArgumentParser would exit with sysexits' 64; ours is the 2 that Lua, Python and most shells use.
      let message = Moondial.fullMessage(for: error)
      if Moondial.exitCode(for: error).isSuccess {
        print(message)
        exit(ExitStatus.success)
      }
      StandardError.write(message + "\n")
      exit(ExitStatus.usage)
    }
  }

  /// ArgumentParser takes its time for each option that there is, given or not, and most runs need but the first few.
  private static func parse(_ options: [String]) throws -> (RunArguments, ConnectionOptions, readsInit: Bool) {
    let (arguments, names) = CommandLine.joined(options)
    if names.isSubset(of: RunArguments.names), let basic = try? RunArguments.parse(arguments) {
      return (basic, ConnectionOptions(), true)
    }
    let command = try Moondial.parse(arguments)
    return (command.basic, command.connection.options, !command.prompt.noInit)
  }
}
