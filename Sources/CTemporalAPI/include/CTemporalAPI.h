#pragma once

// The Temporal API as protobuf-c's descriptors: which methods a service has, which fields a message has and where they
// lie in memory. From these Wire builds and reads every message, so the generated structs stay private to this target.
//
// Everything below is constant, lives as long as the process and is borrowed by whoever asks for it.

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>

/// `temporal.api.workflowservice.v1.WorkflowService`.
extern const ProtobufCServiceDescriptor temporal__api__workflowservice__v1__workflow_service__descriptor;

/// `temporal.api.operatorservice.v1.OperatorService`.
extern const ProtobufCServiceDescriptor temporal__api__operatorservice__v1__operator_service__descriptor;

/// `grpc.health.v1.Health`. Its `Watch` streams, which the descriptor does not tell.
extern const ProtobufCServiceDescriptor grpc__health__v1__health__descriptor;

/// Every message type of Protos/ in the `strcmp` order of the full names, so that a name, as in an `Any`'s type URL, is
/// found by binary search. Entries of map fields are among them. A pointer, because Swift imports no array whose size
/// the header leaves open.
extern const ProtobufCMessageDescriptor *_Nonnull const *_Nonnull const moondial_message_types;

/// The number of `moondial_message_types`.
extern const size_t moondial_message_types_count;
