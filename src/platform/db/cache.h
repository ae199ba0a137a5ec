/*
 * cache.h - which statements a connection has prepared: from the struct's address to a slot
 *
 * Open addressing over pointers; grows, never forgets. One thread at a time.
 */
#ifndef PLATFORM_DB_CACHE_H
#define PLATFORM_DB_CACHE_H

#include <stddef.h>

#include "platform/db/db.h"

struct cache {
	struct cache_slot {
		const struct db_stmt *key;
		void *value;
	} * slots;
	size_t size, used; /* size is a power of two, or 0 */
};

void *cache_get(const struct cache *c, const struct db_stmt *key);

/* key must be absent. False: no memory. */
bool cache_put(struct cache *c, const struct db_stmt *key, void *value);

/* Calls drop for each value, then releases the table. drop may be NULL. */
void cache_clear(struct cache *c, void (*drop)(void *value));

#endif
