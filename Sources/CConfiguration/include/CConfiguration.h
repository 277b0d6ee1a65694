#pragma once

#include <stddef.h>

// What Swift cannot reach of where a configuration comes from: toml++, which is C++, and `environ`, a variable that
// Swift takes for one that any thread may write.

#pragma clang assume_nonnull begin

#ifdef __cplusplus
extern "C" {
#endif

/// What `moondial_toml_to_json` gives back: one of the two texts, both to be freed with free().
typedef struct moondial_toml_result {
  char *_Nullable json;   // owned; the table as JSON
  char *_Nullable error;  // owned; why the text is not TOML, and in which line
} moondial_toml_result;

/// Reads TOML. Dates and times become text; a text that is not TOML gives an error, and so does a lack of memory.
moondial_toml_result moondial_toml_to_json(const char *_Nullable text /* borrowed */, size_t length);

/// The variables of the process as `NAME=value`, ended by NULL. Borrowed: valid until one of them is changed.
char *_Nullable *_Nullable moondial_environment(void);

#ifdef __cplusplus
}
#endif

#pragma clang assume_nonnull end
