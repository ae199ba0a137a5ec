#include <assert.h>
#include <string.h>

#include "matching/encode_parts.h"
#include "matching/hash.h"

/* Each thread folds its own raw texts, one after another in folded[kind]: length, bytes. */
static void fold_share(int index, void *arg)
{
	struct encoder *e = arg;
	struct share *s = &e->shares[index];
	char folded[FOLD_MAX_BYTES + 1];

	for (int k = 0; k < FIELD_KINDS && !s->bad_text; k++) {
		const struct dictionary *raw = &s->raw[k];
		for (uint32_t i = 1; field_has_text((enum field_kind)k) && i < raw->count; i++) {
			int skip = 0;
			int length =
			    values_fold(&s->folder, (enum field_kind)k, dictionary_text(raw, i),
			                dictionary_entry(raw, i)->length, folded, &skip);
			uint8_t head = (uint8_t)length;
			s->bad_text |= length < 0;
			(void)bigarray_push(&s->folded[k], &head, 1);
			(void)bigarray_push(&s->folded[k], folded + skip,
			                    length < 0 ? 0 : (size_t)length);
		}
	}
}

/* Folded texts of one kind become values. */
static void join_kind(struct encoder *e, struct share *s, enum field_kind kind)
{
	struct dictionary *d = &e->r->values.dictionary[field_group(kind)];
	const char *at = s->folded[kind].data;

	s->final_code[kind] = block_alloc(s->raw[kind].count, sizeof(uint32_t));
	for (uint32_t i = 1; i < s->raw[kind].count; i++) {
		size_t length = (unsigned char)*at;
		s->final_code[kind][i] = dictionary_code(d, at + 1, length);
		at += 1 + length;
	}
	bigarray_free(&s->folded[kind]);
}

static void count_kind(struct encoder *e, const struct share *s, enum field_kind kind)
{
	const struct dictionary *raw = &s->raw[kind];

	for (uint32_t i = 1; i < raw->count; i++)
		values_count(&e->r->values, field_group(kind), s->final_code[kind][i],
		             kind == FIELD_GIVEN ? 0 : 1, dictionary_entry(raw, i)->count);
}

static bool is_in_group(int kind, int group)
{
	return field_has_text((enum field_kind)kind) &&
	       (int)field_group((enum field_kind)kind) == group;
}

/* The groups share nothing: each is joined, described, counted and ranked by one thread. */
static void join_group(struct encoder *e, int group)
{
	struct values *v = &e->r->values;

	for (int k = 0; k < FIELD_KINDS; k++)
		for (int i = 0; i < e->threads && is_in_group(k, group); i++)
			join_kind(e, &e->shares[i], (enum field_kind)k);
	values_derive(v, (enum value_group)group, 1);
	for (int k = 0; k < FIELD_KINDS; k++)
		for (int i = 0; i < e->threads && is_in_group(k, group); i++)
			count_kind(e, &e->shares[i], (enum field_kind)k);
	values_rank(v, (enum value_group)group, e->r->count);
}

static void join_share(int index, void *arg)
{
	struct encoder *e = arg;

	for (int group = index; group < VALUE_GROUPS; group += e->threads)
		join_group(e, group);
}

static enum status join_dictionaries(struct encoder *e, struct error *reterr)
{
	threads_run(e->threads, fold_share, e);
	for (int i = 0; i < e->threads; i++)
		if (e->shares[i].bad_text) {
			enum status st = encode_explain(e, reterr);
			return st != OK ? st : FAIL_INTERNAL(reterr);
		}
	threads_run(e->threads, join_share, e);
	return OK;
}

enum { KEYS_BEHIND = 12 /* rows between fetching a row's values and reading them */ };

/* The row with its final codes; what is known of its texts is fetched meanwhile. */
static void place_row(const struct encoder *e, const struct share *s, uint32_t from,
                      uint32_t record)
{
	const struct records *r = e->r;
	uint32_t *row = record_row(r, record);
	int words = r->layout.word_count;

	memcpy(row, (const uint32_t *)s->rows.data + (size_t)from * (size_t)words,
	       (size_t)words * 4);
	for (int f = 0; f < r->model.field_count; f++) {
		struct place at = r->layout.fields[f];
		enum field_kind kind = r->model.fields[f].kind;
		if (at.mask == 0 || !field_has_text(kind))
			continue;
		row[at.word] = s->final_code[kind][row[at.word]];
		__builtin_prefetch(value_at(&r->values, field_group(kind), row[at.word]));
	}
}

static void place_keys(const struct encoder *e, uint32_t record)
{
	const struct records *r = e->r;
	uint32_t *row = record_row(r, record), *keys = row + r->layout.word_count;

	row_keys(&r->model, &r->layout, &r->values, row, keys);
	for (int i = 0; i < r->model.rule_count; i++)
		((uint32_t *)r->key_columns[i].data)[record] = keys[i];
}

