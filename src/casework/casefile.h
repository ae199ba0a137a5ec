/*
 * casefile.h - a casefile from adopted signal to evaluation: its life, who may open it; pure
 *
 * A casefile is opened by the informatie-overleg from a signal (D 6.3, WGS 2.23(5)). Bureau roles
 * see those of the region by role; people of partners only where they are named as member. A block
 * (conflict of interest, embargo) on a person is stronger than any of that. How far the law lets
 * partners go is not a state: phases are per subject (decisions 3.1).
 */
#ifndef CASEWORK_CASEFILE_H
#define CASEWORK_CASEFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "law/statute.h"
#include "platform/core/machine.h"
#include "platform/http/input.h" /* struct code */

/* ---- life ------------------------------------------------------------------------------------ */

/* Stored; never reused. */
enum casefile_state {
	CASEFILE_NONE = 0,
	CASEFILE_OPEN = 1,
	CASEFILE_ANALYSIS = 2,
	CASEFILE_ADVICE_DRAFT = 3,
	CASEFILE_ADVICE_FINAL = 4,
	CASEFILE_AT_STEERING = 5,
	CASEFILE_DECIDED = 6,
	CASEFILE_EXECUTION = 7,
	CASEFILE_EVALUATION = 8,
	CASEFILE_CLOSED = 9,
	CASEFILE_STOPPED = 10,
	CASEFILE_ARCHIVED = 11,
	CASEFILE_DESTROYED = 12 /* a row without words, people or subjects */
};

enum casefile_action {
	CASEFILE_OPENED = 1, /* by the outcome of a weighing: casefile_open() */
	CASEFILE_ANALYSE = 2,
	CASEFILE_DRAFT_ADVICE = 3,
	CASEFILE_RESUME_ANALYSIS = 4,
	CASEFILE_FINISH_ADVICE = 5,
	CASEFILE_TO_STEERING = 6,
	CASEFILE_DECIDE = 7,
	CASEFILE_SEND_BACK = 8,
	CASEFILE_EXECUTE = 9,
	CASEFILE_PROVIDE = 10, /* WASSTRAAT: to the partners, reported to the Stuurploeg */
	CASEFILE_EVALUATE = 11,
	CASEFILE_CLOSE = 12,
	CASEFILE_STOP = 13,
	CASEFILE_ARCHIVE = 14,
	CASEFILE_TAKE_UP_AGAIN = 15, /* closed, by a new adopted signal (decisions 3.10) */
	CASEFILE_DESTROY = 16,
	CASEFILE_LOSE_ADVICE = 20, /* its final advice was withdrawn: by the advice's own act */

	/* no moves: what happened in a state, for the history */
	CASEFILE_SUPPLEMENTED = 101, /* an adopted signal brought somebody new */
	CASEFILE_JOINED = 102,       /* another casefile came into it */
	CASEFILE_SPLIT = 103,        /* some went into a casefile of their own (split.h) */
	CASEFILE_HANDED_OVER = 104   /* somebody else does the work of a member */
};
/* What a row of the history says: the state that it came to, or what happened in it. */
const char *casefile_event_label(int action, uint8_t to_state);

/* D 3.2, decisions 2.7. */
enum casefile_variant {
	VARIANT_USUAL = 1,
	VARIANT_FAST_TRACK = 2,
	VARIANT_WASSTRAAT = 3,
	VARIANT_CARWASH = 4,
	VARIANT_SCAN = 5
};
extern const struct code CASEFILE_VARIANTS[];
extern const struct code CASEFILE_ACTIVITIES[];
extern const struct code CASEFILE_STOP_REASONS[]; /* that a person chooses */
extern const struct code CASEFILE_END_REASONS[];  /* and those that follow from another act */
enum { END_REASON_JOINED = 5 };

