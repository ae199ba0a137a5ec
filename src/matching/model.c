#include "matching/model.h"

#include <assert.h>
#include <string.h>

#include "matching/compare.h"
#include "matching/dates.h"

static const char *const GIVEN_NAMES[] = {
	"missing",      "different", "same_initial",     "same_initials",
	"initial_fits", "part",      "nickname",         "one_slip_common",
	"one_slip",     "swapped",   "same_very_common", "same_common",
	"same",         "same_rare", "same_very_rare",
};
static const char *const FAMILY_NAMES[] = {
	"missing",  "different",        "similar",     "part", "two_slips", "one_slip_common",
	"one_slip", "same_very_common", "same_common", "same", "same_rare", "same_very_rare",
};
static const char *const DATE_NAMES[] = {
	"missing", "different", "same_year", "near", "one_slip", "same_default", "half", "same",
};
static const char *const ADDRESS_NAMES[] = {
	"missing", "different", "same_area", "same_street", "near", "other_door", "same",
};
static const char *const NUMBER_NAMES[] = { "missing", "different", "one_slip", "same" };
static const char *const TEXT_NAMES[] = { "missing", "different", "similar", "one_slip", "same" };
static const char *const ORGANISATION_NAMES[] = {
	"missing", "different", "common_word", "rare_word", "most_words", "one_slip", "same",
};

#define LEVELS(names, count)                                                                       \
	{                                                                                          \
		names, count                                                                       \
	}
static const struct {
	const char *const *names;
	int count;
} LEVEL_NAMES[] = {
	[COMPARE_GIVEN] = LEVELS(GIVEN_NAMES, GIVEN_LEVELS),
	[COMPARE_FAMILY] = LEVELS(FAMILY_NAMES, FAMILY_LEVELS),
	[COMPARE_DATE] = LEVELS(DATE_NAMES, DATE_LEVELS),
	[COMPARE_ADDRESS] = LEVELS(ADDRESS_NAMES, ADDRESS_LEVELS),
	[COMPARE_NUMBER] = LEVELS(NUMBER_NAMES, NUMBER_LEVELS),
	[COMPARE_CODE] = LEVELS(TEXT_NAMES, TEXT_LEVELS),
	[COMPARE_ORGANISATION] = LEVELS(ORGANISATION_NAMES, ORGANISATION_LEVELS),
	[COMPARE_TEXT] = LEVELS(TEXT_NAMES, TEXT_LEVELS),
};
_Static_assert(sizeof(GIVEN_NAMES) / sizeof(GIVEN_NAMES[0]) == GIVEN_LEVELS, "given levels");
_Static_assert(sizeof(FAMILY_NAMES) / sizeof(FAMILY_NAMES[0]) == FAMILY_LEVELS, "family levels");
_Static_assert(sizeof(DATE_NAMES) / sizeof(DATE_NAMES[0]) == DATE_LEVELS, "date levels");
_Static_assert(sizeof(ADDRESS_NAMES) / sizeof(ADDRESS_NAMES[0]) == ADDRESS_LEVELS, "addresses");
_Static_assert((int)GIVEN_LEVELS <= (int)MODEL_LEVEL_MAX, "a level fits in four bits");

const char *level_name(enum comparison_kind kind, int level)
{
	assert(level >= 0 && level < LEVEL_NAMES[kind].count);
	return LEVEL_NAMES[kind].names[level];
}

int level_count(enum comparison_kind kind)
{
	return LEVEL_NAMES[kind].count;
}

int model_field_index(const struct model *m, const char *name)
{
	for (int i = 0; i < m->field_count; i++)
		if (strcmp(m->fields[i].name, name) == 0)
			return i;
	return -1;
}
