/*
 * case_tale.h - one casefile of the demo world, from its opening on: people, facts, requests
 *
 * The coordinator names who works in it, they tell what their organisation knows, desks are asked
 * and answer, know nothing, refuse or are late. What happens is asked of Plein by the actor
 * who would do it (stage.h).
 */
#ifndef DEMO_CASE_TALE_H
#define DEMO_CASE_TALE_H

#include "demo/stage.h"
#include "demo/stories.h"
#include "law/instruments.h"

/* The last owner is the joint message's, which is a proposal beside those of each by himself. */
enum { CASE_NAMED_MAX = 5, CASE_ASKED_MAX = 3, CASE_ALONE_MAX = 3, CASE_OWNERS_MAX = 4 };
enum { CASE_DOING_MAX = CASE_OWNERS_MAX + 1 }; /* and a quick action */
enum { EFFECTS = 3 }; /* assessed after three months, six and twelve (D 6.4) */

enum case_next {
	CASE_TO_STAFF, /* the coordinator names who works in it */
	CASE_TO_TELL,  /* the working group: what each organisation knows */
	CASE_TO_ASK,   /* the coordinator: requests to desks */
	CASE_TO_PROPOSE_PHASE,
	CASE_TO_OPEN_PHASE,
	CASE_TO_ANALYSE,
	CASE_TO_ADVISE, /* proposals to the owners, who are asked whether they can */
	CASE_TO_ASK_OWNERS,
	CASE_TO_SIGN, /* once the term for objections is over */
	CASE_TO_CONFIRM,
	CASE_TO_SUBMIT,
	CASE_AT_STEERING, /* stuurploeg.h */
	CASE_DECIDED,
	CASE_DOING,
	CASE_TO_STOP, /* nothing that anybody may do about it */
	CASE_OVER
};

enum asked_next { ASKED_TO_ANSWER, ASKED_TO_CHECK, ASKED_TO_CLOSE, ASKED_OVER };

struct asked { /* one request */
	const char *ref;
	struct player *desk;
	enum asked_next next;
	int32_t day;
	bool left_lying; /* once: then answered late */
};

enum doing_next {
	DOING_TO_AGREE, /* an owner who wasn't at the table */
	DOING_TO_ASSIGN,
	DOING_TO_START,
	DOING_TO_WRITE, /* a message: written, refused perhaps, agreed, released (joint_tale.h) */
	DOING_TO_REFUSE,
	DOING_TO_SAY_YES,
	DOING_TO_RELEASE,
	DOING_TO_REPORT,
	DOING_TO_EXECUTE,
	DOING_TO_CONFIRM,
	DOING_TO_ASSESS,
	DOING_TO_DROP, /* nobody can agree for its owner */
	DOING_OVER
};

struct doing {                           /* one intervention */
	const char *ref, *chosen, *kind; /* kind: as the API names it, "COMM" */
	struct player *executor;
	int assessed; /* how often its effect was */
	enum doing_next next;
	int32_t day, executed; /* executed: 0 until then */
};

struct case_tale {
	int64_t number;
	const char *ref; /* "C-2026-7K3QF"; NULL until the signal is adopted */
	const struct story *story;
	struct player *coordinator, *analyst;
	struct player *named[CASE_NAMED_MAX];
	size_t named_count;
	struct asked asked[CASE_ASKED_MAX];
	size_t asked_count;
	const char *advice;                     /* "A-2026-7K3QF" */
	struct player *owners[CASE_OWNERS_MAX]; /* the desk of each proposal's owner */
	size_t owner_count;
	struct player *lead;        /* regievoerder */
	struct player *quick_owner; /* of what was asked for before the advice (quick_tale.h) */
	struct doing doing[CASE_DOING_MAX];
	size_t doing_count;
	const char *part; /* what was split off; NULL: nothing (tale.c tells on) */
	bool corrected, closed;
	bool is_part; /* itself split off: it brings out nothing, and stops */
	int about;    /* the number of the subject that is told of; it keeps it in a part */
	enum case_next next;
	int32_t day; /* of the next act */
};

/* Does what is due today, if anything. */
MUST_CHECK enum status case_step(struct stage *s, struct case_tale *c, int32_t day,
                                 struct error *reterr);

/* Its requests, each at its own pace (asked_tale.c). */
MUST_CHECK enum status case_ask(struct stage *s, struct case_tale *c, struct error *reterr);
MUST_CHECK enum status asked_step(struct stage *s, const struct case_tale *c, struct asked *a,
                                  int32_t day, struct error *reterr);

/* Its analysis and advice (advice_tale.c). */
MUST_CHECK enum status case_write_analysis(struct stage *s, const struct case_tale *c,
                                           struct error *reterr);
/* An instrument that is this one's own power; NULL: the table has none. */
const struct law_instrument *case_instrument(struct stage *s, const struct case_tale *c,
                                             const struct player *owner);
bool case_has_owner(struct stage *s, const struct case_tale *c);
MUST_CHECK enum status case_begin_advice(struct stage *s, struct case_tale *c,
                                         struct error *reterr);
MUST_CHECK enum status case_propose(struct stage *s, struct case_tale *c, struct error *reterr);
MUST_CHECK enum status case_owners_answer(struct stage *s, const struct case_tale *c,
                                          struct error *reterr);
MUST_CHECK enum status case_move_advice(struct stage *s, const struct case_tale *c,
                                        struct player *who, const char *action,
                                        struct error *reterr);

/* What people write in it (written_tale.c): notes, tasks and intents; paragraphs that cite, by who told;
 * a fixed version; a part that becomes a casefile of its own. Each of some casefiles only. */
MUST_CHECK enum status case_talk(struct stage *s, const struct case_tale *c, struct error *reterr);
MUST_CHECK enum status case_cite(struct stage *s, const struct case_tale *c, struct error *reterr);
MUST_CHECK enum status case_fix_analysis(struct stage *s, const struct case_tale *c,
                                         struct error *reterr);
MUST_CHECK enum status case_end_tasks(struct stage *s, const struct case_tale *c,
                                      struct error *reterr);
MUST_CHECK enum status case_split(struct stage *s, struct case_tale *c, struct error *reterr);

/* The reference of the casefile that was opened last, in the stage's arena. */
MUST_CHECK enum status case_newest(struct stage *s, struct player *who, const char **ret,
                                   struct error *reterr);

/* Its interventions (doing_tale.c). */
MUST_CHECK enum status doing_find(struct stage *s, struct case_tale *c, struct error *reterr);
MUST_CHECK enum status doing_step(struct stage *s, struct case_tale *c, struct doing *d,
                                  int32_t day, struct error *reterr);

/* How it ends (ending_tale.c): what a partner told turns out wrong and is put right; without an
 * approach it stops, once no request is open; what the nth closing taught may be published, read by a
 * second. */
MUST_CHECK enum status case_correct(struct stage *s, struct case_tale *c, struct error *reterr);
MUST_CHECK enum status case_stop(struct stage *s, struct case_tale *c, struct error *reterr);
MUST_CHECK enum status case_publish(struct stage *s, const struct case_tale *c, size_t nth,
                                    struct error *reterr);
/* Was the effect of all that was carried out assessed: of this casefile once, twice or three times? */
bool case_is_done(const struct stage *s, const struct case_tale *c);

/* "/casefiles/C-2026-7K3QF" + rest, in the turn's arena; the second of whom it is about. */
const char *case_path(struct stage *s, const struct case_tale *c, const char *rest);
const char *case_subject_path(struct stage *s, const struct case_tale *c, const char *rest);

#endif
