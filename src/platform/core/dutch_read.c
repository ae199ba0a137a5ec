/* Days and amounts as people in the Netherlands type them: the reading half of dutch.h. */
#include "platform/core/dutch.h"

#include <assert.h>
#include <stdlib.h>

/* Where two-digit years turn: 49 is 2049, 50 is 1950. */
static const int YEAR_PIVOT = 50;

static const char *skip_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t')
		p++;
	return p;
}

/* Reads 1 to max digits; NULL if there is none or one too many. */
static const char *number(const char *p, int max, int *ret_value, int *ret_digits)
{
	int value = 0, digits = 0;

	for (; *p >= '0' && *p <= '9'; p++, digits++) {
		if (digits == max)
			return NULL;
		value = value * 10 + (*p - '0');
	}
	*ret_value = value;
	*ret_digits = digits;
	return digits > 0 ? p : NULL;
}

/* Names are told from three letters on ("mrt" is how people shorten maart), a point may follow. */
static const char *month_name(const char *p, int *ret_month)
{
	size_t len = 0;

	while ((p[len] >= 'a' && p[len] <= 'z') || (p[len] >= 'A' && p[len] <= 'Z'))
		len++;
	if (len < 3)
		return NULL;
	for (int m = 1; m <= 12; m++) {
		const char *name = dutch_month(m);
		bool short_march = m == 3 && len == 3 && strncasecmp(p, "mrt", 3) == 0;
		if (!short_march && (len > strlen(name) || strncasecmp(p, name, len) != 0))
			continue;
		*ret_month = m;
		return p[len] == '.' ? p + len + 1 : p + len;
	}
	return NULL;
}

static const char *separator(const char *p)
{
	p = skip_blanks(p);
	if (*p != '-' && *p != '/' && *p != '.')
		return NULL;
	return skip_blanks(p + 1);
}

static const char *month_part(const char *p, int *ret_month)
{
	int digits;
	const char *named = month_name(skip_blanks(p), ret_month);

	if (named != NULL)
		return skip_blanks(named);
	p = separator(p);
	if (p == NULL)
		return NULL;
	named = month_name(p, ret_month);
	if (named == NULL)
		named = number(p, 2, ret_month, &digits);
	return named != NULL ? separator(named) : NULL;
}

bool dutch_day_read(const char *text, int32_t *ret_day)
{
	struct civil c;
	int digits;

	assert(text != NULL && ret_day != NULL);
	if (iso_date_read(text, ret_day))
		return true;
	const char *p = number(skip_blanks(text), 2, &c.day, &digits);
	p = p != NULL ? month_part(p, &c.month) : NULL;
	if (p != NULL && *p == '-')
		p = skip_blanks(p + 1);
	p = p != NULL ? number(p, 4, &c.year, &digits) : NULL;
	if (p == NULL || *skip_blanks(p) != '\0' || (digits != 2 && digits != 4))
		return false;
	if (digits == 2)
		c.year += c.year < YEAR_PIVOT ? 2000 : 1900;
	if (!civil_valid(c))
		return false;
	*ret_day = day_from_civil(c);
	return true;
}

int dutch_year_meant(int month, int day, int32_t today, bool to_come)
{
	const struct civil t = civil_from_day(today);
	const bool later = month > t.month || (month == t.month && day > t.day);
	const bool earlier = month < t.month || (month == t.month && day < t.day);

	if (to_come)
		return earlier ? t.year + 1 : t.year;
	return later ? t.year - 1 : t.year;
}

/* "1 maart", "1-3", "1/mrt" */
static bool read_without_year(const char *text, int32_t today, bool to_come, int32_t *ret_day)
{
	struct civil c;
	int digits;
	const char *p = number(skip_blanks(text), 2, &c.day, &digits);

	if (p == NULL)
		return false;
	const char *end = month_name(skip_blanks(p), &c.month);
	if (end == NULL && (p = separator(p)) != NULL) {
		end = month_name(p, &c.month);
		if (end == NULL)
			end = number(p, 2, &c.month, &digits);
	}
	if (end == NULL || *skip_blanks(end) != '\0')
		return false;
	c.year = dutch_year_meant(c.month, c.day, today, to_come);
	if (!civil_valid(c))
		return false;
	*ret_day = day_from_civil(c);
	return true;
}

static bool is_word(const char *text, size_t len, const char *word)
{
	return strlen(word) == len && strncasecmp(text, word, len) == 0;
}

