#include "CWireTestMessages.h"

#include <string.h>

#include "wire_test.pb-c.h"
#include "wire_test_proto2.pb-c.h"

static const ProtobufCMessageDescriptor *const descriptors[] = {
    &moondial__wiretest__v1__choice__descriptor,     &moondial__wiretest__v1__everything__descriptor,
    &moondial__wiretest__v1__leaf__descriptor,       &moondial__wiretest__v1__leaf_later__descriptor,
    &moondial__wiretest__v1__legacy__descriptor,     &moondial__wiretest__v1__maps__descriptor,
    &moondial__wiretest__v1__repeated__descriptor,   &moondial__wiretest__v1__scalars__descriptor,
    &moondial__wiretest__v1__tree__descriptor,       &moondial__wiretest__v1__well_known__descriptor,
};

const void *moondial_wire_test_descriptor(const char *short_name) {
  for (size_t index = 0; index < sizeof descriptors / sizeof *descriptors; index++) {
    if (strcmp(descriptors[index]->short_name, short_name) == 0) return descriptors[index];
  }
  return NULL;
}
