/*
 * message.h - joint communication: one text that every owner says yes to before it goes out
 *
 * An answer is to one edition of the text: another edition asks everybody again. A no carries its
 * reason and stands until that partner answers anew. Nothing goes out before every owner said yes, nor
 * during the embargo, whoever asks (issue: joint communication).
 */
#ifndef INTERVENTIONS_MESSAGE_H
#define INTERVENTIONS_MESSAGE_H

#include "interventions/interventions.h"

struct message_partner {
	int64_t organ_id, said_at; /* said_at 0: no yes to this edition */
	int64_t mayor_of;          /* municipality of which this organ is the mayor; 0: it isn't */
	int64_t refused_edition;   /* of its latest no; 0: none stands */
	const char *participant, *reason; /* of that no; "" without one, or forgotten */
};
struct message {
	const char *text;                            /* "" while nothing is written */
	int64_t embargo_at, written_at, released_at; /* ms; 0: none */
	int64_t edition;                             /* 1 for the first text; 0: none */
	struct array partners;                       /* of struct message_partner */
};
MUST_CHECK enum status message_load(struct db_read *r, struct keyring *k,
                                    const struct intervention *i, struct arena *a,
                                    struct message *ret, struct error *reterr);

bool message_refused(const struct message *m, const struct message_partner *p); /* this edition */
struct verdict message_may_release(const struct message *m, int64_t now_ms);

/* Days since 1970. Three working days to answer, or until the last working day of the embargo. */
int32_t message_answer_day(int32_t today, int32_t embargo_day); /* embargo_day 0: none */
/* Who said nothing is reminded on the last working day before it may go out; without an embargo on the
 * day of the answer. Never on the day itself that it was written. */
int32_t message_remind_day(int32_t today, int32_t embargo_day);

void message_seal(struct keyring *k, const struct intervention *i, const char *text,
                  struct arena *a, struct intervention_words *ret);
/* Why this organ says no. */
void message_seal_reason(struct keyring *k, const struct intervention *i, int64_t organ_id,
                         const char *text, struct arena *a, struct intervention_words *ret);

struct message_new {
	const struct intervention *intervention; /* claimed */
	const struct intervention_words *text;
	int64_t now_ms;
	int32_t embargo_day; /* nothing goes out until after it; 0: no embargo */
	const struct viewer *viewer;
};
MUST_CHECK enum status message_write(struct db_tx *tx, const struct message_new *n,
                                     struct error *reterr);

struct message_answer {
	const struct intervention *intervention;
	int64_t edition, now_ms; /* edition: of the text that was read */
	const struct viewer *viewer;
	const struct intervention_words *reason; /* NULL: yes */
};
/* The answer of the viewer's organ, in the place of an earlier one. The regievoerder hears of a no, and of
 * the last yes. ERR_CONFLICT: it was written anew, or is out, or this organ isn't asked. */
MUST_CHECK enum status message_answer(struct db_tx *tx, const struct message_answer *n,
                                      struct error *reterr);
/* ERR_CONFLICT with message_may_release()'s sentence. */
MUST_CHECK enum status message_release(struct db_tx *tx, const struct intervention *i,
                                       const struct viewer *viewer, int64_t now_ms,
                                       struct error *reterr);

/* Reminds, once an edition, every partner that said nothing, and tells the regievoerder who is silent.
 * A job a message, each with an event of its own. *ret: how many messages. */
MUST_CHECK enum status messages_due(struct db *db, int64_t now_ms, int64_t *ret,
                                    struct error *reterr);

extern const struct db_stmt *const message_statements[], *const message_due_statements[];

#endif
