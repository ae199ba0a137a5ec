#include "matching/generate_slips.h"

#include "matching/generate_parts.h"

#include <stdio.h>
#include <string.h>

#include "matching/fold.h"
#include "matching/names.h"

enum { ROOM = GENERATE_TEXT_MAX_BYTES };

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

/* A place of a plain letter in the text, or -1. */
static int letter_in(struct dice *d, const char *text)
{
	size_t n = strlen(text);

	for (int tries = 0; tries < 8 && n > 0; tries++) {
		int at = (int)dice_below(d, (uint32_t)n);
		if (is_lower(text[at]))
			return at;
	}
	return -1;
}

static char neighbour_key(struct dice *d, char c)
{
	static const char *const ROWS[] = { "qwertyuiop", "asdfghjkl", "zxcvbnm" };

	for (int i = 0; i < 3; i++) {
		const char *p = strchr(ROWS[i], c);
		if (p == NULL)
			continue;
		if (p == ROWS[i] || (p[1] != '\0' && dice_percent(d, 50)))
			return p[1];
		return p[-1];
	}
	return c;
}

void slip_typo(struct dice *d, char *text)
{
	int at = letter_in(d, text);
	size_t n = strlen(text);

	if (at < 0 || n + 2 >= ROOM)
		return;
	switch (dice_below(d, 4)) {
	case 0: /* another key */
		text[at] = neighbour_key(d, text[at]);
		break;
	case 1: /* one left out */
		memmove(text + at, text + at + 1, n - (size_t)at);
		break;
	case 2: /* one twice */
		memmove(text + at + 1, text + at, n - (size_t)at + 1);
		break;
	default: /* two in the wrong order */
		if (is_lower(text[at + 1])) {
			char swap = text[at];
			text[at] = text[at + 1];
			text[at + 1] = swap;
		}
	}
}

static void given_typo(struct dice *d, struct made_record *r)
{
	slip_typo(d, r->text[MADE_GIVEN]);
}

static void family_typo(struct dice *d, struct made_record *r)
{
	slip_typo(d, r->text[MADE_FAMILY]);
}

static void street_typo(struct dice *d, struct made_record *r)
{
	slip_typo(d, r->text[MADE_STREET]);
}

static void place_typo(struct dice *d, struct made_record *r)
{
	slip_typo(d, r->text[MADE_PLACE]);
}

static void given_initial_only(struct dice *d, struct made_record *r)
{
	char *given = r->text[MADE_GIVEN];

	(void)d;
	if (given[0] >= 'A' && given[0] <= 'Z')
		(void)snprintf(given + 1, ROOM - 1, ".");
}

static void given_first_only(struct dice *d, struct made_record *r)
{
	(void)d;
	r->text[MADE_GIVEN][strcspn(r->text[MADE_GIVEN], " ")] = '\0';
}

static void given_missing(struct dice *d, struct made_record *r)
{
	(void)d;
	r->text[MADE_GIVEN][0] = '\0';
}

static void given_nickname(struct dice *d, struct made_record *r)
{
	char folded[FOLD_MAX_BYTES + 1];
	char *given = r->text[MADE_GIVEN];
	struct name_folder f = { 0 };
	int n = fold(&f, FOLD_NAME, given, strcspn(given, " -"), folded);

	name_folder_free(&f);
	for (size_t tries = 0, row = dice_below(d, (uint32_t)NICKNAME_ROW_COUNT);
	     n > 0 && tries < NICKNAME_ROW_COUNT; tries++, row = (row + 1) % NICKNAME_ROW_COUNT) {
		const char *words = NICKNAME_ROWS[row];
		if (strncmp(words, folded, (size_t)n) != 0 || words[n] != ' ')
			continue;
		const char *pick = words + n + 1;
		for (uint32_t skip = dice_below(d, 4); skip > 0; skip--)
			if (strchr(pick, ' ') != NULL)
				pick = strchr(pick, ' ') + 1;
		(void)snprintf(given, ROOM, "%.*s", (int)strcspn(pick, " "), pick);
		given[0] = (char)(given[0] - 32);
		return;
	}
}

