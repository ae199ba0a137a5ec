/* model_names.h - kinds and parts as the JSON of a model calls them; for its reader and writer */
#ifndef MATCHING_MODEL_NAMES_H
#define MATCHING_MODEL_NAMES_H

#include "matching/model.h"

static const char *const FIELD_KIND_NAMES[] = {
	[FIELD_GIVEN] = "given_names",
	[FIELD_FAMILY] = "family_name",
	[FIELD_INITIALS] = "initials",
	[FIELD_PREFIX] = "prefix",
	[FIELD_DATE] = "date",
	[FIELD_POSTCODE] = "postcode",
	[FIELD_HOUSE_NUMBER] = "house_number",
	[FIELD_HOUSE_ADDITION] = "house_addition",
	[FIELD_STREET] = "street",
	[FIELD_PLACE] = "place",
	[FIELD_PHONE] = "phone",
	[FIELD_EMAIL] = "email",
	[FIELD_BSN] = "bsn",
	[FIELD_DIGITS] = "digits",
	[FIELD_SIGNS] = "code",
	[FIELD_ORGANISATION] = "organisation",
	[FIELD_WORDS] = "text",
};
static const char *const COMPARISON_KIND_NAMES[] = {
	[COMPARE_GIVEN] = "given_names",
	[COMPARE_FAMILY] = "family_name",
	[COMPARE_DATE] = "date",
	[COMPARE_ADDRESS] = "address",
	[COMPARE_NUMBER] = "number",
	[COMPARE_CODE] = "code",
	[COMPARE_ORGANISATION] = "organisation",
	[COMPARE_TEXT] = "text",
};
static const char *const KEY_PART_NAMES[] = {
	[KEY_WHOLE] = "whole",
	[KEY_SOUND] = "sound",
	[KEY_FIRST] = "first",
	[KEY_INITIAL] = "initial",
	[KEY_NICK] = "nickname",
	[KEY_YEAR] = "year",
	[KEY_MONTH_DAY] = "month_day",
	[KEY_UNORDERED] = "unordered",
	[KEY_AREA] = "area",
	[KEY_RARE_WORD] = "rare_word",
	[KEY_FIRST_SOUND] = "first_sound",
	[KEY_HEAD] = "head",
	[KEY_TAIL] = "tail",
};
_Static_assert(sizeof(FIELD_KIND_NAMES) / sizeof(char *) == FIELD_KINDS, "kinds");
_Static_assert(sizeof(COMPARISON_KIND_NAMES) / sizeof(char *) == COMPARISON_KINDS, "comparisons");
_Static_assert(sizeof(KEY_PART_NAMES) / sizeof(char *) == KEY_PARTS, "parts");

#endif
