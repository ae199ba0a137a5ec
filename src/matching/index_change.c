/* Making, filling and changing the live index. */
#include <assert.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "matching/encode.h"
#include "matching/frequencies.h"
#include "matching/hash.h"
#include "matching/index_neighbours.h"
#include "matching/index_parts.h"
#include "matching/scan.h"
#include "matching/threads.h"

struct match_index *index_alloc(void)
{
	struct match_index *x = block_alloc(1, sizeof(*x));

	(void)pthread_rwlock_init(&x->lock, NULL);
	x->families = name_scan_new();
	x->families_seen = 1;
	x->weights = block_alloc(WEIGHT_CACHE, sizeof(*x->weights));
	return x;
}

struct match_index *index_new(const struct model *m)
{
	struct match_index *x = index_alloc();
	bool present[MODEL_FIELD_MAX];

	for (int i = 0; i < m->field_count; i++)
		present[i] = true;
	x->r.model = *m;
	layout_init(&x->r.layout, m, present);
	key_plan_init(&x->r.plan, m, &x->r.layout);
	assert(x->r.layout.stride <= ROW_WORDS_MAX);
	values_init(&x->r.values);
	for (int k = 0; k < m->rule_count; k++)
		postings_init(&x->rules[k], 0);
	postings_init(&x->by_id, 0);
	return x;
}

struct match_index *index_new_frozen(const struct model *m, uint32_t asked_of)
{
	struct match_index *x = index_new(m);

	assert(asked_of > 0);
	frequencies_set(&x->r.values, asked_of);
	for (int g = 0; g < VALUE_GROUPS; g++)
		values_rank(&x->r.values, (enum value_group)g, asked_of);
	x->frozen = true;
	x->weighed_count = asked_of;
	return x;
}

void index_free(struct match_index *x)
{
	if (x == NULL)
		return;
	for (int k = 0; k < x->r.model.rule_count; k++)
		postings_free(&x->rules[k]);
	postings_free(&x->by_id);
	records_free(&x->r);
	bigarray_free(&x->groups);
	bigarray_free(&x->alive);
	bigarray_free(&x->free_records);
	name_folder_free(&x->folder);
	name_scan_free(x->families);
	if (x->near != NULL)
		neighbours_free(x->near);
	block_free(x->near);
	block_free((void *)(uintptr_t)x->weights);
	(void)pthread_rwlock_destroy(&x->lock);
	block_free(x);
}

uint32_t index_id_key(uint64_t id)
{
	return hash_fold_nonzero(hash_mix(id, 0x1d));
}

uint32_t index_record_of(const struct match_index *x, uint64_t id)
{
	uint32_t count = 0;
	const uint32_t *list = postings_find(&x->by_id, index_id_key(id), &count);

	for (uint32_t i = 0; i < count; i++)
		if (index_ids(x)[list[i]] == id)
			return list[i];
	return UINT32_MAX;
}

/* A family name is what stands in a family field; others don't join the scan. */
void index_scan_values(struct match_index *x)
{
	const struct values *v = &x->r.values;
	uint32_t count = v->dictionary[GROUP_NAMES].count;

	for (uint32_t code = x->families_seen; code < count; code++) {
		const struct value *value = value_at(v, GROUP_NAMES, code);
		if (value->count[1] > 0)
			name_scan_add(x->families, value_text(v, GROUP_NAMES, code), value->length,
			              code);
	}
	x->families_seen = count;
}

void index_enlist(struct match_index *x, uint32_t record)
{
	const uint32_t *keys = record_row(&x->r, record) + x->r.layout.word_count;

	for (int k = 0; k < x->r.model.rule_count; k++)
		if (keys[k] != 0)
			postings_insert(&x->rules[k], keys[k], record);
	postings_insert(&x->by_id, index_id_key(index_ids(x)[record]), record);
}

static void delist(struct match_index *x, uint32_t record)
{
	const uint32_t *keys = record_row(&x->r, record) + x->r.layout.word_count;

	for (int k = 0; k < x->r.model.rule_count; k++)
		if (keys[k] != 0)
			postings_remove(&x->rules[k], keys[k], record);
	postings_remove(&x->by_id, index_id_key(index_ids(x)[record]), record);
}

