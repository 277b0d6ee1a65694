#define _GNU_SOURCE
#include "CEditBridge.h"

#include <fcntl.h>
#include <pty.h>

bool moondial_edit_open_terminal(int *master, int *slave) {
  if (openpty(master, slave, NULL, NULL, NULL) != 0) return false;
  fcntl(*master, F_SETFD, FD_CLOEXEC);
  fcntl(*slave, F_SETFD, FD_CLOEXEC);
  return true;
}
