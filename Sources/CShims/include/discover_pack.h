#ifndef DISCOVER_PACK_H
#define DISCOVER_PACK_H

#include <sqlite3.h>
#include <stddef.h>

/* Packed bytes: deflated (RFC 1951) with a preset dictionary, behind their length in four bytes, least significant first;
   none for none.  The dictionary is the program's own, and behind it bytes that both sides have, `like`, in which much of
   what is packed occurs. */

enum { DISCOVER_PACK_DAMAGED = -1, DISCOVER_PACK_NO_MEMORY = -2, DISCOVER_PACK_TOO_LONG = -3 };

/* Puts the packed bytes into memory of sqlite3_malloc, which the caller frees; returns how many, or what is wrong. */
ptrdiff_t discover_pack_bytes(const void *bytes, size_t count, const void *like, size_t like_count, unsigned char **packed);

/* The same back. */
ptrdiff_t discover_unpack_bytes(const void *packed, size_t count, const void *like, size_t like_count, unsigned char **bytes);

/* Registers `packed(text)` and `plain(bytes)` on a connection, where nothing is alike.  NULL stays NULL. */
int discover_pack_register(sqlite3 *connection);

#endif
