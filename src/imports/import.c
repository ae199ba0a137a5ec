#include "imports/import.h"

#include <string.h>

#include "audit/action.h"
#include "law/law.h"
#include "platform/core/calendar.h"

/* ---- the life of a round ---------------------------------------------------------------------- */

static const struct state STATES[] = {
	{ IMPORT_COLUMNS, "COLUMNS", "Kolommen kiezen", LOOK_TODO },
	{ IMPORT_CHECKING, "CHECKING", "Wordt nagekeken", LOOK_BUSY },
	{ IMPORT_CHECKED, "CHECKED", "Nagekeken", LOOK_TODO },
	{ IMPORT_READING, "READING", "Wordt ingelezen", LOOK_BUSY },
	{ IMPORT_DONE, "DONE", "Ingelezen", LOOK_DONE },
	{ IMPORT_UNDOING, "UNDOING", "Wordt teruggedraaid", LOOK_BUSY },
	{ IMPORT_UNDONE, "UNDONE", "Teruggedraaid", LOOK_GONE },
};
static const struct action ACTIONS[] = {
	{ IMPORT_CHECK, "check", "Kijk alle regels na" },
	{ IMPORT_CHECK_ENDS, "check-ends", "Klaar met nakijken" },
	{ IMPORT_READ, "read", "Lees in als concepten" },
	{ IMPORT_READ_ENDS, "read-ends", "Klaar met inlezen" },
	{ IMPORT_UNDO, "undo", "Draai alles terug" },
	{ IMPORT_UNDO_ENDS, "undo-ends", "Klaar met terugdraaien" },
};

static struct verdict may_check(const void *picture)
{
	const struct import_picture *p = picture;

	if (p->has_column)
		return verdict_yes();
	return verdict_no_by(NULL, "Zeg van minstens één kolom wat erin staat.", NULL);
}

static struct verdict may_read(const void *picture)
{
	const struct import_picture *p = picture;

	if (p->rows_good > 0)
		return verdict_yes();
	return verdict_no_by(NULL, "Geen enkele regel kan worden ingelezen.",
	                     "Verbeter het bestand en stuur het opnieuw.");
}

#define WRITER ROLE_BIT(ROLE_SUBMITTER)
#define MOVE(from_, action_, to_, who_, guard_)                                                    \
	{                                                                                          \
		.from = IMPORT_##from_, .action = IMPORT_##action_, .to = IMPORT_##to_,            \
		.who = (who_), .guard = (guard_), .audit_action = AUDIT_SIGNAL_IMPORT,             \
		.source = "decisions 1.9"                                                          \
	}
static const struct move MOVES[] = {
	MOVE(COLUMNS, CHECK, CHECKING, WRITER, may_check),
	MOVE(CHECKED, CHECK, CHECKING, WRITER, may_check),
	MOVE(CHECKING, CHECK_ENDS, CHECKED, 0, NULL),
	MOVE(CHECKED, READ, READING, WRITER, may_read),
	MOVE(READING, READ_ENDS, DONE, 0, NULL),
	MOVE(COLUMNS, UNDO, UNDOING, WRITER, NULL),
	MOVE(CHECKED, UNDO, UNDOING, WRITER, NULL),
	MOVE(READING, UNDO, UNDOING, WRITER, NULL),
	MOVE(DONE, UNDO, UNDOING, WRITER, NULL),
	MOVE(UNDOING, UNDO_ENDS, UNDONE, 0, NULL),
};
#undef MOVE

const struct machine IMPORT_MACHINE = {
	.name = "import",
	.states = STATES,
	.state_count = sizeof STATES / sizeof STATES[0],
	.actions = ACTIONS,
	.action_count = sizeof ACTIONS / sizeof ACTIONS[0],
	.moves = MOVES,
	.move_count = sizeof MOVES / sizeof MOVES[0],
};

/* ---- columns ------------------------------------------------------------------------------------ */

