/*
 * admission.h - what makes a signal: crime forms, criteria, weighing, lines, where else to go
 *
 * BGS, artikel 2.16 sets five criteria that must all hold; WGS, artikel 2.23, derde
 * lid, four factors that are weighed. Scores are given by people; their sum is an aid
 * and decides nothing.
 */
#ifndef LAW_ADMISSION_H
#define LAW_ADMISSION_H

#include "law/categories.h"

enum law_crime_form {
	CRIME_FORM_NONE = 0,
	CRIME_FORM_HUMAN_TRAFFICKING = 1,
	CRIME_FORM_DRUGS = 2,
	CRIME_FORM_REAL_ESTATE = 3,
	CRIME_FORM_LAUNDERING = 4,
	CRIME_FORM_SERIOUS_BREACH = 5,
	CRIME_FORM_DESIGNATED = 6 /* needs who designated it, when, and where it was published */
};

struct law_crime_form_row {
	enum law_crime_form code;
	const char *id;
	const char *label;
	const char *examples; /* what a municipality may see of it */
	const char *article;
	struct law_validity validity;
};

const struct law_crime_form_row *law_crime_forms(size_t *ret_count);
const struct law_crime_form_row *law_crime_form(enum law_crime_form code); /* NULL: none */

/* ---- the five criteria ---- */

enum { LAW_CRITERION_COUNT = 5, LAW_CRITERION_TEXT_MIN = 20 /* characters; rule X-6 */ };

struct law_criterion {
	char letter;             /* 'a' to 'e', as in the decree */
	const char *label;       /* the question to the submitter */
	const char *explanation; /* what is meant, two sentences at most */
	const char *starters[3]; /* sentence starters */
	const char *good;        /* an example that says enough */
	const char *thin;        /* one that doesn't */
	const char *why_thin;    /* what is missing in it */
	const char *article;
	const char *met; /* what a meeting says yes or no to; a sentence without its full stop */
};

const struct law_criterion *law_criteria(size_t *ret_count);

/* ---- the four weighing factors ---- */

enum { LAW_FACTOR_COUNT = 4, LAW_FACTOR_SCORE_MAX = 3 };

struct law_factor {
	char letter; /* 'a' to 'd' */
	const char *label;
	const char *question;
	const char *words[LAW_FACTOR_SCORE_MAX + 1]; /* what 0, 1, 2 and 3 mean */
	const char *article;
};

const struct law_factor *law_factors(size_t *ret_count);

/* The version of criteria and factors; stored with every score. */
const char *law_criteria_version(void);

/* ---- the four lines ---- */

enum law_line {
	LINE_NONE = 0,
	LINE_LOCATION = 1,
	LINE_PHENOMENON = 2,
	LINE_SUBJECT = 3,
	LINE_OPPORTUNITY = 4
};

struct law_line_row {
	enum law_line code;
	const char *id;
	const char *label;
	const char *examples;
};

const struct law_line_row *law_lines(size_t *ret_count);

/* ---- what a municipality can look up before it writes ---- */

enum law_source_allowed { SOURCE_YES, SOURCE_PHASE_2, SOURCE_NO };

struct law_municipal_source {
	const char *label;     /* "Basisregistratie personen (BRP)" */
	const char *look_for;  /* what to look for there */
	enum law_letter organ; /* on whose behalf it may come in; LETTER_NONE where it may not */
	enum law_category category; /* CATEGORY_NONE where it may not */
	uint16_t task;              /* of law_tasks(), 0 where it may not */
	enum law_source_allowed allowed;
	const char *note;
	const char *article;
};

const struct law_municipal_source *law_municipal_sources(size_t *ret_count);

/* ---- "Hoort dit hier?" ---- */

struct law_pointer {
	const char *when; /* "Er is nu gevaar voor iemand" */
	const char *go;   /* "Bel 112" */
	const char *why;
	const char *const *words; /* stems, NULL-terminated: what in a text suggests this pointer */
};

const struct law_pointer *law_pointers(size_t *ret_count);

/* The first pointer whose words occur in text (UTF-8), or NULL. A hint, never a refusal. */
const struct law_pointer *law_pointer_for(const char *text, size_t text_bytes);

#endif
