import RPC
import Synchronization
import TemporalClient
import Testing

@testable import Shell

@Suite struct SilenceNoticeTests {
  private let lines = Lines()
  private let start = ContinuousClock.now

  private final class Lines: Sendable {
    private let list = Mutex<[String]>([])
    var all: [String] { list.withLock { $0 } }
    func add(_ line: String) { list.withLock { $0.append(line) } }
  }

  private func note(
    _ status: StatusCode, after seconds: Double, to notice: SilenceNotice, from address: String = "a:1"
  ) {
    let report = CallReport(method: "Q", duration: .zero, requestSize: 0, responseSize: nil, status: status)
    notice.note(report, from: address, at: start + .seconds(seconds))
  }

  @Test func attemptsThatFailForASecondAreSaidOnce() {
    let notice = SilenceNotice { [lines] in lines.add($0) }
    notice.begin(tells: true)
    note(.unavailable, after: 0, to: notice)
    note(.unavailable, after: 0.9, to: notice)
    #expect(lines.all.isEmpty)
    for seconds in [1.1, 2, 3] { note(.unavailable, after: seconds, to: notice) }
    #expect(lines.all == ["the server at a:1 does not answer; still trying, Ctrl-C gives up\n"])
    #expect(notice.end())
    #expect(!notice.end())
  }

  @Test func anAnswerBeginsAnew() {
    let notice = SilenceNotice { [lines] in lines.add($0) }
    notice.begin(tells: true)
    note(.unavailable, after: 0, to: notice)
    note(.unavailable, after: 0.5, to: notice, from: "b:1")
    note(.notFound, after: 0.8, to: notice)
    note(.unavailable, after: 1.2, to: notice)
    note(.unavailable, after: 1.3, to: notice, from: "b:1")
    #expect(lines.all.isEmpty)
    note(.deadlineExceeded, after: 1.4, to: notice, from: "b:1")
    note(.unavailable, after: 1.6, to: notice, from: "b:1")
    #expect(lines.all == ["the server at b:1 does not answer; still trying, Ctrl-C gives up\n"])
  }

  @Test(arguments: [true, false]) func nothingIsSaidWhereNobodyWaitsOrKnows(isBetweenEntries: Bool) {
    let notice = SilenceNotice { [lines] in lines.add($0) }
    notice.begin(tells: isBetweenEntries)
    if isBetweenEntries { #expect(!notice.end()) }
    for seconds in [0, 2, 4] { note(.unavailable, after: Double(seconds), to: notice) }
    #expect(lines.all.isEmpty)
  }
}
