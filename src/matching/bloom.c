#include "matching/bloom.h"

#include <assert.h>
#include <string.h>

#include "matching/bigarray.h"
#include "matching/compare.h"
#include "matching/dates.h"
#include "matching/hash.h"
#include "matching/threads.h"

const uint8_t BLOOM_FIRST[BLOOM_PARTS] = { 0, 4, 8, 10, 12, 14 };
const uint8_t BLOOM_WIDTH[BLOOM_PARTS] = { 4, 4, 2, 2, 2, 2 };

struct hiding {
	const struct bloom_settings *s;
	struct records *r;
	int threads;
};

static void hide_share(int share, void *arg)
{
	const struct hiding *h = arg;
	struct records *r = h->r;
	int words = r->layout.word_count;
	uint64_t count = r->count;
	uint32_t from = (uint32_t)(count * (uint64_t)share / (uint64_t)h->threads);
	uint32_t to = (uint32_t)(count * (uint64_t)(share + 1) / (uint64_t)h->threads);

	for (uint32_t i = from; i < to; i++)
		for (int k = 0; k < r->model.rule_count; k++) {
			uint32_t *key = &record_row(r, i)[words + k];
			if (*key == 0)
				continue;
			uint64_t hidden = siphash_words(&h->s->key, *key, (uint64_t)k + 1000);
			*key = (uint32_t)hidden == 0 ? 1 : (uint32_t)hidden;
			((uint32_t *)r->key_columns[k].data)[i] = *key;
		}
}

void bloom_hide_keys(const struct bloom_settings *s, struct records *r, int threads)
{
	struct hiding h = { s, r, threads };

	threads_run(threads, hide_share, &h);
}

static int bits_of(const struct bloom *a, enum bloom_part part)
{
	int bits = 0;

	for (int i = 0; i < BLOOM_WIDTH[part]; i++)
		bits += __builtin_popcountll(a->words[BLOOM_FIRST[part] + i]);
	return bits;
}

static int bits_shared(const struct bloom *a, const struct bloom *b, enum bloom_part part)
{
	int bits = 0;

	for (int i = 0; i < BLOOM_WIDTH[part]; i++)
		bits += __builtin_popcountll(a->words[BLOOM_FIRST[part] + i] &
		                             b->words[BLOOM_FIRST[part] + i]);
	return bits;
}

double bloom_dice(const struct bloom *a, const struct bloom *b, enum bloom_part part)
{
	int sum = bits_of(a, part) + bits_of(b, part);

	return sum == 0 ? 0 : 2.0 * bits_shared(a, b, part) / sum;
}

/* From this Dice on a part has the level; the last that fits counts. */
struct step {
	double dice;
	int level;
};

static const struct {
	enum comparison_kind kind;
	enum bloom_part part;
	struct step steps[5];
} STEPS[] = {
	{ COMPARE_GIVEN,
	  BLOOM_GIVEN,
	  { { 0, GIVEN_DIFFERENT },
	    { 0.42, GIVEN_PART },
	    { 0.55, GIVEN_PART },
	    { 0.68, GIVEN_ONE_SLIP },
	    { 0.999, GIVEN_SAME + 2 } } },
	{ COMPARE_FAMILY,
	  BLOOM_FAMILY,
	  { { 0, FAMILY_DIFFERENT },
	    { 0.42, FAMILY_SIMILAR },
	    { 0.58, FAMILY_TWO_SLIPS },
	    { 0.7, FAMILY_ONE_SLIP },
	    { 0.999, FAMILY_SAME + 2 } } },
	{ COMPARE_DATE,
	  BLOOM_DATE,
	  { { 0, DATE_DIFFERENT },
	    { 0.6, DATE_SAME_YEAR },
	    { 0.7, DATE_NEAR },
	    { 0.82, DATE_ONE_SLIP },
	    { 0.999, DATE_SAME } } },
	{ COMPARE_ADDRESS,
	  BLOOM_ADDRESS,
	  { { 0, ADDRESS_DIFFERENT },
	    { 0.25, ADDRESS_SAME_AREA },
	    { 0.42, ADDRESS_SAME_STREET },
	    { 0.6, ADDRESS_NEAR },
	    { 0.999, ADDRESS_SAME } } },
	{ COMPARE_NUMBER,
	  BLOOM_PHONE,
	  { { 0, NUMBER_DIFFERENT },
	    { 0.8, NUMBER_ONE_SLIP },
	    { 0.999, NUMBER_SAME },
	    { 2, 0 },
	    { 2, 0 } } },
};

