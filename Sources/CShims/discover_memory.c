#define _GNU_SOURCE
#include "discover_memory.h"

#include <string.h>

int discover_holds(const void *bytes, size_t count, const void *wanted, size_t wanted_count) {
    return memmem(bytes, count, wanted, wanted_count) != NULL;
}
