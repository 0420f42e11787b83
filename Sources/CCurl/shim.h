#ifndef WORKLOAD_PUBLISHER_CCURL_SHIM_H
#define WORKLOAD_PUBLISHER_CCURL_SHIM_H

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

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

static inline CURLcode wp_curl_set_socket_callback(CURL *handle, curl_opensocket_callback value) {
    return (curl_easy_setopt)(handle, CURLOPT_OPENSOCKETFUNCTION, value);
}

/* Opens a socket as libcurl does by itself. */
static inline curl_socket_t wp_curl_open_socket(const struct curl_sockaddr *address) {
    return socket(address->family, address->socktype, address->protocol);
}

/* The port of an address of either family, 0 of any other. */
static inline int wp_curl_port(const struct curl_sockaddr *address) {
    if (address->family == AF_INET) return ntohs(((const struct sockaddr_in *)(const void *)&address->addr)->sin_port);
    return address->family == AF_INET6 ? ntohs(((const struct sockaddr_in6 *)(const void *)&address->addr)->sin6_port) : 0;
}

/* Bytes, of which libcurl takes a copy. */
static inline CURLcode wp_curl_set_blob(CURL *handle, CURLoption option, const void *bytes, size_t count) {
    struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
    return (curl_easy_setopt)(handle, option, &blob);
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
