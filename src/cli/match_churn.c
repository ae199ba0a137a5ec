/* What it costs to put records in a live register and take them out again, clusters included. */
#include "cli/match_churn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matching/bigarray.h"
#include "platform/core/clock.h"

/* Ids of their own, above all record numbers. */
static const uint64_t FIRST_ID = (uint64_t)1 << 40;

static int faster(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return x < y ? -1 : x > y;
}

static void tell(const char *what, float *milliseconds, size_t count)
{
	qsort(milliseconds, count, sizeof(*milliseconds), faster);
	(void)fprintf(stderr,
	              "%s, met de groep erbij: p50 %.4f ms, p99 %.4f ms, langste %.4f ms.\n", what,
	              (double)milliseconds[count / 2], (double)milliseconds[count * 99 / 100],
	              (double)milliseconds[count - 1]);
}

/* Another member of the record's group, or the record itself where it is alone. */
static enum status other_member(const struct match_index *x, uint64_t id, double threshold,
                                uint64_t *ret, struct error *reterr)
{
	uint64_t members[INDEX_CLUSTER_MAX];
	int count = 0;
	enum status st = index_cluster(x, id, threshold, NULL, members, &count, reterr);

	*ret = count > 0 && members[0] != id ? members[0] : id;
	return st;
}

static enum status one_round(struct match_index *x, const struct match_row *row, uint64_t id,
                             double threshold, float *ret_in, float *ret_out, struct error *reterr)
{
	struct index_record in = { .id = id };
	uint64_t other = 0, ignored = 0;
	int64_t start = clock_monotonic_ns();

	memcpy(in.texts, row->texts, sizeof(in.texts));
	enum status st = index_insert(x, &in, reterr);
	if (st == OK)
		st = other_member(x, id, threshold, &other, reterr);
	*ret_in = (float)(clock_monotonic_ns() - start) / 1000000;
	start = clock_monotonic_ns();
	if (st == OK)
		st = index_remove(x, id, reterr);
	if (st == OK && other != id)
		st = other_member(x, other, threshold, &ignored, reterr);
	*ret_out = (float)(clock_monotonic_ns() - start) / 1000000;
	return st;
}

enum status match_churn(struct match_index *x, const struct match_table *rows, double threshold,
                        struct error *reterr)
{
	float *in = block_alloc(rows->count + 1, sizeof(*in));
	float *out = block_alloc(rows->count + 1, sizeof(*out));
	enum status st = OK;

	for (size_t i = 0; i < rows->count && st == OK; i++)
		st = one_round(x, &rows->rows[i], FIRST_ID + i, threshold, &in[i], &out[i], reterr);
	if (st == OK && rows->count > 0) {
		tell("Toevoegen", in, rows->count);
		tell("Weghalen", out, rows->count);
	}
	block_free(in);
	block_free(out);
	return st;
}
