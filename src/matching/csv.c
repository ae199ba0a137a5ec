#include "matching/csv.h"

#include <assert.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "matching/bigarray.h"

/* Bytes that end a cell or need care: separator, LF, quote, NUL. One bit for each of 64 bytes. */
#ifdef __SSE2__
static uint64_t special_16(const char *p, char separator)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i m = _mm_cmpeq_epi8(v, _mm_set1_epi8(separator));
	m = _mm_or_si128(m, _mm_cmpeq_epi8(v, _mm_set1_epi8('\n')));
	m = _mm_or_si128(m, _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
	m = _mm_or_si128(m, _mm_cmpeq_epi8(v, _mm_setzero_si128()));
	return (uint64_t)(uint32_t)_mm_movemask_epi8(m);
}

static uint64_t special_64(const char *p, char separator)
{
	return special_16(p, separator) | special_16(p + 16, separator) << 16 |
	       special_16(p + 32, separator) << 32 | special_16(p + 48, separator) << 48;
}
#else
static uint64_t special_64(const char *p, char separator)
{
	uint64_t mask = 0;

	for (int i = 0; i < 64; i++)
		if (p[i] == separator || p[i] == '\n' || p[i] == '"' || p[i] == '\0')
			mask |= (uint64_t)1 << i;
	return mask;
}
#endif

void csv_start(struct csv_cursor *c, const char *text, size_t bytes, bool final, char separator,
               size_t column_count)
{
	char *unquoted = c->unquoted;

	assert(column_count <= CSV_COLUMN_MAX);
	c->row_start = c->at = c->block = text;
	c->end = text + bytes;
	c->final = final;
	c->separator = separator;
	c->column_count = column_count;
	c->cell_count = c->row_count = 0;
	c->unquoted = unquoted;
	c->problem = CSV_FINE;
	c->mask = bytes == 0 ? 0 : special_64(text, separator);
}

void csv_free(struct csv_cursor *c)
{
	block_free(c->unquoted);
	c->unquoted = NULL;
}

/* The next byte at or after c->at that needs a look; c->end if there is none. */
static inline const char *next_special(struct csv_cursor *c)
{
	while (c->mask == 0) {
		c->block += 64;
		if (c->block >= c->end)
			return c->end;
		c->mask = special_64(c->block, c->separator);
	}
	const char *p = c->block + __builtin_ctzll(c->mask);
	c->mask &= c->mask - 1;
	return p < c->end ? p : c->end;
}

static enum csv_step bad(struct csv_cursor *c, enum csv_problem problem)
{
	c->problem = problem;
	c->problem_column = c->cell_count + 1;
	return CSV_STEP_BAD;
}

static enum csv_step ran_out(struct csv_cursor *c, enum csv_problem at_end)
{
	if ((size_t)(c->end - c->row_start) > CSV_ROW_MAX_BYTES)
		return bad(c, CSV_LONG_ROW);
	if (!c->final)
		return CSV_STEP_PARTIAL;
	return bad(c, at_end);
}

static inline bool add_cell(struct csv_cursor *c, const char *from, const char *to)
{
	if (c->cell_count == CSV_COLUMN_MAX)
		return false;
	c->cells[c->cell_count++] = (struct csv_cell){ from, (uint32_t)(to - from) };
	return true;
}

/* Finds the quote that closes; *doubled tells whether "" occurs within. NULL: there is none. */
static const char *closing_quote(struct csv_cursor *c, bool *doubled)
{
	const char *p;

	while ((p = next_special(c)) < c->end) {
		if (*p == '\0')
			return p;
		if (*p != '"')
			continue;
		if (p + 1 >= c->end || p[1] != '"')
			return p;
		*doubled = true;
		if (next_special(c) >= c->end)
			return NULL;
	}
	return NULL;
}

/* Copies a cell whose quotes are doubled, once each; the row's limit keeps it within bounds. */
static struct csv_cell undouble(struct csv_cursor *c, const char *from, const char *to)
{
	if (c->unquoted == NULL)
		c->unquoted = block_alloc(CSV_ROW_MAX_BYTES + CSV_PADDING, 1);
	char *start = c->unquoted + c->unquoted_bytes, *put = start;
	for (const char *p = from; p < to; p++) {
		*put++ = *p;
		if (*p == '"')
			p++;
	}
	c->unquoted_bytes += (size_t)(put - start);
	return (struct csv_cell){ start, (uint32_t)(put - start) };
}

/*
 * A quoted cell whose opening quote is at c->at (already looked at). On ROW the cell is added and
 * *ret_stop is the separator, LF or end that follows it.
 */
static enum csv_step quoted_cell(struct csv_cursor *c, const char **ret_stop)
{
	bool doubled = false;
	const char *from = c->at + 1;
	const char *close = closing_quote(c, &doubled);

