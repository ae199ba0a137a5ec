#include "requests/answer_table.h"

#include <stdlib.h>
#include <string.h>

#include "law/topics.h"
#include "platform/core/dutch.h"

/* ---- cells --------------------------------------------------------------------------------- */

struct reading {
	struct arena *a;
	const char *at; /* the rest of the text */
	char separator;
	int64_t row;
};

struct cells {
	const char *text[ANSWER_TABLE_COLUMNS_MAX];
	size_t count;
	struct table_text sent;
	bool open_quote, too_many;
};

/* What parts the cells: the one of tab, ; and , that stands most in the first line. */
static char separator_of(const char *text)
{
	size_t tabs = 0, semicolons = 0, commas = 0;

	for (const char *c = text; *c != '\0' && *c != '\n'; c++) {
		tabs += *c == '\t';
		semicolons += *c == ';';
		commas += *c == ',';
	}
	if (tabs > 0)
		return '\t';
	return semicolons >= commas ? ';' : ',';
}

static const char *trimmed(struct arena *a, const char *from, size_t len)
{
	while (len > 0 && (*from == ' ' || *from == '\r')) {
		from++;
		len--;
	}
	while (len > 0 && (from[len - 1] == ' ' || from[len - 1] == '\r'))
		len--;
	return arena_strndup(a, from, len);
}

/* The place behind the quote that closes a cell; its text's end if none does. */
static const char *closing_quote(const char *at)
{
	for (; *at != '\0'; at++)
		if (*at == '"' && *++at != '"')
			return at;
	return at;
}

/* A cell in quotes; r->at stands behind the opening one. */
static const char *quoted_cell(struct reading *r, bool *ret_open)
{
	const char *end = closing_quote(r->at);
	const bool closed = end > r->at && end[-1] == '"';
	char *to = arena_alloc(r->a, (size_t)(end - r->at) + 1);
	size_t len = 0;

	*ret_open |= !closed;
	for (; r->at < end - closed; r->at++) {
		to[len++] = *r->at;
		r->at += *r->at == '"';
	}
	for (r->at = end; *r->at != '\0' && *r->at != r->separator && *r->at != '\n';)
		r->at++;
	return trimmed(r->a, to, len);
}

static const char *plain_cell(struct reading *r)
{
	const char *from = r->at;

	while (*r->at != '\0' && *r->at != r->separator && *r->at != '\n')
		r->at++;
	return trimmed(r->a, from, (size_t)(r->at - from));
}

static struct table_text sent_text(const char *from, const char *end)
{
	while (end > from && (end[-1] == '\r' || end[-1] == '\n'))
		end--;
	return (struct table_text){ from, (size_t)(end - from) };
}

/* The cells of the next line; false at the end of the text. */
static bool next_line(struct reading *r, struct cells *ret)
{
	const char *const from = r->at;

	*ret = (struct cells){ 0 };
	if (*r->at == '\0')
		return false;
	r->row++;
	for (;;) {
		const bool quoted = *r->at == '"';
		r->at += quoted;
		const char *cell = quoted ? quoted_cell(r, &ret->open_quote) : plain_cell(r);
		if (ret->count < ANSWER_TABLE_COLUMNS_MAX)
			ret->text[ret->count++] = cell;
		else
			ret->too_many = true;
		if (*r->at != r->separator)
			break;
		r->at++;
	}
	ret->sent = sent_text(from, r->at);
	r->at += *r->at == '\n';
	return true;
}

static bool is_blank(const struct cells *line)
{
	for (size_t i = 0; i < line->count; i++)
		if (line->text[i][0] != '\0')
			return false;
	return true;
}

/* ---- columns -------------------------------------------------------------------------------- */

enum column {
	COLUMN_WHO,
	COLUMN_WHAT,
	COLUMN_TEXT,
	COLUMN_AMOUNT,
	COLUMN_DAY,
	COLUMN_SORT,
	COLUMN_GRADE,
	COLUMN_SETTLED,
	COLUMN_COUNT
};

