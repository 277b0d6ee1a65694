internal import ArgumentParser

/// The options about the prompt alone; not among those of most runs, so that these need not parse them.
struct PromptArguments: ParsableArguments {
  @Flag(help: "Run no init.lua at the prompt, and take no saved settings.")
  var noInit = false
}