/* Days from today to what the word says; false: it is none of them. */
static bool read_day_word(const char *text, int32_t today, int32_t *ret_day)
{
	static const struct {
		const char *word;
		int days;
	} WORDS[] = { { "vandaag", 0 },
		      { "gisteren", -1 },
		      { "eergisteren", -2 },
		      { "morgen", 1 },
		      { "overmorgen", 2 } };
	const char *p = skip_blanks(text);
	const size_t len = strcspn(p, " \t");

	for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
		if (is_word(p, len, WORDS[i].word) && *skip_blanks(p + len) == '\0') {
			*ret_day = today + WORDS[i].days;
			return true;
		}
	return false;
}

/* Past a weekday ("zaterdag", "za", "za."), 1 Monday to 7 Sunday; 0 and the text itself: none. */
static const char *skip_weekday(const char *text, int *ret_weekday)
{
	const char *p = skip_blanks(text);
	const size_t len = strcspn(p, " \t.,0123456789");

	*ret_weekday = 0;
	for (int d = 1; d <= 7; d++) {
		const char *name = dutch_weekday((enum weekday)d);
		if (is_word(p, len, name) || (len == 2 && strncasecmp(p, name, 2) == 0))
			*ret_weekday = d;
	}
	return *ret_weekday == 0 ? text : p + len + strspn(p + len, ".,");
}

bool dutch_day_read_on(const char *text, int32_t today, bool to_come, int32_t *ret_day)
{
	int weekday = 0;
	int32_t day = 0;

	assert(text != NULL && ret_day != NULL);
	const char *p = skip_weekday(text, &weekday);
	if (!read_day_word(p, today, &day) && !dutch_day_read(skip_blanks(p), &day) &&
	    !read_without_year(p, today, to_come, &day))
		return false;
	if (weekday != 0 && weekday_of(day) != (enum weekday)weekday)
		return false;
	*ret_day = day;
	return true;
}

/* The whole euros: bare digits, or groups of three with points. NULL if neither. */
static const char *whole_euros(const char *p, int64_t *ret)
{
	int in_group = 0, digits = 0;
	bool grouped = false;
	int64_t value = 0;

	for (;; p++) {
		if (*p >= '0' && *p <= '9') {
			if (++digits > 15 || (grouped && in_group == 3))
				return NULL;
			value = value * 10 + (*p - '0');
			in_group++;
		} else if (*p == '.' && strspn(p + 1, "0123456789") >= 3) {
			if (in_group == 0 || in_group > 3)
				return NULL;
			grouped = true;
			in_group = 0;
		} else {
			break;
		}
	}
	*ret = value;
	return digits > 0 && (!grouped || in_group == 3) ? p : NULL;
}

/* ",56", ".56" (no group has two digits), ",-" or nothing. */
static const char *cents_part(const char *p, int *ret)
{
	*ret = 0;
	if (*p != ',' && *p != '.')
		return p;
	if (*p == ',' && p[1] == '-')
		return p + 1 + strspn(p + 1, "-");
	if (strspn(p + 1, "0123456789") != 2)
		return NULL;
	*ret = (p[1] - '0') * 10 + (p[2] - '0');
	return p + 3;
}

bool dutch_euros_read(const char *text, int64_t *ret_cents)
{
	int64_t euros = 0;
	int cents = 0;

	assert(text != NULL && ret_cents != NULL);
	const char *p = skip_blanks(text);
	bool minus = *p == '-';
	p = skip_blanks(minus ? p + 1 : p);
	if (strncmp(p, "€", strlen("€")) == 0)
		p = skip_blanks(p + strlen("€"));
	if (!minus && *p == '-') {
		minus = true;
		p++;
	}
	p = whole_euros(p, &euros);
	p = p != NULL ? cents_part(p, &cents) : NULL;
	if (p == NULL || *skip_blanks(p) != '\0')
		return false;
	*ret_cents = (euros * 100 + cents) * (minus ? -1 : 1);
	return true;
}

/* ---- times ----------------------------------------------------------------------------------- */

bool dutch_time_read(const char *text, int *ret_hour, int *ret_minute)
{
	char *colon = NULL, *end = NULL;

	if (*text < '0' || *text > '9')
		return false;
	const long hour = strtol(text, &colon, 10);
	if ((*colon != '.' && *colon != ':') || colon[1] < '0' || colon[1] > '9')
		return false;
	const long minute = strtol(colon + 1, &end, 10);
	if (end != colon + 3 || *end != '\0' || hour > 23 || minute > 59)
		return false;
	*ret_hour = (int)hour;
	*ret_minute = (int)minute;
	return true;
}