/* Spellings that one ear hears as the same. */
static void respell(struct dice *d, char *text)
{
	static const char *const HEARD[][2] = {
		{ "ij", "y" }, { "y", "ij" },  { "ei", "ij" },  { "c", "k" },  { "k", "c" },
		{ "f", "v" },  { "v", "f" },   { "s", "z" },    { "z", "s" },  { "ou", "oe" },
		{ "oe", "u" }, { "ch", "g" },  { "kh", "ch" },  { "th", "t" }, { "dt", "d" },
		{ "ph", "f" }, { "sj", "sh" }, { "sch", "sh" }, { "uu", "u" }, { "aa", "a" },
		{ "ee", "e" }, { "ss", "s" },  { "n", "nn" },   { "ş", "s" },  { "ı", "i" },
		{ "ğ", "g" },  { "ç", "c" },   { "ł", "l" },    { "ö", "o" },  { "ü", "u" },
	};
	enum { COUNT = sizeof(HEARD) / sizeof(HEARD[0]) };

	for (uint32_t tries = 0, i = dice_below(d, COUNT); tries < COUNT;
	     tries++, i = (i + 1) % COUNT) {
		char *at = strstr(text + 1, HEARD[i][0]);
		size_t from = strlen(HEARD[i][0]), to = strlen(HEARD[i][1]), n = strlen(text);
		if (text[0] == '\0' || at == NULL || n + to + 1 >= ROOM)
			continue;
		memmove(at + to, at + from, strlen(at + from) + 1);
		memcpy(at, HEARD[i][1], to);
		return;
	}
}

static void given_respelled(struct dice *d, struct made_record *r)
{
	respell(d, r->text[MADE_GIVEN]);
}

static void family_respelled(struct dice *d, struct made_record *r)
{
	respell(d, r->text[MADE_FAMILY]);
}

static void names_swapped(struct dice *d, struct made_record *r)
{
	char given[ROOM];

	(void)d;
	memcpy(given, r->text[MADE_GIVEN], ROOM);
	memcpy(r->text[MADE_GIVEN], r->text[MADE_FAMILY], ROOM);
	memcpy(r->text[MADE_FAMILY], given, ROOM);
}

static void capitals(struct dice *d, struct made_record *r)
{
	(void)d;
	for (int f = MADE_GIVEN; f <= MADE_FAMILY; f++)
		for (char *p = r->text[f]; *p != '\0'; p++)
			if (is_lower(*p))
				*p = (char)(*p - 32);
}

static void prefix_joined(struct dice *d, struct made_record *r)
{
	char joined[2 * ROOM];

	(void)d;
	if (r->text[MADE_PREFIX][0] == '\0')
		return;
	(void)snprintf(joined, sizeof(joined), "%s %s", r->text[MADE_PREFIX], r->text[MADE_FAMILY]);
	(void)snprintf(r->text[MADE_FAMILY], ROOM, "%.90s", joined);
	r->text[MADE_PREFIX][0] = '\0';
}

static void prefix_lost(struct dice *d, struct made_record *r)
{
	(void)d;
	r->text[MADE_PREFIX][0] = '\0';
}

static void initials_first_only(struct dice *d, struct made_record *r)
{
	char *dot = strchr(r->text[MADE_INITIALS], '.');

	(void)d;
	if (dot != NULL)
		dot[1] = '\0';
}

/* Dates here are still yyyy-mm-dd unless an earlier slip changed their form. */
static bool is_iso(const char *date)
{
	return strlen(date) == 10 && date[4] == '-';
}

static void date_digit(struct dice *d, struct made_record *r)
{
	static const int AT[] = { 2, 3, 6, 8, 9 };
	char *date = r->text[MADE_DATE];

	if (is_iso(date))
		date[AT[dice_below(d, 5)]] = (char)('0' + dice_below(d, 10));
}

static void date_swapped(struct dice *d, struct made_record *r)
{
	char *date = r->text[MADE_DATE], month[2];

	(void)d;
	if (!is_iso(date) || (date[8] - '0') * 10 + date[9] - '0' > 12)
		return;
	memcpy(month, date + 5, 2);
	memcpy(date + 5, date + 8, 2);
	memcpy(date + 8, month, 2);
}

static void date_default(struct dice *d, struct made_record *r)
{
	if (is_iso(r->text[MADE_DATE]))
		memcpy(r->text[MADE_DATE] + 5, dice_percent(d, 70) ? "01-01" : "00-00", 5);
}

static void date_missing(struct dice *d, struct made_record *r)
{
	(void)d;
	r->text[MADE_DATE][0] = '\0';
}

static void date_dutch_order(struct dice *d, struct made_record *r)
{
	char iso[ROOM];

	(void)d;
	memcpy(iso, r->text[MADE_DATE], ROOM);
	if (is_iso(iso))
		(void)snprintf(r->text[MADE_DATE], ROOM, "%.2s-%.2s-%.4s", iso + 8, iso + 5, iso);
}

static void number_slip(struct dice *d, struct made_record *r)
{
	char *number = r->text[MADE_NUMBER];
	size_t n = strlen(number);

	if (n > 0)
		number[dice_below(d, (uint32_t)n)] = (char)('1' + dice_below(d, 9));
}

