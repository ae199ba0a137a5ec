/* The final rows and keys, from a thread's raw rows and what the joined dictionaries say of its texts. */
#include <stdatomic.h>
#include <string.h>

#include "matching/encode_parts.h"

/*
 * What the rules read of each raw text, worked out once per text: word 0 is the final code, the
 * parts of the plan stand behind it.
 */
struct text_parts {
	struct bigarray words; /* uint32_t, width per raw code of the field's kind */
	int field, width;
	struct place at;
	uint8_t part[KEY_PART_MAX]; /* of the plan, for words 1, 2, ... */
};

struct finisher {
	struct encoder *e;
	const struct share *s;
	struct text_parts texts[MODEL_FIELD_MAX];
	int text_count;
	uint8_t packed[KEY_PART_MAX]; /* parts of the plan that come from packed fields */
	int packed_count;
};

enum { VALUES_AHEAD = 16 };

static void fill_text_parts(const struct encoder *e, const struct share *s, struct text_parts *t)
{
	const struct records *r = e->r;
	enum model_field_kind kind = r->model.fields[t->field].kind;
	const struct raw_text *texts = s->texts[kind];
	const uint32_t count = s->text_count[kind];

	uint32_t *words = bigarray_reserve(&t->words, (size_t)count * (size_t)t->width * 4 + 4);
	for (uint32_t i = 1; i < count; i++) {
		words += t->width;
		if (t->width > 1 && i + VALUES_AHEAD < count)
			__builtin_prefetch(
			    value_at(&r->values, field_group(kind), texts[i + VALUES_AHEAD].code));
		words[0] = texts[i].code;
		for (int k = 1; k < t->width && words[0] != 0; k++)
			words[k] = key_plan_part(&r->values, &r->plan.parts[t->part[k]], words[0]);
	}
}

static void finisher_init(struct finisher *f, struct encoder *e, const struct share *s)
{
	const struct records *r = e->r;

	*f = (struct finisher){ .e = e, .s = s };
	for (int field = 0; field < r->model.field_count; field++) {
		struct text_parts *t = &f->texts[f->text_count];
		enum model_field_kind kind = r->model.fields[field].kind;
		if (r->layout.fields[field].mask == 0 || !field_has_text(kind))
			continue;
		*t = (struct text_parts){ .field = field,
			                  .width = 1,
			                  .at = r->layout.fields[field] };
		for (int i = 0; i < r->plan.part_count; i++)
			if (r->plan.parts[i].field == field)
				t->part[t->width++] = (uint8_t)i;
		fill_text_parts(e, s, t);
		f->text_count++;
	}
	for (int i = 0; i < r->plan.part_count; i++)
		if (!field_has_text(r->plan.parts[i].kind))
			f->packed[f->packed_count++] = (uint8_t)i;
}

static void finisher_free(struct finisher *f)
{
	for (int i = 0; i < f->text_count; i++)
		bigarray_free(&f->texts[i].words);
}

/* What is known of a row's raw texts comes nearer. */
static void expect_row(const struct finisher *f, const uint32_t *raw)
{
	for (int i = 0; i < f->text_count; i++) {
		const struct text_parts *t = &f->texts[i];
		__builtin_prefetch((const uint32_t *)t->words.data +
		                   (size_t)raw[t->at.word] * (size_t)t->width);
	}
}

/* Some rows at a time, part by part and rule by rule: each step is a short loop over all of them. */
struct batch {
	const uint32_t *raw; /* the first row, word_count words each */
	uint32_t record;     /* its number */
	uint32_t count;      /* 1 .. KEY_LANES */
	struct key_lanes parts;
};

