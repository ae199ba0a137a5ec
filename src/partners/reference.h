/*
 * reference.h - what every installation starts from: regions, municipalities, provinces, partners
 *
 * Tables compiled into the program, loaded by `plein init` (partner_load_reference). Days are
 * written as 20190101 here, since people check them by eye; reference_day() makes days since
 * 1970 of them. A first day of 20080101 means "before this list begins".
 * Where the rows come from, and which ones are recalled rather than copied from a source:
 * docs/operate/reference-data.md.
 */
#ifndef PARTNERS_REFERENCE_H
#define PARTNERS_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "law/statute.h"

enum reference_region_id {
	REFERENCE_REGION_NORTH = 0,
	REFERENCE_REGION_EAST,
	REFERENCE_REGION_CENTRE,
	REFERENCE_REGION_NORTH_HOLLAND,
	REFERENCE_REGION_AMSTERDAM,
	REFERENCE_REGION_THE_HAGUE,
	REFERENCE_REGION_ROTTERDAM,
	REFERENCE_REGION_ZEELAND_WEST_BRABANT,
	REFERENCE_REGION_EAST_BRABANT,
	REFERENCE_REGION_LIMBURG,
	REFERENCE_REGION_COUNT
};

/* A RIEC: its territory is published under BGS, artikel 2.13. */
struct reference_region {
	const char *code; /* "ROTTERDAM": what `plein init --region` takes */
	const char *name; /* "RIEC Rotterdam" */
};
const struct reference_region *reference_region(enum reference_region_id id);
/* NULL: no region has this code. */
const struct reference_region *reference_region_named(const char *code);

struct reference_municipality {
	const char *cbs_code; /* four digits; a code is never given out twice */
	const char *name;     /* as it was called in this period */
	enum reference_region_id region;
	int32_t from;          /* first day, 20190101 */
	int32_t until;         /* last day, 20181231; 0: it exists */
	const char *successor; /* CBS code of where most of it went; NULL while it exists */
};
/* In ascending order of code. */
const struct reference_municipality *reference_municipalities(size_t *ret_count);
bool reference_exists_on(const struct reference_municipality *m, int32_t yyyymmdd);

struct reference_province {
	const char *code; /* "PROV-UT" */
	const char *name; /* "Provincie Utrecht" */
	uint16_t regions; /* bit per enum reference_region_id in which it has territory */
};
const struct reference_province *reference_provinces(size_t *ret_count);

/* A participant that takes part in every region: one organ, whose letter is the law's. */
struct reference_partner {
	const char *code; /* "POLICE": stored, part of addresses */
	enum law_letter letter;
};
const struct reference_partner *reference_partners(size_t *ret_count);

/* Days since 1970 of 20190101. yyyymmdd is a day that exists. */
int32_t reference_day(int32_t yyyymmdd);

#endif
