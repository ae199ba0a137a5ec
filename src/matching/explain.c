#include "matching/explain.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "matching/compare.h"
#include "matching/csv.h"
#include "matching/dates.h"
#include "matching/em.h"

/* What a level is in words; %s is the field. both: the two texts follow. */
struct phrase {
	const char *words;
	bool both, same;
};

static const struct phrase GIVEN_PHRASES[GIVEN_LEVELS] = {
	[GIVEN_DIFFERENT] = { "voornaam anders", true, false },
	[GIVEN_SAME_INITIAL] = { "voornaam anders, zelfde eerste letter", true, false },
	[GIVEN_SAME_INITIALS] = { "voornaam anders, zelfde voorletters", true, false },
	[GIVEN_INITIAL_FITS] = { "voorletter past", true, true },
	[GIVEN_PART] = { "voornaam lijkt op elkaar", true, true },
	[GIVEN_NICKNAME] = { "voornaam is een roepnaam of andere vorm", true, true },
	[GIVEN_ONE_SLIP_COMMON] = { "voornaam bijna gelijk (één letter of zelfde klank), maar veel "
	                            "mensen heten zo",
	                            true, true },
	[GIVEN_ONE_SLIP] = { "voornaam bijna gelijk (één letter of zelfde klank)", true, true },
	[GIVEN_SWAPPED] = { "voornaam en achternaam omgewisseld", true, true },
	[GIVEN_SAME] = { "zelfde voornaam, die heel vaak voorkomt", false, true },
	[GIVEN_SAME + 1] = { "zelfde voornaam, die vaak voorkomt", false, true },
	[GIVEN_SAME + 2] = { "zelfde voornaam", false, true },
	[GIVEN_SAME + 3] = { "zelfde voornaam, die weinig voorkomt", false, true },
	[GIVEN_SAME + 4] = { "zelfde voornaam, die zeldzaam is", false, true },
};

static const struct phrase FAMILY_PHRASES[FAMILY_LEVELS] = {
	[FAMILY_DIFFERENT] = { "achternaam anders", true, false },
	[FAMILY_SIMILAR] = { "achternaam lijkt een beetje op elkaar", true, false },
	[FAMILY_PART] = { "een deel van de achternaam is gelijk", true, true },
	[FAMILY_TWO_SLIPS] = { "achternaam twee letters anders", true, true },
	[FAMILY_ONE_SLIP_COMMON] = { "achternaam één letter anders of zelfde klank, maar veel "
	                             "mensen heten zo",
	                             true, true },
	[FAMILY_ONE_SLIP] = { "achternaam één letter anders of zelfde klank", true, true },
	[FAMILY_SAME] = { "zelfde achternaam, die heel vaak voorkomt", false, true },
	[FAMILY_SAME + 1] = { "zelfde achternaam, die vaak voorkomt", false, true },
	[FAMILY_SAME + 2] = { "zelfde achternaam", false, true },
	[FAMILY_SAME + 3] = { "zelfde achternaam, die weinig voorkomt", false, true },
	[FAMILY_SAME + 4] = { "zelfde achternaam, die zeldzaam is", false, true },
};

static const struct phrase DATE_PHRASES[DATE_LEVELS] = {
	[DATE_DIFFERENT] = { "geboortedatum anders", true, false },
	[DATE_SAME_YEAR] = { "alleen het geboortejaar is gelijk", true, false },
	[DATE_NEAR] = { "geboortedatum twee cijfers anders", true, false },
	[DATE_ONE_SLIP] = { "geboortedatum bijna gelijk (één cijfer of dag en maand omgewisseld)",
	                    true, true },
	[DATE_DEFAULT] = { "zelfde geboortedatum, maar 1 januari betekent vaak: onbekend", false,
	                   true },
	[DATE_HALF] = { "zelfde geboortejaar, bij één zijn dag en maand niet bekend", true, true },
	[DATE_SAME] = { "zelfde geboortedatum", false, true },
};

