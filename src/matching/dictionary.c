#include "matching/dictionary.h"

#include <assert.h>
#include <string.h>

#include "matching/hash.h"

enum { FIRST_SLOTS = 1 << 12 };

void dictionary_init(struct dictionary *d)
{
	struct dictionary_entry empty = { .length = 0 };

	*d = (struct dictionary){ .slot_mask = FIRST_SLOTS - 1, .count = 1 };
	d->slots = block_alloc(FIRST_SLOTS, sizeof(*d->slots));
	(void)bigarray_push(&d->entries, &empty, sizeof(empty));
	(void)bigarray_push(&d->pool, "", 1);
}

void dictionary_free(struct dictionary *d)
{
	block_free(d->slots);
	bigarray_free(&d->entries);
	bigarray_free(&d->pool);
	*d = (struct dictionary){ 0 };
}

static void grow_to(struct dictionary *d, uint32_t slots)
{
	uint64_t *old = d->slots;

	d->slots = block_alloc(slots, sizeof(*d->slots));
	d->slot_mask = slots - 1;
	for (uint32_t code = 1; code < d->count; code++) {
		const struct dictionary_entry *e = dictionary_entry(d, code);
		uint64_t h = hash_bytes((const char *)d->pool.data + e->offset, e->length);
		uint32_t i = (uint32_t)h & d->slot_mask;
		while (d->slots[i] != 0)
			i = (i + 1) & d->slot_mask;
		d->slots[i] = (h & 0xffffffff00000000u) | code;
	}
	block_free(old);
}

void dictionary_reserve(struct dictionary *d, uint32_t more)
{
	uint64_t slots = (uint64_t)d->slot_mask + 1;

	while (slots / 2 < (uint64_t)d->count + more)
		slots *= 2;
	assert(slots <= UINT32_MAX);
	if (slots > (uint64_t)d->slot_mask + 1)
		grow_to(d, (uint32_t)slots);
}

static uint64_t load(const char *s, size_t bytes)
{
	uint64_t word = 0;

	memcpy(&word, s, bytes);
	return word;
}

/* Up to 16 bytes by two overlapping loads instead of a call. */
static inline int same_short(const char *a, const char *b, size_t bytes)
{
	if (bytes >= 8)
		return load(a, 8) == load(b, 8) && load(a + bytes - 8, 8) == load(b + bytes - 8, 8);
	if (bytes >= 4)
		return load(a, 4) == load(b, 4) && load(a + bytes - 4, 4) == load(b + bytes - 4, 4);
	return a[0] == b[0] && a[bytes / 2] == b[bytes / 2] && a[bytes - 1] == b[bytes - 1];
}

static int same_text(const struct dictionary *d, const struct dictionary_entry *e, const char *text,
                     size_t bytes)
{
	if (e->length != bytes)
		return 0;
	if (bytes > sizeof(e->head))
		return memcmp((const char *)d->pool.data + e->offset, text, bytes) == 0;
	return same_short(e->head, text, bytes);
}

/* The slot of the text, or the free one where it belongs. */
static uint32_t find_slot(const struct dictionary *d, uint64_t h, const char *text, size_t bytes)
{
	uint32_t i = (uint32_t)h & d->slot_mask;

	for (; d->slots[i] != 0; i = (i + 1) & d->slot_mask) {
		if ((d->slots[i] ^ h) >> 32 != 0)
			continue;
		if (same_text(d, dictionary_entry(d, (uint32_t)d->slots[i]), text, bytes))
			return i;
	}
	return i;
}

static uint32_t add(struct dictionary *d, uint32_t slot, uint64_t h, const char *text, size_t bytes)
{
	struct dictionary_entry e = { .length = (uint32_t)bytes, .offset = d->pool.bytes };
	uint32_t code = d->count++;

	assert(code < UINT32_MAX / 2);
	memcpy(e.head, text, bytes < sizeof(e.head) ? bytes : sizeof(e.head));
	(void)bigarray_push(&d->entries, &e, sizeof(e));
	char *to = bigarray_push(&d->pool, NULL, bytes + 1);
	memcpy(to, text, bytes);
	to[bytes] = '\0';
	d->slots[slot] = (h & 0xffffffff00000000u) | code;
	if (d->count > d->slot_mask / 2)
		grow_to(d, (d->slot_mask + 1) * 4);
	return code;
}

static uint32_t code_hashed(struct dictionary *d, uint64_t h, const char *text, size_t bytes)
{
	uint32_t slot = find_slot(d, h, text, bytes);

	if (d->slots[slot] != 0)
		return (uint32_t)d->slots[slot];
	return add(d, slot, h, text, bytes);
}

uint32_t dictionary_code(struct dictionary *d, const char *text, size_t bytes)
{
	return bytes == 0 ? 0 : code_hashed(d, hash_bytes(text, bytes), text, bytes);
}

uint64_t dictionary_expect(const struct dictionary *d, const char *text, size_t bytes)
{
	uint64_t h = bytes == 0 ? 0 : hash_bytes(text, bytes);

	__builtin_prefetch(&d->slots[(uint32_t)h & d->slot_mask]);
	return h;
}

void dictionary_expect_entry(const struct dictionary *d, uint64_t hash)
{
	__builtin_prefetch(dictionary_entry(d, (uint32_t)d->slots[(uint32_t)hash & d->slot_mask]));
}

uint32_t dictionary_count_code(struct dictionary *d, uint64_t hash, const char *text, size_t bytes)
{
	if (bytes == 0)
		return 0;
	uint32_t code = code_hashed(d, hash, text, bytes);
	dictionary_entry(d, code)->count++;
	return code;
}

uint32_t dictionary_find(const struct dictionary *d, const char *text, size_t bytes)
{
	if (bytes == 0)
		return 0;
	return (uint32_t)d->slots[find_slot(d, hash_bytes(text, bytes), text, bytes)];
}
