/*
 * decision_store.h - rulings of the Stuurploeg: drafts of its secretary, decisions once signed
 *
 * A draft is replaced as a whole; a signed decision is never touched again (every statement that
 * changes one asks for number = 0). Below a point: who may see the point may see its rulings.
 */
#ifndef STEERING_DECISION_STORE_H
#define STEERING_DECISION_STORE_H

#include "steering/steering_store.h"

enum { DECISIONS_MAX = 200 };

struct steering_decision {
	int64_t id, number; /* number 0: a draft */
	int64_t point_id, meeting_id, casefile_id, proposal_id;
	int64_t amends_id, lead_id, organ_id, next_meeting_id; /* 0: none */
	int64_t hours, due_day, feedback_day;                  /* 0: as advised; not said */
	int64_t drafted_at, signed_at, drafter_person_id;
	struct uuid uuid;
	const char *reference, *amends, *amended_by; /* references, "" for none */
	const char *lead, *owner, *next_meeting;     /* names, "" for none */
	const char *meeting, *casefile;              /* references */
	const char *secretary, *chair; /* who drafted, who signed; "" for nobody yet */
	int ruling, owner_agreed;
	bool lead_in_force;
};
/* Drafts and decisions of a point, by proposal: an array of struct steering_decision. */
MUST_CHECK enum status decisions_of_point(struct db_read *r, int64_t point_id, int64_t now_ms,
                                          struct arena *a, struct array *ret, struct error *reterr);
/* Signed ones of a casefile, oldest first; the caller decided that his viewer may see it. */
MUST_CHECK enum status decisions_of_casefile(struct db_read *r, int64_t casefile_id, int64_t now_ms,
                                             struct arena *a, struct array *ret,
                                             struct error *reterr);
/* The decision about this proposal that stands: signed, not amended. *ret_id 0: none. */
MUST_CHECK enum status decision_standing(struct db_read *r, int64_t proposal_id, int64_t *ret_id,
                                         int *ret_ruling, struct error *reterr);

struct pledge_row {
	int64_t decision_id, participant_id, hours;
	const char *participant;
};
MUST_CHECK enum status pledges_of_point(struct db_read *r, int64_t point_id, struct arena *a,
                                        struct array *ret, struct error *reterr);

/* Of rulings of this meeting that go ahead and stand, in the order of participants. */
struct meeting_pledge {
	int64_t point_id, participant_id, hours;
	const char *participant;
	bool signed_off; /* false: of a draft */
};
MUST_CHECK enum status pledges_of_meeting(struct db_read *r, int64_t meeting_id, struct arena *a,
                                          struct array *ret, struct error *reterr);

struct vote_row {
	int64_t decision_id, organ_id, proposal_id;
	const char *on_behalf;
	int vote;
};
MUST_CHECK enum status votes_of_point(struct db_read *r, int64_t point_id, struct arena *a,
                                      struct array *ret, struct error *reterr);

/* What each participant has and has pledged in a year, but for the draft that is being rewritten. */
struct draft_place {
	int64_t point_id, proposal_id; /* 0, 0: none */
};
struct pool_row {
	int64_t id, version, participant_id, year, pool; /* pool -1: not registered; then id 0 */
	int64_t pledged, drafted;
	const char *participant;
};
/* Participants with an organ in the casefile; 0: all that have a pool or pledged. */
MUST_CHECK enum status pool_rows(struct db_read *r, int64_t year, int64_t casefile_id,
                                 struct draft_place but, struct arena *a, struct array *ret,
                                 struct error *reterr);

/* Regievoerders whose appointment is in force, of participants in the casefile. */
struct lead_row {
	int64_t appointment_id;
	const char *person, *on_behalf;
};
MUST_CHECK enum status lead_candidates(struct db_read *r, int64_t casefile_id, int64_t now_ms,
                                       struct arena *a, struct array *ret, struct error *reterr);

/* ---- inside a job --------------------------------------------------------------------------- */

struct draft_vote {
	int64_t organ_id, appointment_id;
	int vote;
	struct steering_text dissent;
};
struct ruling_draft {
	struct uuid uuid;
	int64_t point_id, meeting_id, casefile_id, proposal_id, amends_id;
	int64_t hours, due_day, organ_id, lead_id, next_meeting_id, feedback_day;
	int64_t appointment_id, now_ms, year;
	int ruling, owner_agreed;
	struct pledge pledges[PLEDGES_MAX];
	size_t pledge_count;
	struct draft_vote votes[VOTES_MAX];
	size_t vote_count;
	struct steering_text
	    texts[STEERING_WORDS_COUNT]; /* by kind; dissent stands with its vote */
};
/* Takes the place of the draft that was there. */
MUST_CHECK enum status ruling_put(struct db_tx *tx, const struct ruling_draft *d,
                                  struct error *reterr);
/* No draft of this proposal any more; proposal_id -1: of none. */
MUST_CHECK enum status rulings_drop(struct db_tx *tx, int64_t point_id, int64_t proposal_id,
                                    struct error *reterr);

struct decision_signing {
	const struct steering_decision *draft;
	const struct mac_key *reference_key;
	int64_t appointment_id, now_ms;
};
/* Gives reference and number. ERR_CONFLICT: another meeting decided about it before. */
MUST_CHECK enum status decision_sign(struct db_tx *tx, const struct decision_signing *s,
                                     const char **ret_reference, struct error *reterr);

/* Sets the hours of a participant in a year. */
MUST_CHECK enum status pool_put(struct db_tx *tx, int64_t participant_id, int64_t year,
                                int64_t hours, int64_t appointment_id, int64_t now_ms,
                                struct error *reterr);

extern const struct db_stmt *const decision_statements[];
extern const struct db_stmt *const decision_write_statements[];

#endif
