/*
 * values.h - what is known of each distinct name, street or code: sound, first word, frequency
 *
 * Everything that can be worked out per distinct text is worked out here once, so that comparing
 * two rows reads two cache lines and computes a distance only where names really differ.
 */
#ifndef MATCHING_VALUES_H
#define MATCHING_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "matching/dictionary.h"
#include "matching/fold.h"
#include "matching/model.h"
#include "matching/names.h"

enum {
	VALUE_HEAD_BYTES = 20,
	FREQUENCY_CLASSES = 5,
	FREQUENCY_ROLES = 2 /* as a given name, as anything else */
};

/* Which dictionary a field's texts go to. Given and family names share one: they get swapped. */
enum value_group { GROUP_NAMES, GROUP_TEXTS, GROUP_CODES, GROUP_ORGANISATIONS, VALUE_GROUPS };

struct value {
	char head[VALUE_HEAD_BYTES];        /* folded text, zero padded */
	uint8_t length;                     /* of the whole text */
	uint8_t first_length;               /* of its first word */
	uint8_t frequency[FREQUENCY_ROLES]; /* 0 common .. FREQUENCY_CLASSES - 1 rare */
	uint32_t first, last; /* codes of the first and the last word; itself if it has one */
	uint32_t sound;       /* hash of the phonetic skeleton of the whole, 0: none */
	uint32_t first_sound; /* of the first word */
	uint32_t count[FREQUENCY_ROLES];
	uint16_t nick[NICKNAME_ROWS_PER_NAME];
	uint32_t rare_word; /* organisations: code of the rarest word */
	uint32_t letters;   /* a bit per letter that occurs in the whole text */
};
_Static_assert(sizeof(struct value) == 64, "one cache line");

enum { VALUE_QUERY_BASE = 1 << 30, QUERY_VALUES_MAX = 64 };

/* Values of one query that the register doesn't have: known for as long as it is asked. */
struct query_values {
	struct value table[QUERY_VALUES_MAX];
	char text[QUERY_VALUES_MAX][FOLD_MAX_BYTES + 1];
	enum value_group group[QUERY_VALUES_MAX];
	int count;
};

struct values {
	struct dictionary dictionary[VALUE_GROUPS];
	struct bigarray table[VALUE_GROUPS]; /* struct value per code */
	struct nicknames *nicknames;
	struct query_values *query; /* codes from VALUE_QUERY_BASE on; NULL: none */
};

void values_init(struct values *v);
void values_free(struct values *v);

enum value_group field_group(enum model_field_kind kind);
bool field_has_text(enum model_field_kind kind);

/* Folds a cell's text as its kind asks; what counts begins at folded + *ret_skip. Returns the
 * length from there, -1: not UTF-8. Needs no values: any thread with a folder of its own. */
int values_fold(struct name_folder *f, enum model_field_kind kind, const char *text, size_t bytes,
                char folded[FOLD_MAX_BYTES + 1], int *ret_skip);

/* The code of a cell's text: folded as its kind asks, added if new. -1: not UTF-8. */
int64_t values_code(struct values *v, struct name_folder *f, enum model_field_kind kind,
                    const char *text, size_t bytes);

/* The same without adding: what isn't there becomes a value of v->query. */
int64_t values_query_code(struct values *v, struct name_folder *f, enum model_field_kind kind,
                          const char *text, size_t bytes);

/* Works out first, last, sound and nicknames of values from code on. */
void values_derive(struct values *v, enum value_group group, uint32_t from_code);

/* Its three steps, for who has several threads: the words of longer names join the dictionary; the
 * table gets its room; and values are described, whereby ranges of codes don't touch each other. */
void values_add_words(struct values *v, enum value_group group, uint32_t from_code);
void values_reserve(struct values *v, enum value_group group);
void values_describe(struct values *v, enum value_group group, uint32_t from_code,
                     uint32_t to_code);

/* Adds uses of a value in a role (0 given name, 1 other). */
void values_count(struct values *v, enum value_group group, uint32_t code, int role, uint32_t uses);

/* The class of a share of the records: above 1 in 250, 1,000, 5,000, 30,000; and rarer. */
uint8_t values_frequency_class(uint64_t count, uint64_t record_count);

/* One value's frequency class anew, and of its first word, after a change of its count. */
void values_rank_one(struct values *v, enum value_group group, uint32_t code,
                     uint64_t record_count);

/* Sets the frequency classes, given the number of records. */
void values_rank(struct values *v, enum value_group group, uint64_t record_count);
/* A range of them; ranges don't touch each other. */
void values_rank_range(struct values *v, enum value_group group, uint64_t record_count,
                       uint32_t from_code, uint32_t to_code);

static inline const struct value *value_at(const struct values *v, enum value_group group,
                                           uint32_t code)
{
	if (__builtin_expect(code >= VALUE_QUERY_BASE, 0))
		return &v->query->table[code - VALUE_QUERY_BASE];
	return (const struct value *)v->table[group].data + code;
}

/* The folded text, value->length bytes. */
static inline const char *value_text(const struct values *v, enum value_group group, uint32_t code)
{
	const struct value *x = value_at(v, group, code);
	if (x->length <= VALUE_HEAD_BYTES)
		return x->head;
	if (code >= VALUE_QUERY_BASE)
		return v->query->text[code - VALUE_QUERY_BASE];
	return dictionary_text(&v->dictionary[group], code);
}

#endif