const struct code IMPORT_FIELDS[] = {
	{ 1, "title", "Titel" },
	{ 2, "facts", "Feiten" },
	{ 3, "judgement", "Oordeel" },
	{ 4, "where", "Waar" },
	{ 5, "municipality", "Gemeente" },
	{ 6, "seenFrom", "Eerst gezien" },
	{ 7, "seenUntil", "Laatst gezien" },
	{ 8, "theme", "Thema" },
	{ 9, "crimeForm", "Vorm van criminaliteit" },
	{ 10, "line", "Lijn" },
	{ 11, "task", "Taak of register" },
	{ 12, "reliability", "Bron" },
	{ 13, "tried", "Al gedaan" },
	{ 14, "effect", "Gehoopt effect" },
	{ 15, "criterionA", "Criterium a" },
	{ 16, "criterionB", "Criterium b" },
	{ 17, "criterionC", "Criterium c" },
	{ 18, "criterionD", "Criterium d" },
	{ 19, "criterionE", "Criterium e" },
	{ IMPORT_FACT + FACT_FAMILY_NAME, "familyName", "Achternaam" },
	{ IMPORT_FACT + FACT_GIVEN_NAMES, "givenNames", "Voornamen" },
	{ IMPORT_FACT + FACT_BIRTH_DATE, "birthDate", "Geboortedatum" },
	{ IMPORT_FACT + FACT_BSN, "bsn", "BSN" },
	{ IMPORT_FACT + FACT_NAME, "name", "Naam bedrijf" },
	{ IMPORT_FACT + FACT_KVK, "kvk", "KvK-nummer" },
	{ IMPORT_FACT + FACT_RSIN, "rsin", "RSIN" },
	{ IMPORT_FACT + FACT_STREET, "street", "Straat" },
	{ IMPORT_FACT + FACT_HOUSE_NUMBER, "houseNumber", "Huisnummer" },
	{ IMPORT_FACT + FACT_POSTCODE, "postcode", "Postcode" },
	{ IMPORT_FACT + FACT_TOWN, "town", "Plaats" },
	{ IMPORT_FACT + FACT_BAG_ID, "bagId", "BAG-nummer" },
	{ IMPORT_FACT + FACT_CADASTRAL, "cadastral", "Kadastrale aanduiding" },
	{ IMPORT_FACT + FACT_POINT, "point", "Punt op de kaart" },
	{ IMPORT_FACT + FACT_PLATE, "plate", "Kenteken" },
	{ IMPORT_FACT + FACT_VEHICLE, "vehicle", "Merk, soort, kleur" },
	{ IMPORT_FACT + FACT_PHONE_NUMBER, "phone", "Telefoonnummer" },
	{ IMPORT_FACT + FACT_IBAN, "iban", "Rekeningnummer" },
	{ 0 },
};

static const struct code *field_of(int value)
{
	for (const struct code *c = IMPORT_FIELDS; c->name != NULL; c++)
		if (c->value == value)
			return c;
	return NULL;
}

const char *import_columns_text(struct arena *a, const struct import_columns *c)
{
	char *text = arena_alloc(a, c->count * 5 + 1);
	size_t len = 0;

	text[0] = '\0';
	for (size_t i = 0; i < c->count; i++)
		len += (size_t)snprintf(text + len, 6, "%s%d", i > 0 ? "," : "", c->field[i]);
	return text;
}

struct import_columns import_columns_read(const char *text)
{
	struct import_columns c = { .count = 0 };

	while (*text != '\0' && c.count < SHEET_COLUMNS_MAX) {
		char *end;
		const long value = strtol(text, &end, 10);
		c.field[c.count++] =
		    value > 0 && value < 1000 && field_of((int)value) != NULL ? (int)value : 0;
		text = *end == ',' ? end + 1 : "";
	}
	return c;
}

/* Letters and digits alone, small: "KvK-nummer" is "kvknummer". */
static void squeeze(const char *text, char *ret, size_t size)
{
	const size_t len = strlen(text);
	size_t n = 0, bytes = 1;

	for (size_t at = 0; at < len && n + 1 < size; at += bytes) {
		const char c = law_fold_at(text, len, at, &bytes);
		if (c != ' ' && c != '\0' && c != '*')
			ret[n++] = c;
	}
	ret[n] = '\0';
}

/* What people and other systems call the same, squeezed. "naam" alone isn't here: of whom? */
static const struct {
	const char *heading, *field;
} HEADINGS[] = {
	{ "onderwerp", "title" },
	{ "omschrijving", "facts" },
	{ "watgebeurdeer", "facts" },
	{ "melding", "facts" },
	{ "verhaal", "facts" },
	{ "locatie", "where" },
	{ "plek", "where" },
	{ "datum", "seenFrom" },
	{ "gezien", "seenFrom" },
	{ "gezienop", "seenFrom" },
	{ "sinds", "seenFrom" },
	{ "vanaf", "seenFrom" },
	{ "totenmet", "seenUntil" },
	{ "familienaam", "familyName" },
	{ "voornaam", "givenNames" },
	{ "geboren", "birthDate" },
	{ "geborenop", "birthDate" },
	{ "gebdatum", "birthDate" },
	{ "burgerservicenummer", "bsn" },
	{ "bedrijf", "name" },
	{ "bedrijfsnaam", "name" },
	{ "handelsnaam", "name" },
	{ "kvknr", "kvk" },
	{ "straatnaam", "street" },
	{ "nr", "houseNumber" },
	{ "huisnr", "houseNumber" },
	{ "pc", "postcode" },
	{ "woonplaats", "town" },
	{ "bagid", "bagId" },
	{ "telefoon", "phone" },
	{ "tel", "phone" },
	{ "telnr", "phone" },
	{ "mobiel", "phone" },
	{ "rekening", "iban" },
};

