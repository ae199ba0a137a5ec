#include "cli/match_pairs.h"

#include <stdio.h>
#include <string.h>

#include "matching/bigarray.h"
#include "matching/compare.h"

void match_pattern_text(const struct model *m, uint32_t pattern, char ret[MODEL_COMPARISON_MAX + 1])
{
	for (int k = 0; k < m->comparison_count; k++)
		ret[k] = "0123456789abcdef"[pattern_level(pattern, k)];
	ret[m->comparison_count] = '\0';
}

enum { END_BYTES = 47 };

/* What stands behind the ids is the same for all pairs of a pattern: written once per pattern. */
struct line_end {
	char text[END_BYTES]; /* ",12.34,0.9998,2671100\n" */
	uint8_t bytes;        /* 0: below the threshold, or not used */
};

static struct line_end *line_ends(const struct match_options *o, const struct dedupe_result *d)
{
	struct line_end *ends = block_alloc((size_t)d->weights.mask + 1, sizeof(*ends));
	const struct pattern_count *patterns = d->patterns.data;
	char pattern[MODEL_COMPARISON_MAX + 1];

	for (size_t i = 0; i < d->pattern_count; i++) {
		uint32_t slot = weight_slot_of(&d->weights, patterns[i].pattern);
		double weight = d->weights.slots[slot].weight;
		if (weight < o->threshold)
			continue;
		match_pattern_text(&d->model, patterns[i].pattern, pattern);
		int n = snprintf(ends[slot].text, END_BYTES, ",%.2f,%.4f,%s\n", weight,
		                 weight_probability(weight), pattern);
		ends[slot].bytes = (uint8_t)n;
	}
	return ends;
}

enum {
	LINE_MAX_BYTES = 2 * RECORD_ID_ROOM_BYTES + 1 + END_BYTES,
	TEXT_BYTES = 1 << 18,
	PAIRS_AHEAD = 16
};

static char *put_line(char *to, const struct records *r, struct pair p, const struct line_end *end)
{
	to += record_id_put(r, p.left, to);
	*to++ = ',';
	to += record_id_put(r, p.right, to);
	memcpy(to, end->text, END_BYTES);
	return to + end->bytes;
}

static bool write_lines(FILE *to, const struct records *r, const struct dedupe_result *d,
                        const struct line_end *ends)
{
	const struct pair *pairs = d->pairs.data;
	char *text = block_alloc(TEXT_BYTES + LINE_MAX_BYTES, 1), *at = text;
	bool fine = fputs("left_id,right_id,weight,probability,pattern\n", to) >= 0;

	for (size_t i = 0; i < d->pair_count && fine; i++) {
		const struct line_end *end = &ends[weight_slot_of(&d->weights, pairs[i].pattern)];
		if (i + PAIRS_AHEAD < d->pair_count)
			record_id_expect(r, pairs[i + PAIRS_AHEAD].right);
		if (end->bytes > 0)
			at = put_line(at, r, pairs[i], end);
		if (at - text < TEXT_BYTES)
			continue;
		fine = fwrite(text, 1, (size_t)(at - text), to) == (size_t)(at - text);
		at = text;
	}
	fine = fine && fwrite(text, 1, (size_t)(at - text), to) == (size_t)(at - text);
	block_free(text);
	return fine;
}

enum status match_pairs_write(const struct match_options *o, const struct records *r,
                              const struct dedupe_result *d, struct error *reterr)
{
	FILE *to = o->output == NULL ? stdout : fopen(o->output, "w");

	if (to == NULL)
		return FAIL(reterr, ERR_UNAVAILABLE, "In '%.100s' kan niet geschreven worden.",
		            o->output);
	struct line_end *ends = line_ends(o, d);
	bool fine = write_lines(to, r, d, ends);
	block_free(ends);
	fine = fflush(to) == 0 && fine;
	if (to != stdout)
		fine = fclose(to) == 0 && fine;
	return fine ? OK
	            : FAIL(reterr, ERR_UNAVAILABLE,
	                   "Het schrijven van de paren lukt niet. Is de schijf vol?");
}