static const struct {
	enum column column;
	const char *name; /* folded */
} NAMES[] = {
	{ COLUMN_WHO, "wie" },         { COLUMN_WHO, "betrokkene" },
	{ COLUMN_WHO, "subject" },     { COLUMN_WHAT, "wat" },
	{ COLUMN_WHAT, "onderdeel" },  { COLUMN_WHAT, "kind" },
	{ COLUMN_TEXT, "tekst" },      { COLUMN_TEXT, "toelichting" },
	{ COLUMN_TEXT, "text" },       { COLUMN_AMOUNT, "bedrag" },
	{ COLUMN_AMOUNT, "amount" },   { COLUMN_DAY, "datum" },
	{ COLUMN_DAY, "day" },         { COLUMN_SORT, "soort" },
	{ COLUMN_SORT, "nature" },     { COLUMN_GRADE, "waardering" },
	{ COLUMN_GRADE, "grade" },     { COLUMN_SETTLED, "uitleg" },
	{ COLUMN_SETTLED, "settled" },
};

/* Do two texts read the same: case, accents and spaces don't count. */
static bool alike(const char *one, const char *other)
{
	const size_t one_len = strlen(one), other_len = strlen(other);
	size_t i = 0, j = 0, step = 0;

	for (;;) {
		char x = '\0', y = '\0';
		while (i < one_len && (x == '\0' || x == ' ')) {
			x = law_fold_at(one, one_len, i, &step);
			i += step;
		}
		while (j < other_len && (y == '\0' || y == ' ')) {
			y = law_fold_at(other, other_len, j, &step);
			j += step;
		}
		if (x == ' ')
			x = '\0';
		if (y == ' ')
			y = '\0';
		if (x != y)
			return false;
		if (x == '\0')
			return true;
		if (x == '*')
			return strcmp(one, other) == 0; /* letters that don't fold */
	}
}

static void find_columns(const struct cells *head, int ret[COLUMN_COUNT])
{
	for (int c = 0; c < COLUMN_COUNT; c++)
		ret[c] = -1;
	for (size_t i = 0; i < head->count; i++)
		for (size_t n = 0; n < sizeof NAMES / sizeof NAMES[0]; n++)
			if (ret[NAMES[n].column] < 0 && alike(head->text[i], NAMES[n].name))
				ret[NAMES[n].column] = (int)i;
}

static const char *cell_of(const struct cells *line, const int columns[COLUMN_COUNT],
                           enum column column)
{
	const int at = columns[column];
	return at < 0 || (size_t)at >= line->count ? "" : line->text[at];
}

/* ---- rows -------------------------------------------------------------------------------------- */

/* The number of the subject that is meant; 0: nobody who is named. */
static int64_t subject_meant(const struct answer_asked *asked, const char *cell)
{
	const struct answer_part *parts = asked->parts.items;
	char *end = NULL;
	const long long number = strtoll(cell, &end, 10);

	for (size_t i = 0; i < asked->parts.count; i++) {
		if (end != cell && *end == '\0' && parts[i].subject == number)
			return number;
		if (parts[i].name != NULL && parts[i].name[0] != '\0' && cell[0] != '\0' &&
		    alike(parts[i].name, cell))
			return parts[i].subject;
	}
	return 0;
}

static const struct law_kind *kind_meant(const char *cell)
{
	size_t count = 0;
	const struct law_kind *kinds = law_kinds(&count);

	for (size_t i = 0; i < count && cell[0] != '\0'; i++)
		if (kinds[i].of == KIND_FACT &&
		    (alike(kinds[i].label, cell) || strcmp(kinds[i].id, cell) == 0))
			return &kinds[i];
	return NULL;
}

static void unread(struct table_row *row, const char *field, const char *message)
{
	problems_add(&row->unread, PROBLEM_ERROR, field, message);
}

static void read_sort(const char *cell, struct table_row *row)
{
	if (cell[0] == '\0' || alike(cell, "feit") || alike(cell, "fact"))
		return;
	row->item.is_judgement = alike(cell, "oordeel") || alike(cell, "judgement");
	if (!row->item.is_judgement)
		unread(row, "nature", "Schrijf bij Soort: feit of oordeel.");
}

