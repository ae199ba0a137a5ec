#include "law/prose.h"
#include "law/validate_text.h"

#include <string.h>

static bool is_email_char(char c)
{
	return is_letter(c) || is_digit(c) || (c != '\0' && strchr("._%+-@", c) != NULL);
}

size_t prose_find_email(const struct prose *p, size_t i, struct law_find *ret)
{
	struct candidate c;
	size_t end = i;

	while (end < p->len && is_email_char(p->s[end]))
		end++;
	while (end > i && strchr(".-_", p->s[end - 1]) != NULL)
		end--;
	if (memchr(p->s + i, '@', end - i) == NULL || !prose_candidate(p, i, end, &c))
		return 0;
	struct law_checked checked = law_check_email(c.s);
	if (checked.level == CHECK_ERROR)
		return 0;
	prose_keep(ret, FIND_EMAIL, &checked, c.s);
	return end;
}

/* The place after exactly `count` letters and digits with at most one space, point or dash between;
 * 0 if the text or the word doesn't end there. */
static size_t after_characters(const struct prose *p, size_t i, size_t count)
{
	while (count > 0) {
		if (i < p->len && (is_letter(p->s[i]) || is_digit(p->s[i]))) {
			count--;
			i++;
			continue;
		}
		bool gap = i + 1 < p->len && strchr(" .-", p->s[i]) != NULL && p->s[i] != '\0' &&
		           (is_letter(p->s[i + 1]) || is_digit(p->s[i + 1]));
		if (!gap)
			return 0;
		i++;
	}
	return prose_word_ended(p, i) ? i : 0;
}

static bool iban_starts(const struct prose *p, size_t i)
{
	return i + 4 < p->len && is_letter(p->s[i]) && is_letter(p->s[i + 1]) &&
	       is_digit(p->s[i + 2]) && is_digit(p->s[i + 3]);
}

size_t prose_find_iban(const struct prose *p, size_t i, struct law_find *ret)
{
	struct candidate c;

	if (!iban_starts(p, i))
		return 0;
	const char country[] = { (char)(p->s[i] & ~0x20), (char)(p->s[i + 1] & ~0x20), '\0' };
	int length = law_iban_length(country);
	size_t end = length > 0 ? after_characters(p, i, (size_t)length) : 0;
	if (end == 0 || !prose_candidate(p, i, end, &c))
		return 0;
	struct law_checked checked = law_check_iban(c.s);
	bool dutch = strcmp(country, "NL") == 0 && strlen(checked.value) == 18 &&
	             all_digits(checked.value + 8, 10); /* misread digits are still an account */
	if (checked.level == CHECK_ERROR || (checked.level == CHECK_WARNING && !dutch))
		return 0;
	prose_keep(ret, FIND_IBAN, &checked, c.s);
	return end;
}

size_t prose_find_vat(const struct prose *p, size_t i, struct law_find *ret)
{
	struct candidate c;

	if (i + 14 > p->len || small_letter(p->s[i]) != 'n' || small_letter(p->s[i + 1]) != 'l')
		return 0;
	size_t end = after_characters(p, i, 14);
	if (end == 0 || !prose_candidate(p, i, end, &c))
		return 0;
	struct law_checked checked = law_check_vat(c.s);
	if (checked.level != CHECK_FINE)
		return 0;
	prose_keep(ret, FIND_VAT, &checked, c.s);
	return end;
}

/* ---- amounts ---- */

static bool euro_sign_at(const struct prose *p, size_t i)
{
	return i + 3 <= p->len && memcmp(p->s + i, "\xe2\x82\xac", 3) == 0;
}

/* After digits, points and commas from i, without a point or comma that ends a sentence. */
static size_t after_figure(const struct prose *p, size_t i)
{
	size_t end = i;

	while (end < p->len && (is_digit(p->s[end]) || p->s[end] == '.' || p->s[end] == ','))
		end++;
	if (end < p->len && end > i && p->s[end - 1] == ',' && p->s[end] == '-') {
		while (end < p->len && p->s[end] == '-')
			end++;
		return end;
	}
	while (end > i && !is_digit(p->s[end - 1]))
		end--;
	return end;
}

static size_t skip_spaces(const struct prose *p, size_t i)
{
	while (i < p->len && p->s[i] == ' ')
		i++;
	return i;
}

/* After one of the words that stand behind an amount, or `i` itself. */
static size_t after_word_of(const struct prose *p, size_t i, const char *const *words)
{
	size_t at = skip_spaces(p, i);

	for (size_t w = 0; words[w] != NULL; w++) {
		size_t end = prose_word_is(p, at, words[w]);
		if (end > 0)
			return end;
	}
	return i;
}

size_t prose_find_amount(const struct prose *p, size_t i, struct law_find *ret)
{
	static const char *const multipliers[] = { "duizend", "miljoen", "miljard", "mln", NULL };
	static const char *const currency[] = { "euro", "eur", NULL };
	struct candidate c;
	bool marked = euro_sign_at(p, i);
	size_t word = prose_word_is(p, i, "eur");
	size_t figure = marked ? skip_spaces(p, i + 3) : word > 0 ? skip_spaces(p, word) : i;

	if (figure >= p->len || !is_digit(p->s[figure]))
		return 0;
	marked = marked || word > 0;
	size_t end = after_word_of(p, after_figure(p, figure), multipliers);
	size_t behind = after_word_of(p, end, currency);
	if (!marked && behind == end)
		return 0;
	if (!prose_word_ended(p, behind) || !prose_candidate(p, i, behind, &c))
		return 0;
	struct law_checked checked = law_check_amount(c.s);
	prose_keep(ret, FIND_AMOUNT, &checked, c.s);
	return behind;
}

