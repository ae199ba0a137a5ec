/*
 * advice_write.h - what changes an advice: its words, proposals, questions, answers, moves
 *
 * Sealing happens in prepare. Writing happens inside a job: words and moves after db_claim of
 * ADVICE_ROOT, the rest after advice_hold() and db_claim of PROPOSAL_ROOT or SOURCE_ROOT. So an
 * owner or a source that answers doesn't stand in the way of who writes.
 */
#ifndef ADVICE_ADVICE_WRITE_H
#define ADVICE_ADVICE_WRITE_H

#include "advice/advices.h"

extern const struct db_root ADVICE_ROOT, PROPOSAL_ROOT, SOURCE_ROOT;

/* ---- sealing, in prepare --------------------------------------------------------------------------- */

struct sealed_advice_texts {
	struct fresh_key key;
	const uint8_t *introduction, *conclusion;
	size_t introduction_len, conclusion_len;
	int64_t introduction_chars, conclusion_chars;
};
void advice_seal_texts(struct keyring *k, const struct uuid *advice, const char *introduction,
                       const char *conclusion, struct arena *a, struct sealed_advice_texts *ret);

struct sealed_proposal_texts {
	struct fresh_key key;
	const uint8_t *text[4]; /* basis, approach, effect, indicator */
	size_t len[4];
	int64_t chars[4];
};
void advice_seal_proposal(struct keyring *k, const struct uuid *proposal,
                          const struct proposal_texts *texts, struct arena *a,
                          struct sealed_proposal_texts *ret);

/* One text under a key of its own. Empty: nothing is stored. */
struct sealed_words {
	struct fresh_key key;
	const uint8_t *sealed;
	size_t len;
};
enum advice_words {
	WORDS_WITHDRAWAL = 1,
	WORDS_OWNER_ANSWER = 2, /* place: the proposal's id */
	WORDS_OBJECTION = 3,    /* place: the source's id */
	WORDS_HANDLING = 4,     /* place: the source's id */
	WORDS_FROZEN = 5,
	WORDS_QUICK_REASON = 6 /* place: the quick action's id */
};
void advice_seal_words(struct keyring *k, enum advice_words what, int64_t place, const char *text,
                       struct arena *a, struct sealed_words *ret);

/* ---- writing, inside a job --------------------------------------------------------------------------- */

struct advice_writer {
	const struct advice *advice; /* as claimed */
	const struct viewer *viewer; /* NULL: the system */
	int64_t now_ms;
};

/*
 * Before every change of a draft, and before PROPOSAL_ROOT or SOURCE_ROOT is claimed: keeps two
 * persons from signing meanwhile, and moves the revision, so that nobody signs what he hasn't
 * read. ERR_CONFLICT: it is no draft any more. (A change of words or a move claims ADVICE_ROOT
 * before.)
 */
MUST_CHECK enum status advice_hold(struct db_tx *tx, int64_t advice_id, struct error *reterr);

struct advice_new {
	struct uuid uuid;
	const struct mac_key *reference_key;
	const struct viewer *viewer;
	int64_t casefile_id, now_ms;
};
/* The next edition of this casefile. ERR_CONFLICT: there is a living one. */
MUST_CHECK enum status advice_insert(struct db_tx *tx, const struct advice_new *n, int64_t *ret_id,
                                     const char **ret_reference, struct error *reterr);
MUST_CHECK enum status advice_texts_put(struct db_tx *tx, const struct advice_writer *w,
                                        const struct sealed_advice_texts *t, struct error *reterr);

struct proposal_new {
	struct uuid uuid;
	int64_t id; /* 0: a new one */
	uint16_t instrument;
	int kind, weight, barrier;
	int64_t lead_organ_id, hours, wanted_day, waits_for, alternative_to;
	const int64_t *co_owners;
	size_t co_owner_count;
	struct sealed_proposal_texts texts;
};
/* A change takes the owner's answer away: it must be asked again. ERR_LIMIT:
 * ADVICE_PROPOSALS_MAX. */
MUST_CHECK enum status advice_proposal_put(struct db_tx *tx, const struct advice_writer *w,
                                           const struct proposal_new *p, int64_t *ret_number,
                                           struct error *reterr);
MUST_CHECK enum status advice_proposal_remove(struct db_tx *tx, const struct advice_writer *w,
                                              int64_t number, struct error *reterr);
/* One place up; the first stays where it is. */
MUST_CHECK enum status advice_proposal_up(struct db_tx *tx, const struct advice_writer *w,
                                          int64_t number, struct error *reterr);

/* A fact of the casefile up to max_phase, for a proposal (0: for the whole). ERR_NOT_FOUND: it has
 * no such fact for this reader. Twice changes the proposal. */
struct citing {
	int64_t fact_id, proposal_number;
	int max_phase;
};
MUST_CHECK enum status advice_cite(struct db_tx *tx, const struct advice_writer *w,
                                   const struct citing *c, struct error *reterr);
MUST_CHECK enum status advice_uncite(struct db_tx *tx, const struct advice_writer *w,
                                     const struct citing *c, struct error *reterr);

/* Asks every owner that hasn't been and every source of the casefile that hasn't been; each gets
 * its task. */
MUST_CHECK enum status advice_ask(struct db_tx *tx, const struct advice_writer *w,
                                  struct error *reterr);

struct advice_owner_answer {
	const struct advice_proposal *proposal; /* as claimed */
	enum feasibility feasible;
	int64_t hours; /* with FEASIBLE_OTHER_HOURS */
	enum naming named;
	struct sealed_words reason;
};
MUST_CHECK enum status advice_owner_says(struct db_tx *tx, const struct advice_writer *w,
                                         const struct advice_owner_answer *o, struct error *reterr);

struct fact_said {
	struct uuid fact;
	enum usable usable;
};
struct advice_source_answer {
	const struct advice_source *source; /* as claimed */
	enum source_state state;
	enum naming named;
	struct sealed_words reason;
	const struct fact_said *facts; /* its own */
	size_t fact_count;
};
MUST_CHECK enum status advice_source_says(struct db_tx *tx, const struct advice_writer *w,
                                          const struct advice_source_answer *s,
                                          struct error *reterr);
MUST_CHECK enum status advice_objection_handled(struct db_tx *tx, const struct advice_writer *w,
                                                const struct advice_source *source, int how,
                                                const struct sealed_words *words,
                                                struct error *reterr);
/* Sources whose term is over by `today` have no objection. Of one advice, or of all (0). */
MUST_CHECK enum status advice_silence(struct db_tx *tx, int64_t advice_id, int32_t today,
                                      int64_t now_ms, int64_t *ret_count, struct error *reterr);

struct advice_moving {
	struct advice_writer who;
	const struct move *move;
	const struct digest *digest;       /* of SIGN and CONFIRM: what is signed */
	const struct sealed_words *frozen; /* of CONFIRM: the canonical bytes */
	const struct sealed_words *reason; /* of WITHDRAW */
};
/* ERR_CONFLICT: it isn't in the move's state any more, or what is signed isn't what the first
 * person signed. */
MUST_CHECK enum status advice_move(struct db_tx *tx, const struct advice_moving *m,
                                   struct error *reterr);

extern const struct db_stmt *const advice_write_statements[];
extern const struct db_stmt *const advice_answer_statements[];
extern const struct db_stmt *const advice_sign_statements[];
extern const struct db_stmt *const advice_trail_statements[];

#endif
