/* fuzz_match_csv.c - a text cut anywhere gives the same rows as whole, or the same refusal */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "matching/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t add_row(uint64_t h, const struct csv_cursor *c)
{
	for (size_t i = 0; i < c->cell_count; i++) {
		for (uint32_t k = 0; k < c->cells[i].length; k++)
			h = (h ^ (unsigned char)c->cells[i].text[k]) * 0x100000001b3u;
		h = (h ^ 0x1ff) * 0x100000001b3u;
	}
	return (h ^ 0x2ff) * 0x100000001b3u;
}

/* Rows of text[from..to) into *h; the step at which it stopped. */
static enum csv_step read_rows(struct csv_cursor *c, const char *text, size_t from, size_t to,
                               bool final, uint64_t *h)
{
	enum csv_step step;

	csv_start(c, text + from, to - from, final, ',', 3);
	while ((step = csv_next(c)) == CSV_STEP_ROW)
		*h = add_row(*h, c);
	return step;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1 || size > 4096)
		return 0;
	size_t bytes = size - 1, cut = data[0] * bytes / 255;
	char *text = calloc(bytes + CSV_PADDING, 1);
	struct csv_cursor c = { 0 };
	uint64_t whole = 1, parts = 1;

	assert(text != NULL);
	memcpy(text, data + 1, bytes);
	enum csv_step at_once = read_rows(&c, text, 0, bytes, true, &whole);
	assert(at_once == CSV_STEP_END || at_once == CSV_STEP_BAD);
	char kept = text[cut]; /* the reader may look at padding, never act on it */
	enum csv_step first = read_rows(&c, text, 0, cut, false, &parts);
	assert(text[cut] == kept);
	size_t next = first == CSV_STEP_PARTIAL ? (size_t)(c.row_start - text) : cut;
	if (first == CSV_STEP_BAD)
		assert(at_once == CSV_STEP_BAD);
	else if (read_rows(&c, text, next, bytes, true, &parts) == CSV_STEP_END)
		assert(at_once == CSV_STEP_END && parts == whole);
	csv_free(&c);
	free(text);
	return 0;
}
