/*
 * generate_things.h - synthetic organisations, and vehicles with accounts and phones, with known answers
 *
 * As generate.h: record i on its own, the same bytes for a seed everywhere, generate_same tells which
 * records are of one. Nothing made here exists: KvK numbers begin with 99, bank codes with ZZ.
 */
#ifndef MATCHING_GENERATE_THINGS_H
#define MATCHING_GENERATE_THINGS_H

#include "matching/generate.h"

enum { THING_FIELDS_MAX = 9 };

/* The columns of a kind, which are the field names of the model of that name; NULL at the end. */
extern const char *const ORGANISATION_COLUMNS[]; /* model "organisations" */
extern const char *const OBJECT_COLUMNS[];       /* model "objects" */

struct made_thing {
	char text[THING_FIELDS_MAX][GENERATE_TEXT_MAX_BYTES];
};

void generate_organisation(const struct generate_options *o, uint64_t i, struct made_thing *ret);
void generate_object(const struct generate_options *o, uint64_t i, struct made_thing *ret);

#endif