static void final_piece(const struct encoder *e, const struct piece *p)
{
	for (uint32_t i = 0; i < p->count + KEYS_BEHIND; i++) {
		if (i < p->count)
			place_row(e, &e->shares[p->share], p->first + i, p->target + i);
		if (i >= KEYS_BEHIND)
			place_keys(e, p->target + i - KEYS_BEHIND);
	}
}

static void final_rows(int index, void *arg)
{
	struct encoder *e = arg;
	const struct piece *pieces = e->pieces.data;
	size_t count = e->pieces.bytes / sizeof(*pieces);

	for (size_t p = 0; p < count; p++)
		if (pieces[p].share == index)
			final_piece(e, &pieces[p]);
}

/* Without an id column a record's id is its number, from 1, as a spreadsheet's row less the kop. */
static void number_ids(struct records *r)
{
	uint64_t *ids = r->ids.data;

	for (uint32_t i = 0; i < r->count; i++) {
		char text[16];
		int n = snprintf(text, sizeof(text), "%u", i + 1);
		ids[i] = record_id_pack(&r->id_text, text, (size_t)n);
	}
}

static void join_ids(struct encoder *e)
{
	const struct piece *pieces = e->pieces.data;
	uint64_t *ids = e->r->ids.data, base[THREADS_MAX];

	for (int i = 0; i < e->threads; i++) {
		base[i] = e->r->id_text.bytes;
		(void)bigarray_push(&e->r->id_text, e->shares[i].id_text.data,
		                    e->shares[i].id_text.bytes);
	}
	for (size_t p = 0; p < e->pieces.bytes / sizeof(*pieces); p++) {
		const uint64_t *from = e->shares[pieces[p].share].ids.data;
		for (uint32_t i = 0; i < pieces[p].count; i++) {
			uint64_t id = from[pieces[p].first + i];
			ids[pieces[p].target + i] = id >> 56 > 7 ? id + base[pieces[p].share] : id;
		}
	}
}

/* Plain numbers that only rise can't repeat, which is what nearly every file has. */
static bool ids_rise(const struct records *r, uint32_t from, uint32_t to)
{
	const uint64_t *ids = r->ids.data;
	uint64_t last = 0;

	for (uint32_t i = from; i < to; i++) {
		uint64_t length = ids[i] >> 56;
		if (length == 0 || length > 7)
			return false;
		uint64_t text = __builtin_bswap64(ids[i] & 0xffffffffffffffu);
		uint64_t order = length << 56 | text >> (64 - 8 * length);
		if (i > from && order <= last)
			return false;
		last = order;
	}
	return true;
}

static enum status find_double_id(const struct records *r, uint32_t from, uint32_t to,
                                  struct error *reterr)
{
	char id[RECORD_ID_MAX_BYTES + 1], other[RECORD_ID_MAX_BYTES + 1];
	uint64_t slots = 1024;

	while (slots < (uint64_t)(to - from) * 2)
		slots *= 2;
	uint64_t *table = block_alloc(slots, sizeof(*table));
	enum status st = OK;
	for (uint32_t i = from; i < to && st == OK; i++) {
		record_id(r, i, id);
		uint64_t h = hash_bytes(id, strlen(id));
		uint64_t at = h & (slots - 1);
		for (; table[at] != 0 && st == OK; at = (at + 1) & (slots - 1)) {
			if ((table[at] ^ h) >> 32 != 0)
				continue;
			record_id(r, (uint32_t)table[at] - 1, other);
			if (strcmp(id, other) == 0)
				st = FAIL(reterr, ERR_INVALID,
				          "Rij %u: het id '%.40s' staat ook in rij %u. Geef elk "
				          "record een eigen id.",
				          i - from + 2, id, (uint32_t)table[at] - from + 1);
		}
		table[at] = (h & 0xffffffff00000000u) | (i + 1);
	}
	block_free(table);
	return st;
}

enum status encode_join(struct encoder *e, struct error *reterr)
{
	struct records *r = e->r;
	enum status st = join_dictionaries(e, reterr);

	if (st != OK)
		return st;
	(void)bigarray_reserve(&r->rows, (size_t)r->count * (size_t)r->layout.stride * 4 + 64);
	for (int i = 0; i < r->model.rule_count; i++)
		(void)bigarray_reserve(&r->key_columns[i], (size_t)r->count * 4 + 64);
	(void)bigarray_reserve(&r->ids, (size_t)r->count * 8 + 8);
	threads_run(e->threads, final_rows, e);
	if (e->id_column == ID_COLUMN_NONE) {
		number_ids(r);
		return OK;
	}
	join_ids(e);
	const uint32_t ends[3] = { 0, e->boundary, r->count };
	for (int i = 0; i < 2 && st == OK; i++)
		if (!ids_rise(r, ends[i], ends[i + 1]))
			st = find_double_id(r, ends[i], ends[i + 1], reterr);
	return st;
}
