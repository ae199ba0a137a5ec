/*
 * The index on disk: what can't be worked out again, behind a head that is checked and before a hash
 * of all of it.
 *
 * Dictionaries' texts, counts of use, rows, ids and groups; values, lists and the scan of names are
 * made anew on loading, which keeps the file small and an old file from bringing wrong lists. The
 * caller seals the file where it must be sealed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "matching/hash.h"
#include "matching/index_parts.h"
#include "matching/scan.h"

enum { FORMAT = 2 };
static const char MAGIC[8] = "PLNMTCH";

struct head {
	char magic[8];
	uint32_t format, stride;
	uint32_t record_count, live_count;
	char model[MODEL_NAME_BYTES];
	uint32_t model_version, model_hash;
	uint32_t value_counts[VALUE_GROUPS];
	uint64_t text_bytes[VALUE_GROUPS];
	uint64_t frozen_of; /* index_new_frozen: asked_of; 0: not frozen */
};

/* A file being written or read; the first failure sticks. */
struct stream {
	FILE *file;
	uint64_t check;
	bool failed;
};

static void put(struct stream *s, const void *data, size_t bytes)
{
	s->check = hash_mix(s->check ^ hash_bytes(data, bytes), bytes + 1);
	if (bytes > 0 && !s->failed)
		s->failed = fwrite(data, 1, bytes, s->file) != bytes;
}

static void get(struct stream *s, void *data, size_t bytes)
{
	if (bytes > 0 && !s->failed)
		s->failed = fread(data, 1, bytes, s->file) != bytes;
	if (!s->failed)
		s->check = hash_mix(s->check ^ hash_bytes(data, bytes), bytes + 1);
}

/* Fields, comparisons and rules: what gives the codes and keys their meaning. */
static uint32_t hash_of_model(const struct model *m)
{
	uint64_t h = (uint64_t)m->version;

	for (int i = 0; i < m->field_count; i++)
		h = hash_mix(h ^ hash_bytes(m->fields[i].name, strlen(m->fields[i].name)),
		             (uint64_t)m->fields[i].kind);
	for (int i = 0; i < m->rule_count; i++)
		for (int k = 0; k < m->rules[i].key_count; k++)
			h = hash_mix(h ^ (uint64_t)m->rules[i].keys[k].field,
			             (uint64_t)m->rules[i].keys[k].part + 100);
	return (uint32_t)h;
}

static struct head head_of(const struct match_index *x)
{
	struct head h = { .format = FORMAT,
		          .stride = (uint32_t)x->r.layout.stride,
		          .record_count = x->r.count,
		          .live_count = x->live_count,
		          .model_version = (uint32_t)x->r.model.version,
		          .model_hash = hash_of_model(&x->r.model),
		          .frozen_of = x->frozen ? x->weighed_count : 0 };

	memcpy(h.magic, MAGIC, sizeof(MAGIC));
	memcpy(h.model, x->r.model.name, sizeof(h.model));
	for (int g = 0; g < VALUE_GROUPS; g++) {
		h.value_counts[g] = x->r.values.dictionary[g].count;
		h.text_bytes[g] = x->r.values.dictionary[g].pool.bytes;
	}
	return h;
}

static void put_body(struct stream *s, const struct match_index *x)
{
	const struct values *v = &x->r.values;

	for (int g = 0; g < VALUE_GROUPS; g++) {
		put(s, v->dictionary[g].pool.data, v->dictionary[g].pool.bytes);
		for (uint32_t code = 1; code < v->dictionary[g].count; code++) {
			const struct value *value = value_at(v, (enum value_group)g, code);
			put(s, value->count, sizeof(value->count));
		}
	}
	put(s, x->r.layout.fields, sizeof(x->r.layout.fields));
	put(s, x->r.rows.data, (size_t)x->r.count * (size_t)x->r.layout.stride * 4);
	put(s, x->r.ids.data, (size_t)x->r.count * 8);
	put(s, x->groups.data, (size_t)x->r.count * 8);
	put(s, x->alive.data, x->r.count);
}

static enum status write_failed(const char *path, int error, struct error *reterr)
{
	(void)unlink(path);
	(void)FAIL(reterr, ERR_UNAVAILABLE, "De index kan niet bewaard worden. Is de schijf vol?");
	return error_cause(reterr, "index: %s", strerror(error));
}

/* The bytes that an index with this head takes, its check included. */
static uint64_t bytes_of(const struct head *h)
{
	uint64_t bytes = sizeof(*h) + sizeof(struct place) * MODEL_FIELD_MAX + sizeof(uint64_t) +
	                 (uint64_t)h->record_count * ((uint64_t)h->stride * 4 + 17);

	for (int g = 0; g < VALUE_GROUPS; g++)
		bytes += h->text_bytes[g] + ((uint64_t)h->value_counts[g] - 1) * 8;
	return bytes;
}

