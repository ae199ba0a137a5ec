#include "matching/generate_things.h"

#include <stdio.h>
#include <string.h>

#include "matching/generate_parts.h"

enum organisation_field {
	ORG_NAME,
	ORG_STREET,
	ORG_NUMBER,
	ORG_ADDITION,
	ORG_POSTCODE,
	ORG_PLACE,
	ORG_PHONE,
	ORG_EMAIL,
	ORG_KVK
};
enum object_field { OBJECT_PLATE, OBJECT_IBAN, OBJECT_PHONE };

const char *const ORGANISATION_COLUMNS[] = { "name",     "street", "house_number", "house_addition",
	                                     "postcode", "place",  "phone",        "email",
	                                     "kvk",      NULL };
const char *const OBJECT_COLUMNS[] = { "plate", "iban", "phone", NULL };

enum { ABOUT_ORGANISATION = 21, ABOUT_OBJECT = 22, ABOUT_COPY = 23 };

/* What it does, as people write it in full and in short. */
static const char *const TRADES[][2] = {
	{ "Bouwbedrijf", "Bouw" },
	{ "Autobedrijf", "Auto's" },
	{ "Transportbedrijf", "Transport" },
	{ "Schildersbedrijf", "Schilders" },
	{ "Uitzendbureau", "Uitzend" },
	{ "Schoonmaakbedrijf", "Schoonmaak" },
	{ "Administratiekantoor", "Administratie" },
	{ "Installatiebedrijf", "Installatie" },
	{ "Handelsonderneming", "Handel" },
	{ "Adviesbureau", "Advies" },
	{ "Kapsalon", "Haar" },
	{ "Bakkerij", "Bakker" },
	{ "Eetcafé", "Café" },
	{ "Garage", "Garage" },
	{ "Vastgoed", "Vastgoed" },
	{ "Zorgbureau", "Zorg" },
	{ "Thuiszorg", "Zorg" },
	{ "Import en Export", "Import Export" },
	{ "Loonbedrijf", "Loonwerk" },
	{ "Tegelhandel", "Tegels" },
};
enum { TRADE_COUNT = sizeof(TRADES) / sizeof(TRADES[0]) };
static const char *const FORMS[][3] = {
	{ "B.V.", "BV", "" }, { "B.V.", "b.v.", "" },     { "V.O.F.", "VOF", "" },
	{ "", "", "" },       { "Stichting", "St.", "" },
};

static void put(struct made_thing *t, int field, const char *text)
{
	(void)snprintf(t->text[field], GENERATE_TEXT_MAX_BYTES, "%s", text);
}

static void put_address(struct made_thing *t, const struct house *h)
{
	put(t, ORG_STREET, h->street);
	(void)snprintf(t->text[ORG_NUMBER], GENERATE_TEXT_MAX_BYTES, "%u", h->number);
	put(t, ORG_ADDITION, h->addition);
	put(t, ORG_POSTCODE, h->postcode);
	put(t, ORG_PLACE, h->place);
}

/* The parts of a name, before they are written down. */
struct company {
	int trade, form;
	char proper[40]; /* a family, a place or a made word */
	bool proper_first;
};

static void make_proper(struct dice *d, const struct house *h, char proper[40])
{
	const struct culture *c = &CULTURES[dice_below(d, CULTURE_COUNT)];

	if (dice_percent(d, 35))
		(void)snprintf(proper, 40, "%.38s", generate_any(d, c->families));
	else if (dice_percent(d, 25))
		(void)snprintf(proper, 40, "%.38s", h->place);
	else
		(void)snprintf(proper, 40, "%.12s%.8s%.12s", generate_any(d, GENERATE_HEADS),
		               generate_any(d, GENERATE_LINKS), generate_any(d, GENERATE_TAILS));
}

/* way: 0 as registered; 1 the form otherwise; 2 without form; 3 in short; 4 the other way round */
static void write_name(const struct company *c, int way, char to[GENERATE_TEXT_MAX_BYTES])
{
	const char *trade = TRADES[c->trade][way == 3], *form = FORMS[c->form][way > 1 ? 2 : way];
	bool proper_first = way == 4 ? !c->proper_first : c->proper_first;
	bool before = c->form == 4; /* "Stichting" stands in front */

	(void)snprintf(to, GENERATE_TEXT_MAX_BYTES, "%s%s%.38s %.24s%s%s", before ? form : "",
	               before && *form != '\0' ? " " : "", proper_first ? c->proper : trade,
	               proper_first ? trade : c->proper, !before && *form != '\0' ? " " : "",
	               before ? "" : form);
}

