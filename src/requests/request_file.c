#include "requests/request_file.h"

#include <string.h>

#include "platform/core/out.h"
#include "requests/answer_table.h"
#include "sheets/sheet.h"

enum { TABLE_BYTES_MAX = 8 << 20 };

struct writing {
	struct out out;
	int64_t next; /* number of the line that comes now */
};

static void write_cell(struct out *o, const char *cell)
{
	OUT_LIT(o, "\"");
	for (const char *c = cell; *c != '\0'; c++) {
		if (*c == '"')
			OUT_LIT(o, "\"\"");
		else
			out_raw(o, c, 1);
	}
	OUT_LIT(o, "\"");
}

static bool write_row(void *context, const struct sheet_row *row)
{
	struct writing *w = context;

	if (row->number > ANSWER_TABLE_ROWS_MAX + 2)
		return false;
	for (; w->next < row->number; w->next++)
		OUT_LIT(&w->out, "\n");
	for (size_t i = 0; i < row->count; i++) {
		if (i > 0)
			OUT_LIT(&w->out, "\t");
		write_cell(&w->out, row->cells[i]);
	}
	OUT_LIT(&w->out, "\n");
	w->next++;
	return true;
}

static enum sheet_kind kind_of(const struct input_value *file)
{
	static const char ZIP[] = { 'P', 'K', 3, 4 };
	char begin[sizeof ZIP];

	return source_read(&file->file, 0, begin, sizeof begin) &&
	               memcmp(begin, ZIP, sizeof ZIP) == 0
	           ? SHEET_XLSX
	           : SHEET_CSV;
}

enum status request_file_text(struct arena *a, const struct input_value *file, const char **ret,
                              const char **ret_problem, struct error *reterr)
{
	struct writing w = { .next = 1 };

	*ret = "";
	*ret_problem = NULL;
	out_init(&w.out, TABLE_BYTES_MAX);
	enum status st = sheet_read(kind_of(file), &file->file, write_row, &w, reterr);
	if (st == ERR_INVALID || st == ERR_LIMIT) {
		*ret_problem = arena_strdup(a, reterr->message);
		st = OK;
	} else if (st == OK) {
		st = out_end(&w.out, reterr);
	}
	if (st == OK)
		*ret = arena_strndup(a, w.out.data != NULL ? w.out.data : "", w.out.len);
	out_free(&w.out);
	return st;
}
