#include "law/validate.h"
#include "law/validate_text.h"

#include <inttypes.h>
#include <string.h>

enum { WHOLE_DIGITS_MAX = 13 };

static struct law_checked no_amount(void)
{
	return checked_error("Dit is geen bedrag. Schrijf het zo: 1.234,56.");
}

/* Bytes of a currency sign or word at s, or 0. */
static size_t currency_at(const char *s)
{
	static const char *const words[] = { "\xe2\x82\xac", "euro", "eur" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strncasecmp(s, words[i], strlen(words[i])) == 0)
			return strlen(words[i]);
	return 0;
}

/* The text without currency and spaces, in small letters; false if it is empty or too long. */
static bool bare_number(const struct plain *p, char *ret, size_t ret_bytes)
{
	size_t len = 0;

	for (size_t i = 0; i < p->len;) {
		size_t currency = currency_at(p->s + i);
		if (currency == 0 && p->s[i] != ' ') {
			if (len + 1 >= ret_bytes)
				return false;
			ret[len++] = small_letter(p->s[i]);
		}
		i += currency > 0 ? currency : 1;
	}
	ret[len] = '\0';
	return len > 0;
}

/* Takes "miljoen" and the like off the end; the factor, 1 without such a word. */
static int64_t take_multiplier(char *number)
{
	static const struct {
		const char *word;
		int64_t factor;
	} words[] = {
		{ "duizend", 1000 }, { "miljoen", 1000000 },    { "mln.", 1000000 },
		{ "mln", 1000000 },  { "miljard", 1000000000 },
	};
	size_t len = strlen(number);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t word_len = strlen(words[i].word);
		if (len > word_len && strcmp(number + len - word_len, words[i].word) == 0) {
			number[len - word_len] = '\0';
			return words[i].factor;
		}
	}
	return 1;
}

/* Ends on ",-" or ",--" or ".-": no cents. */
static void drop_dash_cents(char *number)
{
	size_t len = strlen(number);

	while (len > 0 && number[len - 1] == '-')
		number[--len] = '\0';
	if (len > 0 && (number[len - 1] == ',' || number[len - 1] == '.'))
		number[len - 1] = '\0';
}

struct parts {
	const char *whole;
	size_t whole_len;
	const char *decimals;
	size_t decimal_len;
	bool english;   /* 1,234.56 */
	bool ambiguous; /* 1,234 */
};

/* The separator that starts the decimals: the last one, if it stands once and not before thousands.
 */
static struct parts split(const char *s)
{
	const char *comma = strrchr(s, ','), *point = strrchr(s, '.');
	const char *last = comma > point ? comma : point;
	struct parts parts = { .whole = s, .whole_len = strlen(s) };

	if (last == NULL)
		return parts;
	size_t after = strlen(last + 1);
	bool only_kind = comma == NULL || point == NULL;
	bool once = strchr(s, *last) == last;
	if (only_kind && after == 3 && *last == '.')
		return parts; /* 1.234 and 1.234.567 */
	if (only_kind && !once)
		return parts; /* 1,234,567 is left for the shape check */
	parts.ambiguous = only_kind && after == 3 && *last == ',';
	parts.english = !only_kind && *last == '.';
	parts.whole_len = (size_t)(last - s);
	parts.decimals = last + 1;
	parts.decimal_len = after;
	return parts;
}

/* Digits of the whole part; separators only between groups of three. */
static bool read_whole(const struct parts *parts, int64_t *ret)
{
	char separator = '\0';
	size_t digits = 0, group = 0;

	*ret = 0;
	for (size_t i = 0; i < parts->whole_len; i++) {
		char c = parts->whole[i];
		if (is_digit(c)) {
			*ret = *ret * 10 + (c - '0');
			group++;
			if (++digits > WHOLE_DIGITS_MAX)
				return false;
			continue;
		}
		bool first = separator == '\0';
		if ((c != '.' && c != ',') || (!first && c != separator) ||
		    (first ? group < 1 || group > 3 : group != 3))
			return false;
		separator = c;
		group = 0;
	}
	return digits > 0 && (separator == '\0' || group == 3);
}

static struct law_checked amount_of(int64_t cents, bool english)
{
	char value[40];

	(void)snprintf(value, sizeof(value), "%" PRId64 ",%02d", cents / 100, (int)(cents % 100));
	struct law_checked c =
	    english ? checked_warning(value, "Hier staat een punt voor de centen. Bedoelt u € %s?",
	                              value)
		    : checked_fine(value);
	c.number = cents;
	return c;
}

/* Decimals as cents times the factor; more than two only where a factor makes cents of them. */
static bool read_decimals(const struct parts *parts, int64_t factor, int64_t *ret_cents)
{
	int64_t unit = factor * 100;

	*ret_cents = 0;
	for (size_t i = 0; i < parts->decimal_len; i++) {
		if (!is_digit(parts->decimals[i]) || unit % 10 != 0)
			return false;
		unit /= 10;
		*ret_cents += unit * (parts->decimals[i] - '0');
	}
	return parts->decimals == NULL || parts->decimal_len > 0;
}

struct law_checked law_check_amount(const char *text)
{
	struct plain p = plain_of(text);
	char number[LAW_CHECK_INPUT_MAX + 1];
	int64_t whole, cents;

	if (p.refused || !bare_number(&p, number, sizeof(number)))
		return no_amount();
	if (number[0] == '-')
		return checked_error("Een bedrag kan niet onder nul zijn. Haal de min weg.");
	drop_dash_cents(number);
	int64_t factor = take_multiplier(number);
	struct parts parts = split(number);
	if (parts.ambiguous && factor == 1)
		return checked_error("Bedoelt u duizenden of centen? Schrijf 1.234 of 1,23.");
	if (!read_whole(&parts, &whole) || !read_decimals(&parts, factor, &cents))
		return no_amount();
	if (whole > INT64_C(9999999999999) / factor)
		return checked_error("Dit bedrag is te groot. Controleer het.");
	return amount_of(whole * factor * 100 + cents, parts.english);
}
