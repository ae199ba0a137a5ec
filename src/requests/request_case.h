/*
 * request_case.h - the casefile as a request needs it: whether it is open, about whom, how far
 *
 * Who may see a request may see this much of its casefile: number, activity, and who is asked
 * about. Nothing here gives access to the casefile itself.
 */
#ifndef REQUESTS_REQUEST_CASE_H
#define REQUESTS_REQUEST_CASE_H

#include "platform/crypto/sealed_key.h"
#include "platform/db/db.h"
#include "requests/information_request.h"

struct asked_casefile {
	int64_t id;
	const char *reference;
	bool open; /* facts may come in */
	enum law_activity activity;
	enum law_crime_form crime_form;
	int theme;
};
MUST_CHECK enum status asked_casefile_load(struct db_read *r, int64_t casefile_id, struct arena *a,
                                           struct asked_casefile *ret, struct error *reterr);

struct asked_subject {
	int64_t presence_id, number;
	int kind; /* enum subject_kind */
	enum law_phase opened;
	const char *name; /* "Milan Zandwijk" */
	const char *identity; /* what tells him apart: "geb. 12-03-1984, BSN ••••• 0019"; "" */
	const char *copied; /* the same in full, for the addressee's own systems */
};
/* By number: an array of struct asked_subject. */
MUST_CHECK enum status asked_subjects(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                      struct arena *a, struct array *ret, struct error *reterr);

/* Parts of this request that are asked in a phase that isn't open any more for that subject. */
MUST_CHECK enum status asked_closed_phase(struct db_read *r, int64_t request_id, int64_t *ret,
                                          struct error *reterr);
/* Is this organ among the participants involved? */
MUST_CHECK enum status asked_involved(struct db_read *r, int64_t casefile_id, int64_t organ_id,
                                      bool *ret, struct error *reterr);

extern const struct db_stmt *const request_case_statements[];

#endif
