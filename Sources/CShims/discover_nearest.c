#include "discover_lanes.h"

/* How many of the numbers of a row are above a bound, except its own. */
INLINE size_t above(const float *row, size_t count, size_t own, float bound) {
    lanes x, limit = (lanes){0} + bound;
    whole found = {0};
    size_t end = count / LANES * LANES;
    for (size_t i = 0; i < end; i += LANES) {
        load(&x, row + i);
        found -= x > limit;
    }
    size_t sum = 0;
    for (size_t i = 0; i < LANES; i++) { sum += (size_t)found[i]; }
    for (size_t i = end; i < count; i++) { sum += row[i] > bound; }
    return sum - (row[own] > bound);
}

/* The greatest bound that no more than `limit` numbers exceed, found by bisection: counting has no branches, so that
   many passes are faster than one list kept in order.  `ties` is how many of those on the bound are wanted as well. */
INLINE float bound_of(const float *row, size_t count, size_t own, size_t limit, size_t *ties) {
    *ties = 0;
    if (above(row, count, own, 0) <= limit) { return 0; }
    float low = 0, high = 0;
    for (size_t i = 0; i < count; i++) { high = row[i] > high ? row[i] : high; }
    for (;;) {
        float middle = low + (high - low) / 2;
        if (!(middle > low && middle < high)) { break; }
        size_t found = above(row, count, own, middle);
        if (found == limit) { return middle; }
        if (found > limit) { low = middle; } else { high = middle; }
    }
    *ties = limit - above(row, count, own, high);
    return high;
}

INLINE void nearest_body(
    const float *products, size_t count, size_t limit, uint32_t *counts, uint32_t *rows, float *kept) {
    for (size_t own = 0; own < count; own++, products += count, rows += limit, kept += limit) {
        size_t ties, found = 0;
        float bound = bound_of(products, count, own, limit, &ties);
        for (size_t i = 0; i < count; i++) {
            if (!(products[i] >= bound) || i == own) { continue; }
            if (products[i] == bound) {
                if (!ties) { continue; }
                ties--;
            }
            rows[found] = (uint32_t)i;
            kept[found++] = products[i];
        }
        counts[own] = (uint32_t)found;
    }
}
VERSIONS(nearest,
    (const float *products, size_t count, size_t limit, uint32_t *counts, uint32_t *rows, float *kept),
    (products, count, limit, counts, rows, kept))
