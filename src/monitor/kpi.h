/*
 * kpi.h - what each figure of the monitor counts, word for word, by version (D 3.11); pure
 *
 * Figures of different years can only be compared when they count the same. A definition has a
 * day from which it holds; a later wording is a new version beside the old one.
 */
#ifndef MONITOR_KPI_H
#define MONITOR_KPI_H

#include <stddef.h>
#include <stdint.h>

#include "platform/core/arena.h"

struct kpi {
	const char *code; /* "SIGNALS" */
	int version;
	int32_t from_day; /* the first day that it counts */
	const char *title;
	const char *text;
};

/* By code, the newest version of each last. */
const struct kpi *kpi_rows(size_t *ret_count);

/* The version in force on this day; NULL: it wasn't defined yet, or there is no such code. */
const struct kpi *kpi_on(const char *code, int32_t day);

/* Where the wording of that day stands on the page of definitions: "CASEFILES", or "CASEFILES-1" once
 * there is a newer one. */
const char *kpi_place(struct arena *a, const char *code, int32_t day);

/* The first day of which the monitor has figures. */
int32_t kpi_first_day(void);

#endif
