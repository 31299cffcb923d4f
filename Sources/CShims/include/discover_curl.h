#ifndef DISCOVER_CURL_H
#define DISCOVER_CURL_H

#include <stddef.h>
#include <curl/curl.h>

/* curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call. */
CURLcode discover_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode discover_curl_set_text(CURL *handle, CURLoption option, const char *value);
CURLcode discover_curl_set_list(CURL *handle, CURLoption option, const struct curl_slist *value);
CURLcode discover_curl_get_long(CURL *handle, CURLINFO info, long *value);

/* Where the bytes of an answer go: size is 1, and any result but `count` ends the transfer. */
typedef size_t (*discover_curl_sink)(char *bytes, size_t size, size_t count, void *context);

/* Inflated body bytes and header lines go to these two, both with the same context. */
CURLcode discover_curl_set_sinks(CURL *handle, discover_curl_sink body, discover_curl_sink header, void *context);

#endif
