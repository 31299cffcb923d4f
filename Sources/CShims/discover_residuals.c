#include "discover_lanes.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

/* Numbers of one block: 64 bytes of codes, 32 bytes of residuals. */
enum { BLOCK = 64, PARTS = BLOCK / LANES };

/* Codes of 127 reach this far with the greatest half float; a factor beyond is damage. */
static const float greatest_factor = 516;

/* The step between two numbers of a row, and the index of its code; 0 if it has no vector.  Reads nothing that a
   damaged file could place outside of the codes. */
INLINE float step_of(const struct discover_residual_rows *rows, size_t row, size_t *entry) {
    *entry = rows->entries[row];
    if (*entry >= rows->count) { return 0; }
    float factor = rows->factors[*entry];
    return factor > 0 && factor <= greatest_factor ? factor / 16 : 0;
}

/* A block of a row, in steps. */
INLINE void unpack(const int8_t *codes, const uint8_t *residuals, lanes *numbers) {
    typedef int8_t bytes __attribute__((vector_size(2 * LANES)));
    typedef int16_t shorts __attribute__((vector_size(4 * LANES)));
    typedef int16_t some __attribute__((vector_size(2 * LANES)));
    bytes packed;
    memcpy(&packed, residuals, sizeof packed);
    for (size_t half = 0; half < 2; half++) {
        bytes code, residual = half ? packed >> 4 & 15 : packed & 15;
        memcpy(&code, codes + half * sizeof code, sizeof code);
        residual = (residual ^ 8) - 8;
        shorts steps = __builtin_convertvector(code, shorts) * 16 + __builtin_convertvector(residual, shorts);
        some part[2];
        memcpy(part, &steps, sizeof part);
        numbers[2 * half] = __builtin_convertvector(__builtin_convertvector(part[0], whole), lanes);
        numbers[2 * half + 1] = __builtin_convertvector(__builtin_convertvector(part[1], whole), lanes);
    }
}

INLINE float residual_dot(const float *query, const int8_t *codes, const uint8_t *residuals, size_t width) {
    lanes sums[PARTS] = {{0}}, numbers[PARTS], asked;
    for (size_t i = 0; i < width; i += BLOCK) {
        unpack(codes + i, residuals + i / 2, numbers);
        for (size_t part = 0; part < PARTS; part++) {
            load(&asked, query + i + part * LANES);
            sums[part] += asked * numbers[part];
        }
    }
    lanes all = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    return sum(&all);
}

INLINE void residual_dots_body(
    const float *query, const struct discover_residual_rows *rows, const uint32_t *chosen, size_t count,
    float *result) {
    size_t width = rows->width;
    for (size_t i = 0; i < count; i++) {
        /* The entry must be in the cache before the code can be prefetched. */
        if (chosen && i + 2 * AHEAD < count) { __builtin_prefetch(rows->entries + chosen[i + 2 * AHEAD], 0, 3); }
        if (i + AHEAD < count) {
            size_t next = row_of(chosen, i + AHEAD), entry = rows->entries[next];
            if (chosen) { prefetch(rows->residuals + next * (width / 2), width / 2); }
            if (entry < rows->count) {
                prefetch(rows->codes + entry * width, width);
                __builtin_prefetch(rows->factors + entry, 0, 3);
            }
        }
        size_t row = row_of(chosen, i), entry;
        float step = step_of(rows, row, &entry);
        result[i] = step > 0
            ? step * residual_dot(query, rows->codes + entry * width, rows->residuals + row * (width / 2), width) : 0;
    }
}
VERSIONS(residual_dots,
    (const float *query, const struct discover_residual_rows *rows, const uint32_t *chosen, size_t count,
        float *result),
    (query, rows, chosen, count, result))

INLINE void residual_to_float_body(
    const struct discover_residual_rows *rows, size_t row, size_t columns, float *target) {
    size_t width = rows->width, entry;
    float step = step_of(rows, row, &entry);
    if (!(step > 0)) {
        memset(target, 0, columns * sizeof *target);
        return;
    }
    for (size_t i = 0; i < columns; i += BLOCK) {
        lanes numbers[PARTS];
        unpack(rows->codes + entry * width + i, rows->residuals + row * (width / 2) + i / 2, numbers);
        for (size_t part = 0; part < PARTS; part++) {
            numbers[part] *= step;
            if (columns - i >= BLOCK) { store(target + i + part * LANES, &numbers[part]); }
        }
        if (columns - i < BLOCK) { memcpy(target + i, numbers, (columns - i) * sizeof *target); }
    }
}
VERSIONS(residual_to_float,
    (const struct discover_residual_rows *rows, size_t row, size_t columns, float *target),
    (rows, row, columns, target))

