/* Records as filters: bloom.h says what goes in, and why. */
#include "matching/bloom.h"

#include <assert.h>
#include <string.h>

#include "matching/bigarray.h"
#include "matching/dates.h"
#include "matching/hash.h"
#include "matching/threads.h"

enum {
	HASHES = 2,
	PART_WORDS_MAX = 8,
	NARROW_WORDS = 4, /* of a part of two words, before folding */
	KNOWN_GRAMS =
	    1 << 13,    /* of one year's names, and as many of addresses: they fit in the cache */
	GRAM_BITS = 43, /* of the longest gram */
	SALT_BITS = 15,
	BIT_BITS = 16, /* a part has fewer bits than that tells */
	AHEAD = 8,
	YEARS = 1 << 14 /* date_year() is below it */
};

/* Which of its digits' bits a number has: by place and digit. */
struct digit_masks {
	uint64_t words[10][10][NARROW_WORDS];
};
enum { YEAR_DIGITS = 4, MONTH_DIGITS = 2, DAY_DIGITS = 2, PHONE_DIGITS = 10 };
enum { TAG_YEAR = 1, TAG_MONTH = 2, TAG_DAY = 3, TAG_PHONE = 5 };
enum { POSTCODE_LETTERS = 676, NUMBERS_KNOWN = 256, TRIPLE = 3, INITIAL_TIMES = 4 };

/* What comes back in every record, worked out once; read by all threads. */
struct bloom_masks {
	struct digit_masks year, month, day, phone;
	uint64_t letters[POSTCODE_LETTERS][NARROW_WORDS];
	uint64_t number[NUMBERS_KNOWN][NARROW_WORDS];
};

/* Grams repeat: which bits a gram of a part under a salt had last. One thread's. */
struct known_gram {
	uint64_t gram; /* with part and salt; 0: none */
	uint32_t bits;
};

/* Where the fields stand: asked of the layout once. */
struct bloom_fields {
	struct place given, family, initials, date, postcode, number, phone;
};

/* The part being made, before folding. */
struct making {
	const struct bloom_settings *s;
	const struct records *r;
	struct bloom_fields at;
	const struct bloom_masks *masks; /* NULL: none are kept */
	struct known_gram *known;        /* KNOWN_GRAMS of them twice; NULL: none are kept */
	enum bloom_part part;
	uint64_t salt;
	uint64_t words[PART_WORDS_MAX];
	int bits;
};

static struct place place_of_kind(const struct records *r, enum model_field_kind kind)
{
	for (int i = 0; i < r->model.field_count; i++)
		if (r->model.fields[i].kind == kind)
			return r->layout.fields[i];
	return (struct place){ .mask = 0 };
}

static struct making making_of(const struct bloom_settings *s, const struct records *r)
{
	return (struct making){
		.s = s,
		.r = r,
		.at = { .given = place_of_kind(r, FIELD_GIVEN),
		        .family = place_of_kind(r, FIELD_FAMILY),
		        .initials = place_of_kind(r, FIELD_INITIALS),
		        .date = place_of_kind(r, FIELD_DATE),
		        .postcode = place_of_kind(r, FIELD_POSTCODE),
		        .number = place_of_kind(r, FIELD_HOUSE_NUMBER),
		        .phone = place_of_kind(r, FIELD_PHONE) },
	};
}

/* ---- grams ------------------------------------------------------------------------------------ */

/* The bits of a gram, each in BIT_BITS. */
static uint32_t bits_of_hash(const struct making *m, uint64_t h)
{
	uint32_t bits = 0;

	for (int i = 0; i < HASHES; i++, h >>= 32)
		bits |= (uint32_t)(((h & 0xffffffffu) * (uint64_t)m->bits) >> 32) << (i * BIT_BITS);
	return bits;
}

static uint32_t gram_bits(const struct making *m, uint64_t gram)
{
	uint64_t whole =
	    ((uint64_t)m->part + 1) << (GRAM_BITS + SALT_BITS) | m->salt << GRAM_BITS | gram;
	struct known_gram *k = m->known == NULL
	                           ? NULL
	                           : &m->known[(hash_mix(whole, 0x61) & (KNOWN_GRAMS - 1)) +
	                                       (m->part == BLOOM_ADDRESS ? KNOWN_GRAMS : 0)];

	assert(gram >> GRAM_BITS == 0 && m->salt >> SALT_BITS == 0);
	if (k != NULL && k->gram == whole)
		return k->bits;
	uint32_t bits =
	    bits_of_hash(m, siphash_words(&m->s->key, gram, m->salt << 8 | (uint64_t)m->part));
	if (k != NULL)
		*k = (struct known_gram){ whole, bits };
	return bits;
}

static void add(struct making *m, uint64_t gram)
{
	uint32_t bits = gram_bits(m, gram);

	for (int i = 0; i < HASHES; i++, bits >>= BIT_BITS) {
		uint32_t bit = bits & ((1u << BIT_BITS) - 1);
		m->words[bit / 64] |= (uint64_t)1 << (bit % 64);
	}
}