static const struct phrase ADDRESS_PHRASES[ADDRESS_LEVELS] = {
	[ADDRESS_DIFFERENT] = { "adres anders", true, false },
	[ADDRESS_SAME_AREA] = { "adres anders, wel in dezelfde plaats of wijk", true, false },
	[ADDRESS_SAME_STREET] = { "zelfde straat, ander huisnummer", true, true },
	[ADDRESS_NEAR] = { "adres bijna gelijk", true, true },
	[ADDRESS_OTHER_DOOR] = { "zelfde adres, andere toevoeging", true, true },
	[ADDRESS_SAME] = { "zelfde adres", false, true },
};

static const struct phrase NUMBER_PHRASES[NUMBER_LEVELS] = {
	[NUMBER_DIFFERENT] = { "%s anders", true, false },
	[NUMBER_ONE_SLIP] = { "%s één cijfer anders", true, true },
	[NUMBER_SAME] = { "zelfde %s", false, true },
};

static const struct phrase TEXT_PHRASES[TEXT_LEVELS] = {
	[TEXT_DIFFERENT] = { "%s anders", true, false },
	[TEXT_SIMILAR] = { "%s lijkt op elkaar", true, true },
	[TEXT_ONE_SLIP] = { "%s één teken anders", true, true },
	[TEXT_SAME] = { "zelfde %s", false, true },
};

static const struct phrase ORGANISATION_PHRASES[ORGANISATION_LEVELS] = {
	[ORGANISATION_DIFFERENT] = { "naam anders", true, false },
	[ORGANISATION_COMMON_WORD] = { "alleen een gewoon woord in de naam is gelijk", true,
	                               false },
	[ORGANISATION_RARE_WORD] = { "een zeldzaam woord in de naam is gelijk", true, true },
	[ORGANISATION_MOST_WORDS] = { "de meeste woorden in de naam zijn gelijk", true, true },
	[ORGANISATION_ONE_SLIP] = { "naam één letter anders of zelfde klank", true, true },
	[ORGANISATION_SAME] = { "zelfde naam", false, true },
};

static const struct phrase *const PHRASES[] = {
	[COMPARE_GIVEN] = GIVEN_PHRASES,
	[COMPARE_FAMILY] = FAMILY_PHRASES,
	[COMPARE_DATE] = DATE_PHRASES,
	[COMPARE_ADDRESS] = ADDRESS_PHRASES,
	[COMPARE_NUMBER] = NUMBER_PHRASES,
	[COMPARE_CODE] = TEXT_PHRASES,
	[COMPARE_ORGANISATION] = ORGANISATION_PHRASES,
	[COMPARE_TEXT] = TEXT_PHRASES,
};
_Static_assert(sizeof(PHRASES) / sizeof(PHRASES[0]) == COMPARISON_KINDS, "words for every kind");

/* Dutch for the fields of the ready models; others go by their own name. */
static const char *const DUTCH_FIELDS[][2] = {
	{ "given_names", "voornaam" },
	{ "family_name", "achternaam" },
	{ "birth_date", "geboortedatum" },
	{ "postcode", "adres" },
	{ "phone", "telefoonnummer" },
	{ "email", "e-mailadres" },
	{ "bsn", "bsn" },
	{ "kvk", "KvK-nummer" },
	{ "rsin", "RSIN" },
	{ "name", "naam" },
	{ "plate", "kenteken" },
	{ "iban", "rekeningnummer" },
	{ "bag_id", "BAG-nummer" },
	{ "street", "straat" },
};

static const char *dutch_field(const struct model *m, const struct model_comparison *c)
{
	int field = c->operands[0] >= 0 ? c->operands[0] : c->operands[3];
	const char *name = field >= 0 ? m->fields[field].name : c->name;

	for (size_t i = 0; i < sizeof(DUTCH_FIELDS) / sizeof(DUTCH_FIELDS[0]); i++)
		if (strcmp(DUTCH_FIELDS[i][0], name) == 0)
			return DUTCH_FIELDS[i][1];
	return name;
}

