#include "matching/truth.h"

#include <assert.h>
#include <string.h>

#include "matching/csv.h"
#include "matching/hash.h"
#include "matching/histogram.h"
#include "matching/radix.h"

/* id -> record, for reading the truth only. */
struct id_table {
	const struct records *r;
	uint64_t *slots; /* high half of the hash, record + 1; 0: free */
	uint64_t mask;
};

static void id_table_init(struct id_table *t, const struct records *r)
{
	char id[RECORD_ID_MAX_BYTES + 1];

	*t = (struct id_table){ .r = r, .mask = 1023 };
	while (t->mask < (uint64_t)r->count * 2)
		t->mask = t->mask * 2 + 1;
	t->slots = block_alloc(t->mask + 1, sizeof(*t->slots));
	for (uint32_t i = 0; i < r->count; i++) {
		record_id(r, i, id);
		uint64_t h = hash_bytes(id, strlen(id)), at = h & t->mask;
		while (t->slots[at] != 0)
			at = (at + 1) & t->mask;
		t->slots[at] = (h & 0xffffffff00000000u) | (i + 1);
	}
}

static bool id_find(const struct id_table *t, struct csv_cell cell, uint32_t *ret)
{
	char id[RECORD_ID_MAX_BYTES + 1];
	uint64_t h = hash_bytes(cell.text, cell.length), at = h & t->mask;

	for (; t->slots[at] != 0; at = (at + 1) & t->mask) {
		if ((t->slots[at] ^ h) >> 32 != 0)
			continue;
		record_id(t->r, (uint32_t)t->slots[at] - 1, id);
		if (strlen(id) == cell.length && memcmp(id, cell.text, cell.length) == 0) {
			*ret = (uint32_t)t->slots[at] - 1;
			return true;
		}
	}
	return false;
}

static enum status take_row(struct truth *t, const struct id_table *ids, const struct csv_cursor *c,
                            struct error *reterr)
{
	uint32_t record[2] = { 0 };

	for (int i = 0; i < 2; i++)
		if (!id_find(ids, c->cells[i], &record[i]))
			return FAIL(reterr, ERR_INVALID,
			            "Waarheid, rij %zu, kolom %d: het id '%.*s' komt in het "
			            "bestand niet voor.",
			            c->row_count + 1, i + 1,
			            (int)(c->cells[i].length > 40 ? 40 : c->cells[i].length),
			            c->cells[i].text);
	if (record[0] == record[1])
		return OK;
	uint64_t low = record[0] < record[1] ? record[0] : record[1];
	uint64_t high = record[0] < record[1] ? record[1] : record[0];
	uint64_t pair = low << 32 | high;
	(void)bigarray_push(&t->pairs, &pair, sizeof(pair));
	return OK;
}

static void index_lefts(struct truth *t)
{
	const uint64_t *words = t->pairs.data;

	t->lefts = t->count == 0 ? 0 : (uint32_t)(words[t->count - 1] >> 32) + 1;
	uint32_t *starts = bigarray_reserve(&t->starts, ((size_t)t->lefts + 1) * sizeof(*starts));
	uint32_t left = 0;
	for (size_t i = 0; i < t->count; i++)
		for (; left <= words[i] >> 32; left++)
			starts[left] = (uint32_t)i;
	for (; left <= t->lefts; left++)
		starts[left] = (uint32_t)t->count;
}

void truth_settle(struct truth *t)
{
	size_t count = t->pairs.bytes / sizeof(uint64_t), kept = 0;
	uint64_t *words = t->pairs.data;
	uint64_t *spare = block_alloc(count, sizeof(*spare));
	uint64_t *sorted = count == 0 ? words : radix_sort_all(words, spare, count);

	for (size_t i = 0; i < count; i++) {
		uint64_t word = sorted[i];
		if (kept == 0 || words[kept - 1] != word)
			words[kept++] = word;
	}
	block_free(spare);
	t->count = kept;
	index_lefts(t);
}

static enum status read_rows(struct truth *t, const struct csv_file *f, const struct id_table *ids,
                             struct error *reterr)
{
	char *text = block_alloc(f->bytes + CSV_PADDING, 1);
	struct csv_cursor c = { 0 };
	enum csv_step step = CSV_STEP_END;
	size_t bytes = 0;
	enum status st = csv_read(f, f->body_offset, text, (size_t)f->bytes, &bytes, reterr);

	if (st == OK) {
		csv_start(&c, text, bytes, true, f->separator, f->column_count);
		while (st == OK && (step = csv_next(&c)) == CSV_STEP_ROW)
			st = take_row(t, ids, &c, reterr);
	}
	if (st == OK && step == CSV_STEP_BAD)
		st = csv_explain_problem(f, reterr);
	csv_free(&c);
	block_free(text);
	return st;
}

enum status truth_read(const char *path, const struct records *r, struct truth *ret,
                       struct error *reterr)
{
	struct csv_file f;
	struct id_table ids;