static void add_mask(struct making *m, const uint64_t mask[NARROW_WORDS])
{
	for (int i = 0; i < NARROW_WORDS; i++)
		m->words[i] |= mask[i];
}

static void start(struct making *m, enum bloom_part part, uint64_t salt)
{
	memset(m->words, 0, sizeof(m->words));
	m->part = part;
	m->salt = salt;
	m->bits = BLOOM_WIDTH[part] * 64 * (m->s->folded ? 2 : 1);
}

static void finish(const struct making *m, struct bloom *to)
{
	int width = BLOOM_WIDTH[m->part];

	for (int i = 0; i < width; i++)
		to->words[BLOOM_FIRST[m->part] + i] =
		    m->words[i] ^ (m->s->folded ? m->words[width + i] : 0);
}

/* Bigrams with a mark before the first and after the last letter. */
static void add_text(struct making *m, const char *text, int bytes)
{
	uint64_t before = '^';

	for (int i = 0; i <= bytes; i++) {
		uint64_t here = i < bytes ? (unsigned char)text[i] : '$';
		add(m, before << 8 | here);
		before = here;
	}
}

static uint64_t digit_gram(int tag, int place, uint64_t digit)
{
	return (uint64_t)tag << 32 | (uint64_t)place << 8 | digit;
}

/* Digits with their places: one slip changes one of them. */
static void add_digits(struct making *m, const struct digit_masks *masks, uint64_t number,
                       int count, int tag)
{
	for (int place = 0; place < count; place++, number /= 10)
		if (masks != NULL)
			add_mask(m, masks->words[place][number % 10]);
		else
			add(m, digit_gram(tag, place, number % 10));
}

static uint64_t letters_gram(uint32_t letters)
{
	return (uint64_t)2 << 40 | letters;
}

static void add_number(struct making *m, uint32_t number)
{
	for (uint64_t i = 0; i < TRIPLE; i++)
		add(m, (4 + i) << 40 | number);
}

/* ---- fields ------------------------------------------------------------------------------------ */

static void encode_names(struct making *m, const uint32_t *row, struct bloom *ret)
{
	const struct values *v = &m->r->values;
	uint64_t salt = m->s->salted ? date_year(place_get(row, m->at.date)) + 1 : 0;
	uint32_t given = place_get(row, m->at.given), family = place_get(row, m->at.family);
	uint32_t initial = place_get(row, m->at.initials) & 31;
	const struct value *name = given == 0 ? NULL : value_at(v, GROUP_NAMES, given);

	start(m, BLOOM_GIVEN, salt);
	if (name != NULL && name->first_length > 1)
		add_text(m, value_text(v, GROUP_NAMES, given), name->first_length);
	finish(m, ret);
	start(m, BLOOM_INITIAL, salt);
	if (initial == 0 && name != NULL)
		initial = (uint32_t)name->head[0] & 31;
	if (initial != 0)
		for (uint64_t i = 0; i < INITIAL_TIMES;
		     i++) /* so that a chance bit decides nothing */
			add(m, i << 16 | initial);
	finish(m, ret);
	start(m, BLOOM_FAMILY, salt);
	if (family != 0)
		add_text(m, value_text(v, GROUP_NAMES, family),
		         value_at(v, GROUP_NAMES, family)->length);
	finish(m, ret);
}

static void encode_address(struct making *m, const uint32_t *row, struct bloom *ret)
{
	const uint32_t postcode = place_get(row, m->at.postcode);
	const uint32_t number = place_get(row, m->at.number);

	start(m, BLOOM_ADDRESS, 0);
	if (postcode != 0) {
		const uint32_t letters = (postcode - 1) % POSTCODE_LETTERS;
		add(m, (uint64_t)1 << 40 | (postcode - 1) / POSTCODE_LETTERS);
		if (m->masks != NULL)
			add_mask(m, m->masks->letters[letters]);
		else
			add(m, letters_gram(letters));
		add(m, (uint64_t)TRIPLE << 40 | postcode);
	}
	if (number != 0 && number < NUMBERS_KNOWN && m->masks != NULL)
		add_mask(m, m->masks->number[number]);
	else if (number != 0)
		add_number(m, number);
	finish(m, ret);
}

static void encode_numbers(struct making *m, const uint32_t *row, struct bloom *ret)
{
	const struct bloom_masks *masks = m->masks;
	const uint32_t date = place_get(row, m->at.date), phone = place_get(row, m->at.phone);

	start(m, BLOOM_DATE, 0);
	if (date != 0) {
		add_digits(m, masks == NULL ? NULL : &masks->year, date_year(date), YEAR_DIGITS,
		           TAG_YEAR);
		add_digits(m, masks == NULL ? NULL : &masks->month, date_month(date), MONTH_DIGITS,
		           TAG_MONTH);
		add_digits(m, masks == NULL ? NULL : &masks->day, date_day(date), DAY_DIGITS,
		           TAG_DAY);
	}
	finish(m, ret);
	start(m, BLOOM_PHONE, 0);
	if (phone != 0)
		add_digits(m, masks == NULL ? NULL : &masks->phone, phone, PHONE_DIGITS, TAG_PHONE);
	finish(m, ret);
}

