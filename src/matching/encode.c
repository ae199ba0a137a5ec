#include "matching/encode.h"

#include <assert.h>
#include <string.h>

#include "matching/encode_parts.h"
#include "matching/threads.h"

/* Reads its part of the window, and counts the quotes while they are near. */
static void read_share(int index, void *arg)
{
	struct encoder *e = arg;
	struct share *s = &e->shares[index];
	size_t end = e->window_bytes * (size_t)(index + 1) / (size_t)e->threads;
	size_t got = 0;

	s->begin = e->window_bytes * (size_t)index / (size_t)e->threads;
	s->quotes = 0;
	s->read = OK;
	for (size_t at = s->begin; at < end && s->read == OK; at += got) {
		size_t bytes = end - at < READ_BYTES ? end - at : READ_BYTES;
		s->read = csv_read(e->file, e->window_offset + at, e->window + at, bytes, &got,
		                   &s->read_error);
		if (s->read == OK && got < bytes)
			s->read = FAIL(&s->read_error, ERR_UNAVAILABLE,
			               "Het bestand is korter geworden onder het lezen. Probeer "
			               "het opnieuw.");
		s->quotes += s->read == OK ? csv_count_quotes(e->window + at, got) : 0;
	}
}

static enum status read_window(struct encoder *e, struct error *reterr)
{
	threads_run(e->threads, read_share, e);
	for (int i = 0; i < e->threads; i++)
		if (e->shares[i].read != OK) {
			*reterr = e->shares[i].read_error;
			return e->shares[i].read;
		}
	memset(e->window + e->window_bytes, 0, CSV_PADDING);
	return OK;
}

/* Moves each share's start to the next row, using the parity of the quotes before it. */
static void settle_shares(struct encoder *e)
{
	uint64_t quotes = 0;

	for (int i = 0; i < e->threads; i++) {
		struct share *s = &e->shares[i];
		size_t nominal = s->begin;
		if (i > 0) {
			s->begin =
			    csv_row_boundary(e->window, nominal, e->window_bytes, quotes & 1);
			if (s->begin < e->shares[i - 1].begin)
				s->begin = e->shares[i - 1].begin;
			e->shares[i - 1].end = s->begin;
		}
		quotes += s->quotes;
	}
	e->shares[e->threads - 1].end = e->window_bytes;
}

static enum status check_shares(struct encoder *e, struct error *reterr)
{
	for (int i = 0; i < e->threads; i++) {
		const struct share *s = &e->shares[i];
		if (s->ended != CSV_STEP_BAD && !s->bad_id)
			continue;
		enum status st = encode_explain(e, reterr);
		if (st != OK)
			return st;
		return FAIL(reterr, ERR_INVALID,
		            "Een record heeft geen id, of een id van meer dan %d tekens. Vul de "
		            "kolom '%.60s'.",
		            RECORD_ID_MAX_BYTES, e->file->column_names[e->id_column]);
	}
	return OK;
}

static enum status note_pieces(struct encoder *e, struct error *reterr)
{
	for (int i = 0; i < e->threads; i++) {
		struct piece p = { i, e->shares[i].row_count, e->r->count };
		if ((uint64_t)e->r->count + p.count > RECORD_COUNT_MAX)
			return FAIL(reterr, ERR_LIMIT,
			            "Het bestand heeft meer dan %d records. Splits het.",
			            RECORD_COUNT_MAX);
		e->r->count += p.count;
		(void)bigarray_push(&e->pieces, &p, sizeof(p));
	}
	return OK;
}

/* Room for the rows so far, and for the rest of the file if that is like this window: then nothing
 * moves later. */
static void reserve_rows(struct encoder *e, uint32_t before, size_t used)
{
	struct records *r = e->r;
	size_t row_bytes = (size_t)r->layout.stride * 4;

	if ((uint64_t)r->count * row_bytes <= r->rows.capacity_bytes &&
	    (uint64_t)r->count * 8 <= r->ids.capacity_bytes)
		return;
	uint64_t left = e->file->bytes - e->window_offset - used;
	uint64_t all = r->count + left * (r->count - before) / (used + 1) * 21 / 20;
	size_t room = (size_t)(all < RECORD_COUNT_MAX ? all : RECORD_COUNT_MAX);
	(void)bigarray_reserve(&r->rows, room * row_bytes + 64);
	(void)bigarray_reserve(&r->ids, room * 8 + 8);
}

/* The window's rows, with the numbers of raw texts, and their ids go to their places. */
static void move_share(int index, void *arg)
{
	struct encoder *e = arg;
	struct share *s = &e->shares[index];
	size_t pieces = e->pieces.bytes / sizeof(struct piece) - (size_t)e->threads;
	const struct piece *p = (const struct piece *)e->pieces.data + pieces + index;
	int words = e->r->layout.word_count;
	const uint32_t *from = s->rows.data;

	for (uint32_t i = 0; i < p->count; i++)
		memcpy(record_row(e->r, p->target + i), from + (size_t)i * (size_t)words,
		       (size_t)words * 4);
	if (s->ids.bytes > 0)
		memcpy((uint64_t *)e->r->ids.data + p->target, s->ids.data, s->ids.bytes);
	s->rows.bytes = s->ids.bytes = 0;
	s->row_count = s->texts_done = 0;
}

