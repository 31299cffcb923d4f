#include "discover_lanes.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

/* Numbers that lie together: 64 bytes of codes, 32 bytes of rests. */
enum { BLOCK = 64, PARTS = BLOCK / LANES };

/* Codes of 127 reach this far with the greatest half float; a factor beyond is damage. */
static const float greatest_factor = 516;

/* The step between two numbers of a row, and where its code stands; 0 where it has no vector.  Looks at nothing that a
   damaged file could place outside of the codes. */
INLINE float step_of(const struct discover_rest_rows *rows, size_t row, size_t *entry) {
    *entry = rows->entries[row];
    if (*entry >= rows->count) { return 0; }
    float factor = rows->factors[*entry];
    return factor > 0 && factor <= greatest_factor ? factor / 16 : 0;
}

/* A block of a row, in steps. */
INLINE void unpack(const int8_t *codes, const uint8_t *rests, lanes *numbers) {
    typedef int8_t narrow __attribute__((vector_size(LANES)));
    for (size_t part = 0; part < PARTS; part++) {
        narrow code, rest;
        memcpy(&code, codes + part * LANES, sizeof code);
        memcpy(&rest, rests + part % 2 * LANES, sizeof rest);
        /* Low nibbles come first. */
        rest = part < 2 ? rest & 15 : rest >> 4 & 15;
        rest = (rest ^ 8) - 8;
        whole number = __builtin_convertvector(code, whole) * 16 + __builtin_convertvector(rest, whole);
        numbers[part] = __builtin_convertvector(number, lanes);
    }
}

INLINE float rest_dot(const float *query, const int8_t *codes, const uint8_t *rests, size_t width) {
    lanes sums[PARTS] = {{0}}, numbers[PARTS], asked;
    for (size_t i = 0; i < width; i += BLOCK) {
        unpack(codes + i, rests + i / 2, numbers);
        for (size_t part = 0; part < PARTS; part++) {
            load(&asked, query + i + part * LANES);
            sums[part] += asked * numbers[part];
        }
    }
    lanes all = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    return sum(&all);
}

INLINE void rest_dots_body(
    const float *query, const struct discover_rest_rows *rows, const uint32_t *chosen, size_t count, float *result) {
    size_t width = rows->width;
    for (size_t i = 0; i < count; i++) {
        /* Where a code stands must be there itself before the code can be fetched. */
        if (chosen && i + 2 * AHEAD < count) { __builtin_prefetch(rows->entries + chosen[i + 2 * AHEAD], 0, 3); }
        if (i + AHEAD < count) {
            size_t next = row_of(chosen, i + AHEAD), entry = rows->entries[next];
            if (chosen) { prefetch(rows->rests + next * (width / 2), width / 2); }
            if (entry < rows->count) {
                prefetch(rows->codes + entry * width, width);
                __builtin_prefetch(rows->factors + entry, 0, 3);
            }
        }
        size_t row = row_of(chosen, i), entry;
        float step = step_of(rows, row, &entry);
        result[i] = step > 0
            ? step * rest_dot(query, rows->codes + entry * width, rows->rests + row * (width / 2), width) : 0;
    }
}
VERSIONS(rest_dots,
    (const float *query, const struct discover_rest_rows *rows, const uint32_t *chosen, size_t count, float *result),
    (query, rows, chosen, count, result))

INLINE void rest_to_float_body(const struct discover_rest_rows *rows, size_t row, size_t columns, float *target) {
    size_t width = rows->width, entry;
    float step = step_of(rows, row, &entry);
    if (!(step > 0)) {
        memset(target, 0, columns * sizeof *target);
        return;
    }
    for (size_t i = 0; i < columns; i += BLOCK) {
        lanes numbers[PARTS];
        unpack(rows->codes + entry * width + i, rows->rests + row * (width / 2) + i / 2, numbers);
        for (size_t part = 0; part < PARTS; part++) { numbers[part] *= step; }
        memcpy(target + i, numbers, (columns - i < BLOCK ? columns - i : BLOCK) * sizeof *target);
    }
}
VERSIONS(rest_to_float,
    (const struct discover_rest_rows *rows, size_t row, size_t columns, float *target), (rows, row, columns, target))

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

/* Half floats to the numbers of steps they are kept as.  What a step is too small to tell apart in half floats goes to one
   number, and what a number gives back goes to itself: see RestMatrix. */
INLINE void to_steps(lanes *values, float step) {
    /* Adding 1.5 * 2^23 rounds to a whole number. */
    const float magic = 12582912.0f;
    lanes near = (*values / step + magic) - magic;
    near *= step;
    round_to_half(&near);
    *values = (near / step + magic) - magic;
}

INLINE float factor_of(const float *row, size_t columns) {
    float most = 0;
    for (size_t i = 0; i < columns; i++) { most = fabsf(row[i]) > most ? fabsf(row[i]) : most; }
    return most / 127;
}

INLINE void rest_encode_body(const float *row, size_t columns, int8_t *codes, uint8_t *rests, float *factor) {
    typedef int8_t narrow __attribute__((vector_size(LANES)));
    size_t width = (columns + BLOCK - 1) / BLOCK * BLOCK;
    memset(codes, 0, width);
    memset(rests, 0, width / 2);
    *factor = factor_of(row, columns);
    if (!(*factor > 0)) { return; }
    for (size_t i = 0; i < columns; i += LANES) {
        lanes values;
        load_some(&values, row + i, columns - i < LANES ? columns - i : LANES);
        to_steps(&values, *factor / 16);
        const whole steps = __builtin_convertvector(values, whole), code = (steps + 8) >> 4, rest = steps - code * 16;
        const narrow small = __builtin_convertvector(code, narrow);
        memcpy(codes + i, &small, sizeof small);
        uint8_t *target = rests + i / BLOCK * (BLOCK / 2) + i % (BLOCK / 2);
        for (size_t lane = 0; lane < LANES; lane++) { target[lane] |= (rest[lane] & 15) << (i % BLOCK < BLOCK / 2 ? 0 : 4); }
    }
}
VERSIONS(rest_encode,
    (const float *row, size_t columns, int8_t *codes, uint8_t *rests, float *factor),
    (row, columns, codes, rests, factor))

INLINE void rest_settle_body(float *row, size_t columns) {
    const float step = factor_of(row, columns) / 16;
    if (!(step > 0)) { return; }
    for (size_t i = 0; i < columns; i += LANES) {
        size_t some = columns - i < LANES ? columns - i : LANES;
        lanes values;
        load_some(&values, row + i, some);
        to_steps(&values, step);
        values *= step;
        round_to_half(&values);
        store_some(row + i, &values, some);
    }
}
VERSIONS(rest_settle, (float *row, size_t columns), (row, columns))
