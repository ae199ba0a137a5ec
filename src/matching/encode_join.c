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
		for (uint32_t i = 1; field_has_text((enum model_field_kind)k) && i < raw->count;
		     i++) {
			int skip = 0;
			int length = values_fold(&s->folder, (enum model_field_kind)k,
			                         dictionary_text(raw, i),
			                         dictionary_entry(raw, i)->length, folded, &skip);
			uint8_t head = (uint8_t)length;
			s->bad_text |= length < 0;
			(void)bigarray_push(&s->folded[k], &head, 1);
			(void)bigarray_push(&s->folded[k], folded + skip,
			                    length < 0 ? 0 : (size_t)length);
		}
	}
}

enum { TEXTS_AHEAD = 16, ENTRIES_AHEAD = 8 };

/* The texts of one kind that a chunk brought become values: first the place that a hash has comes
 * nearer, then the entry that stands there, then it counts. */
static void join_texts(struct dictionary *d, struct share *s, const struct chunk *c, int kind)
{
	const uint32_t from = c->raw_begin[kind], to = c->raw_end[kind];
	struct dictionary_key waiting[TEXTS_AHEAD];
	const char *at = s->unjoined[kind];

	for (uint32_t i = from; i < to + TEXTS_AHEAD; i++) {
		struct dictionary_key *key = &waiting[i % TEXTS_AHEAD];
		if (i >= from + TEXTS_AHEAD)
			s->final_code[kind][i - TEXTS_AHEAD] = dictionary_key_code(d, key);
		if (i >= from + ENTRIES_AHEAD && i < to + ENTRIES_AHEAD)
			dictionary_expect_entry(d, &waiting[(i - ENTRIES_AHEAD) % TEXTS_AHEAD]);
		if (i >= to)
			continue;
		size_t length = (unsigned char)*at;
		dictionary_expect(d, at + 1, length, key);
		at += 1 + length;
	}
	s->unjoined[kind] = at;
}

/* In the order in which they first stand in the files, whoever read them there. */
static void join_kind(struct encoder *e, int kind)
{
	struct dictionary *d = &e->r->values.dictionary[field_group((enum model_field_kind)kind)];
	const struct chunk *chunks = e->chunks.data;
	uint32_t texts = 0;

	for (int i = 0; i < e->thread_count; i++)
		texts += e->shares[i].raw[kind].count;
	dictionary_reserve(d, texts - texts / 3); /* many are known to more than one */
	for (int i = 0; i < e->thread_count; i++) {
		struct share *s = &e->shares[i];
		s->final_code[kind] = block_alloc(s->raw[kind].count, sizeof(uint32_t));
		s->unjoined[kind] = bigarray_reserve(&s->folded[kind],
		                                     s->folded[kind].bytes + DICTIONARY_HEAD_BYTES);
	}
	for (size_t i = 0; i < e->chunks.bytes / sizeof(*chunks); i++)
		join_texts(d, &e->shares[chunks[i].share], &chunks[i], kind);
	for (int i = 0; i < e->thread_count; i++)
		bigarray_free(&e->shares[i].folded[kind]);
}

static void count_kind(struct encoder *e, const struct share *s, enum model_field_kind kind)
{
	const struct dictionary *raw = &s->raw[kind];

	for (uint32_t i = 1; i < raw->count; i++)
		values_count(&e->r->values, field_group(kind), s->final_code[kind][i],
		             kind == FIELD_GIVEN ? 0 : 1, dictionary_entry(raw, i)->count);
}

static bool is_in_group(int kind, int group)
{
	return field_has_text((enum model_field_kind)kind) &&
	       (int)field_group((enum model_field_kind)kind) == group;
}

/* What the next stage fills is fetched by whoever has no names to join, or no more: part by part. */
static void expect_records(struct encoder *e)
{
	const struct bigarray *rooms[MODEL_RULE_MAX + 2] = { &e->r->rows, &e->r->ids };
	const int count = e->r->model.rule_count + 2;
	size_t part = atomic_fetch_add(&e->next_part, 1), before = 0;

	for (int i = 2; i < count; i++)
		rooms[i] = &e->r->key_columns[i - 2];
	for (int i = 0; i < count; i++) {
		const size_t parts = bigarray_parts(rooms[i]);
		for (; part < before + parts; part = atomic_fetch_add(&e->next_part, 1))
			bigarray_expect(rooms[i], part - before);
		before += parts;
	}
}

/* The groups share nothing: each is joined by one thread. */
static void join_share(int index, void *arg)
{
	struct encoder *e = arg;
	struct values *v = &e->r->values;

	for (int group = index; group < VALUE_GROUPS; group += e->thread_count) {
		for (int k = 0; k < FIELD_KINDS; k++)
			if (is_in_group(k, group))
				join_kind(e, k);
		values_add_words(v, (enum value_group)group, 1);
		values_reserve(v, (enum value_group)group);
	}
	expect_records(e);
}

