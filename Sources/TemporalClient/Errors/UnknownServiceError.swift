import Wire

/// A service is not known here, and the server did not tell of it; nothing was sent to it.
public struct UnknownServiceError: TemporalError {
  /// The full name that was asked for.
  public let service: String
  /// Whether the server has a reflection service, and so does not have this one.
  public let isAnswered: Bool
  /// What is wrong, and which service was probably meant.
  public let message: String

  /// The kind of an error about a name that is not there.
  public var kind: String { "AttributeError" }

  /// - Parameters:
  ///   - service: the full name that was asked for.
  ///   - target: the server.
  ///   - names: the services that the server has; nil if it has no reflection service.
  init(_ service: String, on target: String, among names: [String]?) {
    self.service = service
    isAnswered = names != nil
    guard let names else {
      message =
        "the service '\(service)' is not known here, and \(target) has no reflection service that would tell its types"
      return
    }
    // The last part is what people remember.
    let short = names.first { $0.hasSuffix("." + service) }
    let hint = short.map { "; did you mean '\($0)'?" } ?? NearestName.hint(service, among: names)
    message = "\(target) has no service '\(service)'\(hint)"
  }
}
