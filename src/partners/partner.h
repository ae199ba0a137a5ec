/*
 * partner.h - who takes part: regions, municipalities, participants, their organs and desks
 *
 * Rows are dated and never deleted: a municipality that merged keeps its records under the
 * name it had. A municipality is one participant with two organs, mayor (h) and executive (i);
 * every other participant has one. `valid_until` is the last day; NO_DAY (access.h): open.
 * The bureau is a participant without organ: its people are neutral between partners.
 *
 * Nothing here is secret: who takes part is published.
 */
#ifndef PARTNERS_PARTNER_H
#define PARTNERS_PARTNER_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/core/arena.h"
#include "platform/core/error.h"
#include "platform/db/db.h"
#include "platform/http/input.h" /* struct array */
#include "platform/text/fold.h"

struct region {
	int64_t id;
	const char *code, *name;
	bool own; /* the one that this installation serves */
};

struct municipality {
	int64_t id;
	const char *cbs_code, *name;
	int64_t inhabitants; /* 0: not known; counts as fewer than 20,000 */
	int64_t valid_from, valid_until, successor_id; /* successor 0: none */
};

struct participant {
	int64_t id, version;
	const char *code, *name, *short_name;
	int64_t municipality_id; /* 0: none */
	bool bureau;
	int64_t valid_from, valid_until;
};

struct organ {
	int64_t id, participant_id;
	char letter;           /* WGS 2.19(1): 'a'..'l' */
	const char *name;      /* "Burgemeester van Duinwaard" */
	const char *on_behalf; /* after "namens": "de burgemeester van Duinwaard" */
};

struct desk {
	int64_t id, version, participant_id;
	const char *code, *name;
	int64_t valid_from, valid_until;
};

/* ---- reading: on `day`, by Dutch sort order; an array of the struct named ---------------------
 */

MUST_CHECK enum status region_own(struct db_read *r, struct arena *a, struct region *ret,
                                  struct error *reterr);
/* region_id 0: of the whole country. */
MUST_CHECK enum status municipality_list(struct db_read *r, int64_t region_id, int64_t day,
                                         struct arena *a, struct array *ret, struct error *reterr);
MUST_CHECK enum status municipality_load(struct db_read *r, int64_t id, struct arena *a,
                                         struct municipality *ret, struct error *reterr);
MUST_CHECK enum status participant_list(struct db_read *r, int64_t day, struct arena *a,
                                        struct array *ret, struct error *reterr);
MUST_CHECK enum status participant_load(struct db_read *r, int64_t id, struct arena *a,
                                        struct participant *ret, struct error *reterr);
MUST_CHECK enum status participant_by_code(struct db_read *r, const char *code, struct arena *a,
                                           struct participant *ret, struct error *reterr);
/* In the order of the letters. */
MUST_CHECK enum status organ_list(struct db_read *r, int64_t participant_id, struct arena *a,
                                  struct array *ret, struct error *reterr);
MUST_CHECK enum status desk_list(struct db_read *r, int64_t participant_id, int64_t day,
                                 struct arena *a, struct array *ret, struct error *reterr);
/* NULL in *ret: not set. */
MUST_CHECK enum status setting_load(struct db_read *r, const char *name, struct arena *a,
                                    const char **ret, struct error *reterr);

/* ---- writing, inside a job: a row with the same key is brought up to date, not doubled ---------
 */

/* *ret_id below may be NULL. */
MUST_CHECK enum status region_put(struct db_tx *tx, const struct region *region, int64_t *ret_id,
                                  struct error *reterr);

/* A public name with the bytes that sort it (platform/text/fold.h), made before the job. */
struct sorted_name {
	const char *text;
	const uint8_t *sort_key;
	size_t sort_key_len;
};

/* m->id, name and successor_id don't count: key is (cbs_code, valid_from). Known inhabitants
 * aren't replaced by 0. */
MUST_CHECK enum status municipality_put(struct db_tx *tx, const struct municipality *m,
                                        const struct sorted_name *name, int64_t *ret_id,
                                        struct error *reterr);
/* The row of `cbs_code` goes over into the row of `successor` that begins the day after, or holds.
 */
MUST_CHECK enum status municipality_follow(struct db_tx *tx, const char *cbs_code,
                                           const char *successor, struct error *reterr);
MUST_CHECK enum status municipality_join(struct db_tx *tx, int64_t region_id,
                                         int64_t municipality_id, int64_t valid_from,
                                         int64_t valid_until, struct error *reterr);
/* p->id, version and name don't count: key is the code. */
MUST_CHECK enum status participant_put(struct db_tx *tx, const struct participant *p,
                                       const struct sorted_name *name, int64_t *ret_id,
                                       struct error *reterr);
/* o->id doesn't count: key is (participant_id, letter). */
MUST_CHECK enum status organ_put(struct db_tx *tx, const struct organ *o, int64_t *ret_id,
                                 struct error *reterr);
/* d->id and version don't count: key is (participant_id, code). */
MUST_CHECK enum status desk_put(struct db_tx *tx, const struct desk *d, int64_t *ret_id,
                                struct error *reterr);
MUST_CHECK enum status setting_put(struct db_tx *tx, const char *name, const char *value,
                                   struct error *reterr);

/*
 * A municipality (m->id is its row) as a participant "GM9901" with its two organs, and the
 * bureau as participant "RIEC". name sorts by the municipality's own name.
 */
MUST_CHECK enum status participant_put_municipality(struct db_tx *tx, const struct municipality *m,
                                                    const struct sorted_name *name, int64_t *ret_id,
                                                    struct error *reterr);
MUST_CHECK enum status participant_put_bureau(struct db_tx *tx, const char *region_name,
                                              const struct sorted_name *name, int64_t *ret_id,
                                              struct error *reterr);

/* ---- from outside a job ------------------------------------------------------------------------
 */

/* text, sorted as `by` would be; both live in the arena or longer. */
struct sorted_name sorted_name_of(struct folder *folder, const char *text, const char *by,
                                  struct arena *a);

/*
 * What every installation starts from (reference.h): regions, municipalities with their
 * mergers, the participants of the law with their desks. own: the code of the region served,
 * whose municipalities and provinces become participants too, or NULL: none yet. Running it
 * again changes nothing but what the tables changed. Takes short jobs of its own.
 * ERR_INVALID: no region has this code.
 */
MUST_CHECK enum status partner_load_reference(struct db *db, const char *own, struct error *reterr);

extern const struct db_stmt *const partner_statements[];

#endif
