#include "platform/core/dutch.h"

#include <assert.h>
#include <inttypes.h>

const char *dutch_month(int month)
{
	static const char *const names[] = {
		"januari", "februari", "maart",     "april",   "mei",      "juni",
		"juli",    "augustus", "september", "oktober", "november", "december",
	};

	assert(month >= 1 && month <= 12);
	return names[month - 1];
}

const char *dutch_weekday(enum weekday weekday)
{
	static const char *const names[] = { "maandag", "dinsdag",  "woensdag", "donderdag",
		                             "vrijdag", "zaterdag", "zondag" };

	assert(weekday >= MONDAY && weekday <= SUNDAY);
	return names[weekday - MONDAY];
}

const char *dutch_date(struct arena *a, int32_t day)
{
	struct civil c = civil_from_day(day);
	return arena_printf(a, "%d %s %d", c.day, dutch_month(c.month), c.year);
}

const char *dutch_date_long(struct arena *a, int32_t day)
{
	return arena_printf(a, "%s %s", dutch_weekday(weekday_of(day)), dutch_date(a, day));
}

const char *dutch_time(struct arena *a, int64_t ms)
{
	struct local_time t = local_from_ms(ms);
	return arena_printf(a, "%02d.%02d uur", t.hour, t.minute);
}

const char *dutch_moment(struct arena *a, int64_t ms)
{
	return arena_printf(a, "%s, %s", dutch_date(a, local_day(ms)), dutch_time(a, ms));
}

/* The digits of n with a point between thousands. */
static const char *grouped(struct arena *a, uint64_t n)
{
	char digits[24];
	char text[40];
	int len = snprintf(digits, sizeof(digits), "%" PRIu64, n);
	size_t at = 0;

	assert(len > 0 && (size_t)len < sizeof(digits));
	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			text[at++] = '.';
		text[at++] = digits[i];
	}
	return arena_strndup(a, text, at);
}

static uint64_t magnitude(int64_t n)
{
	return n < 0 ? UINT64_C(0) - (uint64_t)n : (uint64_t)n;
}

const char *dutch_number(struct arena *a, int64_t n)
{
	return arena_printf(a, "%s%s", n < 0 ? "-" : "", grouped(a, magnitude(n)));
}

const char *dutch_euros(struct arena *a, int64_t cents)
{
	uint64_t whole = magnitude(cents);
	return arena_printf(a, "€ %s%s,%02d", cents < 0 ? "-" : "", grouped(a, whole / 100),
	                    (int)(whole % 100));
}

const char *dutch_count(struct arena *a, int64_t n, const char *one, const char *many)
{
	return arena_printf(a, "%s %s", dutch_number(a, n), n == 1 ? one : many);
}

const char *dutch_due(struct arena *a, int32_t today, int32_t due, const struct office_days *office)
{
	if (due == today)
		return "vandaag";
	int32_t from = due > today ? today : due;
	int32_t to = due > today ? due : today;
	int working = working_days_between(from, to, office);
	const char *span = working > 0 ? dutch_count(a, working, "werkdag", "werkdagen")
	                               : dutch_count(a, (int64_t)to - from, "dag", "dagen");
	return due > today ? arena_printf(a, "nog %s", span) : arena_printf(a, "%s te laat", span);
}

const char *iso_date(struct arena *a, int32_t day)
{
	struct civil c = civil_from_day(day);
	return arena_printf(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

const char *iso_moment(struct arena *a, int64_t ms)
{
	int64_t seconds = ms >= 0 ? ms / 1000 : (ms - 999) / 1000;
	int64_t day = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400;
	int rest = (int)(seconds - day * 86400);
	return arena_printf(a, "%sT%02d:%02d:%02dZ", iso_date(a, (int32_t)day), rest / 3600,
	                    rest / 60 % 60, rest % 60);
}

static int digits_value(const char *text, int count)
{
	int value = 0;
	for (int i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

bool iso_date_read(const char *text, int32_t *ret_day)
{
	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
		return false;
	struct civil c = {
		digits_value(text, 4),
		digits_value(text + 5, 2),
		digits_value(text + 8, 2),
	};
	if (!civil_valid(c))
		return false;
	*ret_day = day_from_civil(c);
	return true;
}
