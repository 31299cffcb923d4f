#ifndef DISCOVER_SQLITE_H
#define DISCOVER_SQLITE_H

#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast macro, which Swift cannot see. */
int discover_sqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int length);
int discover_sqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int length);

#endif