/* What a side says: the texts of the operands that belong together, shortened. */
static void side_text(const struct model_comparison *c, const char *const *texts, char *to,
                      size_t room)
{
	static const int STREET_FIRST[] = { 3, 1, 2, 0, 4 }; /* as people write it */
	int last = c->kind == COMPARE_ADDRESS ? c->operand_count : 1;
	size_t n = 0;

	to[0] = '\0';
	for (int k = 0; k < last; k++) {
		int field = c->operands[c->kind == COMPARE_ADDRESS ? STREET_FIRST[k] : k];
		const char *text = field < 0 ? NULL : texts[field];
		if (text == NULL || text[0] == '\0')
			continue;
		int written = snprintf(to + n, room - n, "%s%.40s", n > 0 ? " " : "", text);
		if (written < 0 || (size_t)written >= room - n)
			break;
		n += (size_t)written;
	}
	while (n > 0 && !csv_is_utf8(to, n)) /* cut within a letter */
		to[--n] = '\0';
	if (n == 0)
		(void)snprintf(to, room, "onbekend");
}

static void put_words(const struct model *m, const struct model_comparison *c, struct phrase p,
                      const char *const *a, const char *const *b, struct explained *ret)
{
	char left[72], right[72], head[100];
	const char *place = strstr(p.words, "%s");

	if (place == NULL)
		(void)snprintf(head, sizeof(head), "%s", p.words);
	else
		(void)snprintf(head, sizeof(head), "%.*s%.40s%s", (int)(place - p.words), p.words,
		               dutch_field(m, c), place + 2);
	side_text(c, a, left, sizeof(left));
	side_text(c, b, right, sizeof(right));
	if (p.both)
		(void)snprintf(ret->words, sizeof(ret->words), "%s: %s / %s", head, left, right);
	else
		(void)snprintf(ret->words, sizeof(ret->words), "%s", head);
}

static int telling_first(const void *a, const void *b)
{
	const struct explained *x = a, *y = b;
	double difference = fabs(y->points) - fabs(x->points);

	return difference > 0 ? 1 : difference < 0 ? -1 : strcmp(x->field, y->field);
}

/* Swapped names are told once, with the given name; the family's level then only carries how rare
 * the name is, and its own words would mislead. */
static void hush_swapped_family(const struct model *m, uint32_t pattern, struct explained *parts)
{
	bool swapped = false;

	for (int k = 0; k < m->comparison_count; k++)
		swapped |= m->comparisons[k].kind == COMPARE_GIVEN &&
		           pattern_level(pattern, k) == GIVEN_SWAPPED;
	for (int k = 0; k < m->comparison_count && swapped; k++)
		if (m->comparisons[k].kind == COMPARE_FAMILY &&
		    pattern_level(pattern, k) > FAMILY_TWO_SLIPS)
			parts[k].words[0] = '\0';
}

/* What agrees may count against, next to the rest: who shares an address and a family name is often a relative. A
 * number alone would puzzle; from so many bits on it is more than a trifle. */
static void put_surprise(struct explained *e)
{
	static const double TRIFLE = 0.05, TELLING = 1;
	const double against = e->side == EXPLAIN_SAME ? -e->points : e->points;
	const size_t len = strlen(e->words);
	const char *words = e->side == EXPLAIN_SAME
	                        ? ", maar samen met de rest spreekt dat er eerder tegen"
	                        : ", maar samen met de rest spreekt dat er niet tegen";

	if (against < TRIFLE)
		return;
	(void)snprintf(e->words + len, sizeof(e->words) - len, "%s",
	               against < TELLING ? ", wat hier weinig zegt" : words);
}

int explain(const struct model *m, uint32_t pattern, double records, const char *const *a,
            const char *const *b, struct explained ret[MODEL_COMPARISON_MAX])
{
	double weight = model_lookup_weight(m, pattern, records);

	for (int k = 0; k < m->comparison_count; k++) {
		const struct model_comparison *c = &m->comparisons[k];
		int level = pattern_level(pattern, k);
		struct explained *e = &ret[k];
		*e = (struct explained){ .field = dutch_field(m, c), .side = EXPLAIN_UNKNOWN };
		if (level == 0) {
			(void)snprintf(e->words, sizeof(e->words), "%s bij één of beide onbekend",
			               e->field);
			continue;
		}
		struct phrase p = PHRASES[c->kind][level];
		assert(p.words != NULL);
		e->side = p.same ? EXPLAIN_SAME : EXPLAIN_DIFFERENT;
		e->points = weight - model_lookup_weight(m, pattern & ~(15u << (4 * k)), records);
		put_words(m, c, p, a, b, e);
		put_surprise(e);
	}
	hush_swapped_family(m, pattern, ret);
	qsort(ret, (size_t)m->comparison_count, sizeof(*ret), telling_first);
	return m->comparison_count;
}

