/*
 * categories.h - which data, in which phase, from whom; and what a thing is
 *
 * WGS, artikel 2.22 names the categories and artikel 2.23, zesde lid, their order;
 * BGS, artikel 2.15 says what each holds and who may supply it. A form asks what a
 * thing is (a subject, a tie, an attachment, a kind of fact); these tables give its
 * category, and so its phase and its sources.
 */
#ifndef LAW_CATEGORIES_H
#define LAW_CATEGORIES_H

#include "law/statute.h"

enum law_phase {
	PHASE_SIGNAL = 0, /* before adoption: WGS, artikel 2.23, eerste lid */
	PHASE_1 = 1,
	PHASE_2 = 2,
	PHASE_3 = 3,
	PHASE_UNKNOWN = 9 /* "weet ik niet": never stored */
};

struct law_phase_row {
	enum law_phase code;
	const char *label; /* "Fase 1" */
	const char *opens; /* when it is open, one sentence */
	const char *article;
};

const struct law_phase_row *law_phases(size_t *ret_count);

enum law_category {
	CATEGORY_NONE = 0,
	CATEGORY_IDENT = 1,
	CATEGORY_RESIDENCE_STATUS = 2,
	CATEGORY_HOUSING = 3,
	CATEGORY_VEHICLE = 4,
	CATEGORY_FINANCIAL = 5,
	CATEGORY_CADASTRAL = 6,
	CATEGORY_COMPANY = 7,
	CATEGORY_INCOME = 8,
	CATEGORY_BUSINESS_RELATIONS = 9,
	CATEGORY_PERMITS_SUBSIDIES = 10,
	CATEGORY_SUPERVISION = 11,
	CATEGORY_TAX = 12,
	CATEGORY_POLICE_8_13 = 13,
	CATEGORY_JUSTICE = 14,
	CATEGORY_SEXUAL_CONDUCT = 15,
	CATEGORY_POLICE_9_10 = 16,
	CATEGORY_STAFF = 17 /* of participants' own staff: never on a subject */
};

/* May it stand in a signal that is not yet adopted (phase 0)? */
enum law_in_signal {
	IN_SIGNAL_YES,
	IN_SIGNAL_MINIMUM, /* only what is needed to understand the signal, marked as such */
	IN_SIGNAL_NEVER
};

struct law_category_row {
	enum law_category code;
	const char *id;    /* "FINANCIAL" */
	const char *label; /* "Financiële gegevens" */
	const char *daily; /* in daily words: "bezit, huur en pacht" */
	const char *what;  /* BGS, artikel 2.15, second column, in plain words */
	enum law_phase phase;
	law_letters sources;
	law_letters sources_by_unit; /* these only through their boa */
	const char *source_words;    /* "alleen de IND" */
	const char *ask;             /* whom to ask when the source is refused: "de IND" */
	enum law_in_signal in_signal;
	bool criminal; /* criminal-offence data: consent before it leaves the RIEC */
	bool special;  /* special category of GDPR artikel 9 */
	const char *article;
	struct law_validity validity;
};

const struct law_category_row *law_categories(size_t *ret_count);
const struct law_category_row *law_category(enum law_category code); /* NULL: none */
const struct law_category_row *law_category_named(const char *id);   /* NULL: none */

/* May this participant, through this unit, supply this category at all? */
bool law_source_may(enum law_category category, enum law_letter source, enum law_unit unit);

/* ---- what a subject, a tie, an attachment, a fact is ---- */

enum law_kind_of {
	KIND_SUBJECT, /* what a signal or casefile is about */
	KIND_TIE,     /* between two subjects */
	KIND_ATTACHMENT,
	KIND_FACT
};

struct law_kind {
	uint16_t code;
	enum law_kind_of of;
	const char *id;    /* "PERSON", "DRIVES" */
	const char *label; /* "Persoon", "rijdt in" */
	enum law_category
	    category;     /* CATEGORY_NONE: depends on its contents (mixed document), or refused */
	bool refused;     /* never stored; `note` says why, in a sentence */
	const char *note; /* or NULL */
	const char *article;
};

/* All kinds, grouped by what they are a kind of. */
const struct law_kind *law_kinds(size_t *ret_count);
const struct law_kind *law_kind(uint16_t code); /* NULL: none */

/* ---- roles of a subject (decisions 1.4; rule X-20) ---- */

enum law_role {
	ROLE_UNKNOWN = 0,
	ROLE_MAIN = 1,
	ROLE_DIRECT_CIRCLE = 2,
	ROLE_VICTIM = 3, /* not by name, except exploited persons as MAIN with a reason */
	ROLE_TIPSTER = 4,
	ROLE_BYSTANDER = 5
};

struct law_role_row {
	enum law_role code;
	const char *id;
	const char *label;
	bool by_name; /* may be recorded by name */
	const char *note;
	const char *article;
};

const struct law_role_row *law_roles(size_t *ret_count);

#endif
