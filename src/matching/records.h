/*
 * records.h - a register as rows of codes: what the engine works on once the text is gone
 *
 * Row i has layout.stride words: the fields, then one blocking key per rule (0: none). The keys
 * stand a second time as columns, since blocking reads one rule of all records and comparing
 * reads all rules of one record.
 */
#ifndef MATCHING_RECORDS_H
#define MATCHING_RECORDS_H

#include <stdint.h>
#include <string.h>

#include "matching/bigarray.h"
#include "matching/key_plan.h"
#include "matching/layout.h"
#include "matching/model.h"
#include "matching/values.h"

struct records {
	struct model model;
	struct layout layout;
	struct key_plan plan;
	struct values values;
	struct bigarray rows;
	struct bigarray key_columns[MODEL_RULE_MAX];
	struct bigarray ids;     /* uint64_t per record, see record_id */
	struct bigarray id_text; /* of ids of more than seven bytes */
	uint32_t count;
};

void records_free(struct records *r);

/* The memory that they hold. */
uint64_t records_bytes(const struct records *r);

static inline uint32_t *record_row(const struct records *r, uint32_t record)
{
	return (uint32_t *)r->rows.data + (size_t)record * (size_t)r->layout.stride;
}

enum { RECORD_ID_MAX_BYTES = 200, RECORD_COUNT_MAX = 100000000 };

/* The record's own id as it stands in the file; writes at most RECORD_ID_MAX_BYTES and a NUL. */
void record_id(const struct records *r, uint32_t record, char ret[RECORD_ID_MAX_BYTES + 1]);

/* The same for many: without NUL, bytes behind it may be overwritten. Returns its length. */
enum { RECORD_ID_ROOM_BYTES = RECORD_ID_MAX_BYTES + 8 };

static inline size_t record_id_put(const struct records *r, uint32_t record,
                                   char ret[RECORD_ID_ROOM_BYTES])
{
	const uint64_t packed = ((const uint64_t *)r->ids.data)[record];
	const size_t bytes = (size_t)(packed >> 56);

	memcpy(ret, &packed, sizeof(packed));
	if (bytes > 7)
		memcpy(ret, (const char *)r->id_text.data + (packed & 0xffffffffffffffu), bytes);
	return bytes;
}

/* That record's id will be asked soon. */
static inline void record_id_expect(const struct records *r, uint32_t record)
{
	__builtin_prefetch((const uint64_t *)r->ids.data + record);
}

/* The ids alone, for when the records go elsewhere. */
struct id_list {
	struct bigarray ids, text;
};

struct id_list id_list_take(const struct records *r); /* a copy */
void id_list_free(struct id_list *l);
void id_list_text(const struct id_list *l, uint32_t record, char ret[RECORD_ID_MAX_BYTES + 1]);

/* Packs an id: up to seven bytes within the word, longer ones in text. */
uint64_t record_id_pack(struct bigarray *text, const char *id, size_t bytes);

/* The blocking keys of a row whose fields are filled in, into keys[rule]. */
void row_keys(const struct key_plan *p, const struct values *v, const uint32_t *row,
              uint32_t *keys);

/* One part of one field of a row, as blocking sees it; 0: missing. */
uint32_t row_key_part(const struct model *m, const struct layout *l, const struct values *v,
                      const uint32_t *row, struct model_key key);

#endif
