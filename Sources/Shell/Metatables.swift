import LuaRuntime

/// The metatables of the values that Swift and `stdlib/` both make; their names are those in `stdlib/`.
extension LuaMetatable {
  static let client = object("Client")
  static let workflowHandle = object("WorkflowHandle")
  static let updateHandle = object("WorkflowUpdateHandle")
  static let scheduleHandle = object("ScheduleHandle")
  static let workflowHistory = object("WorkflowHistory")
  static let codecRequest = object("CodecRequest")
  static let message = object("Message")
  static let startOperation = object("WithStartWorkflowOperation")
  static let asyncActivity = object("AsyncActivityHandle")
  static let completionRequest = object("CompletionRequest")
  static let pager = object("Pager")
  static let error = table("Error")
  static let timestamp = table("Timestamp")
  static let bytes = table("Bytes")
  static let payload = table("Payload")
  static let jsonArray = table("JSONArray")
  static let jsonObject = table("JSONObject")

  /// All of them, for `native.metatable(name)`.
  static let shared: [LuaMetatable] = [
    client, codecRequest, workflowHandle, updateHandle, scheduleHandle, workflowHistory, startOperation, asyncActivity,
    error, timestamp, bytes, payload, jsonArray, jsonObject,
  ]
}
