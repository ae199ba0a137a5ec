#include "matching/key_plan.h"

#include <assert.h>
#include <string.h>

#include "matching/dates.h"
#include "matching/hash.h"
#include "matching/identifiers.h"

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

enum { CODE_END_BYTES = 10, CODE_LEAST_BYTES = 5 };

/* Half of the end of a code, as it looks: O and 0, I and 1, B and 8 are what people confuse. */
static uint32_t code_half(const struct value *x, bool tail)
{
	static const char LOOKS[256] = {
		['o'] = '0', ['q'] = '0', ['d'] = '0', ['i'] = '1', ['l'] = '1',
		['z'] = '2', ['s'] = '5', ['g'] = '6', ['b'] = '8', ['v'] = 'u'
	};
	int length = x->length < VALUE_HEAD_BYTES ? x->length : VALUE_HEAD_BYTES;
	int end = length < CODE_END_BYTES ? length : CODE_END_BYTES;
	int from = length - end + (tail ? end / 2 : 0), to = length - (tail ? 0 : end - end / 2);
	char half[CODE_END_BYTES] = { 0 };

	if (length < CODE_LEAST_BYTES)
		return 0;
	for (int i = from; i < to; i++) {
		char looks = LOOKS[(unsigned char)x->head[i]];
		half[i - from] = looks != 0 ? looks : x->head[i];
	}
	return hash_fold_nonzero(hash_bytes(half, (size_t)(to - from)));
}

static uint32_t name_part(const struct value *x, enum model_field_kind kind, uint32_t code,
                          enum key_part part)
{
	switch ((int)part) {
	case KEY_SOUND:
		if (kind == FIELD_GIVEN)
			return x->first_length == 1 ? 0 : x->first_sound;
		return x->sound;
	case KEY_FIRST_SOUND:
		return x->first_length == 1 ? 0 : x->first_sound;
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
	case KEY_HEAD:
	case KEY_TAIL:
		return code_half(x, part == KEY_TAIL);
	default:
		return code;
	}
}

/* Of fields whose code is the value itself. */
static inline uint32_t packed_part(enum model_field_kind kind, enum key_part part, uint32_t code)
{
	if (kind == FIELD_DATE)
		return date_part(code, part);
	if (kind == FIELD_POSTCODE && part == KEY_AREA)
		return postcode_digits(code);
	if (kind == FIELD_INITIALS && part == KEY_INITIAL)
		return (code & 31) + 'a' - 1;
	return code;
}

uint32_t key_part_of_code(const struct values *v, enum model_field_kind kind, enum key_part part,
                          uint32_t code)
{
	if (field_has_text(kind))
		return name_part(value_at(v, field_group(kind), code), kind, code, part);
	return packed_part(kind, part, code);
}

static const uint64_t SALT_SWAPPABLE = 0x5bd1e995;

static uint8_t plan_part(struct key_plan *p, const struct model *m, const struct layout *l,
                         int field, enum key_part part, uint64_t salt)
{
	for (int i = 0; i < p->part_count; i++)
		if (p->parts[i].field == field && p->parts[i].part == part &&
		    p->parts[i].salt == salt)
			return (uint8_t)i;
	assert(p->part_count < KEY_PART_MAX);
	p->parts[p->part_count] =
	    (struct planned_part){ field, m->fields[field].kind, part, l->fields[field], salt };
	return (uint8_t)p->part_count++;
}

static struct planned_key plan_key(struct key_plan *p, const struct model *m,
                                   const struct layout *l, struct model_key key)
{
	enum model_field_kind kind = m->fields[key.field].kind;
	struct planned_key k = { .swappable = key.part == KEY_UNORDERED && kind != FIELD_DATE };
	uint64_t salt = k.swappable ? SALT_SWAPPABLE
	                            : hash_mix((uint64_t)key.field + 1, (uint64_t)key.part + 1);

	/* of a given name with two words that was written as a family name, only the first counts too */
	k.part = plan_part(p, m, l, key.field, k.swappable ? KEY_FIRST_SOUND : key.part, salt);
	k.other = key.other_field < 0 ? k.part
	                              : plan_part(p, m, l, key.other_field, key.other_part, salt);
	return k;
}

static bool has_key(const struct planned_rule *rule, struct planned_key key)
{
	for (int i = 0; i < rule->key_count; i++)
		if (rule->keys[i].part == key.part && rule->keys[i].other == key.other &&
		    rule->keys[i].swappable == key.swappable)
			return true;
	return false;
}

static bool is_wider(const struct planned_rule *wide, const struct planned_rule *rule)
{
	for (int i = 0; i < wide->key_count; i++)
		if (!has_key(rule, wide->keys[i]))
			return false;
	return true;
}

