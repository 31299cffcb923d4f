#ifndef DISCOVER_MEMORY_H
#define DISCOVER_MEMORY_H

#include <stddef.h>

/* 1 when the wanted bytes occur within the others, else 0.  memmem, which Swift does not see. */
int discover_holds(const void *bytes, size_t count, const void *wanted, size_t wanted_count);

#endif