static bool write_locked(const struct match_index *x, FILE *to)
{
	struct stream s = { .file = to };
	const struct head h = head_of(x);

	put(&s, &h, sizeof(h));
	put_body(&s, x);
	const uint64_t check = s.check;
	put(&s, &check, sizeof(check));
	return !s.failed;
}

static pthread_rwlock_t *lock_of(const struct match_index *x)
{
	return (pthread_rwlock_t *)(uintptr_t)&x->lock;
}

uint64_t index_write_bytes(const struct match_index *x)
{
	(void)pthread_rwlock_rdlock(lock_of(x));
	const struct head h = head_of(x);
	(void)pthread_rwlock_unlock(lock_of(x));
	return bytes_of(&h);
}

bool index_write(const struct match_index *x, FILE *to)
{
	(void)pthread_rwlock_rdlock(lock_of(x));
	const bool written = write_locked(x, to);
	(void)pthread_rwlock_unlock(lock_of(x));
	return written;
}

static enum status save_to(const struct match_index *x, const char *path, const char *part,
                           struct error *reterr)
{
	FILE *to = fopen(part, "wb");

	if (to == NULL)
		return write_failed(part, errno, reterr);
	bool failed = !index_write(x, to) || fflush(to) != 0 || fsync(fileno(to)) != 0;
	int error = errno;
	failed |= fclose(to) != 0;
	if (failed || rename(part, path) != 0)
		return write_failed(part, failed ? error : errno, reterr);
	return OK;
}

enum status index_save(const struct match_index *x, const char *path, struct error *reterr)
{
	char part[4096];

	if ((size_t)snprintf(part, sizeof(part), "%s.part", path) >= sizeof(part))
		return FAIL(reterr, ERR_INVALID, "De naam van het bestand is te lang.");
	return save_to(x, path, part, reterr);
}

/* Texts end in NUL and stand in the order of their codes. */
static void get_values(struct stream *s, struct values *v, enum value_group g, const struct head *h)
{
	struct bigarray texts = { 0 };
	char *text = bigarray_reserve(&texts, (size_t)h->text_bytes[g] + 1);
	size_t at = 1, bytes = (size_t)h->text_bytes[g];

	get(s, text, bytes);
	while (!s->failed && at < bytes) {
		size_t n = strnlen(text + at, bytes - at);
		uint32_t before = v->dictionary[g].count;
		s->failed = n == 0 || n > FOLD_MAX_BYTES || at + n >= bytes ||
		            dictionary_code(&v->dictionary[g], text + at, n) != before;
		at += n + 1;
	}
	bigarray_free(&texts);
	s->failed |= v->dictionary[g].count != h->value_counts[g];
	if (s->failed)
		return;
	values_derive(v, g, 1);
	s->failed |= v->dictionary[g].count != h->value_counts[g];
	for (uint32_t code = 1; code < h->value_counts[g] && !s->failed; code++) {
		struct value *value = (struct value *)v->table[g].data + code;
		get(s, value->count, sizeof(value->count));
	}
	values_rank(v, g, h->frozen_of != 0 ? h->frozen_of : h->live_count);
}

/* Every code in the rows must have its value: what follows trusts it. */
static bool codes_exist(const struct match_index *x)
{
	const struct model *m = &x->r.model;

	for (uint32_t i = 0; i < x->r.count; i++)
		for (int f = 0; f < m->field_count; f++) {
			enum model_field_kind kind = m->fields[f].kind;
			if (field_has_text(kind) &&
			    place_get(record_row(&x->r, i), x->r.layout.fields[f]) >=
			        x->r.values.dictionary[field_group(kind)].count)
				return false;
		}
	return true;
}

static void *get_array(struct stream *s, struct bigarray *a, size_t bytes)
{
	void *data = bigarray_reserve(a, bytes + 8);

	get(s, data, bytes);
	a->bytes = bytes;
	return data;
}

static bool layout_fits(const struct layout *l)
{
	for (int f = 0; f < MODEL_FIELD_MAX; f++)
		if (l->fields[f].word >= l->word_count + (l->fields[f].mask == 0) ||
		    l->fields[f].shift > 31)
			return false;
	return l->word_count > 0;
}

