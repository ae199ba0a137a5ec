#include "matching/dictionary.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "matching/hash.h"

enum { FIRST_SLOTS = 1 << 12 };

void dictionary_init(struct dictionary *d)
{
	struct dictionary_entry empty = { .length = 0 };

	*d = (struct dictionary){ .slot_mask = FIRST_SLOTS - 1, .count = 1 };
	d->slots = bigarray_reserve(&d->room, FIRST_SLOTS * sizeof(*d->slots));
	(void)bigarray_push(&d->entries, &empty, sizeof(empty));
	(void)bigarray_push(&d->pool, "", 1);
}

void dictionary_free(struct dictionary *d)
{
	bigarray_free(&d->room);
	bigarray_free(&d->entries);
	bigarray_free(&d->pool);
	*d = (struct dictionary){ 0 };
}

static inline uint64_t lowest_bytes(size_t count)
{
	return count >= 8 ? ~(uint64_t)0 : ((uint64_t)1 << count * 8) - 1;
}

static uint64_t load(const char *s, size_t bytes)
{
	uint64_t word = 0;

	memcpy(&word, s, bytes);
	return word;
}

/* The first bytes of a text as two words, where nothing may be read behind it. */
static void careful_head(const char *text, size_t bytes, uint64_t ret[2])
{
	ret[0] = ret[1] = 0;
	if (bytes >= 8) {
		size_t n = bytes < DICTIONARY_HEAD_BYTES ? bytes : DICTIONARY_HEAD_BYTES;
		ret[0] = load(text, 8);
		if (n > 8)
			ret[1] = load(text + n - 8, 8) >> (DICTIONARY_HEAD_BYTES - n) * 8;
	} else if (bytes >= 4) {
		ret[0] = load(text, 4) | load(text + bytes - 4, 4) << (bytes - 4) * 8;
	} else if (bytes > 0) {
		ret[0] = (uint64_t)(unsigned char)text[0] |
		         (uint64_t)(unsigned char)text[bytes / 2] << bytes / 2 * 8 |
		         (uint64_t)(unsigned char)text[bytes - 1] << (bytes - 1) * 8;
	}
}

static inline uint64_t hash_of_head(uint64_t first, uint64_t second, size_t bytes)
{
	return hash_mix(first ^ bytes * 0xa0761d6478bd642fu, second ^ 0xe7037ed1a0b428dbu);
}

static inline uint64_t hash_of(const uint64_t head[2], const char *text, size_t bytes)
{
	return bytes > DICTIONARY_HEAD_BYTES ? hash_bytes(text, bytes)
	                                     : hash_of_head(head[0], head[1], bytes);
}

static struct dictionary_key key_of(const char *text, size_t bytes)
{
	struct dictionary_key key = { .text = text, .bytes = bytes };

	careful_head(text, bytes, key.head);
	key.hash = hash_of(key.head, text, bytes);
	return key;
}

static void grow_to(struct dictionary *d, uint32_t slots)
{
	struct bigarray old = d->room;

	d->room = (struct bigarray){ 0 };
	d->slots = bigarray_reserve(&d->room, (size_t)slots * sizeof(*d->slots));
	d->slot_mask = slots - 1;
	for (uint32_t code = 1; code < d->count; code++) {
		const struct dictionary_entry *e = dictionary_entry(d, code);
		uint64_t h = hash_of(e->head, (const char *)d->pool.data + e->offset, e->length);
		uint32_t i = (uint32_t)h & d->slot_mask;
		while (d->slots[i] != 0)
			i = (i + 1) & d->slot_mask;
		d->slots[i] = (h & 0xffffffff00000000u) | code;
	}
	bigarray_free(&old);
}

void dictionary_give(struct bigarray_store *s, struct dictionary *d)
{
	bigarray_give(s, &d->room);
	bigarray_give(s, &d->entries);
	bigarray_give(s, &d->pool);
	*d = (struct dictionary){ 0 };
}

void dictionary_reserve(struct dictionary *d, uint32_t more, size_t bytes)
{
	uint64_t slots = (uint64_t)d->slot_mask + 1;

	while (slots / 2 < (uint64_t)d->count + more)
		slots *= 2;
	assert(slots <= UINT32_MAX);
	if (slots > (uint64_t)d->slot_mask + 1)
		grow_to(d, (uint32_t)slots);
	(void)bigarray_reserve(&d->entries,
	                       d->entries.bytes + (size_t)more * sizeof(struct dictionary_entry));
	(void)bigarray_reserve(&d->pool, d->pool.bytes + more + bytes);
}

