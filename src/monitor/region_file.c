/* The file in which a region's figures travel: written, read and checked. */
#include "monitor/region_figures.h"

#include <string.h>

#include "monitor/chart.h"
#include "monitor/kpi.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "platform/http/input.h"

#define FORMAT "plein-region-figures-1"

static const struct figure_row ROWS[] = {
	{ "SIGNALS_SUBMITTED", "SIGNALS", "Signalen ingediend", UNIT_COUNT },
	{ "SIGNALS_ADOPTED", "SIGNALS", "Signalen in behandeling genomen", UNIT_COUNT },
	{ "SIGNALS_NOT_ADOPTED", "SIGNALS", "Signalen niet in behandeling", UNIT_COUNT },
	{ "ANSWERS_IN_TIME", "REQUESTS", "Bevragingen op tijd beantwoord", UNIT_COUNT },
	{ "ANSWERS_LATE", "REQUESTS", "Bevragingen te laat beantwoord", UNIT_COUNT },
	{ "CASEFILES_ANALYSED", "CASEFILES", "Casussen: analyse begonnen", UNIT_COUNT },
	{ "CASEFILES_ADVISED", "CASEFILES", "Casussen: advies vastgesteld", UNIT_COUNT },
	{ "CASEFILES_DECIDED", "CASEFILES", "Casussen: besloten", UNIT_COUNT },
	{ "CASEFILES_CLOSED", "CASEFILES", "Casussen: afgesloten", UNIT_COUNT },
	{ "APPROVED_LIGHT", "INTERVENTIONS", "Interventies goedgekeurd: licht", UNIT_COUNT },
	{ "APPROVED_MEDIUM", "INTERVENTIONS", "Interventies goedgekeurd: middel", UNIT_COUNT },
	{ "APPROVED_HEAVY", "INTERVENTIONS", "Interventies goedgekeurd: zwaar", UNIT_COUNT },
	{ "EXECUTED", "INTERVENTIONS", "Interventies uitgevoerd", UNIT_COUNT },
	{ "HOURS_PLEDGED", "HOURS", "Uren toegezegd", UNIT_HOURS },
	{ "HOURS_DELIVERED", "HOURS", "Uren geleverd", UNIT_HOURS },
	{ "EFFECT_0", "EFFECT", "Effect na zes maanden: 0, geen", UNIT_COUNT },
	{ "EFFECT_1", "EFFECT", "Effect na zes maanden: 1, klein", UNIT_COUNT },
	{ "EFFECT_2", "EFFECT", "Effect na zes maanden: 2, duidelijk", UNIT_COUNT },
	{ "EFFECT_3", "EFFECT", "Effect na zes maanden: 3, groot", UNIT_COUNT },
	{ "CALCULATED", "AMOUNTS", "Bedrag berekend", UNIT_CENTS },
	{ "CLAIMED", "AMOUNTS", "Bedrag gevorderd", UNIT_CENTS },
	{ "IMPOSED", "AMOUNTS", "Bedrag opgelegd", UNIT_CENTS },
	{ "SEIZED", "AMOUNTS", "Bedrag in beslag", UNIT_CENTS },
	{ "COLLECTED", "AMOUNTS", "Bedrag geïnd", UNIT_CENTS },
	{ "SET_OFF", "AMOUNTS", "Bedrag verrekend", UNIT_CENTS },
	{ "PREVENTED", "AMOUNTS", "Bedrag voorkomen", UNIT_CENTS },
};
enum { ROW_COUNT = sizeof ROWS / sizeof ROWS[0] };
_Static_assert((int)ROW_COUNT <= (int)REGION_FIGURES_MAX, "a set of figures holds every row");

const struct figure_row *region_figure_rows(size_t *ret_count)
{
	*ret_count = ROW_COUNT;
	return ROWS;
}

size_t region_figure_place(const char *name)
{
	size_t i = 0;

	while (i < ROW_COUNT && strcmp(ROWS[i].name, name) != 0)
		i++;
	return i;
}

/* ---- the digest -------------------------------------------------------------------------------- */

struct digest region_figures_digest(struct arena *a, const struct region_figures *f)
{
	const char *text =
	    arena_printf(a, "%s\n%s\n%d %d %d %lld\n%s\n", FORMAT, f->region, f->year, f->from_day,
	                 f->until_day, (long long)f->made_at_ms, f->made_by);
	struct span parts[ROW_COUNT + 1];
	size_t count = 0;

	parts[count++] = (struct span){ text, strlen(text) };
	for (size_t i = 0; i < ROW_COUNT; i++) {
		if (f->values[i] == FIGURE_ABSENT)
			continue;
		text = arena_printf(a, "%s %lld %lld\n", ROWS[i].name, (long long)f->versions[i],
		                    (long long)f->values[i]);
		parts[count++] = (struct span){ text, strlen(text) };
	}
	return sha256_parts(parts, count);
}

/* ---- writing ------------------------------------------------------------------------------------- */

