#include "discover_sha256.h"

#include <nettle/version.h>

void discover_sha256_begin(discover_sha256 *hash) { sha256_init(hash); }

void discover_sha256_add(discover_sha256 *hash, const void *bytes, size_t count) { sha256_update(hash, count, bytes); }

void discover_sha256_end(discover_sha256 *hash, uint8_t *digest) {
    /* From version 4 on a digest is always whole. */
#if NETTLE_VERSION_MAJOR >= 4
    sha256_digest(hash, digest);
#else
    sha256_digest(hash, SHA256_DIGEST_SIZE, digest);
#endif
}
