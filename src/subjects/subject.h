/*
 * subject.h - who or what a signal is about: kinds, facts and how each is read; pure
 *
 * A form asks for fields; each becomes a fact with its raw text (as typed) and its value (as
 * read by law/validate.h). A fact is filed under a category by what it is (law/categories.h).
 */
#ifndef SUBJECTS_SUBJECT_H
#define SUBJECTS_SUBJECT_H

#include "law/categories.h"
#include "platform/core/arena.h"
#include "platform/core/problems.h"
#include "platform/http/input.h"

/* Codes of law/categories.h kinds; stored. */
enum subject_kind {
	SUBJECT_PERSON = 101,
	SUBJECT_ORGANISATION = 102,
	SUBJECT_PLACE = 103,
	SUBJECT_VEHICLE = 104,
	SUBJECT_PHONE = 105,
	SUBJECT_ACCOUNT = 106
};
extern const struct code SUBJECT_KINDS[]; /* ends with a NULL name */
extern const struct code SUBJECT_ROLES[]; /* decisions 1.4 */
/* The European 4x4 (law/handling.h), a code is its own character: how sure is a fact? */
extern const struct code FACT_SOURCE_GRADES[], FACT_INFORMATION_GRADES[];

/* Stored; never reused. */
enum fact_kind {
	FACT_FAMILY_NAME = 1,
	FACT_GIVEN_NAMES = 2,
	FACT_BIRTH_DATE = 3,
	FACT_BSN = 4,
	FACT_NAME = 5,
	FACT_KVK = 6,
	FACT_RSIN = 7,
	FACT_STREET = 8,
	FACT_HOUSE_NUMBER = 9,
	FACT_POSTCODE = 10,
	FACT_TOWN = 11,
	FACT_BAG_ID = 12,
	FACT_CADASTRAL = 13,
	FACT_PLATE = 14,
	FACT_VEHICLE = 15,
	FACT_PHONE_NUMBER = 16,
	FACT_IBAN = 17,
	FACT_POINT = 18,
	FACT_KIND_COUNT
};

/* One fact that comes from elsewhere than the rest: another task or register, surer or less sure. */
enum { FACTS_APART_MAX = 6 };
struct fact_apart {
	int fact;     /* enum fact_kind; 0: a row that says nothing */
	int64_t task; /* 0: that of the rest */
	int source_grade, information_grade;
};
extern const struct code FACT_CODES[]; /* fact kinds by the field that asks for them */

struct subject_input {
	int64_t version;
	int kind, role;
	const char *family_name, *given_names, *birth_date, *bsn;
	const char *name, *kvk, *rsin;
	const char *street, *house_number, *postcode, *town, *bag_id, *cadastral, *point;
	const char *plate, *vehicle, *phone, *iban;
	/* not facts: from which task (0: the signal's), and of a new one in the direct circle the tie
	 * to who it belongs to */
	int64_t task, tie_to;
	int tie_kind;
	int source_grade, information_grade; /* of its facts; 0: not evaluated */
	struct array apart;                  /* struct fact_apart */
	bool drop_bsn;                       /* an empty BSN keeps what was there */
	bool keeps_bsn; /* no field: a BSN stays, so that nothing else need be filled in */
};
extern const struct form SUBJECT_FORM;
extern const struct form SUBJECT_PART_FORM; /* inside a whole signal: without a version */

struct subject_fact {
	enum fact_kind kind;
	enum law_category category;
	const char *raw, *value;
	int task;       /* 0 of a new one: that of the rest */
	int evaluation; /* source grade << 8 | information grade; 0: none */
	/* of a new one that is apart: whose task that is; 0: whose the rest is */
	int64_t organ_id;
	enum law_letter letter;
};

/*
 * The facts that were filled in for this kind, at most FACT_KIND_COUNT. What can't be read is a
 * problem at its field; what may be stored though it looks odd is a warning. An empty subject is a
 * problem too. Returns how many.
 */
size_t subject_read(const struct subject_input *in, int32_t today, struct arena *a,
                    struct subject_fact ret[FACT_KIND_COUNT], struct problems *problems);

/* What is said of single facts, laid on them; what can't be so is a problem at its row. In place. */
void subject_facts_apart(const struct subject_input *in, struct subject_fact *facts, size_t count,
                         struct arena *a, struct problems *problems);

/* Which of these may come from this organ, and stand in a signal: a no is a problem at its field. */
void subject_facts_may(enum law_letter letter, const struct subject_fact *facts, size_t count,
                       struct problems *problems);

/* "apart[2].task": where the form says it of this fact; NULL: nowhere. */
const char *fact_apart_path(const struct subject_input *in, enum fact_kind kind, const char *part,
                            struct arena *a);

/* The text of the field that asks for this kind of fact; never NULL. The raw text of facts back as
 * a form shows them. */
const char **subject_field(struct subject_input *in, enum fact_kind kind);

/*
 * What makes it findable: pairs of an enum and a normal form, at most FACT_KIND_COUNT. Stored
 * only as keyed tokens.
 */
enum token_kind {
	TOKEN_BSN = 1,
	TOKEN_KVK = 2,
	TOKEN_RSIN = 3,
	TOKEN_ADDRESS = 4, /* postcode and house number */
	TOKEN_BAG_ID = 5,
	TOKEN_CADASTRAL = 6,
	TOKEN_PLATE = 7,
	TOKEN_PHONE = 8,
	TOKEN_IBAN = 9,
	TOKEN_PERSON_NAME = 10, /* folded family name and given names */
	TOKEN_ORGANISATION_NAME = 11
};
struct subject_token {
	enum token_kind kind;
	const char *name; /* of the kind, for identifier_token() */
	const char *normal;
};
size_t subject_tokens(const struct subject_fact *facts, size_t count, struct arena *a,
                      struct subject_token ret[FACT_KIND_COUNT]);

const char *fact_label(int kind);
const char *fact_path(int kind); /* of its field: "familyName" */
int fact_subject_kind(int kind); /* enum subject_kind that has it; 0: none */
const char *subject_kind_label(int kind);
const char *subject_role_label(int role);
/* A BSN is shown as "••••• 0019". */
const char *fact_shown(struct arena *a, const struct subject_fact *f);
/* What was typed, where it was read as something else; NULL: the same, or not to be shown. */
const char *fact_raw_shown(const struct subject_fact *f);
/* "bron A, informatie 1"; NULL: not evaluated. */
const char *fact_grade_shown(struct arena *a, const struct subject_fact *f);

#endif
