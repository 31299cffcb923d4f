#ifndef DISCOVER_FAULTS_H
#define DISCOVER_FAULTS_H

#include <stddef.h>
#include <sys/types.h>

/* Every write of an index goes through these: files, SQLite pages, vectors.  They are the system's calls, unless a test
   has armed a fault on the calling thread; nothing else can. */
ssize_t discover_write(int file, const void *bytes, size_t count);
ssize_t discover_pwrite(int file, const void *bytes, size_t count, off_t offset);
int discover_fsync(int file);
int discover_rename(const char *old_path, const char *new_path);

enum discover_fault {
    DISCOVER_FAULT_NONE = 0,
    /* The disk is full: ENOSPC. */
    DISCOVER_FAULT_FULL = 1,
    /* The medium fails: EIO. */
    DISCOVER_FAULT_BROKEN = 2,
    /* Half of the bytes are written; the next try says that the disk is full. */
    DISCOVER_FAULT_SHORT = 3,
};

/* Lets call number `at` of this thread, counted from 1, fail, and all after it; at 0 only counts. */
void discover_fault_arm(int at, enum discover_fault kind);
/* Ends it; returns how many calls there were. */
int discover_fault_disarm(void);

#endif
