/* plein match generate: a synthetic register and its truth, from a seed. */
#include <stdio.h>
#include <string.h>

#include "cli/match_commands.h"
#include "matching/generate.h"
#include "matching/generate_things.h"
#include "matching/threads.h"
#include "platform/core/out.h"

enum { BATCH = 20000, LINE_MAX_BYTES = 1024 };

/* A thread's part of a batch, as text. */
struct batch {
	const struct generate_options *o;
	const struct made_kind *kind;
	uint64_t first, count;
	int threads;
	bool truth;
	char *text[THREADS_MAX];
	size_t bytes[THREADS_MAX];
};

static size_t put_cell(char *to, const char *text)
{
	size_t n = 0;

	if (strpbrk(text, ",\"\n") == NULL) {
		n = strlen(text);
		memcpy(to, text, n);
		return n;
	}
	to[n++] = '"';
	for (; *text != '\0'; text++) {
		if (*text == '"')
			to[n++] = '"';
		to[n++] = *text;
	}
	to[n++] = '"';
	return n;
}

/* What a register can be of; the texts stand in rows of GENERATE_TEXT_MAX_BYTES. */
struct made_kind {
	const char *model;
	const char *const *columns;
	int column_count;
	void (*make)(const struct generate_options *o, uint64_t i, struct made_thing *ret);
};

static const struct made_kind KINDS[] = {
	{ "persons", GENERATE_COLUMNS, MADE_FIELDS, NULL },
	{ "organisations", ORGANISATION_COLUMNS, 9, generate_organisation },
	{ "objects", OBJECT_COLUMNS, 3, generate_object },
};

static size_t put_cells(char *to, char (*texts)[GENERATE_TEXT_MAX_BYTES], int count)
{
	size_t n = 0;

	for (int f = 0; f < count; f++) {
		to[n++] = ',';
		n += put_cell(to + n, texts[f]);
	}
	to[n++] = '\n';
	return n;
}

static size_t put_record(const struct made_kind *kind, const struct generate_options *o, uint64_t i,
                         char *to)
{
	struct made_record person;
	struct made_thing thing;
	size_t n = (size_t)snprintf(to, 24, "%llu", (unsigned long long)i);

	if (kind->make == NULL) {
		generate_record(o, i, &person);
		return n + put_cells(to + n, person.text, MADE_FIELDS);
	}
	kind->make(o, i, &thing);
	return n + put_cells(to + n, thing.text, kind->column_count);
}

/* The pairs of a record with those of the same person behind it. */
static size_t put_pairs(const struct generate_options *o, uint64_t i, char *to)
{
	uint64_t same[64];
	int count = generate_same(o, i, same, 64);
	size_t n = 0;

	for (int k = 0; k < count && n + 64 < LINE_MAX_BYTES * 2; k++)
		if (same[k] > i)
			n += (size_t)snprintf(to + n, 64, "%llu,%llu\n", (unsigned long long)i,
			                      (unsigned long long)same[k]);
	return n;
}

static void make_part(int share, void *arg)
{
	struct batch *b = arg;
	uint64_t from = b->first + b->count * (uint64_t)share / (uint64_t)b->threads;
	uint64_t to = b->first + b->count * (uint64_t)(share + 1) / (uint64_t)b->threads;
	size_t n = 0;

	for (uint64_t i = from; i < to; i++)
		n += b->truth ? put_pairs(b->o, i, b->text[share] + n)
		              : put_record(b->kind, b->o, i, b->text[share] + n);
	b->bytes[share] = n;
}

static enum status write_all(struct batch *b, const char *path, const char *header,
                             struct error *reterr)
{
	FILE *to = path == NULL ? stdout : fopen(path, "w");
	bool failed = false;

	if (to == NULL)
		return FAIL(reterr, ERR_UNAVAILABLE, "In '%.100s' kan niet geschreven worden.",
		            path);
	(void)fputs(header, to);
	for (b->first = 0; b->first < b->o->record_count && !failed; b->first += BATCH) {
		uint64_t left = b->o->record_count - b->first;
		b->count = left < BATCH ? left : BATCH;
		threads_run(b->threads, make_part, b);
		for (int i = 0; i < b->threads; i++)
			failed |= fwrite(b->text[i], 1, b->bytes[i], to) != b->bytes[i];
	}
	if (to != stdout)
		failed |= fclose(to) != 0;
	return failed ? FAIL(reterr, ERR_UNAVAILABLE, "Het schrijven lukt niet. Is de schijf vol?")
	              : OK;
}

static void header_line(const struct made_kind *kind, char *to, size_t room)
{
	size_t n = (size_t)snprintf(to, room, "id");

	for (int f = 0; f < kind->column_count; f++)
		n += (size_t)snprintf(to + n, room - n, ",%s", kind->columns[f]);
	(void)snprintf(to + n, room - n, "\n");
}

enum status match_generate(const struct match_options *o, struct error *reterr)
{
	const struct generate_options how = { .seed = o->seed,
		                              .record_count = o->count == 0 ? 10000 : o->count,
		                              .copies = o->copies,
		                              .slips_percent = o->slips,
		                              .culture = o->culture };
	struct batch b = { .o = &how,
		           .threads = o->threads > 0 ? o->threads : threads_available() };
	char header[512];

	for (size_t k = 0; k < sizeof(KINDS) / sizeof(KINDS[0]); k++)
		if (strcmp(o->model, KINDS[k].model) == 0)
			b.kind = &KINDS[k];
	if (b.kind == NULL)
		return FAIL(
		    reterr, ERR_INVALID,
		    "Kies met --model wat u wilt maken: persons, organisations of objects.");
	for (int i = 0; i < b.threads; i++)
		b.text[i] = block_alloc((size_t)BATCH / (size_t)b.threads + 1, LINE_MAX_BYTES * 2);
	header_line(b.kind, header, sizeof(header));
	enum status st = write_all(&b, o->output, header, reterr);
	b.truth = true;
	if (st == OK && o->truth != NULL)
		st = write_all(&b, o->truth, "left_id,right_id\n", reterr);
	for (int i = 0; i < b.threads; i++)
		block_free(b.text[i]);
	return st;
}
