/* index_parts.h - what asking (index.c), changing (index_change.c) and saving share */
#ifndef MATCHING_INDEX_PARTS_H
#define MATCHING_INDEX_PARTS_H

#include <pthread.h>

#include "matching/compare.h"
#include "matching/index.h"
#include "matching/neighbours.h"
#include "matching/postings.h"

enum { ROW_WORDS_MAX = 64, QUERY_TEXTS_MAX = MODEL_FIELD_MAX, WEIGHT_CACHE = 1 << 14 };

struct match_index {
	pthread_rwlock_t lock;
	struct records r;             /* rows[i]: record number i; key columns aren't kept */
	struct bigarray groups;       /* uint64_t per record */
	struct bigarray alive;        /* uint8_t per record */
	struct bigarray free_records; /* uint32_t: numbers to use again */
	struct postings rules[MODEL_RULE_MAX];
	struct postings by_id;     /* hash of the id -> record */
	struct name_folder folder; /* the writer's */
	uint32_t live_count;
	struct name_scan *families; /* distinct family names, for near ones */
	uint32_t families_seen;     /* values up to this code are in it */
	/* pattern << 32 | bits of the weight; any thread may fill, a lost race costs a recount */
	_Atomic uint64_t *weights;
	uint32_t weighed_count;  /* records that the weights reckon with: live_count, nearly */
	bool frozen;             /* frequencies and weighed_count stay as they were at the start */
	struct neighbours *near; /* of at least near_min, index_neighbours.h; NULL: not kept */
	double near_min;
};

static inline uint64_t *index_ids(const struct match_index *x)
{
	return x->r.ids.data;
}

/* The record with the id, or UINT32_MAX. */
uint32_t index_record_of(const struct match_index *x, uint64_t id);

/* When the number of records has changed by a sixteenth, the weights begin anew. The writer calls it. */
void index_weigh_anew(struct match_index *x);

double index_weight(const struct match_index *x, uint32_t pattern);

/* What by_id keeps an id under. */
uint32_t index_id_key(uint64_t id);

/* The rules' lists of all rows, from their keys, on all threads; what was in them goes. */
void index_fill_rules(struct match_index *x);

/* Puts record i, whose row is filled in, in all lists. */
void index_enlist(struct match_index *x, uint32_t record);

/* New values since the last time join the scan of family names. */
void index_scan_values(struct match_index *x);

struct match_index *index_alloc(void);

#endif
