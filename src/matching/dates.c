#include "matching/dates.h"

#include <stdbool.h>

struct numbers {
	uint32_t value[3];
	int digits[3];
	int count;
};

static bool digit_groups(const char *s, size_t bytes, struct numbers *n)
{
	bool within = false;

	*n = (struct numbers){ 0 };
	for (size_t i = 0; i < bytes; i++) {
		if (s[i] < '0' || s[i] > '9') {
			if (s[i] == 'T' && n->count == 3)
				return true; /* a time follows: 1977-12-28T00:00:00 */
			if (s[i] != '-' && s[i] != '/' && s[i] != '.' && s[i] != ' ')
				return false;
			within = false;
			continue;
		}
		if (!within) {
			if (n->count == 3)
				return true;
			n->count++;
			within = true;
		}
		n->value[n->count - 1] = n->value[n->count - 1] * 10 + (uint32_t)(s[i] - '0');
		if (++n->digits[n->count - 1] > 8)
			return false;
	}
	return true;
}

/* What can't be is left out: the year alone still tells something. */
static uint32_t checked(uint32_t year, uint32_t month, uint32_t day)
{
	if (year > 9999)
		return 0;
	if (month > 12 && month <= 31 && day <= 12) { /* the month-day order of another country */
		uint32_t swap = month;
		month = day;
		day = swap;
	}
	if (month > 12)
		return date_pack(year, 0, 0);
	return date_pack(year, month, day > 31 ? 0 : day);
}

static uint32_t full_year(uint32_t year, int digits)
{
	return digits <= 2 && year != 0 ? 1900 + year : year;
}

/* "1977-12-28" is nearly every cell there is. */
static bool iso_date(const char *s, size_t bytes, uint32_t *ret)
{
	uint32_t d[10];

	if (bytes != 10 || s[4] != '-' || s[7] != '-')
		return false;
	for (int i = 0; i < 10; i++) {
		d[i] = (uint32_t)(unsigned char)s[i] - '0';
		if (d[i] > 9 && i != 4 && i != 7)
			return false;
	}
	*ret = checked(d[0] * 1000 + d[1] * 100 + d[2] * 10 + d[3], d[5] * 10 + d[6],
	               d[8] * 10 + d[9]);
	return true;
}

uint32_t date_parse(const char *text, size_t bytes)
{
	struct numbers n;
	uint32_t date = 0;

	if (iso_date(text, bytes, &date))
		return date;
	if (bytes > 40 || !digit_groups(text, bytes, &n))
		return 0;
	if (n.count == 3 && n.digits[0] >= 3)
		return checked(n.value[0], n.value[1], n.value[2]);
	if (n.count == 3)
		return checked(full_year(n.value[2], n.digits[2]), n.value[1], n.value[0]);
	if (n.count == 2 && n.digits[0] == 4)
		return checked(n.value[0], n.value[1], 0);
	if (n.count == 2 && n.digits[1] == 4)
		return checked(n.value[1], n.value[0], 0);
	if (n.count == 1 && n.digits[0] == 8)
		return checked(n.value[0] / 10000, n.value[0] / 100 % 100, n.value[0] % 100);
	if (n.count == 1 && n.digits[0] == 4)
		return checked(n.value[0], 0, 0);
	return 0;
}

/* One decimal digit per four bits, so that differing digits can be counted in one go. */
static uint32_t digits_of(uint32_t date)
{
	uint32_t year = date_year(date), month = date_month(date), day = date_day(date);

	return year / 1000 << 28 | year / 100 % 10 << 24 | year / 10 % 10 << 20 | year % 10 << 16 |
	       month / 10 << 12 | month % 10 << 8 | day / 10 << 4 | day % 10;
}

static int differing_digits(uint32_t a, uint32_t b)
{
	uint32_t x = a ^ b;

	x |= x >> 2;
	x |= x >> 1;
	return __builtin_popcount(x & 0x11111111u);
}

/* Whether two neighbouring digits changed places, and nothing else. */
static bool neighbours_swapped(uint32_t a, uint32_t b)
{
	uint32_t x = a ^ b;
	int shift = __builtin_ctz(x) / 4 * 4;

	if (shift > 24 || (x & ~(0xffu << shift)) != 0)
		return false;
	return ((a >> shift) & 15) == ((b >> (shift + 4)) & 15) &&
	       ((a >> (shift + 4)) & 15) == ((b >> shift) & 15);
}

static bool is_vague(uint32_t date)
{
	return date_month(date) == 0 || date_day(date) == 0 || (date & 511) == (1 << 5 | 1);
}

/* One side knows less: the year must agree, and the month where both know it. */
static enum date_level compare_vague(uint32_t a, uint32_t b)
{
	if (date_year(a) == 0 || date_year(b) == 0)
		return (a & 511) == (b & 511) ? DATE_NEAR : DATE_DIFFERENT;
	return date_year(a) == date_year(b) ? DATE_HALF : DATE_DIFFERENT;
}

enum date_level date_compare(uint32_t a, uint32_t b)
{
	if (a == 0 || b == 0)
		return DATE_MISSING;
	if (a == b)
		return is_vague(a) ? DATE_DEFAULT : DATE_SAME;
	bool same_year = date_year(a) == date_year(b);
	if ((is_vague(a) || is_vague(b)) && (same_year || date_year(a) == 0 || date_year(b) == 0))
		return compare_vague(a, b);
	if (same_year && date_month(a) == date_day(b) && date_day(a) == date_month(b))
		return DATE_ONE_SLIP;
	uint32_t da = digits_of(a), db = digits_of(b);
	int differing = differing_digits(da, db);
	if (differing == 1 || (differing == 2 && neighbours_swapped(da, db)))
		return DATE_ONE_SLIP;
	if (differing == 2)
		return DATE_NEAR;
	return same_year ? DATE_SAME_YEAR : DATE_DIFFERENT;
}
