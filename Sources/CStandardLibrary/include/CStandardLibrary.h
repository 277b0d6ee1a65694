/// The text of `stdlib/`, compiled into the binary, so that it works from any directory.
#pragma once

#include <stddef.h>

#pragma clang assume_nonnull begin

/// One Lua module.
struct moondial_module {
  const char *name;           // as `require` knows it after "moondial."; static
  const unsigned char *text;  // not NUL-terminated; static
  size_t size;                // of `text`, in bytes
};

/// Every module of `stdlib/`, in the order of their names.
extern const struct moondial_module *const moondial_modules;
extern const size_t moondial_modules_count;

#pragma clang assume_nonnull end
