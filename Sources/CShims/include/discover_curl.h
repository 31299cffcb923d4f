#ifndef DISCOVER_CURL_H
#define DISCOVER_CURL_H

#include <curl/curl.h>

/* curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call. */
CURLcode discover_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode discover_curl_set_pointer(CURL *handle, CURLoption option, const void *value);
CURLcode discover_curl_get_long(CURL *handle, CURLINFO info, long *value);
CURLcode discover_curl_get_text(CURL *handle, CURLINFO info, const char **value);

#endif
