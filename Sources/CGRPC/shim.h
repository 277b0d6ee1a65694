#pragma once

// Before any header of gRPC: its port_platform.h defines _GNU_SOURCE, with which libc declares fd_set otherwise than in
// Swift's own Glibc module, and a Swift file that imports both would not compile. Libc settles the question at the first
// of its headers.
#include <sys/types.h>

#include <grpc/byte_buffer.h>
#include <grpc/byte_buffer_reader.h>
#include <grpc/grpc.h>
#include <grpc/grpc_security.h>
#include <grpc/slice.h>
#include <grpc/support/alloc.h>
#include <grpc/support/log.h>
#include <grpc/support/time.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>

// What Swift cannot say about gRPC's C core: function-like macros (GRPC_SLICE_START_PTR), unions that have to be filled
// (grpc_op, grpc_arg) and one variadic function of libc. Everything else is called from Swift directly.
//
// Words used of pointers below. owned: whoever holds it frees it. borrowed: valid during the call, or for as long as the
// comment says. out: written by core before the batch's event is delivered, not to be read earlier.

#pragma clang assume_nonnull begin

// MARK: Slices

/// The bytes of a slice; a macro in C. Borrowed: valid as long as the slice stays at this address and is not unref'd,
/// since short slices hold their bytes inside the struct.
static inline const uint8_t *moondial_slice_bytes(const grpc_slice *slice /* borrowed */) {
  return GRPC_SLICE_START_PTR(*slice);
}

/// The length of a slice; a macro in C.
static inline size_t moondial_slice_length(const grpc_slice *slice /* borrowed */) { return GRPC_SLICE_LENGTH(*slice); }

// MARK: Metadata

/// Appends a copy of one pair to metadata that is to be sent. The array owns the two slices until
/// `moondial_metadata_release`. In C because `grpc_metadata` ends in a union-like internal part that has to be zeroed.
static inline void moondial_metadata_append(grpc_metadata_array *array,                    // owned by the caller
                                            const char *_Nullable key, size_t key_length,  // borrowed
                                            const uint8_t *_Nullable value, size_t value_length /* borrowed */) {
  if (array->count == array->capacity) {
    array->capacity = array->capacity == 0 ? 8 : array->capacity * 2;
    array->metadata = (grpc_metadata *)gpr_realloc(array->metadata, array->capacity * sizeof(grpc_metadata));
  }
  grpc_metadata *pair = &array->metadata[array->count++];
  memset(pair, 0, sizeof(*pair));
  pair->key = key_length == 0 ? grpc_empty_slice() : grpc_slice_from_copied_buffer(key, key_length);
  pair->value = value_length == 0 ? grpc_empty_slice() : grpc_slice_from_copied_buffer((const char *)value, value_length);
}

/// Frees the slices of metadata built with `moondial_metadata_append`, and the array. Core "copies the key and takes its
/// own ref on the value" (PrepareApplicationMetadata in call.cc), so this may follow the start of the batch at once.
/// Never for received metadata: there the elements belong to the call.
static inline void moondial_metadata_release(grpc_metadata_array *array /* owned, consumed */) {
  for (size_t i = 0; i < array->count; i++) {
    grpc_slice_unref(array->metadata[i].key);
    grpc_slice_unref(array->metadata[i].value);
  }
  grpc_metadata_array_destroy(array);
}

/// The key of a received pair. Borrowed: valid until the call that received it is unref'd.
static inline const grpc_slice *moondial_metadata_key(const grpc_metadata_array *array, size_t index) {
  return &array->metadata[index].key;
}

/// The value of a received pair. Borrowed: valid until the call that received it is unref'd.
static inline const grpc_slice *moondial_metadata_value(const grpc_metadata_array *array, size_t index) {
  return &array->metadata[index].value;
}

// MARK: Byte buffers

/// Copies a message, which may lie in many slices, to `destination` and returns the number of bytes written, at most
/// `capacity`. `grpc_byte_buffer_reader_readall` would copy into a slice of its own first.
static inline size_t moondial_byte_buffer_copy(grpc_byte_buffer *buffer,       // borrowed
                                               uint8_t *_Nullable destination,  // borrowed
                                               size_t capacity) {
  grpc_byte_buffer_reader reader;
  if (!grpc_byte_buffer_reader_init(&reader, buffer)) return 0;
  size_t written = 0;
  grpc_slice slice;
  while (grpc_byte_buffer_reader_next(&reader, &slice)) {
    size_t length = GRPC_SLICE_LENGTH(slice);
    if (length > capacity - written) length = capacity - written;
    if (length > 0) memcpy(destination + written, GRPC_SLICE_START_PTR(slice), length);
    written += length;
    grpc_slice_unref(slice);
  }
  grpc_byte_buffer_reader_destroy(&reader);
  return written;
}

