#include "matching/generate.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "matching/dice.h"
#include "matching/generate_parts.h"
#include "matching/generate_slips.h"
#include "matching/identifiers.h"

const char *const GENERATE_COLUMNS[MADE_FIELDS] = {
	"given_names",  "initials",       "prefix",   "family_name", "birth_date", "street",
	"house_number", "house_addition", "postcode", "place",       "phone",      "email",
	"bsn",
};

/* Streams: what a stream of chance decides. */
enum { ABOUT_HOUSE = 1, ABOUT_PERSON = 2, ABOUT_RECORD = 3, ABOUT_MOVE = 4 };

/* Records per person, in turn, for the mix: 100 records of 46 persons. */
static const uint8_t MIX[] = {
	1, 2, 1, 3, 1, 1, 4, 2, 1, 1, 2, 5, 1, 3, 1, 2, 1, 1, 5, 2, 1, 4, 1,
	2, 1, 3, 1, 1, 2, 6, 1, 2, 1, 4, 1, 3, 1, 1, 2, 5, 1, 2, 3, 1, 6, 4
};
enum { MIX_PERSONS = sizeof(MIX), MIX_RECORDS = 100 /* the sum */ };

/* A bijection of 0..count-1 (Feistel network, walked until it falls inside). */
static uint64_t shuffled(uint64_t x, uint64_t count, uint64_t seed, bool back)
{
	int half = 1;

	while ((uint64_t)1 << (2 * half) < count)
		half++;
	uint64_t mask = ((uint64_t)1 << half) - 1;
	do {
		uint64_t left = x >> half, right = x & mask;
		for (int i = 0; i < 4; i++) {
			struct dice d =
			    dice_for(seed, back ? left : right, (uint64_t)(back ? 3 - i : i) + 100);
			uint64_t mixed = dice_next(&d) & mask;
			uint64_t other = back ? right ^ mixed : left ^ mixed;
			if (back) {
				right = left;
				left = other;
			} else {
				left = right;
				right = other;
			}
		}
		x = left << half | right;
	} while (x >= count);
	return x;
}

/* Dense position -> person and which of its records; positions of a person are neighbours. */
static uint64_t person_at(const struct generate_options *o, uint64_t dense, uint64_t *ret_first,
                          int *ret_copies)
{
	if (o->copies > 0) {
		uint64_t copies = (uint64_t)o->copies;
		*ret_first = dense / copies * copies;
		*ret_copies = o->copies;
		return dense / copies;
	}
	uint64_t group = dense / MIX_RECORDS, within = dense % MIX_RECORDS, first = 0;
	int person = 0;
	while (first + MIX[person] <= within)
		first += MIX[person++];
	*ret_first = group * MIX_RECORDS + first;
	*ret_copies = MIX[person];
	return group * MIX_PERSONS + (uint64_t)person;
}

/* Zipf-like: the first of the list far more often than the last. */
static const char *by_frequency(struct dice *d, struct name_list list)
{
	uint64_t a = dice_below(d, 1000), b = dice_below(d, 1000);
	size_t i = (size_t)(a * b * list.count / 1000000);

	return list.names[i];
}

const char *generate_any(struct dice *d, struct name_list list)
{
	return list.names[dice_below(d, (uint32_t)list.count)];
}

enum { MEMBERS = 4 /* persons per house, some of whom live alone together */ };

