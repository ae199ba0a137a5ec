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
