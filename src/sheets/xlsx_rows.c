/*
 * XLSX: a ZIP of XML. libarchive unpacks, libxml2 reads as it comes; neither is asked for more than
 * the texts and the first sheet. Entities are never defined, addresses never followed.
 */
#include "sheets/sheet_kinds.h"

#include <archive.h>
#include <archive_entry.h>
#include <libxml/parser.h>
#include <string.h>

enum {
	PIECE_BYTES = 65536,
	UNPACKED_MAX = 314572800,   /* 300 MiB: 100,000 rows of forty cells */
	UNPACKED_ALWAYS = 16777216, /* 16 MiB is fine, however small the file */
	UNPACKED_TIMES = 200        /* more than this many times the file is a bomb */
};

struct texts {
	const char **at;
	size_t count, size, bytes;
	struct arena *a;
};

struct xlsx {
	struct sheet_reading *s;
	struct texts texts;
	struct arena *row_arena;
	struct sheet_row row;
	struct error *reterr;
	enum status st;
	bool sheet; /* the sheet is read; else the shared texts */

	/* where the reader stands */
	char *text; /* SHEET_CELL_BYTES_MAX + 1 */
	size_t text_len, column;
	bool collects, in_phonetic, formula, too_long;
	enum { CELL_PLAIN, CELL_SHARED, CELL_BOOL } type;
};

static void fail(struct xlsx *x, enum status st, const char *sentence)
{
	if (x->st == OK)
		x->st = FAIL(x->reterr, st, "%s", sentence);
}

static bool is(const xmlChar *name, const char *what)
{
	return strcmp((const char *)name, what) == 0;
}

/* ---- shared texts ----------------------------------------------------------------------------- */

static void keep_text(struct xlsx *x)
{
	struct texts *t = &x->texts;

	t->bytes += x->text_len + 1 + sizeof *t->at;
	if (t->bytes > SHEET_TEXTS_BYTES_MAX) {
		fail(x, ERR_LIMIT, "Dit rekenblad bevat te veel tekst. Splits het.");
		return;
	}
	if (t->count == t->size) {
		const size_t size = t->size > 0 ? t->size * 2 : 1024;
		const char **grown = ARENA_ARRAY(t->a, const char *, size);
		if (t->count > 0)
			memcpy(grown, t->at, t->count * sizeof *grown);
		t->at = grown;
		t->size = size;
	}
	t->at[t->count++] = arena_strndup(t->a, x->text, x->text_len);
}

/* ---- cells ------------------------------------------------------------------------------------ */

/* "AB12" is column 28; 0: no reference, or too far. */
static size_t column_of(const char *ref, size_t len)
{
	size_t column = 0;

	for (size_t i = 0; i < len && ref[i] >= 'A' && ref[i] <= 'Z'; i++) {
		column = column * 26 + (size_t)(ref[i] - 'A' + 1);
		if (column > 20000)
			return column;
	}
	return column;
}

struct attribute {
	const char *value;
	size_t len;
};

static struct attribute attribute_of(int count, const xmlChar **list, const char *name)
{
	for (int i = 0; i < count; i++)
		if (is(list[5 * i], name))
			return (struct attribute){ (const char *)list[5 * i + 3],
				                   (size_t)(list[5 * i + 4] - list[5 * i + 3]) };
	return (struct attribute){ "", 0 };
}

static bool says(struct attribute a, const char *what)
{
	return a.len == strlen(what) && memcmp(a.value, what, a.len) == 0;
}

static int64_t number_of(const char *text, size_t len)
{
	int64_t n = 0;

	for (size_t i = 0; i < len && text[i] >= '0' && text[i] <= '9' && n < INT32_MAX; i++)
		n = n * 10 + (text[i] - '0');
	return n;
}

static void begin_row(struct xlsx *x, struct attribute number)
{
	const int64_t n = number_of(number.value, number.len);

	x->row = (struct sheet_row){ .number = n > 0 ? n : x->row.number + 1 };
	x->column = 0;
}

