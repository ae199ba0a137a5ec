#include "matching/encode.h"

#include <assert.h>
#include <string.h>

#include "matching/hash.h"
#include "matching/encode_parts.h"
#include "matching/identifiers.h"
#include "matching/threads.h"

static struct dictionary *raw_of(struct share *s, int field)
{
	return &s->raw[s->encoder->r->model.fields[field].kind];
}

/* Texts are looked up when the row's other cells have been read: their places come meanwhile. */
static void expect_texts(struct share *s, uint64_t *hashes)
{
	const struct encoder *e = s->encoder;

	for (int i = 0; i < e->text_count; i++) {
		struct csv_cell cell = s->cursor.cells[e->column_of[e->text_fields[i]]];
		hashes[i] = dictionary_expect(raw_of(s, e->text_fields[i]), cell.text, cell.length);
	}
}

static void put_texts(struct share *s, uint32_t *row, const uint64_t *hashes)
{
	const struct encoder *e = s->encoder;

	for (int i = 0; i < e->text_count; i++) {
		int field = e->text_fields[i];
		struct csv_cell cell = s->cursor.cells[e->column_of[field]];
		uint32_t code =
		    dictionary_count_code(raw_of(s, field), hashes[i], cell.text, cell.length);
		place_put(row, e->r->layout.fields[field], code);
	}
}

/* Folding a place is dear and there are few: the last text per slot keeps its value. */
static uint32_t place_value(struct share *s, struct csv_cell cell)
{
	uint64_t h = hash_bytes(cell.text, cell.length) | 1;
	size_t slot = (size_t)(h >> 20) & (PLACE_CACHE - 1);

	if (s->places[slot].text != h) {
		s->places[slot].text = h;
		s->places[slot].value =
		    encode_packed(&s->folder, FIELD_PLACE, cell.text, cell.length);
	}
	return s->places[slot].value;
}

static void put_house_number(const struct encoder *e, uint32_t *row, int field,
                             struct csv_cell cell)
{
	size_t used = 0;
	uint32_t number = house_number_parse(cell.text, cell.length, &used);

	place_put(row, e->r->layout.fields[field], number);
	if (used < cell.length && e->addition >= 0)
		place_put(row, e->r->layout.fields[e->addition],
		          house_addition_parse(cell.text + used, cell.length - used));
}

static void put_addition(const struct encoder *e, uint32_t *row, struct csv_cell cell)
{
	struct place at = e->r->layout.fields[e->addition];

	row[at.word] &= ~(at.mask << at.shift); /* what the house number gave */
	place_put(row, at, house_addition_parse(cell.text, cell.length));
}

static void put_cell(struct share *s, uint32_t *row, int field, struct csv_cell cell)
{
	const struct encoder *e = s->encoder;
	enum field_kind kind = e->r->model.fields[field].kind;

	if (cell.length == 0)
		return;
	if (kind == FIELD_PLACE)
		place_put(row, e->r->layout.fields[field], place_value(s, cell));
	else if (kind == FIELD_HOUSE_NUMBER)
		put_house_number(e, row, field, cell);
	else if (kind == FIELD_HOUSE_ADDITION)
		put_addition(e, row, cell);
	else
		place_put(row, e->r->layout.fields[field],
		          encode_packed(&s->folder, kind, cell.text, cell.length));
}

static bool put_id(struct share *s, const struct encoder *e)
{
	if (e->id_column == ID_COLUMN_NONE)
		return true;
	struct csv_cell cell = s->cursor.cells[e->id_column];
	if (cell.length == 0 || cell.length > RECORD_ID_MAX_BYTES)
		return false;
	uint64_t id = record_id_pack(&s->id_text, cell.text, cell.length);
	(void)bigarray_push(&s->ids, &id, sizeof(id));
	return true;
}

