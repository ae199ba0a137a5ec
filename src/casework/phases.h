/*
 * phases.h - the proposals to open a phase for a subject, with their sealed motivation
 *
 * Writing happens inside a job; the caller claims PHASE_ROOT first where a proposal exists.
 */
#ifndef CASEWORK_PHASES_H
#define CASEWORK_PHASES_H

#include "casework/casework.h"
#include "casework/phase.h"

extern const struct db_root PHASE_ROOT;

struct phase_proposal {
	int64_t id, version, presence_id, proposed_at, decided_at; /* ms; 0: not yet */
	int64_t proposer_id;                                       /* person */
	const char *proposer;
	int phase;
	uint8_t state;
	bool agreed; /* police or OM */
	const char *necessity, *proportionality, *subsidiarity;
	int64_t proposed_by; /* appointment */
	const char *decider; /* "" until decided */
};
/* Of one subject, oldest first, phases up to max_phase: an array of struct phase_proposal. */
MUST_CHECK enum status phase_list(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                  int64_t presence_id, int max_phase, struct arena *a,
                                  struct array *ret, struct error *reterr);

/* The highest that is open for this subject in this casefile. */
MUST_CHECK enum status phase_opened(struct db_read *r, int64_t casefile_id, int64_t presence_id,
                                    enum law_phase *ret, struct error *reterr);

struct sealed_proposal {
	struct uuid uuid;
	int64_t casefile_id, presence_id;
	int phase;
	struct fresh_key key;
	const uint8_t *text[3]; /* necessity, proportionality, subsidiarity */
	size_t len[3];
};
/* In prepare. */
void phase_seal(struct keyring *k, int64_t casefile_id, int64_t presence_id, int phase,
                const char *const text[3], int64_t now_ms, struct arena *a,
                struct sealed_proposal *ret);
/* In apply. ERR_CONFLICT: one for this phase waits already, or it is open. */
MUST_CHECK enum status phase_propose(struct db_tx *tx, const struct sealed_proposal *p,
                                     int64_t appointment_id, int64_t now_ms, struct error *reterr);
/* ERR_CONFLICT: it isn't in `from` any more. */
MUST_CHECK enum status phase_set_state(struct db_tx *tx, int64_t id, const struct move *mv,
                                       int64_t appointment_id, int64_t now_ms,
                                       struct error *reterr);

extern const struct db_stmt *const phase_statements[];

#endif
