#include "cli/match_table.h"

#include <string.h>

#include "matching/bigarray.h"

enum { WINDOW_BYTES = 4 << 20 };

struct reading {
	const struct csv_file *file;
	const struct model *model;
	int column_of[MODEL_FIELD_MAX], id_column;
	const char *const *only;
	int only_count;
	size_t most;
	struct match_table *table;
	size_t row_number;
};

static int column_for(const struct csv_file *f, const struct field_map *map, const char *field)
{
	for (int i = 0; i < map->count; i++)
		if (strcmp(map->field[i], field) == 0)
			return csv_column(f, map->column[i]);
	return csv_column(f, field);
}

static bool is_wanted(const struct reading *r, struct csv_cell id)
{
	for (int i = 0; i < r->only_count; i++)
		if (strlen(r->only[i]) == id.length && memcmp(r->only[i], id.text, id.length) == 0)
			return true;
	return r->only_count == 0;
}

static void take(struct reading *r, const struct csv_cursor *c)
{
	char number[24];
	int n = snprintf(number, sizeof(number), "%zu", ++r->row_number);
	struct csv_cell id = { number, (uint32_t)n };

	if (r->id_column >= 0)
		id = c->cells[r->id_column];
	if (!is_wanted(r, id) || r->table->count == r->most)
		return;
	struct arena *a = &r->table->arena;
	struct match_row row = { .id = arena_strndup(a, id.text, id.length) };
	for (int f = 0; f < r->model->field_count; f++)
		if (r->column_of[f] >= 0)
			row.texts[f] = arena_strndup(a, c->cells[r->column_of[f]].text,
			                             c->cells[r->column_of[f]].length);
	if ((r->table->count & (r->table->count + 1)) == 0) /* 0, 1, 3, 7, ...: time to grow */
		r->table->rows =
		    block_resize(r->table->rows, (r->table->count * 2 + 2) * sizeof(row));
	r->table->rows[r->table->count++] = row;
}

static enum status read_windows(struct reading *r, char *window, struct error *reterr)
{
	struct csv_cursor c = { 0 };
	uint64_t offset = r->file->body_offset;
	enum csv_step step = CSV_STEP_PARTIAL;
	enum status st = OK;
	size_t bytes = 0;

	while (st == OK && step == CSV_STEP_PARTIAL) {
		st = csv_read(r->file, offset, window, WINDOW_BYTES, &bytes, reterr);
		if (st != OK)
			break;
		csv_start(&c, window, bytes, offset + bytes >= r->file->bytes, r->file->separator,
		          r->file->column_count);
		while ((step = csv_next(&c)) == CSV_STEP_ROW)
			take(r, &c);
		offset += (uint64_t)(c.row_start - window);
	}
	csv_free(&c);
	if (st == OK && step == CSV_STEP_BAD)
		st = csv_explain_problem(r->file, reterr);
	return st;
}

enum status match_table_read(const char *path, const struct model *m, const struct field_map *map,
                             const struct match_rows_wanted *wanted, struct match_table *ret,
                             struct error *reterr)
{
	struct csv_file f;
	struct reading r = { .file = &f,
		             .model = m,
		             .only = wanted->only,
		             .only_count = wanted->only_count,
		             .most = wanted->most,
		             .table = ret };

	*ret = (struct match_table){ .count = 0 };
	arena_init(&ret->arena, (size_t)1 << 30);
	enum status st = csv_open(&f, path, reterr);
	if (st != OK)
		return st;
	for (int i = 0; i < m->field_count; i++)
		r.column_of[i] = column_for(&f, map, m->fields[i].name);
	r.id_column = column_for(&f, map, "id");
	char *window = block_alloc(WINDOW_BYTES + CSV_PADDING, 1);
	st = read_windows(&r, window, reterr);
	block_free(window);
	csv_close(&f);
	return st;
}

void match_table_free(struct match_table *t)
{
	arena_reset(&t->arena);
	block_free(t->rows);
	*t = (struct match_table){ .count = 0 };
}

const struct match_row *match_table_row(const struct match_table *t, const char *id)
{
	for (size_t i = 0; i < t->count; i++)
		if (strcmp(t->rows[i].id, id) == 0)
			return &t->rows[i];
	return NULL;
}
