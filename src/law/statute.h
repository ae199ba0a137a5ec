/*
 * statute.h - who takes part in a RIEC, for which task, in which activity
 *
 * A participant is a letter of WGS, artikel 2.19, eerste lid. A municipality is two
 * participants: the mayor (h) and the executive (i). A unit is a part of a
 * participant where the law treats it apart. A row holds from `from` up to and
 * including `until`; DAY_NONE is open. Rows are never reordered or renumbered:
 * their codes are stored.
 */
#ifndef LAW_STATUTE_H
#define LAW_STATUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/arena.h"
#include "platform/core/calendar.h"

/* The version of all tables and rules in this room; stored with a verdict that decided something.
 */
const char *law_rules_version(void);
/* "2026-11-22.1" as people say it: "22 november 2026", of a later edition of that day "..., uitgave 2". What isn't
 * a version stays as it is. */
const char *law_edition_words(struct arena *a, const char *version);

struct law_validity {
	int32_t from, until; /* days since 1970, inclusive; DAY_NONE: open */
};

enum {
	WGS_FIRST_DAY = 20148 /* 1 March 2025: BGS, artikel 4.1 */
};

/* DAY_NONE as day asks for the rules without a date: every row holds. */
bool law_valid_on(struct law_validity validity, int32_t day);

/* ---- participants ---- */

enum law_letter {
	LETTER_NONE = 0, /* no participant */
	LETTER_POLICE = 'a',
	LETTER_TAX = 'b',
	LETTER_FIOD = 'c',
	LETTER_KMAR = 'd',
	LETTER_UWV = 'e',
	LETTER_IND = 'f',
	LETTER_OM = 'g',
	LETTER_MAYOR = 'h',
	LETTER_EXECUTIVE = 'i',
	LETTER_PROVINCE = 'j',
	LETTER_LABOUR = 'k',
	LETTER_NVWA = 'l'
};

enum { LAW_LETTER_COUNT = 12 };

/* A set of letters. */
typedef uint16_t law_letters;
#define LAW_LETTER_BIT(letter) ((law_letters)(1u << ((unsigned)(letter) - 'a')))
#define LAW_LETTERS_ALL        ((law_letters)0x0fff)

bool law_letter_known(enum law_letter letter);
bool law_letters_have(law_letters set, enum law_letter letter);

struct law_participant {
	enum law_letter letter;
	const char *name;         /* "Burgemeester" */
	const char *short_name;   /* "Burgemeester", "Belastingdienst": for a label of one word */
	const char *in_sentence;  /* "de burgemeester" */
	const char *organisation; /* what people call it: "Gemeente" for both organs */
	const char *article;
	struct law_validity validity;
};

const struct law_participant *law_participants(size_t *ret_count);
/* NULL for LETTER_NONE or an unknown letter. */
const struct law_participant *law_participant(enum law_letter letter);

/* Parts of a participant that the law treats apart. */
enum law_unit {
	UNIT_NONE = 0,
	UNIT_CUSTOMS = 1,
	UNIT_BENEFITS = 2,
	UNIT_BOA = 3, /* special investigating officer of the municipality */
	UNIT_MUNICIPAL_TAX = 4,
	UNIT_SEAPORT_POLICE = 5,
	UNIT_FUNCTIONAL_OM = 6
};

struct law_unit_row {
	enum law_unit code;
	const char *id;    /* "CUSTOMS" */
	const char *label; /* "Douane" */
	law_letters of;    /* of which participants it can be a part */
	const char *note;  /* what the law makes of it */
	const char *article;
};

const struct law_unit_row *law_units(size_t *ret_count);

/* ---- tasks and registers ---- */

struct law_task {
	uint16_t code;
	enum law_letter letter;
	const char *label;     /* in words of the desk: "Toezicht op horeca en slijterijen" */
	const char *registers; /* where such data stand: "vergunningen, controles" */
	const char *power;     /* the act that gives the task: "Opiumwet, artikel 13b" */
	const char *article;   /* of WGS or BGS that lets it in */
	struct law_validity validity;
};

/* All tasks in the order of the letters. */
const struct law_task *law_tasks(size_t *ret_count);
const struct law_task *law_task(uint16_t code); /* NULL: no such task */
/* The code of the first task of a letter in the table; 0: it has none. */
uint16_t law_first_task(enum law_letter letter);

/* Tasks whose data never come in, however useful they look. */
struct law_refused_task {
	uint16_t code;
	const char *label;    /* "Wmo" */
	const char *words;    /* "maatwerkvoorziening, huishoudelijke hulp" */
	const char *sentence; /* the no, and why */
	const char *next;     /* where to go instead */
	const char *article;
};

const struct law_refused_task *law_refused_tasks(size_t *ret_count);

/* ---- activities ---- */

enum law_activity {
	ACTIVITY_UNKNOWN = 0,
	ACTIVITY_BOTTLENECK = 1,
	ACTIVITY_CASE_CONSULTATION = 2,
	ACTIVITY_SCAN = 3
};

struct law_activity_row {
	enum law_activity code;
	const char *id;    /* "BOTTLENECK" */
	const char *label; /* "Handhavingsknelpunt" */
	const char *what;  /* one sentence */
	bool phase_3;      /* may phase 3 open? */
	const char *article;
	struct law_validity validity;
};

const struct law_activity_row *law_activities(size_t *ret_count);
const struct law_activity_row *law_activity(enum law_activity code); /* NULL for UNKNOWN */

#endif
