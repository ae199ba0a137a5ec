#include "matching/postings.h"

#include <assert.h>
#include <string.h>

static uint32_t slot_of(const struct postings *p, uint32_t key)
{
	uint32_t i = (key * 0x9e3779b1u) & p->mask;

	while (p->slots[i].key != 0 && p->slots[i].key != key)
		i = (i + 1) & p->mask;
	return i;
}

void postings_init(struct postings *p, uint32_t expected_keys)
{
	*p = (struct postings){ .mask = 1023 };
	while (p->mask / 2 < expected_keys)
		p->mask = p->mask * 2 + 1;
	p->slots = block_alloc((size_t)p->mask + 1, sizeof(*p->slots));
	uint32_t unused = 0; /* 0 means "no block" */
	(void)bigarray_push(&p->pool, &unused, sizeof(unused));
}

void postings_free(struct postings *p)
{
	block_free(p->slots);
	bigarray_free(&p->pool);
	p->slots = NULL;
}

static uint32_t *block_at(const struct postings *p, uint32_t at)
{
	return (uint32_t *)p->pool.data + at;
}

static uint32_t take_block(struct postings *p, uint32_t size)
{
	uint32_t at = p->free_at[size];

	assert(size < POSTING_SIZES);
	if (at != 0) {
		p->free_at[size] = *block_at(p, at);
		return at;
	}
	at = (uint32_t)(p->pool.bytes / sizeof(uint32_t));
	(void)bigarray_push(&p->pool, NULL, sizeof(uint32_t) << size);
	return at;
}

static void give_block(struct postings *p, uint32_t at, uint32_t size)
{
	*block_at(p, at) = p->free_at[size];
	p->free_at[size] = at;
}

/* Moves the list to a block of another size (0: into the slot itself). */
static void resize(struct postings *p, struct posting *s, uint32_t size)
{
	uint32_t at = size == 0 ? 0 : take_block(p, size);
	const uint32_t *from = s->size == 0 ? &s->at : block_at(p, s->at);
	uint32_t first = from[0];

	if (size != 0)
		memcpy(block_at(p, at), from, s->count * sizeof(uint32_t));
	if (s->size != 0)
		give_block(p, s->at, s->size);
	s->at = size == 0 ? first : at;
	s->size = size;
}

static void grow(struct postings *p)
{
	struct posting *old = p->slots;
	uint32_t old_count = p->mask + 1;

	p->mask = p->mask * 2 + 1;
	p->slots = block_alloc((size_t)p->mask + 1, sizeof(*p->slots));
	for (uint32_t i = 0; i < old_count; i++)
		if (old[i].key != 0)
			p->slots[slot_of(p, old[i].key)] = old[i];
	block_free(old);
}

void postings_insert(struct postings *p, uint32_t key, uint32_t record)
{
	assert(key != 0);
	if (p->used > p->mask / 4 * 3)
		grow(p);
	struct posting *s = &p->slots[slot_of(p, key)];
	if (s->key == 0) {
		*s = (struct posting){ .key = key, .count = 1, .at = record };
		p->used++;
		return;
	}
	if (s->count == 1u << s->size)
		resize(p, s, s->size + 1);
	block_at(p, s->at)[s->count++] = record;
}

/* Closes the gap that an emptied slot would leave in its run of probes. */
static void drop_slot(struct postings *p, uint32_t i)
{
	p->slots[i].key = 0;
	p->used--;
	for (uint32_t k = (i + 1) & p->mask; p->slots[k].key != 0; k = (k + 1) & p->mask) {
		struct posting moved = p->slots[k];
		p->slots[k].key = 0;
		p->slots[slot_of(p, moved.key)] = moved;
	}
}

void postings_remove(struct postings *p, uint32_t key, uint32_t record)
{
	uint32_t i = slot_of(p, key), k = 0;
	struct posting *s = &p->slots[i];

	if (s->key == 0)
		return;
	uint32_t *list = s->size == 0 ? &s->at : block_at(p, s->at);
	while (k < s->count && list[k] != record)
		k++;
	if (k == s->count)
		return;
	list[k] = list[--s->count];
	if (s->count == 0) {
		if (s->size != 0)
			give_block(p, s->at, s->size);
		drop_slot(p, i);
	} else if (s->size != 0 && s->count <= 1u << (s->size - 1) >> 1) {
		resize(p, s, s->count == 1 ? 0 : s->size - 1);
	}
}

const uint32_t *postings_find(const struct postings *p, uint32_t key, uint32_t *ret_count)
{
	const struct posting *s = &p->slots[slot_of(p, key)];

	*ret_count = 0;
	if (key == 0 || s->key == 0)
		return NULL;
	*ret_count = s->count;
	return s->size == 0 ? &s->at : block_at(p, s->at);
}
