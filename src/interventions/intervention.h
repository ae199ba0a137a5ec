/*
 * intervention.h - an intervention from decision to measured effect: its life, its rules; pure
 *
 * The Stuurploeg decides, an owner's own power does the work (WGS 1.3(4)): nothing is approved
 * before every owner agreed. The regievoerder assigns and confirms, the executor starts, reports
 * and brings a result, and whether it helped is asked after 3, 6 and 12 months (D 6.4). An owner
 * without an executor of its own is reported for by its desk (decisions 4.4).
 */
#ifndef INTERVENTIONS_INTERVENTION_H
#define INTERVENTIONS_INTERVENTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "law/rules.h"
#include "platform/core/calendar.h"
#include "platform/core/machine.h"
#include "platform/http/input.h" /* struct code */

/* Stored; never reused. */
enum intervention_state {
	INTERVENTION_NONE = 0,
	INTERVENTION_PROPOSED = 1,
	INTERVENTION_AGREEING = 2, /* decided; an owner still has to agree */
	INTERVENTION_APPROVED = 3,
	INTERVENTION_REJECTED = 4,
	INTERVENTION_ASSIGNED = 5,
	INTERVENTION_IN_PROGRESS = 6,
	INTERVENTION_ON_HOLD = 7,
	INTERVENTION_NOT_EXECUTED = 8,
	INTERVENTION_EXECUTED = 9,
	INTERVENTION_CONFIRMED = 10,
	INTERVENTION_ASSESSED = 11,
	INTERVENTION_CLOSED = 12,
	INTERVENTION_CANCELLED = 13,
	INTERVENTION_STATE_COUNT
};

enum intervention_action {
	INTERVENTION_PROPOSE = 1,
	INTERVENTION_APPROVE = 2,
	INTERVENTION_ASK_OWNERS = 3,
	INTERVENTION_AGREE = 4, /* the last owner agreed */
	INTERVENTION_REJECT = 5,
	INTERVENTION_ASSIGN = 6,
	INTERVENTION_START = 7,
	INTERVENTION_HOLD = 8,
	INTERVENTION_RESUME = 9,
	INTERVENTION_GIVE_UP = 10,
	INTERVENTION_EXECUTE = 11,
	INTERVENTION_CONFIRM = 12,
	INTERVENTION_ASSESS = 13,
	INTERVENTION_CLOSE = 14,
	INTERVENTION_CANCEL = 15
};

/* Stored; never reused. */
enum owner_answer { OWNER_ASKED = 1, OWNER_AGREED = 2, OWNER_DECLINED = 3 };
enum report_standing { REPORT_ON_SCHEDULE = 1, REPORT_DELAYED = 2, REPORT_NEEDS_HELP = 3 };
enum displacement { DISPLACED_UNKNOWN = 0, DISPLACED_NO = 1, DISPLACED_YES = 2 };
extern const struct code OWNER_ANSWERS[], REPORT_STANDINGS[], DISPLACEMENTS[], EFFECTS[];
extern const struct code INTERVENTION_REASONS[]; /* why not executed, WGS 1.7(4) */
extern const struct code INTERVENTION_KINDS[], INTERVENTION_WEIGHTS[];

/* What guards ask; intervention_picture_load() fills it, the caller what comes with the act. */
struct intervention_picture {
	uint8_t state;
	int64_t owners, owners_agreed;
	bool has_basis, has_lead;
	bool lead_in_force; /* the regievoerder's appointment is */
	int64_t due_day;    /* 0: none */
	int32_t today;
	int64_t assessments;

	/* with the act */
	bool reason_given;
	int64_t review_day, executed_day; /* 0: not said */
	bool has_result, has_amount;
};

extern const struct machine INTERVENTION_MACHINE;

/* Not carried out yet, nor ended: while one of these runs, its casefile is in execution. */
bool intervention_runs(uint8_t state);
/* Somebody carries it out now: monthly reports are asked. */
bool intervention_reports(uint8_t state);
/* Amounts may be registered: it runs or was carried out, and wasn't cancelled. */
bool intervention_takes_amounts(uint8_t state);

/* Who belongs to it, as far as acting asks. */
struct intervention_people {
	int64_t lead_id, organ_id, executor_id; /* executor of the lead owner, 0: its desk */
};
/* Is this viewer the one meant by his role here: this regievoerder, this executor, this desk? */
bool intervention_concerns(const struct viewer *viewer, const struct intervention_people *people);

/* An owner, as far as readers depend on it. */
struct intervention_party {
	int64_t organ_id, executor_id, municipality_id; /* executor, municipality: 0: none */
};
/*
 * Who reads it beside those to whom its casefile is open: its regievoerder; of each owner the
 * executor, the deciders and the desk, and of a municipality its mayor and account manager; the
 * Stuurploeg members of the organs in the casefile, and the Stuurploeg's secretary. ret has room for
 * INTERVENTION_READERS_MAX; how many, each once.
 */
enum { INTERVENTION_READERS_MAX = 120 };
size_t intervention_readers(int64_t lead_id, const struct intervention_party *parties, size_t count,
                            const int64_t *casefile_organs, size_t organ_count, audience *ret);

/* ---- monthly reports ------------------------------------------------------------------------ */

enum { REPORT_WARN_DAYS = 5, REPORT_HOURS_MAX = 2000 };

/* year * 100 + month */
int64_t report_month(int32_t day);
/* The last day of the first report, and of the next one: each calendar month is told of once. */
int64_t report_first_due(int32_t assigned_day);
int64_t report_next_due(int64_t due_day, int32_t reported_day);

/* ---- effect ---------------------------------------------------------------------------------- */

/* After how many months the next assessment is due: 3, 6, 12, or 0: all are done. done: bits of
 * 1 << (months / 3). */
int effect_next_months(int64_t done);
int32_t effect_due_day(int64_t executed_day, int months);
int64_t effect_bit(int months);

/* May this be assessed now? Not before its months passed, nor twice, nor before a result. */
struct verdict effect_may_assess(uint8_t state, int64_t executed_day, int64_t done, int months,
                                 int32_t today);

#endif
