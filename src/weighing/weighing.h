/*
 * weighing.h - weighing a signal together: the rules of the informatie-overleg (WGS 2.23)
 *
 * Pure. A meeting and each item of its agenda are small machines. Factor scores are hidden
 * until the chair reveals them; their sum is an aid and decides nothing (D 3.3). A judgement
 * belongs to an organ (one letter of WGS 2.19 at one participant): whoever speaks for mayor and
 * executive gives two.
 */
#ifndef WEIGHING_WEIGHING_H
#define WEIGHING_WEIGHING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "law/admission.h"
#include "platform/core/arena.h"
#include "platform/core/error.h"
#include "platform/core/machine.h"
#include "platform/core/verdict.h"

/* ---- the meeting -------------------------------------------------------------------------- */

/* Stored; never reused. */
enum meeting_state {
	MEETING_NONE = 0,
	MEETING_PLANNED = 1,
	MEETING_RUNNING = 2,
	MEETING_CLOSED = 3,
	MEETING_CALLED_OFF = 4, /* its signals went back: accepted, to be put on another agenda */
	MEETING_PAUSED = 5
};
enum meeting_action {
	MEETING_PLAN = 1,
	MEETING_OPEN = 2,
	MEETING_CLOSE = 3,
	MEETING_CALL_OFF = 4,
	MEETING_PAUSE = 5,
	MEETING_RESUME = 6
};
static inline bool meeting_is_under_way(uint8_t state)
{
	return state == MEETING_RUNNING || state == MEETING_PAUSED;
}
static inline bool meeting_is_over(uint8_t state)
{
	return state == MEETING_CLOSED || state == MEETING_CALLED_OFF;
}

/* LEFT: was there and went before the end. */
enum presence {
	PRESENCE_UNSAID = 0,
	PRESENCE_ROOM = 1,
	PRESENCE_REMOTE = 2,
	PRESENCE_ABSENT = 3,
	PRESENCE_LEFT = 4
};
static inline bool is_present(int presence)
{
	return presence == PRESENCE_ROOM || presence == PRESENCE_REMOTE;
}

struct meeting_picture {
	int64_t items;           /* on the agenda, taken off not counted */
	int64_t undecided;       /* of those */
	int64_t invited;         /* persons */
	int64_t presence_unsaid; /* of those */
	int64_t present;         /* persons who are there */
};
extern const struct machine MEETING_MACHINE;

/* What is missing before "Sluit vergadering", in words; returns how many of ret are filled. */
enum { MEETING_GAPS_MAX = 3 };
struct meeting_gap {
	const char *sentence;
	int64_t count; /* how many items or persons; 0: not a number */
};
size_t meeting_gaps(const struct meeting_picture *p, struct meeting_gap ret[MEETING_GAPS_MAX]);

/* ---- an item of the agenda ------------------------------------------------------------------- */

enum item_state {
	ITEM_NONE = 0,
	ITEM_WAITING = 1,
	ITEM_SCORING = 2,  /* members score; nobody sees a value */
	ITEM_REVEALED = 3, /* everybody sees them; no score changes any more */
	ITEM_DECIDED = 4,
	ITEM_TAKEN_OFF = 5
};
enum item_action {
	ITEM_ADD = 1,
	ITEM_ASK_SCORES = 2,
	ITEM_REVEAL = 3,
	ITEM_SCORE_AGAIN = 4, /* throws the scores away */
	ITEM_DECIDE = 5,
	ITEM_TAKE_OFF = 6
};

struct item_picture {
	bool meeting_running;
	bool submitter_present; /* somebody of the participant that submitted, or its deputy */
	int64_t others_present; /* other participants */
	int64_t
	    others_needed; /* of those, by the setting meeting.quorum_others; 0: QUORUM_OTHERS */
	int64_t scored;    /* organs that gave all four scores */
};
extern const struct machine ITEM_MACHINE;

