#include "discover_lanes.h"

#include <stdatomic.h>
#include <string.h>

/* Bytes */

static int32_t code_dot_plain(const int8_t *a, const int8_t *b, size_t width) {
    int32_t sum = 0;
    for (size_t i = 0; i < width; i++) { sum += (int32_t)a[i] * b[i]; }
    return sum;
}

static void code_dots_plain(
    const int8_t *query, float scale, const int8_t *codes, const float *scales, size_t width, const uint32_t *chosen,
    size_t count, float *result) {
    for (size_t i = 0; i < count; i++) {
        size_t row = row_of(chosen, i);
        result[i] = scale * scales[row] * (float)code_dot_plain(query, codes + row * width, width);
    }
}

#if defined(__x86_64__)

/* Multiplies bytes as |a| * (b with the sign of a), which cannot exceed 16 bits in pairs: 2 * 127 * 127 < 2^15. */
AVX2 static inline int32_t code_dot_avx2(const int8_t *a, const int8_t *b, size_t width) {
    const __m256i ones = _mm256_set1_epi16(1);
    __m256i sum0 = _mm256_setzero_si256(), sum1 = sum0;
    for (size_t i = 0; i < width; i += 64) {
        __m256i a0 = _mm256_loadu_si256((const __m256i *)(a + i));
        __m256i a1 = _mm256_loadu_si256((const __m256i *)(a + i + 32));
        __m256i b0 = _mm256_loadu_si256((const __m256i *)(b + i));
        __m256i b1 = _mm256_loadu_si256((const __m256i *)(b + i + 32));
        __m256i p0 = _mm256_maddubs_epi16(_mm256_abs_epi8(a0), _mm256_sign_epi8(b0, a0));
        __m256i p1 = _mm256_maddubs_epi16(_mm256_abs_epi8(a1), _mm256_sign_epi8(b1, a1));
        sum0 = _mm256_add_epi32(sum0, _mm256_madd_epi16(p0, ones));
        sum1 = _mm256_add_epi32(sum1, _mm256_madd_epi16(p1, ones));
    }
    sum0 = _mm256_add_epi32(sum0, sum1);
    __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(sum0), _mm256_extracti128_si256(sum0, 1));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4E));
    return _mm_cvtsi128_si32(_mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xB1)));
}

AVX2 static void code_dots_avx2(
    const int8_t *query, float scale, const int8_t *codes, const float *scales, size_t width, const uint32_t *chosen,
    size_t count, float *result) {
    for (size_t i = 0; i < count; i++) {
        size_t row = row_of(chosen, i);
        if (chosen && i + AHEAD < count) { prefetch(codes + chosen[i + AHEAD] * width, width); }
        result[i] = scale * scales[row] * (float)code_dot_avx2(query, codes + row * width, width);
    }
}

/* VNNI multiplies unsigned by signed bytes: 128 is added to each code, and 128 times the query's sum taken away. */
AVX512 static inline int32_t code_dot_avx512(const int8_t *a, const int8_t *b, size_t width, int32_t excess) {
    const __m512i flip = _mm512_set1_epi8((char)0x80);
    __m512i sum0 = _mm512_setzero_si512(), sum1 = sum0;
    size_t i = 0;
    for (; i + 128 <= width; i += 128) {
        __m512i b0 = _mm512_xor_si512(_mm512_loadu_si512(b + i), flip);
        __m512i b1 = _mm512_xor_si512(_mm512_loadu_si512(b + i + 64), flip);
        sum0 = _mm512_dpbusd_epi32(sum0, b0, _mm512_loadu_si512(a + i));
        sum1 = _mm512_dpbusd_epi32(sum1, b1, _mm512_loadu_si512(a + i + 64));
    }
    if (i < width) {
        sum0 = _mm512_dpbusd_epi32(sum0, _mm512_xor_si512(_mm512_loadu_si512(b + i), flip), _mm512_loadu_si512(a + i));
    }
    return _mm512_reduce_add_epi32(_mm512_add_epi32(sum0, sum1)) - excess;
}

AVX512 static void code_dots_avx512(
    const int8_t *query, float scale, const int8_t *codes, const float *scales, size_t width, const uint32_t *chosen,
    size_t count, float *result) {
    int32_t excess = 0;
    for (size_t i = 0; i < width; i++) { excess += 128 * query[i]; }
    for (size_t i = 0; i < count; i++) {
        size_t row = row_of(chosen, i);
        if (chosen && i + AHEAD < count) { prefetch(codes + chosen[i + AHEAD] * width, width); }
        result[i] = scale * scales[row] * (float)code_dot_avx512(query, codes + row * width, width, excess);
    }
}