static void put_hex(struct arena *a, struct out *to, const char *name, const void *bytes,
                    size_t len)
{
	char *text = arena_alloc(a, 2 * len + 1);

	hex_text(bytes, len, text);
	out_fmt(to, ",\n  \"%s\": \"%s\"", name, text);
}

static void put_figures(const struct region_figures *f, struct out *to)
{
	bool first = true;

	OUT_LIT(to, ",\n  \"figures\": [");
	for (size_t i = 0; i < ROW_COUNT; i++) {
		if (f->values[i] == FIGURE_ABSENT)
			continue;
		const bool hidden = f->values[i] == FIGURE_HIDDEN;
		out_fmt(to, "%s\n    {\"name\": \"%s\", \"version\": %lld, ", first ? "" : ",",
		        ROWS[i].name, (long long)f->versions[i]);
		if (hidden)
			OUT_LIT(to, "\"hidden\": true}");
		else
			out_fmt(to, "\"value\": %lld, \"hidden\": false}", (long long)f->values[i]);
		first = false;
	}
	OUT_LIT(to, "\n  ]");
}

void region_figures_write(struct arena *a, const struct region_figures *f,
                          const struct region_signer *signer, struct out *to)
{
	const struct digest digest = region_figures_digest(a, f);
	const struct signature signature = sign(signer->secret, digest.bytes, sizeof digest.bytes);

	OUT_LIT(to, "{\n  \"format\": \"" FORMAT "\",\n  \"region\": ");
	out_json(to, f->region);
	out_fmt(to, ",\n  \"year\": %d,\n  \"fromDay\": \"%s\",\n  \"untilDay\": \"%s\"", f->year,
	        iso_date(a, f->from_day), iso_date(a, f->until_day));
	out_fmt(to, ",\n  \"madeAt\": %lld,\n  \"madeBy\": ", (long long)f->made_at_ms);
	out_json(to, f->made_by);
	put_figures(f, to);
	put_hex(a, to, "digest", digest.bytes, sizeof digest.bytes);
	put_hex(a, to, "key", signer->public->bytes, sizeof signer->public->bytes);
	put_hex(a, to, "signature", signature.bytes, sizeof signature.bytes);
	OUT_LIT(to, "\n}\n");
}

/* ---- reading ------------------------------------------------------------------------------------- */

struct figure_input {
	const char *name;
	int64_t version, value;
	bool hidden;
};
static const struct field FIGURE_FIELDS[] = {
	{ .path = "name",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct figure_input, name),
	  .label = "Cijfer",
	  .required = true,
	  .max_chars = 40 },
	{ .path = "version",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct figure_input, version),
	  .label = "Versie",
	  .required = true },
	{ .path = "value",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct figure_input, value),
	  .label = "Waarde" },
	{ .path = "hidden",
	  .kind = FIELD_BOOL,
	  .offset = offsetof(struct figure_input, hidden),
	  .label = "Verborgen" },
};
static const struct form FIGURE_FORM = { FIGURE_FIELDS, 4, sizeof(struct figure_input) };

struct file_input {
	const char *format, *region, *made_by, *digest, *key, *signature;
	int64_t year, from_day, until_day, made_at;
	struct array figures;
};
#define TEXT(member, path_, max)                                                                   \
	{                                                                                          \
		.path = (path_), .kind = FIELD_TEXT,                                               \
		.offset = offsetof(struct file_input, member), .label = (path_), .required = true, \
		.max_chars = (max)                                                                 \
	}
#define NUMBER(member, path_, kind_)                                                               \
	{                                                                                          \
		.path = (path_), .kind = (kind_), .offset = offsetof(struct file_input, member),   \
		.label = (path_), .required = true                                                 \
	}
static const struct field FILE_FIELDS[] = {
	TEXT(format, "format", 40),
	TEXT(region, "region", 40),
	NUMBER(year, "year", FIELD_INT),
	NUMBER(from_day, "fromDay", FIELD_DAY),
	NUMBER(until_day, "untilDay", FIELD_DAY),
	NUMBER(made_at, "madeAt", FIELD_INT),
	TEXT(made_by, "madeBy", 80),
	{ .path = "figures",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct file_input, figures),
	  .label = "figures",
	  .required = true,
	  .max_chars = REGION_FIGURES_MAX,
	  .element = &FIGURE_FORM },
	TEXT(digest, "digest", 64),
	TEXT(key, "key", 64),
	TEXT(signature, "signature", 128),
};
static const struct form FILE_FORM = { FILE_FIELDS, sizeof FILE_FIELDS / sizeof FILE_FIELDS[0],
	                               sizeof(struct file_input) };

static bool is_defined(const char *code, int64_t version)
{
	size_t count = 0;
	const struct kpi *rows = kpi_rows(&count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].code, code) == 0 && rows[i].version == version)
			return true;
	return false;
}

static enum status read_figure(const struct figure_input *in, struct region_figures *ret,
                               struct error *reterr)
{
	enum { MOST = 1000000000 };
	const int64_t most = (int64_t)MOST * MOST / 1000; /* a thousand billion in cents and more */
	const size_t at = region_figure_place(in->name);

