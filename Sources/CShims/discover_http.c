#include "discover_http.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

int discover_http_listen(const char *host, uint16_t port, uint16_t *taken, const char **message) {
    struct addrinfo hints;
    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    char service[8];
    snprintf(service, sizeof service, "%u", (unsigned)port);
    struct addrinfo *found = NULL;
    int code = getaddrinfo(host, service, &hints, &found);
    if (code != 0) {
        *message = gai_strerror(code);
        return -1;
    }
    int socket_ = -1;
    int error = EADDRNOTAVAIL;
    for (struct addrinfo *at = found; at != NULL; at = at->ai_next) {
        socket_ = socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, at->ai_protocol);
        if (socket_ < 0) {
            error = errno;
            continue;
        }
        int yes = 1;
        setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        if (bind(socket_, at->ai_addr, at->ai_addrlen) == 0 && listen(socket_, 511) == 0) break;
        error = errno;
        close(socket_);
        socket_ = -1;
    }
    freeaddrinfo(found);
    if (socket_ < 0) {
        *message = strerror(error);
        return -1;
    }
    struct sockaddr_storage own;
    socklen_t length = sizeof own;
    *taken = port;
    if (getsockname(socket_, (struct sockaddr *)&own, &length) == 0) {
        if (own.ss_family == AF_INET) *taken = ntohs(((struct sockaddr_in *)&own)->sin_port);
        if (own.ss_family == AF_INET6) *taken = ntohs(((struct sockaddr_in6 *)&own)->sin6_port);
    }
    return socket_;
}

struct MHD_Daemon *discover_http_start(const struct discover_http_options *options) {
    return MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_USE_SUSPEND_RESUME, 0, NULL, NULL, options->handle,
        options->context, MHD_OPTION_LISTEN_SOCKET, options->socket, MHD_OPTION_CONNECTION_LIMIT,
        options->connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT, options->connections_per_address,
        MHD_OPTION_CONNECTION_TIMEOUT, options->idle_seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, options->memory,
        MHD_OPTION_URI_LOG_CALLBACK, options->begin, options->context, MHD_OPTION_NOTIFY_COMPLETED, options->end,
        options->context, MHD_OPTION_NOTIFY_CONNECTION, options->connection, options->context,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
}

int discover_http_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == NULL ? -1 : info->connect_fd;
}

size_t discover_http_address(struct MHD_Connection *connection, uint8_t *bytes) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info == NULL || info->client_addr == NULL) return 0;
    if (info->client_addr->sa_family == AF_INET) {
        memcpy(bytes, &((const struct sockaddr_in *)info->client_addr)->sin_addr, 4);
        return 4;
    }
    if (info->client_addr->sa_family == AF_INET6) {
        const struct in6_addr *address = &((const struct sockaddr_in6 *)info->client_addr)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(address)) {
            memcpy(bytes, address->s6_addr + 12, 4);
            return 4;
        }
        memcpy(bytes, address->s6_addr, 16);
        return 16;
    }
    return 0;
}

void *discover_gzip(const void *bytes, size_t count, int level, size_t *size) {
    if (count > UINT32_MAX) return NULL;
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    /* 15 bits of window, 16 more for the gzip wrapper. */
    if (deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return NULL;
    size_t capacity = deflateBound(&stream, (uLong)count);
    void *target = malloc(capacity);
    if (target == NULL) {
        deflateEnd(&stream);
        return NULL;
    }
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)count;
    stream.next_out = target;
    stream.avail_out = (uInt)capacity;
    int code = deflate(&stream, Z_FINISH);
    *size = stream.total_out;
    deflateEnd(&stream);
    if (code != Z_STREAM_END) {
        free(target);
        return NULL;
    }
    return target;
}

static sigset_t stops(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    return set;
}

void discover_signals_hold(void) {
    sigset_t set = stops();
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

int discover_signals_wait(void) {
    sigset_t set = stops();
    int caught = 0;
    while (sigwait(&set, &caught) != 0) {}
    return caught;
}

void discover_thread_name(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

static ssize_t no_bytes(void *context, uint64_t position, char *buffer, size_t capacity) {
    (void)context;
    (void)position;
    (void)buffer;
    (void)capacity;
    return MHD_CONTENT_READER_END_OF_STREAM;
}

struct MHD_Response *discover_http_bare_response(void) {
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 1, no_bytes, NULL, NULL);
}