/* What guards ask; one statement loads it. */
struct casefile_picture {
	uint8_t state;
	int variant;
	int64_t analysts;  /* named as member */
	bool asked;        /* a participant, in a phase that everybody here may know of */
	int64_t subjects;  /* about whom or what */
	int64_t proposals; /* interventions in the advice */
	int64_t incomplete_proposals; /* without kind, basis, owner, effect or checked capacity */
	int64_t open_objections;      /* of source participants, WGS 1.7(1) */
	int64_t open_interventions;   /* not in a final state */
	bool advice_final;            /* two persons signed it, and it wasn't withdrawn */
	bool steering_decided;        /* the Stuurploeg decided about each proposal */
	bool lead_appointed;
	bool feedback_arranged; /* received or scheduled, and lessons written */
	bool second_person;     /* another than who drafted the advice */
	bool reason_given;
	bool signal_adopted;   /* a new one */
	bool second_signature; /* of the destruction list */
};
extern const struct machine CASEFILE_MACHINE;

/* True while partners may add to it: OPEN up to and including EVALUATION. */
bool casefile_is_live(uint8_t state);

enum {
	CASEFILE_STOPPED_DAYS = 30, /* ceiling, as for a signal (BGS 1.16(1)(a)) */
	CASEFILE_CLOSED_MONTHS = 6, /* decisions 3.10 */
	CASEFILE_ARCHIVE_MONTHS = 3 /* closed for so long: shielded (D 6.3; ASSUMPTION) */
};
/* The day by which it has to go once it came to this state today; 0: nothing says so; -1: what was
 * said before stands. */
int64_t casefile_destroy_due(uint8_t state, int32_t today);

/* ---- opening ------------------------------------------------------------------------------------ */

struct casefile_opening {
	enum law_activity activity;
	int variant;
	bool bottleneck_chosen, bottleneck_in_force;
	bool has_purpose;
	size_t organs; /* participants involved */
};
/* A bottleneck needs a designation in force; a scan is a scan in both columns. */
struct verdict casefile_may_open(const struct casefile_opening *o);

enum {
	CASEFILE_SUBJECTS_MAX = 100, /* as SUBJECTS_MAX of subjects/presence.h */
	CASEFILE_NOTES_MAX = 500,    /* as those of casework/note.h */
	CASEFILE_TO_DO_MAX = 200
};
/* What is asked of two casefiles before one goes into the other. */
struct casefile_joining {
	uint8_t into_state, other_state;
	bool same_activity, same_variant, same_bottleneck;
	int64_t into_paragraphs;                 /* of the analysis of the one that stays */
	int64_t paragraphs, proposals;           /* of the other */
	int64_t members, subjects, notes, tasks; /* of both together */
};
/* Pure. */
struct verdict casefile_may_join(const struct casefile_joining *j);

/* ---- people ----------------------------------------------------------------------------------------- */

enum casefile_capacity {
	CAPACITY_ANALYST = 1,
	CAPACITY_COORDINATOR = 2,
	CAPACITY_WORKING_GROUP = 3,
	CAPACITY_LEAD = 4
};
extern const struct code CASEFILE_CAPACITIES[];
/* The capacity that an appointment of this role gets; 0: this role is no member of a casefile. */
int capacity_of_role(enum role role);

enum { CASEFILE_MEMBERS_MAX = 60 };

enum block_kind { BLOCK_CONFLICT = 1, BLOCK_EMBARGO = 2 };
extern const struct code CASEFILE_BLOCKS[];

struct casefile_facts { /* what audiences depend on */
	int64_t id;
	uint8_t state;
};
/*
 * Live and closed: analysts, coordinators, head and DPO by role, members as AUDIENCE_CASEFILE.
 * Only while live somebody writes: analysts, coordinators and members. Stopped: head and DPO.
 * Archived: the DPO (D 6.3, shielded).
 */
void casefile_thing(const struct casefile_facts *c, struct thing *ret);

/*
 * The highest phase of which this role reads facts in a casefile that is open to it (D 6.8): heavy
 * data (3) only who is named for it, the regievoerder the first phase alone. 0: reads no facts.
 */
int casefile_reads_phase(enum role role, bool named_heavy);

#endif
