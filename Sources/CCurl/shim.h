#ifndef WORKLOAD_PUBLISHER_CCURL_SHIM_H
#define WORKLOAD_PUBLISHER_CCURL_SHIM_H

#include <curl/curl.h>

/* Swift cannot call variadic functions: one typed function for each type that libcurl's options and infos take.
   The parentheses keep libcurl's type-checking macros away, which want constant options. */

typedef size_t (*wp_curl_data_callback)(char *data, size_t size, size_t count, void *context);

static inline CURLcode wp_curl_set_long(CURL *handle, CURLoption option, long value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode wp_curl_set_off_t(CURL *handle, CURLoption option, curl_off_t value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode wp_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode wp_curl_set_pointer(CURL *handle, CURLoption option, const void *value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode wp_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode wp_curl_set_callback(CURL *handle, CURLoption option, wp_curl_data_callback value) {
    return (curl_easy_setopt)(handle, option, value);
}

typedef int (*wp_curl_ready_callback)(void *context, char *remote, char *local, int remote_port, int local_port);

static inline CURLcode wp_curl_set_ready_callback(CURL *handle, wp_curl_ready_callback value) {
    return (curl_easy_setopt)(handle, CURLOPT_PREREQFUNCTION, value);
}

static inline CURLcode wp_curl_set_debug_callback(CURL *handle, curl_debug_callback value) {
    return (curl_easy_setopt)(handle, CURLOPT_DEBUGFUNCTION, value);
}

static inline CURLMcode wp_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return (curl_multi_setopt)(multi, option, value);
}

static inline CURLcode wp_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return (curl_easy_getinfo)(handle, info, value);
}

static inline CURLcode wp_curl_get_off_t(CURL *handle, CURLINFO info, curl_off_t *value) {
    return (curl_easy_getinfo)(handle, info, value);
}

#endif
