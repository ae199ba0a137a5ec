/*
 * threads.h - the same work on several shares at once
 *
 * Results never depend on the number of threads: whoever uses this sorts or sums
 * afterwards, so that one seed gives one answer on every machine.
 */
#ifndef MATCHING_THREADS_H
#define MATCHING_THREADS_H

enum { THREADS_MAX = 16 };

/* How many are worth starting here: the processors of this machine, at most THREADS_MAX. */
int threads_available(void);

/* Calls work(share, arg) for share 0..count-1, each in a thread of its own; returns when all did.
 * A thread that can't be started has its share done by the caller. */
void threads_run(int count, void (*work)(int share, void *arg), void *arg);

/*
 * The same for many works after another: the threads stay, and wait for the next one. Who waits
 * looks for some tens of microseconds before it sleeps, so that short works cost no wake-up. One
 * caller at a time.
 */
struct threads *threads_start(int count);
void threads_each(struct threads *t, void (*work)(int share, void *arg), void *arg);
void threads_stop(struct threads *t); /* takes NULL */

#endif
