/*
 * work.h - what waits for whom, and what is new: references and verbs, never content
 *
 * Rooms add a task when something starts to wait for somebody (an audience: a role, an organ,
 * one appointment) and finish it when it's done. "Mijn werk" lists the open ones by due day
 * in Dutch working days. News is what changed for an audience since its last visit.
 *
 * What a task is called comes from a table, so that a page, a mail and the API say the same.
 */
#ifndef WORK_WORK_H
#define WORK_WORK_H

#include <stdint.h>

#include "access/access.h"
#include "platform/db/db.h"

/* Stored; never reused. Rooms add theirs at the end, with a row in kinds.c. */
enum work_kind {
	WORK_ACCOUNT_CONFIRM = 1,
	WORK_ACCOUNT_SCREEN = 2,
	WORK_ACCOUNT_TRAIN = 3,
	WORK_ACCOUNT_ACTIVATE = 4,
	WORK_ROLE_SIGN = 5,
	WORK_BUDGET_LOOK = 6,
	WORK_SIGNAL_INTAKE = 20,
	WORK_SIGNAL_ANSWER = 21,
	WORK_SIGNAL_REVIEW_TEXT = 22,
	WORK_SIGNAL_AGENDA = 23,
	WORK_MEETING_PREPARE = 24,
	WORK_MEETING_MINUTES = 25,
	WORK_SIGNAL_FEEDBACK = 26,
	WORK_DESTRUCTION_SIGN = 27,
	WORK_SIGNAL_UNDECIDED = 28,
	WORK_FACTORS_CONFIRM = 29,
	WORK_HOLD_SIGN = 30,
	WORK_HOLD_ENDS = 31,
	WORK_CASEFILE_STAFF = 40,
	WORK_SUBJECT_ENDS = 41,
	WORK_FACT_CORRECTED = 42,
	WORK_CASEFILE_ASK = 45,
	WORK_CASEFILE_ANALYSE = 46,
	WORK_CASEFILE_ADVISE = 47,
	WORK_STEERING_PREPARE = 90,
	WORK_STEERING_SIGN = 91,
	WORK_STEERING_ACTION = 92,
	WORK_STEERING_MINUTES = 93,
	WORK_STEERING_GUEST = 94,
	WORK_REPORT_CONSENT = 97,
	WORK_CASEFILE_TASK = 43,
	WORK_PHASE_SIGN = 44,
	WORK_REQUEST_ANSWER = 50,
	WORK_REQUEST_SIGN = 51,
	WORK_REQUEST_CHECK = 52,
	WORK_REQUEST_CLOSE = 53,
	WORK_REQUEST_TIME = 54,
	WORK_REQUEST_LATE = 55,
	WORK_INTERVENTION_AGREE = 80,
	WORK_INTERVENTION_ASSIGN = 81,
	WORK_INTERVENTION_DO = 82,
	WORK_INTERVENTION_REVIEW = 83,
	WORK_INTERVENTION_CONFIRM = 84,
	WORK_INTERVENTION_END = 85,
	WORK_INTERVENTION_REPORT = 86,
	WORK_INTERVENTION_EFFECT = 87,
	WORK_INTERVENTION_RECHECK = 88,
	WORK_INTERVENTION_MESSAGE = 89,
	WORK_ADVICE_FEASIBLE = 70,
	WORK_ADVICE_OBJECTION = 71,
	WORK_ADVICE_SIGN = 72,
	WORK_ADVICE_HANDLE = 73,
	WORK_QUICK_DECIDE = 74,
	WORK_ANALYSIS_REVIEW = 60,
	WORK_ANALYSIS_SIGN = 61,
	WORK_PRACTICE_CHECK = 95,
	WORK_PRACTICE_REWRITE = 96
};

