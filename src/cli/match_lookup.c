/* plein match lookup: the records of one file, asked one by one of another. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/match_churn.h"
#include "cli/match_commands.h"
#include "cli/match_pairs.h"
#include "cli/match_table.h"
#include "cli/match_times.h"
#include "matching/bigarray.h"
#include "matching/index.h"
#include "platform/core/clock.h"

enum { HITS = 10, QUERIES_MAX = 1000000 };

struct answer {
	struct index_hit hits[HITS];
	int count;
};

static enum status ask_all(const struct match_index *x, const struct match_table *queries,
                           double threshold, struct answer *answers, struct error *reterr)
{
	struct match_took *took = block_alloc(queries->count, sizeof(*took));
	enum status st = OK;

	for (size_t i = 0; st == OK && i < queries->count; i++) {
		struct index_record asked = { .id = i };
		memcpy(asked.texts, queries->rows[i].texts, sizeof(asked.texts));
		const struct match_start start = match_times_start();
		st = index_lookup(x, &asked, threshold, answers[i].hits, HITS, &answers[i].count,
		                  reterr);
		took[i] = match_times_since(start);
	}
	if (st == OK)
		match_times_tell("Vragen", took, queries->count);
	block_free(took);
	return st;
}

static enum status write_answers(const struct match_options *o, const struct model *m,
                                 const struct match_table *queries, const struct answer *answers,
                                 const struct id_list *ids, struct error *reterr)
{
	FILE *to = o->output == NULL ? stdout : fopen(o->output, "w");
	char id[RECORD_ID_MAX_BYTES + 1], pattern[MODEL_COMPARISON_MAX + 1];

	if (to == NULL)
		return FAIL(reterr, ERR_UNAVAILABLE, "In '%.100s' kan niet geschreven worden.",
		            o->output);
	(void)fputs("query_id,record_id,weight,probability,pattern\n", to);
	for (size_t i = 0; i < queries->count; i++)
		for (int k = 0; k < answers[i].count; k++) {
			const struct index_hit *h = &answers[i].hits[k];
			id_list_text(ids, (uint32_t)h->id, id);
			match_pattern_text(m, h->pattern, pattern);
			(void)fprintf(to, "%s,%s,%.2f,%.4f,%s\n", queries->rows[i].id, id,
			              (double)h->weight, (double)h->probability, pattern);
		}
	bool failed = ferror(to) != 0;
	if (to != stdout)
		failed |= fclose(to) != 0;
	return failed ? FAIL(reterr, ERR_UNAVAILABLE, "Het schrijven lukt niet. Is de schijf vol?")
	              : OK;
}

static enum status ask_and_write(const struct match_options *o, const struct model *m,
                                 struct match_index *x, const struct id_list *ids,
                                 struct error *reterr)
{
	const struct match_rows_wanted all = { .most = QUERIES_MAX };
	struct match_table queries;
	enum status st = match_table_read(o->queries, m, &o->map, &all, &queries, reterr);
	struct answer *answers = block_alloc(queries.count, sizeof(*answers));

	if (st == OK)
		st = ask_all(x, &queries, o->threshold, answers, reterr);
	if (st == OK)
		st = write_answers(o, m, &queries, answers, ids, reterr);
	if (st == OK && o->churn)
		st = match_churn(x, &queries, o->threshold, reterr);
	block_free(answers);
	match_table_free(&queries);
	return st;
}

enum status match_lookup(const struct match_options *o, struct error *reterr)
{
	const struct encode_options how = { .map = o->map,
		                            .threads = o->threads,
		                            .memory_bytes = o->memory_mib << 20,
		                            .lookup_rules = true };
	struct model m;
	struct csv_file file;
	struct records records;

	if (o->file_count != 1 || o->queries == NULL)
		return FAIL(reterr, ERR_INVALID,
		            "Geef twee bestanden: plein match lookup REGISTER --queries VRAGEN.");
	enum status st = match_options_model(o, &m, reterr);
	if (st == OK)
		st = csv_open(&file, o->files[0], reterr);
	if (st != OK)
		return st;
	st = encode_file(&file, &m, &how, &records, reterr);
	if (st == OK) {
		int64_t start = clock_monotonic_us();
		struct id_list ids = id_list_take(&records);
		struct match_index *x = index_of_records(&records);
		(void)fprintf(stderr, "%u records in de index, in %.2f s.\n", index_count(x),
		              (double)(clock_monotonic_us() - start) / 1e6);
		st = ask_and_write(o, &m, x, &ids, reterr);
		index_free(x);
		id_list_free(&ids);
	}
	records_free(&records);
	csv_close(&file);
	return st;
}
