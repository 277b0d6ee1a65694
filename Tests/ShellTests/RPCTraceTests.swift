import RPC
import Synchronization
import TemporalClient
import Testing

@testable import Shell

@Suite struct RPCTraceTests {
  private func report(_ duration: Duration, received: Int?, _ status: StatusCode) -> CallReport {
    CallReport(method: "QueryWorkflow", duration: duration, requestSize: 18, responseSize: received, status: status)
  }

  @Test func aLineHasTimeSizesAndStatus() {
    #expect(
      RPCTrace.line(report(.microseconds(1_249), received: 355, .ok))
        == "QueryWorkflow  1.2 ms, 18 B sent, 355 B received, OK")
    #expect(
      RPCTrace.line(report(.seconds(30), received: nil, .deadlineExceeded))
        == "QueryWorkflow  30000.0 ms, 18 B sent, DEADLINE_EXCEEDED")
  }

  @Test func onlyWhatIsAskedForIsShown() {
    let lines = Mutex<[String]>([])
    let trace = RPCTrace { line in lines.withLock { $0.append(line) } }
    trace.note(report(.zero, received: 0, .ok))
    trace.show(true)
    trace.note(report(.zero, received: 0, .ok))
    trace.show(false)
    trace.note(report(.zero, received: 0, .ok))
    #expect(lines.withLock { $0 } == ["rpc  QueryWorkflow  0.0 ms, 18 B sent, 0 B received, OK\n"])
  }
}
