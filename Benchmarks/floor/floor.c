// The floor under every client of this kind: the same libgrpc and the same generated messages as Moondial, called from
// one thread of C that does nothing but the workload.
//
//   floor startup
//   floor describe ADDRESS COUNT AT-A-TIME WORKFLOWS
//       describes the workflows bench-0, bench-1, ..., over and over
//   floor history ADDRESS ID
//       reads every page of a history
//   floor list ADDRESS QUERY
//       reads every page of a listing
//   floor signal_workflows ADDRESS COUNT AT-A-TIME WORKFLOWS
//       signals the workflows bench-open-0, bench-open-1, ..., over and over
//
// Each prints how many workflows or events it saw or signals it sent, and exits with 1 at the first call that fails.

#include <grpc/byte_buffer.h>
#include <grpc/byte_buffer_reader.h>
#include <grpc/grpc.h>
#include <grpc/grpc_security.h>
#include <grpc/support/alloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "temporal/api/workflowservice/v1/request_response.pb-c.h"

#define SERVICE "/temporal.api.workflowservice.v1.WorkflowService/"
#define MESSAGE(type) temporal__api__workflowservice__v1__##type##__descriptor

typedef Temporal__Api__Workflowservice__V1__DescribeWorkflowExecutionRequest DescribeRequest;
typedef Temporal__Api__Workflowservice__V1__DescribeWorkflowExecutionResponse DescribeResponse;
typedef Temporal__Api__Workflowservice__V1__GetWorkflowExecutionHistoryRequest HistoryRequest;
typedef Temporal__Api__Workflowservice__V1__GetWorkflowExecutionHistoryResponse HistoryResponse;
typedef Temporal__Api__Workflowservice__V1__ListWorkflowExecutionsRequest ListRequest;
typedef Temporal__Api__Workflowservice__V1__ListWorkflowExecutionsResponse ListResponse;
typedef Temporal__Api__Workflowservice__V1__SignalWorkflowExecutionRequest SignalRequest;

static grpc_completion_queue *queue;
static grpc_channel *channel;

// One unary call. Everything a batch writes to lives here until its tag comes back.
typedef struct {
  grpc_call *call;
  grpc_metadata_array initial_metadata;
  grpc_metadata_array trailing_metadata;
  grpc_byte_buffer *response;
  grpc_status_code status;
  grpc_slice details;
} Call;

static void fail(const char *what, const char *why) {
  fprintf(stderr, "floor: %s: %s\n", what, why);
  exit(1);
}

static void connect_to(const char *address) {
  grpc_channel_credentials *credentials = grpc_insecure_credentials_create();
  channel = grpc_channel_create(address, credentials, NULL);
  grpc_channel_credentials_release(credentials);
}

static Call *start(const char *method, const ProtobufCMessage *request) {
  Call *call = calloc(1, sizeof *call);
  grpc_metadata_array_init(&call->initial_metadata);
  grpc_metadata_array_init(&call->trailing_metadata);
  gpr_timespec deadline =
      gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC), gpr_time_from_seconds(30, GPR_TIMESPAN));
  call->call = grpc_channel_create_call(channel, NULL, GRPC_PROPAGATE_DEFAULTS, queue,
                                        grpc_slice_from_static_string(method), NULL, deadline, NULL);

  grpc_slice bytes = grpc_slice_malloc(protobuf_c_message_get_packed_size(request));
  protobuf_c_message_pack(request, GRPC_SLICE_START_PTR(bytes));
  grpc_byte_buffer *message = grpc_raw_byte_buffer_create(&bytes, 1);

  grpc_op ops[6];
  memset(ops, 0, sizeof ops);
  ops[0].op = GRPC_OP_SEND_INITIAL_METADATA;
  ops[1].op = GRPC_OP_SEND_MESSAGE;
  ops[1].data.send_message.send_message = message;
  ops[2].op = GRPC_OP_SEND_CLOSE_FROM_CLIENT;
  ops[3].op = GRPC_OP_RECV_INITIAL_METADATA;
  ops[3].data.recv_initial_metadata.recv_initial_metadata = &call->initial_metadata;
  ops[4].op = GRPC_OP_RECV_MESSAGE;
  ops[4].data.recv_message.recv_message = &call->response;
  ops[5].op = GRPC_OP_RECV_STATUS_ON_CLIENT;
  ops[5].data.recv_status_on_client.trailing_metadata = &call->trailing_metadata;
  ops[5].data.recv_status_on_client.status = &call->status;
  ops[5].data.recv_status_on_client.status_details = &call->details;
  if (grpc_call_start_batch(call->call, ops, 6, call, NULL) != GRPC_CALL_OK) fail(method, "the batch did not start");
  // "The original owner should still call grpc_byte_buffer_destroy()" (grpc_types.h).
  grpc_byte_buffer_destroy(message);
  grpc_slice_unref(bytes);
  return call;
}

