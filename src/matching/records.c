#include "matching/records.h"

#include <assert.h>
#include <string.h>

#include "matching/dates.h"
#include "matching/hash.h"
#include "matching/identifiers.h"

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

static uint32_t date_part(uint32_t date, enum key_part part)
{
	uint32_t year = date_year(date), month = date_month(date), day = date_day(date);

	switch ((int)part) {
	case KEY_YEAR:
		return year;
	case KEY_MONTH_DAY:
		return month == 0 || day == 0 || (month == 1 && day == 1) ? 0 : month << 5 | day;
	case KEY_UNORDERED:
		if (month > day || day > 12)
			return date;
		return date_pack(year, day, month) == 0 ? date : date_pack(year, day, month);
	default:
		return date;
	}
}

static uint32_t name_part(const struct value *x, enum field_kind kind, uint32_t code,
                          enum key_part part)
{
	switch ((int)part) {
	case KEY_SOUND:
		if (kind == FIELD_GIVEN)
			return x->first_length == 1 ? 0 : x->first_sound;
		return x->sound;
	case KEY_FIRST:
		return x->first_length == 1 ? 0 : x->first;
	case KEY_INITIAL:
		return (uint32_t)(unsigned char)x->head[0];
	case KEY_NICK:
		if (x->first_length == 1)
			return 0;
		return x->nick[0] != 0 ? x->nick[0] : x->first_sound;
	case KEY_RARE_WORD:
		return x->rare_word;
	default:
		return code;
	}
}

uint32_t row_key_part(const struct model *m, const struct layout *l, const struct values *v,
                      const uint32_t *row, struct model_key key)
{
	enum field_kind kind = m->fields[key.field].kind;
	uint32_t code = place_get(row, l->fields[key.field]);

	if (code == 0 && key.other_field >= 0)
		return row_key_part(m, l, v, row,
		                    (struct model_key){ key.other_field, key.other_part, -1, 0 });
	if (code == 0)
		return 0;
	if (kind == FIELD_DATE)
		return date_part(code, key.part);
	if (kind == FIELD_POSTCODE && key.part == KEY_AREA)
		return postcode_digits(code);
	if (kind == FIELD_INITIALS && key.part == KEY_INITIAL)
		return (code & 31) + 'a' - 1;
	if (field_has_text(kind))
		return name_part(value_at(v, field_group(kind), code), kind, code, key.part);
	return code;
}

/* Names with "unordered" combine so that a swap gives the same key. */
static uint32_t rule_key(const struct model *m, const struct layout *l, const struct values *v,
                         const uint32_t *row, const struct model_rule *rule)
{
	uint64_t h = 0, unordered = 0;

	for (int i = 0; i < rule->key_count; i++) {
		struct model_key key = rule->keys[i];
		enum field_kind kind = m->fields[key.field].kind;
		bool swappable = key.part == KEY_UNORDERED && kind != FIELD_DATE;
		if (swappable)
			key.part = KEY_SOUND;
		uint32_t part = row_key_part(m, l, v, row, key);
		if (part == 0)
			return 0;
		if (swappable)
			unordered += hash_mix(part, 0x5bd1e995);
		else
			h = hash_mix(h ^ part, 0x2545f4914f6cdd1d + (uint64_t)i);
	}
	return hash_fold_nonzero(hash_mix(h, unordered));
}

void row_keys(const struct model *m, const struct layout *l, const struct values *v,
              const uint32_t *row, uint32_t *keys)
{
	for (int i = 0; i < m->rule_count; i++)
		keys[i] = rule_key(m, l, v, row, &m->rules[i]);
}
