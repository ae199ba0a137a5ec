/*
 * share.h - "Mag ik dit delen?": who gives, to whom, what it is, in which phase and activity
 *
 * The question is put in the words of a clerk: a thing ("bouwvergunning"), not a
 * code. The answer is a verdict with one sentence that starts with its word (Ja,
 * Nee, Alleen als), the article, what to do next and, for an only-if, the
 * conditions. "Weet ik niet" is allowed everywhere (zero, PHASE_UNKNOWN); the answer
 * then names the safest case. A question holds no names and no personal data.
 * Cost: constant, well under a millisecond.
 */
#ifndef LAW_SHARE_H
#define LAW_SHARE_H

#include "law/rules.h"
#include "platform/core/arena.h"

/* ---- to whom ---- */

enum law_taker {
	TAKER_UNKNOWN = 0,
	TAKER_SIGNAL = 1,   /* a signal that is not adopted yet */
	TAKER_CASEFILE = 2, /* a casefile the giver is involved in; also the answer to a request */
	TAKER_PARTICIPANT = 3, /* a result to a participant of this RIEC */
	TAKER_NEIGHBOUR = 4,   /* another municipality */
	TAKER_OTHER_RIEC = 5,
	TAKER_ZVH = 6, /* Zorg- en Veiligheidshuis */
	TAKER_FEC = 7,
	TAKER_ICOV = 8,
	TAKER_THIRD_PUBLIC = 9,    /* a public body that is no participant */
	TAKER_THIRD_PRIVATE = 10,  /* housing corporation, bank, energy company */
	TAKER_COLLEAGUE = 11,      /* a colleague who is not designated for the RIEC */
	TAKER_PARTNER_DIRECT = 12, /* a partner, outside the RIEC */
	TAKER_COUNCIL = 13,        /* municipal council, press, public */
	TAKER_SUBJECT = 14         /* the person himself */
};

struct law_taker_row {
	enum law_taker code;
	const char *id;
	const char *label; /* "Een woningcorporatie of ander bedrijf" */
	const char *article;
};

const struct law_taker_row *law_takers(size_t *ret_count);

/* ---- givers that are no participant ---- */

enum law_outsider {
	OUTSIDER_NONE = 0,
	OUTSIDER_KVK = 1,
	OUTSIDER_KADASTER = 2,
	OUTSIDER_RDW = 3,
	OUTSIDER_FIU = 4,
	OUTSIDER_CJIB = 5,
	OUTSIDER_LIEC = 6,
	OUTSIDER_HOUSING = 7,
	OUTSIDER_BANK = 8,
	OUTSIDER_CARE = 9,
	OUTSIDER_SAFETY_REGION = 10,
	OUTSIDER_OPEN_SOURCE = 11
};

struct law_outsider_row {
	enum law_outsider code;
	const char *id;
	const char *label;    /* "Kamer van Koophandel" */
	const char *sentence; /* why not */
	const char *next;     /* through whom it can come */
};

const struct law_outsider_row *law_outsiders(size_t *ret_count);

/* ---- what ---- */

enum law_thing_nature {
	THING_BY_CATEGORY = 0, /* the tables decide */
	THING_TOPIC,           /* a forbidden topic: `detail` is an enum law_topic */
	THING_REFUSED_TASK,    /* `detail` is the code of a law_refused_task */
	THING_REFUSED_KIND,    /* `detail` is the code of a refused law_kind */
	THING_BSN,
	THING_NATIONALITY,
	THING_UNNAMED,     /* name of tipster, victim, bystander: `detail` is an enum law_role */
	THING_RESULT,      /* what the RIEC made of it: analysis, advice */
	THING_PERSON_FREE, /* figures without persons */
	THING_STAFF
};

struct law_thing {
	uint16_t code;
	const char *label;          /* "Bouwvergunning" */
	const char *noun;           /* inside a sentence: "een bouwvergunning" */
	const char *words;          /* other words for it, for search: "omgevingsvergunning bouw" */
	enum law_category category; /* CATEGORY_NONE unless THING_BY_CATEGORY */
	law_letters givers;         /* who usually has it: for the pick list, decides nothing */
	enum law_unit unit;         /* who inside the giver has it, or UNIT_NONE */
	enum law_thing_nature nature;
	uint16_t detail;
	const char *condition; /* makes a yes an only-if: "Alleen als ..."; or NULL */
	const char *condition_article;
	const char *condition_todo;
	const char *mind; /* what holds for a yes too, beside what always does; or NULL */
};

const struct law_thing *law_things(size_t *ret_count);
const struct law_thing *law_thing(uint16_t code); /* NULL: none */

/* Things whose label or words begin with each word of the query, best first; at most `max`.
 * Returns how many were filled. An empty query gives none. */
size_t law_things_search(const char *query, const struct law_thing **ret_things, size_t max);

/* ---- question and answer ---- */

struct law_question {
	enum law_letter giver; /* LETTER_NONE: not known, or an outsider */
	enum law_outsider outsider;
	enum law_unit unit;
	enum law_taker taker;
	uint16_t thing;             /* of law_things(); 0: by category */
	enum law_category category; /* used where thing is 0 */
	enum law_phase phase;       /* open for the subject; PHASE_UNKNOWN: not known */
	enum law_activity activity; /* ACTIVITY_UNKNOWN: not known */
	enum law_role role;         /* of the person it is about; ROLE_UNKNOWN: not known */
	int32_t on_day;             /* DAY_NONE: today's rules */
};

struct law_answer {
	struct verdict verdict; /* sentence starts with "Ja.", "Nee." or "Alleen als" */
	struct law_conditions conditions;
	enum law_category category; /* what the tables make of it; CATEGORY_NONE: nothing */
	const char *mind;           /* what holds for a yes too, or NULL */
	int32_t valid_since;        /* day from which the rule holds */
	const char *rules_version;
};

/* Strings are static or live in the arena. */
struct law_answer law_may_share(struct arena *arena, const struct law_question *q);

/* A rule's sentence without its leading word: for places where the word stands beside it. */
const char *law_without_word(const char *sentence);

/* ---- what municipalities ask most ---- */

struct law_frequent {
	const char *text; /* "Mag ik een BSN in mijn signaal zetten?" */
	struct law_question question;
};

const struct law_frequent *law_frequents(size_t *ret_count);

#endif