/* Room for one more record; a number that was freed is used again. */
static uint32_t take_record(struct match_index *x)
{
	size_t free_count = x->free_records.bytes / sizeof(uint32_t);
	uint64_t zero = 0;
	uint8_t dead = 0;

	if (free_count > 0) {
		x->free_records.bytes -= sizeof(uint32_t);
		return ((uint32_t *)x->free_records.data)[free_count - 1];
	}
	size_t row_bytes = (size_t)x->r.layout.stride * 4;
	void *row = bigarray_push(&x->r.rows, NULL, row_bytes);
	memset(row, 0, row_bytes);
	(void)bigarray_push(&x->r.ids, &zero, sizeof(zero));
	(void)bigarray_push(&x->groups, &zero, sizeof(zero));
	(void)bigarray_push(&x->alive, &dead, sizeof(dead));
	return x->r.count++;
}

/* What a row's texts weigh in the frequencies. */
static void recount(struct match_index *x, uint32_t record, uint32_t by)
{
	const struct model *m = &x->r.model;

	for (int f = 0; f < m->field_count; f++) {
		enum model_field_kind kind = m->fields[f].kind;
		uint32_t code = place_get(record_row(&x->r, record), x->r.layout.fields[f]);
		if (code == 0 || !field_has_text(kind))
			continue;
		if (by != 0)
			values_count(&x->r.values, field_group(kind), code,
			             kind == FIELD_GIVEN ? 0 : 1, by);
		values_rank_one(&x->r.values, field_group(kind), code,
		                x->frozen ? x->weighed_count : x->live_count);
	}
}

static enum status insert_locked(struct match_index *x, const struct index_record *in,
                                 struct error *reterr)
{
	uint32_t row[ROW_WORDS_MAX] = { 0 };

	if (index_record_of(x, in->id) != UINT32_MAX)
		return FAIL(reterr, ERR_CONFLICT, "Dit record staat al in de index.");
	if (x->live_count >= RECORD_COUNT_MAX)
		return FAIL(reterr, ERR_LIMIT, "De index is vol.");
	const struct record_encoding with = { &x->r.model,  &x->r.layout, &x->r.plan,
		                              &x->r.values, &x->folder,   true };
	enum status st = encode_record(&with, in->texts, row, reterr);
	if (st != OK)
		return st;
	uint32_t record = take_record(x);
	memcpy(record_row(&x->r, record), row, (size_t)x->r.layout.stride * 4);
	index_ids(x)[record] = in->id;
	((uint64_t *)x->groups.data)[record] = in->group;
	((uint8_t *)x->alive.data)[record] = 1;
	x->live_count++;
	index_scan_values(x);
	recount(x, record, x->frozen ? UINT32_MAX : 0); /* encode_record counted the uses */
	index_enlist(x, record);
	index_weigh_anew(x);
	index_neighbours_came(x, record);
	return OK;
}

static enum status remove_locked(struct match_index *x, uint64_t id, struct error *reterr)
{
	uint32_t record = index_record_of(x, id);

	if (record == UINT32_MAX)
		return FAIL(reterr, ERR_NOT_FOUND, "Dit record staat niet in de index.");
	index_neighbours_go(x, record);
	delist(x, record);
	index_neighbours_went(x, record);
	x->live_count--;
	recount(x, record, x->frozen ? 0 : UINT32_MAX); /* one use less */
	memset(record_row(&x->r, record), 0, (size_t)x->r.layout.stride * 4);
	index_ids(x)[record] = 0;
	((uint8_t *)x->alive.data)[record] = 0;
	(void)bigarray_push(&x->free_records, &record, sizeof(record));
	index_weigh_anew(x);
	return OK;
}

enum status index_insert(struct match_index *x, const struct index_record *r, struct error *reterr)
{
	(void)pthread_rwlock_wrlock(&x->lock);
	enum status st = insert_locked(x, r, reterr);
	(void)pthread_rwlock_unlock(&x->lock);
	return st;
}

enum status index_remove(struct match_index *x, uint64_t id, struct error *reterr)
{
	(void)pthread_rwlock_wrlock(&x->lock);
	enum status st = remove_locked(x, id, reterr);
	(void)pthread_rwlock_unlock(&x->lock);
	return st;
}

