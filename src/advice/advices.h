/*
 * advices.h - reading advices, their proposals, sources and signatures, and who may
 *
 * Reading by reference asks for the viewer: an advice that isn't open to him is ERR_NOT_FOUND,
 * after the same work as one that doesn't exist. Rooms above (steering, interventions) read the
 * living advice of a casefile inside their own jobs, having asked for the casefile or meeting
 * themselves. What changes an advice stands in advice_write.h.
 */
#ifndef ADVICE_ADVICES_H
#define ADVICE_ADVICES_H

#include "advice/advice.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/sealed_key.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"

/* ---- reading ----------------------------------------------------------------------------------- */

struct advice {
	int64_t id, version, revision, casefile_id, edition;
	struct uuid uuid;
	const char *reference, *casefile;
	uint8_t state, casefile_state;
	int casefile_variant;
	enum advice_reach reach; /* of this viewer; REACH_WHOLE when nobody was asked for */
	bool casefile_reader;    /* its casefile is open to him */
	int64_t state_since, created_at, written_by; /* ms; appointment */
	int64_t key_id, frozen_key_id, reason_key_id;
	struct span introduction, conclusion, frozen, reason; /* sealed */
	int64_t conclusion_chars;
	bool has_digest;
	struct digest digest; /* of the frozen bytes */
};
MUST_CHECK enum status advice_load(struct db_read *r, const struct viewer *viewer,
                                   const char *reference, struct arena *a, struct advice *ret,
                                   struct error *reterr);
/* The living advice of a casefile: draft, signed or final. ERR_NOT_FOUND: there is none. The caller
 * decided that his viewer may know. */
MUST_CHECK enum status advice_of_casefile(struct db_read *r, int64_t casefile_id, struct arena *a,
                                          struct advice *ret, struct error *reterr);
/* By its number in the store, whatever its state; what it says to whom is the caller's matter. */
MUST_CHECK enum status advice_of_id(struct db_read *r, int64_t id, struct arena *a,
                                    struct advice *ret, struct error *reterr);
/* The newest edition, withdrawn or not. ERR_NOT_FOUND: there never was one. */
MUST_CHECK enum status advice_last_of_casefile(struct db_read *r, int64_t casefile_id,
                                               struct arena *a, struct advice *ret,
                                               struct error *reterr);
static inline bool advice_is_final(const struct advice *d)
{
	return d->state == ADVICE_FINAL;
}

struct advice_texts {
	const char *introduction, *conclusion, *reason; /* "" while empty, and once forgotten */
};
MUST_CHECK enum status advice_texts_open(struct db_read *r, struct keyring *k,
                                         const struct advice *d, struct arena *a,
                                         struct advice_texts *ret, struct error *reterr);

struct proposal_texts {
	const char *basis;     /* the law it rests on */
	const char *approach;  /* what is done */
	const char *effect;    /* intended social effect */
	const char *indicator; /* how that is measured */
};
struct co_owner {
	int64_t organ_id;
	const char *on_behalf;
};
struct advice_proposal {
	int64_t id, version, number, place;
	struct uuid uuid;
	uint16_t instrument;
	int kind, weight, barrier; /* barrier: ADVICE_BARRIERS, 0: none said */
	int64_t lead_organ_id, lead_participant_id;
	const char *lead, *lead_participant; /* "de burgemeester van Duinwaard", "Duinwaard" */
	char lead_letter;
	struct array co_owners;            /* of struct co_owner */
	int64_t hours, wanted_day;         /* asked; 0: not said */
	int64_t waits_for, alternative_to; /* numbers of proposals; 0: none */
	enum feasibility feasible;
	int64_t feasible_hours; /* what its owner can give; 0: hours as asked, or not said */
	int64_t asked_at, due_day, answered_at;
	const char *answered_by; /* name, "" for nobody */
	enum naming named;
	struct proposal_texts texts;
	const char *answer; /* the owner's reason, "" for none */
};
/* By place, opened: an array of struct advice_proposal. */
MUST_CHECK enum status advice_proposals(struct db_read *r, struct keyring *k,
                                        const struct advice *d, struct arena *a, struct array *ret,
                                        struct error *reterr);
/* Nothing is missing: basis, approach, effect, indicator, hours and day. */
bool proposal_is_whole(const struct advice_proposal *p);
/* Hours that its owner can give. */
int64_t proposal_hours(const struct advice_proposal *p);