enum news_kind {
	NEWS_ACCOUNT_MOVED = 1,
	NEWS_ROLE_DECIDED = 2,
	NEWS_ACCOUNT_IDLE = 3,
	NEWS_BUDGET_ALARM = 4,
	NEWS_SIGNAL_MOVED = 20,
	NEWS_SIGNAL_QUESTION = 21,
	NEWS_SIGNAL_OUTCOME = 22,
	NEWS_SIGNAL_INVITED = 23,
	NEWS_SIGNAL_RETURN_ENDS = 24,
	NEWS_SIGNAL_DRAFT_ENDS = 25,
	NEWS_SIGNAL_DRAFT_ENDED = 26,
	NEWS_IMPORT_UNDONE = 27,
	NEWS_SIGNAL_SUBMITTED = 28,
	NEWS_SIGNAL_ACCEPTED = 29,
	NEWS_SIGNAL_ON_AGENDA = 32,
	NEWS_SIGNAL_DECIDED = 33,
	NEWS_SIGNAL_DEFERRED = 34,
	NEWS_SIGNAL_DRAFT_AGAIN = 35,
	NEWS_SIGNAL_WITHDRAWN = 36,
	NEWS_SIGNAL_OVER = 37, /* 37-39: its organ's desk can't open it now */
	NEWS_SIGNAL_OVER_TOLD = 38,
	NEWS_SIGNAL_OVER_WITHDRAWN = 39,
	NEWS_MEETING_CALLED_OFF = 30,
	NEWS_HOLD_ENDED = 31,
	NEWS_CASEFILE_MEMBER = 40,
	NEWS_SUBJECT_ENDS = 41,
	NEWS_SUBJECT_ENDED = 42,
	NEWS_FACT_CORRECTED = 43,
	NEWS_REQUEST_FACT_CORRECTED = 44,
	NEWS_CASEFILE_SUPPLEMENTED = 45,
	NEWS_CASEFILE_TAKEN_UP = 46,
	NEWS_CASEFILE_JOINED = 47,
	NEWS_CASEFILE_SPLIT = 48,
	NEWS_PHASE_DECIDED = 49,
	NEWS_STEERING_DECIDED = 90,
	NEWS_STEERING_CALLED_OFF = 91,
	NEWS_REPORT_FACT_CORRECTED = 92,
	NEWS_STEERING_GUEST = 93,
	NEWS_STEERING_GUEST_OFF = 94,
	NEWS_CONSENT_ANSWERED = 95,
	NEWS_CONSENT_WITHDRAWN = 96,
	NEWS_CONSENT_LATE = 97,
	NEWS_CONSENT_DUE = 98,
	NEWS_REQUEST_DUE = 50,
	NEWS_REQUEST_LATE = 51,
	NEWS_REQUEST_SENT_BACK = 52,
	NEWS_REQUEST_TIME_GIVEN = 53,
	NEWS_REQUEST_TIME_DENIED = 54,
	NEWS_REQUEST_CANCELLED = 55,
	NEWS_INTERVENTION_DECLINED = 80,
	NEWS_INTERVENTION_REMINDER = 81,
	NEWS_INTERVENTION_LATE = 82,
	NEWS_ADVICE_ANSWERED = 70,
	NEWS_ADVICE_FINAL = 71,
	NEWS_ADVICE_SUBMITTED = 72,
	NEWS_ADVICE_PROVIDED = 73,
	NEWS_ADVICE_WITHDRAWN = 74,
	NEWS_QUICK_DECIDED = 75,
	NEWS_INTERVENTION_HELP = 83,
	NEWS_MESSAGE_REFUSED = 84,
	NEWS_MESSAGE_AGREED = 85,
	NEWS_MESSAGE_DUE = 86,
	NEWS_MESSAGE_SILENT = 87
};

struct work_word {
	int kind;
	const char *title;  /* "Intake doen" */
	const char *detail; /* "Een nieuw signaal wacht op beoordeling" */
	const char *path;   /* where it is done: "/signals/%s", %s the reference; NULL: nowhere */
};
const struct work_word *work_word(int kind);
/* The same for who waits for it, where he can't open what the other opens. */
const struct work_word *work_awaited_word(int kind);
const struct work_word *news_word(int kind);

/*
 * Where the object of a task or of news belongs (enum audit_object). What belongs to a casefile isn't
 * shown to who is kept from it. WORK_UNPLACED: nobody said yet; such tasks and news are refused, so
 * that no new kind of them tells what it shouldn't.
 */
enum work_place { WORK_UNPLACED = 0, WORK_BY_ITSELF = 1, WORK_IN_CASEFILE = 2 };
enum work_place work_place_of(int object_kind);

