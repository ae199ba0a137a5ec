/*
 * model.h - what a record is made of, how two are compared, and what each outcome weighs
 *
 * A model is a JSON text (models/ holds the ready ones): fields and their kinds, comparisons with
 * their levels, blocking rules, and latent classes. It is plain data: read once, then shared by all
 * threads and never changed. Its version goes with every decision that rests on it.
 *
 * Probability model (Fellegi and Sunter, JASA 64 (1969), with more than two classes as in Winkler
 * 1993): a candidate pair belongs to one of the classes c with share p(c); given the class, the
 * levels of the comparisons are independent: P(pattern | c) = product of P(level | c). The weight
 * of a pattern is log2 of  sum over matching classes p(c) P(pattern | c)  /  the same over the
 * others, so 0 is "as likely as not". A missing level says nothing (factor 1).
 *
 * A look-up asks all n records, not a block: there the classes of coincidences give way to n times
 * P(pattern | two records at random), so that the same likeness weighs less in a larger register,
 * and the others' shares count per match: 0 is then "as likely as not, if half of those who are
 * asked for are in the register".
 */
#ifndef MATCHING_MODEL_H
#define MATCHING_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/error.h"

enum {
	MODEL_FIELD_MAX = 24,
	MODEL_COMPARISON_MAX = 8,
	MODEL_OPERAND_MAX = 6,
	MODEL_RULE_MAX = 16,
	MODEL_KEY_MAX = 5,
	MODEL_CLASS_MAX = 10,
	MODEL_LEVEL_MAX = 16,
	MODEL_NAME_BYTES = 64,
	MODEL_JSON_MAX_BYTES = 1 << 18
};

enum model_field_kind {
	FIELD_GIVEN,    /* given names: the first one counts, nicknames known */
	FIELD_FAMILY,   /* family name, particles set aside */
	FIELD_INITIALS, /* up to five letters */
	FIELD_PREFIX,   /* tussenvoegsel: read, not compared (it is lost too often) */
	FIELD_DATE,
	FIELD_POSTCODE,
	FIELD_HOUSE_NUMBER, /* "12b" gives its b to the addition */
	FIELD_HOUSE_ADDITION,
	FIELD_STREET,
	FIELD_PLACE, /* what it sounds like, in eight bits */
	FIELD_PHONE,
	FIELD_EMAIL,
	FIELD_BSN,          /* BSN or RSIN: nine digits, eleven-test */
	FIELD_DIGITS,       /* KvK number and the like: up to nine digits */
	FIELD_SIGNS,        /* IBAN, licence plate, BAG id: letters and digits */
	FIELD_ORGANISATION, /* legal form set aside, rare words weigh most */
	FIELD_WORDS,
	FIELD_KINDS
};

enum comparison_kind {
	COMPARE_GIVEN,  /* given, initials, family (for names swapped) */
	COMPARE_FAMILY, /* family, given (for names swapped) */
	COMPARE_DATE,
	COMPARE_ADDRESS, /* postcode, house number, addition, street, place */
	COMPARE_NUMBER,  /* phone, BSN, KvK: equal, one slip, different */
	COMPARE_CODE,    /* e-mail, IBAN, plate: equal, one slip, different */
	COMPARE_ORGANISATION,
	COMPARE_TEXT,
	COMPARISON_KINDS
};

/* What of a field makes a blocking key. */
enum key_part {
	KEY_WHOLE,
	KEY_SOUND,     /* names: the phonetic skeleton */
	KEY_FIRST,     /* names: the first word */
	KEY_INITIAL,   /* names: the first letter */
	KEY_NICK,      /* given names: the formal name's row, or the sound */
	KEY_YEAR,      /* dates; unknown year: no key */
	KEY_MONTH_DAY, /* dates; 1 January: no key */
	KEY_UNORDERED, /* dates: day and month in either order. names: with the next key's field */
	KEY_AREA,      /* postcodes: the digits */
	KEY_RARE_WORD, /* organisations: the rarest word */
	KEY_FIRST_SOUND, /* names: the phonetic skeleton of the first word */
	KEY_HEAD, /* codes: of the last ten characters the first half, what looks alike made equal */
	KEY_TAIL, /* and the last: a slip leaves one of the two whole */
	KEY_PARTS
};

struct model_field {
	char name[MODEL_NAME_BYTES];
	enum model_field_kind kind;
};

struct model_comparison {
	char name[MODEL_NAME_BYTES];
	enum comparison_kind kind;
	int operands[MODEL_OPERAND_MAX]; /* indexes of fields, -1: none */
	int operand_count;
	int level_count; /* of its kind */
};

struct model_key {
	int field;
	enum key_part part;
	int other_field; /* taken where the first has nothing; -1: none */
	enum key_part other_part;
};

struct model_rule {
	char name[MODEL_NAME_BYTES];
	struct model_key keys[MODEL_KEY_MAX];
	int key_count;
	struct model_key split; /* divides blocks above block_max; field -1: none */
	uint32_t block_max;
	bool lookup; /* too wide for a whole register: for look-ups only */
};

struct model_class {
	char name[MODEL_NAME_BYTES];
	bool match;
	bool chance; /* its pairs are coincidences: in a look-up `random` stands for them */
	double share;
	double level[MODEL_COMPARISON_MAX][MODEL_LEVEL_MAX]; /* P(level | class); [0] unused */
};

struct model {
	char name[MODEL_NAME_BYTES];
	int version;
	struct model_field fields[MODEL_FIELD_MAX];
	int field_count;
	struct model_comparison comparisons[MODEL_COMPARISON_MAX];
	int comparison_count;
	struct model_rule rules[MODEL_RULE_MAX];
	int rule_count;
	struct model_class classes[MODEL_CLASS_MAX];
	int class_count;
	bool has_random;
	double random[MODEL_COMPARISON_MAX][MODEL_LEVEL_MAX]; /* P(level | two records at random) */
};

/* A ready model: "persons", "organisations", ... ERR_NOT_FOUND names those there are. */
MUST_CHECK enum status model_ready(const char *name, struct model *ret, struct error *reterr);

/* Reads a model. ERR_INVALID says in Dutch which part is wrong. Distributions are scaled to 1. */
MUST_CHECK enum status model_parse(const char *json, size_t bytes, struct model *ret,
                                   struct error *reterr);

int model_field_index(const struct model *m, const char *name);

/* The name of a level as the model file writes it: level_name(COMPARE_DATE, 4) is "one_slip". */
const char *level_name(enum comparison_kind kind, int level);
int level_count(enum comparison_kind kind);

#endif