void generate_organisation(const struct generate_options *o, uint64_t i, struct made_thing *ret)
{
	uint64_t number = 0, who = generate_who(o, i, &number);
	struct dice d = dice_for(o->seed, who, ABOUT_ORGANISATION);
	struct house h = { .number = 0 };
	uint32_t sloppy = o->slips_percent > 0 ? (uint32_t)o->slips_percent : 60;

	memset(ret, 0, sizeof(*ret));
	generate_address(&d, &h);
	generate_phone(&d, h.phone);
	struct company c = { .trade = (int)dice_below(&d, TRADE_COUNT),
		             .form = (int)dice_below(&d, 5),
		             .proper_first = dice_percent(&d, 30) };
	make_proper(&d, &h, c.proper);
	uint32_t kvk = 99000000 + (uint32_t)(who % 1000000), mailbox = dice_below(&d, 100000);
	struct dice copy = dice_for(o->seed, i, ABOUT_COPY);
	write_name(&c, number == 0 ? 0 : (int)dice_below(&copy, 5), ret->text[ORG_NAME]);
	if (number > 0 && dice_percent(&copy, 12)) /* moved */
		generate_address(&copy, &h);
	put_address(ret, &h);
	if (!dice_percent(&copy, 25))
		put(ret, ORG_PHONE, h.phone);
	if (dice_percent(&copy, 40))
		(void)snprintf(ret->text[ORG_EMAIL], GENERATE_TEXT_MAX_BYTES, "info%u@example.nl",
		               mailbox);
	if (dice_percent(&copy, 60))
		(void)snprintf(ret->text[ORG_KVK], GENERATE_TEXT_MAX_BYTES, "%u", kvk);
	if (dice_percent(&copy, sloppy) && dice_percent(&copy, 50))
		slip_typo(&copy, ret->text[ORG_NAME]);
	if (dice_percent(&copy, sloppy) && dice_percent(&copy, 20))
		ret->text[ORG_POSTCODE][0] = '\0';
}

/* One character becomes another of its sort, or two neighbours change places. */
static void code_slip(struct dice *d, char *text)
{
	size_t n = strlen(text), at = n < 2 ? 0 : dice_below(d, (uint32_t)n - 1);
	char was = n < 2 ? '\0' : text[at];

	if (n < 2)
		return;
	if (dice_percent(d, 30)) {
		text[at] = text[at + 1];
		text[at + 1] = was;
	} else if (was >= '0' && was <= '9') {
		text[at] = (char)('0' + (was - '0' + 1 + (int)dice_below(d, 9)) % 10);
	} else if (was >= 'A' && was <= 'Z') {
		text[at] = (char)('A' + (was - 'A' + 1 + (int)dice_below(d, 25)) % 26);
	}
}

static char plate_letter(struct dice *d)
{
	static const char LETTERS[] = "BDFGHJKLNPRSTVXZ";

	return LETTERS[dice_below(d, sizeof(LETTERS) - 1)];
}

void generate_object(const struct generate_options *o, uint64_t i, struct made_thing *ret)
{
	uint64_t number = 0, who = generate_who(o, i, &number);
	struct dice d = dice_for(o->seed, who, ABOUT_OBJECT);
	struct dice copy = dice_for(o->seed, i, ABOUT_COPY);
	uint32_t sloppy = o->slips_percent > 0 ? (uint32_t)o->slips_percent : 60;
	char a = plate_letter(&d), b = plate_letter(&d), c = plate_letter(&d), phone[16];

	memset(ret, 0, sizeof(*ret));
	(void)snprintf(ret->text[OBJECT_PLATE], GENERATE_TEXT_MAX_BYTES, "%c%c-%03u-%c", a, b,
	               dice_below(&d, 1000), c);
	(void)snprintf(ret->text[OBJECT_IBAN], GENERATE_TEXT_MAX_BYTES, "NL%02uZZZZ0%09u",
	               10 + dice_below(&d, 89), dice_below(&d, 1000000000));
	generate_phone(&d, phone);
	put(ret, OBJECT_PHONE, phone);
	if (dice_percent(&copy, sloppy) && dice_percent(&copy, 40))
		code_slip(&copy, ret->text[dice_below(&copy, 3)]);
	if (dice_percent(&copy, 35))
		ret->text[dice_below(&copy, 3)][0] = '\0';
}
