#ifndef DISCOVER_PACK_H
#define DISCOVER_PACK_H

#include <sqlite3.h>

/* Registers `packed(text)` and `plain(bytes)` on a connection: texts deflated (RFC 1951) with a preset dictionary, behind
   their length in four bytes, least significant first.  NULL stays NULL, the empty text becomes no bytes. */
int discover_pack_register(sqlite3 *connection);

#endif