	if (at == ROW_COUNT)
		return FAIL(reterr, ERR_INVALID, "Plein kent het cijfer %.40s niet.", in->name);
	const struct figure_row *row = &ROWS[at];
	if (ret->values[at] != FIGURE_ABSENT)
		return FAIL(reterr, ERR_INVALID, "Het cijfer %s staat er twee keer in.", row->name);
	if (!is_defined(row->definition, in->version))
		return FAIL(reterr, ERR_INVALID,
		            "%s is geteld volgens een omschrijving die Plein hier niet kent.",
		            row->label);
	if (in->value < 0 || in->value > most || (in->hidden && in->value != 0))
		return FAIL(reterr, ERR_INVALID, "%s: dit getal kan niet.", row->label);
	if (!in->hidden && row->unit == UNIT_COUNT && in->value > 0 && in->value < SMALL_CELL)
		return FAIL(reterr, ERR_INVALID,
		            "%s is minder dan %d. Zo'n getal hoort verborgen te zijn.", row->label,
		            SMALL_CELL);
	ret->values[at] = in->hidden ? FIGURE_HIDDEN : in->value;
	ret->versions[at] = in->version;
	return OK;
}

static bool is_plain(const char *text)
{
	for (const char *c = text; *c != '\0'; c++)
		if ((unsigned char)*c < ' ')
			return false;
	return text[0] != '\0';
}

static enum status read_head(const struct file_input *in, struct region_figures *ret,
                             struct error *reterr)
{
	const int first = civil_from_day(kpi_first_day()).year;

	if (strcmp(in->format, FORMAT) != 0)
		return FAIL(reterr, ERR_INVALID, "Dit is geen bestand met cijfers van een regio.");
	if (in->year < first || in->year > first + 100 || !is_plain(in->made_by) ||
	    !is_plain(in->region) || in->made_at <= 0)
		return FAIL(reterr, ERR_INVALID, "De kop van dit bestand klopt niet.");
	if (in->from_day > in->until_day ||
	    in->from_day < day_from_civil((struct civil){ (int)in->year, 1, 1 }) ||
	    in->until_day >= day_from_civil((struct civil){ (int)in->year + 1, 1, 1 }))
		return FAIL(reterr, ERR_INVALID, "De dagen in dit bestand horen niet bij %d.",
		            (int)in->year);
	*ret = (struct region_figures){ .region = in->region,
		                        .made_by = in->made_by,
		                        .year = (int)in->year,
		                        .from_day = (int32_t)in->from_day,
		                        .until_day = (int32_t)in->until_day,
		                        .made_at_ms = in->made_at };
	for (size_t i = 0; i < REGION_FIGURES_MAX; i++)
		ret->values[i] = FIGURE_ABSENT;
	return OK;
}

static enum status check_seal(struct arena *a, const struct file_input *in, struct region_file *f,
                              struct error *reterr)
{
	struct signature signature;
	struct digest told;

	f->digest = region_figures_digest(a, &f->figures);
	if (!hex_parse(in->digest, told.bytes, sizeof told.bytes) ||
	    !hex_parse(in->key, f->key.bytes, sizeof f->key.bytes) ||
	    !hex_parse(in->signature, signature.bytes, sizeof signature.bytes) ||
	    memcmp(told.bytes, f->digest.bytes, sizeof told.bytes) != 0 ||
	    !signature_matches(&f->key, &signature, told.bytes, sizeof told.bytes))
		return FAIL(reterr, ERR_INVALID,
		            "Dit bestand is onderweg veranderd. Vraag de regio om een nieuw "
		            "bestand.");
	return OK;
}

static enum status read_form(struct arena *a, const char *bytes, size_t len, struct file_input *in,
                             struct error *reterr)
{
	struct problems problems;
	struct input input = { 0 };

	problems_init(&problems, a);
	if (len > REGION_FILE_BYTES_MAX)
		return FAIL(reterr, ERR_INVALID, "Dit bestand is te groot voor cijfers.");
	const enum status st = input_json(a, bytes, len, &input, reterr);
	if (st != OK)
		return FAIL(reterr, ERR_INVALID, "Dit is geen bestand met cijfers van een regio.");
	input_read(&input, &FILE_FORM, true, a, in, &problems);
	for (const struct problem *p = problems.first; p != NULL; p = p->next)
		if (p->level == PROBLEM_ERROR)
			return FAIL(reterr, ERR_INVALID, "Dit bestand klopt niet bij %.60s. %.120s",
			            p->path, p->message);
	return OK;
}

enum status region_file_read(struct arena *a, const char *bytes, size_t len,
                             struct region_file *ret, struct error *reterr)
{
	struct file_input in = { 0 };

	enum status st = read_form(a, bytes, len, &in, reterr);
	if (st == OK)
		st = read_head(&in, &ret->figures, reterr);
	const struct figure_input *figures = in.figures.items;
	for (size_t i = 0; st == OK && i < in.figures.count; i++)
		st = read_figure(&figures[i], &ret->figures, reterr);
	return st == OK ? check_seal(a, &in, ret, reterr) : st;
}
