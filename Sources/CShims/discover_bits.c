#include "discover_bits.h"

#include "discover_lanes.h"

#define JOIN(name, operation) \
    INLINE void bits_##name##_body(const uint64_t *a, const uint64_t *b, size_t count, uint64_t *result) { \
        for (size_t i = 0; i < count; i++) { result[i] = operation; } \
    } \
    VERSIONS(bits_##name, (const uint64_t *a, const uint64_t *b, size_t count, uint64_t *result), (a, b, count, result))

JOIN(and, a[i] & b[i])
JOIN(or, a[i] | b[i])
JOIN(minus, a[i] & ~b[i])

INLINE void bits_count_body(const uint64_t *a, size_t count, uint64_t *result) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) { sum += (uint64_t)__builtin_popcountll(a[i]); }
    *result = sum;
}
VERSIONS(bits_count, (const uint64_t *a, size_t count, uint64_t *result), (a, count, result))

INLINE void bits_shared_body(const uint64_t *a, const uint64_t *b, size_t count, uint64_t *result) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) { sum += (uint64_t)__builtin_popcountll(a[i] & b[i]); }
    *result = sum;
}
VERSIONS(
    bits_shared, (const uint64_t *a, const uint64_t *b, size_t count, uint64_t *result), (a, b, count, result))

INLINE void bits_ranks_body(const uint64_t *a, size_t count, uint32_t *ranks, uint64_t *result) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        ranks[i] = (uint32_t)sum;
        sum += (uint64_t)__builtin_popcountll(a[i]);
    }
    *result = sum;
}
VERSIONS(bits_ranks, (const uint64_t *a, size_t count, uint32_t *ranks, uint64_t *result), (a, count, ranks, result))
