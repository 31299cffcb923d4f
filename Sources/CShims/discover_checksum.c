#include "discover_checksum.h"

#include <string.h>

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
