#include <assert.h>
#include <string.h>

#include "matching/encode_parts.h"
#include "matching/hash.h"

static void fold_kind(struct share *s, enum model_field_kind kind)
{
	const struct dictionary *raw = &s->raw[kind];
	char folded[FOLD_MAX_BYTES + 1];

	s->text_count[kind] = raw->count;
	s->texts[kind] = block_alloc(raw->count, sizeof(struct raw_text));
	for (uint32_t i = 1; i < raw->count && !s->bad_text; i++) {
		int skip = 0;
		int length = values_fold(&s->folder, kind, dictionary_text(raw, i),
		                         dictionary_entry(raw, i)->length, folded, &skip);
		uint8_t head = (uint8_t)length;
		s->texts[kind][i].uses = dictionary_entry(raw, i)->count;
		s->bad_text = length < 0;
		(void)bigarray_push(&s->folded[kind], &head, 1);
		(void)bigarray_push(&s->folded[kind], folded + skip,
		                    length < 0 ? 0 : (size_t)length);
	}
}

/* Each thread folds its own raw texts, one after another in folded[kind]: length, bytes. */
static void fold_share(int index, void *arg)
{
	struct encoder *e = arg;

	for (int k = 0; k < FIELD_KINDS; k++)
		if (field_has_text((enum model_field_kind)k))
			fold_kind(&e->shares[index], (enum model_field_kind)k);
}

static bool is_in_group(int kind, int group)
{
	return field_has_text((enum model_field_kind)kind) &&
	       (int)field_group((enum model_field_kind)kind) == group;
}

/* All room that joining a group needs, before the threads go on: while one asks for addresses, no
 * other gets memory. */
static void make_room(struct encoder *e, enum value_group group)
{
	struct values *v = &e->r->values;
	uint32_t texts = 0;
	size_t bytes = 0;

	for (int k = 0; k < FIELD_KINDS; k++)
		for (int i = 0; i < e->thread_count && is_in_group(k, (int)group); i++) {
			struct share *s = &e->shares[i];
			texts += s->text_count[k] - 1;
			bytes += s->folded[k].bytes;
			s->unjoined[k] = bigarray_reserve(&s->folded[k], s->folded[k].bytes +
			                                                     DICTIONARY_HEAD_BYTES);
		}
	if (texts == 0)
		return;
	texts -= texts / 3; /* many are known to more than one */
	dictionary_reserve(&v->dictionary[group], texts, bytes);
	(void)bigarray_reserve(&v->table[group], (size_t)texts * sizeof(struct value));
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
			s->texts[kind][i - TEXTS_AHEAD].code = dictionary_key_code(d, key);
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

	for (size_t i = 0; i < e->chunks.bytes / sizeof(*chunks); i++)
		join_texts(d, &e->shares[chunks[i].share], &chunks[i], kind);
}

static void join_group(struct encoder *e, enum value_group group)
{
	for (int k = 0; k < FIELD_KINDS; k++)
		if (is_in_group(k, (int)group))
			join_kind(e, k);
	values_add_words(&e->r->values, group, 1);
	values_reserve(&e->r->values, group);
	atomic_store(&e->describing[group].next, 1);
	atomic_store(&e->describing[group].joined, true);
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

enum { DESCRIBED_AT_ONCE = 4096 };

static bool describe_some(struct values *v, struct describing *d, enum value_group group)
{
	const uint32_t end = atomic_load(&d->joined) ? v->dictionary[group].count : 0;
	const uint32_t from = end == 0 ? 0 : atomic_fetch_add(&d->next, DESCRIBED_AT_ONCE);

	if (from >= end)
		return false;
	values_describe(v, group, from,
	                end - from < DESCRIBED_AT_ONCE ? end : from + DESCRIBED_AT_ONCE);
	return true;
}

static bool all_joined(struct encoder *e)
{
	bool all = true;

	for (int g = 0; g < VALUE_GROUPS; g++)
		all &= atomic_load(&e->describing[g].joined);
	return all;
}

/* The groups share nothing: each is joined by one thread. Who has none goes on to what comes next,
 * until all are joined and everybody does. */
static void join_share(int index, void *arg)
{
	struct encoder *e = arg;
	uint32_t group = 0;

	(void)index;
	while ((group = atomic_fetch_add(&e->next_group, 1)) < VALUE_GROUPS)
		join_group(e, (enum value_group)group);
	for (int g = 0; g < VALUE_GROUPS; g++)
		while (!all_joined(e) &&
		       describe_some(&e->r->values, &e->describing[g], (enum value_group)g))
			continue;
	expect_records(e);
}

/* What nobody has described yet. */
static void describe_share(int index, void *arg)
{
	struct encoder *e = arg;

	(void)index;
	for (int g = 0; g < VALUE_GROUPS; g++)
		while (describe_some(&e->r->values, &e->describing[g], (enum value_group)g))
			continue;
}

enum { COUNTS_AHEAD = 16 };

static void count_kind(struct encoder *e, const struct share *s, enum model_field_kind kind)
{
	struct values *v = &e->r->values;
	const struct raw_text *texts = s->texts[kind];
	const uint32_t count = s->text_count[kind];

	for (uint32_t i = 1; i < count; i++) {
		if (i + COUNTS_AHEAD < count)
			__builtin_prefetch(
			    value_at(v, field_group(kind), texts[i + COUNTS_AHEAD].code), 1);
		values_count(v, field_group(kind), texts[i].code, kind == FIELD_GIVEN ? 0 : 1,
		             texts[i].uses);
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

static uint32_t part_of(uint32_t count, int part, int parts)
{
	return (uint32_t)((uint64_t)count * (uint32_t)part / (uint32_t)parts);
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

/* What the threads read their texts into is free for what follows. */
static void give_raw_texts(struct encoder *e)
{
	for (int i = 0; i < e->thread_count; i++)
		for (int k = 0; k < FIELD_KINDS; k++)
			if (field_has_text((enum model_field_kind)k))
				dictionary_give(&e->rooms, &e->shares[i].raw[k]);
}

static struct bigarray room_for(struct encoder *e, size_t bytes)
{
	struct bigarray room = bigarray_take(&e->rooms, bytes);

	(void)bigarray_reserve(&room, bytes);
	return room;
}

static void reserve_records(struct encoder *e)
{
	struct records *r = e->r;

	r->ids = room_for(e, (size_t)r->count * 8 + 8);
	for (int i = 0; i < r->model.rule_count; i++)
		r->key_columns[i] = room_for(e, (size_t)r->count * 4 + 64);
	(void)bigarray_reserve(&r->rows, (size_t)r->count * (size_t)r->layout.stride * 4 + 64);
	for (int g = 0; g < VALUE_GROUPS; g++)
		make_room(e, (enum value_group)g);
}

static enum status join_dictionaries(struct encoder *e, struct error *reterr)
{
	threads_each(e->threads, fold_share, e);
	for (int i = 0; i < e->thread_count; i++)
		if (e->shares[i].bad_text) {
			enum status st = encode_explain(e, reterr);
			return st != OK ? st : FAIL_INTERNAL(reterr);
		}
	give_raw_texts(e);
	reserve_records(e);
	threads_each(e->threads, join_share, e);
	threads_each(e->threads, describe_share, e);
	threads_each(e->threads, count_share, e);
	threads_each(e->threads, rank_share, e);
	return OK;
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

enum status encode_join(struct encoder *e, struct error *reterr)
{
	struct records *r = e->r;

	enum status st = join_dictionaries(e, reterr);
	if (st != OK)
		return st;
	join_id_text(e);
	encode_finish(e);
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
