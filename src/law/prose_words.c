#include "law/date_words.h"
#include "law/prose.h"
#include "law/validate_text.h"

#include <string.h>

static size_t after_digits(const struct prose *p, size_t i)
{
	while (i < p->len && is_digit(p->s[i]))
		i++;
	return i;
}

/* "geboren op 3-4-1980", "geb. 3 april 1980": no other number stands between. */
static bool is_birth(const struct prose *p, size_t i)
{
	static const char *const words[] = { "geboren", "geboorte", "geb." };
	enum { LOOK_BACK = 24 };

	for (size_t at = i; at > 0 && i - at < LOOK_BACK && !is_digit(p->s[at - 1]); at--)
		for (size_t w = 0; w < sizeof words / sizeof words[0]; w++)
			if (prose_word_starts(p, at - 1) &&
			    strncasecmp(p->s + at - 1, words[w], strlen(words[w])) == 0)
				return true;
	return false;
}

static size_t keep_date(const struct prose *p, size_t i, size_t end, struct law_find *ret)
{
	struct candidate c;

	if (!prose_candidate(p, i, end, &c))
		return 0;
	const bool birth = is_birth(p, i);
	struct law_checked checked =
	    birth ? law_check_birth_date(c.s, p->today) : law_check_date(c.s, p->today, WHEN_ANY);
	prose_keep(ret, birth ? FIND_BIRTH_DATE : FIND_DATE, &checked, c.s);
	return end;
}

/* "1-3-2026", "1/3/26", "2026-03-01": three figures with one separator, and no fourth. */
static size_t after_date_figures(const struct prose *p, size_t i)
{
	size_t first = after_digits(p, i);
	bool year_first = first - i == 4;

	if (first >= p->len)
		return 0;
	char separator = p->s[first];
	if (separator == '\0' || strchr("-/.", separator) == NULL || (first - i > 2 && !year_first))
		return 0;
	size_t second = after_digits(p, first + 1);
	if (second == first + 1 || second - first > 3 || second >= p->len ||
	    p->s[second] != separator)
		return 0;
	size_t third = after_digits(p, second + 1), digits = third - second - 1;
	bool fits = year_first ? digits >= 1 && digits <= 2 : digits == 2 || digits == 4;
	bool goes_on = third + 1 < p->len && p->s[third] == separator && is_digit(p->s[third + 1]);
	return fits && !goes_on && prose_word_ended(p, third) ? third : 0;
}

/* " 2026" or " '26" after a month's name; `i` itself if no year stands there. */
static size_t after_year(const struct prose *p, size_t i)
{
	size_t at = i;

	if (at < p->len && p->s[at] == '.')
		at++;
	if (at >= p->len || p->s[at] != ' ')
		return i;
	at++;
	bool short_year = at < p->len && p->s[at] == '\'';
	size_t from = short_year ? at + 1 : at, end = after_digits(p, from);
	bool year = end - from == (short_year ? 2u : 4u) && prose_word_ended(p, end);
	bool plausible = short_year || p->s[from] == '1' || p->s[from] == '2';
	return year && plausible ? end : i;
}

static size_t after_day_and_month(const struct prose *p, size_t i)
{
	size_t day = after_digits(p, i);

	if (day - i > 2 || day >= p->len || p->s[day] != ' ')
		return 0;
	size_t end = prose_word_end(p, day + 1);
	if (date_month(p->s + day + 1, end - day - 1) == 0)
		return 0;
	return after_year(p, end);
}

size_t prose_find_date(const struct prose *p, size_t i, struct law_find *ret)
{
	bool goes_back = i >= 2 && strchr("-/.", p->s[i - 1]) != NULL && is_digit(p->s[i - 2]);

	if (!is_digit(p->s[i]) || goes_back)
		return 0;
	size_t end = after_day_and_month(p, i);
	if (end == 0)
		end = after_date_figures(p, i);
	return end > 0 ? keep_date(p, i, end, ret) : 0;
}