static void make_family(struct dice *d, int culture, char family[GENERATE_TEXT_MAX_BYTES],
                        char prefix[16])
{
	const struct culture *c = &CULTURES[culture];

	prefix[0] = '\0';
	if (!dice_percent(d, (uint32_t)c->tail_percent)) {
		(void)snprintf(family, GENERATE_TEXT_MAX_BYTES, "%s", by_frequency(d, c->families));
	} else if (culture == 0) {
		(void)snprintf(family, GENERATE_TEXT_MAX_BYTES, "%s%s%s",
		               generate_any(d, GENERATE_HEADS), generate_any(d, GENERATE_LINKS),
		               generate_any(d, GENERATE_TAILS));
	} else {
		char tail[GENERATE_TEXT_MAX_BYTES / 2];
		(void)snprintf(tail, sizeof(tail), "%.40s", generate_any(d, c->families));
		size_t keep = strlen(tail) > 5 ? 5 : strlen(tail);
		while (keep > 1 && ((unsigned char)tail[keep] & 0xc0) == 0x80)
			keep--;
		tail[keep] = '\0';
		static const char *const ENDS[] = { "oğlu", "ani", "ska", "soe", "enko",
			                            "er",   "i",   "an",  "ar",  "is" };
		(void)snprintf(family, GENERATE_TEXT_MAX_BYTES, "%s%s%s", tail,
		               generate_any(d, GENERATE_LINKS), ENDS[dice_below(d, 10)]);
	}
	if (culture == 0 && dice_percent(d, 42))
		(void)snprintf(prefix, 16, "%s", by_frequency(d, GENERATE_PREFIXES));
}

void generate_address(struct dice *d, struct house *h)
{
	static const char *const ADDITIONS[] = { "A", "B", "2", "hs", "bis", "III", "C" };
	uint32_t place =
	    dice_below(d, (uint32_t)GENERATE_PLACES.count) * dice_below(d, 1000) / 1000;
	uint32_t head = dice_below(d, (uint32_t)GENERATE_STREET_HEADS.count);
	uint32_t tail = dice_below(d, (uint32_t)GENERATE_STREET_TAILS.count);

	(void)snprintf(h->place, sizeof(h->place), "%s", GENERATE_PLACES.names[place]);
	(void)snprintf(h->street, sizeof(h->street), "%s%s", GENERATE_STREET_HEADS.names[head],
	               GENERATE_STREET_TAILS.names[tail]);
	h->number = 1 + dice_below(d, 180) * dice_below(d, 100) / 100;
	h->addition[0] = '\0';
	if (dice_percent(d, 12))
		(void)snprintf(h->addition, sizeof(h->addition), "%s", ADDITIONS[dice_below(d, 7)]);
	struct dice where = dice_for(place, head * 64 + tail, h->number / 30 * 2 + h->number % 2);
	(void)snprintf(h->postcode, sizeof(h->postcode), "%u%c%c",
	               1000 + place * 140 + dice_below(&where, 140),
	               'A' + (int)dice_below(&where, 26), 'A' + (int)dice_below(&where, 26));
}

void generate_phone(struct dice *d, char phone[16])
{
	(void)snprintf(phone, 16, dice_percent(d, 80) ? "06%08u" : "0%09u",
	               dice_below(d, 90000000) + 10000000);
}

static int pick_culture(struct dice *d, const struct generate_options *o)
{
	int roll = (int)dice_below(d, 100), culture = 0;

	if (o->culture > 0)
		return (o->culture - 1) % CULTURE_COUNT;
	while (culture < CULTURE_COUNT - 1 && roll >= CULTURES[culture].share)
		roll -= CULTURES[culture++].share;
	return culture;
}

static void make_house(const struct generate_options *o, uint64_t house, struct house *h)
{
	struct dice d = dice_for(o->seed, house, ABOUT_HOUSE);

	h->culture = pick_culture(&d, o);
	for (int i = 0; i < 2; i++)
		make_family(&d, h->culture, h->family[i], h->prefix[i]);
	(void)snprintf(h->given_parent[0], 32, "%s", by_frequency(&d, CULTURES[h->culture].men));
	(void)snprintf(h->given_parent[1], 32, "%s", by_frequency(&d, CULTURES[h->culture].women));
	generate_address(&d, h);
	generate_phone(&d, h->phone);
	h->year = 1935 + (int)dice_below(&d, 60);
}