static void put_row(struct share *s)
{
	const struct encoder *e = s->encoder;
	int words = e->r->layout.word_count;
	uint32_t *row = bigarray_push(&s->rows, NULL, (size_t)words * 4);
	uint64_t hashes[MODEL_FIELD_MAX] = { 0 };

	memset(row, 0, (size_t)words * 4);
	expect_texts(s, hashes);
	for (int i = 0; i < e->packed_count; i++)
		put_cell(s, row, e->packed_fields[i],
		         s->cursor.cells[e->column_of[e->packed_fields[i]]]);
	put_texts(s, row, hashes);
	s->row_count++;
	if (!put_id(s, e))
		s->bad_id = true;
}

static void parse_share(int index, void *arg)
{
	struct encoder *e = arg;
	struct share *s = &e->shares[index];
	bool last = s->end == e->window_bytes;

	csv_start(&s->cursor, e->window + s->begin, s->end - s->begin, !last || e->window_final,
	          e->file->separator, e->file->column_count);
	while ((s->ended = csv_next(&s->cursor)) == CSV_STEP_ROW && !s->bad_id)
		put_row(s);
}

static void count_share(int index, void *arg)
{
	struct encoder *e = arg;
	size_t begin = e->window_bytes * (size_t)index / (size_t)e->threads;
	size_t end = e->window_bytes * (size_t)(index + 1) / (size_t)e->threads;

	e->shares[index].begin = begin;
	e->shares[index].quotes = csv_count_quotes(e->window + begin, end - begin);
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

static enum status note_pieces(struct encoder *e, const uint32_t *before, struct error *reterr)
{
	for (int i = 0; i < e->threads; i++) {
		struct piece p = { i, before[i], e->shares[i].row_count - before[i], e->r->count };
		if ((uint64_t)e->r->count + p.count > RECORD_COUNT_MAX)
			return FAIL(reterr, ERR_LIMIT,
			            "Het bestand heeft meer dan %d records. Splits het.",
			            RECORD_COUNT_MAX);
		e->r->count += p.count;
		(void)bigarray_push(&e->pieces, &p, sizeof(p));
	}
	return OK;
}

/* Parses the window; *ret_used is where the next one begins. */
static enum status parse_window(struct encoder *e, size_t *ret_used, struct error *reterr)
{
	uint32_t before[THREADS_MAX] = { 0 };

	threads_run(e->threads, count_share, e);
	settle_shares(e);
	for (int i = 0; i < e->threads; i++)
		before[i] = e->shares[i].row_count;
	threads_run(e->threads, parse_share, e);
	enum status st = check_shares(e, reterr);
	if (st != OK)
		return st;
	const struct share *last = &e->shares[e->threads - 1];
	*ret_used = last->ended == CSV_STEP_PARTIAL ? (size_t)(last->cursor.row_start - e->window)
	                                            : e->window_bytes;
	return note_pieces(e, before, reterr);
}

static enum status check_memory(const struct encoder *e, struct error *reterr)
{
	uint64_t bound = e->options->memory_bytes;
	uint64_t bytes =
	    (uint64_t)e->r->count *
	    (uint64_t)(e->r->layout.stride + e->r->layout.word_count + e->r->layout.key_count + 4) *
	    4;

	if (bound == 0 || bytes + WINDOW_BYTES <= bound)
		return OK;
	return FAIL(reterr, ERR_LIMIT,
	            "Voor deze records is meer dan %llu MB geheugen nodig. Kies een hogere "
	            "--memory of splits het bestand.",
	            (unsigned long long)(bound >> 20));
}

static enum status parse_file(struct encoder *e, struct error *reterr)
{
	uint64_t offset = e->file->body_offset;
	size_t used = 0;

	while (offset < e->file->bytes) {
		enum status st =
		    csv_read(e->file, offset, e->window, WINDOW_BYTES, &e->window_bytes, reterr);
		if (st != OK)
			return st;
		memset(e->window + e->window_bytes, 0, CSV_PADDING);
		e->window_final = offset + e->window_bytes >= e->file->bytes;
		if (e->window_bytes == 0)
			break;
		st = parse_window(e, &used, reterr);
		if (st == OK)
			st = check_memory(e, reterr);
		if (st != OK)
			return st;
		offset += used;
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
			if (field_has_text((enum field_kind)k))
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
