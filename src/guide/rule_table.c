#include "guide/rule_table.h"

#include <assert.h>

#include "platform/core/dutch.h"

struct array rule_rows(struct arena *a, const struct rule_table *table)
{
	struct rule_filling f = { .arena = a, .table = table };

	table->fill(&f);
	assert(f.count == f.room);
	return (struct array){ f.rows, f.count };
}

void rule_room(struct rule_filling *f, size_t count)
{
	f->rows = ARENA_ARRAY(f->arena, struct rule_row, count + 1);
	f->room = count;
}

void rule_add(struct rule_filling *f, const char *anchor, const char *head,
              const char *const *cells)
{
	size_t columns = 0;

	assert(f->count < f->room);
	while (f->table->columns[columns + 1] != NULL)
		columns++;
	struct rule_cell *list = ARENA_ARRAY(f->arena, struct rule_cell, columns + 1);
	for (size_t i = 0; i < columns; i++)
		list[i] = (struct rule_cell){ f->table->columns[i + 1], cells[i] };
	f->rows[f->count++] = (struct rule_row){ anchor, head, { list, columns } };
}

const char *rule_anchor(struct rule_filling *f, const char *kind, const char *id)
{
	char *anchor = arena_printf(f->arena, "%s-%s", kind, id);

	for (char *at = anchor; *at != '\0'; at++)
		if (*at == '.')
			*at = '-';
	return anchor;
}

const char *rule_number_anchor(struct rule_filling *f, const char *kind, int64_t code)
{
	return arena_printf(f->arena, "%s-%lld", kind, (long long)code);
}

const char *rule_letters(struct rule_filling *f, law_letters letters)
{
	size_t count;
	const struct law_participant *rows = law_participants(&count);
	const char *text = NULL;

	if (letters == LAW_LETTERS_ALL)
		return "elke deelnemer";
	for (size_t i = 0; i < count; i++)
		if (law_letters_have(letters, rows[i].letter))
			text = text == NULL
			           ? rows[i].short_name
			           : arena_printf(f->arena, "%s, %s", text, rows[i].short_name);
	return text != NULL ? text : "niemand";
}

const char *rule_validity(struct rule_filling *f, struct law_validity v)
{
	if (v.from == DAY_NONE && v.until == DAY_NONE)
		return "altijd";
	if (v.from == DAY_NONE)
		return arena_printf(f->arena, "tot en met %s", dutch_date(f->arena, v.until));
	if (v.until == DAY_NONE)
		return arena_printf(f->arena, "vanaf %s", dutch_date(f->arena, v.from));
	return arena_printf(f->arena, "%s tot en met %s", dutch_date(f->arena, v.from),
	                    dutch_date(f->arena, v.until));
}

const char *rule_yes_no(bool yes)
{
	return yes ? "ja" : "nee";
}

const char *rule_number(struct rule_filling *f, int64_t n)
{
	return dutch_number(f->arena, n);
}

const char *rule_category(enum law_category category)
{
	const struct law_category_row *row = law_category(category);

	return row != NULL ? row->label : "hangt af van de inhoud";
}