static uint32_t part_of(uint32_t count, int part, int parts)
{
	return (uint32_t)((uint64_t)count * (uint32_t)part / (uint32_t)parts);
}

/* Every thread describes a part of every group. */
static void describe_share(int index, void *arg)
{
	struct encoder *e = arg;
	struct values *v = &e->r->values;

	for (int g = 0; g < VALUE_GROUPS; g++) {
		uint32_t many = v->dictionary[g].count - 1;
		values_describe(v, (enum value_group)g, 1 + part_of(many, index, e->thread_count),
		                1 + part_of(many, index + 1, e->thread_count));
	}
}

static void count_share(int index, void *arg)
{
	struct encoder *e = arg;

	for (int group = index; group < VALUE_GROUPS; group += e->thread_count)
		for (int k = 0; k < FIELD_KINDS; k++)
			for (int i = 0; i < e->thread_count && is_in_group(k, group); i++)
				count_kind(e, &e->shares[i], (enum model_field_kind)k);
}

static void rank_share(int index, void *arg)
{
	struct encoder *e = arg;
	struct values *v = &e->r->values;

	for (int g = 0; g < VALUE_GROUPS; g++) {
		uint32_t many = v->dictionary[g].count - 1;
		values_rank_range(v, (enum value_group)g, e->r->count,
		                  1 + part_of(many, index, e->thread_count),
		                  1 + part_of(many, index + 1, e->thread_count));
	}
}

static enum status join_dictionaries(struct encoder *e, struct error *reterr)
{
	threads_each(e->threads, fold_share, e);
	for (int i = 0; i < e->thread_count; i++)
		if (e->shares[i].bad_text) {
			enum status st = encode_explain(e, reterr);
			return st != OK ? st : FAIL_INTERNAL(reterr);
		}
	threads_each(e->threads, join_share, e);
	threads_each(e->threads, describe_share, e);
	threads_each(e->threads, count_share, e);
	threads_each(e->threads, rank_share, e);
	return OK;
}

/*
 * What the rules read of each raw text, worked out once per text: word 0 is the final code, the
 * parts of the plan stand behind it.
 */
struct text_parts {
	struct bigarray words; /* uint32_t, width per raw code of the field's kind */
	int field, width;
	struct place at;
	uint8_t part[KEY_PART_MAX]; /* of the plan, for words 1, 2, ... */
};

struct finisher {
	struct encoder *e;
	const struct share *s;
	struct text_parts texts[MODEL_FIELD_MAX];
	int text_count;
	uint8_t packed[KEY_PART_MAX]; /* parts of the plan that come from packed fields */
	int packed_count;
};

static void fill_text_parts(const struct encoder *e, const struct share *s, struct text_parts *t)
{
	const struct records *r = e->r;
	enum model_field_kind kind = r->model.fields[t->field].kind;
	uint32_t count = s->raw[kind].count;

	uint32_t *words = bigarray_reserve(&t->words, (size_t)count * (size_t)t->width * 4 + 4);
	for (uint32_t i = 1; i < count; i++) {
		words += t->width;
		words[0] = s->final_code[kind][i];
		for (int k = 1; k < t->width && words[0] != 0; k++)
			words[k] = key_plan_part(&r->values, &r->plan.parts[t->part[k]], words[0]);
	}
}

static void finisher_init(struct finisher *f, struct encoder *e, const struct share *s)
{
	const struct records *r = e->r;

	*f = (struct finisher){ .e = e, .s = s };
	for (int field = 0; field < r->model.field_count; field++) {
		struct text_parts *t = &f->texts[f->text_count];
		enum model_field_kind kind = r->model.fields[field].kind;
		if (r->layout.fields[field].mask == 0 || !field_has_text(kind))
			continue;
		*t = (struct text_parts){ .field = field,
			                  .width = 1,
			                  .at = r->layout.fields[field] };
		for (int i = 0; i < r->plan.part_count; i++)
			if (r->plan.parts[i].field == field)
				t->part[t->width++] = (uint8_t)i;
		fill_text_parts(e, s, t);
		f->text_count++;
	}
	for (int i = 0; i < r->plan.part_count; i++)
		if (!field_has_text(r->plan.parts[i].kind))
			f->packed[f->packed_count++] = (uint8_t)i;
}

static void finisher_free(struct finisher *f)
{
	for (int i = 0; i < f->text_count; i++)
		bigarray_free(&f->texts[i].words);
}

