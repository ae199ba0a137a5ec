/*
 * agreed.h - what a meeting agrees beside its decisions: actions, questions to the Stuurgroep,
 * mandates, copies that were handed out; inside steering/ only
 *
 * An action, question or copy about a casefile is there for who may see its point, and for its owner.
 */
#ifndef STEERING_AGREED_H
#define STEERING_AGREED_H

#include "steering/steering_store.h"

/* ---- actions ----------------------------------------------------------------------------------- */

struct agreed_action {
	int64_t id, version, meeting_id, casefile_id, owner_id, due_day, done_at, registered_at;
	const char *reference, *meeting, *casefile, *owner, *on_behalf, *text;
};
/* Of one meeting (0: of all) that this viewer may see; open ones first, by day. */
MUST_CHECK enum status action_list(struct db_read *r, struct keyring *k,
                                   const struct viewer *viewer, int64_t meeting_id, bool only_open,
                                   struct arena *a, struct array *ret, struct error *reterr);

struct action_new {
	struct uuid uuid;
	const struct mac_key *reference_key;
	int64_t meeting_id, casefile_id, owner_id, due_day, appointment_id, now_ms;
	struct steering_line words;
};
MUST_CHECK enum status action_insert(struct db_tx *tx, const struct action_new *n, int64_t *ret_id,
                                     const char **ret_reference, struct error *reterr);
/* ERR_CONFLICT: it was done already. */
MUST_CHECK enum status action_done(struct db_tx *tx, int64_t id, int64_t appointment_id,
                                   int64_t now_ms, struct error *reterr);

/* ---- questions to the Stuurgroep --------------------------------------------------------------- */

struct escalation {
	int64_t id, version, meeting_id, casefile_id, asked_at, answered_at;
	struct uuid uuid;
	const char *reference, *meeting, *casefile, *question, *answer;
};
/* Newest first; of one meeting, or of all (0). */
MUST_CHECK enum status escalation_list(struct db_read *r, struct keyring *k,
                                       const struct viewer *viewer, int64_t meeting_id,
                                       struct arena *a, struct array *ret, struct error *reterr);
struct escalation_new {
	struct uuid uuid;
	const struct mac_key *reference_key;
	int64_t meeting_id, casefile_id, appointment_id, now_ms;
	struct steering_line words;
};
MUST_CHECK enum status escalation_insert(struct db_tx *tx, const struct escalation_new *n,
                                         const char **ret_reference, struct error *reterr);
/* ERR_CONFLICT: it has an answer. */
MUST_CHECK enum status escalation_answer(struct db_tx *tx, int64_t id,
                                         const struct steering_line *words, int64_t appointment_id,
                                         int64_t now_ms, struct error *reterr);

/* ---- mandates ---------------------------------------------------------------------------------- */

struct mandate {
	int64_t id, version, max_weight, max_hours, from_day, until_day;
	int64_t confirmed_at, ended_at, registrar_person_id;
	const char *meeting; /* in which it was given */
};
MUST_CHECK enum status mandate_list(struct db_read *r, struct arena *a, struct array *ret,
                                    struct error *reterr);
struct mandate_new {
	struct uuid uuid;
	int64_t max_weight, max_hours, from_day, until_day, meeting_id, appointment_id, now_ms;
};
MUST_CHECK enum status mandate_insert(struct db_tx *tx, const struct mandate_new *n,
                                      struct error *reterr);
/* By a second person, who sits in the Stuurploeg; ending it by anybody who registers. */
MUST_CHECK enum status mandate_confirm(struct db_tx *tx, int64_t id, int64_t appointment_id,
                                       int64_t now_ms, struct error *reterr);
MUST_CHECK enum status mandate_end(struct db_tx *tx, int64_t id, int64_t now_ms,
                                   struct error *reterr);

extern const struct db_stmt *const agreed_statements[];
extern const struct db_stmt *const mandate_statements[];

#endif
