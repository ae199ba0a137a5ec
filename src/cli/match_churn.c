/* What it costs to put records in a live register and take them out again, clusters included. */
#include "cli/match_churn.h"

#include <stdio.h>
#include <string.h>

#include "cli/match_times.h"
#include "matching/bigarray.h"
#include "platform/core/clock.h"

/* Ids of their own, above all record numbers. */
static const uint64_t FIRST_ID = (uint64_t)1 << 40;

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
                             double threshold, struct match_took *ret_in,
                             struct match_took *ret_out, struct error *reterr)
{
	struct index_record in = { .id = id };
	uint64_t other = 0, ignored = 0;
	struct match_start start = match_times_start();

	memcpy(in.texts, row->texts, sizeof(in.texts));
	enum status st = index_insert(x, &in, reterr);
	if (st == OK)
		st = other_member(x, id, threshold, &other, reterr);
	*ret_in = match_times_since(start);
	start = match_times_start();
	if (st == OK)
		st = index_remove(x, id, reterr);
	if (st == OK && other != id)
		st = other_member(x, other, threshold, &ignored, reterr);
	*ret_out = match_times_since(start);
	return st;
}

enum status match_churn(struct match_index *x, const struct match_table *rows, double threshold,
                        struct error *reterr)
{
	struct match_took *in = block_alloc(rows->count, sizeof(*in));
	struct match_took *out = block_alloc(rows->count, sizeof(*out));
	enum status st = OK;
	const int64_t begin = clock_monotonic_us();

	index_keep_clusters(x, threshold);
	(void)fprintf(stderr, "Groepen van %u records, voortaan bijgehouden: in %.2f s.\n",
	              index_count(x), (double)(clock_monotonic_us() - begin) / 1e6);
	for (size_t i = 0; i < rows->count && st == OK; i++)
		st = one_round(x, &rows->rows[i], FIRST_ID + i, threshold, &in[i], &out[i], reterr);
	if (st == OK) {
		match_times_tell("Toevoegen, met de groep erbij", in, rows->count);
		match_times_tell("Weghalen, met de groep erbij", out, rows->count);
	}
	block_free(in);
	block_free(out);
	return st;
}
