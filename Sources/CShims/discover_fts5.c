#define _GNU_SOURCE
#include "discover_fts5.h"

#include <stdlib.h>
#include <string.h>

/* FTS5 cuts longer tokens, FTS5_MAX_TOKEN_SIZE. */
#define LONGEST 32768
/* Of a description. */
#define MOST_WORDS 16

struct discover_tokenizer {
    fts5_tokenizer calls;
    Fts5Tokenizer *instance;
};

/* What one call of discover_tokenizer_split fills. */
struct tokens {
    char *bytes;
    int capacity;
    int used;
    int *ends;
    int *places;
    int most;
    int count;
};

static fts5_api *api_of(sqlite3 *connection) {
    fts5_api *api = NULL;
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
        sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    return api;
}

int discover_tokenizer_open(sqlite3 *connection, const char *description, discover_tokenizer **opened) {
    *opened = NULL;
    const char *words[MOST_WORDS];
    int count = 0;
    fts5_api *api = api_of(connection);
    char *copy = strdup(description);
    discover_tokenizer *tokenizer = calloc(1, sizeof *tokenizer);
    int code = copy == NULL || tokenizer == NULL ? SQLITE_NOMEM : api == NULL ? SQLITE_ERROR : SQLITE_OK;
    if (code == SQLITE_OK) {
        char *rest = NULL;
        for (char *word = strtok_r(copy, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
            if (count < MOST_WORDS) words[count++] = word;
        }
        void *context = NULL;
        code = count == 0 ? SQLITE_ERROR : api->xFindTokenizer(api, words[0], &context, &tokenizer->calls);
        if (code == SQLITE_OK) code = tokenizer->calls.xCreate(context, words + 1, count - 1, &tokenizer->instance);
    }
    free(copy);
    if (code == SQLITE_OK) {
        *opened = tokenizer;
    } else {
        free(tokenizer);
    }
    return code;
}

void discover_tokenizer_close(discover_tokenizer *tokenizer) {
    if (tokenizer == NULL) return;
    tokenizer->calls.xDelete(tokenizer->instance);
    free(tokenizer);
}

static int add_token(void *context, int flags, const char *token, int length, int start, int end) {
    struct tokens *tokens = context;
    (void)flags;
    if (length > LONGEST) length = LONGEST;
    if (tokens->count == tokens->most || length > tokens->capacity - tokens->used) return SQLITE_FULL;
    memcpy(tokens->bytes + tokens->used, token, (size_t)length);
    tokens->used += length;
    tokens->ends[tokens->count] = tokens->used;
    tokens->places[2 * tokens->count] = start;
    tokens->places[2 * tokens->count + 1] = end;
    tokens->count += 1;
    return SQLITE_OK;
}

int discover_tokenizer_split(
    discover_tokenizer *tokenizer, const char *text, int count, char *bytes, int capacity, int *ends, int *places,
    int most) {
    struct tokens tokens = {bytes, capacity, 0, ends, places, most, 0};
    int code = tokenizer->calls.xTokenize(
        tokenizer->instance, &tokens, FTS5_TOKENIZE_QUERY, text, count, add_token);
    if (code == SQLITE_FULL) return -1;
    return code == SQLITE_OK ? tokens.count : -2;
}
