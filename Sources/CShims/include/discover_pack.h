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

/* Trains a dictionary of at most `capacity` bytes on consecutive samples; 0 if they are too few or too similar. */
size_t discover_pack_learn(
    const void *samples, const size_t *sizes, unsigned count, void *dictionary, size_t capacity);

/* A compressor with a dictionary, or with the built-in one if none is given.  Belongs to one thread; NULL without
   memory. */
discover_packer *discover_packer_make(const void *dictionary, size_t count);
void discover_packer_free(discover_packer *packer);

/* Most bytes that compression may need. */
size_t discover_pack_bound(size_t count);
/* Compresses into `target`, of `discover_pack_bound` bytes; returns how many were written, or an error. */
ptrdiff_t discover_pack_bytes(discover_packer *packer, const void *bytes, size_t count, void *target, size_t capacity);

/* A dictionary for decompression, which threads may share; NULL without memory, or if it is damaged. */
discover_pack_dictionary *discover_pack_dictionary_make(const void *dictionary, size_t count);
void discover_pack_dictionary_free(discover_pack_dictionary *dictionary);

/* A decompressor.  Belongs to one thread; NULL without memory. */
discover_unpacker *discover_unpacker_make(void);
void discover_unpacker_free(discover_unpacker *unpacker);

/* Length of what was packed, or what is wrong. */
ptrdiff_t discover_unpacked_length(const void *packed, size_t count);
/* Unpacks into `target`, of exactly that length; returns it, or what is wrong. */
ptrdiff_t discover_unpack_bytes(
    discover_unpacker *unpacker, const discover_pack_dictionary *dictionary, const void *packed, size_t count,
    void *target, size_t length);

#endif
