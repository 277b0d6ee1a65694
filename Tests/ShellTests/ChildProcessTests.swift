import Glibc
import Testing

@testable import Shell

/// The processes that serve a session, and the ports they listen on.
@Suite struct ChildProcessTests {
  /// Runs a program to its end and returns what it wrote.
  private func output(
    of arguments: [String], environment: [String: String] = [:], input: Int32? = nil
  ) throws -> [String] {
    let log = try OutputFile()
    let child = try ChildProcess(arguments, environment: environment, input: input, output: log.descriptor)
    // Both ends of the wait belong to the kernel: the child becomes reapable, and is left for `hasEnded`.
    var information = siginfo_t()
    #expect(waitid(P_PID, id_t(child.identifier), &information, WEXITED | WNOWAIT) == 0)
    #expect(child.hasEnded)
    return log.lines
  }

  @Test func bothOutputsAreKept() throws {
    #expect(try output(of: ["/bin/sh", "-c", "echo one; echo; echo two >&2"]) == ["one", "two"])
  }

  @Test func theLastOfMuchOutputIsKept() throws {
    let lines = try output(of: ["/bin/sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo line $i; done"])
    #expect(lines.last == "line 20000")
    #expect(lines.count > 1_000 && lines.count < 20_000)
  }

  @Test func theInputIsEmptyUnlessGiven() throws {
    #expect(try output(of: ["/bin/cat"]) == [])
    let input = try OutputFile()
    #expect(write(input.descriptor, "given\n", 6) == 6)
    #expect(lseek(input.descriptor, 0, SEEK_SET) == 0)
    #expect(try output(of: ["/bin/cat"], input: input.descriptor) == ["given"])
  }

  @Test func variablesAreAddedOrReplaced() throws {
    let lines = try output(
      of: ["/bin/sh", "-c", "echo $MOONDIAL_ONE; echo $HOME; echo ${PATH:+path}"],
      environment: ["MOONDIAL_ONE": "1", "HOME": "/nowhere"])
    #expect(lines == ["1", "/nowhere", "path"])
  }

  @Test func itHasAProcessGroupAndAllSignals() throws {
    // Ctrl-C in the terminal goes to our group, and a thread that blocks signals hands its mask on to what it starts.
    let script = "echo $$ $(cut -d ' ' -f 5 /proc/$$/stat); exec grep SigBlk /proc/self/status"
    let lines = try output(of: ["/bin/sh", "-c", script])
    let numbers = try #require(lines.first).split(separator: " ")
    #expect(numbers.count == 2 && numbers[0] == numbers[1])
    #expect(lines.last == "SigBlk:\t0000000000000000")
  }

  @Test func aProgramThatIsNotThereSaysSo() throws {
    let lines = try output(of: ["/no/such/program"])
    #expect(lines.count == 1 && lines[0].contains("/no/such/program"))
  }

  @Test(arguments: [
    "echo ready; exec sleep 1000",
    // One that does not listen is killed, after five seconds.
    "trap '' TERM; echo ready; while :; do sleep 1000; done",
  ])
  func anEndedProcessIsGone(script: String) throws {
    let log = try OutputFile()
    let child = try ChildProcess(["/bin/sh", "-c", script], output: log.descriptor)
    while log.lines != ["ready"] { sched_yield() }
    #expect(!child.hasEnded)
    child.end()
    #expect(child.hasEnded)
    #expect(kill(child.identifier, 0) == -1 && errno == ESRCH)
    // A second time does nothing, also not to another process that got the number.
    child.end()
    // What the shell itself had started.
    kill(-child.identifier, SIGKILL)
  }

  @Test func aFreePortIsServedOnceSomeoneListens() throws {
    let port = try FreePort.find()
    #expect(port > 0)
    #expect(!FreePort.isServed(port))
    let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(server) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    #expect(status == 0 && listen(server, 1) == 0)
    #expect(FreePort.isServed(port))
  }

  @Test func portsAreOftenDifferent() throws {
    #expect(Set(try (0..<20).map { _ in try FreePort.find() }).count > 1)
  }
}
