/*
 * dictionary.h - each distinct text once, with a number: codes from 1, 0 is "empty"
 *
 * Open addressing with linear probing, at most half full; texts of up to 16 bytes are compared
 * within the entry. One thread writes; many may read when nobody writes. Not for texts an
 * attacker may choose without bound: the caller limits the number of records first.
 */
#ifndef MATCHING_DICTIONARY_H
#define MATCHING_DICTIONARY_H

#include <stddef.h>
#include <stdint.h>

#include "matching/bigarray.h"

enum { DICTIONARY_HEAD_BYTES = 16 };

struct dictionary_entry {
	uint64_t head[2]; /* the text or its first bytes, zero padded */
	uint32_t length;
	uint32_t count;  /* how often dictionary_count_code gave it */
	uint64_t offset; /* of the whole text in the pool */
};

struct dictionary {
	uint64_t *slots; /* high half of the hash, code in the low half; 0: free; room's data */
	struct bigarray room;
	uint32_t slot_mask;
	uint32_t count; /* entries in use, the empty one included: codes are < count */
	struct bigarray entries;
	struct bigarray pool;
};

void dictionary_init(struct dictionary *d);
void dictionary_free(struct dictionary *d);

/* Its room goes to the store; *d is zeroed. */
void dictionary_give(struct bigarray_store *s, struct dictionary *d);

/* Makes room for this many texts more, of bytes in all, so that it needn't grow step by step. */
void dictionary_reserve(struct dictionary *d, uint32_t more, size_t bytes);

/* The code of the text, which is added if new. An empty text is 0. */
uint32_t dictionary_code(struct dictionary *d, const char *text, size_t bytes);
/* A text that will be asked soon: its first bytes, zero padded, and its hash. */
struct dictionary_key {
	const char *text;
	size_t bytes;
	uint64_t head[2], hash;
};

/* The key of a text behind whose end DICTIONARY_HEAD_BYTES more can be read; what holds its place is
 * fetched meanwhile. */
void dictionary_expect(const struct dictionary *d, const char *text, size_t bytes,
                       struct dictionary_key *ret);
/* The second step of that: the entry itself is fetched. */
void dictionary_expect_entry(const struct dictionary *d, const struct dictionary_key *key);
/* The code of such a text, which is added if new. */
uint32_t dictionary_key_code(struct dictionary *d, const struct dictionary_key *key);
/* The same, and one more use counts. */
uint32_t dictionary_count_code(struct dictionary *d, const struct dictionary_key *key);
/* The code, or 0 when the text isn't there. */
uint32_t dictionary_find(const struct dictionary *d, const char *text, size_t bytes);

static inline struct dictionary_entry *dictionary_entry(const struct dictionary *d, uint32_t code)
{
	return (struct dictionary_entry *)d->entries.data + code;
}

static inline const char *dictionary_text(const struct dictionary *d, uint32_t code)
{
	return (const char *)d->pool.data + dictionary_entry(d, code)->offset;
}

#endif
