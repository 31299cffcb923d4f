#include "discover_encoder.h"
#include "discover_lanes.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

/* exp(x) for x <= 0: the power of two is split off and the rest is a polynomial, as in Cephes expf. */
INLINE void exponential(lanes *value) {
    const lanes lowest = (lanes){0} - 87.0f, magic = (lanes){0} + 12582912.0f;
    lanes x = *value;
    whole low = x < lowest;
    choose(&x, &low, &lowest);
    /* Adding 1.5 * 2^23 rounds to an integer, which is then in the low bits. */
    lanes shifted = x * 1.44269504f + magic, power = shifted - magic;
    lanes rest = x - power * 0.693359375f + power * 2.12194440e-4f;
    lanes p = rest * 1.9875691e-4f + 1.3982e-3f;
    p = p * rest + 8.333452e-3f;
    p = p * rest + 4.1665796e-2f;
    p = p * rest + 0.16666665f;
    p = p * rest + 0.5f;
    p = p * rest * rest + rest + 1.0f;
    whole exponent = (whole)shifted - (whole)magic + 127;
    *value = p * (lanes)(exponent << 23);
}

/* x/2 * (1 + erf(x / sqrt 2)).  The error function is an odd rational one up to 3.92, where it is +-1 to the precision
   of a float; the coefficients are those Eigen and XLA use. */
INLINE void gelu(lanes *value) {
    const lanes limit = (lanes){0} + 3.92f, one = (lanes){0} + 1.0f, least = -limit, less = -one;
    lanes half = *value * 0.5f, argument = *value * 0.70710677f, x = argument;
    whole above = argument >= limit, below = argument <= least;
    choose(&x, &above, &limit);
    choose(&x, &below, &least);
    lanes y = x * x;
    lanes p = y * -2.7261424e-10f + 2.7706814e-8f;
    p = p * y - 2.101024e-6f;
    p = p * y - 5.6925064e-5f;
    p = p * y - 7.3499063e-4f;
    p = p * y - 2.9546e-3f;
    p = p * y - 1.6096033e-2f;
    lanes q = y * -1.4566072e-5f - 2.1337406e-4f;
    q = q * y - 1.682827e-3f;
    q = q * y - 7.373329e-3f;
    q = q * y - 1.426474e-2f;
    lanes erf = x * p / q;
    choose(&erf, &above, &one);
    choose(&erf, &below, &less);
    *value = half + half * erf;
}

/* x/2 * (1 + tanh u), u = sqrt(2/pi) * (x + 0.044715 x^3): x by 1 + exp(-2u), from the side on which nothing
   overflows. */
INLINE void gelu_by_tanh(lanes *value) {
    lanes x = *value, u = (x + x * x * x * 0.044715f) * 0.79788456f;
    whole negative = u < 0;
    lanes power = (lanes)((whole)u & 0x7FFFFFFF) * -2.0f;
    exponential(&power);
    lanes share = 1.0f / (1.0f + power), other = power * share;
    choose(&share, &negative, &other);
    *value = x * share;
}

INLINE void relu(lanes *value) {
    const lanes zero = {0};
    whole negative = *value < zero;
    choose(value, &negative, &zero);
}

INLINE void apply(lanes *value, int function) {
    switch (function) {
    case 0: gelu(value); break;
    case 1: gelu_by_tanh(value); break;
    default: relu(value);
    }
}

INLINE void activate_all(float *rows, size_t count, size_t width, const float *bias, int function) {
    for (size_t row = 0; row < count; row++, rows += width) {
        size_t i = 0;
        lanes x, b;
        for (; i + LANES <= width; i += LANES) {
            load(&x, rows + i);
            load(&b, bias + i);
            x += b;
            apply(&x, function);
            store(rows + i, &x);
        }
        if (i < width) {
            load_some(&x, rows + i, width - i);
            load_some(&b, bias + i, width - i);
            x += b;
            apply(&x, function);
            store_some(rows + i, &x, width - i);
        }
    }
}

INLINE void activate_body(float *rows, size_t count, size_t width, const float *bias, int function) {
    switch (function) {
    case 0: activate_all(rows, count, width, bias, 0); break;
    case 1: activate_all(rows, count, width, bias, 1); break;
    default: activate_all(rows, count, width, bias, 2);
    }
}
VERSIONS(activate, (float *rows, size_t count, size_t width, const float *bias, int function),
    (rows, count, width, bias, function))

INLINE void normalize_body(
    float *rows, size_t count, size_t width, const float *bias, const float *scale, const float *shift, float epsilon) {
    size_t end = width / LANES * LANES;
    for (size_t row = 0; row < count; row++, rows += width) {
        lanes sums = {0}, squares = {0}, x, y;
        for (size_t i = 0; i < end; i += LANES) {
            load(&x, rows + i);
            if (bias) {
                load(&y, bias + i);
                x += y;
                store(rows + i, &x);
            }
            sums += x;
        }
        float total = sum(&sums);
        for (size_t i = end; i < width; i++) {
            if (bias) { rows[i] += bias[i]; }
            total += rows[i];
        }
        float mean = total / (float)width;
        for (size_t i = 0; i < end; i += LANES) {
            load(&x, rows + i);
            x -= mean;
            squares += x * x;
        }
        float square = sum(&squares);
        for (size_t i = end; i < width; i++) { square += (rows[i] - mean) * (rows[i] - mean); }
        float factor = 1.0f / sqrtf(square / (float)width + epsilon);
        for (size_t i = 0; i < end; i += LANES) {
            load(&x, rows + i);
            load(&y, scale + i);
            x = (x - mean) * factor * y;
            load(&y, shift + i);
            x += y;
            store(rows + i, &x);
        }
        for (size_t i = end; i < width; i++) { rows[i] = (rows[i] - mean) * factor * scale[i] + shift[i]; }
    }
}
VERSIONS(normalize,
    (float *rows, size_t count, size_t width, const float *bias, const float *scale, const float *shift, float epsilon),
    (rows, count, width, bias, scale, shift, epsilon))