static bool texts_are_utf8(const struct index_record *r)
{
	for (int i = 0; i < MODEL_FIELD_MAX; i++)
		if (r->texts[i] != NULL && !csv_is_utf8(r->texts[i], strlen(r->texts[i])))
			return false;
	return true;
}

enum status index_change(struct match_index *x, const struct index_record *r, struct error *reterr)
{
	if (!texts_are_utf8(r)) /* before the old record goes */
		return FAIL(reterr, ERR_INVALID, "Deze tekst is geen UTF-8.");
	(void)pthread_rwlock_wrlock(&x->lock);
	enum status st = remove_locked(x, r->id, reterr);
	if (st == OK)
		st = insert_locked(x, r, reterr);
	(void)pthread_rwlock_unlock(&x->lock);
	return st;
}

uint32_t index_count(const struct match_index *x)
{
	return x->live_count;
}

uint64_t index_bytes(const struct match_index *x)
{
	const struct values *v = &x->r.values;

	(void)pthread_rwlock_rdlock((pthread_rwlock_t *)(uintptr_t)&x->lock);
	uint64_t bytes = x->near == NULL ? 0 : x->near->lists.bytes + x->near->pool.bytes;

	bytes +=
	    x->r.rows.bytes + x->r.ids.bytes + x->groups.bytes + WEIGHT_CACHE * sizeof(uint64_t);
	for (int k = 0; k < x->r.model.rule_count; k++)
		bytes += x->rules[k].pool.bytes +
		         ((uint64_t)x->rules[k].mask + 1) * sizeof(struct posting);
	for (int g = 0; g < VALUE_GROUPS; g++)
		bytes += v->table[g].bytes + v->dictionary[g].entries.bytes +
		         v->dictionary[g].pool.bytes +
		         ((uint64_t)v->dictionary[g].slot_mask + 1) * sizeof(uint64_t);
	(void)pthread_rwlock_unlock((pthread_rwlock_t *)(uintptr_t)&x->lock);
	return bytes;
}

/* Filling from records: each rule's lists are a thread's own. */
enum { LISTS_AHEAD = 16 };

struct filling {
	struct match_index *x;
	_Atomic int next;
};

static void fill_rules(int share, void *arg)
{
	struct filling *f = arg;
	struct match_index *x = f->x;
	int words = x->r.layout.word_count;

	(void)share;
	for (int k = f->next++; k < x->r.model.rule_count; k = f->next++) {
		postings_free(&x->rules[k]);
		postings_init(&x->rules[k], x->r.count / 2);
		for (uint32_t i = 0; i < x->r.count; i++) {
			uint32_t key = record_row(&x->r, i)[words + k];
			if (i + LISTS_AHEAD < x->r.count)
				postings_expect(&x->rules[k],
				                record_row(&x->r, i + LISTS_AHEAD)[words + k]);
			if (key != 0)
				postings_insert(&x->rules[k], key, i);
		}
	}
}

void index_fill_rules(struct match_index *x)
{
	struct filling f = { .x = x };

	threads_run(threads_available(), fill_rules, &f);
}

struct match_index *index_of_records(struct records *r)
{
	struct match_index *x = index_alloc();

	x->r = *r;
	*r = (struct records){ .count = 0 };
	for (int k = 0; k < MODEL_RULE_MAX; k++)
		bigarray_free(&x->r.key_columns[k]);
	bigarray_free(&x->r.id_text);
	x->live_count = x->r.count;
	x->r.rows.bytes = (size_t)x->r.count * (size_t)x->r.layout.stride * 4;
	x->r.ids.bytes = (size_t)x->r.count * sizeof(uint64_t);
	postings_init(&x->by_id, x->r.count);
	memset(bigarray_reserve(&x->alive, x->r.count + 1), 1, x->r.count);
	x->alive.bytes = x->r.count;
	(void)bigarray_reserve(&x->groups, (size_t)x->r.count * 8 + 8);
	x->groups.bytes = (size_t)x->r.count * 8;
	for (uint32_t i = 0; i < x->r.count; i++) {
		index_ids(x)[i] = i;
		postings_insert(&x->by_id, index_id_key(i), i);
	}
	index_fill_rules(x);
	index_scan_values(x);
	index_weigh_anew(x);
	return x;
}
