/*
 * generate.h - a synthetic population with known answers
 *
 * Households at addresses, with couples, children, twins, people named after a parent, lodgers;
 * names by frequency and origin; people who move, change phones, take a partner's name; and records
 * of them as clerks write them, with the slips listed in generate_slips.c. The same seed gives the
 * same bytes on every machine; record i can be made on its own, so the work divides over threads.
 * It measures and estimates models; it never is a claim about real people. BSNs begin with 99999.
 */
#ifndef MATCHING_GENERATE_H
#define MATCHING_GENERATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GENERATE_TEXT_MAX_BYTES = 96 };

enum generate_field {
	MADE_GIVEN,
	MADE_INITIALS,
	MADE_PREFIX,
	MADE_FAMILY,
	MADE_DATE,
	MADE_STREET,
	MADE_NUMBER,
	MADE_ADDITION,
	MADE_POSTCODE,
	MADE_PLACE,
	MADE_PHONE,
	MADE_EMAIL,
	MADE_BSN,
	MADE_FIELDS
};

extern const char *const GENERATE_COLUMNS[MADE_FIELDS]; /* the persons model's field names */

struct generate_options {
	uint64_t seed, record_count;
	int copies;        /* records per person: 0 a mix of 1 to 6, else exactly this */
	int slips_percent; /* how many of the records are written with slips; 0: 60 */
	int culture;       /* 1.. : only this one; 0: all */
};

struct made_record {
	char text[MADE_FIELDS][GENERATE_TEXT_MAX_BYTES];
	uint64_t person; /* who it is: equal for records of one person */
	uint64_t number; /* 0 for a person's first record */
};

/* Record i (0 .. record_count - 1). Records of one person lie far apart. */
void generate_record(const struct generate_options *o, uint64_t i, struct made_record *ret);

/* All records of the person of record i, ascending; at most most. Returns how many there are. */
int generate_same(const struct generate_options *o, uint64_t i, uint64_t *ret, int most);

#endif
