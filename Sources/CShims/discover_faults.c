#define _GNU_SOURCE
#include "discover_faults.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <sqlite3.h>
#include <unistd.h>

/* Per thread, so that a test that breaks the disk breaks it for nobody else. */
static _Thread_local int armed_at = -1;
static _Thread_local int calls = 0;
static _Thread_local enum discover_fault armed_kind = DISCOVER_FAULT_NONE;

/* The fault of this call; a disk that is broken stays broken. */
static enum discover_fault next_fault(void) {
    if (armed_at < 0) return DISCOVER_FAULT_NONE;
    calls += 1;
    if (armed_at == 0 || calls < armed_at) return DISCOVER_FAULT_NONE;
    if (armed_kind == DISCOVER_FAULT_SHORT && calls > armed_at) return DISCOVER_FAULT_FULL;
    return armed_kind;
}

/* -1 with errno set; 0 when the call may go on. */
static int refused(enum discover_fault fault) {
    if (fault == DISCOVER_FAULT_NONE || fault == DISCOVER_FAULT_SHORT) return 0;
    errno = fault == DISCOVER_FAULT_FULL ? ENOSPC : EIO;
    return -1;
}

ssize_t discover_write(int file, const void *bytes, size_t count) {
    enum discover_fault fault = next_fault();
    if (refused(fault) != 0) return -1;
    return write(file, bytes, fault == DISCOVER_FAULT_SHORT ? count / 2 : count);
}

ssize_t discover_pwrite(int file, const void *bytes, size_t count, off_t offset) {
    enum discover_fault fault = next_fault();
    if (refused(fault) != 0) return -1;
    return pwrite(file, bytes, fault == DISCOVER_FAULT_SHORT ? count / 2 : count, offset);
}

int discover_fsync(int file) {
    if (refused(next_fault()) != 0) return -1;
    return fsync(file);
}

int discover_rename(const char *old_path, const char *new_path) {
    if (refused(next_fault()) != 0) return -1;
    return rename(old_path, new_path);
}

/* SQLite's unix layer lets its system calls be replaced (sqlite3_vfs.xSetSystemCall). */
static void replace_calls_of_sqlite(void) {
    sqlite3_vfs *layer = sqlite3_vfs_find(NULL);
    if (layer == NULL || layer->iVersion < 3) return;
    layer->xSetSystemCall(layer, "write", (sqlite3_syscall_ptr)discover_write);
    layer->xSetSystemCall(layer, "pwrite", (sqlite3_syscall_ptr)discover_pwrite);
    layer->xSetSystemCall(layer, "pwrite64", (sqlite3_syscall_ptr)discover_pwrite);
}

void discover_fault_arm(int at, enum discover_fault kind) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, replace_calls_of_sqlite);
    armed_at = at;
    armed_kind = kind;
    calls = 0;
}

int discover_fault_disarm(void) {
    armed_at = -1;
    return calls;
}
