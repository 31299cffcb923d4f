#include "discover_sha256.h"

#include <string.h>

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t turn(uint32_t word, int by) { return (word >> by) | (word << (32 - by)); }

static void absorb_plain(discover_sha256 *hash, const uint8_t *block) {
    uint32_t w[64];
    for (int i = 0; i < 16; i++) {
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | (uint32_t)block[4 * i + 3];
    }
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >> 3);
        uint32_t s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >> 10);
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t a = hash->state[0], b = hash->state[1], c = hash->state[2], d = hash->state[3];
    uint32_t e = hash->state[4], f = hash->state[5], g = hash->state[6], h = hash->state[7];
    for (int i = 0; i < 64; i++) {
        uint32_t t1 = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + w[i];
        uint32_t t2 = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g; g = f; f = e; e = d + t1;
        d = c; c = b; b = a; a = t1 + t2;
    }
    hash->state[0] += a; hash->state[1] += b; hash->state[2] += c; hash->state[3] += d;
    hash->state[4] += e; hash->state[5] += f; hash->state[6] += g; hash->state[7] += h;
}

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

/* The processor's own instructions (Intel SHA Extensions, 2013), about eight times as fast: a generation is read and
   compared with its checksums before every run. */
__attribute__((target("sha,sse4.1"))) static void absorb_fast(discover_sha256 *hash, const uint8_t *block) {
    const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0bULL, 0x0405060700010203ULL);
    __m128i low = _mm_loadu_si128((const __m128i *)&hash->state[0]);
    __m128i high = _mm_loadu_si128((const __m128i *)&hash->state[4]);
    low = _mm_shuffle_epi32(low, 0xB1);
    high = _mm_shuffle_epi32(high, 0x1B);
    __m128i abef = _mm_alignr_epi8(low, high, 8);
    __m128i cdgh = _mm_blend_epi16(high, low, 0xF0);
    const __m128i first = abef, second = cdgh;
    __m128i w[4];
#pragma GCC unroll 16
    for (int i = 0; i < 16; i++) {
        if (i < 4) {
            w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(block + 16 * i)), order);
        } else {
            __m128i next = _mm_sha256msg1_epu32(w[i & 3], w[(i + 1) & 3]);
            next = _mm_add_epi32(next, _mm_alignr_epi8(w[(i + 3) & 3], w[(i + 2) & 3], 4));
            w[i & 3] = _mm_sha256msg2_epu32(next, w[(i + 3) & 3]);
        }
        __m128i words = _mm_add_epi32(w[i & 3], _mm_loadu_si128((const __m128i *)&constants[4 * i]));
        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, words);
        abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(words, 0x0E));
    }
    abef = _mm_add_epi32(abef, first);
    cdgh = _mm_add_epi32(cdgh, second);
    low = _mm_shuffle_epi32(abef, 0x1B);
    high = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128((__m128i *)&hash->state[0], _mm_blend_epi16(low, high, 0xF0));
    _mm_storeu_si128((__m128i *)&hash->state[4], _mm_alignr_epi8(high, low, 8));
}

static int has_instructions(void) {
    static int known = -1;
    int answer = __atomic_load_n(&known, __ATOMIC_RELAXED);
    if (answer >= 0) return answer;
    unsigned a, b, c, d;
    int has_sse41 = __get_cpuid(1, &a, &b, &c, &d) && (c & (1u << 19)) != 0;
    answer = has_sse41 && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & (1u << 29)) != 0;
    __atomic_store_n(&known, answer, __ATOMIC_RELAXED);
    return answer;
}
#else
static void absorb_fast(discover_sha256 *hash, const uint8_t *block) { absorb_plain(hash, block); }
static int has_instructions(void) { return 0; }
#endif

static void absorb(discover_sha256 *hash, const uint8_t *block) {
    if (has_instructions()) absorb_fast(hash, block); else absorb_plain(hash, block);
}

int discover_sha256_agrees(const uint8_t *block) {
    discover_sha256 plain, fast;
    discover_sha256_begin(&plain);
    discover_sha256_begin(&fast);
    absorb_plain(&plain, block);
    if (has_instructions()) absorb_fast(&fast, block); else absorb_plain(&fast, block);
    return memcmp(plain.state, fast.state, sizeof plain.state) == 0;
}

void discover_sha256_begin(discover_sha256 *hash) {
    static const uint32_t initial[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    memcpy(hash->state, initial, sizeof initial);
    hash->length = 0;
    hash->filled = 0;
}

void discover_sha256_add(discover_sha256 *hash, const void *bytes, size_t count) {
    const uint8_t *next = bytes;
    hash->length += count;
    while (count > 0) {
        if (hash->filled == 0 && count >= 64) {
            absorb(hash, next);
            next += 64;
            count -= 64;
            continue;
        }
        size_t take = 64 - hash->filled < count ? 64 - hash->filled : count;
        memcpy(hash->block + hash->filled, next, take);
        hash->filled += take;
        next += take;
        count -= take;
        if (hash->filled == 64) {
            absorb(hash, hash->block);
            hash->filled = 0;
        }
    }
}

void discover_sha256_end(discover_sha256 *hash, uint8_t *digest) {
    uint64_t bits = hash->length * 8;
    uint8_t padding[72] = {0x80};
    size_t zeros = (hash->filled < 56 ? 56 : 120) - hash->filled;
    for (int i = 0; i < 8; i++) padding[zeros + i] = (uint8_t)(bits >> (56 - 8 * i));
    discover_sha256_add(hash, padding, zeros + 8);
    for (int i = 0; i < 32; i++) digest[i] = (uint8_t)(hash->state[i / 4] >> (24 - 8 * (i % 4)));
}

/* Four lanes, each a bijection of the word it takes, so that one changed byte always changes the result. */
static const uint64_t checksum_prime = 0x9e3779b97f4a7c15u;

void discover_checksum_begin(discover_checksum *state) {
    for (int i = 0; i < 4; i++) state->lanes[i] = (uint64_t)i + 1;
    state->words = 0;
    state->bytes = 0;
}

void discover_checksum_add(discover_checksum *state, const void *bytes, size_t count) {
    const uint8_t *next = bytes;
    uint64_t lanes[4];
    memcpy(lanes, state->lanes, sizeof lanes);
    size_t words = (count + 7) / 8;
    size_t first = (size_t)state->words;
    for (size_t i = 0; i < words; i++) {
        uint64_t word = 0;
        size_t left = count - i * 8;
        memcpy(&word, next + i * 8, left < 8 ? left : 8);
        size_t lane = (first + i) & 3;
        uint64_t mixed = (lanes[lane] ^ word) * checksum_prime;
        lanes[lane] = mixed ^ (mixed >> 29);
    }
    memcpy(state->lanes, lanes, sizeof lanes);
    state->words += words;
    state->bytes += count;
}

uint64_t discover_checksum_end(const discover_checksum *state) {
    uint64_t result = state->bytes;
    for (int i = 0; i < 4; i++) {
        result = (result ^ state->lanes[i]) * checksum_prime;
        result ^= result >> 32;
    }
    return result;
}

uint64_t discover_checksum64(const void *bytes, size_t count) {
    discover_checksum state;
    discover_checksum_begin(&state);
    discover_checksum_add(&state, bytes, count);
    return discover_checksum_end(&state);
}
