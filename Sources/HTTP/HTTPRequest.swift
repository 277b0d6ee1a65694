/// A request to a web server, and what is to be known about its connection.
package struct HTTPRequest: Sendable {
  /// Whose signature under a server's certificate counts.
  package enum Trust: Sendable, Equatable {
    /// The CAs that the system trusts, or those that `SSL_CERT_FILE` names.
    case system
    /// CAs in PEM form, and no others.
    case certificates([UInt8])
  }

  /// Where to, with the scheme `http` or `https`.
  package var url: String
  /// Header lines beside those that HTTP itself asks for.
  package var headers: [(name: String, value: String)]
  /// What is posted.
  package var body: [UInt8]
  /// The time for everything from the look-up of the name to the last byte of the answer.
  package var timeout: Duration
  /// Whose signature counts, if the scheme is `https`.
  package var trust: Trust

  /// Makes a request that posts bytes.
  ///
  /// - Parameters:
  ///   - url: where to, with the scheme `http` or `https`.
  ///   - headers: header lines; names and values without line ends.
  ///   - body: what is posted.
  ///   - timeout: the time for everything.
  ///   - trust: whose signature counts.
  package init(
    posting body: [UInt8], to url: String, headers: [(name: String, value: String)], timeout: Duration,
    trust: Trust = .system
  ) {
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
    self.trust = trust
  }
}

/// What a web server answered.
package struct HTTPResponse: Sendable {
  /// How many bytes of a body are taken: as many as of a gRPC message.
  package static let bodyLimit = 128 << 20

  /// The status code.
  package let status: Int
  /// The body.
  package let body: [UInt8]
}

/// A request that was not answered.
package struct HTTPError: Error, Equatable, CustomStringConvertible {
  /// Why, as the end of a sentence.
  package let description: String
}
