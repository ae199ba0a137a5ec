/*
 * interventions.h - interventions in the database: decided and read; intervention_acts.h changes them
 *
 * Reading asks for the viewer: an intervention is open to who sees its casefile, and to its
 * owners' deciders and desks, its regievoerder, its executor and the Stuurploeg members of the
 * participants involved; to anybody else, and to who is blocked from the casefile, it is
 * ERR_NOT_FOUND. Writing happens inside a job; what exists is claimed first (INTERVENTION_ROOT,
 * after CASEFILE_ROOT where both are).
 */
#ifndef INTERVENTIONS_INTERVENTIONS_H
#define INTERVENTIONS_INTERVENTIONS_H

#include "interventions/intervention.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/sealed_key.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"

extern const struct db_root INTERVENTION_ROOT;

enum { INTERVENTION_OWNERS_MAX = 8, INTERVENTION_WAITS_MAX = 20, AMOUNT_KINDS = 7 };

/* Stored; never reused. */
enum intervention_part {
	INTERVENTION_WHAT = 1,
	INTERVENTION_WHY = 2,
	INTERVENTION_EFFECT = 3,    /* the intended effect in society */
	INTERVENTION_INDICATOR = 4, /* how it is measured */
	INTERVENTION_CONDITIONS = 5,
	INTERVENTION_BASIS = 6,  /* the legal basis, in the owner's words or the table's */
	INTERVENTION_REASON = 8, /* why rejected, held, not executed, cancelled: the latest */
	INTERVENTION_RESULT = 9,
	INTERVENTION_PART_COUNT
};

/* ---- deciding: called by steering/ inside its job -------------------------------------------- */

struct intervention_words {
	struct fresh_key key;
	const uint8_t *sealed; /* NULL: empty, not stored */
	size_t len;
};

struct intervention_owner_new {
	int64_t organ_id, hours_pledged;
	int64_t agreed_by; /* appointment that agreed at the meeting; 0: it is asked */
};

struct intervention_new {
	struct uuid uuid;
	const struct mac_key *reference_key;
	const struct viewer *viewer; /* who records the decision */
	int64_t now_ms;
	int64_t casefile_id; /* claimed by the caller (CASEFILE_ROOT) */
	int64_t proposal_id; /* of the advice, 0: none */
	int64_t proposed_at; /* ms: when the advice was final; 0: now */
	uint16_t instrument; /* of law_instruments() */
	int weight;          /* enum law_weight */
	int barrier;         /* step of the barrier model, 0: none named */
	const struct intervention_owner_new *owners;
	size_t owner_count;   /* the first leads */
	int64_t lead_id;      /* the regievoerder's appointment */
	int64_t due_day;      /* day since 1970 */
	bool quick;           /* before the advice was final */
	bool reject;          /* with INTERVENTION_REASON; lead and due day may lack */
	const int64_t *waits; /* interventions that go first */
	size_t wait_count;
	struct intervention_words parts[INTERVENTION_PART_COUNT];
};

/* In prepare, with n->uuid set. Empty text is left out; an absent INTERVENTION_BASIS is the table's. */
void intervention_seal_part(struct keyring *k, struct intervention_new *n,
                            enum intervention_part part, const char *text, struct arena *a);

/*
 * In apply: makes the intervention as decided, with tasks for owners and regievoerder, who becomes a
 * member of the casefile. It is approved at once where every owner agreed, else AGREEING.
 * ERR_CONFLICT with its sentence: the proposal was decided before; the regievoerder's appointment
 * ended; an owner lacks the power; X-14. ERR_INVALID: an owner is named twice, hours below 0.
 */
MUST_CHECK enum status intervention_decide(struct db_tx *tx, const struct intervention_new *n,
                                           int64_t *ret_id, const char **ret_reference,
                                           struct error *reterr);

/* ---- reading ----------------------------------------------------------------------------------- */

struct intervention {
	int64_t id, version, casefile_id, proposal_id, municipality_id;
	struct uuid uuid;
	const char *reference, *casefile; /* casefile: its reference */
	const char *participant, *on_behalf, *municipality;
	uint8_t state;
	uint16_t instrument;
	int kind, weight, barrier, theme, reason_class;
	int64_t organ_id, lead_id;
	const char *lead; /* name, "" for nobody */
	int64_t executor_id;
	const char *executor; /* of the lead owner; "" for its desk */
	bool lead_in_force;
	bool sees_casefile;                        /* this viewer does */
	int64_t due_day, review_day, executed_day; /* 0: none */
	int64_t state_since, created_at;
	int64_t effects; /* assessments made: bits of effect_bit() */
};
MUST_CHECK enum status intervention_load(struct db_read *r, const struct viewer *viewer,
                                         const char *reference, int64_t now_ms, struct arena *a,
                                         struct intervention *ret, struct error *reterr);

/* What is left of one whose casefile is destroyed, while its effect still has to be seen: casefile_id 0,
 * no words but its yardstick, open to its owners and regievoerder. ERR_NOT_FOUND: isn't such a one. */
MUST_CHECK enum status intervention_load_left(struct db_read *r, const struct viewer *viewer,
                                              const char *reference, int64_t now_ms,
                                              struct arena *a, struct intervention *ret,
                                              struct error *reterr);