/* Parses the window; *ret_used is where the next one begins. */
static enum status parse_window(struct encoder *e, size_t *ret_used, struct error *reterr)
{
	settle_shares(e);
	threads_run(e->threads, encode_parse_share, e);
	enum status st = check_shares(e, reterr);
	if (st != OK)
		return st;
	const struct share *last = &e->shares[e->threads - 1];
	*ret_used = last->ended == CSV_STEP_PARTIAL ? (size_t)(last->cursor.row_start - e->window)
	                                            : e->window_bytes;
	uint32_t before = e->r->count;
	st = note_pieces(e, reterr);
	if (st != OK)
		return st;
	reserve_rows(e, before, *ret_used);
	threads_run(e->threads, move_share, e);
	return OK;
}

static enum status check_memory(const struct encoder *e, struct error *reterr)
{
	uint64_t bound = e->options->memory_bytes;
	uint64_t bytes = (uint64_t)e->r->count *
	                 (uint64_t)(e->r->layout.stride + e->r->layout.key_count + 2) * 4;

	if (bound == 0 || bytes + WINDOW_BYTES <= bound)
		return OK;
	return FAIL(reterr, ERR_LIMIT,
	            "Voor deze records is meer dan %llu MB geheugen nodig. Kies een hogere "
	            "--memory of splits het bestand.",
	            (unsigned long long)(bound >> 20));
}

static enum status parse_file(struct encoder *e, struct error *reterr)
{
	size_t used = 0;

	progress_stage(e->options->progress, PROGRESS_READ, e->file->bytes);
	for (e->window_offset = e->file->body_offset; e->window_offset < e->file->bytes;
	     e->window_offset += used) {
		uint64_t left = e->file->bytes - e->window_offset;
		e->window_final = left <= WINDOW_BYTES;
		e->window_bytes = e->window_final ? (size_t)left : WINDOW_BYTES;
		enum status st = read_window(e, reterr);
		if (st == OK)
			st = parse_window(e, &used, reterr);
		if (st == OK)
			st = check_memory(e, reterr);
		progress_add(e->options->progress, used);
		if (st != OK)
			return st;
	}
	return OK;
}

static const char *mapped_column(const struct field_map *map, const char *field)
{
	for (int i = 0; i < map->count; i++)
		if (strcmp(map->field[i], field) == 0)
			return map->column[i];
	return NULL;
}

/* The column of a field: what the map says (which must be there), else its own name if there. */
static enum status find_column(const struct encoder *e, const char *field, int *ret,
                               struct error *reterr)
{
	const char *column = mapped_column(&e->options->map, field);

	*ret = -1;
	if (column != NULL && strcmp(column, "-") == 0)
		return OK;
	*ret = csv_column(e->file, column == NULL ? field : column);
	if (column != NULL && *ret < 0)
		return FAIL(reterr, ERR_INVALID,
		            "Rij 1: er is geen kolom '%.60s' (voor het veld %s). Kijk naar de kop "
		            "van het bestand.",
		            column, field);
	return OK;
}

static enum status check_map(const struct encoder *e, struct error *reterr)
{
	for (int i = 0; i < e->options->map.count; i++) {
		const char *field = e->options->map.field[i];
		if (strcmp(field, "id") != 0 && model_field_index(&e->r->model, field) < 0)
			return FAIL(reterr, ERR_INVALID, "Het model '%s' kent geen veld '%.60s'.",
			            e->r->model.name, field);
	}
	return OK;
}

static enum status find_columns(struct encoder *e, bool *present, struct error *reterr)
{
	enum status st = check_map(e, reterr);
	bool any = false;

	for (int i = 0; i < e->r->model.field_count && st == OK; i++) {
		st = find_column(e, e->r->model.fields[i].name, &e->column_of[i], reterr);
		present[i] |= st == OK && e->column_of[i] >= 0;
		any |= st == OK && e->column_of[i] >= 0;
	}
	if (st == OK)
		st = find_column(e, "id", &e->id_column, reterr);
	if (st == OK && !any)
		st = FAIL(reterr, ERR_INVALID,
		          "Rij 1: geen enkele kolom hoort bij het model '%s'. Geef met --map aan "
		          "welke kolom welk veld is.",
		          e->r->model.name);
	return st;
}

/* The addition has a place as soon as there is a house number to give it one. */
static void find_addition(struct encoder *e, bool *present)
{
	bool number = false;

	e->addition = -1;
	for (int i = 0; i < e->r->model.field_count; i++) {
		number |= present[i] && e->r->model.fields[i].kind == FIELD_HOUSE_NUMBER;
		if (e->r->model.fields[i].kind == FIELD_HOUSE_ADDITION)
			e->addition = i;
	}
	if (e->addition >= 0 && number)
		present[e->addition] = true;
	if (e->addition >= 0 && !present[e->addition])
		e->addition = -1;
}

