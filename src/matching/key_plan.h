/*
 * key_plan.h - the blocking keys of a row, each part of a field worked out once
 *
 * Several rules use the same part (the sound of the family name, the year of birth); a plan lists
 * each once and tells which rule takes which. Read-only once made; safe for all threads.
 */
#ifndef MATCHING_KEY_PLAN_H
#define MATCHING_KEY_PLAN_H

#include "matching/layout.h"
#include "matching/values.h"

enum { KEY_PART_MAX = 64 };

struct planned_part {
	int field;
	enum model_field_kind kind;
	enum key_part part;
	struct place at;
	uint64_t salt; /* parts that may stand for each other share it */
};

struct planned_key {
	uint8_t part,
	    other;      /* of key_plan.parts; other: where the first gives nothing, or itself */
	bool swappable; /* with the rule's other swappable keys, in any order */
};

struct planned_rule {
	struct planned_key keys[MODEL_KEY_MAX];
	int key_count;
	uint32_t fields; /* a bit per field that it reads */
	uint32_t
	    wider; /* a bit per rule whose every key is one of its own: finds all that it finds */
};

struct key_plan {
	struct planned_part parts[KEY_PART_MAX];
	int part_count;
	struct planned_rule rules[MODEL_RULE_MAX];
	int rule_count;
};

void key_plan_init(struct key_plan *p, const struct model *m, const struct layout *l);

/* One part of a field's code, as blocking sees it; 0: nothing. code is not 0. */
uint32_t key_part_of_code(const struct values *v, enum model_field_kind kind, enum key_part part,
                          uint32_t code);

/*
 * The same as a part of keys: scattered over 32 bits, so that a key is the sum of its parts, and
 * what comes back in many records is scattered once. 0: nothing. code is not 0.
 */
uint32_t key_plan_part(const struct values *v, const struct planned_part *part, uint32_t code);

/* All parts of a row, into parts[p->part_count]; 0: missing. */
void key_plan_parts(const struct key_plan *p, const struct values *v, const uint32_t *row,
                    uint32_t *parts);

/* The same for many rows at once: of each part what it is in row 0, 1, ... */
enum { KEY_LANES = 64 };

struct key_lanes {
	uint32_t of[KEY_PART_MAX][KEY_LANES] __attribute__((aligned(64)));
};

/* One part, of a field without text, in count (at most KEY_LANES) rows of stride words. */
void key_plan_packed(const struct planned_part *part, const uint32_t *rows, size_t stride,
                     uint32_t count, uint32_t *ret);

/* One rule's keys in all lanes; what key_plan_key says of each. */
void key_plan_keys(const struct planned_rule *rule, const struct key_lanes *parts, uint32_t *ret);

/* The key of one rule from those; 0: none. Nearly uniform over 32 bits, the same for ever. A swap
 * of swappable names gives the same key, since their parts share a salt. */
static inline uint32_t key_plan_key(const struct planned_rule *rule, const uint32_t *parts)
{
	uint32_t sum = 0, missing = 0;

	for (int i = 0; i < rule->key_count; i++) {
		uint32_t part = parts[rule->keys[i].part], other = parts[rule->keys[i].other];
		part = part != 0 ? part : other;
		missing |= part == 0;
		sum += part;
	}
	sum += sum == 0;
	return missing ? 0 : sum;
}

#endif
