/* minutes.h - the minutes of a meeting, for the page, print and ODT; inside weighing/ only */
#ifndef WEIGHING_MINUTES_H
#define WEIGHING_MINUTES_H

#include "weighing/factors.h"
#include "weighing/weighing_page.h"

struct minutes_line {
	const char *text;
};

struct minutes_item {
	int64_t place, sum, criteria_met, decided_at, released_at, next_day;
	const char *reference, *participant, *outcome, *reason, *criteria_version;
	const char *weighed_on; /* the same in words */
	const char *assignment, *why, *message, *release_href, *unmet;
	struct array involved, dissents; /* struct minutes_line, struct remark */
	struct array extras;             /* struct minutes_extra: own factors that have a score */
	int64_t order;                   /* those for the order together; -1: none */
	bool goes_on;                    /* adopted: it asks for people */
	bool has_extras, has_involved, has_dissents, scored, may_release, advise_local;
};

struct minutes_extra {
	const char *name;
	int64_t score;
};

struct minutes {
	const char *reference, *place, *odt_href, *annex_href;
	uint8_t state;
	int64_t starts_at, opened_at, closed_at;
	struct array present, absent, guests, pauses,
	    items;          /* struct minutes_line; items: minutes_item */
	struct array order; /* struct minutes_line: what was adopted, by the own factors */
	bool has_order, has_absent, has_guests, has_pauses, has_items;
};

/* What this viewer may read of it: names organisations and references, never persons. */
MUST_CHECK enum status minutes_load(struct request *rq, const struct meeting *m,
                                    struct minutes *ret, struct error *reterr);

/* For ANNEX_DAYS after closing. */
bool annex_is_open(const struct meeting *m, int64_t now_ms);

/* The same as an OpenDocument text, whole, into o. */
void minutes_odt(struct out *o, struct arena *a, const struct minutes *m);

#endif
