#include "discover_sqlite.h"

int discover_sqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int length) {
    return sqlite3_bind_text(statement, index, text, length, SQLITE_TRANSIENT);
}

int discover_sqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int length) {
    // Of no bytes there may be no address, which SQLite would take for NULL.
    if (length == 0) return sqlite3_bind_zeroblob(statement, index, 0);
    return sqlite3_bind_blob(statement, index, bytes, length, SQLITE_TRANSIENT);
}