static int heading_meant(const char *squeezed)
{
	const char *field = NULL;

	for (size_t i = 0; i < sizeof HEADINGS / sizeof HEADINGS[0]; i++)
		if (strcmp(HEADINGS[i].heading, squeezed) == 0)
			field = HEADINGS[i].field;
	for (const struct code *c = IMPORT_FIELDS; field != NULL && c->name != NULL; c++)
		if (strcmp(c->name, field) == 0)
			return c->value;
	return IMPORT_NOTHING;
}

static int field_named(const char *heading)
{
	char wanted[64], known[64];

	squeeze(heading, wanted, sizeof wanted);
	for (const struct code *c = IMPORT_FIELDS; wanted[0] != '\0' && c->name != NULL; c++) {
		squeeze(c->label, known, sizeof known);
		if (strcmp(known, wanted) == 0)
			return c->value;
		squeeze(c->name, known, sizeof known);
		if (strcmp(known, wanted) == 0)
			return c->value;
	}
	return heading_meant(wanted);
}

struct import_columns import_columns_guess(const struct sheet_row *header)
{
	struct import_columns c = { .count = header->count };

	for (size_t i = 0; i < header->count; i++) {
		c.field[i] = field_named(header->cells[i]);
		for (size_t j = 0; j < i; j++)
			if (c.field[j] == c.field[i])
				c.field[i] = IMPORT_NOTHING; /* the first of two counts */
	}
	return c;
}

const char *import_place(struct arena *a, const struct import_columns *c, const char *path)
{
	const char *dot = strrchr(path, '.'), *name = dot != NULL ? dot + 1 : path;
	char column[4];

	for (size_t i = 0; i < c->count; i++) {
		const struct code *field = field_of(c->field[i]);
		if (field == NULL || strcmp(field->name, name) != 0)
			continue;
		sheet_column_name(i + 1, column);
		return arena_printf(a, "Kolom %s (%s)", column, field->label);
	}
	return "De regel";
}

/* ---- one row --------------------------------------------------------------------------------------- */

/* People write the word of the list; the form wants its name. */
static const char *code_named(const struct code *codes, const char *text)
{
	for (; codes->name != NULL; codes++)
		if (strcasecmp(codes->label, text) == 0)
			return codes->name;
	return text;
}

enum { PART_LETTERS_LEAST = 4 };

/* Of a theme also a part that only one has ("hennep"). Not of other lists: whether a source is known or
 * not differs in one word. */
static const char *theme_named(const struct code *themes, const char *text)
{
	const char *exact = code_named(themes, text), *part = NULL;
	int parts = 0;

	for (; themes->name != NULL && strlen(text) >= PART_LETTERS_LEAST; themes++)
		if (strcasestr(themes->label, text) != NULL) {
			part = themes->name;
			parts++;
		}
	return exact == text && parts == 1 ? part : exact;
}

static const char *task_named(struct arena *a, const char *text)
{
	size_t count = 0;
	const struct law_task *tasks = law_tasks(&count);

	for (size_t i = 0; i < count; i++)
		if (strcasecmp(tasks[i].label, text) == 0)
			return arena_printf(a, "%u", (unsigned)tasks[i].code);
	return text;
}

/* A spreadsheet keeps a day as the number of days since 30 December 1899. */
static const char *day_written(struct arena *a, const char *text)
{
	enum { DAYS_BEFORE_1970 = 25569, FIRST = 10000, LAST = 80000 };
	char *end;
	const long days = strtol(text, &end, 10);

	if (end == text || (*end != '\0' && *end != '.') || days < FIRST || days > LAST ||
	    strlen(text) < 5)
		return text;
	const struct civil c = civil_from_day((int32_t)(days - DAYS_BEFORE_1970));
	return arena_printf(a, "%d-%d-%d", c.day, c.month, c.year);
}

static const char *translated(struct arena *a, const char *name, const char *text)
{
	if (strcmp(name, "task") == 0)
		return task_named(a, text);
	if (strcmp(name, "birthDate") == 0)
		return day_written(a, text);
	for (size_t i = 0; i < WHOLE_FORM.field_count; i++) {
		const struct field *f = &WHOLE_FORM.fields[i];
		if (strcmp(f->path, name) != 0)
			continue;
		if (f->kind == FIELD_CODE)
			return strcmp(name, "theme") == 0 ? theme_named(f->codes, text)
			                                  : code_named(f->codes, text);
		return f->kind == FIELD_DAY ? day_written(a, text) : text;
	}
	return text;
}

