/*
 * consent.h - asking a source whether its fact may stand in a bestuurlijke rapportage
 *
 * A fact that its source called "na toestemming" (advice: USABLE_AFTER_CONSENT) is asked of that
 * source for one intervention, by an owner of it. Who decides for the source says yes, no, or yes
 * with conditions, fact by fact, in its own words; silence is no consent (D 6, WGS 1.7). Only an
 * answer that says yes makes it usable, for that edition of the fact. Until a report used it the
 * source can withdraw its consent; from then on it stands in the register of copies.
 *
 * Readers of a question: who decides for the source (AUDIENCE_DECIDERS), unless blocked from the
 * casefile. Owners of the intervention see what they asked and what was said, never the fact.
 */
#ifndef STEERING_CONSENT_H
#define STEERING_CONSENT_H

#include "platform/http/input.h"
#include "steering/steering_store.h"

enum { CONSENTS_MAX = 100, CONSENT_FACTS_MAX = 400, CONSENT_WORKING_DAYS = 5 };

/* Stored; never reused. */
enum consent_answer { CONSENT_NONE = 0, CONSENT_YES = 1, CONSENT_NO = 2, CONSENT_CONDITIONS = 3 };
extern const struct code CONSENT_ANSWERS[];

extern const struct db_root CONSENT_ROOT;

struct consent {
	int64_t id, version, intervention_id, casefile_id, organ_id, asker_id, asked_at, due_day;
	int64_t answered_at, withdrawn_at, released_at, late_at; /* ms; 0: not */
	struct uuid uuid;
	const char *reference, *intervention; /* references */
	const char *source, *asker;           /* on whose behalf */
	uint16_t instrument;
	const char *purpose, *words; /* "" for none; conditions or a reason */
};
struct consent_fact {
	int64_t consent_id, edition;
	struct uuid fact;
	int answer;
};
/* Ended by who asked, before there was an answer. */
bool consent_stopped(const struct consent *c);
/* By its reference, for who decides for the source. ERR_NOT_FOUND: not for him. */
MUST_CHECK enum status consent_load(struct db_read *r, struct keyring *k,
                                    const struct viewer *viewer, const char *reference,
                                    struct arena *a, struct consent *ret, struct error *reterr);
/* Who may read it: who decides for the source, and isn't kept out of the casefile. */
MUST_CHECK enum status consent_thing(struct db_read *r, const struct consent *c, struct arena *a,
                                     struct thing *ret, struct error *reterr);
MUST_CHECK enum status consent_facts(struct db_read *r, int64_t consent_id, struct arena *a,
                                     struct array *ret, struct error *reterr);

/* All that was asked for an intervention, oldest first, with its facts; the caller decided that his
 * viewer owns it. Arrays of struct consent and struct consent_fact. */
struct consents {
	struct array list, facts;
};
/* k NULL: without words. */
MUST_CHECK enum status consents_of(struct db_read *r, struct keyring *k, int64_t intervention_id,
                                   struct arena *a, struct consents *ret, struct error *reterr);
/* The consent that stands for this edition of a fact: NULL where it waits, was refused or withdrawn. */
const struct consent *consent_granted(const struct consents *c, const struct uuid *fact,
                                      int64_t edition, int *ret_answer);
/* Waits for an answer, or has one that stands: not to be asked again. */
bool consent_is_asked(const struct consents *c, const struct uuid *fact, int64_t edition);

/* ---- inside a job ------------------------------------------------------------------------------- */

struct consent_new {
	struct uuid uuid;
	const struct mac_key *reference_key;
	int64_t intervention_id, casefile_id, organ_id, appointment_id, now_ms;
	struct steering_line purpose;
	const struct consent_fact *facts; /* fact and edition */
	size_t fact_count;
};
/* Its source gets a task. */
MUST_CHECK enum status consent_ask(struct db_tx *tx, const struct consent_new *n,
                                   struct error *reterr);
struct consent_said {
	const struct consent *consent; /* claimed */
	const struct viewer *viewer;
	struct steering_line words;       /* sealed NULL: none */
	const struct consent_fact *facts; /* fact and answer */
	size_t fact_count;
	int64_t now_ms;
};
/* ERR_CONFLICT: it was answered before. */
MUST_CHECK enum status consent_say(struct db_tx *tx, const struct consent_said *s,
                                   struct error *reterr);
/* ERR_CONFLICT: no answer stands, or a report used it. */
MUST_CHECK enum status consent_withdraw(struct db_tx *tx, const struct consent *c,
                                        const struct viewer *viewer, int64_t now_ms,
                                        struct error *reterr);
/* An owner who asked waits no longer: the source's task ends, and it may be asked anew. ERR_CONFLICT: it
 * was answered or ended meanwhile. */
MUST_CHECK enum status consent_stop(struct db_tx *tx, const struct consent *c,
                                    const struct viewer *viewer, int64_t now_ms,
                                    struct error *reterr);
/* A report uses it. ERR_CONFLICT: it was withdrawn meanwhile. */
MUST_CHECK enum status consent_release(struct db_tx *tx, int64_t id, int64_t now_ms,
                                       struct error *reterr);
/* The words of every question about a casefile go. */
MUST_CHECK enum status consents_forget(struct db_tx *tx, int64_t casefile_id, struct error *reterr);
/* The same of questions about a fact of this presence. */
MUST_CHECK enum status consents_forget_presence(struct db_tx *tx, int64_t presence_id,
                                                struct error *reterr);

extern const struct db_stmt *const consent_statements[];

#endif
