/*
 * dutch.h - dates, times, amounts and terms as people in the Netherlands read them
 *
 * All text is UTF-8, lives in the given arena, and is meant to be shown: escape it
 * like any other text. ISO forms for API and log stand here too, so that there is
 * one place that writes dates.
 */
#ifndef PLATFORM_CORE_DUTCH_H
#define PLATFORM_CORE_DUTCH_H

#include <stdint.h>

#include "platform/core/arena.h"
#include "platform/core/calendar.h"

/* Month 1 to 12: "januari"; weekday: "maandag". Static strings. */
const char *dutch_month(int month);
const char *dutch_weekday(enum weekday weekday);

const char *dutch_date(struct arena *a, int32_t day);      /* 21 november 2026 */
const char *dutch_date_long(struct arena *a, int32_t day); /* zaterdag 21 november 2026 */
const char *dutch_time(struct arena *a, int64_t ms);       /* 14.05 uur, Amsterdam time */
const char *dutch_moment(struct arena *a, int64_t ms);     /* 21 november 2026, 14.05 uur */

const char *dutch_number(struct arena *a, int64_t n);    /* 1.234.567 */
const char *dutch_euros(struct arena *a, int64_t cents); /* € 1.234,56; € -0,05 */

/* "1 werkdag", "3 werkdagen": the noun that fits the number. */
const char *dutch_count(struct arena *a, int64_t n, const char *one, const char *many);

/*
 * How long until the last day of a term, seen from today: "vandaag", "nog 2
 * werkdagen", "1 werkdag te laat". Where no working day lies between the two,
 * calendar days are named instead ("nog 1 dag"). office may be NULL.
 */
const char *dutch_due(struct arena *a, int32_t today, int32_t due,
                      const struct office_days *office);

const char *iso_date(struct arena *a, int32_t day);  /* 2026-11-21 */
const char *iso_moment(struct arena *a, int64_t ms); /* 2026-11-21T13:05:00Z */

/* Reads exactly YYYY-MM-DD; false, and *ret_day untouched, for anything else. */
bool iso_date_read(const char *text, int32_t *ret_day);

/*
 * Reads what people type. Days: 2026-03-01, 1-3-2026, 01/03/26, 1.3.2026, 1 maart 2026,
 * 1 mrt. 26; two-digit years are 1950 to 2049. Amounts: 1234, 1.234, 1.234,56, 12.50,
 * € 5,-, -0,05; at most 15 digits before the comma. False, and *ret untouched, for
 * anything else.
 */
bool dutch_day_read(const char *text, int32_t *ret_day);
/*
 * The same of who knows what day it is: also "1 maart", "1-3", "vandaag", "gisteren", "eergisteren",
 * "morgen", "overmorgen", and any day behind its weekday ("za 21 november"), which must be right.
 * Without a year it is the last such day up to today, or, where a day to come is asked, the next.
 */
bool dutch_day_read_on(const char *text, int32_t today, bool to_come, int32_t *ret_day);
/* The year that a day without one means, by that rule; whether it has such a day isn't looked at. */
int dutch_year_meant(int month, int day, int32_t today, bool to_come);
bool dutch_euros_read(const char *text, int64_t *ret_cents);
/* "9.30", "09:30": an hour and minute of the day. */
bool dutch_time_read(const char *text, int *ret_hour, int *ret_minute);

#endif
