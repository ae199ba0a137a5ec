/*
 * compare.h - two rows side by side: one small level per comparison, packed in a pattern
 *
 * A pattern is 32 bits, four per comparison: the level's number, 0 where one side is missing.
 * Every comparison is symmetric, and equal values give the highest level of agreement that their
 * frequency allows. Cost: most are decided by equality of codes; a name that differs costs one
 * bit-parallel distance (distance.h).
 */
#ifndef MATCHING_COMPARE_H
#define MATCHING_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "matching/layout.h"
#include "matching/model.h"
#include "matching/values.h"

enum given_level {
	GIVEN_MISSING,
	GIVEN_DIFFERENT,
	GIVEN_SAME_INITIAL,  /* different names that begin alike */
	GIVEN_SAME_INITIALS, /* different names, but two or more initials agree */
	GIVEN_INITIAL_FITS,  /* one side is an initial, and it fits */
	GIVEN_PART,          /* one begins with the other (three letters or more), or two slips */
	GIVEN_NICKNAME,
	GIVEN_ONE_SLIP_COMMON, /* or the same sound; one of the two is a name that many have */
	GIVEN_ONE_SLIP,        /* the same, of rarer names */
	GIVEN_SWAPPED,         /* given and family name have changed places */
	GIVEN_SAME,            /* and GIVEN_SAME + 1 .. + 4: rarer and rarer */
	GIVEN_LEVELS = GIVEN_SAME + FREQUENCY_CLASSES
};

enum family_level {
	FAMILY_MISSING,
	FAMILY_DIFFERENT,
	FAMILY_SIMILAR, /* three slips in a long name, or close to the ear */
	FAMILY_PART,    /* a double name of which one part is the other's */
	FAMILY_TWO_SLIPS,
	FAMILY_ONE_SLIP_COMMON, /* or the same sound; one of the two is a name that many have */
	FAMILY_ONE_SLIP,        /* the same, of rarer names */
	FAMILY_SAME, /* .. + 4: rarer and rarer; of the other's given name when swapped */
	FAMILY_LEVELS = FAMILY_SAME + FREQUENCY_CLASSES
};

enum address_level {
	ADDRESS_MISSING,
	ADDRESS_DIFFERENT,
	ADDRESS_SAME_AREA,   /* the digits of the postcode, or the place */
	ADDRESS_SAME_STREET, /* postcode or street, another or no number */
	ADDRESS_NEAR,        /* one slip away */
	ADDRESS_OTHER_DOOR,  /* same number, another addition */
	ADDRESS_SAME,
	ADDRESS_LEVELS
};

enum number_level { NUMBER_MISSING, NUMBER_DIFFERENT, NUMBER_ONE_SLIP, NUMBER_SAME, NUMBER_LEVELS };

enum text_level {
	TEXT_MISSING,
	TEXT_DIFFERENT,
	TEXT_SIMILAR,
	TEXT_ONE_SLIP,
	TEXT_SAME,
	TEXT_LEVELS
};

enum organisation_level {
	ORGANISATION_MISSING,
	ORGANISATION_DIFFERENT,
	ORGANISATION_COMMON_WORD, /* shares only words that many names have */
	ORGANISATION_RARE_WORD,   /* shares a rare word */
	ORGANISATION_MOST_WORDS,
	ORGANISATION_ONE_SLIP,
	ORGANISATION_SAME,
	ORGANISATION_LEVELS
};

/* A model's comparisons with their places resolved; read-only while comparing. */
struct comparer {
	const struct model *model;
	const struct values *values;
	struct place operands[MODEL_COMPARISON_MAX][MODEL_OPERAND_MAX];
	uint8_t present[MODEL_COMPARISON_MAX]; /* comparisons of which the data has a field */
	int present_count;
	struct place texts[MODEL_FIELD_MAX]; /* fields with values that get compared */
	enum value_group groups[MODEL_FIELD_MAX];
	int text_count;
};

void comparer_init(struct comparer *c, const struct model *m, const struct layout *l,
                   const struct values *v);

uint32_t compare_rows(const struct comparer *c, const uint32_t *a, const uint32_t *b);

struct pair;
struct records;

/* The patterns of many pairs: what is known of one pair's names is fetched while another is
 * compared. */
void compare_pairs(const struct comparer *c, const struct records *r, struct pair *pairs,
                   size_t count);

static inline int pattern_level(uint32_t pattern, int comparison)
{
	return (int)(pattern >> (4 * comparison) & 15);
}

#endif
