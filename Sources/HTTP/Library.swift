import CCurl

/// libcurl, loaded by who first asks for it, and for good.
struct Library: Sendable {
  // Set once, below, and only read after that.
  nonisolated(unsafe) let functions: UnsafePointer<moondial_curl>

  /// The library, or why there is none.
  static let shared: Result<Library, HTTPError> = {
    let functions = UnsafeMutablePointer<moondial_curl>.allocate(capacity: 1)
    if let fault = moondial_curl_load(functions) {
      return .failure(HTTPError(description: "libcurl cannot be loaded: \(String(cString: fault))"))
    }
    // Once for the process, and while no other thread is in libcurl: this is the initializer of a static.
    guard functions.pointee.global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK else {
      return .failure(HTTPError(description: "libcurl cannot be initialised"))
    }
    return .success(Library(functions: functions))
  }()
}