const char *explain_verdict(double weight)
{
	if (weight >= 10)
		return "Zeer waarschijnlijk dezelfde";
	if (weight >= 3)
		return "Waarschijnlijk dezelfde";
	if (weight > -3)
		return "Misschien dezelfde";
	return "Waarschijnlijk niet dezelfde";
}

void explain_weight(double weight, char ret[EXPLAIN_WEIGHT_BYTES])
{
	const long tenths = lround(weight * 10);

	(void)snprintf(ret, EXPLAIN_WEIGHT_BYTES, "%c%ld,%ld", tenths < 0 ? '-' : '+',
	               labs(tenths) / 10, labs(tenths) % 10);
}

void explain_promise(double weight, char ret[EXPLAIN_PROMISE_BYTES])
{
	const long of_100 = lround(100 * weight_probability(weight));
	static const char WORDS[] = "Van 100 paren als dit zijn er naar schatting %s%ld dezelfde";

	if (of_100 > 99)
		(void)snprintf(ret, EXPLAIN_PROMISE_BYTES, WORDS, "meer dan ", 99L);
	else if (of_100 < 1)
		(void)snprintf(ret, EXPLAIN_PROMISE_BYTES, WORDS, "minder dan ", 1L);
	else
		(void)snprintf(ret, EXPLAIN_PROMISE_BYTES, WORDS, "", of_100);
}

static const char *const DUTCH_MODELS[][2] = {
	{ "persons", "personen" },
	{ "organisations", "organisaties" },
	{ "addresses", "adressen" },
	{ "objects", "voertuigen, telefoons en rekeningen" },
};

const char *explain_model(const struct model *m)
{
	for (size_t i = 0; i < sizeof(DUTCH_MODELS) / sizeof(DUTCH_MODELS[0]); i++)
		if (strcmp(DUTCH_MODELS[i][0], m->name) == 0)
			return DUTCH_MODELS[i][1];
	return m->name;
}

static void put_side(const struct explained *parts, int count, enum explain_side side,
                     const char *head, struct out *o)
{
	const char *between = head;
	char points[EXPLAIN_WEIGHT_BYTES];

	for (int i = 0; i < count; i++) {
		if (parts[i].side != side || parts[i].words[0] == '\0')
			continue;
		out_fmt(o, "%s%s", between, parts[i].words);
		explain_weight(parts[i].points, points);
		if (side != EXPLAIN_UNKNOWN)
			out_fmt(o, " (%s)", points);
		between = "; ";
	}
	if (between != head)
		OUT_LIT(o, ".\n");
}

void explain_text(const struct model *m, uint32_t pattern, double records, const char *const *a,
                  const char *const *b, struct out *o)
{
	struct explained parts[MODEL_COMPARISON_MAX];
	int count = explain(m, pattern, records, a, b, parts);
	double weight = model_lookup_weight(m, pattern, records);
	char number[EXPLAIN_WEIGHT_BYTES], promise[EXPLAIN_PROMISE_BYTES];

	explain_weight(weight, number);
	explain_promise(weight, promise);
	out_fmt(o, "%s. %s (gewicht %s; model voor %s, versie %d). U beslist.\n",
	        explain_verdict(weight), promise, number, explain_model(m), m->version);
	put_side(parts, count, EXPLAIN_SAME, "Gelijk: ", o);
	put_side(parts, count, EXPLAIN_DIFFERENT, "Anders: ", o);
	put_side(parts, count, EXPLAIN_UNKNOWN, "Niet te vergelijken: ", o);
}