static void make_given(struct dice *d, const struct house *h, uint64_t member, bool woman,
                       char given[GENERATE_TEXT_MAX_BYTES])
{
	const struct culture *c = &CULTURES[h->culture];
	struct name_list list = woman ? c->women : c->men;

	if (member < 2 || dice_percent(d, 8)) /* some children are named after a parent */
		(void)snprintf(given, GENERATE_TEXT_MAX_BYTES, "%s", h->given_parent[woman]);
	else
		(void)snprintf(given, GENERATE_TEXT_MAX_BYTES, "%s", by_frequency(d, list));
	size_t n = strlen(given);
	if (dice_percent(d, 22))
		(void)snprintf(given + n, GENERATE_TEXT_MAX_BYTES - n, "%s%s",
		               dice_percent(d, 25) ? "-" : " ", generate_any(d, list));
}

static void make_date(struct dice *d, const struct generate_options *o, const struct house *h,
                      uint64_t house, uint64_t member, char date[GENERATE_TEXT_MAX_BYTES])
{
	struct dice twins = dice_for(o->seed, house, ABOUT_HOUSE + 50);
	bool twin = member == 3 && dice_percent(&twins, 6);
	struct dice other = dice_for(o->seed, house * MEMBERS + 2, ABOUT_PERSON + 50);
	struct dice *use = twin || member == 2 ? &other : d;
	int year = h->year + (member < 2 ? (int)dice_below(use, 6) : 22 + (int)dice_below(use, 14));
	int month = 1 + (int)dice_below(use, 12), day = 1 + (int)dice_below(use, 28);

	if (h->culture != 0 && member < 2 && dice_percent(d, 12))
		month = day = 1;
	if (year > 2024)
		year = 2024;
	(void)snprintf(date, GENERATE_TEXT_MAX_BYTES, "%04d-%02d-%02d", year, month, day);
}

/* "A.B." from the words of the given names. */
static void make_initials(const char *given, char initials[GENERATE_TEXT_MAX_BYTES])
{
	size_t n = 0;

	for (const char *p = given; *p != '\0' && n < 16; p++) {
		if (p != given && p[-1] != ' ' && p[-1] != '-')
			continue;
		size_t bytes = ((unsigned char)*p & 0x80) != 0 ? 2 : 1;
		memcpy(initials + n, p, bytes);
		n += bytes;
		initials[n++] = '.';
	}
	initials[n] = '\0';
}

/* Numbers that nobody has, 99999xxxx, pass the eleven-test some 900 times: for the first persons.
 */
static void make_bsn(uint64_t person, char bsn[GENERATE_TEXT_MAX_BYTES])
{
	enum { FIRST = 999990000, COUNT = 10000 };
	uint64_t valid = 0;

	for (uint32_t n = FIRST; person < COUNT && n < FIRST + COUNT; n++)
		if (bsn_is_valid(n) && valid++ == person) {
			(void)snprintf(bsn, GENERATE_TEXT_MAX_BYTES, "%u", n);
			return;
		}
}

static void make_email(struct dice *d, const struct house *h, char email[GENERATE_TEXT_MAX_BYTES])
{
	size_t n = 0;

	for (const char *p = h->family[0]; *p != '\0' && n < 20; p++)
		if (*p >= 'a' && *p <= 'z')
			email[n++] = *p;
	(void)snprintf(email + n, GENERATE_TEXT_MAX_BYTES - n, "%u@example.nl",
	               dice_below(d, 100000));
}

static void put(struct made_record *r, enum generate_field f, const char *text)
{
	(void)snprintf(r->text[f], GENERATE_TEXT_MAX_BYTES, "%s", text);
}

static void put_address(struct made_record *r, const struct house *h)
{
	put(r, MADE_STREET, h->street);
	(void)snprintf(r->text[MADE_NUMBER], GENERATE_TEXT_MAX_BYTES, "%u", h->number);
	put(r, MADE_ADDITION, h->addition);
	put(r, MADE_POSTCODE, h->postcode);
	put(r, MADE_PLACE, h->place);
}

/* The person as they are. */
static void make_person(const struct generate_options *o, uint64_t person, struct house *h,
                        struct made_record *r)
{
	uint64_t house = person / MEMBERS, member = person % MEMBERS;
	struct dice d = dice_for(o->seed, person, ABOUT_PERSON);

