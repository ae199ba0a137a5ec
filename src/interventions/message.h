/*
 * message.h - joint communication: one text that every owner says yes to before it goes out
 *
 * A yes is to one text: whoever writes another forgets them all. Nothing goes out before every owner
 * said yes, nor during the embargo, whoever asks (issue: joint communication).
 */
#ifndef INTERVENTIONS_MESSAGE_H
#define INTERVENTIONS_MESSAGE_H

#include "interventions/interventions.h"

struct message_partner {
	int64_t organ_id, said_at; /* said_at 0: not yet */
	int64_t mayor_of;          /* municipality of which this organ is the mayor; 0: it isn't */
	const char *participant;
};
struct message {
	const char *text;                            /* "" while nothing is written */
	int64_t embargo_at, written_at, released_at; /* ms; 0: none */
	struct array partners;                       /* of struct message_partner */
};
MUST_CHECK enum status message_load(struct db_read *r, struct keyring *k,
                                    const struct intervention *i, struct arena *a,
                                    struct message *ret, struct error *reterr);

struct verdict message_may_release(const struct message *m, int64_t now_ms);

void message_seal(struct keyring *k, const struct intervention *i, const char *text,
                  struct arena *a, struct intervention_words *ret);

struct message_new {
	const struct intervention *intervention; /* claimed */
	const struct intervention_words *text;
	int64_t embargo_at, now_ms;
	const struct viewer *viewer;
};
MUST_CHECK enum status message_write(struct db_tx *tx, const struct message_new *n,
                                     struct error *reterr);
/* written_at: of the text that was read. ERR_CONFLICT: it was written anew meanwhile. */
MUST_CHECK enum status message_say_yes(struct db_tx *tx, const struct intervention *i,
                                       int64_t written_at, const struct viewer *viewer,
                                       int64_t now_ms, struct error *reterr);
/* ERR_CONFLICT with message_may_release()'s sentence. */
MUST_CHECK enum status message_release(struct db_tx *tx, const struct intervention *i,
                                       const struct viewer *viewer, int64_t now_ms,
                                       struct error *reterr);

extern const struct db_stmt *const message_statements[];

#endif
