import CGRPC

/// One unary call from its creation to its event: the tag of its batch and the owner of all that core writes for it.
///
/// Who holds the object may cancel the call, since core allows that "at any point before grpc_call_unref", and the call
/// is unref'd when nobody holds the object any more. While the batch is pending, one reference belongs to its event.
// @unchecked Sendable because nothing in the object changes but the C block: core writes it before it delivers the
// event, the drain thread alone reads it after that, deinit frees it, and `grpc_call_cancel` may come from any thread.
final class UnaryCall: @unchecked Sendable {
  typealias Outcome = Result<Response, RPCError>
  typealias Continuation = CheckedContinuation<Outcome, Never>

  /// The channel that the call belongs to.
  let owner: ObjectIdentifier
  private let queue: CompletionQueue
  private let block: UnsafeMutablePointer<moondial_unary>

  /// Takes over a core call.
  ///
  /// - Parameters:
  ///   - block: the call, not started; owned by the new object.
  ///   - owner: the channel that the call belongs to.
  ///   - queue: the queue on which the call was created.
  init(owning block: UnsafeMutablePointer<moondial_unary>, of owner: ObjectIdentifier, on queue: CompletionQueue) {
    self.block = block
    self.owner = owner
    self.queue = queue
  }

  deinit {
    moondial_unary_destroy(block)
  }

  /// Starts the call and waits for its event. To be called once.
  ///
  /// - Parameters:
  ///   - request: the bytes of the request message.
  ///   - metadata: legal headers.
  ///   - waitForReady: whether to wait for a connection instead of failing when there is none.
  /// - Returns: the response, or what went wrong.
  func start(_ request: [UInt8], metadata: Metadata, waitForReady: Bool) async -> Outcome {
    await withCheckedContinuation { continuation in
      queue.park(continuation, for: self)
      let tag = Unmanaged.passRetained(self)
      let error = startBatch(request, metadata: metadata, waitForReady: waitForReady, tag: tag.toOpaque())
      if error != GRPC_CALL_OK {
        // "Nothing changed": no event will come for the reference.
        tag.release()
        queue.unregister(self)?.resume(returning: .failure(Self.refusal(error)))
      }
    }
  }

  /// Asks core to end the call. The call completes through the queue all the same, at once if it has not been started.
  func cancel() {
    _ = withSignalsBlocked { grpc_call_cancel(block.pointee.call, nil) }
  }

  /// The same as ``cancel()``, for a channel or a queue that is being closed.
  func cancelForClosing() {
    _ = withSignalsBlocked {
      RPCError.channelClosedMessage.withUTF8Buffer { text in
        text.withMemoryRebound(to: CChar.self) { text in
          // A StaticString's buffer is followed by a NUL.
          grpc_call_cancel_with_status(block.pointee.call, GRPC_STATUS_CANCELLED, text.baseAddress!, nil)
        }
      }
    }
  }

  private func startBatch(
    _ request: [UInt8], metadata: Metadata, waitForReady: Bool, tag: UnsafeMutableRawPointer
  ) -> grpc_call_error {
    var headers = grpc_metadata_array()
    grpc_metadata_array_init(&headers)
    defer { moondial_metadata_release(&headers) }
    for element in metadata {
      var key = element.key
      key.withUTF8 { key in
        key.withMemoryRebound(to: CChar.self) { key in
          element.value.withUnsafeBufferPointer { value in
            moondial_metadata_append(&headers, key.baseAddress, key.count, value.baseAddress, value.count)
          }
        }
      }
    }
    return request.withUnsafeBufferPointer { request in
      withSignalsBlocked {
        moondial_unary_start(block, &headers, request.baseAddress, request.count, waitForReady, tag)
      }
    }
  }

  /// Copies what core has written into Swift values; to be called when the event of the batch has been taken.
  func outcome() -> Outcome {
    let trailers = Metadata(copying: &block.pointee.trailing_metadata)
    let code = StatusCode(rawValue: block.pointee.status.rawValue)
    guard code == .ok else {
      return .failure(
        RPCError(
          code, String(decoding: Self.bytes(of: &block.pointee.status_details), as: UTF8.self),
          details: trailers.first("grpc-status-details-bin") ?? [],
          trailingMetadata: trailers,
          coreDescription: block.pointee.error_string.map { String(cString: $0) }))
    }
    guard let response = block.pointee.response else {
      // The code that gRPC's C++ library gives this (ClientUnaryCall): the peer does not speak this method as unary.
      return .failure(RPCError(.unimplemented, "No message returned for unary request", trailingMetadata: trailers))
    }
    return .success(
      Response(
        message: Self.copy(response), initialMetadata: Metadata(copying: &block.pointee.initial_metadata),
        trailingMetadata: trailers))
  }

  private static func copy(_ message: UnsafeMutablePointer<grpc_byte_buffer>) -> [UInt8] {
    let size = grpc_byte_buffer_length(message)
    // Array's initializer would write the count 0 into the storage that all empty arrays of the process share.
    guard size > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = moondial_byte_buffer_copy(message, buffer.baseAddress, size)
    }
  }

  static func bytes(of slice: UnsafePointer<grpc_slice>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: moondial_slice_bytes(slice), count: moondial_slice_length(slice))
  }

  private static func refusal(_ error: grpc_call_error) -> RPCError {
    let name = String(cString: grpc_call_error_to_string(error))
    return RPCError(
      error == GRPC_CALL_ERROR_INVALID_METADATA ? .invalidArgument : .failedPrecondition,
      "gRPC refused to start the call: \(name)")
  }
}

extension Metadata {
  /// Copies received pairs, whose keys and values belong to the call that received them.
  init(copying array: UnsafePointer<grpc_metadata_array>) {
    self.init()
    for index in 0..<array.pointee.count {
      let key = String(decoding: UnaryCall.bytes(of: moondial_metadata_key(array, index)), as: UTF8.self)
      append(key, bytes: Array(UnaryCall.bytes(of: moondial_metadata_value(array, index))))
    }
  }
}
