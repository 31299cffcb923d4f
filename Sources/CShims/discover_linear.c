#include "discover_encoder.h"
#include "discover_lanes.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

/* The greatest magnitude among the numbers of a row; NaN where one is not finite. */
INLINE float reach_of(const float *row, size_t width) {
    size_t end = width / LANES * LANES;
    lanes x, most = {0}, spoiled = {0};
    for (size_t i = 0; i < end; i += LANES) {
        load(&x, row + i);
        spoiled += x - x;
        x = (lanes)((whole)x & 0x7FFFFFFF);
        whole more = x > most;
        choose(&most, &more, &x);
    }
    float reach = greatest(&most), sum_spoiled = sum(&spoiled);
    for (size_t i = end; i < width; i++) {
        sum_spoiled += row[i] - row[i];
        reach = fabsf(row[i]) > reach ? fabsf(row[i]) : reach;
    }
    return reach + sum_spoiled;
}

/* Whole numbers nearest to those of a row times a factor, ties to even. */
INLINE void round_row(const float *row, size_t width, float factor, int16_t *result) {
    typedef int16_t narrow __attribute__((vector_size(32)));
    /* Adding 1.5 * 2^23 rounds to an integer, which is then in the low bits. */
    const lanes magic = (lanes){0} + 12582912.0f;
    size_t end = width / LANES * LANES;
    lanes x;
    for (size_t i = 0; i < end; i += LANES) {
        load(&x, row + i);
        narrow small = __builtin_convertvector((whole)(x * factor + magic) - (whole)magic, narrow);
        memcpy(result + i, &small, sizeof small);
    }
    if (end < width) {
        load_some(&x, row + end, width - end);
        narrow small = __builtin_convertvector((whole)(x * factor + magic) - (whole)magic, narrow);
        memcpy(result + end, &small, (width - end) * sizeof *result);
    }
}

INLINE void quantize_body(
    const float *rows, size_t count, size_t width, int32_t limit, int16_t *result, float *scales) {
    for (size_t row = 0; row < count; row++, rows += width, result += width) {
        float reach = reach_of(rows, width);
        scales[row] = reach / (float)limit;
        round_row(rows, width, reach > 0 ? (float)limit / reach : 0, result);
    }
}
VERSIONS(quantize,
    (const float *rows, size_t count, size_t width, int32_t limit, int16_t *result, float *scales),
    (rows, count, width, limit, result, scales))

/* Packed weights are stored in chunks of the depth, in each in panels of 32 columns, in each in pairs of the depth:
   what one step of a tile reads is contiguous, and a panel of a chunk stays in the first cache. */
enum { CHUNK = 192, PANEL = 32, TILE = 12, WEIGHT_LIMIT = 4095 };

static size_t panels_of(size_t columns) { return (columns + PANEL - 1) / PANEL; }

size_t discover_packed_size(size_t columns, size_t depth) { return panels_of(columns) * PANEL * depth; }

/* Packs one column of the result; returns the greatest sum of what a chunk of it adds to a product of ones. */
INLINE int64_t pack_column(
    const float *row, size_t column, size_t panels, size_t depth, int16_t *packed, float *scale) {
    int16_t numbers[CHUNK];
    int64_t heaviest = 0;
    /* The scale is that of the whole column, the numbers are made chunk by chunk. */
    float reach = reach_of(row, depth), factor = reach > 0 ? WEIGHT_LIMIT / reach : 0;
    *scale = reach / WEIGHT_LIMIT;
    for (size_t start = 0; start < depth; start += CHUNK) {
        size_t some = depth - start < CHUNK ? depth - start : CHUNK;
        int16_t *panel = packed + start * panels * PANEL + column / PANEL * PANEL * some + column % PANEL * 2;
        int32_t weight = 0;
        round_row(row + start, some, factor, numbers);
        for (size_t i = 0; i < some; i++) { weight += numbers[i] < 0 ? -numbers[i] : numbers[i]; }
        for (size_t i = 0; i < some; i += 2) { memcpy(panel + i * PANEL, numbers + i, 2 * sizeof *numbers); }
        heaviest = weight > heaviest ? weight : heaviest;
    }
    return heaviest;
}

INLINE void pack_all_body(
    const float *weights, size_t columns, size_t depth, int16_t *packed, float *scales, int32_t *limit) {
    int64_t heaviest = 1;
    for (size_t column = 0; column < columns; column++) {
        int64_t weight = pack_column(
            weights + column * depth, column, panels_of(columns), depth, packed, scales + column);
        heaviest = weight > heaviest ? weight : heaviest;
    }
    int64_t most = INT32_MAX / heaviest;
    *limit = most > INT16_MAX ? INT16_MAX : (int32_t)most;
}
VERSIONS(pack_all,
    (const float *weights, size_t columns, size_t depth, int16_t *packed, float *scales, int32_t *limit),
    (weights, columns, depth, packed, scales, limit))