static bool is_empty(const struct bloom *b, enum bloom_part part)
{
	return bits_of(b, part) == 0;
}

/* Where a given name is only an initial, or another one: what the initials say. */
static int by_initial(int level, const struct bloom *a, const struct bloom *b)
{
	if (level > GIVEN_DIFFERENT || is_empty(a, BLOOM_INITIAL) || is_empty(b, BLOOM_INITIAL))
		return level;
	bool same = bloom_dice(a, b, BLOOM_INITIAL) > 0.999;
	if (level == GIVEN_MISSING)
		return same ? GIVEN_INITIAL_FITS : GIVEN_DIFFERENT;
	return same ? GIVEN_SAME_INITIAL : level;
}

/* Names are salted by the year of birth: of one that has it and one that hasn't, all bits differ, also
 * where the names are the same. */
static bool salts_differ(enum bloom_part part, const struct bloom *a, const struct bloom *b)
{
	return (part == BLOOM_GIVEN || part == BLOOM_FAMILY) &&
	       is_empty(a, BLOOM_DATE) != is_empty(b, BLOOM_DATE);
}

static int level_of(size_t row, const struct bloom *a, const struct bloom *b)
{
	enum bloom_part part = STEPS[row].part;
	bool known = !is_empty(a, part) && !is_empty(b, part) && !salts_differ(part, a, b);
	double dice = known ? bloom_dice(a, b, part) : -1;
	int level = 0;

	for (int i = 0; i < 5; i++)
		if (dice >= STEPS[row].steps[i].dice)
			level = STEPS[row].steps[i].level;
	return part == BLOOM_GIVEN && !salts_differ(part, a, b) ? by_initial(level, a, b) : level;
}

/* Which comparison of the model a row of STEPS makes. */
static bool is_for(const struct model *m, int k, size_t row)
{
	const struct model_comparison *c = &m->comparisons[k];
	bool phone = c->kind != COMPARE_NUMBER ||
	             (c->operands[0] >= 0 && m->fields[c->operands[0]].kind == FIELD_PHONE);

	return c->kind == STEPS[row].kind && phone;
}

enum { MIDDLE_CLASS = 2 };

/* A level as it is for names of this class: the commoner of the two. */
static int for_class(enum comparison_kind kind, int level, int class)
{
	if (kind == COMPARE_GIVEN && level == GIVEN_SAME + MIDDLE_CLASS)
		return GIVEN_SAME + class;
	if (kind == COMPARE_FAMILY && level == FAMILY_SAME + MIDDLE_CLASS)
		return FAMILY_SAME + class;
	if (kind == COMPARE_GIVEN && level == GIVEN_ONE_SLIP && class < MIDDLE_CLASS)
		return GIVEN_ONE_SLIP_COMMON;
	if (kind == COMPARE_FAMILY && level == FAMILY_ONE_SLIP && class < MIDDLE_CLASS)
		return FAMILY_ONE_SLIP_COMMON;
	return level;
}

static uint32_t pattern_of(const struct model *m, const struct bloom *a, const struct bloom *b,
                           int given_class, int family_class)
{
	uint32_t pattern = 0;

	for (size_t row = 0; row < sizeof(STEPS) / sizeof(STEPS[0]); row++)
		for (int k = 0; k < m->comparison_count; k++) {
			if (!is_for(m, k, row))
				continue;
			int class = STEPS[row].part == BLOOM_GIVEN ? given_class : family_class;
			int level = for_class(STEPS[row].kind, level_of(row, a, b), class);
			pattern |= (uint32_t)level << (4 * k);
		}
	return pattern;
}

uint32_t bloom_pattern(const struct model *m, const struct bloom *a, const struct bloom *b)
{
	return pattern_of(m, a, b, MIDDLE_CLASS, MIDDLE_CLASS);
}

/* ---- how common ------------------------------------------------------------------------------- */

static const enum bloom_part COUNTED[] = { BLOOM_GIVEN, BLOOM_FAMILY };
enum { COUNTED_PARTS = 2 };

/* How often each hash occurs; 0: free. */
struct counted {
	uint64_t hash;
	uint32_t count;
};