static void get_body(struct stream *s, struct match_index *x, const struct head *h)
{
	struct layout *l = &x->r.layout;

	for (int g = 0; g < VALUE_GROUPS && !s->failed; g++)
		get_values(s, &x->r.values, (enum value_group)g, h);
	get(s, l->fields, sizeof(l->fields));
	if (s->failed)
		return;
	for (int f = 0; f < MODEL_FIELD_MAX; f++)
		if (l->fields[f].mask != 0 && l->fields[f].word >= l->word_count)
			l->word_count = l->fields[f].word + 1;
	l->key_count = x->r.model.rule_count;
	l->stride = (l->word_count + l->key_count + 15) / 16 * 16;
	s->failed = !layout_fits(l) || l->stride != (int)h->stride || l->stride > ROW_WORDS_MAX;
	if (s->failed)
		return;
	(void)get_array(s, &x->r.rows, (size_t)h->record_count * h->stride * 4);
	(void)get_array(s, &x->r.ids, (size_t)h->record_count * 8);
	(void)get_array(s, &x->groups, (size_t)h->record_count * 8);
	(void)get_array(s, &x->alive, h->record_count);
	x->r.count = h->record_count;
}

/* Lists and free numbers from the rows. */
static void enlist_all(struct match_index *x)
{
	int words = x->r.layout.word_count;

	postings_free(&x->by_id);
	postings_init(&x->by_id, x->r.count);
	for (uint32_t i = 0; i < x->r.count; i++) {
		if (((const uint8_t *)x->alive.data)[i] == 0) {
			(void)bigarray_push(&x->free_records, &i, sizeof(i));
			continue;
		}
		uint32_t *row = record_row(&x->r, i);
		row_keys(&x->r.plan, &x->r.values, row, row + words);
		postings_insert(&x->by_id, index_id_key(index_ids(x)[i]), i);
		x->live_count++;
	}
	index_fill_rules(x);
	index_scan_values(x);
	index_weigh_anew(x);
}

static bool head_is_good(const struct head *h, const struct model *m, uint64_t file_bytes)
{
	if (memcmp(h->magic, MAGIC, sizeof(MAGIC)) != 0 || h->format != FORMAT ||
	    h->record_count > RECORD_COUNT_MAX || h->stride > ROW_WORDS_MAX ||
	    h->frozen_of > RECORD_COUNT_MAX)
		return false;
	for (int g = 0; g < VALUE_GROUPS; g++)
		if (h->text_bytes[g] > file_bytes || h->value_counts[g] == 0 ||
		    h->value_counts[g] > file_bytes)
			return false;
	return bytes_of(h) == file_bytes && strncmp(h->model, m->name, sizeof(h->model)) == 0 &&
	       h->model_version == (uint32_t)m->version && h->model_hash == hash_of_model(m);
}

static struct match_index *index_for(const struct model *m)
{
	struct match_index *x = index_alloc();

	x->r.model = *m;
	values_init(&x->r.values);
	postings_init(&x->by_id, 0);
	for (int k = 0; k < m->rule_count; k++)
		postings_init(&x->rules[k], 0);
	return x;
}

/* Head, body and check; all that follows trusts them. */
static bool read_into(struct match_index *x, FILE *from, uint64_t bytes, struct head *h)
{
	struct stream s = { .file = from };
	uint64_t check = 0;

	get(&s, h, sizeof(*h));
	if (s.failed || !head_is_good(h, &x->r.model, bytes))
		return false;
	get_body(&s, x, h);
	const uint64_t counted = s.check;
	get(&s, &check, sizeof(check));
	return !s.failed && check == counted && codes_exist(x);
}

enum status index_read(FILE *from, uint64_t bytes, const struct model *m, struct match_index **ret,
                       struct error *reterr)
{
	struct match_index *x = index_for(m);
	struct head h;
	bool good = read_into(x, from, bytes, &h);

	if (good) {
		x->frozen = h.frozen_of != 0;
		x->weighed_count = (uint32_t)h.frozen_of;
		key_plan_init(&x->r.plan, m, &x->r.layout);
		enlist_all(x);
		good = x->live_count == h.live_count;
	}
	if (!good) {
		index_free(x);
		return FAIL(
		    reterr, ERR_INVALID,
		    "De bewaarde index is beschadigd of van een ander model. Maak haar opnieuw.");
	}
	*ret = x;
	return OK;
}

enum status index_load(const char *path, const struct model *m, struct match_index **ret,
                       struct error *reterr)
{
	FILE *from = fopen(path, "rb");
	struct stat info;

	if (from == NULL)
		return FAIL(reterr, ERR_NOT_FOUND, "De bewaarde index is er niet.");
	const uint64_t bytes = fstat(fileno(from), &info) == 0 ? (uint64_t)info.st_size : 0;
	const enum status st = index_read(from, bytes, m, ret, reterr);
	(void)fclose(from);
	return st;
}
