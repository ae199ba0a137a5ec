#include "platform/core/calendar.h"

#include <assert.h>

enum {
	DAYS_PER_ERA = 146097, /* 400 years */
	DAYS_TO_1970 = 719468, /* from 1 March of year 0 */
	COUNT_MAX = 100000     /* working days: nobody plans 400 years ahead */
};

static const int64_t MS_PER_DAY = 86400000;

bool is_leap_year(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int month_length(int year, int month)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	assert(month >= 1 && month <= 12);
	if (month == 2 && is_leap_year(year))
		return 29;
	return lengths[month - 1];
}

bool civil_valid(struct civil c)
{
	return c.year >= YEAR_MIN && c.year <= YEAR_MAX && c.month >= 1 && c.month <= 12 &&
	       c.day >= 1 && c.day <= month_length(c.year, c.month);
}

int32_t day_from_civil(struct civil c)
{
	assert(civil_valid(c));
	int year = c.month <= 2 ? c.year - 1 : c.year; /* years from March on: leap day last */
	int era = year / 400;
	int year_of_era = year - era * 400;
	int day_of_year = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return (int32_t)(era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970);
}

struct civil civil_from_day(int32_t day)
{
	int64_t z = (int64_t)day + DAYS_TO_1970;
	int64_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
	int doe = (int)(z - era * DAYS_PER_ERA);
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	int month = mp < 10 ? mp + 3 : mp - 9;
	return (struct civil){
		.year = (int)(yoe + era * 400) + (month <= 2 ? 1 : 0),
		.month = month,
		.day = doy - (153 * mp + 2) / 5 + 1,
	};
}

enum weekday weekday_of(int32_t day)
{
	int64_t from_monday = ((int64_t)day + 3) % 7; /* 1 January 1970 was a Thursday */
	return (enum weekday)(from_monday < 0 ? from_monday + 8 : from_monday + 1);
}

int32_t day_add_months(int32_t day, int months)
{
	struct civil c = civil_from_day(day);
	int64_t total = (int64_t)c.year * 12 + (c.month - 1) + months;
	assert(total >= (int64_t)YEAR_MIN * 12 && total < ((int64_t)YEAR_MAX + 1) * 12);

	c.year = (int)(total / 12);
	c.month = (int)(total % 12) + 1;
	int length = month_length(c.year, c.month);
	if (c.day > length)
		c.day = length;
	return day_from_civil(c);
}

int32_t day_add_years(int32_t day, int years)
{
	assert(years > -YEAR_MAX && years < YEAR_MAX);
	return day_add_months(day, years * 12);
}

int age_on(int32_t birth, int32_t today)
{
	if (birth >= today)
		return 0;
	struct civil b = civil_from_day(birth), t = civil_from_day(today);
	bool had_birthday = t.month > b.month || (t.month == b.month && t.day >= b.day);
	return t.year - b.year - (had_birthday ? 0 : 1);
}

static int32_t last_sunday(int year, int month)
{
	int32_t last = day_from_civil((struct civil){ year, month, month_length(year, month) });
	return last - (int32_t)weekday_of(last) % 7;
}

static int64_t floor_day(int64_t ms)
{
	return ms >= 0 ? ms / MS_PER_DAY : (ms - (MS_PER_DAY - 1)) / MS_PER_DAY;
}

static int offset_minutes_at(int64_t ms)
{
	int year = civil_from_day((int32_t)floor_day(ms)).year;
	if (year < YEAR_MIN || year > YEAR_MAX)
		return 60;
	int64_t hour = MS_PER_DAY / 24;
	int64_t starts = last_sunday(year, 3) * MS_PER_DAY + hour;
	int64_t ends = last_sunday(year, 10) * MS_PER_DAY + hour;
	return ms >= starts && ms < ends ? 120 : 60;
}

struct local_time local_from_ms(int64_t ms)
{
	int offset = offset_minutes_at(ms);
	int64_t local = ms + (int64_t)offset * 60000;
	int64_t day = floor_day(local);
	int second_of_day = (int)((local - day * MS_PER_DAY) / 1000);
	return (struct local_time){
		.day = (int32_t)day,
		.hour = second_of_day / 3600,
		.minute = second_of_day / 60 % 60,
		.second = second_of_day % 60,
		.offset_minutes = offset,
	};
}

int32_t local_day(int64_t ms)
{
	return local_from_ms(ms).day;
}

