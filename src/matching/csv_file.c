/* Opening a CSV file, its header, and saying what is wrong with it. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "matching/bigarray.h"
#include "matching/csv.h"

enum { WINDOW_BYTES = 8 << 20 };

enum status csv_problem_error(enum csv_problem problem, size_t row, size_t column, size_t expected,
                              size_t found, struct error *reterr)
{
	switch (problem) {
	case CSV_RAGGED:
		return FAIL(reterr, ERR_INVALID,
		            "Rij %zu, kolom %zu: de kop heeft %zu kolommen, deze rij heeft er %zu. "
		            "Zet een cel met een scheidingsteken tussen aanhalingstekens.",
		            row, column, expected, found);
	case CSV_STRAY_QUOTE:
		return FAIL(reterr, ERR_INVALID,
		            "Rij %zu, kolom %zu: er staat een aanhalingsteken midden in de cel. "
		            "Zet de hele cel tussen aanhalingstekens en verdubbel die binnenin.",
		            row, column);
	case CSV_OPEN_QUOTE:
		return FAIL(reterr, ERR_INVALID,
		            "Rij %zu, kolom %zu: het aanhalingsteken van deze cel wordt nergens "
		            "gesloten.",
		            row, column);
	case CSV_NUL:
		return FAIL(reterr, ERR_INVALID,
		            "Rij %zu, kolom %zu: hier staat een nulteken. Bewaar het bestand "
		            "opnieuw als CSV (UTF-8).",
		            row, column);
	case CSV_LONG_ROW:
		return FAIL(reterr, ERR_INVALID,
		            "Rij %zu, kolom %zu: deze rij is langer dan 1 MB. Kijk of er een "
		            "regeleinde of aanhalingsteken ontbreekt.",
		            row, column);
	case CSV_TOO_MANY_CELLS:
		return FAIL(reterr, ERR_INVALID, "Rij %zu heeft meer dan %d kolommen.", row,
		            CSV_COLUMN_MAX);
	case CSV_FINE:
		break;
	}
	assert(problem != CSV_FINE); /* there is nothing to say of it */
	return FAIL_INTERNAL(reterr);
}

static enum status unreadable(struct error *reterr)
{
	(void)FAIL(reterr, ERR_UNAVAILABLE,
	           "Het bestand kan niet gelezen worden. Probeer het opnieuw.");
	return error_cause(reterr, "read: %s", strerror(errno));
}

enum status csv_read(const struct csv_file *f, uint64_t offset, char *to, size_t bytes,
                     size_t *ret_bytes, struct error *reterr)
{
	size_t done = 0;

	while (done < bytes) {
		ssize_t n = pread(f->fd, to + done, bytes - done, (off_t)(offset + done));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return unreadable(reterr);
		if (n == 0)
			break;
		done += (size_t)n;
	}
	*ret_bytes = done;
	return OK;
}

static enum status refuse_other_encodings(const char *text, size_t bytes, struct error *reterr)
{
	const unsigned char *u = (const unsigned char *)text;
	bool utf16_mark =
	    bytes >= 2 && ((u[0] == 0xff && u[1] == 0xfe) || (u[0] == 0xfe && u[1] == 0xff));
	bool utf16_bare = bytes >= 4 && ((u[1] == 0 && u[3] == 0) || (u[0] == 0 && u[2] == 0));

	if (utf16_mark || utf16_bare)
		return FAIL(reterr, ERR_INVALID,
		            "Rij 1, kolom 1: dit bestand is UTF-16. Bewaar het als CSV (UTF-8) en "
		            "probeer het opnieuw.");
	return OK;
}

/* The separator that occurs most in the header, outside quotes; a comma where none does. */
static char find_separator(const char *text, size_t bytes)
{
	static const char CANDIDATES[] = { ',', ';', '\t' };
	size_t counts[3] = { 0 };
	bool inside = false;

	for (size_t i = 0; i < bytes && (inside || text[i] != '\n'); i++) {
		inside ^= text[i] == '"';
		for (int k = 0; k < 3 && !inside; k++)
			counts[k] += text[i] == CANDIDATES[k];
	}
	int best = 0;
	for (int k = 1; k < 3; k++)
		if (counts[k] > counts[best])
			best = k;
	return CANDIDATES[best];
}

