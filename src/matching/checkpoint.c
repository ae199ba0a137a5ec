#include "matching/checkpoint.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "matching/block.h"
#include "matching/hash.h"

enum { PART_PAIRS = 1 << 16, PATH_MAX_BYTES = 4096 };
static const char MAGIC[8] = "PLNPAIR";

struct head {
	char magic[8];
	uint64_t mark, pair_count, check; /* check: hash of the pairs */
};

static uint64_t hash_part(uint64_t h, const void *data, size_t bytes)
{
	return hash_mix(h ^ (bytes > 0 ? hash_bytes(data, bytes) : 0), bytes + 1);
}

uint64_t checkpoint_mark(const struct records *r, uint32_t boundary)
{
	const struct values *v = &r->values;
	uint64_t h = hash_mix(r->count, (uint64_t)boundary + 1);

	h = hash_part(h, r->rows.data, (size_t)r->count * (size_t)r->layout.stride * 4);
	for (int g = 0; g < VALUE_GROUPS; g++) {
		const struct dictionary *d = &v->dictionary[g];
		h = hash_part(h, d->entries.data, d->entries.bytes);
		h = hash_part(h, d->pool.data, d->pool.bytes);
	}
	h = hash_part(h, r->model.name, strlen(r->model.name));
	h = hash_mix(h, (uint64_t)r->model.version);
	for (int k = 0; k < r->model.rule_count; k++)
		h = hash_mix(h ^ r->model.rules[k].block_max,
		             (uint64_t)r->model.rules[k].key_count);
	return h;
}

/* ---- writing ------------------------------------------------------------------------------------ */

struct stream {
	FILE *file;
	uint64_t check, pairs;
	bool failed;
};

static uint64_t hash_pairs(uint64_t h, const struct pair *pairs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		h = hash_mix(h ^ ((uint64_t)pairs[i].left << 32 | pairs[i].right),
		             pairs[i].pattern);
	return h;
}

static void put_pairs(struct stream *s, const struct pair *pairs, size_t count)
{
	s->check = hash_pairs(s->check, pairs, count);
	s->pairs += count;
	if (count > 0 && !s->failed)
		s->failed = fwrite(pairs, sizeof(*pairs), count, s->file) != count;
}

static enum status put_list(struct stream *s, struct spill *list, struct error *reterr)
{
	const struct bigarray *whole = spill_in_memory(list);
	const void *part = NULL;
	size_t bytes = 0;
	enum status st = OK;

	if (whole != NULL) {
		put_pairs(s, whole->data, whole->bytes / sizeof(struct pair));
		return OK;
	}
	spill_rewind(list);
	while ((st = spill_next(list, &part, &bytes, reterr)) == OK && bytes > 0)
		put_pairs(s, part, bytes / sizeof(struct pair));
	return st;
}

static enum status put_file(FILE *file, uint64_t mark, struct spill *const *lists, int list_count,
                            struct error *reterr)
{
	struct stream s = { .file = file };
	struct head head = { .mark = mark };
	enum status st = OK;

	s.failed = fwrite(&head, sizeof head, 1, file) != 1; /* without magic: not one yet */
	for (int i = 0; st == OK && i < list_count; i++)
		st = put_list(&s, lists[i], reterr);
	if (st != OK)
		return st;
	memcpy(head.magic, MAGIC, sizeof MAGIC);
	head.pair_count = s.pairs;
	head.check = s.check;
	s.failed = s.failed || fseek(file, 0, SEEK_SET) != 0 ||
	           fwrite(&head, sizeof head, 1, file) != 1 || fflush(file) != 0 ||
	           fsync(fileno(file)) != 0;
	return s.failed ? FAIL(reterr, ERR_UNAVAILABLE,
	                       "Het tussenbestand kan niet geschreven worden. Is de schijf vol?")
	                : OK;
}

enum status checkpoint_save(const char *path, uint64_t mark, struct spill *const *lists,
                            int list_count, struct error *reterr)
{
	char beside[PATH_MAX_BYTES];
	const int n = snprintf(beside, sizeof beside, "%s.part", path);
	FILE *file = n > 0 && (size_t)n < sizeof beside ? fopen(beside, "wb") : NULL;

	if (file == NULL)
		return FAIL(reterr, ERR_UNAVAILABLE, "In '%.100s' kan niet geschreven worden.",
		            path);
	enum status st = put_file(file, mark, lists, list_count, reterr);
	if (fclose(file) != 0 && st == OK)
		st = FAIL(reterr, ERR_UNAVAILABLE, "Het schrijven lukt niet. Is de schijf vol?");
	if (st == OK && rename(beside, path) != 0)
		st = FAIL(reterr, ERR_UNAVAILABLE, "In '%.100s' kan niet geschreven worden.", path);
	if (st != OK)
		(void)unlink(beside);
	return st;
}

/* ---- reading ------------------------------------------------------------------------------------ */

/* What to do with each part of the pairs; NULL: only look whether they are whole. */
struct taking {
	struct spill *const *lists;
	int list_count, next;
	struct histogram *patterns;
};

static void take_part(struct taking *t, const struct pair *pairs, size_t count)
{
	spill_push(t->lists[t->next], pairs, count * sizeof(*pairs));
	for (size_t i = 0; i < count; i++)
		histogram_add(t->patterns, pairs[i].pattern, 1);
	t->next = (t->next + 1) % t->list_count;
}

static bool read_pairs(FILE *file, const struct head *head, struct taking *t)
{
	struct pair *part = block_alloc(PART_PAIRS, sizeof(*part));
	uint64_t check = 0, left = head->pair_count;
	bool whole = fseek(file, sizeof(*head), SEEK_SET) == 0;

	while (whole && left > 0) {
		const size_t most = left < PART_PAIRS ? (size_t)left : PART_PAIRS;
		whole = fread(part, sizeof(*part), most, file) == most;
		if (whole && t != NULL)
			take_part(t, part, most);
		check = whole ? hash_pairs(check, part, most) : check;
		left -= most;
	}
	block_free(part);
	return whole && check == head->check;
}

enum status checkpoint_load(const char *path, uint64_t mark, struct spill *const *lists,
                            int list_count, struct histogram *patterns, bool *ret_found,
                            struct error *reterr)
{
	struct taking t = { lists, list_count, 0, patterns };
	struct head head = { .mark = 0 };
	FILE *file = fopen(path, "rb");

	*ret_found = false;
	if (file == NULL && errno != ENOENT)
		return FAIL(reterr, ERR_UNAVAILABLE, "Het tussenbestand '%.100s' gaat niet open.",
		            path);
	if (file == NULL)
		return OK;
	/* whole before any of it is used: it is read twice, the second time from memory */
	*ret_found = fread(&head, sizeof head, 1, file) == 1 &&
	             memcmp(head.magic, MAGIC, sizeof MAGIC) == 0 && head.mark == mark &&
	             read_pairs(file, &head, NULL);
	const bool taken = *ret_found && read_pairs(file, &head, &t);
	(void)fclose(file);
	return taken || !*ret_found
	           ? OK
	           : FAIL(reterr, ERR_UNAVAILABLE, "Het tussenbestand veranderde onder het lezen.");
}