static void number_with_addition(struct dice *d, struct made_record *r)
{
	size_t n = strlen(r->text[MADE_NUMBER]);

	(void)d;
	(void)snprintf(r->text[MADE_NUMBER] + n, ROOM - n, "%s", r->text[MADE_ADDITION]);
	r->text[MADE_ADDITION][0] = '\0';
}

static void addition_lost(struct dice *d, struct made_record *r)
{
	(void)d;
	r->text[MADE_ADDITION][0] = '\0';
}

static void postcode_slip(struct dice *d, struct made_record *r)
{
	char *postcode = r->text[MADE_POSTCODE];

	if (strlen(postcode) != 6)
		return;
	int at = (int)dice_below(d, 6);
	postcode[at] = (char)(at < 4 ? '1' + dice_below(d, 9) : 'A' + dice_below(d, 26));
}

static void postcode_missing(struct dice *d, struct made_record *r)
{
	(void)d;
	r->text[MADE_POSTCODE][0] = '\0';
}

static void address_missing(struct dice *d, struct made_record *r)
{
	(void)d;
	for (int f = MADE_STREET; f <= MADE_PLACE; f++)
		r->text[f][0] = '\0';
}

static void phone_slip(struct dice *d, struct made_record *r)
{
	size_t n = strlen(r->text[MADE_PHONE]);

	if (n > 4)
		r->text[MADE_PHONE][2 + dice_below(d, (uint32_t)n - 2)] =
		    (char)('0' + dice_below(d, 10));
}

static void phone_international(struct dice *d, struct made_record *r)
{
	char phone[ROOM];

	(void)d;
	memcpy(phone, r->text[MADE_PHONE], ROOM);
	if (phone[0] == '0')
		(void)snprintf(r->text[MADE_PHONE], ROOM, "+31 %.80s", phone + 1);
}

static void phone_missing(struct dice *d, struct made_record *r)
{
	(void)d;
	r->text[MADE_PHONE][0] = '\0';
}

static void bsn_missing(struct dice *d, struct made_record *r)
{
	(void)d;
	r->text[MADE_BSN][0] = '\0';
}

static void email_missing(struct dice *d, struct made_record *r)
{
	(void)d;
	r->text[MADE_EMAIL][0] = '\0';
}

static const struct {
	const char *name;
	int weight;
	void (*make)(struct dice *d, struct made_record *r);
} SLIPS[] = {
	{ "given name: typing", 12, given_typo },
	{ "given name: initial only", 6, given_initial_only },
	{ "given name: first only", 8, given_first_only },
	{ "given name: missing", 2, given_missing },
	{ "given name: nickname", 10, given_nickname },
	{ "given name: by ear", 5, given_respelled },
	{ "family name: typing", 12, family_typo },
	{ "family name: by ear", 8, family_respelled },
	{ "names swapped", 2, names_swapped },
	{ "capitals", 6, capitals },
	{ "prefix in the family name", 5, prefix_joined },
	{ "prefix lost", 4, prefix_lost },
	{ "initials: first only", 6, initials_first_only },
	{ "date: a digit", 6, date_digit },
	{ "date: day and month swapped", 3, date_swapped },
	{ "date: only the year", 3, date_default },
	{ "date: missing", 2, date_missing },
	{ "date: Dutch order", 5, date_dutch_order },
	{ "street: typing", 4, street_typo },
	{ "place: typing", 3, place_typo },
	{ "house number: a digit", 3, number_slip },
	{ "house number: with addition", 3, number_with_addition },
	{ "addition lost", 3, addition_lost },
	{ "postcode: a sign", 3, postcode_slip },
	{ "postcode missing", 3, postcode_missing },
	{ "address missing", 2, address_missing },
	{ "phone: a digit", 3, phone_slip },
	{ "phone: international", 6, phone_international },
	{ "phone missing", 5, phone_missing },
	{ "bsn missing", 4, bsn_missing },
	{ "e-mail missing", 4, email_missing },
};

int slip_kinds(void)
{
	return (int)(sizeof(SLIPS) / sizeof(SLIPS[0]));
}

const char *slip_name(int kind)
{
	return SLIPS[kind].name;
}

void slip_make(struct dice *d, struct made_record *r, int kind)
{
	SLIPS[kind].make(d, r);
}

void slips_make(struct dice *d, struct made_record *r, int count)
{
	int sum = 0;

	for (int i = 0; i < slip_kinds(); i++)
		sum += SLIPS[i].weight;
	while (count-- > 0) {
		int roll = (int)dice_below(d, (uint32_t)sum), kind = 0;
		while (roll >= SLIPS[kind].weight)
			roll -= SLIPS[kind++].weight;
		SLIPS[kind].make(d, r);
	}
}