/* exp(scale * (x - greatest)) of one row, and their sum. */
INLINE float exponentials(float *row, size_t width, float scale) {
    size_t end = width / LANES * LANES;
    float most = row[0];
    lanes x, y, sums = {0};
    if (end) {
        load(&y, row);
        for (size_t i = LANES; i < end; i += LANES) {
            load(&x, row + i);
            whole more = x > y;
            choose(&y, &more, &x);
        }
        most = greatest(&y);
    }
    for (size_t i = end; i < width; i++) { most = row[i] > most ? row[i] : most; }
    for (size_t i = 0; i < end; i += LANES) {
        load(&x, row + i);
        x = (x - most) * scale;
        exponential(&x);
        sums += x;
        store(row + i, &x);
    }
    float total = sum(&sums);
    if (end < width) {
        load_some(&x, row + end, width - end);
        x = (x - most) * scale;
        exponential(&x);
        store_some(row + end, &x, width - end);
        for (size_t i = end; i < width; i++) { total += row[i]; }
    }
    return total;
}

/* Attention */

/* Rows of queries that are computed together, and columns padded to. */
enum { BLOCK = 4, PAD = 32 };

size_t discover_attention_scratch(size_t length, size_t depth) {
    return (length + PAD) * (depth + BLOCK);
}

/* `some` rows of one block; keys are turned: `depth` rows of `padded` numbers. */
INLINE void attend_block(
    const float *queries, const float *turned, const float *values, size_t stride, size_t length, size_t padded,
    size_t depth, float scale, float *result, size_t result_stride, float *scores, size_t some) {
    const float *q[BLOCK];
    for (size_t r = 0; r < BLOCK; r++) { q[r] = queries + (r < some ? r : 0) * stride; }
    for (size_t column = 0; column < padded; column += PAD) {
        lanes sums[BLOCK][2], k0, k1;
        for (size_t r = 0; r < BLOCK; r++) { sums[r][0] = sums[r][1] = (lanes){0}; }
        for (size_t d = 0; d < depth; d++) {
            load(&k0, turned + d * padded + column);
            load(&k1, turned + d * padded + column + LANES);
#pragma clang loop unroll(full)
            for (size_t r = 0; r < BLOCK; r++) {
                sums[r][0] += k0 * q[r][d];
                sums[r][1] += k1 * q[r][d];
            }
        }
        for (size_t r = 0; r < BLOCK; r++) {
            store(scores + r * padded + column, &sums[r][0]);
            store(scores + r * padded + column + LANES, &sums[r][1]);
        }
    }
    float factors[BLOCK];
    for (size_t r = 0; r < some; r++) { factors[r] = 1.0f / exponentials(scores + r * padded, length, scale); }
    size_t d = 0;
    for (; d + 2 * LANES <= depth; d += 2 * LANES) {
        lanes sums[BLOCK][2], v0, v1;
        for (size_t r = 0; r < BLOCK; r++) { sums[r][0] = sums[r][1] = (lanes){0}; }
        for (size_t j = 0; j < length; j++) {
            load(&v0, values + j * stride + d);
            load(&v1, values + j * stride + d + LANES);
#pragma clang loop unroll(full)
            for (size_t r = 0; r < BLOCK; r++) {
                sums[r][0] += v0 * scores[r * padded + j];
                sums[r][1] += v1 * scores[r * padded + j];
            }
        }
        for (size_t r = 0; r < some; r++) {
            sums[r][0] *= factors[r];
            sums[r][1] *= factors[r];
            store(result + r * result_stride + d, &sums[r][0]);
            store(result + r * result_stride + d + LANES, &sums[r][1]);
        }
    }
    for (; d < depth; d++) {
        for (size_t r = 0; r < some; r++) {
            float total = 0;
            for (size_t j = 0; j < length; j++) { total += scores[r * padded + j] * values[j * stride + d]; }
            result[r * result_stride + d] = total * factors[r];
        }
    }
}

INLINE void attention_body(
    const float *queries, const float *keys, const float *values, size_t stride, size_t length, size_t depth,
    float scale, float *result, size_t result_stride, float *scratch) {
    size_t padded = (length + PAD - 1) / PAD * PAD;
    float *turned = scratch, *scores = scratch + depth * padded;
    for (size_t d = 0; d < depth; d++) {
        for (size_t j = 0; j < length; j++) { turned[d * padded + j] = keys[j * stride + d]; }
        for (size_t j = length; j < padded; j++) { turned[d * padded + j] = 0; }
    }
    size_t row = 0;
    for (; row + BLOCK <= length; row += BLOCK) {
        attend_block(
            queries + row * stride, turned, values, stride, length, padded, depth, scale,
            result + row * result_stride, result_stride, scores, BLOCK);
    }
    if (row < length) {
        attend_block(
            queries + row * stride, turned, values, stride, length, padded, depth, scale,
            result + row * result_stride, result_stride, scores, length - row);
    }
}
VERSIONS(attention,
    (const float *queries, const float *keys, const float *values, size_t stride, size_t length, size_t depth,
     float scale, float *result, size_t result_stride, float *scratch),
    (queries, keys, values, stride, length, depth, scale, result, result_stride, scratch))