static void encode_row(struct making *m, const uint32_t *row, struct bloom *ret)
{
	encode_names(m, row, ret);
	encode_numbers(m, row, ret);
	encode_address(m, row, ret);
}

void bloom_encode(const struct bloom_settings *s, const struct records *r, uint32_t record,
                  struct bloom *ret)
{
	struct making m = making_of(s, r);

	encode_row(&m, record_row(r, record), ret);
}

/* ---- all of them ------------------------------------------------------------------------------- */

static void take_mask(struct making *m, uint64_t to[NARROW_WORDS])
{
	memcpy(to, m->words, NARROW_WORDS * sizeof(*to));
	memset(m->words, 0, sizeof(m->words));
}

static void make_digits(struct making *m, int count, int tag, struct digit_masks *ret)
{
	for (int place = 0; place < count; place++)
		for (uint64_t digit = 0; digit < 10; digit++) {
			add(m, digit_gram(tag, place, digit));
			take_mask(m, ret->words[place][digit]);
		}
}

static void masks_make(const struct bloom_settings *s, const struct records *r,
                       struct bloom_masks *ret)
{
	struct making m = making_of(s, r);

	start(&m, BLOOM_DATE, 0);
	make_digits(&m, YEAR_DIGITS, TAG_YEAR, &ret->year);
	make_digits(&m, MONTH_DIGITS, TAG_MONTH, &ret->month);
	make_digits(&m, DAY_DIGITS, TAG_DAY, &ret->day);
	start(&m, BLOOM_PHONE, 0);
	make_digits(&m, PHONE_DIGITS, TAG_PHONE, &ret->phone);
	start(&m, BLOOM_ADDRESS, 0);
	for (uint32_t i = 0; i < POSTCODE_LETTERS; i++) {
		add(&m, letters_gram(i));
		take_mask(&m, ret->letters[i]);
	}
	for (uint32_t i = 0; i < NUMBERS_KNOWN; i++) {
		add_number(&m, i);
		take_mask(&m, ret->number[i]);
	}
}

struct encoding {
	const struct bloom_settings *s;
	const struct records *r;
	const struct bloom_masks *masks;
	struct bloom *filters;
	int threads;
};

/* The records of a share by year of birth, the salt of their names: then their grams repeat. */
static uint32_t *by_year(const struct making *m, uint32_t from, uint32_t to)
{
	uint32_t *order = block_alloc(to - from + 1, sizeof(*order));
	uint32_t *at = block_alloc(YEARS, sizeof(*at)), sum = 0;

	for (uint32_t i = from; i < to; i++)
		at[date_year(place_get(record_row(m->r, i), m->at.date)) & (YEARS - 1)]++;
	for (uint32_t y = 0; y < YEARS; y++) {
		const uint32_t here = at[y];
		at[y] = sum;
		sum += here;
	}
	for (uint32_t i = from; i < to; i++)
		order[at[date_year(place_get(record_row(m->r, i), m->at.date)) & (YEARS - 1)]++] =
		    i;
	block_free(at);
	return order;
}

static void expect_names(const struct making *m, uint32_t record)
{
	const uint32_t *row = record_row(m->r, record);

	__builtin_prefetch(value_at(&m->r->values, GROUP_NAMES, place_get(row, m->at.given)));
	__builtin_prefetch(value_at(&m->r->values, GROUP_NAMES, place_get(row, m->at.family)));
}

static void encode_share(int share, void *arg)
{
	const struct encoding *e = arg;
	uint64_t count = e->r->count;
	uint32_t from = (uint32_t)(count * (uint64_t)share / (uint64_t)e->threads);
	uint32_t to = (uint32_t)(count * (uint64_t)(share + 1) / (uint64_t)e->threads);
	struct making m = making_of(e->s, e->r);
	uint32_t *order = by_year(&m, from, to), n = to - from;

	m.masks = e->masks;
	m.known = block_alloc((size_t)2 * KNOWN_GRAMS, sizeof(*m.known));
	for (uint32_t i = 0; i < n; i++) {
		if (i + 2 * AHEAD < n)
			__builtin_prefetch(record_row(e->r, order[i + 2 * AHEAD]));
		if (i + AHEAD < n)
			expect_names(&m, order[i + AHEAD]);
		encode_row(&m, record_row(e->r, order[i]), &e->filters[order[i]]);
	}
	block_free(m.known);
	block_free(order);
}

void bloom_encode_all(const struct bloom_settings *s, const struct records *r, int threads,
                      struct bloom *filters)
{
	struct bloom_masks *masks = block_alloc(1, sizeof(*masks));
	struct encoding e = { s, r, masks, filters, threads };

	masks_make(s, r, masks);
	threads_run(threads, encode_share, &e);
	block_free(masks);
}
