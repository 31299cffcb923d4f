#ifndef DISCOVER_BITS_H
#define DISCOVER_BITS_H

#include <stddef.h>
#include <stdint.h>

/* Bitmaps of 64 members a word.  In C because what Swift makes for every processor of a kind counts bits in a dozen
   steps, and takes one word at a time. */

void discover_bits_and(const uint64_t *a, const uint64_t *b, size_t count, uint64_t *result);
void discover_bits_or(const uint64_t *a, const uint64_t *b, size_t count, uint64_t *result);
/* Members of the first that are not in the second. */
void discover_bits_minus(const uint64_t *a, const uint64_t *b, size_t count, uint64_t *result);

/* How many members there are, and how many two have in common. */
void discover_bits_count(const uint64_t *a, size_t count, uint64_t *result);
void discover_bits_shared(const uint64_t *a, const uint64_t *b, size_t count, uint64_t *result);

/* ranks[i] <- members in the words before word i; `result` gets how many there are in all. */
void discover_bits_ranks(const uint64_t *a, size_t count, uint32_t *ranks, uint64_t *result);

#endif