#endif

/* Half floats */

static float float_of(uint16_t half) {
    uint32_t sign = (uint32_t)(half & 0x8000) << 16, rest = (uint32_t)(half & 0x7FFF) << 13, bits;
    if (rest >= 0x0F800000) {
        bits = rest | 0x7F800000;
    } else if (rest >= 0x00800000) {
        bits = rest + 0x38000000;
    } else {
        /* Below the smallest normal half float: 2^-14 is put before the digits and taken away again. */
        float digits, one;
        uint32_t shifted = rest + 0x38800000, base = 0x38800000;
        memcpy(&digits, &shifted, 4);
        memcpy(&one, &base, 4);
        digits -= one;
        memcpy(&bits, &digits, 4);
    }
    bits |= sign;
    float result;
    memcpy(&result, &bits, 4);
    return result;
}

static uint16_t half_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, 4);
    uint16_t sign = (uint16_t)(bits >> 16 & 0x8000);
    bits &= 0x7FFFFFFF;
    if (bits > 0x7F800000) { return sign | 0x7E00; }
    if (bits >= 0x477FF000) { return sign | 0x7C00; }
    if (bits < 0x38800000) {
        /* The sum with one half leaves the digits of a half float below the normal ones, rounded. */
        float magnitude;
        memcpy(&magnitude, &bits, 4);
        magnitude += 0.5f;
        memcpy(&bits, &magnitude, 4);
        return sign | (uint16_t)(bits - 0x3F000000);
    }
    return sign | (uint16_t)((bits - 0x38000000 + 0xFFF + (bits >> 13 & 1)) >> 13);
}

/* Eight by eight in four sums, which are added as ((0 + 1) + (2 + 3)), then halved: lane i with i + 4, i + 2, i + 1.
   The processor versions must add in this order. */
static float half_dot_plain(const float *a, const uint16_t *b, size_t width) {
#pragma STDC FP_CONTRACT OFF
    float sums[32] = {0};
    size_t i = 0;
    for (; i + 32 <= width; i += 32) {
        for (size_t lane = 0; lane < 32; lane++) { sums[lane] += a[i + lane] * float_of(b[i + lane]); }
    }
    float lanes[8];
    for (size_t l = 0; l < 8; l++) { lanes[l] = (sums[l] + sums[8 + l]) + (sums[16 + l] + sums[24 + l]); }
    for (size_t half = 4; half; half /= 2) {
        for (size_t l = 0; l < half; l++) { lanes[l] += lanes[l + half]; }
    }
    float sum = lanes[0];
    for (; i < width; i++) { sum += a[i] * float_of(b[i]); }
    return sum;
}

static void half_dots_plain(
    const float *query, const uint16_t *rows, size_t width, const uint32_t *chosen, size_t count, float *result) {
    for (size_t i = 0; i < count; i++) { result[i] = half_dot_plain(query, rows + row_of(chosen, i) * width, width); }
}

#if defined(__x86_64__)

AVX2 static inline float sum_avx2(__m256 sums) {
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(sums), _mm256_extractf128_ps(sums, 1));
    __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
}

AVX2 static inline float rest_avx2(float sum, const float *a, const uint16_t *b, size_t width) {
#pragma STDC FP_CONTRACT OFF
    for (size_t i = width / 32 * 32; i < width; i++) { sum += a[i] * _cvtsh_ss(b[i]); }
    return sum;
}

AVX2 static inline __m256 product_avx2(const float *a, const uint16_t *b) {
    return _mm256_mul_ps(_mm256_loadu_ps(a), _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)b)));
}

AVX2 static void half_dots_avx2(
    const float *query, const uint16_t *rows, size_t width, const uint32_t *chosen, size_t count, float *result) {
    for (size_t i = 0; i < count; i++) {
        const uint16_t *row = rows + row_of(chosen, i) * width;
        if (chosen && i + AHEAD < count) { prefetch(rows + chosen[i + AHEAD] * width, 2 * width); }
        __m256 sum0 = _mm256_setzero_ps(), sum1 = sum0, sum2 = sum0, sum3 = sum0;
        for (size_t j = 0; j + 32 <= width; j += 32) {
            sum0 = _mm256_add_ps(sum0, product_avx2(query + j, row + j));
            sum1 = _mm256_add_ps(sum1, product_avx2(query + j + 8, row + j + 8));
            sum2 = _mm256_add_ps(sum2, product_avx2(query + j + 16, row + j + 16));
            sum3 = _mm256_add_ps(sum3, product_avx2(query + j + 24, row + j + 24));
        }
        float sum = sum_avx2(_mm256_add_ps(_mm256_add_ps(sum0, sum1), _mm256_add_ps(sum2, sum3)));
        result[i] = rest_avx2(sum, query, row, width);
    }
}

