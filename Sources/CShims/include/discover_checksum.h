#ifndef DISCOVER_CHECKSUM_H
#define DISCOVER_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

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