static void read_figures(const char *day, const char *amount, struct table_row *row)
{
	struct answer_item *item = &row->item;
	int32_t read_day = 0;

	item->day = item->cents = INT64_MIN;
	if (day[0] != '\0' && !dutch_day_read(day, &read_day))
		unread(row, "day", "Deze datum is niet te lezen. Schrijf bijvoorbeeld 1-3-2026.");
	else if (day[0] != '\0')
		item->day = read_day;
	if (amount[0] != '\0' && !dutch_euros_read(amount, &item->cents))
		unread(row, "amount",
		       "Dit bedrag is niet te lezen. Schrijf bijvoorbeeld 1.250,00.");
}

static void read_cells(const struct cells *line, const int columns[COLUMN_COUNT],
                       const struct answer_asked *asked, struct table_row *row)
{
	struct answer_item *item = &row->item;
	const struct law_kind *kind = kind_meant(row->what);

	item->text = cell_of(line, columns, COLUMN_TEXT);
	item->settled = cell_of(line, columns, COLUMN_SETTLED);
	item->subject = subject_meant(asked, row->who);
	if (kind != NULL) {
		item->kind = kind->code;
		item->category = kind->category;
	}
	read_figures(cell_of(line, columns, COLUMN_DAY), cell_of(line, columns, COLUMN_AMOUNT),
	             row);
	read_sort(cell_of(line, columns, COLUMN_SORT), row);
	if (!answer_grade_read(cell_of(line, columns, COLUMN_GRADE), &item->source_grade,
	                       &item->information_grade))
		unread(row, "grade", "Schrijf de waardering als een letter en een cijfer: A1.");
}

static struct table_row read_row(const struct reading *r, const struct cells *line,
                                 const int columns[COLUMN_COUNT], const struct answer_asked *asked,
                                 uint16_t task)
{
	struct table_row ret = { .row = r->row,
		                 .sent = line->sent,
		                 .who = cell_of(line, columns, COLUMN_WHO),
		                 .what = cell_of(line, columns, COLUMN_WHAT),
		                 .item.task = task,
		                 .parted = !line->open_quote && !line->too_many };

	problems_init(&ret.unread, r->a);
	read_cells(line, columns, asked, &ret);
	if (!ret.parted)
		problems_init(&ret.unread, r->a); /* the cells may be other cells */
	if (line->open_quote)
		unread(&ret, "", "Hier begint een aanhalingsteken dat nergens eindigt.");
	if (line->too_many)
		unread(&ret, "", "Deze regel heeft te veel kolommen.");
	ret.readable = ret.unread.error_count == 0;
	return ret;
}

struct answer_table answer_table_read(struct arena *a, const char *text,
                                      const struct answer_asked *asked, uint16_t default_task)
{
	static const char BOM[] = "\xef\xbb\xbf";
	struct answer_table ret = { 0 };
	int columns[COLUMN_COUNT];
	struct cells line;

	if (strncmp(text, BOM, sizeof BOM - 1) == 0)
		text += sizeof BOM - 1;
	struct reading r = { a, text, separator_of(text), 0 };
	if (!next_line(&r, &line) || is_blank(&line)) {
		ret.problem = "Plak een tabel. Zet op de eerste regel de namen van de kolommen.";
		return ret;
	}
	find_columns(&line, columns);
	if (columns[COLUMN_WHO] < 0 || columns[COLUMN_WHAT] < 0 ||
	    (columns[COLUMN_TEXT] < 0 && columns[COLUMN_AMOUNT] < 0)) {
		ret.problem = "Zet op de eerste regel deze kolommen: Wie, Wat en Tekst.";
		return ret;
	}
	ret.head = line.sent;
	struct table_row *rows = ARENA_ARRAY(a, struct table_row, ANSWER_TABLE_ROWS_MAX);
	size_t count = 0;
	while (next_line(&r, &line)) {
		if (is_blank(&line))
			continue;
		if (count == ANSWER_TABLE_ROWS_MAX) {
			ret.rest = sent_text(line.sent.from, r.at + strlen(r.at));
			ret.rest_row = r.row;
			break;
		}
		rows[count++] = read_row(&r, &line, columns, asked, default_task);
	}
	ret.rows = (struct array){ rows, count };
	return ret;
}