int32_t discover_pack(const float *weights, size_t columns, size_t depth, int16_t *packed, float *scales) {
    int32_t limit;
    if (columns % PANEL) { memset(packed, 0, discover_packed_size(columns, depth) * sizeof *packed); }
    discover_pack_all(weights, columns, depth, packed, scales, &limit);
    return limit;
}

/* One tile: up to 12 rows by up to 32 columns of the result, over one chunk of the depth. */
typedef void tile(
    const int16_t *rows, size_t depth, const float *row_scales, const int16_t *panel, size_t pairs, const float *scales,
    const float *bias, int keep, float *result, size_t stride, size_t count, size_t columns);

static void finish_tile(
    const uint32_t *sums, const float *row_scales, const float *scales, const float *bias, int keep, float *result,
    size_t stride, size_t count, size_t columns) {
    for (size_t r = 0; r < count; r++) {
        for (size_t c = 0; c < columns; c++) {
            float value = (float)(int32_t)sums[r * PANEL + c] * scales[c] * row_scales[r];
            if (keep) { value += result[r * stride + c]; }
            if (bias) { value += bias[c]; }
            result[r * stride + c] = value;
        }
    }
}

static void tile_plain(
    const int16_t *rows, size_t depth, const float *row_scales, const int16_t *panel, size_t pairs, const float *scales,
    const float *bias, int keep, float *result, size_t stride, size_t count, size_t columns) {
    /* Nothing overflows unless numbers were not finite, and then it does not matter, if it is no error. */
    uint32_t sums[TILE * PANEL] = {0};
    for (size_t r = 0; r < count; r++) {
        for (size_t p = 0; p < pairs; p++) {
            int32_t a0 = rows[r * depth + 2 * p], a1 = rows[r * depth + 2 * p + 1];
            const int16_t *b = panel + p * PANEL * 2;
            for (size_t c = 0; c < PANEL; c++) {
                sums[r * PANEL + c] += (uint32_t)(a0 * b[2 * c]) + (uint32_t)(a1 * b[2 * c + 1]);
            }
        }
    }
    finish_tile(sums, row_scales, scales, bias, keep, result, stride, count, columns);
}

#if defined(__x86_64__)

INLINE int32_t pair_at(const int16_t *rows) {
    int32_t pair;
    memcpy(&pair, rows, sizeof pair);
    return pair;
}

AVX2 static void tile_avx2(
    const int16_t *rows, size_t depth, const float *row_scales, const int16_t *panel, size_t pairs, const float *scales,
    const float *bias, int keep, float *result, size_t stride, size_t count, size_t columns) {
    uint32_t sums[TILE * PANEL] __attribute__((aligned(32)));
    for (size_t r = 0; r < count; r += 4) {
        for (size_t half = 0; half < PANEL; half += 16) {
            __m256i sum[4][2];
            for (size_t i = 0; i < 4; i++) { sum[i][0] = sum[i][1] = _mm256_setzero_si256(); }
            const int16_t *a = rows + r * depth, *b = panel + 2 * half;
            for (size_t p = 0; p < pairs; p++, a += 2, b += 2 * PANEL) {
                __m256i b0 = _mm256_loadu_si256((const __m256i *)b), b1 = _mm256_loadu_si256((const __m256i *)(b + 16));
#pragma clang loop unroll(full)
                for (size_t i = 0; i < 4; i++) {
                    __m256i pair = _mm256_set1_epi32(pair_at(a + i * depth));
                    sum[i][0] = _mm256_add_epi32(sum[i][0], _mm256_madd_epi16(pair, b0));
                    sum[i][1] = _mm256_add_epi32(sum[i][1], _mm256_madd_epi16(pair, b1));
                }
            }
            for (size_t i = 0; i < 4; i++) {
                _mm256_store_si256((__m256i *)(sums + (r + i) * PANEL + half), sum[i][0]);
                _mm256_store_si256((__m256i *)(sums + (r + i) * PANEL + half + 8), sum[i][1]);
            }
        }
    }
    finish_tile(sums, row_scales, scales, bias, keep, result, stride, count, columns);
}

