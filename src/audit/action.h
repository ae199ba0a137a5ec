/*
 * action.h - what can stand in the log: kinds of acts and kinds of things, as data
 *
 * Every route names its action; every handler says which object it touched. The numbers
 * are stored and never reused. Names are the log's and API's, labels the screen's.
 */
#ifndef AUDIT_ACTION_H
#define AUDIT_ACTION_H

#include <stdint.h>

enum audit_action {
	AUDIT_NONE = 0, /* routes with ROUTE_NO_EVENT only */
	AUDIT_SIGN_IN = 1,
	AUDIT_SIGN_OUT = 2,
	AUDIT_CREDENTIAL_CHANGE = 3,
	AUDIT_CAPACITY_CHOICE = 4,
	AUDIT_STEP_UP = 5,
	AUDIT_HOME_VIEW = 10,
	AUDIT_OWN_VIEW = 11, /* own settings, sessions, history */
	AUDIT_OWN_CHANGE = 12,
	AUDIT_LAW_ASK = 20,
	AUDIT_RULES_VIEW = 21,
	AUDIT_PEOPLE_VIEW = 30,
	AUDIT_ACCOUNT_REQUEST = 31,
	AUDIT_ACCOUNT_CHANGE = 32,
	AUDIT_ROLE_CHANGE = 33,
	AUDIT_HAND_OVER = 34,
	AUDIT_ACCESS_EXPLAIN = 35,
	AUDIT_TOKEN_CHANGE = 36,
	AUDIT_BUDGET = 37, /* somebody did more in an hour than is usual, or may */
	AUDIT_LOG_VIEW = 40,
	AUDIT_LOG_EXPORT = 41,
	AUDIT_RECORD_LOG_VIEW = 42,
	AUDIT_LOG_BEGIN = 43,   /* first leaf of a tree: names the last head of the one before */
	AUDIT_LOG_DESTROY = 44, /* a quarter whose term is over: its bodies go, its heads stay */
	AUDIT_SEARCH = 50,
	AUDIT_ADMIN = 60, /* command line: migrations, keys, backup, demo, settings */
	AUDIT_KEYS_ROTATE = 61,
	AUDIT_SIGNAL_VIEW = 100,
	AUDIT_SIGNAL_LIST = 101,
	AUDIT_SIGNAL_WRITE = 102,
	AUDIT_SIGNAL_SUBMIT = 103,
	AUDIT_SIGNAL_MOVE = 104,
	AUDIT_SIGNAL_EXPORT = 105,
	AUDIT_SIGNAL_IMPORT = 106,
	AUDIT_IDENTIFIER_SHOW = 107,
	AUDIT_ATTACHMENT_READ = 108,
	AUDIT_KNOWN_ALREADY = 109,
	AUDIT_SIGNAL_HELPER = 110, /* an account manager asked in, or no longer */
	AUDIT_SIGNAL_LINK = 111,
	AUDIT_MEETING_VIEW = 120,
	AUDIT_MEETING_CHANGE = 121,
	AUDIT_SCORE = 122,
	AUDIT_OUTCOME = 123,
	AUDIT_STEERING_VIEW = 210, /* a meeting of the Stuurploeg, its points and decisions */
	AUDIT_STEERING_CHANGE = 211,
	AUDIT_STEERING_DECIDE = 212,
	AUDIT_STEERING_POOL = 213,  /* hours of participants */
	AUDIT_STEERING_COPY = 214,  /* a pack or a bestuurlijke rapportage */
	AUDIT_REPORT_CONSENT = 215, /* a source asked whether its facts may stand in one */
	AUDIT_DESTROY = 130,
	AUDIT_DESTRUCTION_LIST = 131,
	AUDIT_HOLD_VIEW = 132, /* a hold on destruction, what it keeps */
	AUDIT_HOLD_MOVE = 133,
	AUDIT_CASEFILE_VIEW = 140,
	AUDIT_CASEFILE_LIST = 141,
	AUDIT_CASEFILE_MOVE = 142,
	AUDIT_CASEFILE_PEOPLE = 143,
	AUDIT_BOTTLENECK = 144,
	AUDIT_SUBJECT_VIEW = 145,
	AUDIT_FACT_WRITE = 146,
	AUDIT_PHASE = 147,
	AUDIT_FACT_CORRECT = 148,
	AUDIT_CASEFILE_NOTE = 149,
	AUDIT_REQUEST_VIEW = 150, /* a question to a partner and what came back */
	AUDIT_REQUEST_LIST = 151,
	AUDIT_REQUEST_WRITE = 152,
	AUDIT_REQUEST_MOVE = 153,
	AUDIT_REQUEST_ANSWER =
	    154, /* also that nothing is known, also a refusal: alike on purpose */
	AUDIT_REQUEST_CHECK = 155,
	AUDIT_REQUEST_REASON = 156, /* looked whether a reason to refuse was given */
	AUDIT_REQUEST_COPY = 157,   /* for the desk's own systems */
	AUDIT_PROVISIONS = 158,     /* the desk's own register */
	AUDIT_INTERVENTION_VIEW = 190,
	AUDIT_INTERVENTION_LIST = 191,
	AUDIT_INTERVENTION_MOVE = 192,
	AUDIT_INTERVENTION_REPORT = 193, /* monthly status, hours */
	AUDIT_INTERVENTION_AMOUNT = 194,
	AUDIT_INTERVENTION_EFFECT = 195, /* assessed, lessons, place looked at again */
	AUDIT_INTERVENTION_PLAN = 196,   /* who waits for whom, reminders, day of action */
	AUDIT_INTERVENTION_MESSAGE = 197,
	AUDIT_SEIZURE = 198,     /* the ledger of integral seizure */
	AUDIT_ADVICE_VIEW = 170, /* what partners are advised to do */
	AUDIT_ADVICE_LIST = 171,
	AUDIT_ADVICE_WRITE = 172,
	AUDIT_ADVICE_MOVE = 173,
	AUDIT_ADVICE_ANSWER = 174, /* an owner or a source */
	AUDIT_ADVICE_PRINT = 175,
	AUDIT_QUICK_VIEW = 176, /* what one partner does before the advice */
	AUDIT_QUICK_ASK = 177,
	AUDIT_QUICK_DECIDE = 178,
	AUDIT_ANALYSIS_VIEW = 160,
	AUDIT_ANALYSIS_WRITE = 161,
	AUDIT_ANALYSIS_PREVIEW = 162, /* as another member reads it */
	AUDIT_ANALYSIS_FREEZE = 163,
	AUDIT_ANALYSIS_COPY = 164,  /* print, ODT, PDF */
	AUDIT_COPIES = 165,         /* who got what of a casefile */
	AUDIT_MONITOR = 250,        /* figures that name nobody */
	AUDIT_MATCH_LOOK = 186,     /* who may be the same as whom: a search */
	AUDIT_MATCH_JUDGE = 187,    /* judged, or undone */
	AUDIT_LEARNING = 251,       /* what earlier work showed: nobody in it */
	AUDIT_PROJECT = 253,        /* projects, and which casefile belongs to one */
	AUDIT_FIGURES_SEND = 254,   /* a file with figures of the own region */
	AUDIT_FIGURES_TAKE = 255,   /* one of another region, read in */
	AUDIT_PRACTICE_WRITE = 252, /* a good practice: written, read, published */
};

