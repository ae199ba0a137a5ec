#include "law/date_words.h"
#include "law/validate_text.h"

#include <string.h>

static const char *const months[12][3] = {
	{ "januari", "jan", NULL }, { "februari", "feb", "febr" }, { "maart", "mrt", "maa" },
	{ "april", "apr", NULL },   { "mei", NULL, NULL },         { "juni", "jun", NULL },
	{ "juli", "jul", NULL },    { "augustus", "aug", NULL },   { "september", "sep", "sept" },
	{ "oktober", "okt", NULL }, { "november", "nov", NULL },   { "december", "dec", NULL },
};

static const char *const weekdays[7][2] = {
	{ "maandag", "ma" }, { "dinsdag", "di" },  { "woensdag", "wo" }, { "donderdag", "do" },
	{ "vrijdag", "vr" }, { "zaterdag", "za" }, { "zondag", "zo" },
};

static bool same_word(const char *word, size_t len, const char *name)
{
	if (name == NULL || strlen(name) != len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (small_letter(word[i]) != name[i])
			return false;
	return true;
}

int date_month(const char *word, size_t len)
{
	for (int m = 0; m < 12; m++)
		for (int form = 0; form < 3; form++)
			if (same_word(word, len, months[m][form]))
				return m + 1;
	return 0;
}

int date_weekday(const char *word, size_t len)
{
	for (int d = 0; d < 7; d++)
		for (int form = 0; form < 2; form++)
			if (same_word(word, len, weekdays[d][form]))
				return d + 1;
	return 0;
}

static int day_word(const char *word, size_t len)
{
	static const char *const words[] = { "vandaag", "gisteren", "eergisteren" };

	for (int i = 0; i < 3; i++)
		if (same_word(word, len, words[i]))
			return i;
	return -1;
}

/* Up to three figures and a month name, in order. */
struct tokens {
	int figure[3];
	size_t digits[3];
	size_t count;
	size_t month_at; /* how many figures stood before the month name */
};

static bool take_word(const char *word, size_t len, struct date_parts *d, struct tokens *t)
{
	int month = date_month(word, len), weekday = date_weekday(word, len);
	int ago = day_word(word, len);

	if (month != 0 && d->month == 0) {
		d->month = month;
		t->month_at = t->count;
		return true;
	}
	if (weekday != 0 && d->weekday == 0 && t->count == 0) {
		d->weekday = weekday;
		return true;
	}
	if (ago < 0 || d->days_ago >= 0)
		return false;
	d->days_ago = ago;
	return true;
}

static bool take_figure(const char *s, size_t len, struct tokens *t)
{
	if (t->count >= 3 || len > 8)
		return false;
	t->figure[t->count] = (int)digits_number(s, len);
	t->digits[t->count] = len;
	t->count++;
	return true;
}

static bool tokenise(const char *s, struct date_parts *d, struct tokens *t)
{
	while (*s != '\0') {
		size_t letters = 0, digits = strspn(s, "0123456789");
		while (is_letter(s[letters]))
			letters++;
		if (letters > 0 && !take_word(s, letters, d, t))
			return false;
		if (digits > 0 && !take_figure(s, digits, t))
			return false;
		if (letters + digits == 0 && strchr(" -/.,'", *s) == NULL)
			return false;
		s += letters + digits > 0 ? letters + digits : 1;
	}
	return true;
}

static bool set_year(struct date_parts *d, const struct tokens *t, size_t i)
{
	if (t->digits[i] != 2 && t->digits[i] != 4)
		return false;
	d->year = t->figure[i];
	d->short_year = t->digits[i] == 2;
	return true;
}

/* "1 maart", "1 maart 2026", "maart 2026" */
static bool with_month_name(struct date_parts *d, const struct tokens *t)
{
	size_t rest = t->count - t->month_at;

	if (t->month_at > 1 || rest > 1)
		return false;
	if (t->month_at == 1) {
		d->day = t->figure[0];
		d->has_day = true;
		if (t->digits[0] > 2)
			return false;
	}
	return rest == 0 || set_year(d, t, t->month_at);
}

/* Eight digits in a row: 20260301 or 01032026. */
static bool run_of_eight(struct date_parts *d, int run)
{
	bool year_first = run / 10000 >= 1800 && run / 10000 <= 2199;

	d->year = year_first ? run / 10000 : run % 10000;
	d->month = run / 100 % 100;
	if (!year_first)
		d->month = run / 10000 % 100;
	d->day = year_first ? run % 100 : run / 1000000;
	d->has_day = true;
	return d->year != 0;
}

static bool figures_only(struct date_parts *d, const struct tokens *t)
{
	if (t->count == 1 && t->digits[0] == 8)
		return run_of_eight(d, t->figure[0]);
	if (t->count == 1)
		return t->digits[0] == 4 && set_year(d, t, 0);
	if (t->count == 2 && t->digits[0] <= 2 && t->digits[1] <= 2) {
		d->day = t->figure[0];
		d->month = t->figure[1];
		d->has_day = true;
		return true;
	}
	if (t->count == 2 && t->digits[1] == 4 && t->digits[0] <= 2) { /* 03-2026 */
		d->month = t->figure[0];
		return set_year(d, t, 1);
	}
	if (t->count == 2) /* 2026-03 */
		return t->digits[0] == 4 && t->digits[1] <= 2 && set_year(d, t, 0) &&
		       (d->month = t->figure[1]) != 0;
	if (t->count != 3)
		return false;
	size_t year_at = t->digits[0] == 4 ? 0 : 2;
	d->month = t->figure[1];
	d->day = t->figure[2 - year_at];
	d->has_day = true;
	return t->digits[1] <= 2 && t->digits[2 - year_at] <= 2 && set_year(d, t, year_at);
}

bool date_parts_read(const char *text, struct date_parts *ret)
{
	struct date_parts d = { .days_ago = -1 };
	struct tokens t = { .count = 0 };

	if (!tokenise(text, &d, &t))
		return false;
	bool read = false;
	if (d.days_ago >= 0)
		read = t.count == 0 && d.month == 0;
	else if (d.month != 0)
		read = with_month_name(&d, &t);
	else
		read = figures_only(&d, &t);
	if (read)
		*ret = d;
	return read;
}