static char *copy_cell(struct csv_cell cell)
{
	char *s = block_alloc((size_t)cell.length + 1, 1);
	memcpy(s, cell.text, cell.length);
	return s;
}

static enum status keep_header(struct csv_file *f, const struct csv_cursor *c, struct error *reterr)
{
	for (size_t i = 0; i < c->cell_count; i++) {
		struct csv_cell cell = c->cells[i];
		if (!csv_is_utf8(cell.text, cell.length))
			return FAIL(
			    reterr, ERR_INVALID,
			    "Rij 1, kolom %zu: dit bestand is geen UTF-8. Bewaar het als CSV "
			    "(UTF-8) en probeer het opnieuw.",
			    i + 1);
		f->column_names[i] = copy_cell(cell);
		f->column_count = i + 1;
	}
	for (size_t i = 0; i < f->column_count; i++)
		if (csv_column(f, f->column_names[i]) != (int)i)
			return FAIL(
			    reterr, ERR_INVALID,
			    "Rij 1, kolom %zu: de kolom '%.60s' staat er twee keer. Geef elke "
			    "kolom een eigen naam.",
			    i + 1, f->column_names[i]);
	return OK;
}

static enum status read_header(struct csv_file *f, char *text, size_t bytes, struct error *reterr)
{
	struct csv_cursor c = { 0 };
	size_t mark = bytes >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	enum status st = refuse_other_encodings(text, bytes, reterr);

	if (st != OK)
		return st;
	if (bytes == mark)
		return FAIL(reterr, ERR_INVALID,
		            "Rij 1: het bestand is leeg. Er is een kop nodig "
		            "met de namen van de kolommen.");
	f->separator = find_separator(text + mark, bytes - mark);
	csv_start(&c, text + mark, bytes - mark, bytes == f->bytes, f->separator, 0);
	enum csv_step step = csv_next(&c);
	if (step == CSV_STEP_PARTIAL)
		st = csv_problem_error(CSV_LONG_ROW, 1, c.cell_count + 1, 0, 0, reterr);
	else if (step == CSV_STEP_BAD)
		st = csv_problem_error(c.problem, 1, c.problem_column, 0, c.cell_count, reterr);
	else
		st = keep_header(f, &c, reterr);
	f->body_offset = (uint64_t)(c.at - text);
	csv_free(&c);
	return st;
}

enum status csv_open(struct csv_file *f, const char *path, struct error *reterr)
{
	struct stat info;
	size_t bytes = 0;

	*f = (struct csv_file){ .fd = open(path, O_RDONLY | O_CLOEXEC) };
	if (f->fd < 0 || fstat(f->fd, &info) != 0 || !S_ISREG(info.st_mode)) {
		(void)FAIL(reterr, ERR_NOT_FOUND,
		           "Het bestand '%.100s' is er niet, of kan niet gelezen worden.", path);
		csv_close(f);
		return error_cause(reterr, "open: %s", strerror(errno));
	}
	f->bytes = (uint64_t)info.st_size;
	char *text = block_alloc(CSV_ROW_MAX_BYTES + 4096 + CSV_PADDING, 1);
	enum status st = csv_read(f, 0, text, CSV_ROW_MAX_BYTES + 4096, &bytes, reterr);
	if (st == OK)
		st = read_header(f, text, bytes, reterr);
	block_free(text);
	if (st != OK)
		csv_close(f);
	return st;
}

void csv_close(struct csv_file *f)
{
	for (size_t i = 0; i < f->column_count; i++)
		block_free(f->column_names[i]);
	if (f->fd >= 0)
		(void)close(f->fd);
	*f = (struct csv_file){ .fd = -1 };
}

int csv_column(const struct csv_file *f, const char *name)
{
	for (size_t i = 0; i < f->column_count; i++)
		if (strcmp(f->column_names[i], name) == 0)
			return (int)i;
	return -1;
}

static bool continuation(const unsigned char *s, const unsigned char *end, int count)
{
	for (int i = 0; i < count; i++)
		if (s + i >= end || (s[i] & 0xc0) != 0x80)
			return false;
	return true;
}

