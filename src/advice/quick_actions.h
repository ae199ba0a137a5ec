/*
 * quick_actions.h - the quick actions of a casefile: reading them, asking for one, its decision
 *
 * Who reads the casefile reads them: the caller loaded it for his viewer. Sealing happens in prepare,
 * writing inside a job that claimed CASEFILE_ROOT, then called advice_hold() where an advice lives,
 * then claimed QUICK_ROOT. The intervention itself is made by who decides (intervention_decide).
 */
#ifndef ADVICE_QUICK_ACTIONS_H
#define ADVICE_QUICK_ACTIONS_H

#include "advice/advice_write.h"
#include "advice/quick_action.h"

extern const struct db_root QUICK_ROOT;

/* ---- reading ----------------------------------------------------------------------------------- */

struct quick_texts { /* "" for nothing, and once forgotten */
	const char *basis, *approach, *urgency, *effect, *indicator, *reason;
};
struct quick_action {
	int64_t id, version, number, casefile_id;
	struct uuid uuid;
	uint8_t state;
	uint16_t instrument;
	int weight, barrier;
	enum quick_ground ground;
	int64_t organ_id, hours, due_day;
	const char *on_behalf, *asked_by, *decided_by; /* names; decided_by "": nobody yet */
	int64_t asker_person_id, asker_id;             /* asker_id: his appointment */
	int64_t asked_at, decided_at;                  /* ms; 0: not yet */
	const char *intervention;                      /* its reference, "" for none */
	uint8_t intervention_state;
	struct quick_texts texts;
};
/* By number, opened: an array of struct quick_action, at most QUICK_ACTIONS_MAX. */
MUST_CHECK enum status quick_actions(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                     struct arena *a, struct array *ret, struct error *reterr);
/* Those that went ahead before this casefile's advice was final: the same rows. */
struct array quick_decided(struct array all, struct arena *a);

/* Is its casefile still worked out, without an advice that was signed? ret_advice_id: the living
 * advice, 0 for none. */
MUST_CHECK enum status quick_before_advice(struct db_read *r, int64_t casefile_id, bool *ret,
                                           int64_t *ret_advice_id, struct error *reterr);

/* ---- writing ------------------------------------------------------------------------------------- */

struct sealed_quick_texts {
	struct fresh_key key;
	const uint8_t *text[5]; /* basis, approach, urgency, effect, indicator */
	size_t len[5];
};
void quick_seal(struct keyring *k, const struct uuid *uuid, const struct quick_texts *texts,
                struct arena *a, struct sealed_quick_texts *ret);

struct quick_new {
	struct uuid uuid;
	const struct viewer *viewer;
	const char *casefile; /* its reference, for the task of who decides */
	int64_t casefile_id, organ_id, hours, due_day, now_ms;
	uint16_t instrument;
	int weight, barrier;
	enum quick_ground ground;
	struct sealed_quick_texts sealed;
};
/* ERR_CONFLICT: this casefile has QUICK_ACTIONS_MAX already. */
MUST_CHECK enum status quick_insert(struct db_tx *tx, const struct quick_new *n,
                                    int64_t *ret_number, struct error *reterr);

struct quick_deciding {
	const struct quick_action *quick; /* as claimed */
	const struct viewer *viewer;
	const char *casefile; /* its reference */
	enum quick_state to;
	int64_t mandate_id, intervention_id, now_ms; /* 0: none */
	const struct sealed_words *reason;           /* NULL: none */
};
/* Its state, who decided and when; the task ends, who asked hears of it. */
MUST_CHECK enum status quick_decide(struct db_tx *tx, const struct quick_deciding *d,
                                    struct error *reterr);

extern const struct db_stmt *const quick_action_statements[];

#endif