static void put_text(const struct finisher *f, const struct text_parts *t, struct batch *b)
{
	const struct records *r = f->e->r;
	const size_t words = (size_t)r->layout.word_count;

	for (uint32_t i = 0; i < b->count; i++) {
		const uint32_t *of = (const uint32_t *)t->words.data +
		                     (size_t)b->raw[i * words + t->at.word] * (size_t)t->width;
		record_row(r, b->record + i)[t->at.word] = of[0];
		for (int k = 1; k < t->width; k++)
			b->parts.of[t->part[k]][i] = of[k];
	}
}

/* A rule's keys go to its column, and beside the rows. */
static void put_keys(const struct records *r, int rule, const struct batch *b)
{
	uint32_t keys[KEY_LANES];

	key_plan_keys(&r->plan.rules[rule], &b->parts, keys);
	memcpy((uint32_t *)r->key_columns[rule].data + b->record, keys, b->count * sizeof(*keys));
	for (uint32_t i = 0; i < b->count; i++)
		record_row(r, b->record + i)[r->layout.word_count + rule] = keys[i];
}

static void finish_batch(const struct finisher *f, struct batch *b)
{
	const struct records *r = f->e->r;
	const size_t words = (size_t)r->layout.word_count;

	for (uint32_t i = 0; i < b->count; i++)
		memcpy(record_row(r, b->record + i), b->raw + i * words, words * sizeof(*b->raw));
	for (int i = 0; i < f->text_count; i++)
		put_text(f, &f->texts[i], b);
	for (int i = 0; i < f->packed_count; i++)
		key_plan_packed(&r->plan.parts[f->packed[i]], b->raw, words, b->count,
		                b->parts.of[f->packed[i]]);
	for (int i = 0; i < r->plan.rule_count; i++)
		put_keys(r, i, b);
}

static void finish_chunk(const struct finisher *f, const struct chunk *c)
{
	const size_t words = (size_t)f->e->r->layout.word_count;
	const uint32_t *raw = (const uint32_t *)f->s->rows.data + (size_t)c->first * words;
	struct batch b = { .raw = raw };

	for (uint32_t i = 0; i < c->count && i < KEY_LANES; i++)
		expect_row(f, raw + i * words);
	for (uint32_t done = 0; done < c->count; done += b.count) {
		b.raw = raw + done * words;
		b.record = c->target + done;
		b.count = c->count - done < KEY_LANES ? c->count - done : KEY_LANES;
		for (uint32_t i = done + b.count; i < c->count && i < done + 2 * b.count; i++)
			expect_row(f, raw + i * words);
		finish_batch(f, &b);
	}
	if (f->s->ids.bytes == 0)
		return; /* records without a number of their own */
	const uint64_t *from = (const uint64_t *)f->s->ids.data + c->first;
	uint64_t *ids = (uint64_t *)f->e->r->ids.data + c->target;
	for (uint32_t i = 0; i < c->count; i++)
		ids[i] = from[i] + (from[i] >> 56 > 7 ? f->s->id_base : 0);
}

/* What each share's texts mean stands ready; chunks are finished as they come. */
struct finishing {
	struct encoder *e;
	struct finisher of[THREADS_MAX];
	atomic_uint next_chunk;
};

static void prepare_share(int index, void *arg)
{
	struct finishing *f = arg;

	finisher_init(&f->of[index], f->e, &f->e->shares[index]);
}

static void finish_share(int index, void *arg)
{
	struct finishing *f = arg;
	const struct chunk *chunks = f->e->chunks.data;
	const size_t count = f->e->chunks.bytes / sizeof(*chunks);
	size_t i = 0;

	(void)index;
	while ((i = atomic_fetch_add(&f->next_chunk, 1)) < count)
		finish_chunk(&f->of[chunks[i].share], &chunks[i]);
}

void encode_finish(struct encoder *e)
{
	struct finishing *f = block_alloc(1, sizeof(*f));

	f->e = e;
	threads_each(e->threads, prepare_share, f);
	threads_each(e->threads, finish_share, f);
	for (int i = 0; i < e->thread_count; i++)
		finisher_free(&f->of[i]);
	block_free(f);
}