static bool key_present(struct model_key key, const bool *present)
{
	return present[key.field] || (key.other_field >= 0 && present[key.other_field]);
}

/* Rules on fields that the file doesn't have would only cost room for their empty keys. */
static void drop_empty_rules(struct model *m, const bool *present, bool lookup_rules)
{
	int kept = 0;

	for (int i = 0; i < m->rule_count; i++) {
		bool all = lookup_rules || !m->rules[i].lookup;
		for (int k = 0; k < m->rules[i].key_count; k++)
			all &= key_present(m->rules[i].keys[k], present);
		if (m->rules[i].split.field >= 0 && !key_present(m->rules[i].split, present))
			m->rules[i].split.field = -1;
		if (all)
			m->rules[kept++] = m->rules[i];
	}
	m->rule_count = kept;
}

static void shares_init(struct encoder *e)
{
	e->shares = block_alloc((size_t)e->threads, sizeof(*e->shares));
	for (int i = 0; i < e->threads; i++) {
		e->shares[i].encoder = e;
		for (int k = 0; k < FIELD_KINDS; k++)
			if (field_has_text((enum model_field_kind)k))
				dictionary_init(&e->shares[i].raw[k]);
	}
}

static void shares_free(struct encoder *e)
{
	for (int i = 0; i < e->threads; i++) {
		struct share *s = &e->shares[i];
		for (int k = 0; k < FIELD_KINDS; k++) {
			dictionary_free(&s->raw[k]);
			bigarray_free(&s->folded[k]);
			block_free(s->final_code[k]);
		}
		bigarray_free(&s->rows);
		bigarray_free(&s->ids);
		bigarray_free(&s->id_text);
		name_folder_free(&s->folder);
		csv_free(&s->cursor);
	}
	block_free(e->shares);
	bigarray_free(&e->pieces);
}

enum status encode_explain(const struct encoder *e, struct error *reterr)
{
	enum status st = OK;

	for (int i = 0; i < e->file_count && st == OK; i++)
		st = csv_explain_problem(e->files[i], reterr);
	return st;
}

/* A field is there when one of the files has it. */
static enum status plan_fields(struct encoder *e, struct error *reterr)
{
	bool present[MODEL_FIELD_MAX] = { false };

	for (int i = 0; i < e->file_count; i++) {
		e->file = e->files[i];
		enum status st = find_columns(e, present, reterr);
		if (st != OK)
			return st;
	}
	find_addition(e, present);
	drop_empty_rules(&e->r->model, present, e->options->lookup_rules);
	layout_init(&e->r->layout, &e->r->model, present);
	key_plan_init(&e->r->plan, &e->r->model, &e->r->layout);
	return OK;
}

/* The file's fields in two lists: those with texts, and the others. */
static void sort_fields(struct encoder *e)
{
	e->text_count = e->packed_count = 0;
	for (int f = 0; f < e->r->model.field_count; f++) {
		if (e->column_of[f] < 0 || e->r->layout.fields[f].mask == 0)
			continue;
		if (field_has_text(e->r->model.fields[f].kind))
			e->text_fields[e->text_count++] = f;
		else
			e->packed_fields[e->packed_count++] = f;
	}
}

static enum status parse_files(struct encoder *e, struct error *reterr)
{
	struct bigarray window = { 0 };
	bool present[MODEL_FIELD_MAX] = { false };
	enum status st = OK;

	e->window = bigarray_reserve(&window, WINDOW_BYTES + CSV_PADDING);
	for (int i = 0; i < e->file_count && st == OK; i++) {
		e->file = e->files[i];
		e->boundary = e->r->count;
		st = find_columns(e, present, reterr);
		sort_fields(e);
		if (st == OK)
			st = parse_file(e, reterr);
	}
	bigarray_free(&window);
	return st;
}

static enum status encode_all(struct encoder *e, const struct model *m, struct error *reterr)
{
	*e->r = (struct records){ .model = *m };
	values_init(&e->r->values);
	enum status st = plan_fields(e, reterr);
	if (st != OK)
		return st;
	e->threads = e->options->threads > 0 ? e->options->threads : threads_available();
	shares_init(e);
	st = parse_files(e, reterr);
	if (st == OK)
		st = encode_join(e, reterr);
	shares_free(e);
	return st;
}

enum status encode_file(const struct csv_file *file, const struct model *m,
                        const struct encode_options *options, struct records *r,
                        struct error *reterr)
{
	struct encoder e = { .options = options, .r = r, .files = { file }, .file_count = 1 };

	return encode_all(&e, m, reterr);
}

enum status encode_two_files(const struct csv_file *first, const struct csv_file *second,
                             const struct model *m, const struct encode_options *options,
                             struct records *r, uint32_t *ret_boundary, struct error *reterr)
{
	struct encoder e = {
		.options = options, .r = r, .files = { first, second }, .file_count = 2
	};
	enum status st = encode_all(&e, m, reterr);

	*ret_boundary = e.boundary;
	return st;
}