// Waits for one of the calls under way and returns its response, which the caller frees.
static ProtobufCMessage *next_response(const ProtobufCMessageDescriptor *type) {
  grpc_event event = grpc_completion_queue_next(queue, gpr_inf_future(GPR_CLOCK_MONOTONIC), NULL);
  Call *call = event.tag;
  if (call->status != GRPC_STATUS_OK) {
    char *details = grpc_slice_to_c_string(call->details);
    fail(type->short_name, details);
  }
  grpc_byte_buffer_reader reader;
  grpc_byte_buffer_reader_init(&reader, call->response);
  grpc_slice bytes = grpc_byte_buffer_reader_readall(&reader);
  grpc_byte_buffer_reader_destroy(&reader);
  ProtobufCMessage *response =
      protobuf_c_message_unpack(type, NULL, GRPC_SLICE_LENGTH(bytes), GRPC_SLICE_START_PTR(bytes));
  if (response == NULL) fail(type->short_name, "the response does not unpack");

  grpc_slice_unref(bytes);
  grpc_byte_buffer_destroy(call->response);
  grpc_metadata_array_destroy(&call->initial_metadata);
  grpc_metadata_array_destroy(&call->trailing_metadata);
  grpc_slice_unref(call->details);
  grpc_call_unref(call->call);
  free(call);
  return response;
}

// Takes the page token out of a response, which is about to be freed.
static void keep_token(ProtobufCBinaryData *kept, const ProtobufCBinaryData *token) {
  free(kept->data);
  kept->len = token->len;
  kept->data = malloc(token->len + 1);
  memcpy(kept->data, token->data, token->len);
}

static int describe(int count, int at_a_time, int workflows) {
  char id[32];
  Temporal__Api__Common__V1__WorkflowExecution execution;
  protobuf_c_message_init(&temporal__api__common__v1__workflow_execution__descriptor, &execution);
  execution.workflow_id = id;
  DescribeRequest request;
  protobuf_c_message_init(&MESSAGE(describe_workflow_execution_request), &request);
  request.namespace_ = "default";
  request.execution = &execution;

  int started = 0, ended = 0;
  while (ended < count) {
    while (started < count && started - ended < at_a_time) {
      snprintf(id, sizeof id, "bench-%d", started % workflows);
      start(SERVICE "DescribeWorkflowExecution", &request.base);
      started += 1;
    }
    DescribeResponse *response = (void *)next_response(&MESSAGE(describe_workflow_execution_response));
    if (response->workflow_execution_info == NULL) fail("describe", "the response describes nothing");
    protobuf_c_message_free_unpacked(&response->base, NULL);
    ended += 1;
  }
  return ended;
}

static int history(const char *id) {
  Temporal__Api__Common__V1__WorkflowExecution execution;
  protobuf_c_message_init(&temporal__api__common__v1__workflow_execution__descriptor, &execution);
  execution.workflow_id = (char *)id;
  HistoryRequest request;
  protobuf_c_message_init(&MESSAGE(get_workflow_execution_history_request), &request);
  request.namespace_ = "default";
  request.execution = &execution;

  int events = 0;
  do {
    start(SERVICE "GetWorkflowExecutionHistory", &request.base);
    HistoryResponse *response = (void *)next_response(&MESSAGE(get_workflow_execution_history_response));
    events += (int)response->history->n_events;
    keep_token(&request.next_page_token, &response->next_page_token);
    protobuf_c_message_free_unpacked(&response->base, NULL);
  } while (request.next_page_token.len > 0);
  free(request.next_page_token.data);
  return events;
}

