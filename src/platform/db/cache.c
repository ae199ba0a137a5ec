#include "platform/db/cache.h"

#include <assert.h>
#include <stdlib.h>

/* Structs lie at least 8 bytes apart, so the low bits say nothing (Knuth's multiplier). */
static size_t place_of(const struct db_stmt *key, size_t size)
{
	return (size_t)(((uintptr_t)key >> 3) * 0x9E3779B97F4A7C15u >> 32) & (size - 1);
}

static struct cache_slot *find(const struct cache *c, const struct db_stmt *key)
{
	size_t i = place_of(key, c->size);

	while (c->slots[i].key != NULL && c->slots[i].key != key)
		i = (i + 1) & (c->size - 1);
	return &c->slots[i];
}

void *cache_get(const struct cache *c, const struct db_stmt *key)
{
	return c->size == 0 ? NULL : find(c, key)->value;
}

static bool grow(struct cache *c)
{
	struct cache bigger = { .size = c->size == 0 ? 64 : c->size * 2, .used = c->used };

	bigger.slots = calloc(bigger.size, sizeof(*bigger.slots));
	if (bigger.slots == NULL)
		return false;
	for (size_t i = 0; i < c->size; i++)
		if (c->slots[i].key != NULL)
			*find(&bigger, c->slots[i].key) = c->slots[i];
	free(c->slots);
	*c = bigger;
	return true;
}

bool cache_put(struct cache *c, const struct db_stmt *key, void *value)
{
	assert(value != NULL);
	if (c->used * 2 >= c->size && !grow(c))
		return false;
	struct cache_slot *slot = find(c, key);
	assert(slot->key == NULL);
	*slot = (struct cache_slot){ .key = key, .value = value };
	c->used++;
	return true;
}

void cache_clear(struct cache *c, void (*drop)(void *value))
{
	for (size_t i = 0; drop != NULL && i < c->size; i++)
		if (c->slots[i].key != NULL)
			drop(c->slots[i].value);
	free(c->slots);
	*c = (struct cache){ 0 };
}
