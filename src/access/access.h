/*
 * access.h - may this viewer do this? Pure; the default is no
 *
 * Authority comes from an appointment, never from the person: who works under two
 * appointments chooses one ("namens wie"), and only that one counts. Three questions:
 *
 *   access_permits   may this role come to this page at all? A table of role x permission.
 *   access_may       is this record open to him? His audiences and the record's meet, and
 *                    no block (conflict of interest, embargo) stands on this person.
 *   access_standing  is the appointment in force today: account, dates, screening, training?
 *
 * A record's audiences are written with the record from the same sets, so that a list is a
 * merge of bounded index scans and SQL holds no rule (architecture: access).
 */
#ifndef ACCESS_ACCESS_H
#define ACCESS_ACCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/arena.h"
#include "platform/core/verdict.h"

/* Stored; written out, never reused. D 3.1, D 6 and decisions 5. */
enum role {
	ROLE_SUBMITTER = 1,
	ROLE_PARTNER_DESK = 2,
	ROLE_PARTNER_DECIDER = 3,
	ROLE_MUNICIPAL_CONTACT = 4,
	ROLE_MAYOR_READER = 5,
	ROLE_INFO_MEETING_MEMBER = 6,
	ROLE_CHAIR = 7,
	ROLE_SECRETARY = 8,
	ROLE_INFO_COORDINATOR = 9,
	ROLE_ANALYST = 10,
	ROLE_ACCOUNT_MANAGER = 11,
	ROLE_EXPERT = 12,
	ROLE_RIEC_HEAD = 13,
	ROLE_WORKING_GROUP = 14,
	ROLE_STEERING_MEMBER = 15,
	ROLE_STEERING_SECRETARY = 16,
	ROLE_INTERVENTION_LEAD = 17,
	ROLE_EXECUTOR = 18,
	ROLE_RECORDS_MANAGER = 19,
	ROLE_CONTACT_POINT = 20,
	ROLE_COORD_DPO = 21,
	ROLE_RAC = 22,
	ROLE_AUDITOR = 23,
	ROLE_AUTHORISATION_MANAGER = 24, /* a participant's own: who works here, in which role */
	ROLE_SYSTEM_ADMIN = 25,
	ROLE_COUNT = 26
};

#define ROLE_BIT(role) (UINT64_C(1) << (role))

struct role_row {
	enum role role;
	const char *name;  /* "INFO_COORDINATOR" */
	const char *label; /* "informatiecoördinator" */
	const char *duty;  /* one Dutch sentence: what this role is for */
	bool bureau;       /* a post at the RIEC bureau, neutral between partners */
	bool four_eyes;    /* granting it asks a second signature */
};
const struct role_row *access_role(enum role role); /* NULL for a number that is no role */
const struct role_row *access_role_named(const char *name);

/* What a route asks. Rooms add theirs; the table in permissions.c says who has it. */
enum permission {
	PERM_PUBLIC = 0,
	PERM_SIGNED_IN, /* own things: work, settings, sessions, own log */
	PERM_LAW_ASK,
	PERM_PEOPLE_READ,
	PERM_PEOPLE_MANAGE, /* confirm, screen, train, suspend, revoke: own participant */
	PERM_ROLE_PROPOSE,
	PERM_ROLE_CONFIRM,
	PERM_ACCESS_EXPLAIN, /* "Wat ziet X, en waarom?" */
	PERM_LOG_READ,
	PERM_RECORD_LOG_READ, /* "Wie heeft dit bekeken?" */
	PERM_WHO_SEES,        /* "Wie ziet dit?", of a record that he sees himself */
	PERM_SIGNAL_READ,
	PERM_SIGNAL_WRITE,
	PERM_SIGNAL_INTAKE,
	PERM_SIGNAL_IMPORT,
	PERM_MEETING_READ,
	PERM_MEETING_SCORE,
	PERM_MEETING_RUN, /* agenda, reveal, register, close */
	PERM_DESTRUCTION_LIST,
	PERM_HOLD_READ, /* what is kept longer, until when */
	PERM_HOLD_SET,  /* and what it keeps */
	PERM_HOLD_SIGN, /* as second person */
	PERM_CASEFILE_READ,
	PERM_CASEFILE_WORK,   /* facts, phases, moves: what his capacity allows */
	PERM_CASEFILE_PEOPLE, /* members and blocks */
	PERM_BOTTLENECKS,
	PERM_PROJECTS, /* the register, and which casefile belongs to one */
	PERM_REQUEST_READ,
	PERM_REQUEST_WRITE,
	PERM_REQUEST_ANSWER,
	PERM_REQUEST_CHECK,
	PERM_REQUEST_REASON, /* whether a refusal was given a reason */
	PERM_REQUEST_AGEING,
	PERM_INTERVENTION_READ,
	PERM_INTERVENTION_WORK,  /* steps, reports, amounts: what his part in it allows */
	PERM_INTERVENTION_AGREE, /* as owner, WGS 1.3(4) */
	PERM_SEIZURE_READ,
	PERM_SEIZURE_WRITE, /* measures of his own organisation */
	PERM_SEIZURE_TARGETS,
	PERM_ADVICE_READ,
	PERM_ADVICE_WRITE,
	PERM_ADVICE_ANSWER, /* for the own organ: can we, may they */
	PERM_ADVICE_SIGN,
	PERM_ANALYSIS_READ,
	PERM_ANALYSIS_WRITE,
	PERM_ANALYSIS_PREVIEW, /* as another member reads it */
	PERM_ANALYSIS_FREEZE,
	PERM_MONITOR,
	PERM_FIGURES_EXCHANGE, /* files with figures of regions: make one, read one in */
	PERM_LEARNING,         /* what earlier work showed, good practices */
	PERM_PRACTICE_WRITE,
	PERM_PRACTICE_CHECK,  /* reads it before others do */
	PERM_FACTORS_CONFIRM, /* own factors of the weighing, as second person */
	PERM_OWN_YEAR,        /* of his municipality, small counts too */
	PERM_MATCH_JUDGE,     /* whether two are the same */
	PERM_OWNER_REPORT,    /* what may be used in a decision of the own organisation */
	PERM_STEERING_READ,
	PERM_STEERING_RUN,   /* agenda, rulings, minutes, hours: the secretary's part */
	PERM_STEERING_SIGN,  /* the chair's part */
	PERM_COPIES_READ,    /* what went out of a casefile, to whom */
	PERM_DECISION_READ,  /* what was decided about a casefile that he sees */
	PERM_STEERING_POINT, /* one point of the Stuurploeg, as member or as its guest */
	PERM_COUNT
};

