/* plein match explain: two records of a file, in words. */
#include <stdio.h>
#include <string.h>

#include "cli/match_commands.h"
#include "cli/match_table.h"
#include "matching/bigarray.h"
#include "matching/explain.h"
#include "matching/index.h"

static enum status explain_rows(struct match_index *x, const struct model *m,
                                const struct match_row *a, const struct match_row *b,
                                struct error *reterr)
{
	struct index_record left = { .id = 1 }, right = { .id = 2 };
	struct index_hit hit;
	struct out o;

	memcpy(left.texts, a->texts, sizeof(left.texts));
	memcpy(right.texts, b->texts, sizeof(right.texts));
	enum status st = index_compare(x, &left, &right, &hit, reterr);
	if (st != OK)
		return st;
	out_init(&o, 1 << 16);
	explain_text(m, hit.pattern, index_count(x), a->texts, b->texts, &o);
	st = out_end(&o, reterr);
	if (st == OK)
		(void)fputs(o.data, stdout);
	out_free(&o);
	return st;
}

/* How often names occur, which tells how much they weigh, comes from the whole file. */
static enum status whole_register(const struct match_options *o, const struct model *m,
                                  struct match_index **ret, struct error *reterr)
{
	const struct encode_options how = { .map = o->map,
		                            .threads = o->threads,
		                            .memory_bytes = o->memory_mib << 20 };
	struct csv_file file;
	struct records records;

	enum status st = csv_open(&file, o->files[0], reterr);
	if (st != OK)
		return st;
	st = encode_file(&file, m, &how, &records, reterr);
	if (st == OK)
		*ret = index_of_records(&records);
	records_free(&records);
	csv_close(&file);
	return st;
}

enum status match_explain(const struct match_options *o, struct error *reterr)
{
	char ids[2][RECORD_ID_MAX_BYTES + 1] = { "", "" };
	const char *const only[2] = { ids[0], ids[1] };
	const struct match_rows_wanted two = { .only = only, .only_count = 2, .most = 2 };
	struct match_table table = { .count = 0 };
	struct match_index *x = NULL;
	struct model m;

	if (o->file_count != 1 || o->pair == NULL ||
	    sscanf(o->pair, "%200[^,],%200s", ids[0], ids[1]) != 2)
		return FAIL(
		    reterr, ERR_INVALID,
		    "Geef een bestand en twee ids: plein match explain BESTAND --pair 12,34.");
	enum status st = match_options_model(o, &m, reterr);
	if (st == OK)
		st = match_table_read(o->files[0], &m, &o->map, &two, &table, reterr);
	if (st == OK)
		st = whole_register(o, &m, &x, reterr);
	const struct match_row *a = match_table_row(&table, ids[0]);
	const struct match_row *b = match_table_row(&table, ids[1]);
	if (st == OK && (a == NULL || b == NULL))
		st = FAIL(reterr, ERR_NOT_FOUND, "Het id '%.60s' komt in het bestand niet voor.",
		          a == NULL ? ids[0] : ids[1]);
	if (st == OK)
		st = explain_rows(x, &m, a, b, reterr);
	index_free(x);
	match_table_free(&table);
	return st;
}