// MARK: Unary calls

/// One unary call with the out-parameters of its only batch. They have to stay where they are until the batch's event
/// arrives, hence one heap block with one owner.
typedef struct moondial_unary {
  grpc_call *call;                             // owned
  grpc_metadata_array initial_metadata;        // out; array owned, elements borrowed from `call`
  grpc_metadata_array trailing_metadata;       // out; array owned, elements borrowed from `call`
  grpc_byte_buffer *_Nullable response;        // out, owned; NULL when trailers came instead of a message
  grpc_status_code status;                     // out
  grpc_slice status_details;                   // out, owned
  const char *_Nullable error_string;          // out, owned, gpr_free
} moondial_unary;

/// Creates a call, not yet started. The result is owned; free it with `moondial_unary_destroy`.
static inline moondial_unary *moondial_unary_create(grpc_channel *channel,                   // borrowed
                                                    grpc_completion_queue *queue,            // borrowed; core refs it
                                                    const char *method, size_t method_length,  // borrowed
                                                    gpr_timespec deadline) {
  moondial_unary *unary = (moondial_unary *)gpr_zalloc(sizeof(*unary));
  grpc_slice path = grpc_slice_from_copied_buffer(method, method_length);
  unary->call = grpc_channel_create_call(channel, NULL, GRPC_PROPAGATE_DEFAULTS, queue, path, NULL, deadline, NULL);
  grpc_slice_unref(path);
  grpc_metadata_array_init(&unary->initial_metadata);
  grpc_metadata_array_init(&unary->trailing_metadata);
  unary->status_details = grpc_empty_slice();
  return unary;
}

/// Starts the call: all six operations in one batch, whose single event carries `tag`. Anything but GRPC_CALL_OK means
/// that nothing has changed and no event will come. `metadata` and `request` are needed during this call only.
static inline grpc_call_error moondial_unary_start(moondial_unary *unary,                  // borrowed until the event
                                                   const grpc_metadata_array *metadata,    // borrowed
                                                   const uint8_t *_Nullable request, size_t request_length,  // borrowed
                                                   bool wait_for_ready,
                                                   void *tag /* passed through */) {
  grpc_op ops[6];
  // Core writes through every pointer of an op it does not find NULL, error_string above all.
  memset(ops, 0, sizeof(ops));

  ops[0].op = GRPC_OP_SEND_INITIAL_METADATA;
  ops[0].data.send_initial_metadata.count = metadata->count;
  ops[0].data.send_initial_metadata.metadata = metadata->metadata;
  if (wait_for_ready)
    ops[0].flags = GRPC_INITIAL_METADATA_WAIT_FOR_READY | GRPC_INITIAL_METADATA_WAIT_FOR_READY_EXPLICITLY_SET;

  grpc_slice bytes = request_length == 0 ? grpc_empty_slice()
                                         : grpc_slice_from_copied_buffer((const char *)request, request_length);
  grpc_byte_buffer *message = grpc_raw_byte_buffer_create(&bytes, 1);
  grpc_slice_unref(bytes);
  ops[1].op = GRPC_OP_SEND_MESSAGE;
  ops[1].data.send_message.send_message = message;

  ops[2].op = GRPC_OP_SEND_CLOSE_FROM_CLIENT;

  ops[3].op = GRPC_OP_RECV_INITIAL_METADATA;
  ops[3].data.recv_initial_metadata.recv_initial_metadata = &unary->initial_metadata;

  ops[4].op = GRPC_OP_RECV_MESSAGE;
  ops[4].data.recv_message.recv_message = &unary->response;

  ops[5].op = GRPC_OP_RECV_STATUS_ON_CLIENT;
  ops[5].data.recv_status_on_client.trailing_metadata = &unary->trailing_metadata;
  ops[5].data.recv_status_on_client.status = &unary->status;
  ops[5].data.recv_status_on_client.status_details = &unary->status_details;
  ops[5].data.recv_status_on_client.error_string = &unary->error_string;

  grpc_call_error error = grpc_call_start_batch(unary->call, ops, 6, tag, NULL);
  // "The original owner should still call grpc_byte_buffer_destroy() on this object" (grpc_op_send_message).
  grpc_byte_buffer_destroy(message);
  return error;
}

