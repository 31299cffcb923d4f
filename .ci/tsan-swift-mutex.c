// Tells ThreadSanitizer what Swift's Mutex does when two threads want it at once.
//
// The quick way of Synchronization.Mutex is compiled into our code and seen; the slow way is a futex call inside the
// library, which is not instrumented, so that everything under a contended Mutex looks like a race.  Preloaded by
// scripts/test-sanitized, these functions take the place of the library's, call them, and say who waited for whom.
// Names and calling convention are those of the library's binary interface.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self

static void tell(const char *function, void *address) {
    // Only the program under test has the sanitizer.
    void (*call)(void *) = (void (*)(void *))dlsym(RTLD_DEFAULT, function);
    if (call) call(address);
}

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
SWIFT void mutex_lock(uint32_t thread, SELF) __asm__(LOCK);
SWIFT void mutex_lock(uint32_t thread, SELF) {
    static SWIFT void (*real)(uint32_t, SELF);
    if (!real) real = (SWIFT void (*)(uint32_t, SELF))dlsym(RTLD_NEXT, LOCK);
    real(thread, self);
    tell("__tsan_acquire", self);
}

SWIFT void mutex_unlock(SELF) __asm__("$s15Synchronization12_MutexHandleV11_unlockSlowyyF");
SWIFT void mutex_unlock(SELF) {
    static SWIFT void (*real)(SELF);
    if (!real) real = (SWIFT void (*)(SELF))dlsym(RTLD_NEXT, "$s15Synchronization12_MutexHandleV11_unlockSlowyyF");
    tell("__tsan_release", self);
    real(self);
}

SWIFT _Bool mutex_try(SELF) __asm__("$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF");
SWIFT _Bool mutex_try(SELF) {
    static SWIFT _Bool (*real)(SELF);
    if (!real) real = (SWIFT _Bool (*)(SELF))dlsym(RTLD_NEXT, "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF");
    _Bool taken = real(self);
    if (taken) tell("__tsan_acquire", self);
    return taken;
}
