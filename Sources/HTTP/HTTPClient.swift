import CCurl
import Glibc
import Locks

/// Makes HTTP requests, any number of them at once, on one thread of its own that the first one starts.
///
/// Connections are kept open between requests.
package final class HTTPClient: Sendable {
  /// The one of the process.
  package static let shared = HTTPClient()

  private struct State {
    var thread: pthread_t?
    var begun: [Transfer] = []
    var cancelled: [Transfer] = []
    var isClosed = false
    // libcurl's multi handle: used on the thread alone, but for `multi_wakeup`, which any thread may call.
    var multi: OpaquePointer?
  }

  private let state = Monitor(State())

  private init() {}

  /// Makes a request.
  ///
  /// - Parameter request: the request.
  /// - Returns: the answer, whatever its status.
  /// - Throws: ``HTTPError`` if there is none; `CancellationError`, at once, if the task is cancelled.
  package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let library = try Library.shared.get()
    let transfer = Transfer(request, library)
    let outcome: Transfer.Outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        guard transfer.park(continuation) else { return }
        if let error = begin(transfer, library) { transfer.resume(.failure(error)) }
      }
    } onCancel: {
      transfer.resume(.failure(CancellationError()))
      cancel(transfer, library)
    }
    return try outcome.get()
  }

  /// Ends all transfers, and the thread; later requests fail.
  package func shutdown() {
    let thread = state.withLock { state in
      state.isClosed = true
      Self.wake(state)
      defer { state.thread = nil }
      return state.thread
    }
    if let thread { pthread_join(thread, nil) }
  }

  /// - Returns: an error if the transfer cannot begin.
  private func begin(_ transfer: Transfer, _ library: Library) -> HTTPError? {
    state.withLock { state in
      guard !state.isClosed else { return HTTPError(description: "the program ends") }
      if state.thread == nil {
        guard let multi = library.functions.pointee.multi_init() else {
          return HTTPError(description: "there is no memory for it")
        }
        state.multi = OpaquePointer(multi)
        guard let thread = start(library) else { return HTTPError(description: "the system gives no thread for it") }
        state.thread = thread
      }
      state.begun.append(transfer)
      Self.wake(state)
      return nil
    }
  }

  private func cancel(_ transfer: Transfer, _ library: Library) {
    state.withLock { state in
      guard state.thread != nil else { return }
      state.cancelled.append(transfer)
      Self.wake(state)
    }
  }

  private static func wake(_ state: State) {
    guard let multi = state.multi, case .success(let library) = Library.shared else { return }
    _ = library.functions.pointee.multi_wakeup(UnsafeMutableRawPointer(multi))
  }

  /// A thread inherits the mask of signals of the one that creates it, and so do those that libcurl creates to look up
  /// names: a Ctrl-C is none of theirs, and a SIGPIPE, of a server that closed its end, is nobody's.
  private func start(_ library: Library) -> pthread_t? {
    var blocked = sigset_t()
    var previous = sigset_t()
    sigfillset(&blocked)
    for fault in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP] { sigdelset(&blocked, fault) }
    pthread_sigmask(SIG_SETMASK, &blocked, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(self)
    let failure = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<HTTPClient>.fromOpaque(argument!).takeRetainedValue().run()
        return nil
      }, argument.toOpaque())
    guard failure == 0 else {
      argument.release()
      return nil
    }
    return thread
  }

  private func run() {
    guard case .success(let library) = Library.shared,
      let multi = state.withLock({ $0.multi }).map({ UnsafeMutableRawPointer($0) })
    else { return }
    let curl = library.functions
    var transfers: [OpaquePointer: Transfer] = [:]
    func end(_ transfer: Transfer, _ outcome: Transfer.Outcome) {
      if let easy = transfer.easy, transfers.removeValue(forKey: easy) != nil {
        _ = curl.pointee.multi_remove_handle(multi, UnsafeMutableRawPointer(easy))
      }
      transfer.release()
      transfer.resume(outcome)
    }
    while true {
      let (begun, cancelled, isClosed) = state.withLock { state in
        defer { (state.begun, state.cancelled) = ([], []) }
        return (state.begun, state.cancelled, state.isClosed)
      }
      // One that was cancelled on its way here is not in the other list any more.
      for transfer in begun where !transfer.isOver {
        do {
          try transfer.prepare()
          guard let easy = transfer.easy else { continue }
          transfers[easy] = transfer
          _ = curl.pointee.multi_add_handle(multi, UnsafeMutableRawPointer(easy))
        } catch {
          end(transfer, .failure(error))
        }
      }
      for transfer in cancelled { end(transfer, .failure(CancellationError())) }
      if isClosed { break }
      var running: Int32 = 0
      _ = curl.pointee.multi_perform(multi, &running)
      var code = CURLE_OK
      while let easy = moondial_curl_next_ended(curl, multi, &code) {
        if let transfer = transfers[OpaquePointer(easy)] { end(transfer, transfer.outcome(code)) }
      }
      // Until a socket is ready, a timer of libcurl's is due, or somebody wakes it: it wakes by itself once a minute.
      _ = curl.pointee.multi_poll(multi, nil, 0, 60_000, nil)
    }
    for transfer in transfers.values { end(transfer, .failure(HTTPError(description: "the program ends"))) }
    // Under the lock, so that nobody wakes a handle that is gone.
    state.withLock { state in
      _ = curl.pointee.multi_cleanup(multi)
      state.multi = nil
    }
  }
}
