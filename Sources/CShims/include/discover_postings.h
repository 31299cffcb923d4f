#ifndef DISCOVER_WORDS_H
#define DISCOVER_WORDS_H

#include <stddef.h>
#include <stdint.h>

/* Lists of the records that hold a word, a block at a time.  In C as the loops over them are most of a search by words:
   additions that depend on one another take four steps for sixteen rows here. */

/* rows[i] <- previous + (gaps[0] + 1) + ... + (gaps[i] + 1), modulo 2^32. */
void discover_gap_rows(const uint8_t *gaps, size_t count, uint32_t previous, uint32_t *rows);

/* Writes the places from `from` to before `to` whose rows have their bit set, at most 256 from the first place on;
   returns how many.  `places` has room for to - from. */
size_t discover_rows_in(const uint32_t *rows, size_t from, size_t to, const uint64_t *bitmap, uint8_t *places);

#endif