struct work_task {
	int64_t id;
	audience owner;
	int kind;
	int object_kind; /* enum audit_object */
	int64_t object_id;
	const char
	    *reference;  /* "S-2026-7K3QF", or the id of an account; shown and part of the path */
	int64_t due_day; /* days since 1970 */
	int64_t created_at, created_by; /* created_by: appointment, 0: the system */
};

struct work_news {
	int64_t id, at;
	int kind;
	int object_kind;
	int64_t object_id;
	const char *reference;
};

enum { WORK_LIST_MAX = 100, WORK_PAGE = 25 };

struct work_wish {
	int64_t since_ms; /* of news */
	int32_t today;
	int64_t after_due, after_id; /* the last task of the page before; INT64_MIN, 0: the first */
};
/* At most WORK_LIST_MAX of each. */
struct work_lists {
	struct array open; /* of struct work_task: of this viewer's audiences, by due day; at most
	                       * WORK_PAGE + 1, the last of those only tells that there are more */
	struct array awaited; /* of struct work_task: what this appointment gave to others */
	struct array news;    /* of struct work_news: as work_news */
	int64_t all, late, due_today; /* open tasks in all; of those before, of today */
};
/* How much waits for this viewer: 99 at most are counted. */
MUST_CHECK enum status work_open_count(struct db_read *r, const struct viewer *v, int64_t *ret,
                                       struct error *reterr);

/* All of it, asked of the database together. Cost: linear in the open tasks, for the counts. */
MUST_CHECK enum status work_of(struct db_read *r, const struct viewer *v,
                               const struct work_wish *wish, struct arena *a,
                               struct work_lists *ret, struct error *reterr);
/* News for this viewer's audiences after since_ms, newest first, at most WORK_LIST_MAX. */
MUST_CHECK enum status work_news(struct db_read *r, const struct viewer *v, int64_t since_ms,
                                 struct arena *a, struct array *ret, struct error *reterr);
/* How many, at most 99: asked now, read before the snapshot ends (db_ask). */
MUST_CHECK enum status work_ask_news_count(struct db_read *r, const struct viewer *v,
                                           int64_t since_ms, struct db_rows *ret,
                                           struct error *reterr);
MUST_CHECK enum status work_read_news_count(struct db_rows *rows, int32_t *ret,
                                            struct error *reterr);

/* ---- inside a job ------------------------------------------------------------------ */

/* Both: ERR_INTERNAL where work_place_of() doesn't know the kind of the object. */
MUST_CHECK enum status work_add(struct db_tx *tx, const struct work_task *task,
                                struct error *reterr);
/* Everything of this kind about this thing is done (kind 0: of any kind). */
MUST_CHECK enum status work_done(struct db_tx *tx, int kind, int object_kind, int64_t object_id,
                                 int64_t by_person, int64_t now_ms, struct error *reterr);
/* What waits about things of this kind in a casefile waits for nobody: who is asked can't do it any more. */
MUST_CHECK enum status work_done_in_casefile(struct db_tx *tx, int64_t casefile_id, int object_kind,
                                             int64_t now_ms, struct error *reterr);
/* A casefile that was put away or destroyed can't be opened: its tasks wait for nobody and its news goes,
 * but for what outlives it: its interventions, actions of the Stuurploeg, holds, its destruction. */
MUST_CHECK enum status work_end_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                         struct error *reterr);
/* All news about this thing goes: those who were told can't open it any more. */
MUST_CHECK enum status work_untell(struct db_tx *tx, int object_kind, int64_t object_id,
                                   struct error *reterr);
/* Of one owner, all of this kind with this reference: where each has to say it for himself. */
struct work_mine {
	audience owner;
	int kind;
	const char *reference;
};
MUST_CHECK enum status work_done_mine(struct db_tx *tx, const struct work_mine *mine,
                                      int64_t by_person, int64_t now_ms, struct error *reterr);
MUST_CHECK enum status work_tell(struct db_tx *tx, audience to, const struct work_news *news,
                                 struct error *reterr);
MUST_CHECK enum status work_seen(struct db_tx *tx, int64_t person_id, int64_t now_ms,
                                 struct error *reterr);

extern const struct db_stmt *const work_statements[];

#endif
