/// A schedule, known by its id, whose methods ask the server about it or change it.
public struct ScheduleHandle: Sendable {
  /// The client that the handle calls with.
  public let client: Client
  /// The id of the schedule.
  public let id: String

  init(client: Client, id: String) {
    self.client = client
    self.id = id
  }
}

extension Client {
  /// Makes a handle; nothing is sent, and nothing tells whether there is such a schedule.
  ///
  /// - Parameter id: the id of the schedule.
  /// - Returns: the handle.
  public func scheduleHandle(id: String) -> ScheduleHandle { ScheduleHandle(client: self, id: id) }
}

/// What happens when an action of a schedule is due while another one runs.
public enum ScheduleOverlapPolicy: String, Sendable, CaseIterable {
  /// Leaves it to the schedule, or of a schedule to the server, which skips.
  case unspecified = "UNSPECIFIED"
  /// Starts nothing.
  case skip = "SKIP"
  /// Starts one more when the running one ends.
  case bufferOne = "BUFFER_ONE"
  /// Starts as many as were due, one after the other.
  case bufferAll = "BUFFER_ALL"
  /// Cancels the running one, and starts the next when it has ended.
  case cancelOther = "CANCEL_OTHER"
  /// Terminates the running one, and starts the next at once.
  case terminateOther = "TERMINATE_OTHER"
  /// Starts it beside the running ones.
  case allowAll = "ALLOW_ALL"
}

/// A time range whose actions are taken as if it passed right now.
public struct ScheduleBackfill: Sendable {
  /// A point in time, as `google.protobuf.Timestamp` has it.
  public struct Time: Sendable {
    /// Seconds since 1970.
    public var seconds: Int64
    /// Nanoseconds after these.
    public var nanos: Int32

    /// Creates a point in time.
    ///
    /// - Parameters:
    ///   - seconds: seconds since 1970.
    ///   - nanos: nanoseconds after these.
    public init(seconds: Int64, nanos: Int32 = 0) {
      self.seconds = seconds
      self.nanos = nanos
    }
  }

  /// The beginning of the range, which is not part of it.
  public var start: Time
  /// The end of the range.
  public var end: Time
  /// What happens where actions overlap, instead of what the schedule says.
  public var overlap: ScheduleOverlapPolicy

  /// Creates a range.
  ///
  /// - Parameters:
  ///   - start: the beginning.
  ///   - end: the end.
  ///   - overlap: what happens where actions overlap.
  public init(start: Time, end: Time, overlap: ScheduleOverlapPolicy = .unspecified) {
    self.start = start
    self.end = end
    self.overlap = overlap
  }
}
