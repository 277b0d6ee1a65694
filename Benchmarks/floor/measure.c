// measure COMMAND [ARGUMENT]...
//
// Runs a command and writes what it cost to descriptor 3, as one line: wall, user and system time in seconds, peak RSS
// in KiB, and the exit status.
//
// A program of its own because of the peak: a child starts its life with the peak of the process that it was forked
// from (setmax_mm_hiwater_rss at exec), and that of the Python that drives the benchmarks is larger than what is measured.

#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

int main(int argc, char **argv) {
  struct timespec began, ended;
  struct rusage usage;
  int status;
  if (argc < 2) return 64;

  clock_gettime(CLOCK_MONOTONIC, &began);
  pid_t child = fork();
  if (child == 0) {
    close(3);
    execvp(argv[1], argv + 1);
    perror(argv[1]);
    _exit(127);
  }
  if (child < 0 || wait4(child, &status, 0, &usage) < 0) return 71;
  clock_gettime(CLOCK_MONOTONIC, &ended);

  double wall = (double)(ended.tv_sec - began.tv_sec) + (double)(ended.tv_nsec - began.tv_nsec) / 1e9;
  dprintf(3, "%.6f %.6f %.6f %ld %d\n", wall, seconds(usage.ru_utime), seconds(usage.ru_stime), usage.ru_maxrss,
          WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return 0;
}