/* The bytes of the well-formed sequence that starts with a byte >= 0x80, or 0. */
static int sequence_bytes(const unsigned char *s, const unsigned char *end)
{
	if (s[0] >= 0xc2 && s[0] <= 0xdf)
		return continuation(s + 1, end, 1) ? 2 : 0;
	if (s[0] >= 0xe0 && s[0] <= 0xef) {
		if (!continuation(s + 1, end, 2) || (s[0] == 0xe0 && s[1] < 0xa0) ||
		    (s[0] == 0xed && s[1] > 0x9f))
			return 0;
		return 3;
	}
	if (s[0] >= 0xf0 && s[0] <= 0xf4) {
		if (!continuation(s + 1, end, 3) || (s[0] == 0xf0 && s[1] < 0x90) ||
		    (s[0] == 0xf4 && s[1] > 0x8f))
			return 0;
		return 4;
	}
	return 0;
}

bool csv_is_utf8(const char *text, size_t bytes)
{
	const unsigned char *s = (const unsigned char *)text, *end = s + bytes;

	while (s < end) {
		int n = *s < 0x80 ? 1 : sequence_bytes(s, end);
		if (n == 0)
			return false;
		s += n;
	}
	return true;
}

static enum status problem_in_row(const struct csv_file *f, const struct csv_cursor *c,
                                  enum csv_step step, size_t row, struct error *reterr)
{
	if (step == CSV_STEP_BAD) {
		size_t column = c->problem_column;
		if (c->problem == CSV_RAGGED)
			column =
			    (c->cell_count < f->column_count ? c->cell_count : f->column_count) + 1;
		return csv_problem_error(c->problem, row, column, f->column_count, c->cell_count,
		                         reterr);
	}
	for (size_t i = 0; step == CSV_STEP_ROW && i < c->cell_count; i++)
		if (!csv_is_utf8(c->cells[i].text, c->cells[i].length))
			return FAIL(
			    reterr, ERR_INVALID,
			    "Rij %zu, kolom %zu (%.40s): deze tekst is geen UTF-8. Bewaar het "
			    "bestand als CSV (UTF-8) en probeer het opnieuw.",
			    row, i + 1, f->column_names[i]);
	return OK;
}

static enum status problem_with_id(const struct csv_file *f, const struct csv_cursor *c, int column,
                                   size_t bytes_max, size_t row, struct error *reterr)
{
	if (column < 0)
		return OK;
	const size_t bytes = c->cells[column].length;
	if (bytes == 0)
		return FAIL(reterr, ERR_INVALID,
		            "Rij %zu, kolom %d: hier staat geen id. Geef elk record een eigen id "
		            "in de kolom '%.60s'.",
		            row, column + 1, f->column_names[column]);
	if (bytes <= bytes_max)
		return OK;
	return FAIL(reterr, ERR_INVALID,
	            "Rij %zu, kolom %d: dit id heeft meer dan %zu tekens. Geef het record een "
	            "korter id in de kolom '%.60s'.",
	            row, column + 1, bytes_max, f->column_names[column]);
}

enum status csv_explain_problem_or_id(const struct csv_file *f, int id_column, size_t bytes_max,
                                      struct error *reterr)
{
	char *window = block_alloc(WINDOW_BYTES + CSV_PADDING, 1);
	struct csv_cursor c = { 0 };
	uint64_t offset = f->body_offset;
	size_t rows_before = 1, bytes = 0;
	enum csv_step step = CSV_STEP_PARTIAL;
	enum status st = OK;

	while (st == OK && step == CSV_STEP_PARTIAL) {
		st = csv_read(f, offset, window, WINDOW_BYTES, &bytes, reterr);
		if (st != OK)
			break;
		csv_start(&c, window, bytes, offset + bytes >= f->bytes, f->separator,
		          f->column_count);
		do {
			step = csv_next(&c);
			st = problem_in_row(f, &c, step, rows_before + c.row_count, reterr);
			if (st == OK && step == CSV_STEP_ROW)
				st = problem_with_id(f, &c, id_column, bytes_max,
				                     rows_before + c.row_count, reterr);
		} while (st == OK && step == CSV_STEP_ROW);
		rows_before += c.row_count;
		offset += (uint64_t)(c.row_start - window);
	}
	csv_free(&c);
	block_free(window);
	return st;
}

enum status csv_explain_problem(const struct csv_file *f, struct error *reterr)
{
	return csv_explain_problem_or_id(f, -1, 0, reterr);
}
