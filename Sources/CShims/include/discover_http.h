#ifndef DISCOVER_HTTP_H
#define DISCOVER_HTTP_H

#include <stddef.h>
#include <stdint.h>
#include <microhttpd.h>

/* Opens a listening TCP socket on a host name or address and a port; 0 takes any free one.  Returns the descriptor and
   the port taken, or -1 and a message. */
int discover_http_listen(const char *host, uint16_t port, uint16_t *taken, const char **message);

/* What a daemon is started with.  Every callback gets `context`. */
struct discover_http_options {
    int socket;
    unsigned connections;
    /* 0 for no limit. */
    unsigned connections_per_address;
    /* Seconds without a byte from or to the client. */
    unsigned idle_seconds;
    /* Bytes for the request line, the header fields and the answer's header of one connection. */
    size_t memory;
    void *context;
    /* Gets the request target as it was sent; what it returns is the request's own context. */
    void *(*begin)(void *context, const char *target, struct MHD_Connection *connection);
    MHD_AccessHandlerCallback handle;
    MHD_RequestCompletedCallback end;
    MHD_NotifyConnectionCallback connection;
};

/* MHD_start_daemon is variadic, which Swift cannot call.  One thread waits for all sockets (epoll); requests may be
   suspended. */
struct MHD_Daemon *discover_http_start(const struct discover_http_options *options);

/* The socket of a connection, -1 when it has none. */
int discover_http_socket(struct MHD_Connection *connection);

/* Writes the client's address: 4 bytes for IPv4 (also when mapped into IPv6), 16 for IPv6.  Returns the length, 0 when
   unknown. */
size_t discover_http_address(struct MHD_Connection *connection, uint8_t *bytes);

/* The bytes in gzip format (RFC 1952); NULL when there is no memory.  The caller frees them. */
void *discover_gzip(const void *bytes, size_t count, int level, size_t *size);

/* Blocks SIGTERM and SIGINT in the calling thread and those it starts, and ignores SIGPIPE. */
void discover_signals_hold(void);
/* Waits for one of the two and returns it. */
int discover_signals_wait(void);

/* Names the calling thread for people who look at it; at most 15 bytes are kept. */
void discover_thread_name(const char *name);

/* An answer without its length: for 304, where "Content-Length: 0" would be a false statement of the length that
   200 has (RFC 9110 section 8.6). */
struct MHD_Response *discover_http_bare_response(void);

#endif
