#include "include/CLuaBridge.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

int moondial_wake_new(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void moondial_wake_signal(int descriptor) {
  uint64_t one = 1;
  ssize_t written = write(descriptor, &one, sizeof one);
  (void)written;  // an eventfd refuses only when it says "wake" already
}

void moondial_wake_wait(int descriptor, double timeout) {
  struct pollfd entry = {.fd = descriptor, .events = POLLIN};
  // ppoll, as the milliseconds of poll would turn short sleeps into busy ones.
  if (timeout < 0) {
    ppoll(&entry, 1, NULL, NULL);
  } else {
    time_t seconds = timeout < 1e9 ? (time_t)timeout : (time_t)1e9;
    double rest = timeout - (double)seconds;
    struct timespec limit = {.tv_sec = seconds, .tv_nsec = rest < 1 ? (long)(rest * 1e9) : 0};
    ppoll(&entry, 1, &limit, NULL);
  }
  uint64_t count;
  ssize_t taken = read(descriptor, &count, sizeof count);
  (void)taken;
}