AVX512 static void half_dots_avx512(
    const float *query, const uint16_t *rows, size_t width, const uint32_t *chosen, size_t count, float *result) {
    for (size_t i = 0; i < count; i++) {
        const uint16_t *row = rows + row_of(chosen, i) * width;
        if (chosen && i + AHEAD < count) { prefetch(rows + chosen[i + AHEAD] * width, 2 * width); }
        __m512 sum0 = _mm512_setzero_ps(), sum1 = sum0;
        for (size_t j = 0; j + 32 <= width; j += 32) {
            __m512 b0 = _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(row + j)));
            __m512 b1 = _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(row + j + 16)));
            sum0 = _mm512_add_ps(sum0, _mm512_mul_ps(_mm512_loadu_ps(query + j), b0));
            sum1 = _mm512_add_ps(sum1, _mm512_mul_ps(_mm512_loadu_ps(query + j + 16), b1));
        }
        __m256 low = _mm256_add_ps(
            _mm512_castps512_ps256(sum0), _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(sum0), 1)));
        __m256 high = _mm256_add_ps(
            _mm512_castps512_ps256(sum1), _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(sum1), 1)));
        result[i] = rest_avx2(sum_avx2(_mm256_add_ps(low, high)), query, row, width);
    }
}

AVX2 static void half_to_float_avx2(const uint16_t *source, float *target, size_t count) {
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        _mm256_storeu_ps(target + i, _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(source + i))));
    }
    for (; i < count; i++) { target[i] = float_of(source[i]); }
}

AVX2 static void float_to_half_avx2(const float *source, uint16_t *target, size_t count) {
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        __m128i halves = _mm256_cvtps_ph(_mm256_loadu_ps(source + i), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
        _mm_storeu_si128((__m128i *)(target + i), halves);
    }
    for (; i < count; i++) { target[i] = half_of(source[i]); }
}

#endif

/* Versions */

/* -1 until it is asked for. */
static atomic_int version = -1;

static int best_version(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("f16c")) {
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
                && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
                && __builtin_cpu_supports("avx512vnni") ? 2 : 1;
    }
#endif
    return 0;
}

int discover_rows_version(void) {
    int current = atomic_load_explicit(&version, memory_order_relaxed);
    if (current < 0) {
        current = best_version();
        atomic_store_explicit(&version, current, memory_order_relaxed);
    }
    return current;
}

int discover_rows_use(int wanted) {
    int best = best_version();
    int taken = wanted < best ? wanted : best;
    atomic_store_explicit(&version, taken, memory_order_relaxed);
    return taken;
}

void discover_code_dots(
    const int8_t *query, float scale, const int8_t *codes, const float *scales, size_t width, const uint32_t *chosen,
    size_t count, float *result) {
    switch (discover_rows_version()) {
#if defined(__x86_64__)
    case 2: code_dots_avx512(query, scale, codes, scales, width, chosen, count, result); return;
    case 1: code_dots_avx2(query, scale, codes, scales, width, chosen, count, result); return;
#endif
    default: code_dots_plain(query, scale, codes, scales, width, chosen, count, result);
    }
}

void discover_half_dots(
    const float *query, const uint16_t *rows, size_t width, const uint32_t *chosen, size_t count, float *result) {
    switch (discover_rows_version()) {
#if defined(__x86_64__)
    case 2: half_dots_avx512(query, rows, width, chosen, count, result); return;
    case 1: half_dots_avx2(query, rows, width, chosen, count, result); return;
#endif
    default: half_dots_plain(query, rows, width, chosen, count, result);
    }
}

void discover_half_to_float(const uint16_t *source, float *target, size_t count) {
#if defined(__x86_64__)
    if (discover_rows_version() > 0) { half_to_float_avx2(source, target, count); return; }
#endif
    for (size_t i = 0; i < count; i++) { target[i] = float_of(source[i]); }
}

void discover_float_to_half(const float *source, uint16_t *target, size_t count) {
#if defined(__x86_64__)
    if (discover_rows_version() > 0) { float_to_half_avx2(source, target, count); return; }
#endif
    for (size_t i = 0; i < count; i++) { target[i] = half_of(source[i]); }
}
