#ifndef DISCOVER_SHA256_H
#define DISCOVER_SHA256_H

#include <nettle/sha2.h>
#include <stddef.h>
#include <stdint.h>

/* SHA-256 (FIPS 180-4), streaming, by libnettle, whose calls are not the same in all its versions.  A value without
   memory of its own: it may be copied and forgotten. */
typedef struct sha256_ctx discover_sha256;

void discover_sha256_begin(discover_sha256 *hash);
void discover_sha256_add(discover_sha256 *hash, const void *bytes, size_t count);
/* Writes 32 bytes. */
void discover_sha256_end(discover_sha256 *hash, uint8_t *digest);

#endif
