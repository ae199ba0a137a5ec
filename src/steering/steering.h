/*
 * steering.h - the rules of the Stuurploeg: its meetings, what is on the agenda, what it rules; pure
 *
 * The Stuurploeg decides about final advices (D 6.3): per advised intervention it approves, amends,
 * rejects or defers, or sends the whole advice back with questions. Its secretary drafts, its chair
 * signs: two persons. From then on a decision is numbered and never edited; a later decision amends
 * it and points to it. A mandate lets the head decide light ones between meetings, by the same
 * steps; the next meeting hears of each.
 *
 * Members read what is on the agenda of their meeting as far as their participant is involved
 * (decisions 4.3, 5): a point about another casefile isn't there for them.
 */
#ifndef STEERING_STEERING_H
#define STEERING_STEERING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "platform/core/error.h"
#include "platform/core/machine.h"
#include "platform/http/input.h" /* struct code */
#include "weighing/weighing.h"   /* enum meeting_state: the first five are the same */

/* ---- the meeting ------------------------------------------------------------------------------ */

/* Goes on where enum meeting_state ends. */
enum { STEERING_SIGNED_OFF = 6 };
enum steering_action {
	STEERING_PLAN = 1,
	STEERING_OPEN = 2,
	STEERING_CLOSE = 3,
	STEERING_CALL_OFF = 4,
	STEERING_SIGN_OFF = 5 /* the chair signs minutes and action list */
};

struct steering_picture {
	bool mandate;                   /* a decision by mandate: nobody is invited */
	int64_t points, waiting, ready; /* on the agenda; to be discussed; to be signed */
	int64_t presence_unsaid, present;
	bool chair_named, chair_present, acts_as_chair;
	bool other_person; /* than who closed it */
};
extern const struct machine STEERING_MACHINE;

/* May things still be put on its agenda? */
bool steering_is_open(uint8_t state);

/* ---- points of the agenda ------------------------------------------------------------------------- */

/* Stored; never reused. */
enum point_kind {
	POINT_ADVICE = 1,     /* a casefile that is AT_STEERING */
	POINT_RECONSIDER = 2, /* decided before: a new decision amends */
	POINT_CLOSING = 3,    /* in EVALUATION */
	POINT_OVERDUE = 4,    /* interventions whose status or date is late */
	POINT_PROVIDED = 5,   /* WASSTRAAT: advice that went to the partners themselves */
	POINT_MANDATED = 6,   /* what was decided by mandate since */
	POINT_ANSWERED = 7,   /* the Stuurgroep answered */
	POINT_ACTIONS = 8,    /* actions that are open */
	POINT_RETURNED = 9    /* sent back with questions before, and not here again yet */
};
extern const struct code POINT_KINDS[];
/* About one casefile, and decided there. */
bool point_is_ruled(int kind);

enum point_state {
	POINT_NONE = 0,
	POINT_WAITING = 1,
	POINT_READY = 2, /* the secretary's part is done: the chair reads and signs */
	POINT_SIGNED = 3,
	POINT_NOTED = 4, /* a report was heard */
	POINT_TAKEN_OFF = 5
};
enum point_action {
	POINT_ADD = 1,
	POINT_PREPARE = 2,
	POINT_REOPEN = 3,
	POINT_SIGN = 4,
	POINT_NOTE = 5,
	POINT_TAKE_OFF = 6
};
struct point_picture {
	int kind;
	uint8_t meeting_state;
	bool mandate, mandate_covers;
	int64_t proposals, ruled; /* in the advice; with a ruling in this point */
	bool whole;               /* the casefile as a whole is ruled: returned, closed */
	int64_t approved,
	    without_lead;    /* rulings that approve; of those whose lead isn't in force */
	bool subject_stands; /* the casefile is where the point expects it, its advice is final */
	bool acts_as_chair, chair_present;
	bool other_person; /* than who prepared it */
};
extern const struct machine POINT_MACHINE;

/* The casefile moved on, or its advice was withdrawn, since the point was made. */
extern const char POINT_IS_STALE[];

/* ---- rulings --------------------------------------------------------------------------------------- */

