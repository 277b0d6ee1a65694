/// The status code of a call, as the server or gRPC itself reported it.
///
/// The numbers are those of gRPC's `statuscodes.md`. A number without a name there is kept, and shown as `UNKNOWN(42)`.
public struct StatusCode: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
  /// The number on the wire.
  public let rawValue: Int32

  /// Wraps any number, named or not.
  ///
  /// - Parameter rawValue: the number on the wire.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// The call succeeded.
  public static let ok = StatusCode(rawValue: 0)
  /// The call was cancelled, usually by the caller.
  public static let cancelled = StatusCode(rawValue: 1)
  /// The cause is not known.
  public static let unknown = StatusCode(rawValue: 2)
  /// The request is wrong whatever the state of the system.
  public static let invalidArgument = StatusCode(rawValue: 3)
  /// The deadline passed before the call completed.
  public static let deadlineExceeded = StatusCode(rawValue: 4)
  /// Something the request names does not exist.
  public static let notFound = StatusCode(rawValue: 5)
  /// Something the request creates exists already.
  public static let alreadyExists = StatusCode(rawValue: 6)
  /// The caller is known and may not do this.
  public static let permissionDenied = StatusCode(rawValue: 7)
  /// A quota or a size limit is used up.
  public static let resourceExhausted = StatusCode(rawValue: 8)
  /// The system is not in the state that the request needs.
  public static let failedPrecondition = StatusCode(rawValue: 9)
  /// The operation was aborted, usually by a conflict.
  public static let aborted = StatusCode(rawValue: 10)
  /// The request reaches past a valid range.
  public static let outOfRange = StatusCode(rawValue: 11)
  /// The server does not know this method.
  public static let unimplemented = StatusCode(rawValue: 12)
  /// An invariant of the system is broken.
  public static let `internal` = StatusCode(rawValue: 13)
  /// The server cannot be reached, or not now.
  public static let unavailable = StatusCode(rawValue: 14)
  /// Data is lost or corrupt.
  public static let dataLoss = StatusCode(rawValue: 15)
  /// The caller did not prove who it is.
  public static let unauthenticated = StatusCode(rawValue: 16)

  private static let names = [
    "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
    "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
    "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
  ]

  /// The name that gRPC gives the code, such as `NOT_FOUND`; `UNKNOWN(42)` for a number without one.
  public var name: String {
    Self.names.indices.contains(Int(rawValue)) ? Self.names[Int(rawValue)] : "UNKNOWN(\(rawValue))"
  }

  /// The same as ``name``.
  public var description: String { name }
}
