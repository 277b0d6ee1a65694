/// Something that keeps the shell from starting, in one sentence.
struct ShellError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