static void begin_cell(struct xlsx *x, struct attribute ref, struct attribute type)
{
	const size_t column = column_of(ref.value, ref.len);

	x->column = column > 0 ? column : x->column + 1;
	x->type = says(type, "s") ? CELL_SHARED : says(type, "b") ? CELL_BOOL : CELL_PLAIN;
	x->formula = false;
	x->text_len = 0;
	if (x->column > SHEET_COLUMNS_MAX)
		fail(x, ERR_LIMIT,
		     "Dit rekenblad heeft meer dan 200 kolommen. Haal weg wat niet nodig is.");
}

static const char *cell_text(struct xlsx *x)
{
	x->text[x->text_len] = '\0';
	if (x->type == CELL_BOOL)
		return x->text[0] == '1' ? "ja" : "nee";
	if (x->type == CELL_PLAIN)
		return arena_strndup(x->row_arena, x->text, x->text_len);
	const int64_t at = number_of(x->text, x->text_len);
	if (x->text_len == 0 || (size_t)at >= x->texts.count) {
		fail(x, ERR_INVALID, "Dit rekenblad is niet heel. Bewaar het opnieuw als XLSX.");
		return "";
	}
	return x->texts.at[at];
}

static void end_cell(struct xlsx *x)
{
	if (x->st != OK)
		return;
	if (x->formula && x->row.formula_column == 0)
		x->row.formula_column = x->column;
	if (x->text_len == 0)
		return;
	while (x->row.count < x->column)
		x->row.cells[x->row.count++] = "";
	x->row.cells[x->column - 1] = cell_text(x);
}

static void end_row(struct xlsx *x)
{
	if (x->st == OK && !x->s->enough && x->row.count > 0)
		x->st = sheet_give(x->s, &x->row, x->reterr);
	arena_reset(x->row_arena);
}

/* ---- what libxml2 says ------------------------------------------------------------------------ */

/* libxml2 wants nine parameters. NOLINTNEXTLINE(readability-function-size) */
static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int ns_count, const xmlChar **ns, int count, int defaulted,
                     const xmlChar **list)
{
	struct xlsx *x = ctx;

	(void)prefix, (void)uri, (void)ns_count, (void)ns, (void)defaulted;
	if (is(name, "rPh"))
		x->in_phonetic = true;
	else if (is(name, "t") || (x->sheet && is(name, "v")))
		x->collects = !x->in_phonetic;
	else if (!x->sheet && is(name, "si"))
		x->text_len = 0;
	else if (x->sheet && is(name, "row"))
		begin_row(x, attribute_of(count, list, "r"));
	else if (x->sheet && is(name, "c"))
		begin_cell(x, attribute_of(count, list, "r"), attribute_of(count, list, "t"));
	else if (x->sheet && is(name, "f"))
		x->formula = true;
	else if (x->sheet && is(name, "mergeCell"))
		fail(x, ERR_INVALID,
		     "In dit rekenblad zijn cellen samengevoegd. Splits ze in Excel, en bewaar "
		     "het.");
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct xlsx *x = ctx;

	(void)prefix, (void)uri;
	if (is(name, "rPh"))
		x->in_phonetic = false;
	else if (is(name, "t") || is(name, "v"))
		x->collects = false;
	else if (!x->sheet && is(name, "si"))
		keep_text(x);
	else if (x->sheet && is(name, "c"))
		end_cell(x);
	else if (x->sheet && is(name, "row"))
		end_row(x);
}

static void on_text(void *ctx, const xmlChar *text, int len)
{
	struct xlsx *x = ctx;

	if (!x->collects || len <= 0 || x->st != OK)
		return;
	if (x->text_len + (size_t)len > SHEET_CELL_BYTES_MAX) {
		fail(x, ERR_LIMIT, "In dit rekenblad staat een cel met te veel tekst.");
		return;
	}
	memcpy(x->text + x->text_len, text, (size_t)len);
	x->text_len += (size_t)len;
}

/* No office writes one; who does is up to something. */
static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
	(void)name, (void)id, (void)system;
	fail(ctx, ERR_INVALID, "Dit rekenblad is niet heel. Bewaar het opnieuw als XLSX.");
}

__attribute__((format(printf, 2, 3))) static void on_quiet(void *ctx, const char *format, ...)
{
	(void)ctx, (void)format; /* what is wrong is told by the return value */
}

/* ---- unpacking -------------------------------------------------------------------------------- */

