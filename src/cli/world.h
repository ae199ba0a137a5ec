/*
 * world.h - plein init and plein demo: what a new installation starts from
 *
 * main opens the database (migrated) and the keys, and hands over what stands behind the
 * command's settings. What is told to the person goes to `o`; ERR_INVALID: the command was
 * wrong, the message says how it is written.
 */
#ifndef CLI_WORLD_H
#define CLI_WORLD_H

#include "platform/core/clock.h"
#include "platform/core/error.h"
#include "platform/core/out.h"
#include "platform/crypto/seal.h"
#include "platform/db/db.h"

struct world_means {
	struct db *db;
	const struct seal_key *account_key; /* of the keyring; not needed by init */
	const struct clock *clock;
	/* Months of work, told in `o`; NULL: only the people are made. first_ms: where it begins. */
	enum status (*play)(void *app, uint64_t seed, int64_t signals, int64_t first_ms,
	                    struct out *o, struct error *reterr);
	void *app;
};

extern const char INIT_HELP[];
extern const char DEMO_HELP[];

/* plein init [--region CODE]: running it again brings the tables up to date. */
MUST_CHECK enum status cli_init(const struct world_means *with, int argc, char *const argv[],
                                struct out *o, struct error *reterr);

/* plein demo [--seed N] [--scale small|region|national] [--signals N] | plein demo people | demo code PERSON */
MUST_CHECK enum status cli_demo(const struct world_means *with, int argc, char *const argv[],
                                struct out *o, struct error *reterr);

#endif