/* Rounds to half floats, ties to even; nothing may be beyond the greatest of them. */
INLINE void round_to_half(lanes *values) {
    const whole sign = (whole)*values & INT32_MIN, magnitude = (whole)*values & INT32_MAX;
    whole bits = (magnitude + 0xFFF + (magnitude >> 13 & 1)) & ~0x1FFF;
    /* Below 2^-14 the sum with one half has the digits of a half float. */
    const lanes small = ((lanes)magnitude + 0.5f) - 0.5f;
    const whole is_small = magnitude < 0x38800000;
    lanes rounded = (lanes)bits;
    choose(&rounded, &is_small, &small);
    *values = (lanes)((whole)rounded | sign);
}

/* Half floats to the numbers of steps they are kept as.  What a step is too small to tell apart in half floats goes to
   one number, and what a number gives back goes to itself: see ResidualMatrix. */
INLINE void to_steps(lanes *values, float step) {
    /* Adding 1.5 * 2^23 rounds to an integer. */
    const float magic = 12582912.0f;
    lanes near = (*values / step + magic) - magic;
    near *= step;
    round_to_half(&near);
    *values = (near / step + magic) - magic;
}

/* The next numbers of a row of which so many are left, zeros behind the last. */
INLINE void load_next(lanes *to, const float *from, size_t left) {
    if (left >= LANES) { load(to, from); } else { load_some(to, from, left); }
}

INLINE float factor_of(const float *row, size_t columns) {
    lanes values, most = {0};
    for (size_t i = 0; i < columns; i += LANES) {
        load_next(&values, row + i, columns - i);
        values = (lanes)((whole)values & INT32_MAX);
        const whole more = values > most;
        choose(&most, &more, &values);
    }
    return greatest(&most) / 127;
}

INLINE void residual_encode_body(const float *row, size_t columns, int8_t *codes, uint8_t *residuals, float *factor) {
    typedef int8_t narrow __attribute__((vector_size(LANES)));
    size_t width = (columns + BLOCK - 1) / BLOCK * BLOCK;
    memset(codes, 0, width);
    memset(residuals, 0, width / 2);
    *factor = factor_of(row, columns);
    if (!(*factor > 0)) { return; }
    for (size_t i = 0; i < columns; i += LANES) {
        lanes values;
        load_next(&values, row + i, columns - i);
        to_steps(&values, *factor / 16);
        const whole steps = __builtin_convertvector(values, whole), code = (steps + 8) >> 4;
        const whole residual = steps - code * 16;
        const narrow small = __builtin_convertvector(code, narrow);
        memcpy(codes + i, &small, sizeof small);
        narrow packed, bits = __builtin_convertvector(residual, narrow) & 15;
        uint8_t *target = residuals + i / BLOCK * (BLOCK / 2) + i % (BLOCK / 2);
        memcpy(&packed, target, sizeof packed);
        packed |= i % BLOCK < BLOCK / 2 ? bits : bits << 4;
        memcpy(target, &packed, sizeof packed);
    }
}
VERSIONS(residual_encode,
    (const float *row, size_t columns, int8_t *codes, uint8_t *residuals, float *factor),
    (row, columns, codes, residuals, factor))

INLINE void residual_settle_body(float *row, size_t columns) {
    const float step = factor_of(row, columns) / 16;
    if (!(step > 0)) { return; }
    for (size_t i = 0; i < columns; i += LANES) {
        lanes values;
        load_next(&values, row + i, columns - i);
        to_steps(&values, step);
        values *= step;
        round_to_half(&values);
        if (columns - i >= LANES) { store(row + i, &values); } else { store_some(row + i, &values, columns - i); }
    }
}
VERSIONS(residual_settle, (float *row, size_t columns), (row, columns))