/* ---- telephone ---- */

static size_t after_phone(const struct prose *p, size_t i, size_t *ret_digits)
{
	size_t end = i, at = i, digits = 0;

	if (at < p->len && p->s[at] == '+')
		at++;
	for (; at < p->len && digits < 16; at++) {
		if (is_digit(p->s[at])) {
			digits++;
			end = at + 1;
			continue;
		}
		bool gap = p->s[at] != '\0' && strchr(" -()", p->s[at]) != NULL && at - end < 2;
		if (!gap)
			break;
	}
	*ret_digits = digits;
	return end;
}

/* A Dutch number ends after its ten digits even if another number follows. */
static size_t cut_at_ten(const struct prose *p, size_t i)
{
	size_t digits = 0;

	for (size_t at = i; at < p->len; at++)
		if (is_digit(p->s[at]) && ++digits == 10)
			return at + 1;
	return 0;
}

static bool phone_fits(const struct prose *p, size_t i, size_t end, struct law_find *ret)
{
	struct candidate c;

	if (end == 0 || !prose_word_ended(p, end) || !prose_candidate(p, i, end, &c))
		return false;
	struct law_checked checked = law_check_phone(c.s);
	if (checked.level != CHECK_FINE)
		return false;
	prose_keep(ret, FIND_PHONE, &checked, c.s);
	return true;
}

size_t prose_find_phone(const struct prose *p, size_t i, struct law_find *ret)
{
	size_t digits;
	size_t start = p->s[i] == '(' ? i + 1 : i;

	if (start >= p->len || (p->s[start] != '0' && p->s[start] != '+'))
		return 0;
	size_t end = after_phone(p, i, &digits);
	if (digits < 7)
		return 0;
	if (phone_fits(p, i, end, ret))
		return end;
	end = p->s[start] == '0' && digits > 10 ? cut_at_ten(p, i) : 0;
	return phone_fits(p, i, end, ret) ? end : 0;
}

/* ---- numbers of people, companies, buildings ---- */

static const char *const bsn_words[] = { "bsn", "burgerservicenummer", "sofi", NULL };
static const char *const kvk_words[] = { "kvk", "k.v.k", "kamer van koophandel", "handelsregister",
	                                 NULL };
static const char *const rsin_words[] = { "rsin", NULL };

/* After a run of digits in which single separators of one kind may stand. */
static size_t after_number(const struct prose *p, size_t i, size_t *ret_digits)
{
	size_t end = i, digits = 0;
	char separator = '\0';

	for (size_t at = i; at < p->len; at++) {
		if (is_digit(p->s[at])) {
			digits++;
			end = at + 1;
			continue;
		}
		bool single = p->s[at] != '\0' && strchr(" .-", p->s[at]) != NULL && at == end &&
		              (separator == '\0' || separator == p->s[at]);
		if (!single)
			break;
		separator = p->s[at];
	}
	*ret_digits = digits;
	return end;
}

static size_t keep_number(const struct prose *p, size_t i, size_t end, enum law_find_kind kind,
                          struct law_checked (*check)(const char *), struct law_find *ret)
{
	struct candidate c;

	if (!prose_word_ended(p, end) || !prose_candidate(p, i, end, &c))
		return 0;
	struct law_checked checked = check(c.s);
	prose_keep(ret, kind, &checked, c.s);
	return end;
}

static bool passes(const struct prose *p, size_t i, size_t end,
                   struct law_checked (*check)(const char *))
{
	struct candidate c;

	return prose_candidate(p, i, end, &c) && check(c.s).level == CHECK_FINE;
}

static size_t eight_or_nine(const struct prose *p, size_t i, size_t end, size_t digits,
                            struct law_find *ret)
{
	if (prose_follows(p, i, bsn_words))
		return keep_number(p, i, end, FIND_BSN, law_check_bsn, ret);
	if (digits == 9 && prose_follows(p, i, rsin_words))
		return keep_number(p, i, end, FIND_RSIN, law_check_rsin, ret);
	if (digits == 9 && passes(p, i, end, law_check_bsn))
		return keep_number(p, i, end, FIND_BSN, law_check_bsn, ret);
	if (digits == 8 && prose_follows(p, i, kvk_words))
		return keep_number(p, i, end, FIND_KVK, law_check_kvk, ret);
	return 0;
}

static size_t number_with(const struct prose *p, size_t i, size_t end, size_t digits,
                          struct law_find *ret)
{
	if (digits == 8 || digits == 9)
		return eight_or_nine(p, i, end, digits, ret);
	if (digits == 7 && prose_follows(p, i, bsn_words))
		return keep_number(p, i, end, FIND_BSN, law_check_bsn, ret);
	if (digits == 16 && passes(p, i, end, law_check_bag_id))
		return keep_number(p, i, end, FIND_BAG_ID, law_check_bag_id, ret);
	return 0;
}

size_t prose_find_number(const struct prose *p, size_t i, struct law_find *ret)
{
	size_t digits;

	if (!is_digit(p->s[i]))
		return 0;
	size_t end = after_number(p, i, &digits);
	size_t found = prose_word_ended(p, end) ? number_with(p, i, end, digits, ret) : 0;
	if (found > 0)
		return found;
	/* two numbers beside each other: the first run of digits alone */
	size_t run = i;
	while (run < p->len && is_digit(p->s[run]))
		run++;
	if (run == end || !prose_word_ended(p, run))
		return 0;
	return number_with(p, i, run, run - i, ret);
}
