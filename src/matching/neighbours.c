#include "matching/neighbours.h"

#include <assert.h>
#include <string.h>

void neighbours_free(struct neighbours *n)
{
	bigarray_free(&n->lists);
	bigarray_free(&n->pool);
	*n = (struct neighbours){ .free_at = { 0 } };
}

static struct neighbour *block_at(const struct neighbours *n, uint32_t at)
{
	return (struct neighbour *)n->pool.data + at;
}

static uint32_t take_block(struct neighbours *n, uint32_t size)
{
	assert(size < NEIGHBOUR_SIZES);
	if (n->free_at[size] != 0) {
		uint32_t at = n->free_at[size] - 1;
		n->free_at[size] = block_at(n, at)->record;
		return at;
	}
	uint32_t at = (uint32_t)(n->pool.bytes / sizeof(struct neighbour));
	(void)bigarray_push(&n->pool, NULL, sizeof(struct neighbour) << size);
	return at;
}

static void give_block(struct neighbours *n, uint32_t at, uint32_t size)
{
	block_at(n, at)->record = n->free_at[size];
	n->free_at[size] = at + 1;
}

static struct neighbour_list *list_of(struct neighbours *n, uint32_t record)
{
	const size_t bytes = ((size_t)record + 1) * sizeof(struct neighbour_list);

	if (n->lists.bytes < bytes)
		(void)bigarray_push(&n->lists, NULL, bytes - n->lists.bytes);
	return (struct neighbour_list *)n->lists.data + record;
}

static void resize(struct neighbours *n, struct neighbour_list *l, uint32_t size)
{
	uint32_t at = take_block(n, size);

	memcpy(block_at(n, at), block_at(n, l->at), l->count * sizeof(struct neighbour));
	give_block(n, l->at, l->size);
	l->at = at;
	l->size = size;
}

static void add(struct neighbours *n, uint32_t record, struct neighbour one)
{
	struct neighbour_list *l = list_of(n, record);

	if (l->count == 0)
		*l = (struct neighbour_list){ .at = take_block(n, 0) };
	else if (l->count == 1u << l->size)
		resize(n, l, l->size + 1);
	block_at(n, l->at)[l->count++] = one;
}

static void drop(struct neighbours *n, uint32_t record, uint32_t other)
{
	struct neighbour_list *l = list_of(n, record);
	struct neighbour *list = block_at(n, l->at);
	uint32_t i = 0;

	while (i < l->count && list[i].record != other)
		i++;
	if (i == l->count)
		return;
	list[i] = list[--l->count];
	if (l->count == 0)
		give_block(n, l->at, l->size);
	else if (l->count <= 1u << l->size >> 2)
		resize(n, l, l->size - 1);
}

void neighbours_join(struct neighbours *n, uint32_t a, uint32_t b, float weight)
{
	add(n, a, (struct neighbour){ b, weight });
	add(n, b, (struct neighbour){ a, weight });
}

void neighbours_part(struct neighbours *n, uint32_t a, uint32_t b)
{
	drop(n, a, b);
	drop(n, b, a);
}

const struct neighbour *neighbours_of(const struct neighbours *n, uint32_t record,
                                      uint32_t *ret_count)
{
	const struct neighbour_list *l = (const struct neighbour_list *)n->lists.data + record;

	*ret_count = 0;
	if (((size_t)record + 1) * sizeof(*l) > n->lists.bytes || l->count == 0)
		return NULL;
	*ret_count = l->count;
	return block_at(n, l->at);
}
