/*
 * intervention_acts.h - what people do to an intervention; inside jobs
 *
 * Whatever changes the intervention's own row claims it first (INTERVENTION_ROOT). Reports, amounts
 * and assessments only add, so that two owners at once don't stand in each other's way.
 */
#ifndef INTERVENTIONS_INTERVENTION_ACTS_H
#define INTERVENTIONS_INTERVENTION_ACTS_H

#include "interventions/interventions.h"

/* ---- changes, inside a job ---------------------------------------------------------------------- */

struct intervention_moving {
	const struct intervention *intervention; /* as claimed */
	enum intervention_action action;
	const struct viewer *viewer;
	const struct intervention_picture *picture; /* of this job */
	int64_t now_ms;
	int64_t review_day, executed_day, due_day; /* to set; 0: as it is */
	int reason_class;
	const struct intervention_words *reason, *result; /* NULL: as it is */
};
/* Asks the table and the guard, then the move with what every move does: state, texts, history,
 * statistic, audiences, tasks. ERR_CONFLICT with the guard's sentence. */
MUST_CHECK enum status intervention_move(struct db_tx *tx, const struct intervention_moving *m,
                                         struct error *reterr);

/* One owner says yes or no; the last yes approves. ERR_CONFLICT: it isn't asked (any more). */
struct owner_answering {
	const struct intervention *intervention;
	const struct viewer *viewer;
	int64_t organ_id, now_ms;
	bool agrees;
	const struct intervention_words *reason; /* of a no */
};
MUST_CHECK enum status intervention_answer(struct db_tx *tx, const struct owner_answering *o,
                                           struct error *reterr);

/* In prepare, for intervention_move and intervention_answer. */
void intervention_seal_text(struct keyring *k, const struct intervention *i,
                            enum intervention_part part, const char *text, struct arena *a,
                            struct intervention_words *ret);
void intervention_seal_owner_reason(struct keyring *k, const struct intervention *i,
                                    int64_t organ_id, const char *text, struct arena *a,
                                    struct intervention_words *ret);

/* ---- who carries it out ------------------------------------------------------------------------- */

struct executor {
	int64_t appointment_id, organ_id;
	const char *name, *participant;
};
/* Executors in force at the owners of this intervention: an array of struct executor. */
MUST_CHECK enum status intervention_executors(struct db_read *r, int64_t id, int64_t now_ms,
                                              struct arena *a, struct array *ret,
                                              struct error *reterr);
/* executor_id 0: the desk of the organ. ERR_INVALID: isn't an executor of this owner. */
struct assigning {
	const struct intervention *intervention;
	int64_t organ_id, executor_id, now_ms;
};
MUST_CHECK enum status intervention_assign(struct db_tx *tx, const struct assigning *n,
                                           struct error *reterr);

/* ---- monthly reports, amounts -------------------------------------------------------------------- */

struct reporting {
	const struct intervention *intervention;
	const struct viewer *viewer;
	int64_t organ_id, now_ms, month; /* month: as report_month() */
	int standing;                    /* enum report_standing */
	int64_t hours;                   /* delivered in that month */
	const struct intervention_words *note;
	bool correct; /* in the place of an earlier report about that month */
};
void intervention_seal_note(struct keyring *k, const struct intervention *i, int64_t organ_id,
                            const char *text, struct arena *a, struct intervention_words *ret);
/* ERR_CONFLICT: that month was reported before, or nothing runs any more. */
MUST_CHECK enum status intervention_report(struct db_tx *tx, const struct reporting *p,
                                           struct error *reterr);

struct amount_new {
	const struct intervention *intervention;
	const struct viewer *viewer;
	int64_t organ_id, now_ms, day, cents;
	int kind; /* enum law_amount_column */
};
/* ERR_CONFLICT: it was cancelled, or isn't carried out. */
MUST_CHECK enum status intervention_amount(struct db_tx *tx, const struct amount_new *n,
                                           struct error *reterr);

/* ---- effect ---------------------------------------------------------------------------------------- */

struct assessing {
	const struct intervention *intervention;
	const struct viewer *viewer;
	struct uuid uuid;
	int64_t now_ms, recheck_day; /* 0: no re-check */
	int months, effect, displaced;
	const char *seen, *lessons, *place; /* person-free: the caller checked */
};
/* ERR_CONFLICT with effect_may_assess()'s sentence. */
MUST_CHECK enum status intervention_assess(struct db_tx *tx, const struct assessing *n,
                                           struct error *reterr);
/* Against what it is seen once the casefile is gone; person-free: the caller checked. The first stays. */
MUST_CHECK enum status effect_yardstick_keep(struct db_tx *tx, int64_t intervention_id,
                                             const struct effect_yardstick *y,
                                             struct error *reterr);
/* The place was looked at again: how it is there now. ERR_CONFLICT: no re-check waits. */
MUST_CHECK enum status effect_recheck(struct db_tx *tx, const struct intervention *i, int months,
                                      const char *seen, int64_t now_ms, struct error *reterr);

/* Another regievoerder. ERR_CONFLICT: his appointment isn't in force, or it is over. */
struct lead_change {
	const struct intervention *intervention; /* claimed */
	const struct viewer *viewer;
	int64_t lead_id, now_ms;
};
MUST_CHECK enum status intervention_lead_put(struct db_tx *tx, const struct lead_change *l,
                                             struct error *reterr);
/* Regievoerders in force at the participants involved: an array of struct executor. */
MUST_CHECK enum status intervention_leads(struct db_read *r, int64_t casefile_id, int64_t now_ms,
                                          struct arena *a, struct array *ret, struct error *reterr);

/* ---- direction ---------------------------------------------------------------------------------------- */

/* One waits for the other; ERR_CONFLICT: they would wait for each other. */
MUST_CHECK enum status intervention_wait_put(struct db_tx *tx, int64_t casefile_id,
                                             int64_t intervention_id, int64_t waits_for_id,
                                             struct error *reterr);
MUST_CHECK enum status intervention_wait_drop(struct db_tx *tx, int64_t intervention_id,
                                              int64_t waits_for_id, struct error *reterr);
/* News to whoever has to do something now. */
MUST_CHECK enum status intervention_remind(struct db_tx *tx, const struct intervention *i,
                                           int64_t now_ms, struct error *reterr);

extern const struct db_stmt *const intervention_move_statements[];
extern const struct db_stmt *const intervention_report_statements[];
extern const struct db_stmt *const intervention_effect_statements[];
extern const struct db_stmt *const intervention_plan_statements[];

#endif
