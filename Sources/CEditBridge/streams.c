#define _GNU_SOURCE
#include <stdio.h>

#include "CEditBridge.h"

static struct {
  void *context;
  moondial_edit_write write;
} route;

static ssize_t write_to_route(void *cookie, const char *bytes, size_t count) {
  (void)cookie;
  route.write(route.context, bytes, count);
  return (ssize_t)count;
}

static FILE *open_stream(void) {
  cookie_io_functions_t functions = {.write = write_to_route};
  FILE *stream = fopencookie(NULL, "w", functions);
  // Line by line, as what belongs together is often written in pieces.
  if (stream != NULL) setvbuf(stream, NULL, _IOLBF, BUFSIZ);
  return stream;
}

bool moondial_edit_route_streams(void *context, moondial_edit_write write) {
  FILE *output = open_stream();
  FILE *errors = output == NULL ? NULL : open_stream();
  if (errors == NULL) {
    if (output != NULL) fclose(output);
    return false;
  }
  fflush(NULL);
  route.context = context;
  route.write = write;
  stdout = output;
  stderr = errors;
  return true;
}
