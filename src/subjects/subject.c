#include "subjects/subject.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "law/rules.h"
#include "law/topics.h"
#include "law/validate.h"
#include "platform/core/dutch.h"
#include "subjects/tie.h"

const struct code SUBJECT_KINDS[] = {
	{ SUBJECT_PERSON, "PERSON", "Persoon" },
	{ SUBJECT_ORGANISATION, "ORGANISATION", "Bedrijf of organisatie" },
	{ SUBJECT_PLACE, "PLACE", "Adres of plek" },
	{ SUBJECT_VEHICLE, "VEHICLE", "Voertuig of vaartuig" },
	{ SUBJECT_PHONE, "PHONE", "Telefoonnummer" },
	{ SUBJECT_ACCOUNT, "ACCOUNT", "Rekening" },
	{ 0 },
};

const struct code SUBJECT_ROLES[] = {
	{ ROLE_MAIN, "MAIN", "Hier gaat het signaal over" },
	{ ROLE_DIRECT_CIRCLE, "DIRECT_CIRCLE", "Hoort direct bij iemand uit dit signaal" },
	{ 0 },
};

const struct code FACT_SOURCE_GRADES[] = { { 'A', "A", "A: altijd betrouwbaar" },
	                                   { 'B', "B", "B: meestal betrouwbaar" },
	                                   { 'C', "C", "C: meestal niet betrouwbaar" },
	                                   { 'X', "X", "X: niet te beoordelen" },
	                                   { 0 } };
const struct code FACT_INFORMATION_GRADES[] = { { '1', "1", "1: staat vast" },
	                                        { '2', "2", "2: uit eigen waarneming van de bron" },
	                                        { '3', "3", "3: van horen zeggen, wel bevestigd" },
	                                        { '4', "4",
	                                          "4: van horen zeggen, niet te bevestigen" },
	                                        { 0 } };

#define FIELD(member_, path_, label_, chars_)                                                      \
	{                                                                                          \
		.path = (path_), .kind = FIELD_TEXT,                                               \
		.offset = offsetof(struct subject_input, member_), .label = (label_),              \
		.max_chars = (chars_)                                                              \
	}

const struct code FACT_CODES[] = {
	{ FACT_FAMILY_NAME, "familyName", "Achternaam" },
	{ FACT_GIVEN_NAMES, "givenNames", "Voornamen" },
	{ FACT_BIRTH_DATE, "birthDate", "Geboortedatum" },
	{ FACT_BSN, "bsn", "BSN" },
	{ FACT_NAME, "name", "Naam" },
	{ FACT_KVK, "kvk", "KvK-nummer" },
	{ FACT_RSIN, "rsin", "RSIN" },
	{ FACT_STREET, "street", "Straat" },
	{ FACT_HOUSE_NUMBER, "houseNumber", "Huisnummer" },
	{ FACT_POSTCODE, "postcode", "Postcode" },
	{ FACT_TOWN, "town", "Plaats" },
	{ FACT_BAG_ID, "bagId", "BAG-nummer" },
	{ FACT_CADASTRAL, "cadastral", "Kadastrale aanduiding" },
	{ FACT_PLATE, "plate", "Kenteken" },
	{ FACT_VEHICLE, "vehicle", "Merk, soort, kleur" },
	{ FACT_PHONE_NUMBER, "phone", "Telefoonnummer" },
	{ FACT_IBAN, "iban", "Rekeningnummer" },
	{ FACT_POINT, "point", "Punt op de kaart" },
	{ 0 },
};
_Static_assert(sizeof FACT_CODES / sizeof FACT_CODES[0] == FACT_KIND_COUNT,
               "every fact has its field");

static const struct field APART_FIELDS[] = {
	{ .path = "fact",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct fact_apart, fact),
	  .label = "Welk gegeven?",
	  .codes = FACT_CODES },
	{ .path = "task",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct fact_apart, task),
	  .label = "Uit welke taak of welk register?" },
	{ .path = "sourceGrade",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct fact_apart, source_grade),
	  .label = "Hoe betrouwbaar is de bron?",
	  .codes = FACT_SOURCE_GRADES },
	{ .path = "informationGrade",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct fact_apart, information_grade),
	  .label = "Hoe zeker is dit?",
	  .codes = FACT_INFORMATION_GRADES },
};
static const struct form APART_FORM = { APART_FIELDS, 4, sizeof(struct fact_apart) };