/* Stored; never reused. */
enum ruling {
	RULING_APPROVE = 1,
	RULING_AMEND = 2,
	RULING_REJECT = 3,
	RULING_DEFER = 4,
	RULING_RETURN = 5, /* the casefile as a whole: back to the analysis, with questions */
	RULING_CLOSE = 6   /* the casefile as a whole: from evaluation to closed */
};
extern const struct code RULINGS[];          /* all, for showing */
extern const struct code PROPOSAL_RULINGS[]; /* of one proposal */
bool ruling_goes_ahead(int ruling);          /* APPROVE or AMEND: an intervention is made */

/* Stored; never reused. WGS 1.3(4): its own powers decide. */
enum owner_word { OWNER_UNSAID = 0, OWNER_CONSENTS = 1, OWNER_ASK_LATER = 2 };
extern const struct code OWNER_WORDS[];

enum vote { VOTE_FOR = 1, VOTE_AGAINST = 2, VOTE_NONE = 3 };
extern const struct code VOTES[];

enum { PLEDGES_MAX = 12, VOTES_MAX = 20, PLEDGE_HOURS_MAX = 20000, POOL_HOURS_MAX = 200000 };

struct ruling_facts {
	int point_kind, ruling;
	bool has_reason, has_questions, has_worked, has_failed, has_lessons;
	bool changed; /* something differs from the advice */
	bool lead_chosen, lead_in_force;
	bool meeting_chosen;    /* to which it is deferred, still open, another one */
	int owner;              /* enum owner_word */
	int64_t due_day, today; /* due_day 0: as advised */
	int64_t feedback_day;   /* 0: received */
	bool feedback_said;
};
struct ruling_gap {
	const char *field, *sentence;
};
enum { RULING_GAPS_MAX = 8 };
/* Everything that is missing at once; how many of ret are filled. */
size_t ruling_gaps(const struct ruling_facts *f, struct ruling_gap ret[RULING_GAPS_MAX]);

/* ---- hours -------------------------------------------------------------------------------------------- */

struct pool_load {
	int64_t pool;    /* hours of the year; -1: not registered */
	int64_t pledged; /* by decisions that stand */
	int64_t asked;   /* now, in this ruling and other drafts */
};
/* Negative: more is asked than is left. 0 where no pool is registered. */
int64_t pool_left(const struct pool_load *l);

struct pledge {
	int64_t participant_id, hours;
};
/* Index of the first participant that pledges twice in one ruling, or -1. */
int pledged_twice(const struct pledge *p, size_t count);

/* ---- deputies and mandate --------------------------------------------------------------------------------- */

struct seat {
	int64_t appointment_id, organ_id;
	int64_t deputy_for; /* appointment; 0: a member himself */
	int presence;       /* enum presence */
};
/*
 * May this seat speak and vote for its organ? A deputy only where whom he replaces isn't there;
 * of two for one organ the first in the list.
 */
bool seat_has_voice(const struct seat *seats, size_t count, size_t index);

struct mandate_terms {
	int64_t max_weight, max_hours, from_day, until_day, today;
	bool confirmed, ended;
};
/* Is one proposal of this weight and these hours within the mandate? */
struct verdict mandate_covers(const struct mandate_terms *m, int64_t weight, int64_t hours);

/* ---- for other rooms ------------------------------------------------------------------------------------- */

struct db;
struct db_tx;
/* Who was a guest of a meeting that ended ANNEX_DAYS ago: who he was in Plein goes, as his name does
 * (weighing_forget_guests). *ret_count: how many. A job of its own. */
MUST_CHECK enum status steering_forget_guests(struct db *db, int64_t now_ms, int64_t *ret_count,
                                              struct error *reterr);
/* Every text of the Stuurploeg about a casefile goes, with its keys: part of its destruction. What
 * remains is numbers, codes and days. */
MUST_CHECK enum status steering_forget_casefile(struct db_tx *tx, int64_t casefile_id,
                                                int64_t now_ms, struct error *reterr);
/* Files of packs in which the person may stand, words of questions about his facts. */
MUST_CHECK enum status steering_forget_presence(struct db_tx *tx, int64_t presence_id,
                                                int64_t now_ms, struct error *reterr);

#endif
