import CCurl
import Glibc
import Locks

/// One request on its way, and who waits for the answer.
// @unchecked Sendable because all but `waiter` and `request` belongs to the thread that makes the transfers, `request`
// does not change, and `waiter` has a lock.
final class Transfer: @unchecked Sendable {
  typealias Outcome = Result<HTTPResponse, any Error>

  private enum Waiter {
    case none
    case some(CheckedContinuation<Outcome, Never>)
    case done
  }

  private let request: HTTPRequest
  private let waiter = Monitor(Waiter.none)
  private let curl: UnsafePointer<moondial_curl>
  private var headers: UnsafeMutablePointer<curl_slist>?
  private var received: [UInt8] = []
  private var isTooLong = false
  private let fault = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

  /// libcurl's handle; nil before the start and after the end.
  private(set) var easy: OpaquePointer?

  init(_ request: HTTPRequest, _ library: Library) {
    self.request = request
    curl = library.functions
    fault.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit { fault.deallocate() }

  /// Notes down who waits.
  ///
  /// - Returns: false if the transfer was cancelled before, and the waiter has been told.
  func park(_ continuation: CheckedContinuation<Outcome, Never>) -> Bool {
    let isCancelled = waiter.withLock { waiter in
      if case .done = waiter { return true }
      waiter = .some(continuation)
      return false
    }
    if isCancelled { continuation.resume(returning: .failure(CancellationError())) }
    return !isCancelled
  }

  /// Whether the waiter has been told how it ended.
  var isOver: Bool {
    waiter.withLock { waiter in
      if case .done = waiter { true } else { false }
    }
  }

  /// Tells the waiter how it ended; only the first one counts.
  func resume(_ outcome: Outcome) {
    let last = waiter.withLock { waiter in
      defer { waiter = .done }
      return waiter
    }
    if case .some(let continuation) = last { continuation.resume(returning: outcome) }
  }

  /// Makes the handle; on the thread of the transfers.
  ///
  /// - Throws: ``HTTPError`` if libcurl refuses a setting.
  func prepare() throws(HTTPError) {
    guard let easy = curl.pointee.easy_init() else { throw HTTPError(description: "there is no memory for it") }
    self.easy = OpaquePointer(easy)
    try check(setGeneral(easy))
    try check(setRequest(easy))
    try check(setTrust(easy))
    try check(
      moondial_curl_set_receiver(
        curl, easy,
        { bytes, _, count, context in
          guard let context else { return 0 }
          return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().receive(bytes, count)
        }, Unmanaged.passUnretained(self).toOpaque()))
  }

  /// Frees the handle, which is in no multi handle any more; on the thread of the transfers.
  func release() {
    if let easy { curl.pointee.easy_cleanup(UnsafeMutableRawPointer(easy)) }
    easy = nil
    curl.pointee.slist_free_all(headers)
    headers = nil
  }

  /// How the transfer ended; on the thread of the transfers, before ``release()``.
  func outcome(_ code: CURLcode) -> Outcome {
    guard code == CURLE_OK, let easy else { return .failure(HTTPError(description: reason(code))) }
    let status = moondial_curl_status(curl, UnsafeMutableRawPointer(easy))
    return .success(HTTPResponse(status: status, body: received))
  }

  private func receive(_ bytes: UnsafeMutablePointer<CChar>, _ count: Int) -> Int {
    guard received.count + count <= HTTPResponse.bodyLimit else {
      // To take less than is given ends the transfer.
      isTooLong = true
      return 0
    }
    received += UnsafeRawBufferPointer(start: bytes, count: count)
    return count
  }

  private func setGeneral(_ easy: UnsafeMutableRawPointer) -> [CURLcode] {
    [
      moondial_curl_set_pointer(curl, easy, CURLOPT_ERRORBUFFER, fault),
      // Signals are other people's: the name is looked up on a thread, and nobody waits for that one at the end.
      moondial_curl_set_number(curl, easy, CURLOPT_NOSIGNAL, 1),
      moondial_curl_set_number(curl, easy, CURLOPT_QUICK_EXIT, 1),
      moondial_curl_set_text(curl, easy, CURLOPT_PROTOCOLS_STR, "http,https"),
      moondial_curl_set_number(
        curl, easy, CURLOPT_TIMEOUT_MS, Int((request.timeout / .milliseconds(1)).rounded(.up))),
    ]
  }

  private func setRequest(_ easy: UnsafeMutableRawPointer) -> [CURLcode] {
    // Without `Expect:` libcurl asks before it sends a long body, and waits a second for servers that do not answer.
    for line in request.headers.map({ "\($0.name): \($0.value)" }) + ["Expect:"] {
      headers = curl.pointee.slist_append(headers, line)
    }
    let body = request.body.withUnsafeBytes { body in
      [
        moondial_curl_set_number(curl, easy, CURLOPT_POSTFIELDSIZE, body.count),
        moondial_curl_set_pointer(curl, easy, CURLOPT_COPYPOSTFIELDS, body.baseAddress),
      ]
    }
    return [
      moondial_curl_set_text(curl, easy, CURLOPT_URL, request.url),
      moondial_curl_set_pointer(curl, easy, CURLOPT_HTTPHEADER, headers),
    ] + body
  }

  private func setTrust(_ easy: UnsafeMutableRawPointer) -> [CURLcode] {
    switch request.trust {
    case .certificates(let pem):
      return pem.withUnsafeBytes { pem in
        pem.baseAddress.map { [moondial_curl_set_certificates(curl, easy, $0, pem.count)] } ?? []
      }
    case .system:
      // As OpenSSL's and Go's programs do; libcurl itself leaves it to the program.
      guard let file = getenv("SSL_CERT_FILE"), file.pointee != 0 else { return [] }
      return [moondial_curl_set_text(curl, easy, CURLOPT_CAINFO, file)]
    }
  }

  private func check(_ codes: [CURLcode]) throws(HTTPError) {
    guard let refused = codes.first(where: { $0 != CURLE_OK }) else { return }
    throw HTTPError(description: reason(refused))
  }

  private func check(_ code: CURLcode) throws(HTTPError) { try check([code]) }

  private func reason(_ code: CURLcode) -> String {
    let detail = fault.pointee == 0 ? curl.pointee.easy_strerror(code) : UnsafePointer(fault)
    let text = detail.map { String(cString: $0) } ?? "libcurl's code \(code.rawValue)"
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: return "there is no host of that name"
    case CURLE_COULDNT_CONNECT: return "nobody answers there"
    case CURLE_OPERATION_TIMEDOUT: return "no answer in \(request.timeout / .seconds(1)) s"
    case CURLE_PEER_FAILED_VERIFICATION: return "its certificate is not accepted: \(text)"
    case CURLE_WRITE_ERROR where isTooLong: return "the answer is longer than \(HTTPResponse.bodyLimit >> 20) MiB"
    default: return text
    }
  }
}
