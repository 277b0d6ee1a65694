#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "CEditBridge.h"

static ssize_t take(void *cookie, const char *bytes, size_t count) {
  moondial_edit_sink *sink = cookie;
  if (memchr(bytes, '\a', count)) sink->beeped = true;
  for (size_t written = 0; sink->shows && written < count;) {
    ssize_t result = write(sink->descriptor, bytes + written, count - written);
    if (result >= 0) {
      written += (size_t)result;
    } else if (errno == EAGAIN) {
      struct pollfd wait = {.fd = sink->descriptor, .events = POLLOUT};
      poll(&wait, 1, -1);
    } else if (errno != EINTR) {
      return 0;
    }
  }
  return (ssize_t)count;
}

FILE *moondial_edit_open_sink(moondial_edit_sink *sink) {
  return fopencookie(sink, "w", (cookie_io_functions_t){.write = take});
}
