#include "discover_postings.h"

#include "discover_lanes.h"

typedef uint32_t counts __attribute__((vector_size(64)));
typedef uint8_t small __attribute__((vector_size(16)));

INLINE void gap_rows_body(const uint8_t *gaps, size_t count, uint32_t previous, uint32_t *rows) {
    size_t i = 0;
    const counts none = {0};
    for (; i + 16 <= count; i += 16) {
        small bytes;
        memcpy(&bytes, gaps + i, sizeof bytes);
        counts sums = __builtin_convertvector(bytes, counts) + 1;
        sums += __builtin_shufflevector(none, sums, 0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
        sums += __builtin_shufflevector(none, sums, 0, 0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
        sums += __builtin_shufflevector(none, sums, 0, 0, 0, 0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27);
        sums += __builtin_shufflevector(none, sums, 0, 0, 0, 0, 0, 0, 0, 0, 16, 17, 18, 19, 20, 21, 22, 23);
        sums += previous;
        memcpy(rows + i, &sums, sizeof sums);
        previous = sums[15];
    }
    for (; i < count; i++) { rows[i] = previous += gaps[i] + 1u; }
}
VERSIONS(
    gap_rows, (const uint8_t *gaps, size_t count, uint32_t previous, uint32_t *rows), (gaps, count, previous, rows))

size_t discover_rows_in(const uint32_t *rows, size_t from, size_t to, const uint64_t *bitmap, uint8_t *places) {
    size_t found = 0;
    /* Without a branch: whether the next row is in is anybody's guess. */
    for (size_t place = from; place < to; place++) {
        places[found] = (uint8_t)place;
        found += bitmap[rows[place] >> 6] >> (rows[place] & 63) & 1;
    }
    return found;
}
