#ifndef DISCOVER_ROWS_H
#define DISCOVER_ROWS_H

#include <stddef.h>
#include <stdint.h>

/* Dot products of one query with many rows that are stored in less than 32 bits a number: signed bytes, half floats
   (IEEE 754 binary16), and signed bytes with four more bits elsewhere.

   Written in C because Swift reaches neither VNNI nor F16C without tying the whole program to one processor.  Each
   function has a version for AVX-512, one for AVX2 and a plain one, chosen once at run time; all give the same bits.

   `chosen` holds the numbers of the rows to take, or is NULL for the first `count` rows. */

/* result[i] <- scale * scales[row] * sum(query[j] * codes[row][j]).  `width` is a multiple of 64, at most 65,536, and
   the length of query and rows, padded with zeros.  No number may be -128. */
void discover_code_dots(
    const int8_t *query, float scale, const int8_t *codes, const float *scales, size_t width, const uint32_t *chosen,
    size_t count, float *result);

/* result[i] <- sum(query[j] * rows[row][j]), added up in the order of discover_float_dot. */
void discover_half_dots(
    const float *query, const uint16_t *rows, size_t width, const uint32_t *chosen, size_t count, float *result);

/* Exact. */
void discover_half_to_float(const uint16_t *source, float *target, size_t count);
/* Rounded to the nearest half float, ties to even; infinite beyond 65,504. */
void discover_float_to_half(const float *source, uint16_t *target, size_t count);

/* Rows in 12 bits per number, in two arrays.  `entries` gives the index of a row's code, a signed byte per number, and
   of its factor, among `count`; a row whose entry is not below `count` has no vector and is all zero.  The residuals,
   -8 to 7 in four bits, are in row order: for every 64 numbers 32 bytes, the first half of them in the low bits.
   Number j of a row is (16 * code[j] + residual[j]) * factor / 16. */
struct discover_residual_rows {
    const int8_t *codes;
    const float *factors;
    size_t count;
    const uint32_t *entries;
    const uint8_t *residuals;
    /* A multiple of 64. */
    size_t width;
};

/* result[i] <- sum(query[j] * number j of the row).  The query has `width` floats. */
void discover_residual_dots(
    const float *query, const struct discover_residual_rows *rows, const uint32_t *chosen, size_t count, float *result);
/* The first `columns` numbers of a row. */
void discover_residual_to_float(const struct discover_residual_rows *rows, size_t row, size_t columns, float *target);
/* The code, the residuals and the factor of a row of half floats, padded with zeros to a width of 64; factor 0 where it
   is all zero. */
void discover_residual_encode(const float *row, size_t columns, int8_t *codes, uint8_t *residuals, float *factor);
/* Moves a row of half floats to the half floats nearest to what its code and residuals give back, which then no longer
   moves. */
void discover_residual_settle(float *row, size_t columns);

/* Of each row of `count` by `count` products those others whose product with it is positive and among the `limit`
   greatest, the first of equal ones, in order.  Writes how many there are, and for each row `limit` numbers and
   products, of which so many are used. */
void discover_nearest(
    const float *products, size_t count, size_t limit, uint32_t *counts, uint32_t *rows, float *kept);

/* Forces a version from now on, for tests: 0 plain, 1 AVX2, 2 AVX-512.  What the processor lacks is not taken.
   Returns the version in use. */
int discover_rows_use(int version);
/* The version in use. */
int discover_rows_version(void);

#endif
