/* The live index on disk: sealed, for the next start. */
#include <string.h>

#include "matches/live_parts.h"
#include "platform/crypto/sealed_stream.h"

static const char MAGIC[8] = "PLNLIVE";

struct head {
	char magic[8];
	int64_t built_at;
	uint64_t row_count;
	uint64_t index_bytes[LIVE_MODELS];
};

static bool write_set(FILE *to, const struct live_set *s, int64_t built_at)
{
	struct head h = { .built_at = built_at,
		          .row_count = s->rows.bytes / sizeof(struct live_row) };

	memcpy(h.magic, MAGIC, sizeof h.magic);
	for (int i = 0; i < LIVE_MODELS; i++)
		h.index_bytes[i] = index_write_bytes(s->index[i]);
	bool written = fwrite(&h, sizeof h, 1, to) == 1 &&
	               fwrite(s->rows.data, 1, s->rows.bytes, to) == s->rows.bytes;
	for (int i = 0; i < LIVE_MODELS && written; i++)
		written = index_write(s->index[i], to);
	return written;
}

enum status live_file_keep(const struct plein *p, const struct live_set *s, int64_t built_at,
                           struct error *reterr)
{
	struct sealed_stream *file = NULL;

	if (p->live_file == NULL)
		return OK;
	const enum status st = sealed_stream_create(p->keyring, p->live_file, &file, reterr);
	if (st != OK)
		return st;
	if (!write_set(sealed_stream_file(file), s, built_at)) {
		sealed_stream_drop(file);
		return FAIL(reterr, ERR_UNAVAILABLE,
		            "De index kan niet bewaard worden. Is de schijf vol?");
	}
	return sealed_stream_keep(file, reterr);
}

/* What was written by this program under a key that nobody else has: only damage is to be feared. */
static bool read_set(FILE *from, const struct live_index *x, struct live_set *s,
                     int64_t *ret_built_at)
{
	struct head h;
	struct error e;

	if (fread(&h, sizeof h, 1, from) != 1 || memcmp(h.magic, MAGIC, sizeof h.magic) != 0 ||
	    h.row_count > RECORD_COUNT_MAX)
		return false;
	const size_t bytes = (size_t)h.row_count * sizeof(struct live_row);
	s->rows.bytes = bytes;
	if (fread(bigarray_reserve(&s->rows, bytes + 1), 1, bytes, from) != bytes)
		return false;
	for (int i = 0; i < LIVE_MODELS; i++)
		if (index_read(from, h.index_bytes[i], &x->models[i], &s->index[i], &e) != OK)
			return false;
	*ret_built_at = h.built_at;
	return true;
}

enum status live_file_take(const struct plein *p, struct live_set *ret, int64_t *ret_built_at,
                           struct error *reterr)
{
	FILE *from = NULL;

	*ret = (struct live_set){ 0 };
	if (p->live_file == NULL)
		return FAIL_NOT_FOUND(reterr);
	const enum status st = sealed_stream_open(p->keyring, p->live_file, &from, reterr);
	if (st != OK)
		return st;
	const bool good = read_set(from, p->live, ret, ret_built_at);
	(void)fclose(from);
	if (good)
		return OK;
	live_set_free(ret);
	return FAIL(reterr, ERR_INVALID, "De bewaarde index is van een ander model of beschadigd.");
}