	*ret = (struct truth){ .count = 0 };
	enum status st = csv_open(&f, path, reterr);
	if (st != OK)
		return st;
	if (f.column_count < 2) {
		csv_close(&f);
		return FAIL(reterr, ERR_INVALID,
		            "Waarheid, rij 1: er zijn twee kolommen met ids nodig.");
	}
	id_table_init(&ids, r);
	st = read_rows(ret, &f, &ids, reterr);
	if (st == OK)
		truth_settle(ret);
	block_free(ids.slots);
	csv_close(&f);
	return st;
}

void truth_free(struct truth *t)
{
	bigarray_free(&t->pairs);
	bigarray_free(&t->starts);
	t->count = 0;
	t->lefts = 0;
}

bool truth_has(const struct truth *t, uint32_t left, uint32_t right)
{
	const uint64_t *words = t->pairs.data;
	const uint32_t *starts = t->starts.data;

	if (left >= t->lefts)
		return false;
	for (uint32_t i = starts[left]; i < starts[left + 1]; i++)
		if ((uint32_t)words[i] == right)
			return true;
	return false;
}

static void settle(struct quality *q, uint64_t true_count)
{
	q->precision = q->given == 0 ? 0 : (double)q->right / (double)q->given;
	q->recall = true_count == 0 ? 0 : (double)q->right / (double)true_count;
	double sum = q->precision + q->recall;
	q->f1 = sum > 0 ? 2 * q->precision * q->recall / sum : 0;
}

static void count_pairs(struct quality_curve *c, double weight, uint64_t given, uint64_t right)
{
	double probability = weight_probability(weight);

	for (int i = 0; i < QUALITY_STEPS && c->steps[i].weight <= weight; i++) {
		c->steps[i].given += given;
		c->steps[i].right += right;
		c->steps[i].expected_right += (double)given * probability;
	}
}

void quality_measure(const struct dedupe_result *d, const struct truth *t,
                     struct quality_curve *ret)
{
	const struct pattern_count *patterns = d->patterns.data;
	const uint64_t *right = d->right.data;

	assert(right != NULL);
	memset(ret, 0, sizeof(*ret));
	for (int i = 0; i < QUALITY_STEPS; i++)
		ret->steps[i].weight = -20 + i * 0.5;
	for (size_t i = 0; i < d->pattern_count; i++)
		count_pairs(ret, (double)weight_of(&d->weights, patterns[i].pattern),
		            patterns[i].count, right[i]);
	for (int i = 0; i < QUALITY_STEPS; i++) {
		settle(&ret->steps[i], t->count);
		if (i == 0 || ret->steps[i].f1 > ret->best.f1)
			ret->best = ret->steps[i];
	}
	ret->at_zero = ret->steps[40];
	assert(ret->at_zero.weight == 0);
}

static void polyline(const struct quality_curve *c, bool recall, const char *colour,
                     const char *dashes, struct out *o)
{
	out_fmt(o, "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s points=\"", colour,
	        dashes);
	for (int i = 0; i < QUALITY_STEPS; i++) {
		double y = recall ? c->steps[i].recall : c->steps[i].precision;
		out_fmt(o, "%.1f,%.1f ", 60 + (c->steps[i].weight + 20) * 14, 320 - y * 280);
	}
	OUT_LIT(o, "\"/>\n");
}

void quality_curve_svg(const struct quality_curve *c, struct out *o)
{
	OUT_LIT(o, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 680 380\" role=\"img\" "
	           "font-family=\"sans-serif\" font-size=\"13\">\n"
	           "<title>Juist en volledig, naar de drempel</title>\n"
	           "<rect width=\"680\" height=\"380\" fill=\"#fff\"/>\n");
	for (int i = 0; i <= 10; i += 2)
		out_fmt(o,
		        "<line x1=\"60\" x2=\"620\" y1=\"%d\" y2=\"%d\" stroke=\"#ddd\"/>"
		        "<text x=\"52\" y=\"%d\" text-anchor=\"end\">%d%%</text>\n",
		        320 - i * 28, 320 - i * 28, 324 - i * 28, i * 10);
	for (int w = -20; w <= 20; w += 5)
		out_fmt(o, "<text x=\"%d\" y=\"340\" text-anchor=\"middle\">%d</text>\n",
		        60 + (w + 20) * 14, w);
	polyline(c, false, "#1d4f91", "", o);
	polyline(c, true, "#a04000", " stroke-dasharray=\"6 4\"", o);
	OUT_LIT(o, "<text x=\"340\" y=\"364\" text-anchor=\"middle\">drempel (gewicht)</text>\n"
	           "<text x=\"64\" y=\"24\" fill=\"#1d4f91\">juist: deel van de gegeven paren dat "
	           "klopt (lijn)</text>\n"
	           "<text x=\"340\" y=\"24\" fill=\"#a04000\">volledig: deel van de ware paren dat "
	           "gevonden is (streepjes)</text>\n");
	out_fmt(o,
	        "<text x=\"60\" y=\"376\" font-size=\"11\">Bij gewicht 0: juist %.1f%%, volledig "
	        "%.1f%%, F1 %.3f.</text>\n</svg>\n",
	        c->at_zero.precision * 100, c->at_zero.recall * 100, c->at_zero.f1);
}
