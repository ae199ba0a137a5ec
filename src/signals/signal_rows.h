/*
 * signal_rows.h - the rows that every move of a signal writes; private to signals
 *
 * signal_store.c moves one that is there and asks the database first; signal_fresh.c stores many
 * that come in whole and knows everything already. Both write these.
 */
#ifndef SIGNALS_SIGNAL_ROWS_H
#define SIGNALS_SIGNAL_ROWS_H

#include "signals/signals.h"

struct audience_picture {
	struct signal_facts facts;
	int64_t theme, line, participant_id, at, edited_at;
	const char *reference;
};

/* The table and the guard: *ret is the move. ERR_CONFLICT with the guard's sentence. */
MUST_CHECK enum status signal_ask_table(const struct signal_moving *m, const struct move **ret,
                                        struct error *reterr);

/* viewer NULL: the system. */
struct signal_step {
	int64_t id, now_ms;
	const struct viewer *viewer;
	uint8_t action, from, to;
};
MUST_CHECK enum status signal_add_history(struct db_tx *tx, const struct signal_step *step,
                                          struct error *reterr);
MUST_CHECK enum status signal_add_audiences(struct db_tx *tx, int64_t id,
                                            const struct audience_picture *p,
                                            const struct thing *thing, struct error *reterr);
/* Its words are to be indexed. */
MUST_CHECK enum status signal_unindexed(struct db_tx *tx, int64_t id, struct error *reterr);
/* What now waits for whom. */
MUST_CHECK enum status signal_add_tasks(struct db_tx *tx, const struct signal_moving *m,
                                        const struct audience_picture *p, struct error *reterr);
MUST_CHECK enum status signal_tell_submitter(struct db_tx *tx, const struct signal_moving *m,
                                             const struct audience_picture *p,
                                             struct error *reterr);

#endif