/* SQL: did facts of source s of an advice come or change after what its answer could know of? */
#define ADVICE_SOURCE_STALE                                                                        \
	"s.state IN (2, 4, 5) AND (EXISTS (SELECT 1 FROM fact f JOIN presence q"                   \
	" ON q.id = f.presence_id JOIN advice e ON e.casefile_id = q.casefile_id"                  \
	" WHERE e.id = s.advice_id AND f.id > s.seen_fact AND " ADVICE_FACT_OF_SOURCE              \
	") OR EXISTS (SELECT 1 FROM fact_correction x JOIN fact f ON f.id = x.fact_id"             \
	" JOIN advice e ON e.casefile_id = x.casefile_id WHERE e.id = s.advice_id"                 \
	" AND x.id > s.seen_correction AND " ADVICE_FACT_OF_SOURCE "))"
#define ADVICE_FACT_OF_SOURCE                                                                      \
	"coalesce(f.source_organ_id, (SELECT min(o.id) FROM organ o"                               \
	" WHERE o.participant_id = f.source_participant_id)) = s.organ_id"

struct advice_source {
	int64_t id, version, organ_id, participant_id;
	const char *on_behalf, *participant;
	int phase;
	enum source_state state;
	int64_t asked_at, due_day, answered_at, handled_at;
	const char *answered_by, *handled_by; /* names, "" for nobody */
	enum naming named;
	int handled_how;               /* OBJECTION_HANDLINGS, 0: not */
	const char *reason, *handling; /* "" for none */
	int64_t times_before;          /* how often it answered before, and was asked again */
};
/* Sources whose facts begin at a phase up to max_phase, by name: an array of struct
 * advice_source. */
MUST_CHECK enum status advice_sources(struct db_read *r, struct keyring *k, const struct advice *d,
                                      int max_phase, struct arena *a, struct array *ret,
                                      struct error *reterr);

/* What they answered before they were asked again, newest first; id is the source's: the same. */
MUST_CHECK enum status advice_sources_before(struct db_read *r, struct keyring *k,
                                             const struct advice *d, int max_phase, struct arena *a,
                                             struct array *ret, struct error *reterr);

struct cited_fact {
	int64_t fact_id, proposal_number, organ_id; /* fact_id 0: destroyed since */
	struct uuid fact;
	int phase;
	enum usable usable;
};
/* An array of struct cited_fact, phases up to max_phase, by proposal. */
MUST_CHECK enum status advice_cited_facts(struct db_read *r, const struct advice *d, int max_phase,
                                          struct arena *a, struct array *ret, struct error *reterr);

struct advice_signature {
	const char *person;
	int64_t person_id, at;
	struct digest digest;
};
/* One or two, in order: an array of struct advice_signature. */
MUST_CHECK enum status advice_signatures(struct db_read *r, int64_t advice_id, struct arena *a,
                                         struct array *ret, struct error *reterr);

/* Who could own a proposal: the organs of the participants involved, of a municipality both. */
struct advice_owner {
	int64_t organ_id;
	const char *on_behalf;
	char letter;
};
MUST_CHECK enum status advice_owners(struct db_read *r, int64_t casefile_id, struct arena *a,
                                     struct array *ret, struct error *reterr);

struct advice_event {
	int64_t at;
	uint8_t action;
	const char *organisation; /* "" for the system */
};
MUST_CHECK enum status advice_history(struct db_read *r, int64_t advice_id, struct arena *a,
                                      struct array *ret, struct error *reterr);

struct advice_row {
	int64_t id, at; /* at: when it came to its state, ms */
	const char *reference, *casefile;
	uint8_t state;
	int64_t edition, proposals; /* proposals: -1 when he reads only his part */
	int64_t instrument;         /* of the first proposal; 0: none, or not his */
	const char *lead;           /* who leads that one, "" likewise */
};
struct advice_query {
	const struct viewer *viewer;
	bool backward;
	int64_t at;
	const char *reference; /* the row at that place; NULL: the start */
	uint64_t states;       /* bits of states; 0: any */
	int64_t limit;
};
/* Newest first (oldest first when backward). */
MUST_CHECK enum status advice_rows(struct db_read *r, const struct advice_query *q, struct arena *a,
                                   struct array *ret, struct error *reterr);

/* What guards ask; reason and actor are the caller's. */
MUST_CHECK enum status advice_picture_load(struct db_read *r, const struct advice *d,
                                           struct advice_picture *ret, struct error *reterr);

/* Everybody it is open to now; the same sets as its audiences. Members of the casefile stand as
 * AUDIENCE_CASEFILE; who is blocked from it, casework/casefile_seers.h adds. */
MUST_CHECK enum status advice_thing(struct db_read *r, const struct advice *d, struct thing *ret,
                                    struct error *reterr);

extern const struct db_stmt *const advice_statements[];
extern const struct db_stmt *const advice_part_statements[];

#endif