static const struct field FIELDS[] = {
	FIELD_VERSION(struct subject_input),
	{ .path = "kind",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct subject_input, kind),
	  .label = "Wat is het?",
	  .required = true,
	  .codes = SUBJECT_KINDS },
	{ .path = "role",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct subject_input, role),
	  .label = "Welke rol heeft het in dit signaal?",
	  .required = true,
	  .missing = "Kies de rol.",
	  .codes = SUBJECT_ROLES },
	FIELD(family_name, "familyName", "Achternaam", 120),
	FIELD(given_names, "givenNames", "Voornamen of voorletters", 120),
	FIELD(birth_date, "birthDate", "Geboortedatum", 40),
	FIELD(bsn, "bsn", "BSN", 40),
	FIELD(name, "name", "Naam", 200),
	FIELD(kvk, "kvk", "KvK-nummer", 40),
	FIELD(rsin, "rsin", "RSIN", 40),
	FIELD(street, "street", "Straat", 120),
	FIELD(house_number, "houseNumber", "Huisnummer", 40),
	FIELD(postcode, "postcode", "Postcode", 20),
	FIELD(town, "town", "Plaats", 120),
	FIELD(bag_id, "bagId", "BAG-nummer", 40),
	FIELD(cadastral, "cadastral", "Kadastrale aanduiding", 40),
	FIELD(point, "point", "Punt op de kaart", 60),
	FIELD(plate, "plate", "Kenteken", 20),
	FIELD(vehicle, "vehicle", "Merk, soort, kleur", 120),
	FIELD(phone, "phone", "Telefoonnummer", 40),
	FIELD(iban, "iban", "Rekeningnummer (IBAN)", 60),
	{ .path = "task",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct subject_input, task),
	  .label = "Uit welke taak of welk register weet u dit?" },
	{ .path = "sourceGrade",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct subject_input, source_grade),
	  .label = "Hoe betrouwbaar is de bron?",
	  .codes = FACT_SOURCE_GRADES },
	{ .path = "informationGrade",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct subject_input, information_grade),
	  .label = "Hoe zeker is dit?",
	  .codes = FACT_INFORMATION_GRADES },
	{ .path = "tieTo",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct subject_input, tie_to),
	  .label = "Directe kring: bij wie of wat hoort dit?" },
	{ .path = "tieKind",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct subject_input, tie_kind),
	  .label = "Directe kring: welke band is er?",
	  .codes = TIE_KINDS },
	{ .path = "apart",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct subject_input, apart),
	  .label = "Gegevens die ergens anders vandaan komen",
	  .max_chars = FACTS_APART_MAX,
	  .element = &APART_FORM },
	{ .path = "dropBsn",
	  .kind = FIELD_BOOL,
	  .offset = offsetof(struct subject_input, drop_bsn),
	  .label = "Haal het BSN weg" },
};
const struct form SUBJECT_FORM = { FIELDS, sizeof FIELDS / sizeof FIELDS[0],
	                           sizeof(struct subject_input) };

const struct form SUBJECT_PART_FORM = { FIELDS + 1, sizeof FIELDS / sizeof FIELDS[0] - 1,
	                                sizeof(struct subject_input) };

/* ---- what each fact is ------------------------------------------------------------------------ */

typedef struct law_checked check_fn(const char *text);

