#include "matching/encode.h"

#include <assert.h>
#include <string.h>

#include "matching/encode_parts.h"

static enum status too_short(struct error *reterr)
{
	return FAIL(reterr, ERR_UNAVAILABLE,
	            "Het bestand is korter geworden onder het lezen. Probeer het opnieuw.");
}

/* Where the chunk that begins the window ends: behind the row that its last byte stands in. At `have`
 * where that row goes on. */
static size_t chunk_end(const char *window, size_t have)
{
	if (have <= CHUNK_BYTES)
		return have;
	return csv_row_boundary(window, CHUNK_BYTES, have,
	                        csv_count_quotes(window, CHUNK_BYTES) & 1);
}

/*
 * Reads the next chunk into the window. A chunk begins where a row does, so its own quotes tell
 * where it may end; a row that never ends is given as far as it is too long.
 */
static enum status read_chunk(struct encoder *e, struct bigarray *window, struct chunk *c,
                              struct error *reterr)
{
	static const size_t STEPS[] = { CHUNK_BYTES + 4096, CHUNK_BYTES + 2 * CSV_ROW_MAX_BYTES };
	const uint64_t left = e->file->bytes - e->next_offset;
	size_t have = 0, got = 0;

	c->offset = e->next_offset;
	c->bytes = 0;
	for (size_t i = 0; i < 2 && c->bytes == have && have < left; i++) {
		size_t want = left < STEPS[i] ? (size_t)left : STEPS[i];
		char *to = bigarray_reserve(window, want + CSV_PADDING);
		enum status st =
		    csv_read(e->file, c->offset + have, to + have, want - have, &got, reterr);
		if (st == OK && got < want - have)
			st = too_short(reterr);
		if (st != OK)
			return st;
		have = want;
		memset(to + have, 0, CSV_PADDING);
		c->bytes = chunk_end(to, have);
	}
	c->final = c->bytes == left;
	return OK;
}

/* Of each thread's distinct texts: as read, as folded, as a value and what the rules make of it, with what
 * of those tables is free. And what a process takes that hasn't read anything. */
enum { BYTES_PER_TEXT = 200, BYTES_AT_LEAST = 16 << 20 };

static uint64_t bytes_per_record(const struct encoder *e)
{
	const struct layout *l = &e->r->layout;

	return (uint64_t)(l->stride + l->key_count + l->word_count + 4) * 4;
}

static enum status check_size(const struct encoder *e, struct error *reterr)
{
	uint64_t bound = e->options->memory_bytes;
	uint64_t room = (uint64_t)e->thread_count * CHUNK_BYTES + e->text_total * BYTES_PER_TEXT +
	                BYTES_AT_LEAST;

	if (e->row_count > RECORD_COUNT_MAX)
		return FAIL(reterr, ERR_LIMIT, "Het bestand heeft meer dan %d records. Splits het.",
		            RECORD_COUNT_MAX);
	if (bound == 0 || e->row_count * bytes_per_record(e) + room <= bound)
		return OK;
	return FAIL(reterr, ERR_LIMIT,
	            "Voor deze records is meer dan %llu MB geheugen nodig. Kies een hogere "
	            "--memory of splits het bestand.",
	            (unsigned long long)(bound >> 20));
}

/* The next chunk for this share, number *ret_number; false: there is none. */
static bool take_chunk(struct encoder *e, int index, struct chunk *ret, size_t *ret_number)
{
	(void)pthread_mutex_lock(&e->reading);
	bool more = e->read == OK && !e->bad_row && e->next_offset < e->file->bytes;
	*ret = (struct chunk){ .share = index };
	if (more)
		e->read = read_chunk(e, &e->shares[index].window, ret, &e->read_error);
	more = more && e->read == OK;
	if (more) {
		*ret_number = e->chunks.bytes / sizeof(*ret);
		(void)bigarray_push(&e->chunks, ret, sizeof(*ret));
		e->next_offset += ret->bytes;
		progress_add(e->options->progress, ret->bytes);
	}
	(void)pthread_mutex_unlock(&e->reading);
	return more;
}

