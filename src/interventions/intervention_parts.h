/* intervention_parts.h - what the files of the store share: sealed words, statistic rows; inside
 * interventions/ only */
#ifndef INTERVENTIONS_INTERVENTION_PARTS_H
#define INTERVENTIONS_INTERVENTION_PARTS_H

#include "interventions/intervention_acts.h"

/* ---- sealed words ------------------------------------------------------------------------------ */

#define WORDS_OF_INTERVENTION "intervention_text"
#define WORDS_OF_OWNER        "intervention_owner"
#define WORDS_OF_REPORT       "intervention_report"

struct words_place { /* bound into the seal */
	const struct uuid *of;
	const char *table;
	int64_t number;
};
void intervention_seal_words(struct keyring *k, const struct words_place *at, const char *text,
                             struct arena *a, struct intervention_words *ret);

struct sealed_words { /* as read */
	struct words_place at;
	int64_t key_id;
	const uint8_t *bytes;
	size_t len;
};
/* "" for what was never there or was forgotten. */
MUST_CHECK enum status intervention_open_words(struct db_read *r, struct keyring *k,
                                               const struct sealed_words *w, struct arena *a,
                                               const char **ret, struct error *reterr);

/* ---- inside a job ------------------------------------------------------------------------------- */

/* Of a casefile that a hold keeps past its day nobody can open intervention q: nobody is asked about it. */
#define INTERVENTION_OPENS                                                                         \
	" AND NOT EXISTS (SELECT 1 FROM casefile c WHERE c.id = q.casefile_id AND c.shielded = 1)"

/* A happening, as intervention_statistic tells it (migrations/0140). */
struct happening {
	int64_t id;       /* of the intervention, still in the state that it leaves */
	int64_t organ_id; /* whose doing; 0: the lead owner's */
	uint8_t transition;
	int64_t now_ms;
	int64_t since_ms; /* when it came to the state that it leaves; 0: as the row says */
	int64_t hours_pledged, hours_delivered;
	int amount_kind; /* 0: no amount */
	int64_t cents;
	int effect; /* -1: none */
	int months;
	bool late_report;
};
MUST_CHECK enum status intervention_count(struct db_tx *tx, const struct happening *h,
                                          struct error *reterr);

struct event_new {
	int64_t id, now_ms;
	const struct viewer *viewer;
	uint8_t action, to;
};
MUST_CHECK enum status intervention_record(struct db_tx *tx, const struct event_new *e,
                                           struct error *reterr);
/* In the place of what stood there; its key is forgotten. */
MUST_CHECK enum status intervention_put_text(struct db_tx *tx, int64_t id,
                                             enum intervention_part part,
                                             const struct intervention_words *text,
                                             struct error *reterr);
/* Place and audiences follow state, owners, regievoerder and executors. */
MUST_CHECK enum status intervention_open_to(struct db_tx *tx, int64_t id, struct error *reterr);
/* Tasks of who must agree: of everybody who is still asked. */
MUST_CHECK enum status intervention_ask_owners(struct db_tx *tx, int64_t id, const char *reference,
                                               int64_t now_ms, struct error *reterr);
struct intervention_task {
	int64_t id;
	const char *reference;
	audience owner;
	int kind;                    /* enum work_kind */
	int64_t due_day, now_ms, by; /* by: appointment, 0: the system */
};
MUST_CHECK enum status intervention_task(struct db_tx *tx, const struct intervention_task *t,
                                         struct error *reterr);

/* Who does something about it now, owner by owner: executors, or desks. */
MUST_CHECK enum status intervention_doers(struct db_tx *tx, int64_t id, struct array *ret,
                                          struct error *reterr);
struct doer {
	audience who;
	int64_t organ_id, report_due;
	bool report_asked;
};

extern const struct db_stmt *const intervention_seal_statements[];

#endif