static const struct fact_rule {
	enum fact_kind kind;
	enum subject_kind of;
	size_t offset;
	const char *path, *label;
	enum law_category category;
	check_fn *check; /* NULL: any text */
} RULES[] = {
#define RULE(kind_, of_, member_, path_, label_, category_, check_)                                \
	{                                                                                          \
		FACT_##kind_, SUBJECT_##of_, offsetof(struct subject_input, member_), (path_),     \
		    (label_), CATEGORY_##category_, (check_)                                       \
	}
	RULE(FAMILY_NAME, PERSON, family_name, "familyName", "Achternaam", IDENT, NULL),
	RULE(GIVEN_NAMES, PERSON, given_names, "givenNames", "Voornamen", IDENT, NULL),
	RULE(BIRTH_DATE, PERSON, birth_date, "birthDate", "Geboortedatum", IDENT, NULL),
	RULE(BSN, PERSON, bsn, "bsn", "BSN", IDENT, law_check_bsn),
	RULE(NAME, ORGANISATION, name, "name", "Naam", COMPANY, NULL),
	RULE(KVK, ORGANISATION, kvk, "kvk", "KvK-nummer", COMPANY, law_check_kvk),
	RULE(RSIN, ORGANISATION, rsin, "rsin", "RSIN", COMPANY, law_check_rsin),
	RULE(STREET, PLACE, street, "street", "Straat", HOUSING, NULL),
	RULE(HOUSE_NUMBER, PLACE, house_number, "houseNumber", "Huisnummer", HOUSING, NULL),
	RULE(POSTCODE, PLACE, postcode, "postcode", "Postcode", HOUSING, law_check_postcode),
	RULE(TOWN, PLACE, town, "town", "Plaats", HOUSING, NULL),
	RULE(BAG_ID, PLACE, bag_id, "bagId", "BAG-nummer", HOUSING, law_check_bag_id),
	RULE(CADASTRAL, PLACE, cadastral, "cadastral", "Kadastrale aanduiding", CADASTRAL,
	     law_check_cadastral),
	RULE(PLATE, VEHICLE, plate, "plate", "Kenteken", VEHICLE, law_check_plate),
	RULE(VEHICLE, VEHICLE, vehicle, "vehicle", "Merk, soort, kleur", VEHICLE, NULL),
	RULE(PHONE_NUMBER, PHONE, phone, "phone", "Telefoonnummer", IDENT, law_check_phone),
	RULE(IBAN, ACCOUNT, iban, "iban", "Rekeningnummer", FINANCIAL, law_check_iban),
	RULE(POINT, PLACE, point, "point", "Punt op de kaart", HOUSING, law_check_point),
#undef RULE
};
enum { RULE_COUNT = sizeof RULES / sizeof RULES[0] };
_Static_assert(RULE_COUNT == FACT_KIND_COUNT - 1, "every fact has its rule");

static struct law_checked check(const struct fact_rule *rule, const char *raw, int32_t today)
{
	struct law_checked plain = { .level = CHECK_FINE };

	if (rule->kind == FACT_BIRTH_DATE)
		return law_check_birth_date(raw, today);
	if (rule->kind == FACT_HOUSE_NUMBER)
		return law_check_house_number(raw, NULL);
	if (rule->check != NULL)
		return rule->check(raw);
	(void)snprintf(plain.value, sizeof plain.value, "%s", raw);
	return plain;
}

void subject_facts_may(enum law_letter letter, const struct subject_fact *facts, size_t count,
                       struct problems *problems)
{
	for (size_t i = 0; i < count; i++) {
		const struct law_item item = { .category = facts[i].category,
			                       .source = facts[i].letter != LETTER_NONE
			                                     ? facts[i].letter
			                                     : letter,
			                       .in_signal = true };
		struct verdict v = law_r3_source(&item);
		if (verdict_allows(v))
			v = law_phase_0(&item);
		if (!verdict_allows(v))
			problems_add_verdict(problems, fact_path((int)facts[i].kind), v);
	}
}

const char **subject_field(struct subject_input *in, enum fact_kind kind)
{
	return (const char **)((char *)in + RULES[kind - 1].offset);
}

/* A letter without a figure says half: both, or neither. */
static void check_grades(const struct subject_input *in, struct problems *problems)
{
	if (in->source_grade != 0 && in->information_grade == 0)
		problems_add(problems, PROBLEM_ERROR, "informationGrade",
		             "Zeg ook hoe zeker dit is, of laat beide leeg.");
	if (in->source_grade == 0 && in->information_grade != 0)
		problems_add(problems, PROBLEM_ERROR, "sourceGrade",
		             "Zeg ook hoe betrouwbaar de bron is, of laat beide leeg.");
}

size_t subject_read(const struct subject_input *in, int32_t today, struct arena *a,
                    struct subject_fact ret[FACT_KIND_COUNT], struct problems *problems)
{
	size_t count = 0, wrong = 0;

	for (size_t i = 0; i < RULE_COUNT; i++) {
		const struct fact_rule *rule = &RULES[i];
		const char *raw = *(const char *const *)((const char *)in + rule->offset);
		if ((int)rule->of != in->kind || raw == NULL || *raw == '\0')
			continue;
		struct law_checked c = check(rule, raw, today);
		if (c.level != CHECK_FINE)
			problems_add(problems,
			             c.level == CHECK_ERROR ? PROBLEM_ERROR : PROBLEM_WARNING,
			             rule->path, c.sentence);
		wrong += c.level == CHECK_ERROR;
		if (c.level != CHECK_ERROR)
			ret[count++] = (struct subject_fact){
				.kind = rule->kind,
				.category = rule->category,
				.raw = raw,
				.evaluation = in->source_grade << 8 | in->information_grade,
				.value = rule->check == NULL && c.value[0] == '\0'
				             ? raw
				             : arena_strdup(a, c.value)
			};
	}
	check_grades(in, problems);
	if (count == 0 && wrong == 0 && !in->keeps_bsn)
		problems_add(problems, PROBLEM_ERROR, "", "Vul minstens één gegeven in.");
	return count;
}

