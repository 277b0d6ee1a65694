import Locks
import Synchronization
import TemporalClient

/// What `.trace rpc` shows: a line for each attempt of each RPC, with its time, its sizes and how it ended.
final class RPCTrace: Sendable {
  private let isOn = Atomic(false)
  private let lastWarning = Monitor("")
  private let write: @Sendable (String) -> Void

  /// - Parameter write: shows a line; called from any thread.
  init(write: @escaping @Sendable (String) -> Void) { self.write = write }

  /// Shows calls from now on, or no longer.
  func show(_ shows: Bool) { isOn.store(shows, ordering: .relaxed) }

  /// Takes note of a call. By `GetSystemInfo` the prompt itself looks every few seconds whether the server is there.
  func note(_ report: CallReport) {
    guard isOn.load(ordering: .relaxed), report.method != "GetSystemInfo" else { return }
    write("rpc  \(Self.line(report))\n")
  }

  /// Shows what a client has to say of its codec, unless it said the same just before.
  func warn(_ text: String) {
    let isNew = lastWarning.withLock { last in
      defer { last = text }
      return last != text
    }
    if isNew { write("moondial: \(StandardError.shown(text))\n") }
  }

  static func line(_ report: CallReport) -> String {
    let tenths = Int64((report.duration / .microseconds(100)).rounded())
    let received = report.responseSize.map { ", \($0) B received" } ?? ""
    let sizes = "\(report.requestSize) B sent\(received)"
    return "\(report.method)  \(tenths / 10).\(tenths % 10) ms, \(sizes), \(report.status.name)"
  }
}
