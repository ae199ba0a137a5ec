/*
 * What somebody said that the columns of a file are, as it is stored, and a row read by it. Whatever
 * stands there, each column is a known field or nothing, writing it down and reading it is the same,
 * and a row is read or told what is wrong, at a place that the file has.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "imports/import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX_BYTES = 1 << 14 };

static bool is_known(int field)
{
	if (field == IMPORT_NOTHING)
		return true;
	for (const struct code *c = IMPORT_FIELDS; c->name != NULL; c++)
		if (c->value == field)
			return true;
	return false;
}

static void assert_same_again(const struct import_columns *c, struct arena *a)
{
	const char *text = import_columns_text(a, c);
	const struct import_columns again = import_columns_read(text);

	assert(again.count == c->count);
	for (size_t i = 0; i < c->count; i++) {
		assert(is_known(c->field[i]));
		assert(again.field[i] == c->field[i]);
	}
	assert(strcmp(import_columns_text(a, &again), text) == 0);
}

/* The lines behind the first are the cells of one row. */
static struct sheet_row row_of(char *text)
{
	struct sheet_row row = { .number = 2 };
	const char *cell;

	while (row.count < SHEET_COLUMNS_MAX && (cell = strsep(&text, "\n")) != NULL)
		row.cells[row.count++] = cell;
	return row;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct whole_input whole;
	struct problems problems;
	struct arena a;

	if (size > INPUT_MAX_BYTES)
		return 0;
	arena_init(&a, 1 << 20);
	char *text = arena_strndup(&a, (const char *)data, size), *rest = text;
	const char *mapping = strsep(&rest, "\n");
	const struct import_columns c = import_columns_read(mapping != NULL ? mapping : "");
	assert(c.count <= SHEET_COLUMNS_MAX);
	assert_same_again(&c, &a);
	if (rest != NULL && input_is_utf8(rest, strlen(rest))) {
		const struct sheet_row row = row_of(rest);
		const struct import_columns guess = import_columns_guess(&row);
		assert(guess.count == row.count);
		assert_same_again(&guess, &a);
		problems_init(&problems, &a);
		(void)import_row(&c, &row, &a, &whole, &problems);
		for (const struct problem *p = problems.first; p != NULL; p = p->next)
			assert(p->message[0] != '\0');
	}
	arena_reset(&a);
	return 0;
}
