/* One thread's rows: cells that fit in a word at once, texts as numbers of the thread's own
 * dictionaries. */
#include <string.h>

#include "matching/encode_parts.h"
#include "matching/hash.h"
#include "matching/identifiers.h"

static struct dictionary *raw_of(struct share *s, int field)
{
	return &s->raw[s->encoder->r->model.fields[field].kind];
}

/*
 * Texts are looked up some rows later: first the place that their hash has comes nearer, two rows
 * later the entry that stands there, and two rows after that they count. Row i waits in waiting[i
 * mod ROWS_WAITING].
 */
static void expect_texts(struct share *s, uint32_t row)
{
	const struct encoder *e = s->encoder;
	struct dictionary_key *waiting = s->waiting[row % ROWS_WAITING];

	for (int i = 0; i < e->text_count; i++) {
		struct csv_cell cell = s->cursor.cells[e->column_of[e->text_fields[i]]];
		dictionary_expect(raw_of(s, e->text_fields[i]), cell.text, cell.length,
		                  &waiting[i]);
	}
}

static void expect_entries(struct share *s, uint32_t row)
{
	const struct encoder *e = s->encoder;
	const struct dictionary_key *waiting = s->waiting[row % ROWS_WAITING];

	for (int i = 0; i < e->text_count; i++)
		dictionary_expect_entry(raw_of(s, e->text_fields[i]), &waiting[i]);
}

static void put_texts(struct share *s, uint32_t number)
{
	const struct encoder *e = s->encoder;
	int words = e->r->layout.word_count;
	uint32_t *row = (uint32_t *)s->rows.data + (size_t)number * (size_t)words;

	for (int i = 0; i < e->text_count; i++) {
		int field = e->text_fields[i];
		row[e->r->layout.fields[field].word] =
		    dictionary_count_code(raw_of(s, field), &s->waiting[number % ROWS_WAITING][i]);
	}
}

/* All rows but the last `behind` get their texts. */
static void put_waiting_texts(struct share *s, uint32_t behind)
{
	for (; s->texts_done + behind < s->row_count; s->texts_done++)
		put_texts(s, s->texts_done);
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
	enum model_field_kind kind = e->r->model.fields[field].kind;

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

	memset(row, 0, (size_t)words * 4);
	expect_texts(s, s->row_count);
	for (int i = 0; i < e->packed_count; i++)
		put_cell(s, row, e->packed_fields[i],
		         s->cursor.cells[e->column_of[e->packed_fields[i]]]);
	s->row_count++;
	if (s->row_count - s->texts_done > ROWS_WAITING / 2)
		expect_entries(s, s->row_count - 1 - ROWS_WAITING / 2);
	/* unquoted cells live until the next row */
	put_waiting_texts(s, s->cursor.unquoted_bytes > 0 ? 0 : ROWS_WAITING - 1);
	if (!put_id(s, e))
		s->bad_id = true;
}

static void note_raw(const struct share *s, uint32_t counts[FIELD_KINDS])
{
	for (int k = 0; k < FIELD_KINDS; k++)
		counts[k] = s->raw[k].count;
}

bool encode_parse_chunk(struct share *s, struct chunk *c)
{
	const struct csv_file *file = s->encoder->file;
	enum csv_step step = CSV_STEP_ROW;

	c->first = s->row_count;
	note_raw(s, c->raw_begin);
	csv_start(&s->cursor, s->window.data, c->bytes, c->final, file->separator,
	          file->column_count);
	while ((step = csv_next(&s->cursor)) == CSV_STEP_ROW && !s->bad_id)
		put_row(s);
	put_waiting_texts(s, 0);
	c->count = s->row_count - c->first;
	note_raw(s, c->raw_end);
	return step == CSV_STEP_END && !s->bad_id;
}
