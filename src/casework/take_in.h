/*
 * take_in.h - an adopted signal comes into a casefile that is there (decisions 1.4, 3.10)
 *
 * What the signal knows is carried, each person under a key and clock of his own. Into a closed
 * casefile it comes by taking that up again: the only way back there is.
 */
#ifndef CASEWORK_TAKE_IN_H
#define CASEWORK_TAKE_IN_H

#include "casework/casework.h"

struct casefile_target {
	int64_t id, version, organs; /* organs: how many are involved */
	uint8_t state;
	const char *reference;
};
/* The casefile that this signal was written for; ERR_NOT_FOUND: none, or one from which the viewer is
 * blocked. */
MUST_CHECK enum status casefile_supplemented(struct db_read *r, const struct viewer *viewer,
                                             int64_t signal_id, struct arena *a,
                                             struct casefile_target *ret, struct error *reterr);
/* By its number: that one, or one that is open to the viewer. ERR_NOT_FOUND: neither. */
MUST_CHECK enum status casefile_target_named(struct db_read *r, const struct viewer *viewer,
                                             int64_t signal_id, const char *reference,
                                             struct arena *a, struct casefile_target *ret,
                                             struct error *reterr);

/* Pure: live up to and including the evaluation, or closed. */
struct verdict casefile_takes_in(uint8_t state);

struct casefile_taking {
	struct casefile_target into;
	const struct viewer *viewer;
	int64_t now_ms, signal_id;
	const int64_t *organs; /* beside those involved */
	size_t organ_count;
	struct carried_subjects subjects;
};
/* In apply; claims the casefile. ERR_CONFLICT with the rule's sentence. */
MUST_CHECK enum status casefile_take_in(struct db_tx *tx, const struct casefile_taking *t,
                                        struct error *reterr);

extern const struct db_stmt *const take_in_statements[];

#endif
