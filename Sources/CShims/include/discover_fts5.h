#ifndef DISCOVER_FTS5_H
#define DISCOVER_FTS5_H

#include <sqlite3.h>

/* A tokenizer of FTS5 itself (https://www.sqlite.org/fts5.html section 7), so that questions are tokenised by the
   code that tokenised the text. */
typedef struct discover_tokenizer discover_tokenizer;

/* Opens the tokenizer that a text describes as the option `tokenize` of a table does: its name, then its arguments,
   separated by blanks, without quotes.  Returns a result code of SQLite.  The tokenizer belongs to the connection and
   is closed before it. */
int discover_tokenizer_open(sqlite3 *connection, const char *description, discover_tokenizer **opened);
void discover_tokenizer_close(discover_tokenizer *tokenizer);

/* Writes the tokens of a text end to end into `bytes`, where each ends there into `ends`, and where each begins and
   ends in the text into `places`, two numbers a token.  Returns how many there are; -1 when they do not fit, -2 when
   the tokenizer fails. */
int discover_tokenizer_split(
    discover_tokenizer *tokenizer, const char *text, int count, char *bytes, int capacity, int *ends, int *places,
    int most);

#endif
