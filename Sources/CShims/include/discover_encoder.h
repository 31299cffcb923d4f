#ifndef DISCOVER_ENCODER_H
#define DISCOVER_ENCODER_H

#include <stddef.h>
#include <stdint.h>

/* What a transformer computes over rows of floats, and its linear layers in 16-bit integers.

   Written in C because Swift reaches neither AVX-512 nor VNNI without tying the whole program to one processor.  Each
   function has a version for AVX-512, one for AVX2 and a plain one, see discover_rows.h; all give the same bits. */

/* Adds a bias to every row and applies a function: 0 the exact GELU, 1 the GELU by tanh, 2 ReLU. */
void discover_activate(float *rows, size_t count, size_t width, const float *bias, int function);

/* Adds a bias, where there is one, to every row, brings the row to mean 0 and variance 1, then scales and shifts it. */
void discover_normalize(
    float *rows, size_t count, size_t width, const float *bias, const float *scale, const float *shift, float epsilon);

/* One head of scaled dot-product attention of one text: rows of `depth` numbers, of queries, keys and values, `stride`
   floats apart; results are `result_stride` apart and may overwrite the queries.  `scratch` must hold
   discover_attention_scratch floats. */
void discover_attention(
    const float *queries, const float *keys, const float *values, size_t stride, size_t length, size_t depth,
    float scale, float *result, size_t result_stride, float *scratch);
size_t discover_attention_scratch(size_t length, size_t depth);

/* Linear layers in integers.  Weights are rounded to 13 bits with one scale per column of the result, inputs to as
   many bits, with a scale a row, as cannot overflow the 32 bits in which up to 192 products are added up; what is
   added is exact.  Depths are even. */

/* How many 16-bit numbers packed weights take. */
size_t discover_packed_size(size_t columns, size_t depth);
/* Packs weights of `columns` rows of `depth` numbers.  Returns the greatest number that an input may be rounded to. */
int32_t discover_pack(const float *weights, size_t columns, size_t depth, int16_t *packed, float *scales);
/* Rounds rows to numbers of at most `limit`. */
void discover_quantize(
    const float *rows, size_t count, size_t width, int32_t limit, int16_t *result, float *scales);
/* result <- keep * result + rows . weights + bias, `keep` being 0 or 1.  `rows` and `row_scales` are readable up to a
   multiple of 12 rows. */
void discover_linear(
    const int16_t *rows, const float *row_scales, size_t count, size_t depth, const int16_t *packed,
    const float *scales, size_t columns, const float *bias, int keep, float *result);

#endif
