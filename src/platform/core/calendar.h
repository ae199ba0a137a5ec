/*
 * calendar.h - civil days, Amsterdam time, Dutch holidays and working days, all computed
 *
 * A day is a count of days since 1 January 1970 (proleptic Gregorian, may be
 * negative). An instant is milliseconds UTC since 1970. Amsterdam time follows the
 * European rule in force since 1996 (summer time from the last Sunday of March to
 * the last Sunday of October, 01.00 UTC): exact from 1996 on, an approximation
 * before. No time zone file, no locale, no state: every function is pure and may
 * be called from any thread.
 */
#ifndef PLATFORM_CORE_CALENDAR_H
#define PLATFORM_CORE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	YEAR_MIN = 1, /* what civil_valid() takes */
	YEAR_MAX = 9999,
	DAY_NONE = INT32_MIN /* "no day": unknown, or open at this end */
};

struct civil {
	int year;
	int month; /* 1 to 12 */
	int day;   /* 1 to the length of the month */
};

enum weekday { MONDAY = 1, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

/* A moment on the wall clock in Amsterdam. */
struct local_time {
	int32_t day; /* the day on that wall clock */
	int hour, minute, second;
	int offset_minutes; /* ahead of UTC: 60 or 120 */
};

bool is_leap_year(int year);
int month_length(int year, int month);
bool civil_valid(struct civil c);

/* c must be valid. Cost: constant. Source: H. Hinnant, chrono-compatible date algorithms. */
int32_t day_from_civil(struct civil c);
struct civil civil_from_day(int32_t day);
enum weekday weekday_of(int32_t day);

/* The same day of the month later or earlier; where the month is shorter, its last day (29
 * February plus one year is 28 February). */
int32_t day_add_months(int32_t day, int months);
int32_t day_add_years(int32_t day, int years);

/* Whole years lived on `today` by someone born on `birth`; 0 if born later. */
int age_on(int32_t birth, int32_t today);

struct local_time local_from_ms(int64_t ms);
int32_t local_day(int64_t ms);
/* 20264: the last quarter of 2026, in Amsterdam. Sorts by time. */
int64_t local_quarter(int64_t ms);

/* The first instant of this day in Amsterdam; of hour:minute on it. In the hour that is skipped in
 * March the clock has moved on; in the hour that comes twice in October it is the first. */
int64_t ms_at_day_start(int32_t day);
int64_t ms_at_local(int32_t day, int hour, int minute);

/* Easter Sunday of a year from 1583 on. Source: Meeus/Jones/Butcher. */
int32_t easter_sunday(int year);

/*
 * Which days an office works. Zeroed: Monday to Friday without the days of the
 * General Time Limits Act (Algemene termijnenwet, artikel 3): New Year, Good Friday,
 * Easter Monday, the King's birthday, 5 May, Ascension Day, Whit Monday, Christmas.
 */
struct office_days {
	bool liberation_day_lustrum; /* 5 May is free only in 2025, 2030, ... */
	bool good_friday_worked;
	const int32_t *closed; /* further days off, ascending; owned by the caller; may be NULL */
	size_t closed_count;
};

/* The Dutch name of the holiday on this day ("Tweede Paasdag"), or NULL. */
const char *holiday_name(int32_t day);

/* office may be NULL: the zeroed one. */
bool is_working_day(int32_t day, const struct office_days *office);

/* The count-th working day after `day`, before it if count < 0; `day` itself if 0. |count| is at
 * most 100,000. Cost: linear in count. */
int32_t working_days_add(int32_t day, int count, const struct office_days *office);

/* Working days after `from` up to and including `to`; the negative of that if to < from. Stops
 * counting at 100,000. */
int working_days_between(int32_t from, int32_t to, const struct office_days *office);

#endif