/* ---- facts that come from elsewhere ------------------------------------------------------------ */

static struct subject_fact *fact_of(struct subject_fact *facts, size_t count, int kind)
{
	for (size_t i = 0; i < count; i++)
		if ((int)facts[i].kind == kind)
			return &facts[i];
	return NULL;
}

static bool said_before(const struct fact_apart *rows, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (rows[j].fact == rows[i].fact)
			return true;
	return false;
}

/* The first thing that is wrong with this row; *ret_part: of which of its fields. NULL: nothing. */
static const char *wrong_with(const struct fact_apart *rows, size_t i, bool filled_in,
                              const char **ret_part)
{
	const struct fact_apart *r = &rows[i];

	*ret_part = "fact";
	if (r->fact == 0)
		return "Kies om welk gegeven het gaat.";
	if (said_before(rows, i))
		return "Dit gegeven staat er al. Kies een ander gegeven.";
	if (!filled_in)
		return "Dit gegeven is hierboven niet ingevuld.";
	*ret_part = "task";
	if (r->task == 0 && r->source_grade == 0 && r->information_grade == 0)
		return "Zeg wat er anders is: de taak, of hoe zeker het is.";
	*ret_part = r->source_grade == 0 ? "sourceGrade" : "informationGrade";
	if ((r->source_grade == 0) != (r->information_grade == 0))
		return "Vul betrouwbaarheid en zekerheid allebei in, of geen van beide.";
	return NULL;
}

void subject_facts_apart(const struct subject_input *in, struct subject_fact *facts, size_t count,
                         struct arena *a, struct problems *problems)
{
	const struct fact_apart *r = in->apart.items;

	for (size_t i = 0; i < in->apart.count; i++) {
		const char *part = NULL;
		if (r[i].fact == 0 && r[i].task == 0 && r[i].source_grade == 0 &&
		    r[i].information_grade == 0)
			continue;
		struct subject_fact *f = fact_of(facts, count, r[i].fact);
		const char *wrong = wrong_with(r, i, f != NULL, &part);
		if (wrong != NULL || f == NULL) {
			problems_add(problems, PROBLEM_ERROR,
			             arena_printf(a, "apart[%zu].%s", i, part), wrong);
			continue;
		}
		f->task = r[i].task > 0 && r[i].task <= UINT16_MAX ? (int)r[i].task
		          : r[i].task != 0                         ? -1
		                                                   : 0;
		if (r[i].source_grade != 0)
			f->evaluation = r[i].source_grade << 8 | r[i].information_grade;
	}
}

const char *fact_apart_path(const struct subject_input *in, enum fact_kind kind, const char *part,
                            struct arena *a)
{
	const struct fact_apart *r = in->apart.items;

	for (size_t i = 0; i < in->apart.count; i++)
		if (r[i].fact == (int)kind)
			return arena_printf(a, "apart[%zu].%s", i, part);
	return NULL;
}

/* ---- tokens ------------------------------------------------------------------------------------- */

/* Small letters and digits without accents, one space between words; NULL where a letter of
 * another script stands in it, since those would all look alike. */
static const char *folded(struct arena *a, const char *text)
{
	const size_t len = strlen(text);
	char *to = arena_alloc(a, len + 1);
	size_t n = 0, bytes = 1;

	for (size_t at = 0; at < len; at += bytes) {
		char c = law_fold_at(text, len, at, &bytes);
		if (c == '*')
			return NULL;
		if (c == '\0' || (c == ' ' && (n == 0 || to[n - 1] == ' ')))
			continue;
		to[n++] = c;
	}
	while (n > 0 && to[n - 1] == ' ')
		n--;
	to[n] = '\0';
	return n > 0 ? to : NULL;
}

static const char *value_of(const struct subject_fact *facts, size_t count, enum fact_kind kind)
{
	for (size_t i = 0; i < count; i++)
		if (facts[i].kind == kind)
			return facts[i].value;
	return NULL;
}

static void put(struct subject_token *ret, size_t *count, enum token_kind kind, const char *name,
                const char *normal)
{
	if (normal != NULL)
		ret[(*count)++] = (struct subject_token){ kind, name, normal };
}

