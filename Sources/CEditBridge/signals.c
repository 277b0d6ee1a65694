#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "CEditBridge.h"

static const int watched[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP};
enum { watched_count = sizeof watched / sizeof watched[0] };

static struct sigaction previous[watched_count];
static atomic_int target = -1;

// C because a handler may run on any thread at any point: nothing here allocates, locks or initialises lazily, which
// Swift does not promise of its own code.
static void forward(int signal) {
  int saved = errno;
  int descriptor = atomic_load(&target);
  unsigned char byte = (unsigned char)signal;
  // A full pipe means that the reader has the same news waiting already.
  if (descriptor >= 0) (void)!write(descriptor, &byte, 1);
  errno = saved;
}

void moondial_edit_watch_signals(int descriptor) {
  atomic_store(&target, descriptor);
  struct sigaction action = {.sa_handler = forward, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < watched_count; i++) {
    sigaction(watched[i], NULL, &previous[i]);
    if (previous[i].sa_handler != SIG_IGN) sigaction(watched[i], &action, NULL);
  }
}

void moondial_edit_unwatch_signals(void) {
  for (int i = 0; i < watched_count; i++) sigaction(watched[i], &previous[i], NULL);
  atomic_store(&target, -1);
}
