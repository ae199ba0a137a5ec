/*
 * demo.h - an invented region full of people, to try Plein with: `plein demo`
 *
 * The same seed, scale and day give the same world: names, roles, passwords, authenticator
 * secrets. Everybody has the same password (DEMO_PASSWORD); the code of the authenticator is
 * printed by `plein demo code PERSON`, for persons marked as demo only. Meant for an
 * installation that holds nothing else: setting installation.demo is 1 from then on, and every
 * page says so.
 */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include <stdint.h>

#include "platform/core/error.h"
#include "platform/core/out.h"
#include "platform/crypto/seal.h"
#include "platform/crypto/totp.h"
#include "platform/db/db.h"

extern const char DEMO_PASSWORD[];

enum demo_scale {
	DEMO_SMALL,   /* the people of deltaland_cast() */
	DEMO_REGION,  /* 600 people */
	DEMO_NATIONAL /* 6,000 people: as many as the country has, in one installation */
};
/* "small", "region", "national"; false for another word. */
bool demo_scale_parse(const char *word, enum demo_scale *ret);
int demo_people_count(enum demo_scale scale);
/* How many signals are played in a world of this size, unless somebody asks otherwise. */
int64_t demo_signal_count(enum demo_scale scale);

struct demo_wish {
	struct db *db; /* migrated; without people */
	const struct seal_key *account_key;
	uint64_t seed;
	enum demo_scale scale;
	int64_t now_ms;   /* accounts are made then */
	int64_t first_ms; /* since when everybody works here: not later than now_ms */
};

/* ERR_CONFLICT: there are people already. Takes short jobs; about 1 ms a person. */
MUST_CHECK enum status demo_make(const struct demo_wish *wish, struct error *reterr);

/* Who can sign in: a table of the people one meets, with password. ERR_CONFLICT: no demo. */
MUST_CHECK enum status demo_people(struct db_read *r, struct out *o, struct error *reterr);

/*
 * The code that this person's authenticator shows now. person: an address, or what stands
 * before the @ of somebody in the table. ERR_NOT_FOUND: nobody; ERR_DENIED: not a demo person.
 */
MUST_CHECK enum status demo_code(struct db_read *r, const struct seal_key *account_key,
                                 const char *person, int64_t now_ms, char ret[TOTP_CODE_BYTES],
                                 struct error *reterr);

/* Ends with NULL; for db_prepare_all. */
extern const struct db_stmt *const demo_statements[];

#endif