/* Two values that say something only together. */
static const char *pair(struct arena *a, const char *first, const char *second)
{
	return first != NULL && second != NULL ? arena_printf(a, "%s|%s", first, second) : NULL;
}

size_t subject_tokens(const struct subject_fact *facts, size_t n, struct arena *a,
                      struct subject_token ret[FACT_KIND_COUNT])
{
	static const struct {
		enum fact_kind fact;
		enum token_kind token;
		const char *name;
	} SINGLE[] = {
		{ FACT_BSN, TOKEN_BSN, "bsn" },
		{ FACT_KVK, TOKEN_KVK, "kvk" },
		{ FACT_RSIN, TOKEN_RSIN, "rsin" },
		{ FACT_BAG_ID, TOKEN_BAG_ID, "bag" },
		{ FACT_CADASTRAL, TOKEN_CADASTRAL, "cadastral" },
		{ FACT_PLATE, TOKEN_PLATE, "plate" },
		{ FACT_PHONE_NUMBER, TOKEN_PHONE, "phone" },
		{ FACT_IBAN, TOKEN_IBAN, "iban" },
	};
	const char *family = value_of(facts, n, FACT_FAMILY_NAME);
	const char *given = value_of(facts, n, FACT_GIVEN_NAMES);
	const char *name = value_of(facts, n, FACT_NAME);
	size_t count = 0;

	for (size_t i = 0; i < sizeof SINGLE / sizeof SINGLE[0]; i++)
		put(ret, &count, SINGLE[i].token, SINGLE[i].name,
		    value_of(facts, n, SINGLE[i].fact));
	put(ret, &count, TOKEN_ADDRESS, "address",
	    pair(a, value_of(facts, n, FACT_POSTCODE), value_of(facts, n, FACT_HOUSE_NUMBER)));
	if (family != NULL && given != NULL)
		put(ret, &count, TOKEN_PERSON_NAME, "person",
		    pair(a, folded(a, family), folded(a, given)));
	if (name != NULL)
		put(ret, &count, TOKEN_ORGANISATION_NAME, "organisation", folded(a, name));
	return count;
}

/* ---- words --------------------------------------------------------------------------------------- */

const char *fact_label(int kind)
{
	return kind > 0 && kind < FACT_KIND_COUNT ? RULES[kind - 1].label : "Gegeven";
}

const char *fact_path(int kind)
{
	return kind > 0 && kind < FACT_KIND_COUNT ? RULES[kind - 1].path : "";
}

int fact_subject_kind(int kind)
{
	return kind > 0 && kind < FACT_KIND_COUNT ? (int)RULES[kind - 1].of : 0;
}

static const char *label_of(const struct code *codes, int value)
{
	for (; codes->name != NULL; codes++)
		if (codes->value == value)
			return codes->label;
	return "";
}

const char *subject_kind_label(int kind)
{
	return label_of(SUBJECT_KINDS, kind);
}

const char *subject_role_label(int role)
{
	return label_of(SUBJECT_ROLES, role);
}

/* "1980-05-17" as "17 mei 1980"; an unknown part is left out. */
static const char *birth_shown(struct arena *a, const char *value)
{
	char *month, *day = NULL;
	struct civil c = { .year = (int)strtol(value, &month, 10) };

	if (*month == '-')
		c.month = (int)strtol(month + 1, &day, 10);
	if (c.month == 0 || *day != '-')
		return arena_strndup(a, value, strcspn(value, "-"));
	c.day = (int)strtol(day + 1, NULL, 10);
	if (c.day > 0)
		return dutch_date(a, day_from_civil(c));
	c.day = 1;
	return dutch_date(a, day_from_civil(c)) + strlen("1 ");
}

const char *fact_shown(struct arena *a, const struct subject_fact *f)
{
	const size_t len = strlen(f->value);

	if (f->kind == FACT_BIRTH_DATE)
		return birth_shown(a, f->value);
	if (f->kind != FACT_BSN)
		return f->value;
	return arena_printf(a, "••••• %s", len >= 4 ? f->value + len - 4 : "");
}

const char *fact_raw_shown(const struct subject_fact *f)
{
	if (f->kind == FACT_BSN || f->kind == FACT_BIRTH_DATE || strcmp(f->raw, f->value) == 0)
		return NULL;
	return f->raw;
}

const char *fact_grade_shown(struct arena *a, const struct subject_fact *f)
{
	if (f->evaluation == 0)
		return NULL;
	return arena_printf(a, "bron %c, informatie %c", f->evaluation >> 8, f->evaluation & 0x7f);
}
