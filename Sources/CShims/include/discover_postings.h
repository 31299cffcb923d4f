#ifndef DISCOVER_WORDS_H
#define DISCOVER_WORDS_H

#include <stddef.h>
#include <stdint.h>

/* Decoding of postings, a block at a time.  In C because these loops are most of a full-text search: the prefix sum of
   sixteen gaps takes four steps here. */

/* rows[i] <- previous + (gaps[0] + 1) + ... + (gaps[i] + 1), modulo 2^32. */
void discover_gap_rows(const uint8_t *gaps, size_t count, uint32_t previous, uint32_t *rows);

/* Writes the indices from `from` to before `to` whose rows have their bit set, at most 256 after the first index;
   returns how many.  `places` must hold to - from. */
size_t discover_rows_in(const uint32_t *rows, size_t from, size_t to, const uint64_t *bitmap, uint8_t *places);

#endif