/* What the effect is held against, without persons: "" for what was never kept. */
struct effect_yardstick {
	const char *intended, *indicator;
};
MUST_CHECK enum status effect_yardstick_load(struct db_read *r, int64_t intervention_id,
                                             struct arena *a, struct effect_yardstick *ret,
                                             struct error *reterr);

struct intervention_texts {
	const char *part[INTERVENTION_PART_COUNT]; /* "" for what isn't there or was forgotten */
};
MUST_CHECK enum status intervention_texts_open(struct db_read *r, struct keyring *k,
                                               const struct intervention *i, struct arena *a,
                                               struct intervention_texts *ret,
                                               struct error *reterr);

struct intervention_owner {
	int64_t organ_id, participant_id, executor_id;
	const char *participant, *on_behalf, *executor, *reason; /* reason: why it declined */
	char letter;
	int answer; /* enum owner_answer */
	int64_t hours_pledged, hours_delivered, report_due, answered_at;
	bool late;
};
/* The lead owner first: an array of struct intervention_owner. */
MUST_CHECK enum status intervention_owners(struct db_read *r, struct keyring *k,
                                           const struct intervention *i, struct arena *a,
                                           struct array *ret, struct error *reterr);

struct intervention_report {
	int64_t organ_id, month, hours, reported_at;
	int standing;
	const char *participant, *note;
};
/* Newest first. */
MUST_CHECK enum status intervention_reports_load(struct db_read *r, struct keyring *k,
                                                 const struct intervention *i, struct arena *a,
                                                 struct array *ret, struct error *reterr);

struct intervention_amount {
	int64_t number, cents, day, organ_id;
	int kind; /* enum law_amount_column */
	const char *participant;
};
/* In the order in which they were registered. */
MUST_CHECK enum status intervention_amounts(struct db_read *r, int64_t id, struct arena *a,
                                            struct array *ret, struct error *reterr);

struct intervention_event {
	int64_t at;
	uint8_t action, to_state;
	const char *organisation;
};
MUST_CHECK enum status intervention_history(struct db_read *r, int64_t id, struct arena *a,
                                            struct array *ret, struct error *reterr);

struct effect_assessment {
	int64_t months, effect, recheck_day, assessed_at;
	int displaced;
	const char *seen, *lessons, *place, *recheck;
	bool rechecked;
};
/* By months: an array of struct effect_assessment. */
MUST_CHECK enum status effect_assessments(struct db_read *r, int64_t intervention_id,
                                          struct arena *a, struct array *ret, struct error *reterr);

struct intervention_row {
	int64_t id, place, due_day, executed_day, created_at, state_since, executor_id;
	const char *reference, *participant, *casefile; /* casefile "": not this viewer's */
	const char *lead;
	struct uuid uuid;
	uint8_t state;
	uint16_t instrument;
	int kind, weight;
	int64_t owners, agreed, hours_pledged, hours_delivered;
	bool late;
};
struct intervention_query {
	const struct viewer *viewer;
	int64_t place;         /* where the page begins, not itself in it */
	const char *reference; /* the row at that place; NULL: the start */
	bool backward;
	uint64_t states, kinds; /* bits; 0: any */
	bool late_only;         /* a report is over its day, or the intervention is */
	int32_t today;
	int64_t limit;
};
/* What waits first, by its last day: an array of struct intervention_row. */
MUST_CHECK enum status intervention_rows(struct db_read *r, const struct intervention_query *q,
                                         struct arena *a, struct array *ret, struct error *reterr);
/* All of a casefile, in the order in which they were decided, for who may see the casefile. */
MUST_CHECK enum status intervention_rows_of(struct db_read *r, int64_t casefile_id, struct arena *a,
                                            struct array *ret, struct error *reterr);

struct intervention_wait {
	int64_t id, waits_for_id;
};
/* Who waits for whom in a casefile. */
MUST_CHECK enum status intervention_waits(struct db_read *r, int64_t casefile_id, struct arena *a,
                                          struct array *ret, struct error *reterr);

/* What the guards ask; the caller adds what comes with the act. */
MUST_CHECK enum status intervention_picture_load(struct db_read *r, int64_t id, int64_t now_ms,
                                                 struct intervention_picture *ret,
                                                 struct error *reterr);

/* For who closes a casefile (WGS 1.7(4)): how its interventions stand. */
struct interventions_standing {
	int64_t all, running; /* running: intervention_runs() */
	int64_t executed;     /* carried out, whatever came after */
	int64_t assessed;     /* of those: with at least one assessment of the effect */
	int64_t lessons;      /* assessments that say what was learnt */
};
MUST_CHECK enum status interventions_standing(struct db_read *r, int64_t casefile_id,
                                              struct interventions_standing *ret,
                                              struct error *reterr);

/* Is this the appointment of a regievoerder that is in force? */
MUST_CHECK enum status intervention_lead_in_force(struct db_read *r, int64_t appointment_id,
                                                  int64_t now_ms, bool *ret, struct error *reterr);

/* Everybody it is open to, beside the readers of its casefile. */
MUST_CHECK enum status intervention_thing(struct db_read *r, int64_t id, struct thing *ret,
                                          struct error *reterr);

extern const struct db_stmt *const intervention_statements[];
extern const struct db_stmt *const intervention_write_statements[];

#endif
