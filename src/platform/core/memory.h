/* memory.h - when there is none left: no sensible answer exists, the supervisor restarts us */
#ifndef PLATFORM_CORE_MEMORY_H
#define PLATFORM_CORE_MEMORY_H

/*
 * For a server, once, before threads: what a request gives back stays with the process for the
 * next one, up to a few MiB a thread. Without it the C library returns every page to the kernel
 * and asks it for the same page again, request after request. All threads take from two heaps:
 * with one each, every thread would keep the most that it ever needed.
 */
void memory_keep(void);

/*
 * For a local array that is written before it is read, on a path that every page takes: the
 * compiler otherwise fills it with a pattern each time (-ftrivial-auto-var-init).
 */
#define LEFT_ALONE __attribute__((uninitialized))

/* Says so on standard error and stops the process. */
_Noreturn void memory_exhausted(void);

#endif
