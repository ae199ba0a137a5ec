/*
 * signal.h - a signal from first suspicion to a joint decision (D 6.1, WGS 2.23, BGS 2.16)
 *
 * The draft is the submitter's own; nobody else sees it until it is submitted (or he invites
 * an account manager). From then on the state decides who reads and who acts: signal_thing()
 * gives the audiences, SIGNAL_MACHINE the moves. Rules here are pure; the store carries out.
 */
#ifndef SIGNALS_SIGNAL_H
#define SIGNALS_SIGNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "access/access.h"
#include "platform/core/arena.h"
#include "platform/core/machine.h"

enum signal_state {
	SIGNAL_NONE = 0,
	SIGNAL_DRAFT = 1,
	SIGNAL_SUBMITTED = 2,
	SIGNAL_RETURNED = 3,
	SIGNAL_INTAKE_OK = 4,
	SIGNAL_ON_AGENDA = 5,
	SIGNAL_ADOPTED_CASE = 6,
	SIGNAL_ADOPTED_DIRECT = 7,
	SIGNAL_MERGED = 8,
	SIGNAL_DEFERRED = 9,
	SIGNAL_NOT_ADOPTED = 10,
	SIGNAL_WITHDRAWN = 11,
	SIGNAL_DESTROYED = 12
};

enum signal_action {
	SIGNAL_SUBMIT = 1,
	SIGNAL_RETURN = 2,
	SIGNAL_RESUBMIT = 3,
	SIGNAL_ACCEPT = 4,
	SIGNAL_PUT_ON_AGENDA = 5,
	SIGNAL_ADOPT_CASE = 6,
	SIGNAL_ADOPT_DIRECT = 7,
	SIGNAL_MERGE = 8,
	SIGNAL_DEFER = 9,
	SIGNAL_NOT_ADOPT = 10,
	SIGNAL_WITHDRAW = 11,
	SIGNAL_DESTROY = 12,
	SIGNAL_BACK_TO_DRAFT = 13, /* 30 days returned without answer: the system */
	SIGNAL_TAKE_OFF_AGENDA = 14,
	SIGNAL_LAPSE = 15, /* 90 days a draft without an edit: the system */
	SIGNAL_EXPIRE = 16 /* 180 days undecided: the system */
};

/* Parts of the text; each its own sealed version. The five criteria keep BGS 2.16(1)'s order. */
enum signal_part {
	PART_TITLE = 1,     /* person-free; what it is about, not who */
	PART_FACTS = 2,     /* what the organisation itself saw or read */
	PART_JUDGEMENT = 3, /* what it thinks */
	PART_WHERE = 4,
	PART_TRIED = 5,
	PART_EFFECT = 6,
	PART_SOURCE = 7,
	PART_CRITERION_A = 11,
	PART_CRITERION_B = 12,
	PART_CRITERION_C = 13,
	PART_CRITERION_D = 14,
	PART_CRITERION_E = 15,
	PART_MESSAGE = 20, /* to the submitter, released by the coordinator */
	PART_REASON = 21,  /* why, internal */
	PART_ASSIGNMENT = 22
};

enum {
	CRITERION_MIN_CHARS = 20,
	DEFERRED_MAX_TIMES = 2,
	RETURNED_MAX_DAYS = 30,
	REJECTED_DESTROY_DAYS = 30,
	RETURNED_WARN_DAYS = 20,
	RETURNED_WARN_AGAIN_DAYS = 27,
	DRAFT_WARN_DAYS = 60,
	DRAFT_WARN_AGAIN_DAYS = 83,
	DRAFT_MAX_DAYS = 90,
	UNDECIDED_WARN_DAYS = 90,
	UNDECIDED_MAX_DAYS = 180
};

/* What guards ask; one statement loads it. */
struct signal_picture {
	uint8_t state;
	bool actor_is_submitter; /* works for the organ that submits */
	bool criteria_explained; /* all five, at least CRITERION_MIN_CHARS */
	bool has_title, has_facts, has_where, has_municipality, has_theme, has_line, has_task;
	bool lawful_declared;   /* BGS 1.5, 1.6 */
	bool hits_settled;      /* forbidden topics and BSNs in prose (decisions 1.6) */
	bool hits_reviewed;     /* the coordinator looked again */
	int64_t open_questions; /* asked and not answered */
	bool matched;           /* own-region match was done (decisions 1.2) */
	bool meeting_chosen;    /* date of a meeting to come */
	bool reason_given;
	int64_t deferred_times;
	int64_t criteria_met;     /* of five, as the meeting registered */
	int64_t factors_recorded; /* of four */
	int64_t participants_involved;
	bool assignment_given;
	bool target_chosen; /* merge */
	bool second_person; /* destruction: another than who made the list */
};

extern const struct machine SIGNAL_MACHINE;

/* ---- how complete is a draft: parts, never quality ----------------------------------------------- */

struct signal_need {
	const char *label;  /* "Wat er is gezien" */
	const char *reason; /* why it matters, one sentence */
	const char *step;   /* the page of the form where it is filled: "facts" */
	bool required;      /* to submit; else it makes the signal stronger */
	bool done;
};
enum { SIGNAL_NEEDS = 14 };
/* Fills ret (SIGNAL_NEEDS rows); returns how many are done. */
int signal_needs(const struct signal_picture *p, int subject_count, bool tried, bool effect,
                 struct signal_need ret[SIGNAL_NEEDS]);

/* ---- who it is open to ------------------------------------------------------------------------------ */

/* Why, where the term decided (SIGNAL_EXPIRE); of SIGNAL_REASONS in theme.h. */
enum { REASON_TERM_PASSED = 6 };

/* Not adopted, withdrawn or destroyed: in no list and no search from now on (decisions 1.8). */
bool signal_is_over(uint8_t state);

struct signal_facts { /* what audiences depend on */
	uint8_t state;
	int64_t organ_id, appointment_id, helper_appointment_id, municipality_id;
	int64_t meeting_id; /* while on an agenda; 0: none */
	bool shielded;      /* kept by a hold past its day: open to nobody */
};
/*
 * Draft and returned: the submitter's organ writes (and an invited account manager). Submitted
 * and later: coordinators, analysts, head and DPO read, the coordinator writes; on the agenda
 * also those invited to the meeting; the mayor reads his municipality's. Not adopted and
 * withdrawn: only the submitter, the head and the records manager (decisions 1.8). Who wrote it
 * for a casefile is his own helper, and reads it as long as his organ does.
 */
void signal_thing(const struct signal_facts *s, struct thing *ret);

#endif