/* Four times `each` rows, one to three, from as many addresses as registers allow. */
AVX512 INLINE void tile_rows(
    size_t each, const int16_t *rows, size_t depth, const float *row_scales, const int16_t *panel, size_t pairs,
    const float *scales, const float *bias, int keep, float *result, size_t stride, size_t count, size_t columns) {
    __m512i sum[TILE][2];
#pragma clang loop unroll(full)
    for (size_t r = 0; r < TILE; r++) { sum[r][0] = sum[r][1] = _mm512_setzero_si512(); }
    const int16_t *a[4] = {rows, rows + each * depth, rows + 2 * each * depth, rows + 3 * each * depth};
    for (size_t p = 0; p < pairs; p++, panel += 2 * PANEL) {
        __m512i b0 = _mm512_loadu_si512(panel), b1 = _mm512_loadu_si512(panel + PANEL);
#pragma clang loop unroll(full)
        for (size_t g = 0; g < 4; g++) {
#pragma clang loop unroll(full)
            for (size_t i = 0; i < each; i++) {
                __m512i pair = _mm512_set1_epi32(pair_at(a[g] + i * depth));
                sum[each * g + i][0] = _mm512_dpwssd_epi32(sum[each * g + i][0], pair, b0);
                sum[each * g + i][1] = _mm512_dpwssd_epi32(sum[each * g + i][1], pair, b1);
            }
            a[g] += 2;
        }
    }
    __mmask16 mask0 = columns >= 16 ? 0xFFFF : (__mmask16)((1u << columns) - 1);
    __mmask16 mask1 = columns >= 32 ? 0xFFFF : columns > 16 ? (__mmask16)((1u << (columns - 16)) - 1) : 0;
    __m512 scale0 = _mm512_maskz_loadu_ps(mask0, scales), scale1 = _mm512_maskz_loadu_ps(mask1, scales + 16);
#pragma clang loop unroll(full)
    for (size_t r = 0; r < 4 * each; r++) {
        if (r < count) {
            float *row = result + r * stride;
            __m512 factor = _mm512_set1_ps(row_scales[r]);
            __m512 v0 = _mm512_mul_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(sum[r][0]), scale0), factor);
            __m512 v1 = _mm512_mul_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(sum[r][1]), scale1), factor);
            if (keep) {
                v0 = _mm512_add_ps(v0, _mm512_maskz_loadu_ps(mask0, row));
                v1 = _mm512_add_ps(v1, _mm512_maskz_loadu_ps(mask1, row + 16));
            }
            if (bias) {
                v0 = _mm512_add_ps(v0, _mm512_maskz_loadu_ps(mask0, bias));
                v1 = _mm512_add_ps(v1, _mm512_maskz_loadu_ps(mask1, bias + 16));
            }
            _mm512_mask_storeu_ps(row, mask0, v0);
            _mm512_mask_storeu_ps(row + 16, mask1, v1);
        }
    }
}

AVX512 static void tile_avx512(
    const int16_t *rows, size_t depth, const float *row_scales, const int16_t *panel, size_t pairs, const float *scales,
    const float *bias, int keep, float *result, size_t stride, size_t count, size_t columns) {
#define ROWS(each) \
    tile_rows(each, rows, depth, row_scales, panel, pairs, scales, bias, keep, result, stride, count, columns)
    if (count > 8) { ROWS(3); } else if (count > 4) { ROWS(2); } else { ROWS(1); }
#undef ROWS
}

#endif

static tile *best_tile(void) {
    switch (discover_rows_version()) {
#if defined(__x86_64__)
    case 2: return tile_avx512;
    case 1: return tile_avx2;
#endif
    default: return tile_plain;
    }
}

void discover_linear(
    const int16_t *rows, const float *row_scales, size_t count, size_t depth, const int16_t *packed,
    const float *scales, size_t columns, const float *bias, int keep, float *result) {
    tile *run = best_tile();
    size_t panels = panels_of(columns);
    for (size_t start = 0; start < depth; start += CHUNK) {
        size_t some = depth - start < CHUNK ? depth - start : CHUNK;
        const int16_t *chunk = packed + start * panels * PANEL;
        for (size_t panel = 0; panel < panels; panel++) {
            size_t column = panel * PANEL, wide = columns - column < PANEL ? columns - column : PANEL;
            for (size_t row = 0; row < count; row += TILE) {
                run(rows + row * depth + start, depth, row_scales + row, chunk + panel * PANEL * some, some / 2,
                    scales + column, start == 0 && bias ? bias + column : NULL, keep || start > 0,
                    result + row * columns + column, columns, count - row < TILE ? count - row : TILE, wide);
            }
        }
    }
}
