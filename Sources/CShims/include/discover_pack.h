#ifndef DISCOVER_PACK_H
#define DISCOVER_PACK_H

#include <stddef.h>
#include <stdint.h>

/* Packed bytes: a Zstandard frame (RFC 8878) without checksum that states its content's length, made with a
   dictionary. */

enum { DISCOVER_PACK_DAMAGED = -1, DISCOVER_PACK_NO_MEMORY = -2, DISCOVER_PACK_TOO_LONG = -3 };

typedef struct discover_packer discover_packer;
typedef struct discover_pack_dictionary discover_pack_dictionary;
typedef struct discover_unpacker discover_unpacker;

/* Learns a dictionary of at most `capacity` bytes from samples that stand one behind the other; 0 where they are too
   few or too much alike to learn from. */
size_t discover_pack_learn(
    const void *samples, const size_t *sizes, unsigned count, void *dictionary, size_t capacity);

/* What packs with a dictionary, or with the program's own where none is given.  One thread's only; NULL without
   memory. */
discover_packer *discover_packer_make(const void *dictionary, size_t count);
void discover_packer_free(discover_packer *packer);

/* Room that packing may take. */
size_t discover_pack_bound(size_t count);
/* Packs into `target`, of `discover_pack_bound` bytes; returns how many were written, or what is wrong. */
ptrdiff_t discover_pack_bytes(discover_packer *packer, const void *bytes, size_t count, void *target, size_t room);

/* A dictionary to unpack with, which any number of threads may share; NULL without memory, or when it is damaged. */
discover_pack_dictionary *discover_pack_dictionary_make(const void *dictionary, size_t count);
void discover_pack_dictionary_free(discover_pack_dictionary *dictionary);

/* What unpacks.  One thread's only; NULL without memory. */
discover_unpacker *discover_unpacker_make(void);
void discover_unpacker_free(discover_unpacker *unpacker);

/* Length of what was packed, or what is wrong. */
ptrdiff_t discover_unpacked_length(const void *packed, size_t count);
/* Unpacks into `target`, of exactly that length; returns it, or what is wrong. */
ptrdiff_t discover_unpack_bytes(
    discover_unpacker *unpacker, const discover_pack_dictionary *dictionary, const void *packed, size_t count,
    void *target, size_t length);

#endif