/// Frees the call and its out-parameters: never between a successful start and the batch's event.
static inline void moondial_unary_destroy(moondial_unary *unary /* owned, consumed */) {
  grpc_metadata_array_destroy(&unary->initial_metadata);
  grpc_metadata_array_destroy(&unary->trailing_metadata);
  if (unary->response) grpc_byte_buffer_destroy(unary->response);
  grpc_slice_unref(unary->status_details);
  gpr_free((void *)unary->error_string);
  // Last, because the metadata elements belong to the call.
  grpc_call_unref(unary->call);
  gpr_free(unary);
}

// MARK: Channels

/// The settings of a channel that differ from core's own, without the union of `grpc_arg`.
typedef struct moondial_channel_options {
  const char *_Nullable user_agent;  // borrowed; put before core's own
  const char *_Nullable authority;   // borrowed; NULL: from the target
  const char *_Nullable server_name; // borrowed; NULL: that of the authority; the name in the server's certificate
  const char *_Nullable proxy;       // borrowed; NULL: that of the environment, if any; a URL
  int keepalive_time_ms;
  int keepalive_timeout_ms;
  bool keepalive_without_calls;
  int max_receive_message_length;
  int max_reconnect_backoff_ms;
  bool uses_proxy;
  bool compresses;
} moondial_channel_options;

/// Creates a channel. The result is owned (grpc_channel_destroy); a target that cannot be understood gives a lame channel,
/// whose calls fail. Keys and strings "need only live through the creation invocation".
static inline grpc_channel *moondial_channel_create(const char *target,                      // borrowed
                                                    grpc_channel_credentials *credentials,  // borrowed; core refs them
                                                    const moondial_channel_options *options /* borrowed */) {
  grpc_arg args[13];
  size_t count = 0;
#define MOONDIAL_INTEGER(name, number)              \
  do {                                              \
    args[count].type = GRPC_ARG_INTEGER;            \
    args[count].key = (char *)(name);               \
    args[count++].value.integer = (int)(number);    \
  } while (0)
#define MOONDIAL_STRING(name, text)                 \
  do {                                              \
    args[count].type = GRPC_ARG_STRING;             \
    args[count].key = (char *)(name);               \
    args[count++].value.string = (char *)(text);    \
  } while (0)

  MOONDIAL_INTEGER(GRPC_ARG_KEEPALIVE_TIME_MS, options->keepalive_time_ms);
  MOONDIAL_INTEGER(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, options->keepalive_timeout_ms);
  MOONDIAL_INTEGER(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, options->keepalive_without_calls);
  // With the default of 2, core stops pinging after two pings without data, which is what a quiet long poll looks like.
  MOONDIAL_INTEGER(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  MOONDIAL_INTEGER(GRPC_ARG_MAX_RECEIVE_MESSAGE_LENGTH, options->max_receive_message_length);
  MOONDIAL_INTEGER(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, options->max_reconnect_backoff_ms);
  // Core would send even localhost through the proxy of http_proxy or grpc_proxy.
  MOONDIAL_INTEGER(GRPC_ARG_ENABLE_HTTP_PROXY, options->uses_proxy);
  // No TXT look-ups for a service config.
  MOONDIAL_INTEGER(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  if (options->compresses) MOONDIAL_INTEGER(GRPC_COMPRESSION_CHANNEL_DEFAULT_ALGORITHM, GRPC_COMPRESS_GZIP);
  if (options->user_agent) MOONDIAL_STRING(GRPC_ARG_PRIMARY_USER_AGENT_STRING, options->user_agent);
  if (options->authority) MOONDIAL_STRING(GRPC_ARG_DEFAULT_AUTHORITY, options->authority);
  if (options->server_name) MOONDIAL_STRING(GRPC_SSL_TARGET_NAME_OVERRIDE_ARG, options->server_name);
  if (options->proxy) MOONDIAL_STRING(GRPC_ARG_HTTP_PROXY, options->proxy);
#undef MOONDIAL_INTEGER
#undef MOONDIAL_STRING

  grpc_channel_args channel_args = {count, args};
  return grpc_channel_create(target, credentials, &channel_args);
}

// MARK: Threads

/// Names the calling thread for debuggers and /proc; `prctl` is variadic. At most 15 bytes count.
static inline void moondial_name_current_thread(const char *name /* borrowed */) {
  prctl(PR_SET_NAME, (unsigned long)name, 0, 0, 0);
}

#pragma clang assume_nonnull end
