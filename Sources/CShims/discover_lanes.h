#ifndef DISCOVER_LANES_H
#define DISCOVER_LANES_H

/* Sixteen numbers at a time, and functions in a version a processor.  Private to the C files of this folder. */

#include "discover_rows.h"

#include <string.h>

#define INLINE static inline __attribute__((always_inline))
#if defined(__x86_64__)
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2,f16c")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,f16c")))
#define VERSIONS(name, parameters, arguments) \
    static void name##_plain parameters { name##_body arguments; } \
    AVX2 static void name##_avx2 parameters { name##_body arguments; } \
    AVX512 static void name##_avx512 parameters { name##_body arguments; } \
    void discover_##name parameters { \
        switch (discover_rows_version()) { \
        case 2: name##_avx512 arguments; return; \
        case 1: name##_avx2 arguments; return; \
        default: name##_plain arguments; \
        } \
    }
#else
#define VERSIONS(name, parameters, arguments) \
    void discover_##name parameters { name##_body arguments; }
#endif

/* Sixteen numbers, which the compiler keeps in as many registers as the version has need of.  Passed by address: by
   value they would need one calling convention for all versions. */
typedef float lanes __attribute__((vector_size(64)));
typedef int32_t whole __attribute__((vector_size(64)));
enum { LANES = 16 };

/* Rows are fetched this many ahead where they do not follow one another. */
enum { AHEAD = 6 };

INLINE size_t row_of(const uint32_t *chosen, size_t index) { return chosen ? chosen[index] : index; }

INLINE void prefetch(const void *row, size_t bytes) {
    for (size_t at = 0; at < bytes; at += 64) { __builtin_prefetch((const char *)row + at, 0, 3); }
}

INLINE void load(lanes *to, const float *from) { memcpy(to, from, sizeof *to); }
INLINE void store(float *to, const lanes *from) { memcpy(to, from, sizeof *from); }
INLINE void load_some(lanes *to, const float *from, size_t count) {
    *to = (lanes){0};
    for (size_t i = 0; i < count; i++) { (*to)[i] = from[i]; }
}
INLINE void store_some(float *to, const lanes *from, size_t count) {
    for (size_t i = 0; i < count; i++) { to[i] = (*from)[i]; }
}
/* Where the mask is set, the other value. */
INLINE void choose(lanes *value, const whole *mask, const lanes *other) {
    *value = (lanes)(((whole)*value & ~*mask) | ((whole)*other & *mask));
}
INLINE float sum(const lanes *values) {
    float part[LANES];
    memcpy(part, values, sizeof part);
    for (size_t half = LANES / 2; half; half /= 2) {
        for (size_t i = 0; i < half; i++) { part[i] += part[i + half]; }
    }
    return part[0];
}
INLINE float greatest(const lanes *values) {
    float most = (*values)[0];
    for (size_t i = 1; i < LANES; i++) { most = (*values)[i] > most ? (*values)[i] : most; }
    return most;
}

#endif
