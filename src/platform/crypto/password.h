/*
 * password.h - passwords as Argon2id hashes, made in one thread of their own
 *
 * 19 MiB and two passes per hash (OWASP's first choice), about 25 ms. One thread and a short
 * queue do all of them: a flood of sign-ins can take neither the workers nor the memory; past
 * the queue the answer is "try again in a moment", at once.
 *
 * Verifying costs the same for a person who doesn't exist: pass NULL as stored hash.
 */
#ifndef PLATFORM_CRYPTO_PASSWORD_H
#define PLATFORM_CRYPTO_PASSWORD_H

#include <stdbool.h>
#include <stddef.h>

#include "platform/core/error.h"

enum { PASSWORD_HASH_BYTES = 128, PASSWORD_MAX_BYTES = 1024 };

struct password_hash {
	char text[PASSWORD_HASH_BYTES]; /* "$argon2id$v=19$m=19456,t=2,p=1$...", NUL-terminated */
};

/* Slow (25 ms, 19 MiB): only for the command line and this room; others go by the desk.
 * ERR_INVALID: longer than PASSWORD_MAX_BYTES. ERR_UNAVAILABLE: no memory. */
MUST_CHECK enum status password_hash(const char *password, struct password_hash *ret,
                                     struct error *reterr);
/* stored NULL: the same work for nothing, then false. */
bool password_matches(const char *stored, const char *password);
/* True for a hash made with weaker settings than today's: hash anew after the next sign-in. */
bool password_is_outdated(const char *stored);

struct password_desk; /* the thread and its queue; safe from every thread */

enum password_work { PASSWORD_HASH, PASSWORD_VERIFY };

/* One piece of work; the caller's, untouched by others until done. */
struct password_job {
	enum password_work work;
	const char *password;
	const char *stored; /* VERIFY: the hash, or NULL for a person who doesn't exist */

	enum status status;        /* after done: OK or why there's no result */
	bool matches, outdated;    /* VERIFY */
	struct password_hash hash; /* HASH */

	void (*done)(struct password_job *job); /* from the desk's thread; short */
	void *owner;                            /* for done */
	struct password_job *next;              /* the desk's own */
};

/* queue_max: jobs that may wait. */
MUST_CHECK enum status password_desk_open(size_t queue_max, struct password_desk **ret,
                                          struct error *reterr);
/* Jobs that wait are done with ERR_UNAVAILABLE; returns when the thread has ended. Takes NULL. */
void password_desk_close(struct password_desk *desk);

/* ERR_UNAVAILABLE (queue full or closing): done isn't called. Else done is called exactly once. */
MUST_CHECK enum status password_submit(struct password_desk *desk, struct password_job *job,
                                       struct error *reterr);
/* The same, waiting for the end. Returns job->status; done and owner are the desk's. */
MUST_CHECK enum status password_run(struct password_desk *desk, struct password_job *job,
                                    struct error *reterr);

#endif