static void give_chunk(struct encoder *e, const struct chunk *c, size_t number, bool parsed)
{
	(void)pthread_mutex_lock(&e->reading);
	((struct chunk *)e->chunks.data)[number] = *c;
	e->row_count += c->count;
	for (int k = 0; k < FIELD_KINDS; k++)
		e->text_total += c->raw_end[k] - c->raw_begin[k];
	e->bad_row |= !parsed;
	if (e->read == OK)
		e->read = check_size(e, &e->read_error);
	(void)pthread_mutex_unlock(&e->reading);
}

/* Chunks as they come, so that nobody waits for another. */
static void parse_share(int index, void *arg)
{
	struct encoder *e = arg;
	struct chunk c;
	size_t number = 0;

	while (take_chunk(e, index, &c, &number)) {
		bool parsed = encode_parse_chunk(&e->shares[index], &c);
		give_chunk(e, &c, number, parsed);
	}
}

static enum status check_rows(struct encoder *e, struct error *reterr)
{
	if (e->read != OK) {
		*reterr = e->read_error;
		return e->read;
	}
	if (!e->bad_row)
		return OK;
	enum status st = encode_explain(e, reterr);
	return st != OK ? st : FAIL_INTERNAL(reterr);
}

static void number_records(struct encoder *e)
{
	struct chunk *chunks = e->chunks.data;

	e->r->count = 0;
	for (size_t i = 0; i < e->chunks.bytes / sizeof(*chunks); i++) {
		chunks[i].target = e->r->count;
		e->r->count += chunks[i].count;
	}
}

static enum status parse_file(struct encoder *e, struct error *reterr)
{
	progress_stage(e->options->progress, PROGRESS_READ, e->file->bytes);
	e->next_offset = e->file->body_offset;
	threads_each(e->threads, parse_share, e);
	enum status st = check_rows(e, reterr);
	if (st == OK)
		number_records(e);
	return st;
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
	e->shares = block_alloc((size_t)e->thread_count, sizeof(*e->shares));
	e->threads = threads_start(e->thread_count);
	(void)pthread_mutex_init(&e->reading, NULL);
	for (int i = 0; i < e->thread_count; i++) {
		e->shares[i].encoder = e;
		for (int k = 0; k < FIELD_KINDS; k++)
			if (field_has_text((enum model_field_kind)k))
				dictionary_init(&e->shares[i].raw[k]);
	}
}

static void shares_free(struct encoder *e)
{
	threads_stop(e->threads);
	(void)pthread_mutex_destroy(&e->reading);
	for (int i = 0; i < e->thread_count; i++) {
		struct share *s = &e->shares[i];
		for (int k = 0; k < FIELD_KINDS; k++) {
			dictionary_free(&s->raw[k]);
			bigarray_free(&s->folded[k]);
			block_free(s->texts[k]);
		}
		bigarray_free(&s->window);
		bigarray_give(e->options->spare, &s->rows);
		bigarray_give(e->options->spare, &s->ids);
		bigarray_free(&s->id_text);
		name_folder_free(&s->folder);
		csv_free(&s->cursor);
	}
	bigarray_store_free(&e->rooms);
	block_free(e->shares);
	bigarray_free(&e->chunks);
}

enum status encode_explain(const struct encoder *e, struct error *reterr)
{
	enum status st = OK;

	for (int i = 0; i < e->file_count && st == OK; i++)
		st = csv_explain_problem_or_id(e->files[i],
		                               e->files[i] == e->file ? e->id_column : -1,
		                               RECORD_ID_MAX_BYTES, reterr);
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
	bool present[MODEL_FIELD_MAX] = { false };
	enum status st = OK;

	for (int i = 0; i < e->file_count && st == OK; i++) {
		e->file = e->files[i];
		e->boundary = e->r->count;
		st = find_columns(e, present, reterr);
		sort_fields(e);
		if (st == OK)
			st = parse_file(e, reterr);
	}
	return st;
}

static enum status encode_all(struct encoder *e, const struct model *m, struct error *reterr)
{
	*e->r = (struct records){ .model = *m };
	values_init(&e->r->values);
	enum status st = plan_fields(e, reterr);
	if (st != OK)
		return st;
	e->thread_count = e->options->threads > 0 ? e->options->threads : threads_available();
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
