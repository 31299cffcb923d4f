#ifndef DISCOVER_ROWS_H
#define DISCOVER_ROWS_H

#include <stddef.h>
#include <stdint.h>

/* Dot products of one query with many rows that are stored in less than 32 bits a number: signed bytes, and half
   floats (IEEE 754 binary16).

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

/* Forces a version from now on, for tests: 0 plain, 1 AVX2, 2 AVX-512.  What the processor lacks is not taken.
   Returns the version in use. */
int discover_rows_use(int version);
/* The version in use. */
int discover_rows_version(void);

#endif
