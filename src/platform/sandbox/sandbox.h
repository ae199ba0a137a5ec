/*
 * sandbox.h - work on foreign files in a process of its own that can only compute
 *
 * A parser of files that strangers made may hold a fault. So it runs in a child: the same program
 * started anew with one word, without the environment, without an open file but its input and its
 * output, and, once loaded, closed off by seccomp and landlock: no file, no network, no other
 * program, at most SANDBOX_SECONDS of processor time. A kernel without landlock leaves seccomp,
 * which refuses the same; without seccomp nothing is read. It never held a key. What it says is
 * foreign too: the parent checks every length.
 *
 * The child is asked for by name (/proc/self/exe), so a program that calls sandbox_start() handles
 * the word, as the first thing that it does (main.c; tests in tests/world/apart.c).
 */
#ifndef PLATFORM_SANDBOX_SANDBOX_H
#define PLATFORM_SANDBOX_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/arena.h"
#include "platform/core/error.h"
#include "platform/core/source.h"

enum { SANDBOX_SECONDS = 10, SANDBOX_MEMORY_MAX = 1 << 30 };

/* ---- in the child ---------------------------------------------------------------------------- */

/* The input, mapped to read; it may be empty. ERR_UNAVAILABLE: there is none. */
MUST_CHECK enum status sandbox_input(const void **ret, size_t *ret_len, struct error *reterr);
/* From here the process computes, reads and writes what is open, and ends. ERR_UNAVAILABLE: the
 * machine can't close it off; then the work isn't done. */
MUST_CHECK enum status sandbox_close_off(struct error *reterr);
/*
 * Becomes another program (argv[0] is its whole path), with the input as what it reads and the output
 * as what it writes. It may read its libraries and these folders (up to a NULL), run nothing but
 * itself, and has no environment, no network and no file to write. Returns only where that can't be:
 * ERR_UNAVAILABLE, also on a kernel without landlock.
 */
MUST_CHECK enum status sandbox_become(char *const *argv, const char *const *folders,
                                      struct error *reterr);
/* To the parent. false: it has heard enough. */
bool sandbox_say(const void *bytes, size_t len);

/* ---- in the parent --------------------------------------------------------------------------- */

struct sandbox;

/*
 * Starts the child for this word with these bytes as its input. They are copied once, a piece at a
 * time, to memory that is the child's: what asks holds nothing of them. *ret lives in a, until
 * sandbox_end(). ERR_UNAVAILABLE: it can't, or the bytes can't be had.
 */
MUST_CHECK enum status sandbox_start(const char *word, const struct byte_source *input,
                                     struct arena *a, struct sandbox **ret, struct error *reterr);
/*
 * Exactly len bytes of what the child says. ERR_LIMIT: it said nothing for SANDBOX_SECONDS;
 * ERR_INVALID: it ended before.
 */
MUST_CHECK enum status sandbox_hear(struct sandbox *s, void *ret, size_t len, struct error *reterr);
/*
 * All that the child says, at most max bytes, into ret; what is more is left out. *ret_code is its exit
 * code, -1 for one that was ended by something else; 0 where it had more to say. ERR_LIMIT as above.
 */
MUST_CHECK enum status sandbox_hear_all(struct sandbox *s, char *ret, size_t max, size_t *ret_len,
                                        int *ret_code, struct error *reterr);
/* Ends the child, whatever it does. Takes NULL. */
void sandbox_end(struct sandbox *s);

#endif
