#pragma once

// No _GNU_SOURCE: with it libc declares fd_set otherwise than in Swift's own Glibc module, and a Swift file that imports
// both does not compile.
#include <histedit.h>