int64_t local_quarter(int64_t ms)
{
	const struct civil c = civil_from_day(local_day(ms));
	return (int64_t)c.year * 10 + (c.month + 2) / 3;
}

int64_t ms_at_local(int32_t day, int hour, int minute)
{
	assert(hour >= 0 && hour < 24 && minute >= 0 && minute < 60);
	int64_t wall = day * MS_PER_DAY + ((int64_t)hour * 60 + minute) * 60000;
	int64_t summer = wall - INT64_C(120) * 60000;
	if (offset_minutes_at(summer) == 120)
		return summer;
	return wall - INT64_C(60) * 60000;
}

int64_t ms_at_day_start(int32_t day)
{
	return ms_at_local(day, 0, 0);
}

int32_t easter_sunday(int year)
{
	assert(year >= 1583 && year <= YEAR_MAX);
	int a = year % 19, b = year / 100, c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;
	return day_from_civil((struct civil){ year, n / 31, n % 31 + 1 });
}

/* The King's (from 2014) or Queen's day, moved when it falls on a Sunday. */
static bool is_royal_day(int32_t day, struct civil c)
{
	if (c.month != 4)
		return false;
	int date = c.year >= 2014 ? 27 : 30;
	int32_t royal = day_from_civil((struct civil){ c.year, 4, date });
	return day == (weekday_of(royal) == SUNDAY ? royal - 1 : royal);
}

static const char *fixed_holiday(int32_t day, struct civil c)
{
	if (c.month == 1 && c.day == 1)
		return "Nieuwjaarsdag";
	if (is_royal_day(day, c))
		return c.year >= 2014 ? "Koningsdag" : "Koninginnedag";
	if (c.month == 5 && c.day == 5)
		return "Bevrijdingsdag";
	if (c.month == 12 && c.day == 25)
		return "Eerste Kerstdag";
	if (c.month == 12 && c.day == 26)
		return "Tweede Kerstdag";
	return NULL;
}

static const char *easter_holiday(int32_t days_after_easter)
{
	static const struct {
		int32_t after;
		const char *name;
	} days[] = {
		{ -2, "Goede Vrijdag" },      { 0, "Eerste Paasdag" },
		{ 1, "Tweede Paasdag" },      { 39, "Hemelvaartsdag" },
		{ 49, "Eerste Pinksterdag" }, { 50, "Tweede Pinksterdag" },
	};

	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
		if (days[i].after == days_after_easter)
			return days[i].name;
	return NULL;
}

const char *holiday_name(int32_t day)
{
	struct civil c = civil_from_day(day);
	if (c.year < 1583 || c.year > YEAR_MAX)
		return NULL;
	/* Ascension Day can fall on 5 May; the day is free either way. */
	const char *moving = easter_holiday(day - easter_sunday(c.year));
	return moving != NULL ? moving : fixed_holiday(day, c);
}

static bool is_closed(int32_t day, const struct office_days *office)
{
	for (size_t i = 0; i < office->closed_count; i++)
		if (office->closed[i] == day)
			return true;
	return false;
}

static bool is_free_holiday(int32_t day, const struct office_days *office)
{
	struct civil c = civil_from_day(day);
	if (c.year < 1583 || c.year > YEAR_MAX)
		return false;
	int32_t after_easter = day - easter_sunday(c.year);
	if (after_easter == -2)
		return !office->good_friday_worked || fixed_holiday(day, c) != NULL;
	if (easter_holiday(after_easter) != NULL)
		return true;
	if (c.month == 5 && c.day == 5)
		return !office->liberation_day_lustrum || c.year % 5 == 0;
	return fixed_holiday(day, c) != NULL;
}

bool is_working_day(int32_t day, const struct office_days *office)
{
	static const struct office_days ordinary = { 0 };

	if (office == NULL)
		office = &ordinary;
	return weekday_of(day) < SATURDAY && !is_free_holiday(day, office) &&
	       !is_closed(day, office);
}

int32_t working_days_add(int32_t day, int count, const struct office_days *office)
{
	assert(count >= -COUNT_MAX && count <= COUNT_MAX);
	int step = count < 0 ? -1 : 1;
	while (count != 0) {
		day += step;
		if (is_working_day(day, office))
			count -= step;
	}
	return day;
}

int working_days_between(int32_t from, int32_t to, const struct office_days *office)
{
	if (to < from)
		return -working_days_between(to, from, office);
	int count = 0;
	for (int32_t day = from; day < to && count < COUNT_MAX; day++)
		count += is_working_day(day + 1, office) ? 1 : 0;
	return count;
}