static int list(const char *query) {
  ListRequest request;
  protobuf_c_message_init(&MESSAGE(list_workflow_executions_request), &request);
  request.namespace_ = "default";
  request.query = (char *)query;
  request.page_size = 1000;  // The default of the Python SDK's list_workflows.

  int workflows = 0;
  do {
    start(SERVICE "ListWorkflowExecutions", &request.base);
    ListResponse *response = (void *)next_response(&MESSAGE(list_workflow_executions_response));
    workflows += (int)response->n_executions;
    keep_token(&request.next_page_token, &response->next_page_token);
    protobuf_c_message_free_unpacked(&response->base, NULL);
  } while (request.next_page_token.len > 0);
  free(request.next_page_token.data);
  return workflows;
}

// A number as the one argument, as the SDKs encode it.
static int signal_workflows(int count, int at_a_time, int workflows) {
  char id[32], request_id[32], number[16];
  Temporal__Api__Common__V1__Payload__MetadataEntry encoding;
  protobuf_c_message_init(&temporal__api__common__v1__payload__metadata_entry__descriptor, &encoding);
  encoding.key = "encoding";
  encoding.value = (ProtobufCBinaryData){strlen("json/plain"), (uint8_t *)"json/plain"};
  Temporal__Api__Common__V1__Payload__MetadataEntry *metadata[] = {&encoding};
  Temporal__Api__Common__V1__Payload payload;
  protobuf_c_message_init(&temporal__api__common__v1__payload__descriptor, &payload);
  payload.n_metadata = 1;
  payload.metadata = metadata;
  Temporal__Api__Common__V1__Payload *payloads[] = {&payload};
  Temporal__Api__Common__V1__Payloads input;
  protobuf_c_message_init(&temporal__api__common__v1__payloads__descriptor, &input);
  input.n_payloads = 1;
  input.payloads = payloads;
  Temporal__Api__Common__V1__WorkflowExecution execution;
  protobuf_c_message_init(&temporal__api__common__v1__workflow_execution__descriptor, &execution);
  execution.workflow_id = id;
  SignalRequest request;
  protobuf_c_message_init(&MESSAGE(signal_workflow_execution_request), &request);
  request.namespace_ = "default";
  request.workflow_execution = &execution;
  request.signal_name = "put";
  request.input = &input;
  request.identity = "floor";
  request.request_id = request_id;

  int started = 0, ended = 0;
  while (ended < count) {
    while (started < count && started - ended < at_a_time) {
      snprintf(id, sizeof id, "bench-open-%d", started % workflows);
      // The server drops a signal whose request it has seen before.
      snprintf(request_id, sizeof request_id, "%d-%d", (int)getpid(), started);
      int length = snprintf(number, sizeof number, "%d", started);
      payload.data = (ProtobufCBinaryData){(size_t)length, (uint8_t *)number};
      start(SERVICE "SignalWorkflowExecution", &request.base);
      started += 1;
    }
    protobuf_c_message_free_unpacked(next_response(&MESSAGE(signal_workflow_execution_response)), NULL);
    ended += 1;
  }
  return ended;
}

int main(int argc, char **argv) {
  const char *workload = argc > 1 ? argv[1] : "";
  grpc_init();
  queue = grpc_completion_queue_create_for_next(NULL);
  if (argc > 2) connect_to(argv[2]);

  if (strcmp(workload, "startup") == 0 && argc == 2) {
    // Nothing more: the libraries are loaded and ready.
  } else if (strcmp(workload, "describe") == 0 && argc == 6) {
    printf("%d\n", describe(atoi(argv[3]), atoi(argv[4]), atoi(argv[5])));
  } else if (strcmp(workload, "history") == 0 && argc == 4) {
    printf("%d\n", history(argv[3]));
  } else if (strcmp(workload, "list") == 0 && argc == 4) {
    printf("%d\n", list(argv[3]));
  } else if (strcmp(workload, "signal_workflows") == 0 && argc == 6) {
    printf("%d\n", signal_workflows(atoi(argv[3]), atoi(argv[4]), atoi(argv[5])));
  } else {
    fail("usage", "see the head of floor.c");
  }

  if (channel != NULL) grpc_channel_destroy(channel);
  grpc_completion_queue_shutdown(queue);
  while (grpc_completion_queue_next(queue, gpr_inf_future(GPR_CLOCK_MONOTONIC), NULL).type != GRPC_QUEUE_SHUTDOWN) {
  }
  grpc_completion_queue_destroy(queue);
  grpc_shutdown();
  return 0;
}
