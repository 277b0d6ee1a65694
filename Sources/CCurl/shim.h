#pragma once

// No _GNU_SOURCE, for the reason in CJansson/shim.h.
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>

// libcurl is loaded by the first transfer, and no program that makes none waits for it: with the libraries that it brings
// it takes 4 ms, half as long as all the rest of the start. So the module links nothing, and what is called is in a table.
// The functions with `...` are called through the wrappers below, since Swift cannot call them.

#pragma clang assume_nonnull begin

/// The functions of libcurl that are called.
typedef struct {
  __typeof__(&curl_global_init) global_init;
  __typeof__(&curl_easy_init) easy_init;
  __typeof__(&curl_easy_cleanup) easy_cleanup;
  __typeof__(&curl_easy_setopt) easy_setopt;
  __typeof__(&curl_easy_getinfo) easy_getinfo;
  __typeof__(&curl_easy_strerror) easy_strerror;
  __typeof__(&curl_slist_append) slist_append;
  __typeof__(&curl_slist_free_all) slist_free_all;
  __typeof__(&curl_multi_init) multi_init;
  __typeof__(&curl_multi_cleanup) multi_cleanup;
  __typeof__(&curl_multi_add_handle) multi_add_handle;
  __typeof__(&curl_multi_remove_handle) multi_remove_handle;
  __typeof__(&curl_multi_perform) multi_perform;
  __typeof__(&curl_multi_poll) multi_poll;
  __typeof__(&curl_multi_wakeup) multi_wakeup;
  __typeof__(&curl_multi_info_read) multi_info_read;
} moondial_curl;

/// Loads libcurl, for good, and fills the table.
///
/// Returns NULL, or why it cannot be loaded: text that is valid until this thread calls dlerror again.
static inline const char *_Nullable moondial_curl_load(moondial_curl *curl /* out */) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (!library) return dlerror();
  const struct { void *place; const char *name; } functions[] = {
    {&curl->global_init, "curl_global_init"},
    {&curl->easy_init, "curl_easy_init"},
    {&curl->easy_cleanup, "curl_easy_cleanup"},
    {&curl->easy_setopt, "curl_easy_setopt"},
    {&curl->easy_getinfo, "curl_easy_getinfo"},
    {&curl->easy_strerror, "curl_easy_strerror"},
    {&curl->slist_append, "curl_slist_append"},
    {&curl->slist_free_all, "curl_slist_free_all"},
    {&curl->multi_init, "curl_multi_init"},
    {&curl->multi_cleanup, "curl_multi_cleanup"},
    {&curl->multi_add_handle, "curl_multi_add_handle"},
    {&curl->multi_remove_handle, "curl_multi_remove_handle"},
    {&curl->multi_perform, "curl_multi_perform"},
    {&curl->multi_poll, "curl_multi_poll"},
    {&curl->multi_wakeup, "curl_multi_wakeup"},
    {&curl->multi_info_read, "curl_multi_info_read"},
  };
  for (size_t index = 0; index < sizeof functions / sizeof *functions; index++) {
    void *function = dlsym(library, functions[index].name);
    if (!function) return dlerror();
    // POSIX lets what dlsym gives be called; C lets it be copied as bytes.
    __builtin_memcpy(functions[index].place, &function, sizeof function);
  }
  return NULL;
}

static inline CURLcode moondial_curl_set_number(const moondial_curl *curl, CURL *easy, CURLoption option, long value) {
  return (curl->easy_setopt)(easy, option, value);
}

/// Sets text, which libcurl copies.
static inline CURLcode moondial_curl_set_text(const moondial_curl *curl, CURL *easy, CURLoption option,
                                              const char *value) {
  return (curl->easy_setopt)(easy, option, value);
}

/// Sets a pointer, which has to stay valid as long as the handle uses it.
static inline CURLcode moondial_curl_set_pointer(const moondial_curl *curl, CURL *easy, CURLoption option,
                                                 const void *_Nullable value) {
  return (curl->easy_setopt)(easy, option, value);
}

/// Sets PEM text for the certificates to trust, which libcurl copies.
static inline CURLcode moondial_curl_set_certificates(const moondial_curl *curl, CURL *easy, const void *bytes,
                                                      size_t count) {
  struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
  return (curl->easy_setopt)(easy, CURLOPT_CAINFO_BLOB, &blob);
}

typedef size_t (*moondial_curl_receiver)(char *bytes, size_t one, size_t count, void *_Nullable context);

static inline CURLcode moondial_curl_set_receiver(const moondial_curl *curl, CURL *easy,
                                                  moondial_curl_receiver receiver, void *context) {
  CURLcode code = (curl->easy_setopt)(easy, CURLOPT_WRITEFUNCTION, receiver);
  return code ? code : (curl->easy_setopt)(easy, CURLOPT_WRITEDATA, context);
}

/// The status of the response; 0 if there was none.
static inline long moondial_curl_status(const moondial_curl *curl, CURL *easy) {
  long status = 0;
  (curl->easy_getinfo)(easy, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

/// How a transfer ended, if one did: its handle, and its code.
static inline CURL *_Nullable moondial_curl_next_ended(const moondial_curl *curl, CURLM *multi, CURLcode *code /* out */) {
  int left;
  CURLMsg *message;
  while ((message = (curl->multi_info_read)(multi, &left))) {
    if (message->msg != CURLMSG_DONE) continue;
    *code = message->data.result;
    return message->easy_handle;
  }
  return NULL;
}

#pragma clang assume_nonnull end
