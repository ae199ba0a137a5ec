/*
 * information_request.h - asking a partner what it knows: the rules of a bevraging (D 6.2)
 *
 * Pure. A request goes to one organ of a participant that is involved in the casefile. It asks
 * about named subjects in categories whose phase is open, and falls apart into parts: one subject
 * in one category. A desk answers part by part.
 *
 * A refusal is seen as such by the coordinator and by who decides for the participant, by nobody
 * else (decisions 4.1). Everything that others see of a request comes from request_shown(): what
 * was refused and what was answered with "nothing known" are one state there.
 */
#ifndef REQUESTS_INFORMATION_REQUEST_H
#define REQUESTS_INFORMATION_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "law/rules.h"
#include "platform/core/calendar.h"
#include "platform/core/machine.h"

/* ---- the life of a request ----------------------------------------------------------------- */

/* Stored; never reused. */
enum request_state {
	REQUEST_NONE = 0,
	REQUEST_DRAFT = 1,
	REQUEST_ISSUED = 2,
	REQUEST_ACCEPTED = 3,
	REQUEST_SIGNING = 4, /* phase 3: waits for a second person of the participant */
	REQUEST_NO_HIT = 5,
	REQUEST_HIT = 6,
	REQUEST_ANSWERED = 7,
	REQUEST_PARTLY = 8,
	REQUEST_REFUSED = 9,
	REQUEST_CANCELLED = 10,
	REQUEST_CHECKED = 11,
	REQUEST_CLOSED = 12,
	REQUEST_EMPTY = 13, /* only shown, never stored: no-hit, refused, or closed after these */
	REQUEST_STATE_COUNT
};

enum request_action {
	REQUEST_WRITE = 1,
	REQUEST_ISSUE = 2,
	REQUEST_ACCEPT = 3,
	REQUEST_SAY_NOTHING = 4, /* nothing known at all */
	REQUEST_SAY_KNOWN = 5,   /* hit/no-hit: yes, no more */
	REQUEST_ANSWER = 6,
	REQUEST_ANSWER_PARTLY = 7,
	REQUEST_OFFER = 8, /* to the second person */
	REQUEST_SIGN = 9,
	REQUEST_SIGN_PARTLY = 10,
	REQUEST_GIVE_BACK = 11, /* the second person doesn't sign */
	REQUEST_REFUSE = 12,
	REQUEST_CANCEL = 13,
	REQUEST_CHECK = 14,
	REQUEST_CLOSE = 15,
	REQUEST_ADD = 16, /* an addition after closing: answered and checked anew */
	REQUEST_ASK_TIME = 17,
	REQUEST_GIVE_TIME = 18,
	REQUEST_DENY_TIME = 19,
	REQUEST_FORWARD = 20,
	REQUEST_REWRITE = 21 /* a draft, before it goes out */
};

/* Stored; never reused. */
enum request_kind { REQUEST_HIT_NO_HIT = 1, REQUEST_CONTENT = 2 };

enum answer_state { /* of one subject in one category; stored */
	            ANSWER_OPEN = 0,
	            ANSWER_NOTHING = 1, /* nothing known */
	            ANSWER_FACTS = 2,
	            ANSWER_REFUSED = 3
};

struct request_part {
	int64_t presence_id;
	enum law_category category; /* CATEGORY_NONE: only whether it is known */
	uint8_t state;              /* enum answer_state, as stored */
};
enum { REQUEST_PARTS_MAX = 300 };

/* What a move needs to know; loaded by one statement of the store. */
struct request_picture {
	enum request_kind kind;
	bool addressee_involved; /* among the participants of the casefile: WGS 2.23(5) */
	bool casefile_open;      /* facts may still come in */
	int64_t subjects;        /* named in the request */
	int64_t parts, parts_open, parts_facts, parts_refused;
	int64_t parts_closed_phase; /* asked in a phase that isn't open for that subject */
	int64_t items;              /* facts that the desk wrote down and that aren't kept yet */
	int64_t items_unjudged;     /* sent and neither kept nor sent back */
	size_t necessity_chars, question_chars;
	bool phase_3;                                 /* asks for anything of phase 3 */
	bool empty;                                   /* ended without anything added */
	int64_t wanted_day;                           /* asked extension; 0: none asked */
	int64_t due_day;                              /* 0: not issued */
	int64_t actor_person_id, answering_person_id; /* who acts now; who offered the answer */
	enum role actor_role;
};

extern const struct machine REQUEST_MACHINE;

enum { REQUEST_NECESSITY_CHARS_MIN = 20, REQUEST_EXTENSION_WORKING_DAYS_MAX = 20 };

/* ---- what a viewer sees of it ----------------------------------------------------------------- */

/* Of his own region's bureau and of the addressee: may he see that a refusal is one? */
bool request_refusal_open_to(enum role role, bool of_addressee);
/* May he read the reason class, if one was given (decisions 4.1: head and decider)? */
bool request_reason_open_to(enum role role, bool of_addressee);

/* The state to show. empty: the request ended without anything added. */
uint8_t request_shown(uint8_t state, bool empty, bool sees_refusal);
/* The same for one part: what was refused shows as nothing known. */
uint8_t answer_shown(uint8_t answer_state, bool sees_refusal);

/* ---- terms -------------------------------------------------------------------------------------- */

/* The last day to answer, counted from the day of issue in working days (D 6.2, settings). */
int32_t request_due(enum request_kind kind, bool urgent, int32_t issued_day,
                    const struct office_days *office);

/* Does the clock of an answer run in this state? */
bool request_waits_for_answer(uint8_t state);

/* Working days over its last day on `today`; 0 or less: not late. */
int request_days_late(uint8_t state, int64_t due_day, int32_t today,
                      const struct office_days *office);
/* Late enough to tell the head (5 working days). */
bool request_escalates(uint8_t state, int64_t due_day, int32_t today,
                       const struct office_days *office);

/* Rule for an extension: a later working day, at most 20 working days after the last day. */
struct verdict request_may_extend(int64_t due_day, int64_t wanted_day,
                                  const struct office_days *office);

/* ---- what may be asked --------------------------------------------------------------------------- */

struct part_asking {
	enum law_category category;
	enum law_letter addressee;
	enum law_unit unit;
	enum law_phase opened_phase; /* for this subject in this casefile */
	enum law_activity activity;
	enum law_crime_form crime_form;
	bool exploitation, criminal_data_present;
	int32_t on_day;
};

/* May this addressee be asked for this category about this subject? */
struct verdict request_part_may(const struct part_asking *q);

/* Every category that this addressee may be asked for when this phase is open: bits of
 * 1 << enum law_category. */
uint64_t request_categories(enum law_letter addressee, enum law_phase opened_phase,
                            enum law_activity activity);

/* The highest phase among these categories. */
enum law_phase request_phase(uint64_t categories);

#endif
