#include "matching/records.h"

#include <assert.h>
#include <string.h>

void records_free(struct records *r)
{
	values_free(&r->values);
	bigarray_free(&r->rows);
	for (int i = 0; i < MODEL_RULE_MAX; i++)
		bigarray_free(&r->key_columns[i]);
	bigarray_free(&r->ids);
	bigarray_free(&r->id_text);
	r->count = 0;
}

static uint64_t values_bytes(const struct values *v)
{
	uint64_t sum = 0;

	for (int g = 0; g < VALUE_GROUPS; g++)
		sum += v->table[g].capacity_bytes + v->dictionary[g].room.capacity_bytes +
		       v->dictionary[g].entries.capacity_bytes +
		       v->dictionary[g].pool.capacity_bytes;
	return sum;
}

uint64_t records_bytes(const struct records *r)
{
	uint64_t sum = r->rows.capacity_bytes + r->ids.capacity_bytes + r->id_text.capacity_bytes;

	for (int i = 0; i < MODEL_RULE_MAX; i++)
		sum += r->key_columns[i].capacity_bytes;
	return sum + values_bytes(&r->values);
}

uint64_t record_id_pack(struct bigarray *text, const char *id, size_t bytes)
{
	uint64_t packed = 0;

	assert(bytes <= RECORD_ID_MAX_BYTES);
	if (bytes <= 7) {
		memcpy(&packed, id, bytes);
		return packed | (uint64_t)bytes << 56;
	}
	packed = (uint64_t)text->bytes | (uint64_t)bytes << 56;
	(void)bigarray_push(text, id, bytes);
	return packed;
}

static void unpack(uint64_t packed, const char *long_ids, char ret[RECORD_ID_MAX_BYTES + 1])
{
	size_t bytes = (size_t)(packed >> 56);

	if (bytes <= 7)
		memcpy(ret, &packed, bytes);
	else
		memcpy(ret, long_ids + (packed & 0xffffffffffffffu), bytes);
	ret[bytes] = '\0';
}

void record_id(const struct records *r, uint32_t record, char ret[RECORD_ID_MAX_BYTES + 1])
{
	unpack(((const uint64_t *)r->ids.data)[record], r->id_text.data, ret);
}

struct id_list id_list_take(const struct records *r)
{
	struct id_list l = { .ids = { 0 } };

	(void)bigarray_push(&l.ids, r->ids.data, (size_t)r->count * sizeof(uint64_t));
	(void)bigarray_push(&l.text, r->id_text.data, r->id_text.bytes);
	return l;
}

void id_list_free(struct id_list *l)
{
	bigarray_free(&l->ids);
	bigarray_free(&l->text);
}

void id_list_text(const struct id_list *l, uint32_t record, char ret[RECORD_ID_MAX_BYTES + 1])
{
	unpack(((const uint64_t *)l->ids.data)[record], l->text.data, ret);
}

uint32_t row_key_part(const struct model *m, const struct layout *l, const struct values *v,
                      const uint32_t *row, struct model_key key)
{
	uint32_t code = place_get(row, l->fields[key.field]);
	uint32_t part =
	    code == 0 ? 0 : key_part_of_code(v, m->fields[key.field].kind, key.part, code);

	if (part != 0 || key.other_field < 0)
		return part;
	return row_key_part(m, l, v, row,
	                    (struct model_key){ key.other_field, key.other_part, -1, 0 });
}

void row_keys(const struct key_plan *p, const struct values *v, const uint32_t *row, uint32_t *keys)
{
	uint32_t parts[KEY_PART_MAX];

	key_plan_parts(p, v, row, parts);
	for (int i = 0; i < p->rule_count; i++)
		keys[i] = key_plan_key(&p->rules[i], parts);
}