static inline bool same_text(const struct dictionary *d, const struct dictionary_entry *e,
                             const struct dictionary_key *key)
{
	if ((e->head[0] ^ key->head[0]) | (e->head[1] ^ key->head[1]) | (e->length ^ key->bytes))
		return false;
	return key->bytes <= DICTIONARY_HEAD_BYTES ||
	       memcmp((const char *)d->pool.data + e->offset, key->text, key->bytes) == 0;
}

/* The slot of the text, or the free one where it belongs. */
static inline uint32_t find_slot(const struct dictionary *d, const struct dictionary_key *key)
{
	uint32_t i = (uint32_t)key->hash & d->slot_mask;

	for (; d->slots[i] != 0; i = (i + 1) & d->slot_mask) {
		if ((d->slots[i] ^ key->hash) >> 32 != 0)
			continue;
		if (same_text(d, dictionary_entry(d, (uint32_t)d->slots[i]), key))
			return i;
	}
	return i;
}

static uint32_t add(struct dictionary *d, uint32_t slot, const struct dictionary_key *key)
{
	struct dictionary_entry e = { .head = { key->head[0], key->head[1] },
		                      .length = (uint32_t)key->bytes,
		                      .offset = d->pool.bytes };
	uint32_t code = d->count++;

	assert(code < UINT32_MAX / 2);
	(void)bigarray_push(&d->entries, &e, sizeof(e));
	char *to = bigarray_push(&d->pool, NULL, key->bytes + 1);
	memcpy(to, key->text, key->bytes);
	to[key->bytes] = '\0';
	d->slots[slot] = (key->hash & 0xffffffff00000000u) | code;
	if (d->count > d->slot_mask / 2)
		grow_to(d, (d->slot_mask + 1) * 4);
	return code;
}

static uint32_t code_of(struct dictionary *d, const struct dictionary_key *key)
{
	uint32_t slot = find_slot(d, key);

	if (d->slots[slot] != 0)
		return (uint32_t)d->slots[slot];
	return add(d, slot, key);
}

uint32_t dictionary_code(struct dictionary *d, const char *text, size_t bytes)
{
	const struct dictionary_key key = key_of(text, bytes);

	return bytes == 0 ? 0 : code_of(d, &key);
}

/* Word for word into its place: words written apart and then copied as one wait for each other. */
void dictionary_expect(const struct dictionary *d, const char *text, size_t bytes,
                       struct dictionary_key *ret)
{
	uint64_t first, second;

	memcpy(&first, text, sizeof(first));
	memcpy(&second, text + sizeof(first), sizeof(second));
	first &= lowest_bytes(bytes);
	second &= lowest_bytes(bytes > 8 ? bytes - 8 : 0);
	const uint64_t hash = bytes > DICTIONARY_HEAD_BYTES ? hash_bytes(text, bytes)
	                                                    : hash_of_head(first, second, bytes);
	__builtin_prefetch(&d->slots[(uint32_t)hash & d->slot_mask]);
	ret->text = text;
	ret->bytes = bytes;
	ret->head[0] = first;
	ret->head[1] = second;
	ret->hash = hash;
}

void dictionary_expect_entry(const struct dictionary *d, const struct dictionary_key *key)
{
	__builtin_prefetch(
	    dictionary_entry(d, (uint32_t)d->slots[(uint32_t)key->hash & d->slot_mask]));
}

uint32_t dictionary_key_code(struct dictionary *d, const struct dictionary_key *key)
{
	return key->bytes == 0 ? 0 : code_of(d, key);
}

uint32_t dictionary_count_code(struct dictionary *d, const struct dictionary_key *key)
{
	uint32_t code = dictionary_key_code(d, key);

	dictionary_entry(d, code)->count += code != 0;
	return code;
}

uint32_t dictionary_find(const struct dictionary *d, const char *text, size_t bytes)
{
	const struct dictionary_key key = key_of(text, bytes);

	return bytes == 0 ? 0 : (uint32_t)d->slots[find_slot(d, &key)];
}