/* Values as a form would have sent them. */
struct values {
	struct input_value *at;
	size_t count;
	struct arena *a;
	int kinds[6]; /* of the subjects so far, in their order */
	size_t subjects;
};

static void put(struct values *v, const char *path, const char *text)
{
	v->at[v->count++] = (struct input_value){ .path = path, .text = text, .kind = INPUT_TEXT };
}

/* All facts of one kind of subject in a row are one subject. */
static size_t subject_at(struct values *v, int kind)
{
	for (size_t i = 0; i < v->subjects; i++)
		if (v->kinds[i] == kind)
			return i;
	const size_t i = v->subjects++;
	v->kinds[i] = kind;
	for (const struct code *c = SUBJECT_KINDS; c->name != NULL; c++)
		if (c->value == kind)
			put(v, arena_printf(v->a, "subjects[%zu].kind", i), c->name);
	put(v, arena_printf(v->a, "subjects[%zu].role", i), "MAIN");
	return i;
}

static void put_cell(struct values *v, int field, const char *text)
{
	const struct code *c = field_of(field);

	if (c == NULL || text[strspn(text, " \t\r\n")] == '\0')
		return;
	text = translated(v->a, c->name, text);
	if (field < IMPORT_FACT) {
		put(v, c->name, text);
		return;
	}
	const size_t i = subject_at(v, fact_subject_kind(field - IMPORT_FACT));
	put(v, arena_printf(v->a, "subjects[%zu].%s", i, c->name), text);
}

static const struct code *codes_at(const char *path)
{
	for (size_t i = 0; i < WHOLE_FORM.field_count; i++)
		if (strcmp(WHOLE_FORM.fields[i].path, path) == 0)
			return WHOLE_FORM.fields[i].kind == FIELD_CODE ? WHOLE_FORM.fields[i].codes
			                                               : NULL;
	return NULL;
}

/* Who looks at a spreadsheet sees no list to choose from: the words that we know come along. */
static const char *sentence_at(struct arena *a, const struct problem *p)
{
	const struct code *codes = codes_at(p->path);
	const char *words = "";

	if (codes == NULL)
		return p->message;
	for (const struct code *c = codes; c->name != NULL; c++)
		words = arena_printf(a, "%s%s%s", words, c == codes ? "" : "; ", c->label);
	return arena_printf(a, "Dit kennen wij niet. Schrijf een van deze: %s.", words);
}

static void take_problems(struct arena *a, const struct import_columns *c,
                          const struct problems *from, struct problems *to)
{
	for (const struct problem *p = from->first; p != NULL; p = p->next)
		problems_add(to, p->level, import_place(a, c, p->path), sentence_at(a, p));
}

bool import_row(const struct import_columns *c, const struct sheet_row *row, struct arena *a,
                struct whole_input *ret, struct problems *problems)
{
	struct values v = { .a = a,
		            .at = ARENA_ARRAY(a, struct input_value, c->count + 2 * 6 + 1) };
	struct problems own;
	char column[4];

	problems_init(&own, a);
	for (size_t i = 0; i < c->count && i < row->count; i++)
		put_cell(&v, c->field[i], row->cells[i]);
	if (v.count == 0)
		return false;
	if (row->formula_column > 0) {
		sheet_column_name(row->formula_column, column);
		problems_add(problems, PROBLEM_ERROR, arena_printf(a, "Kolom %s", column),
		             "Hier staat een formule. Zet de uitkomst erin.");
	}
	const struct input in = { .values = v.at, .count = v.count };
	input_read(&in, &WHOLE_FORM, false, a, ret, &own);
	take_problems(a, c, &own, problems);
	return true;
}

int64_t import_step_rows(int64_t done)
{
	if (done < STEP_ROWS_MIN)
		return STEP_ROWS_MIN;
	return done < STEP_ROWS_MAX ? done : STEP_ROWS_MAX;
}

size_t import_piece_rows(size_t rows, int64_t took_ms)
{
	const int64_t fits = (int64_t)rows * PIECE_MS / (took_ms > 0 ? took_ms : 1);
	const int64_t most =
	    2 * (int64_t)rows < PIECE_ROWS_MAX ? 2 * (int64_t)rows : PIECE_ROWS_MAX;
	const int64_t next = fits < most ? fits : most;

	return next > PIECE_ROWS_MIN ? (size_t)next : PIECE_ROWS_MIN;
}
