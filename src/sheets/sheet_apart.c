#include "sheets/sheet_apart.h"

#include <string.h>

#include "platform/core/arena.h"
#include "platform/sandbox/sandbox.h"
#include "sheets/document.h"
#include "sheets/sheet.h"

/*
 * What goes through the pipe: a head and so many bytes; of a row its cells, each with its NUL.
 * The last head has row 0: count is the status, the bytes its sentence.
 */
struct head {
	int64_t row;
	uint32_t count, formula_column, bytes, unused;
};
enum { ROW_BYTES_MAX = SHEET_COLUMNS_MAX * (SHEET_CELL_BYTES_MAX + 1) };

static const char *const WORDS[] = { [SHEET_CSV] = "read-csv", [SHEET_XLSX] = "read-xlsx" };

/* ---- the child ---------------------------------------------------------------------------------- */

bool sheet_child_asked(int argc, char **argv)
{
	return document_child_asked(argc, argv) ||
	       (argc == 2 && (strcmp(argv[1], WORDS[SHEET_CSV]) == 0 ||
	                      strcmp(argv[1], WORDS[SHEET_XLSX]) == 0));
}

static bool say_row(void *context, const struct sheet_row *row)
{
	struct head h = { .row = row->number,
		          .count = (uint32_t)row->count,
		          .formula_column = (uint32_t)row->formula_column };
	bool heard;

	(void)context;
	for (size_t i = 0; i < row->count; i++)
		h.bytes += (uint32_t)strlen(row->cells[i]) + 1;
	heard = sandbox_say(&h, sizeof h);
	for (size_t i = 0; heard && i < row->count; i++)
		heard = sandbox_say(row->cells[i], strlen(row->cells[i]) + 1);
	return heard;
}

int sheet_child(char **argv)
{
	const enum sheet_kind kind =
	    strcmp(argv[1], WORDS[SHEET_XLSX]) == 0 ? SHEET_XLSX : SHEET_CSV;
	struct error e = { 0 };
	const void *bytes = NULL;
	size_t len = 0;

	if (document_child_asked(2, argv))
		return document_child(argv);
	enum status st = sandbox_input(&bytes, &len, &e);
	if (st == OK)
		st = sandbox_close_off(&e);
	if (st == OK)
		st = sheet_parse(kind, bytes, len, say_row, NULL, &e);
	const struct head end = { .count = (uint32_t)st, .bytes = (uint32_t)strlen(e.message) };
	const bool heard = sandbox_say(&end, sizeof end) && sandbox_say(e.message, end.bytes);
	return heard ? 0 : 1;
}

/* ---- who asks ----------------------------------------------------------------------------------- */

static enum status nonsense(struct error *reterr)
{
	return FAIL(reterr, ERR_INVALID,
	            "Dit bestand kunnen wij niet lezen. Bewaar het opnieuw en stuur het nog eens.");
}

/* The bytes of one row as cells; what doesn't fit was never said by our reader. */
static enum status row_of(const struct head *h, const char *bytes, struct sheet_row *ret,
                          struct error *reterr)
{
	size_t at = 0;

	*ret = (struct sheet_row){ .number = h->row,
		                   .count = h->count,
		                   .formula_column = h->formula_column };
	for (size_t i = 0; i < h->count; i++) {
		const char *end = at < h->bytes ? memchr(bytes + at, '\0', h->bytes - at) : NULL;
		if (end == NULL)
			return nonsense(reterr);
		ret->cells[i] = bytes + at;
		at = (size_t)(end - bytes) + 1;
	}
	return at == h->bytes ? OK : nonsense(reterr);
}

static enum status end_of(struct sandbox *s, const struct head *h, struct error *reterr)
{
	char sentence[sizeof reterr->message];
	enum status st;

	if (h->bytes >= sizeof sentence || h->count >= STATUS_COUNT)
		return nonsense(reterr);
	st = sandbox_hear(s, sentence, h->bytes, reterr);
	sentence[st == OK ? h->bytes : 0] = '\0';
	if (st != OK || h->count == OK)
		return st;
	return FAIL(reterr, (enum status)h->count, "%s", sentence);
}

static enum status hear_rows(struct sandbox *s, struct arena *a, sheet_row_fn *row, void *context,
                             struct error *reterr)
{
	bool more = true;
	enum status st = OK;

	while (st == OK && more) {
		struct head h = { 0 };
		struct sheet_row r;
		arena_reset(a);
		st = sandbox_hear(s, &h, sizeof h, reterr);
		if (st == OK && h.row == 0)
			return end_of(s, &h, reterr);
		if (st == OK && (h.row < 0 || h.count > SHEET_COLUMNS_MAX ||
		                 h.formula_column > SHEET_COLUMNS_MAX || h.bytes > ROW_BYTES_MAX))
			return nonsense(reterr);
		if (st != OK)
			break;
		char *bytes = arena_alloc(a, h.bytes + 1);
		st = sandbox_hear(s, bytes, h.bytes, reterr);
		if (st == OK)
			st = row_of(&h, bytes, &r, reterr);
		if (st == OK)
			more = row(context, &r);
	}
	return st;
}

enum status sheet_read(enum sheet_kind kind, const struct byte_source *from, sheet_row_fn *row,
                       void *context, struct error *reterr)
{
	struct arena own, rows;
	struct sandbox *s = NULL;

	arena_init(&own, 1 << 20);
	arena_init(&rows, (size_t)ROW_BYTES_MAX + 4096);
	enum status st = sandbox_start(WORDS[kind], from, &own, &s, reterr);
	if (st == OK)
		st = hear_rows(s, &rows, row, context, reterr);
	sandbox_end(s);
	arena_reset(&rows);
	arena_reset(&own);
	return st;
}