static bool too_big(const struct xlsx *x, size_t unpacked)
{
	if (unpacked > UNPACKED_MAX)
		return true;
	return unpacked > UNPACKED_ALWAYS && unpacked / UNPACKED_TIMES > x->s->len;
}

static void read_part(struct xlsx *x, struct archive *z, xmlParserCtxtPtr parser)
{
	char piece[PIECE_BYTES];
	size_t unpacked = 0;
	la_ssize_t n = 0;

	while (x->st == OK && !x->s->enough &&
	       (n = archive_read_data(z, piece, sizeof piece)) > 0) {
		unpacked += (size_t)n;
		if (too_big(x, unpacked))
			fail(x, ERR_LIMIT,
			     "Dit bestand is uitgepakt veel groter dan het lijkt. Wij lezen het "
			     "niet.");
		else if (xmlParseChunk(parser, piece, (int)n, 0) != 0)
			fail(x, ERR_INVALID,
			     "Dit rekenblad is niet heel. Bewaar het opnieuw als XLSX.");
	}
	if (x->st == OK && !x->s->enough && (n < 0 || xmlParseChunk(parser, piece, 0, 1) != 0))
		fail(x, ERR_INVALID, "Dit rekenblad is niet heel. Bewaar het opnieuw als XLSX.");
}

static void parse_part(struct xlsx *x, struct archive *z)
{
	xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC,
		              .startElementNs = on_start,
		              .endElementNs = on_end,
		              .characters = on_text,
		              .internalSubset = on_doctype,
		              .warning = on_quiet,
		              .error = on_quiet,
		              .fatalError = on_quiet };
	xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&sax, x, NULL, 0, NULL);

	if (parser == NULL) {
		x->st = FAIL_INTERNAL(x->reterr);
		return;
	}
	(void)xmlCtxtUseOptions(parser, XML_PARSE_NONET);
	read_part(x, z, parser);
	xmlFreeParserCtxt(parser);
}

static bool is_part(const char *name, bool sheet)
{
	if (name == NULL)
		return false;
	return strcmp(name, sheet ? "xl/worksheets/sheet1.xml" : "xl/sharedStrings.xml") == 0;
}

/* Finds the part and reads it. *ret_found: it is there. */
static void find_part(struct xlsx *x, bool sheet, bool *ret_found)
{
	struct archive *z = archive_read_new();
	struct archive_entry *entry;
	enum { PARTS_MAX = 10000 };
	int parts = 0;

	*ret_found = false;
	x->sheet = sheet;
	if (z == NULL || archive_read_support_format_zip(z) != ARCHIVE_OK ||
	    archive_read_open_memory(z, x->s->bytes, x->s->len) != ARCHIVE_OK)
		fail(x, ERR_INVALID, "Dit rekenblad is niet heel. Bewaar het opnieuw als XLSX.");
	while (x->st == OK && !*ret_found && parts++ < PARTS_MAX &&
	       archive_read_next_header(z, &entry) == ARCHIVE_OK) {
		*ret_found = is_part(archive_entry_pathname(entry), sheet);
		if (*ret_found)
			parse_part(x, z);
	}
	(void)archive_read_free(z);
}

enum status xlsx_rows(struct sheet_reading *s, struct error *reterr)
{
	struct arena texts, row;
	struct xlsx x = { .s = s, .reterr = reterr, .row_arena = &row, .texts = { .a = &texts } };
	bool found = false;

	xmlInitParser();
	arena_init(&texts, (size_t)2 * SHEET_TEXTS_BYTES_MAX);
	arena_init(&row, (size_t)SHEET_COLUMNS_MAX * SHEET_CELL_BYTES_MAX);
	x.text = arena_alloc(&texts, SHEET_CELL_BYTES_MAX + 1);
	find_part(&x, false, &found); /* a sheet of numbers alone has no texts */
	if (x.st == OK)
		find_part(&x, true, &found);
	if (x.st == OK && !found)
		fail(&x, ERR_INVALID,
		     "In dit bestand staat geen rekenblad. Bewaar het als XLSX of als CSV UTF-8.");
	arena_reset(&row);
	arena_reset(&texts);
	return x.st;
}
