#include "law/validate.h"
#include "law/validate_text.h"

#include <string.h>

enum { PLATE_LETTERS = 6, SERIES_COUNT = 14, SERIES_WITHOUT_VOWELS = 4 };

/* The 14 series ("sidecodes"), X a letter and 9 a digit; number is index + 1. Without dashes each
 * pattern occurs once, so that the series is told by the letters and digits alone. */
static const char *const series[SERIES_COUNT] = {
	"XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9",
	"9-XXX-99", "XX-999-X", "X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9",
};

/* Left out of the series that are given out, KENT in the dossier. */
static const char *const never_given[] = { "GVD", "KKK", "NSB", "PKK", "PSV",
	                                   "TBS", "PVV", "SGP", "VVD" };

/* The plate with the dashes of this series, or false if it has another shape. */
static bool fits(const char *six, const char *pattern, char ret[9])
{
	size_t at = 0;

	for (size_t i = 0; pattern[i] != '\0'; i++) {
		if (pattern[i] == '-') {
			ret[i] = '-';
			continue;
		}
		if ((pattern[i] == 'X') != is_letter(six[at]))
			return false;
		ret[i] = six[at++];
	}
	ret[8] = '\0';
	return true;
}

static int series_of(const char *six, char ret[9])
{
	for (int i = 0; i < SERIES_COUNT; i++)
		if (fits(six, series[i], ret))
			return i + 1;
	return 0;
}

static bool unusual_letters(const char *dashed, int number)
{
	if (number < SERIES_WITHOUT_VOWELS)
		return false;
	if (strpbrk(dashed, "AEIOUCQ") != NULL)
		return true;
	for (size_t i = 0; i < sizeof(never_given) / sizeof(never_given[0]); i++)
		if (strstr(dashed, never_given[i]) != NULL)
			return true;
	const char *ss = strstr(dashed, "SS"), *sd = strstr(dashed, "SD");
	return ss != NULL || sd != NULL;
}

struct law_checked law_check_plate(const char *text)
{
	struct plain p = plain_of(text), six;
	char dashed[9];

	bool plain_plate = plain_compact(&p, " .-", &six);
	if (p.len == 0 || p.refused || !plain_plate || six.len == 0)
		return checked_error("Een kenteken heeft letters en cijfers, zoals 12-ZZZ-3.");
	int number = six.len == PLATE_LETTERS ? series_of(six.s, dashed) : 0;
	if (number == 0)
		return checked_warning(six.s,
		                       "Dit is geen Nederlands kenteken. Is het buitenlands? Kies "
		                       "dan het land.");
	struct law_checked c =
	    unusual_letters(dashed, number)
		? checked_warning(dashed,
	                          "Deze letters komen zelden op een kenteken voor. Klopt het?")
		: checked_fine(dashed);
	c.number = number;
	return c;
}

struct law_checked law_check_foreign_plate(const char *country, const char *text)
{
	enum { FOREIGN_MAX = 12 };
	struct plain land = plain_of(country), code, p = plain_of(text);

	if (!plain_compact(&land, "", &code) || code.len < 1 || code.len > 3 ||
	    strpbrk(code.s, "0123456789") != NULL)
		return checked_error("Kies het land van het kenteken.");
	size_t characters = 0;
	for (size_t i = 0; i < p.len; i++)
		characters += ((unsigned char)p.s[i] & 0xc0u) != 0x80u;
	if (p.refused || characters == 0 || characters > FOREIGN_MAX)
		return checked_error("Een buitenlands kenteken heeft 1 tot en met 12 tekens.");
	for (size_t i = 0; i < p.len; i++)
		p.s[i] = capital_letter(p.s[i]);
	return checked_fine(p.s);
}