enum audit_object {
	OBJECT_NONE = 0,
	OBJECT_PERSON = 1, /* somebody who works with Plein */
	OBJECT_APPOINTMENT = 2,
	OBJECT_SESSION = 3,
	OBJECT_TOKEN = 4,
	OBJECT_PARTICIPANT = 5,
	OBJECT_LOG = 6,
	OBJECT_KEYS = 7,
	OBJECT_SIGNAL = 10,
	OBJECT_SUBJECT = 11,
	OBJECT_FACT = 12,
	OBJECT_ATTACHMENT = 13,
	OBJECT_MEETING = 14,
	OBJECT_AGENDA_ITEM = 15,
	OBJECT_STEERING_POINT = 50,
	OBJECT_STEERING_DECISION = 51,
	OBJECT_STEERING_ACTION = 52,
	OBJECT_STEERING_COPY = 53,
	OBJECT_CONSENT = 54,
	OBJECT_IMPORT = 16,
	OBJECT_CASEFILE = 17,
	OBJECT_DESTRUCTION_LIST = 18,
	OBJECT_HOLD = 24,
	OBJECT_REQUEST = 25,
	OBJECT_INTERVENTION = 35,
	OBJECT_ACTION_DAY = 36,
	OBJECT_SEIZURE = 38,
	OBJECT_PRACTICE = 39,
	OBJECT_ADVICE = 41,
	OBJECT_PROPOSAL = 42,      /* one intervention in an advice */
	OBJECT_ADVICE_SOURCE = 43, /* a participant on whose data it rests */
	OBJECT_QUICK_ACTION = 44,
	OBJECT_ANALYSIS = 26,
	OBJECT_PARAGRAPH = 27,
	OBJECT_CASEFILE_TASK = 19,
	OBJECT_NOTE = 61, /* in a casefile */
};

struct audit_word {
	uint16_t code;
	const char *name;  /* "SIGNAL_VIEW" */
	const char *label; /* "bekeek een signaal" */
};

/* The row of a code, or NULL. */
const struct audit_word *audit_action_word(uint16_t action);
const struct audit_word *audit_object_word(uint16_t object);

/* All rows, for filters; *ret_count of them. */
const struct audit_word *audit_action_words(uint32_t *ret_count);
const struct audit_word *audit_object_words(uint32_t *ret_count);

#endif