static struct counted *place_in(struct counted *table, uint32_t mask, const struct bloom *b,
                                enum bloom_part part)
{
	uint64_t h =
	    hash_bytes((const char *)&b->words[BLOOM_FIRST[part]], (size_t)BLOOM_WIDTH[part] * 8) |
	    1;
	uint32_t i = (uint32_t)(h >> 20) & mask;

	while (table[i].hash != 0 && table[i].hash != h)
		i = (i + 1) & mask;
	table[i].hash = h;
	return &table[i];
}

static void count_part(const struct bloom *filters, uint32_t count, int which, uint64_t people,
                       uint8_t *classes)
{
	struct bigarray room = { 0 };
	uint32_t slots = 1024;

	while (slots / 2 < count)
		slots *= 2;
	struct counted *table = bigarray_reserve(&room, (size_t)slots * sizeof(*table));
	for (uint32_t i = 0; i < count; i++)
		place_in(table, slots - 1, &filters[i], COUNTED[which])->count++;
	for (uint32_t i = 0; i < count; i++)
		classes[(size_t)i * COUNTED_PARTS + (size_t)which] = values_frequency_class(
		    place_in(table, slots - 1, &filters[i], COUNTED[which])->count, people);
	bigarray_free(&room);
}

void bloom_commonness_count(struct bloom_commonness *ret, const struct bloom *filters,
                            uint32_t count, bool salted)
{
	*ret = (struct bloom_commonness){ { 0 } };
	uint8_t *classes = bigarray_reserve(&ret->classes, (size_t)count * COUNTED_PARTS + 1);

	for (int which = 0; which < COUNTED_PARTS; which++)
		count_part(filters, count, which, salted ? count / BLOOM_YEARS + 1 : count,
		           classes);
}

void bloom_commonness_free(struct bloom_commonness *c)
{
	bigarray_free(&c->classes);
}

static int commoner(uint8_t a, uint8_t b)
{
	return a < b ? a : b;
}

uint32_t bloom_pattern_among(const struct model *m, const struct bloom *filters,
                             const struct bloom_commonness *c, uint32_t left, uint32_t right)
{
	const uint8_t *a = (const uint8_t *)c->classes.data + (size_t)left * COUNTED_PARTS;
	const uint8_t *b = (const uint8_t *)c->classes.data + (size_t)right * COUNTED_PARTS;

	return pattern_of(m, &filters[left], &filters[right], commoner(a[0], b[0]),
	                  commoner(a[1], b[1]));
}

/* Spreads what is left of 1 evenly over the levels that weren't named. */
static void fill_levels(double *levels, int count, const int *named, const double *values, int n)
{
	double left = 1;

	for (int l = 0; l < MODEL_LEVEL_MAX; l++)
		levels[l] = 0;
	for (int i = 0; i < n; i++) {
		levels[named[i]] = values[i];
		left -= values[i];
	}
	for (int l = 1; l < count; l++)
		if (levels[l] == 0)
			levels[l] = left / count;
}

void bloom_model(const struct model *persons, struct model *ret)
{
	static const struct {
		enum comparison_kind kind;
		int named[3];
		double values[3];
	} OTHER_YEAR[] = {
		{ COMPARE_GIVEN,
		  { GIVEN_DIFFERENT, GIVEN_SAME_INITIAL, GIVEN_PART },
		  { 0.88, 0.08, 0.02 } },
		{ COMPARE_FAMILY,
		  { FAMILY_DIFFERENT, FAMILY_SIMILAR, FAMILY_TWO_SLIPS },
		  { 0.93, 0.05, 0.01 } },
		{ COMPARE_DATE, { DATE_ONE_SLIP, DATE_NEAR, DATE_SAME_YEAR }, { 0.8, 0.17, 0.01 } },
	};
	*ret = *persons;
	if (ret->class_count == MODEL_CLASS_MAX)
		return;
	struct model_class *c = &ret->classes[ret->class_count++];
	*c = ret->classes[0];
	(void)snprintf(c->name, sizeof(c->name), "same_other_year");
	c->share = 0.02;
	for (int k = 0; k < ret->comparison_count; k++)
		for (size_t i = 0; i < sizeof(OTHER_YEAR) / sizeof(OTHER_YEAR[0]); i++)
			if (ret->comparisons[k].kind == OTHER_YEAR[i].kind)
				fill_levels(c->level[k], ret->comparisons[k].level_count,
				            OTHER_YEAR[i].named, OTHER_YEAR[i].values, 3);
	for (int i = 0; i < ret->class_count; i++)
		ret->classes[i].share /= 1.02;
}