size_t prose_find_time(const struct prose *p, size_t i, struct law_find *ret)
{
	struct candidate c;
	size_t hour = after_digits(p, i);

	if (hour == i || hour - i > 2 || hour >= p->len)
		return 0;
	bool colon = p->s[hour] == ':';
	size_t minute = colon || p->s[hour] == '.' ? after_digits(p, hour + 1) : hour;
	if (minute > hour && minute - hour != 3)
		return 0;
	size_t gap = minute < p->len && p->s[minute] == ' ' ? minute + 1 : minute;
	size_t word = prose_word_is(p, gap, "uur");
	size_t end = word > 0 ? word : minute;
	bool told = word > 0 || (colon && minute > hour && prose_word_ended(p, minute));
	if (!told || !prose_candidate(p, i, end, &c))
		return 0;
	struct law_checked checked = law_check_time(c.s);
	if (checked.level == CHECK_ERROR)
		return 0;
	prose_keep(ret, FIND_TIME, &checked, c.s);
	return end;
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

size_t prose_find_postcode(const struct prose *p, size_t i, struct law_find *ret)
{
	struct candidate c;
	size_t digits = after_digits(p, i);

	if (digits - i != 4 || digits >= p->len)
		return 0;
	size_t letters = p->s[digits] == ' ' ? digits + 1 : digits;
	if (letters + 2 > p->len || !is_capital(p->s[letters]) || !is_capital(p->s[letters + 1]) ||
	    !prose_word_ended(p, letters + 2) || !prose_candidate(p, i, letters + 2, &c))
		return 0;
	struct law_checked checked = law_check_postcode(c.s);
	if (checked.level == CHECK_ERROR)
		return 0;
	prose_keep(ret, FIND_POSTCODE, &checked, c.s);
	return letters + 2;
}

/* ---- plates ---- */

/* Six letters and digits with dashes where the series has them. */
static bool dashed_as(const char *written, const char *plate)
{
	for (; *plate != '\0'; plate++, written++)
		if (*written != *plate)
			return false;
	return *written == '\0';
}

size_t prose_find_plate(const struct prose *p, size_t i, struct law_find *ret)
{
	static const char *const words[] = { "kenteken", "nummerplaat", "auto", "bestelbus",
		                             "busje",    "voertuig",    NULL };
	struct candidate c;
	size_t end = i, characters = 0;

	while (end < p->len && characters < 7 &&
	       (is_letter(p->s[end]) || is_digit(p->s[end]) ||
	        (p->s[end] == '-' && end > i && p->s[end - 1] != '-'))) {
		characters += p->s[end] != '-';
		end++;
	}
	if (characters != 6 || p->s[end - 1] == '-' || !prose_word_ended(p, end) ||
	    (end < p->len && p->s[end] == '-') || !prose_candidate(p, i, end, &c))
		return 0;
	struct law_checked checked = law_check_plate(c.s);
	bool written_so = dashed_as(c.s, checked.value);
	if (checked.level == CHECK_ERROR || checked.number == 0 ||
	    (!written_so && !prose_follows(p, i, words)))
		return 0;
	prose_keep(ret, FIND_PLATE, &checked, c.s);
	return end;
}

/* ---- addresses ---- */

static const char *const street_ends[] = {
	"straat",    "weg",    "laan",   "plein", "dijk", "kade",  "hof",   "pad",
	"singel",    "gracht", "dreef",  "steeg", "baan", "ring",  "park",  "markt",
	"plantsoen", "haven",  "kanaal", "dam",   "wal",  "veld",  "brink", "boulevard",
	"erf",       "oord",   "burg",   "akker", "berg", "horst", NULL,
};

/* Words that open a sentence, not a street. */
static const char *const not_a_street[] = { "de",  "het",   "een",  "in",   "op",  "aan",
	                                    "bij", "naar",  "dit",  "die",  "wij", "hij",
	                                    "zij", "ik",    "deze", "pand", "van", "uit",
	                                    "tot", "adres", "er",   "daar", NULL };
static const char *const street_links[] = { "van", "de",  "der", "den", "het", "op",
	                                    "aan", "ten", "ter", "en",  NULL };

static bool one_of(const struct prose *p, size_t i, size_t end, const char *const *words)
{
	for (size_t w = 0; words[w] != NULL; w++)
		if (strlen(words[w]) == end - i && strncasecmp(p->s + i, words[w], end - i) == 0)
			return true;
	return false;
}

static bool is_street_word(const struct prose *p, size_t i, size_t end)
{
	for (size_t w = 0; street_ends[w] != NULL; w++) {
		size_t len = strlen(street_ends[w]);
		if (end - i >= len && strncasecmp(p->s + end - len, street_ends[w], len) == 0)
			return true;
	}
	return false;
}

/* After " 12", " 12a", " 12-2", " 12 bis"; 0 if no house number stands there. */
static size_t after_house_number(const struct prose *p, size_t i)
{
	if (i >= p->len || p->s[i] != ' ')
		return 0;
	size_t digits = after_digits(p, i + 1), end = digits;
	if (digits == i + 1 || digits - i > 6 || p->s[i + 1] == '0')
		return 0;
	if (end < p->len && is_letter(p->s[end]) && prose_word_ended(p, end + 1))
		return end + 1;
	if (end + 1 < p->len && p->s[end] == '-' && is_digit(p->s[end + 1])) {
		size_t addition = after_digits(p, end + 1);
		return addition - end <= 5 && prose_word_ended(p, addition) ? addition : 0;
	}
	size_t bis = end < p->len && p->s[end] == ' ' ? prose_word_is(p, end + 1, "bis") : 0;
	if (bis > 0)
		return bis;
	return prose_word_ended(p, end) ? end : 0;
}

static bool ends_in_unit(const struct prose *p, size_t end)
{
	static const char *const units[] = { "km",  "meter", "m",    "euro",  "personen",
		                             "uur", "keer",  "jaar", "dagen", NULL };
	if (end >= p->len || p->s[end] != ' ')
		return false;
	return one_of(p, end + 1, prose_word_end(p, end + 1), units);
}

static size_t keep_address(const struct prose *p, size_t i, size_t end, struct law_find *ret)
{
	struct candidate c;

	if (ends_in_unit(p, end) || !prose_candidate(p, i, end, &c))
		return 0;
	const struct law_checked as_written = { .level = CHECK_ERROR }; /* kept word for word */
	prose_keep(ret, FIND_ADDRESS, &as_written, c.s);
	ret->level = CHECK_FINE;
	return end;
}

size_t prose_find_address(const struct prose *p, size_t i, struct law_find *ret)
{
	enum { STREET_WORDS = 5 };
	size_t word = i;
	bool named = false; /* a word as "Laan" stood before: "Laan van Test 100" */

	if (!is_capital(p->s[i]) || one_of(p, i, prose_word_end(p, i), not_a_street))
		return 0;
	for (int n = 0; n < STREET_WORDS; n++) {
		size_t end = prose_word_end(p, word);
		bool street = is_street_word(p, word, end) || (named && is_capital(p->s[word]));
		size_t number = street ? after_house_number(p, end) : 0;
		if (number > 0)
			return keep_address(p, i, number, ret);
		named = named || is_street_word(p, word, end);
		if (end >= p->len || (p->s[end] != ' ' && p->s[end] != '.'))
			return 0;
		word = p->s[end] == '.' && end + 1 < p->len && p->s[end + 1] == ' ' ? end + 2
		                                                                    : end + 1;
		if (word >= p->len || !prose_is_word(p->s[word]))
			return 0;
		if (!is_capital(p->s[word]) &&
		    !one_of(p, word, prose_word_end(p, word), street_links))
			return 0;
	}
	return 0;
}

/* ---- names ---- */

static const char *const titles[] = { "de heer", "dhr", "mevrouw", "mevr", "mw", "meneer", NULL };
static const char *const name_links[] = { "van", "de", "der", "den", "het", "ten", "ter",
	                                  "el",  "al", "von", "te",  "in",  NULL };

/* "J." or "J.P." at i; the place after the last point, or i. */
static size_t after_initials(const struct prose *p, size_t i)
{
	while (i + 1 < p->len && is_capital(p->s[i]) && p->s[i + 1] == '.')
		i += 2;
	return i;
}

/* Linking words and at least one, at most three capitalised words; 0 if there is none. */
static size_t after_surname(const struct prose *p, size_t i)
{
	size_t end = 0;
	int capitals = 0;

	for (int n = 0; n < 6 && capitals < 3; n++) {
		size_t word_end = prose_word_end(p, i);
		if (word_end == i)
			break;
		bool capital = is_capital(p->s[i]) || ((unsigned char)p->s[i] & 0x80u) != 0;
		if (!capital && (capitals > 0 || !one_of(p, i, word_end, name_links)))
			break;
		if (capital) {
			capitals++;
			end = word_end;
		}
		if (word_end >= p->len || (p->s[word_end] != ' ' && p->s[word_end] != '-'))
			break;
		i = word_end + 1;
	}
	return end;
}

static size_t after_title(const struct prose *p, size_t i)
{
	for (size_t t = 0; titles[t] != NULL; t++) {
		size_t end = prose_word_is(p, i, titles[t]);
		if (end == 0)
			continue;
		if (end < p->len && p->s[end] == '.')
			end++;
		return end < p->len && p->s[end] == ' ' ? end + 1 : 0;
	}
	return 0;
}

/* What people are to a place or a business; a given name and a surname follow: "eigenaar Piet Test". */
static const char *const roles[] = { "eigenaar",   "eigenaresse", "bestuurder",  "beheerder",
	                             "exploitant", "uitbater",    "uitbaatster", "vergunninghouder",
	                             "huurder",    "verhuurder",  "bewoner",     "bewoonster",
	                             NULL };
static const char *const companies[] = { "bv", "nv", "vof", "cv", "holding", "vastgoed", NULL };

static bool names_company(const struct prose *p, size_t from, size_t end)
{
	for (size_t word = from; word < end;) {
		const size_t word_end = prose_word_end(p, word);
		if (one_of(p, word, word_end, companies))
			return true;
		word = word_end > word ? word_end + 1 : word + 1;
	}
	return false;
}

/* The place of the given name behind a role word, and *ret_end of the surname; 0: there is none. */
static size_t after_role(const struct prose *p, size_t i, size_t *ret_end)
{
	for (size_t r = 0; roles[r] != NULL; r++) {
		const size_t end = prose_word_is(p, i, roles[r]);
		if (end == 0 || end + 1 >= p->len || p->s[end] != ' ' || !is_capital(p->s[end + 1]))
			continue;
		const size_t given = prose_word_end(p, end + 1);
		if (given >= p->len || p->s[given] != ' ')
			return 0;
		*ret_end = after_surname(p, given + 1);
		return *ret_end > 0 && !names_company(p, end + 1, *ret_end) ? end + 1 : 0;
	}
	return 0;
}

static size_t keep_name(const struct prose *p, size_t from, size_t end, struct law_find *ret)
{
	const struct law_checked as_written = { .level = CHECK_ERROR };
	struct candidate c;

	if (end == 0 || !prose_candidate(p, from, end, &c))
		return 0;
	prose_keep(ret, FIND_NAME, &as_written, c.s);
	ret->level = CHECK_FINE;
	return end;
}

size_t prose_find_name(const struct prose *p, size_t i, struct law_find *ret)
{
	size_t role_end = 0;
	const size_t named = after_role(p, i, &role_end);
	if (named > 0)
		return keep_name(p, named, role_end, ret);
	size_t titled = after_title(p, i);
	size_t from = titled > 0 ? titled : i;
	size_t initials = after_initials(p, from);

	if (titled == 0 && initials == from)
		return 0; /* a bare surname is no more than a capital */
	size_t surname = initials < p->len && p->s[initials] == ' ' ? initials + 1 : initials;
	return keep_name(p, from, after_surname(p, surname), ret);
}
