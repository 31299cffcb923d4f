#ifndef DISCOVER_SHA256_H
#define DISCOVER_SHA256_H

#include <stddef.h>
#include <stdint.h>

/* SHA-256 (FIPS 180-4), streaming.  The toolchain on Linux ships no cryptography module. */
typedef struct {
    uint32_t state[8];
    uint64_t length;
    uint8_t block[64];
    size_t filled;
} discover_sha256;

void discover_sha256_begin(discover_sha256 *hash);
void discover_sha256_add(discover_sha256 *hash, const void *bytes, size_t count);
/* Writes 32 bytes. */
void discover_sha256_end(discover_sha256 *hash, uint8_t *digest);

/* 1 when both ways to compute it, with and without the processor's instructions, agree on a block of 64 bytes. */
int discover_sha256_agrees(const uint8_t *block);

/* The checksum of facets.bin, described in docs/index-format.md: fast, for accidents, not for attackers. */
uint64_t discover_checksum64(const void *bytes, size_t count);

/* The same in pieces; all but the last have a multiple of eight bytes. */
typedef struct discover_checksum {
    uint64_t lanes[4];
    uint64_t words;
    uint64_t bytes;
} discover_checksum;
void discover_checksum_begin(discover_checksum *state);
void discover_checksum_add(discover_checksum *state, const void *bytes, size_t count);
uint64_t discover_checksum_end(const discover_checksum *state);

#endif
