/*
 * first_password.h - the one-time password that starts a new account
 *
 * Whoever activates an account reads it on one page and passes it on; its owner must choose
 * another at the first sign-in. Until then it lies sealed under the node's credential key,
 * so that a lost answer doesn't lock a new colleague out, and no table, log or cookie holds it.
 */
#ifndef PEOPLE_FIRST_PASSWORD_H
#define PEOPLE_FIRST_PASSWORD_H

#include "people/credential.h"
#include "platform/http/http.h"
#include "platform/view/page.h"

struct first_password {
	const char *hash;
	const uint8_t *sealed;
	size_t sealed_len;
};

/* A new one, for a job's args. Slow: hashes on the password desk. Not inside a job. */
MUST_CHECK enum status first_password_new(const struct request *rq, int64_t person_id,
                                          struct first_password *ret, struct error *reterr);

/* Inside a job: it is this person's password from now on; `reader` may read it. */
MUST_CHECK enum status first_password_set(struct db_tx *tx, int64_t person_id,
                                          const struct first_password *p, int64_t reader,
                                          int64_t now_ms, struct error *reterr);

extern const struct route first_password_routes[];
extern const struct page_template first_password_templates[];

#endif