static void find_wider(struct key_plan *p)
{
	for (int i = 0; i < p->rule_count; i++)
		for (int k = 0; k < p->rule_count; k++)
			if (i != k && is_wider(&p->rules[k], &p->rules[i]))
				p->rules[i].wider |= 1u << k;
}

void key_plan_init(struct key_plan *p, const struct model *m, const struct layout *l)
{
	*p = (struct key_plan){ .rule_count = m->rule_count };
	for (int i = 0; i < m->rule_count; i++) {
		const struct model_rule *rule = &m->rules[i];
		p->rules[i].key_count = rule->key_count;
		for (int k = 0; k < rule->key_count; k++) {
			p->rules[i].keys[k] = plan_key(p, m, l, rule->keys[k]);
			p->rules[i].fields |= 1u << rule->keys[k].field;
			if (rule->keys[k].other_field >= 0)
				p->rules[i].fields |= 1u << rule->keys[k].other_field;
		}
	}
	find_wider(p);
}

static inline uint32_t scattered(uint32_t part, uint64_t salt)
{
	return part == 0 ? 0 : hash_fold_nonzero(hash_mix(hash_mix(part, salt), salt));
}

uint32_t key_plan_part(const struct values *v, const struct planned_part *part, uint32_t code)
{
	return scattered(key_part_of_code(v, part->kind, part->part, code), part->salt);
}

void key_plan_parts(const struct key_plan *p, const struct values *v, const uint32_t *row,
                    uint32_t *parts)
{
	for (int i = 0; i < p->part_count; i++) {
		uint32_t code = place_get(row, p->parts[i].at);
		parts[i] = code == 0 ? 0 : key_plan_part(v, &p->parts[i], code);
	}
}

/* Kind and part are constants where this is called, so that the loop asks nothing. */
static inline __attribute__((always_inline)) void
packed_column(const struct planned_part *p, enum model_field_kind kind, enum key_part part,
              const uint32_t *rows, size_t stride, uint32_t count, uint32_t *ret)
{
	const struct place at = p->at;
	const uint64_t salt = p->salt;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t code = place_get(rows + i * stride, at);
		ret[i] = code == 0 ? 0 : scattered(packed_part(kind, part, code), salt);
	}
}

void key_plan_packed(const struct planned_part *p, const uint32_t *rows, size_t stride,
                     uint32_t count, uint32_t *ret)
{
	if (p->kind == FIELD_DATE && p->part == KEY_YEAR)
		packed_column(p, FIELD_DATE, KEY_YEAR, rows, stride, count, ret);
	else if (p->kind == FIELD_DATE && p->part == KEY_MONTH_DAY)
		packed_column(p, FIELD_DATE, KEY_MONTH_DAY, rows, stride, count, ret);
	else if (p->kind == FIELD_DATE && p->part == KEY_UNORDERED)
		packed_column(p, FIELD_DATE, KEY_UNORDERED, rows, stride, count, ret);
	else if (p->kind == FIELD_DATE)
		packed_column(p, FIELD_DATE, KEY_WHOLE, rows, stride, count, ret);
	else if (p->kind == FIELD_POSTCODE && p->part == KEY_AREA)
		packed_column(p, FIELD_POSTCODE, KEY_AREA, rows, stride, count, ret);
	else if (p->kind == FIELD_INITIALS && p->part == KEY_INITIAL)
		packed_column(p, FIELD_INITIALS, KEY_INITIAL, rows, stride, count, ret);
	else
		packed_column(p, FIELD_DIGITS, KEY_WHOLE, rows, stride, count, ret);
}

enum { LANES = 4 };
typedef uint32_t lanes __attribute__((vector_size(LANES * sizeof(uint32_t))));

static inline lanes lanes_at(const uint32_t *from)
{
	lanes l;

	memcpy(&l, from, sizeof(l));
	return l;
}

void key_plan_keys(const struct planned_rule *rule, const struct key_lanes *parts, uint32_t *ret)
{
	for (int i = 0; i < KEY_LANES; i += LANES) {
		lanes sum = { 0 }, missing = { 0 };
		for (int k = 0; k < rule->key_count; k++) {
			const struct planned_key *key = &rule->keys[k];
			lanes part = lanes_at(&parts->of[key->part][i]);
			if (key->other != key->part)
				part |= lanes_at(&parts->of[key->other][i]) & (lanes)(part == 0);
			missing |= (lanes)(part == 0);
			sum += part;
		}
		sum -= (lanes)(sum == 0); /* all bits are minus one */
		sum &= ~missing;
		memcpy(ret + i, &sum, sizeof(sum));
	}
}