/* The row with its final codes, and its keys beside it and in the columns. */
static void finish_row(const struct finisher *f, const uint32_t *raw, uint32_t record)
{
	const struct records *r = f->e->r;
	uint32_t *row = record_row(r, record), *keys = row + r->layout.word_count;
	uint32_t parts[KEY_PART_MAX];

	key_plan_packed_parts(&r->plan, f->packed, f->packed_count, raw, parts);
	memcpy(row, raw, (size_t)r->layout.word_count * sizeof(*row));
	for (int i = 0; i < f->text_count; i++) {
		const struct text_parts *t = &f->texts[i];
		const uint32_t *of =
		    (const uint32_t *)t->words.data + (size_t)raw[t->at.word] * (size_t)t->width;
		row[t->at.word] = of[0];
		for (int k = 1; k < t->width; k++)
			parts[t->part[k]] = of[k];
	}
	for (int i = 0; i < r->plan.rule_count; i++) {
		keys[i] = key_plan_key(&r->plan.rules[i], parts);
		((uint32_t *)r->key_columns[i].data)[record] = keys[i];
	}
}

enum { ROWS_AHEAD = 12 };

/* What is known of a row's raw texts comes nearer. */
static void expect_row(const struct finisher *f, const uint32_t *raw)
{
	for (int i = 0; i < f->text_count; i++) {
		const struct text_parts *t = &f->texts[i];
		__builtin_prefetch((const uint32_t *)t->words.data +
		                   (size_t)raw[t->at.word] * (size_t)t->width);
	}
}

static void finish_chunk(const struct finisher *f, const struct chunk *c)
{
	const size_t words = (size_t)f->e->r->layout.word_count;
	const uint32_t *raw = (const uint32_t *)f->s->rows.data + (size_t)c->first * words;

	for (uint32_t i = 0; i < c->count; i++) {
		if (i + ROWS_AHEAD < c->count)
			expect_row(f, raw + (i + ROWS_AHEAD) * words);
		finish_row(f, raw + i * words, c->target + i);
	}
	if (f->s->ids.bytes == 0)
		return; /* records without a number of their own */
	const uint64_t *from = (const uint64_t *)f->s->ids.data + c->first;
	uint64_t *ids = (uint64_t *)f->e->r->ids.data + c->target;
	for (uint32_t i = 0; i < c->count; i++)
		ids[i] = from[i] + (from[i] >> 56 > 7 ? f->s->id_base : 0);
}

/* What each share's texts mean stands ready; chunks are finished as they come. */
struct finishing {
	struct encoder *e;
	struct finisher of[THREADS_MAX];
	atomic_uint next_chunk;
};

static void prepare_share(int index, void *arg)
{
	struct finishing *f = arg;

	finisher_init(&f->of[index], f->e, &f->e->shares[index]);
}

static void finish_share(int index, void *arg)
{
	struct finishing *f = arg;
	const struct chunk *chunks = f->e->chunks.data;
	const size_t count = f->e->chunks.bytes / sizeof(*chunks);
	size_t i = 0;

	(void)index;
	while ((i = atomic_fetch_add(&f->next_chunk, 1)) < count)
		finish_chunk(&f->of[chunks[i].share], &chunks[i]);
}

static void finish_rows(struct encoder *e)
{
	struct finishing *f = block_alloc(1, sizeof(*f));

	f->e = e;
	threads_each(e->threads, prepare_share, f);
	threads_each(e->threads, finish_share, f);
	for (int i = 0; i < e->thread_count; i++)
		finisher_free(&f->of[i]);
	block_free(f);
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

/* Long ids stand one share after another. */
static void join_id_text(struct encoder *e)
{
	for (int i = 0; i < e->thread_count; i++) {
		e->shares[i].id_base = e->r->id_text.bytes;
		(void)bigarray_push(&e->r->id_text, e->shares[i].id_text.data,
		                    e->shares[i].id_text.bytes);
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

static void reserve_records(struct records *r)
{
	(void)bigarray_reserve(&r->rows, (size_t)r->count * (size_t)r->layout.stride * 4 + 64);
	for (int i = 0; i < r->model.rule_count; i++)
		(void)bigarray_reserve(&r->key_columns[i], (size_t)r->count * 4 + 64);
	(void)bigarray_reserve(&r->ids, (size_t)r->count * 8 + 8);
}

enum status encode_join(struct encoder *e, struct error *reterr)
{
	struct records *r = e->r;

	reserve_records(r);
	enum status st = join_dictionaries(e, reterr);
	if (st != OK)
		return st;
	join_id_text(e);
	finish_rows(e);
	if (e->id_column == ID_COLUMN_NONE) {
		number_ids(r);
		return OK;
	}
	const uint32_t ends[3] = { 0, e->boundary, r->count };
	for (int i = 0; i < 2 && st == OK; i++)
		if (!ids_rise(r, ends[i], ends[i + 1]))
			st = find_double_id(r, ends[i], ends[i + 1], reterr);
	return st;
}