	make_house(o, house, h);
	bool woman = member == 1 || (member > 1 && dice_percent(&d, 50));
	int line = member == 1 ? 1 : member == 3 && dice_percent(&d, 15) ? 1 : 0;
	make_given(&d, h, member, woman, r->text[MADE_GIVEN]);
	make_initials(r->text[MADE_GIVEN], r->text[MADE_INITIALS]);
	put(r, MADE_PREFIX, h->prefix[line]);
	put(r, MADE_FAMILY, h->family[line]);
	make_date(&d, o, h, house, member, r->text[MADE_DATE]);
	if (member > 1 && dice_percent(&d, 35)) /* left home */
		generate_address(&d, h);
	put_address(r, h);
	if (member > 1 || dice_percent(&d, 55))
		generate_phone(&d, h->phone);
	if (!dice_percent(&d, 15))
		put(r, MADE_PHONE, h->phone);
	if (dice_percent(&d, 60))
		make_email(&d, h, r->text[MADE_EMAIL]);
	make_bsn(person, r->text[MADE_BSN]);
}

/* What life changes between one record and another: another address, phone, name. */
static void live_on(struct dice *d, struct house *h, const struct house *home, uint64_t member,
                    struct made_record *r)
{
	if (dice_percent(d, 12)) {
		generate_address(d, h);
		put_address(r, h);
	}
	if (dice_percent(d, 12)) {
		generate_phone(d, h->phone);
		put(r, MADE_PHONE, h->phone);
	}
	if (member == 1 && dice_percent(d, 20)) {
		char own[GENERATE_TEXT_MAX_BYTES / 2];
		(void)snprintf(own, sizeof(own), "%.40s", r->text[MADE_FAMILY]);
		bool both = dice_percent(d, 60);
		(void)snprintf(r->text[MADE_FAMILY], GENERATE_TEXT_MAX_BYTES, "%.40s%s%s",
		               home->family[0], both ? "-" : "", both ? own : "");
		put(r, MADE_PREFIX, home->prefix[0]);
	}
}

void generate_record(const struct generate_options *o, uint64_t i, struct made_record *ret)
{
	uint64_t first = 0;
	int copies = 0;
	struct house h;

	assert(i < o->record_count);
	memset(ret, 0, sizeof(*ret));
	uint64_t dense = shuffled(i, o->record_count, o->seed, false);
	ret->person = person_at(o, dense, &first, &copies);
	ret->number = dense - first;
	make_person(o, ret->person, &h, ret);
	struct house home = h;
	struct dice d = dice_for(o->seed, dense, ABOUT_RECORD);
	if (ret->number > 0)
		live_on(&d, &h, &home, ret->person % MEMBERS, ret);
	uint32_t sloppy = o->slips_percent > 0 ? (uint32_t)o->slips_percent : 60;
	if (dice_percent(&d, sloppy))
		slips_make(&d, ret, 1 + (int)dice_below(&d, 3));
}

uint64_t generate_who(const struct generate_options *o, uint64_t i, uint64_t *ret_number)
{
	uint64_t first = 0, dense = shuffled(i, o->record_count, o->seed, false);
	int copies = 0;
	uint64_t who = person_at(o, dense, &first, &copies);

	*ret_number = dense - first;
	return who;
}

int generate_same(const struct generate_options *o, uint64_t i, uint64_t *ret, int most)
{
	uint64_t first = 0;
	int copies = 0, count = 0;

	(void)person_at(o, shuffled(i, o->record_count, o->seed, false), &first, &copies);
	for (uint64_t d = first; d < first + (uint64_t)copies && d < o->record_count; d++)
		if (count < most)
			ret[count++] = shuffled(d, o->record_count, o->seed, true);
	for (int a = 1; a < count; a++)
		for (int b = a; b > 0 && ret[b - 1] > ret[b]; b--) {
			uint64_t swap = ret[b];
			ret[b] = ret[b - 1];
			ret[b - 1] = swap;
		}
	return count;
}
