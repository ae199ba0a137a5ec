/*
 * join.h - one casefile goes into another
 *
 * Rights change in the step in which it happens. Naming for phase 3 stays only where somebody was
 * named for it in both. No clock moves later: a person keeps his own, and who was judged the same in
 * both gets the earliest. Numbers go on behind those that are there, also where notes and tasks
 * mention them. What was signed is never changed: a casefile with an analysis or advice joins none.
 */
#ifndef CASEWORK_JOIN_H
#define CASEWORK_JOIN_H

#include "casework/casework.h"
#include "casework/note_carry.h"

MUST_CHECK enum status casefile_joining_load(struct db_read *r, int64_t into_id, int64_t other_id,
                                             struct casefile_joining *ret, struct error *reterr);
/* Behind which the numbers of who comes go on. */
MUST_CHECK enum status casefile_last_number(struct db_read *r, int64_t id, int64_t *ret,
                                            struct error *reterr);

struct joining {
	struct casefile_writer who; /* of the casefile that stays */
	int64_t other_id;
	int64_t last_number;        /* as casefile_last_number() said of the one that stays */
	struct carried_words words; /* of the other, for numbers behind that one */
};
/* In apply, after both were claimed: persons, phases, requests, notes, tasks, participants, members
 * and blocks of the other come along; the other stops, and is destroyed in its time. ERR_CONFLICT:
 * the rule's sentence, or something was written in the other meanwhile. */
MUST_CHECK enum status casefile_join(struct db_tx *tx, const struct joining *j,
                                     struct error *reterr);

extern const struct db_stmt *const join_statements[];

#endif