	if (close == NULL)
		return ran_out(c, CSV_OPEN_QUOTE);
	if (*close == '\0')
		return bad(c, CSV_NUL);
	if ((size_t)(close - c->row_start) > CSV_ROW_MAX_BYTES)
		return bad(c, CSV_LONG_ROW);
	const char *stop = close + 1;
	if (stop < c->end && *stop == '\r')
		stop++;
	if (stop >= c->end && !c->final)
		return ran_out(c, CSV_OPEN_QUOTE);
	if (stop < c->end && *stop != '\n' && (*stop != c->separator || stop != close + 1))
		return bad(c, CSV_STRAY_QUOTE);
	*ret_stop = next_special(c);
	struct csv_cell cell = { from, (uint32_t)(close - from) };
	if (doubled)
		cell = undouble(c, from, close);
	if (!add_cell(c, cell.text, cell.text + cell.length))
		return bad(c, CSV_TOO_MANY_CELLS);
	return CSV_STEP_ROW;
}

/* A cell that isn't quoted, which begins at c->at and ends at *stop. */
static enum csv_step plain_cell(struct csv_cursor *c, const char *stop)
{
	if (stop >= c->end && !c->final)
		return ran_out(c, CSV_RAGGED);
	if (stop < c->end && *stop == '"')
		return bad(c, CSV_STRAY_QUOTE);
	if (stop < c->end && *stop == '\0')
		return bad(c, CSV_NUL);
	const char *to = stop;
	bool last = stop >= c->end || *stop == '\n';
	if (last && to > c->at && to[-1] == '\r')
		to--;
	if (!add_cell(c, c->at, to))
		return bad(c, CSV_TOO_MANY_CELLS);
	return CSV_STEP_ROW;
}

static enum csv_step one_row(struct csv_cursor *c)
{
	for (;;) {
		const char *stop = next_special(c);
		enum csv_step step = stop == c->at && stop < c->end && *stop == '"'
		                         ? quoted_cell(c, &stop)
		                         : plain_cell(c, stop);
		if (step != CSV_STEP_ROW)
			return step;
		c->at = stop + 1;
		if (stop >= c->end || *stop == '\n') {
			if (stop > c->end)
				c->at = c->end;
			return CSV_STEP_ROW;
		}
	}
}

/*
 * A whole row of plain cells, as most are, in one loop. False, and nothing has happened, where
 * anything else comes up: a quote, NUL, the end, too many cells.
 */
static inline bool plain_row(struct csv_cursor *c)
{
	const char *block = c->block, *from = c->at;
	uint64_t mask = c->mask;
	size_t count = 0;

	for (;;) {
		while (mask == 0) {
			block += 64;
			if (block >= c->end)
				return false;
			mask = special_64(block, c->separator);
		}
		const char *stop = block + __builtin_ctzll(mask);
		if (stop >= c->end || (*stop != c->separator && *stop != '\n') ||
		    count == c->column_count)
			return false;
		mask &= mask - 1;
		c->cells[count++] = (struct csv_cell){ from, (uint32_t)(stop - from) };
		from = stop + 1;
		if (*stop == '\n')
			break;
	}
	struct csv_cell *last = &c->cells[count - 1];
	if (last->length > 0 && last->text[last->length - 1] == '\r')
		last->length--;
	c->cell_count = count;
	c->block = block;
	c->mask = mask;
	c->at = from;
	return true;
}

static bool is_blank(const struct csv_cursor *c)
{
	return c->cell_count == 1 && c->cells[0].length == 0 && c->column_count > 1;
}

enum csv_step csv_next(struct csv_cursor *c)
{
	do {
		if (c->at >= c->end)
			return CSV_STEP_END;
		c->row_start = c->at;
		c->cell_count = 0;
		c->unquoted_bytes = 0;
		c->problem_column = 0;
		c->row_count++;
		enum csv_step step = plain_row(c) ? CSV_STEP_ROW : one_row(c);
		if (step == CSV_STEP_PARTIAL)
			c->row_count--;
		if (step != CSV_STEP_ROW)
			return step;
	} while (is_blank(c));
	if ((size_t)(c->at - c->row_start) > CSV_ROW_MAX_BYTES) {
		c->problem = CSV_LONG_ROW;
		c->problem_column = c->cell_count;
		return CSV_STEP_BAD;
	}
	if (c->column_count != 0 && c->cell_count != c->column_count)
		return bad(c, CSV_RAGGED);
	return CSV_STEP_ROW;
}

size_t csv_count_quotes(const char *text, size_t bytes)
{
	const char *first =
	    memchr(text, '"', bytes); /* most files have none, which this sees soonest */
	size_t count = 0;

	for (size_t i = first == NULL ? bytes : (size_t)(first - text); i < bytes; i++)
		count += text[i] == '"'; /* vectorised by the compiler */
	return count;
}

size_t csv_row_boundary(const char *text, size_t from, size_t bytes, bool inside)
{
	for (size_t i = from; i < bytes; i++) {
		if (text[i] == '"')
			inside = !inside;
		else if (text[i] == '\n' && !inside)
			return i + 1;
	}
	return bytes;
}