bool access_permits(enum role role, enum permission permission);

/* What it allows, in Dutch: "Signalen lezen". */
const char *access_permission_word(enum permission permission);

/* "Signalen lezen", for who is about to give a role; NULL: everybody has it, not worth saying. */
const char *access_permission_label(enum permission permission);

/* ---- viewer and audiences ---------------------------------------------------------- */

enum audience_kind {
	AUDIENCE_ROLE = 1,        /* everybody of this role in the region: coordinators, heads */
	AUDIENCE_PARTICIPANT = 2, /* all who work for a participant, in a role that reads */
	AUDIENCE_ORGAN =
	    3, /* mayor or executive of one municipality, or a participant's one organ */
	AUDIENCE_DESK = 4,
	AUDIENCE_APPOINTMENT = 5,
	AUDIENCE_MEETING = 6,      /* invited to one meeting, while invited */
	AUDIENCE_MUNICIPALITY = 7, /* account manager, mayor as reader */
	AUDIENCE_CASEFILE = 8,     /* members of one casefile */
	AUDIENCE_MANAGERS = 9, /* who say who works for a participant; never readers of records */
	AUDIENCE_ORGAN_DESK = 10, /* the desk of one organ: what that organ brought in, no drafts */
	AUDIENCE_DECIDERS = 11,   /* who decide for one organ: refuse, consent, sign */
	AUDIENCE_STEERING = 12    /* the Stuurploeg's members of one organ */
};

/* kind and id in one number, as stored in the audience tables. id below 2^48. */
typedef int64_t audience;
static inline audience audience_of(enum audience_kind kind, int64_t id)
{
	return ((int64_t)kind << 48) | id;
}

enum { VIEWER_AUDIENCES_MAX = 4, THING_AUDIENCES_MAX = 64 };

struct viewer {
	int64_t person_id;
	int64_t appointment_id;
	int64_t participant_id;
	int64_t organ_id;        /* 0: bureau */
	int64_t desk_id;         /* 0: none */
	int64_t municipality_id; /* 0: none */
	char letter;             /* of the organ, WGS 2.19(1): 'a'..'l'; 0: bureau */
	enum role role;
	bool machine; /* came with an API token */
	audience audiences[VIEWER_AUDIENCES_MAX];
	uint8_t audience_count;
};

/*
 * Fills viewer->audiences from role and belonging. Computed for every request, so that an
 * ended appointment bites at once.
 */
void viewer_audiences(struct viewer *viewer);

enum act { ACT_READ, ACT_WRITE, ACT_DECIDE };

/* A record as far as access needs it. */
struct thing {
	audience readers[THING_AUDIENCES_MAX];
	uint8_t reader_count;
	audience writers[THING_AUDIENCES_MAX];
	uint8_t writer_count;
	const int64_t *blocked_persons; /* conflict of interest, embargo; NULL: none */
	size_t blocked_count;
};

/* An audience that comes by invitation, not by role: a meeting's, a casefile's. */
struct invited {
	audience to;
	struct array appointments; /* of int64_t */
};

/* The audiences of those of `invited` (struct invited) that name his appointment, as far as he has
 * room: what the gate adds to a request. */
void access_join(struct viewer *viewer, struct array invited);

bool access_may(const struct viewer *viewer, enum act act, const struct thing *thing);

/* ---- standing ---------------------------------------------------------------------- */

enum { NO_DAY = 0 };

struct standing {
	bool account_active;
	int64_t from_day, until_day; /* days since 1970; until_day is the last day, NO_DAY: open */
	int64_t ended_at_ms;         /* 0: not ended; ends the same minute */
	int64_t screened_on_day;     /* NO_DAY: never */
	bool screened_by_vog;        /* 36/48 months; other manners: yearly confirmation */
	int64_t trained_on_day;      /* NO_DAY: never */
	bool handles_persons;        /* the role sees personal data: screening and training count */
};

/*
 * Is the appointment in force? VERDICT_ONLY_IF: yes, with a warning (screening ends
 * soon). terms in months are settings with these defaults.
 */
struct screening_terms {
	int warn_months, block_months, other_months;
};
extern const struct screening_terms SCREENING_TERMS;
struct verdict access_standing(const struct standing *s, const struct screening_terms *terms,
                               int64_t now_ms, int64_t today);

/* True for roles that see personal data of subjects. */
bool role_handles_persons(enum role role);

/* Does this role see the records behind all counts (D 6.8)? Who doesn't, sees no small cells. */
bool role_sees_all_records(enum role role);

#endif