/* The quorum of decisions 2.2: the submitter (or deputy) and two other participants, or as many as
 * the partnership set, between one and QUORUM_OTHERS_MAX. */
enum { QUORUM_OTHERS = 2, QUORUM_OTHERS_MAX = 5 };
struct verdict weighing_quorum(const struct item_picture *p);

/* ---- scores ------------------------------------------------------------------------------------ */

/* Own factors of the partnership, apart from the law's (factors.h). */
enum { EXTRA_FACTORS_MAX = 4 };

struct score_asking {
	uint8_t item_state, meeting_state;
	int presence;    /* of who scores */
	char letter;     /* of his organ; 0: works at the bureau */
	bool speaks;     /* for the organ for which he scores */
	bool by_another; /* somebody else already scored for this organ */
	bool takes_over; /* and he speaks for it from now on */
};
struct verdict weighing_may_score(const struct score_asking *q);

struct score {
	int64_t organ_id;
	int factor; /* from 0: the law's by letter, or the partnership's own by place */
	int value;  /* 0 to LAW_FACTOR_SCORE_MAX */
};

struct spread {
	int factor;
	int lowest, highest, difference; /* all 0 where nobody scored */
	int64_t given;                   /* how many scored */
	int64_t at[LAW_FACTOR_SCORE_MAX + 1];
};
/* Per factor, the largest difference first: that is what the meeting talks about. Equal
 * differences keep the order of the act. ret: `factors` of them. */
void weighing_spread(const struct score *scores, size_t count, int factors, struct spread *ret);
enum { SPREAD_DISCUSS = 2 }; /* from this difference on the page says: discuss */

/* ---- the order of the agenda ------------------------------------------------------------------- */

struct agenda_place {
	int64_t deferred_times, participant_id, submitted_at, number;
	size_t index; /* the caller's */
};
/*
 * What was deferred before comes first. Then signals of one submitter stand together, so that
 * he comes for his part only; the submitter whose signal waits longest first. In place.
 * Cost: count squared; an agenda has at most AGENDA_MAX items.
 */
enum { AGENDA_MAX = 40 };
void weighing_order(struct agenda_place *places, size_t count);

/* ---- the outcome -------------------------------------------------------------------------------- */

enum agenda_text_kind {
	TEXT_ASSIGNMENT = 1,
	TEXT_REASON = 2,
	TEXT_MESSAGE = 3,
	TEXT_HOMEWORK = 4,
	TEXT_DISSENT = 5,
	TEXT_SCORE_NOTE = 6 /* why this organ scored so; hidden as long as the score */
};

/* What the submitter is told when nobody wrote something better: nothing about others. The
 * coordinator reads it and releases it. */
struct outcome_told {
	int action, reason_class; /* enum signal_action; of SIGNAL_REASONS */
	int32_t next_day;         /* deferred: 0, or when it comes back */
	bool advise_local;
};
const char *outcome_message(const struct outcome_told *o, struct arena *a);

/* How many of five bits. */
int64_t criteria_count(uint64_t met);

/* How many of the four factors have an agreed score (not -1), and their sum. */
int64_t agreed_count(const int64_t agreed[LAW_FACTOR_COUNT]);
int64_t agreed_sum(const int64_t agreed[LAW_FACTOR_COUNT]);

/* ---- for other rooms ------------------------------------------------------------------- */

struct db;
struct db_tx;

/* Days after closing that names can be read in the annex of the minutes; then they are gone. */
enum { ANNEX_DAYS = 30 };
/* Names of guests whose annex ended, all of them; *ret_count: how many. A job of its own. */
MUST_CHECK enum status weighing_forget_guests(struct db *db, int64_t now_ms, int64_t *ret_count,
                                              struct error *reterr);

/* Every text that meetings wrote about a signal goes, with its keys: part of its destruction. */
MUST_CHECK enum status agenda_texts_destroy(struct db_tx *tx, int64_t signal_id,
                                            struct error *reterr);

#endif
