#pragma once

// The messages of proto/ for the tests of Wire, which reads all else from their descriptors.

#include <stddef.h>

/// Returns the `ProtobufCMessageDescriptor` of `moondial.wiretest.v1.<short_name>`, which lives as long as the process,
/// or NULL. As an untyped pointer, because protobuf-c is imported by Wire alone.
const void *_Nullable moondial_wire_test_descriptor(const char *_Nonnull short_name);
