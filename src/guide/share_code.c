#include "guide/share_code.h"

#include <stdlib.h>
#include <string.h>

static const char *const NAMES[] = { "from", "to", "what", "phase", "activity" };

bool share_asked(const struct input *query)
{
	for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
		if (input_at(query, NAMES[i]) != NULL)
			return true;
	return false;
}

static const struct law_unit_row *unit_named(const char *id)
{
	size_t count;
	const struct law_unit_row *rows = law_units(&count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].id, id) == 0)
			return &rows[i];
	return NULL;
}

static const struct law_unit_row *unit_row(enum law_unit unit)
{
	size_t count;
	const struct law_unit_row *rows = law_units(&count);

	for (size_t i = 0; i < count; i++)
		if (rows[i].code == unit)
			return &rows[i];
	return NULL;
}

static enum law_outsider outsider_named(const char *id)
{
	size_t count;
	const struct law_outsider_row *rows = law_outsiders(&count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].id, id) == 0)
			return rows[i].code;
	return OUTSIDER_NONE;
}

static void read_giver(const char *code, enum law_letter own, struct law_question *q)
{
	if (code == NULL) {
		q->giver = own;
		return;
	}
	q->outsider = outsider_named(code);
	const enum law_letter letter = (enum law_letter)(unsigned char)code[0];
	if (q->outsider != OUTSIDER_NONE || !law_letter_known(letter))
		return;
	if (code[1] == '\0')
		q->giver = letter;
	if (code[1] != '.')
		return;
	const struct law_unit_row *unit = unit_named(code + 2);
	if (unit == NULL || !law_letters_have(unit->of, letter))
		return;
	q->giver = letter;
	q->unit = unit->code;
}

static enum law_taker taker_named(const char *id)
{
	size_t count;
	const struct law_taker_row *rows = law_takers(&count);

	for (size_t i = 0; id != NULL && i < count; i++)
		if (strcmp(rows[i].id, id) == 0)
			return rows[i].code;
	return TAKER_UNKNOWN;
}

static void read_what(const char *code, struct law_question *q)
{
	if (code == NULL || code[0] == '\0')
		return;
	char *end;
	const unsigned long number = strtoul(code, &end, 10);
	if (*end == '\0' && number <= UINT16_MAX && law_thing((uint16_t)number) != NULL) {
		q->thing = (uint16_t)number;
		return;
	}
	const struct law_category_row *row = law_category_named(code);
	if (row != NULL)
		q->category = row->code;
}

static enum law_phase phase_named(const char *code)
{
	if (code == NULL || code[0] < '0' || code[0] > '3' || code[1] != '\0')
		return PHASE_UNKNOWN;
	return (enum law_phase)(code[0] - '0');
}

static enum law_activity activity_named(const char *id)
{
	size_t count;
	const struct law_activity_row *rows = law_activities(&count);

	for (size_t i = 0; id != NULL && i < count; i++)
		if (strcmp(rows[i].id, id) == 0)
			return rows[i].code;
	return ACTIVITY_UNKNOWN;
}

struct law_question share_question(const struct input *query, enum law_letter own)
{
	struct law_question q = { .on_day = DAY_NONE };

	read_giver(input_text(query, "from"), own, &q);
	q.taker = taker_named(input_text(query, "to"));
	read_what(input_text(query, "what"), &q);
	q.phase = phase_named(input_text(query, "phase"));
	q.activity = activity_named(input_text(query, "activity"));
	return q;
}

const char *share_giver_code(struct arena *a, enum law_letter letter, enum law_unit unit)
{
	const struct law_unit_row *row = unit_row(unit);

	if (!law_letter_known(letter))
		return "";
	if (row == NULL)
		return arena_printf(a, "%c", (char)letter);
	return arena_printf(a, "%c.%s", (char)letter, row->id);
}

static const char *outsider_id(enum law_outsider code)
{
	size_t count;
	const struct law_outsider_row *rows = law_outsiders(&count);

	for (size_t i = 0; i < count; i++)
		if (rows[i].code == code)
			return rows[i].id;
	return NULL;
}

static const char *taker_id(enum law_taker code)
{
	size_t count;
	const struct law_taker_row *rows = law_takers(&count);

	for (size_t i = 0; i < count; i++)
		if (rows[i].code == code)
			return rows[i].id;
	return "";
}

static const char *what_code(struct arena *a, const struct law_question *q)
{
	const struct law_category_row *row = law_category(q->category);

	if (q->thing != 0)
		return arena_printf(a, "%u", (unsigned)q->thing);
	return row != NULL ? row->id : "";
}

struct share_codes share_codes_of(struct arena *a, const struct law_question *q)
{
	const char *outsider = outsider_id(q->outsider);
	const struct law_activity_row *activity = law_activity(q->activity);

	return (struct share_codes){
		.from = outsider != NULL ? outsider : share_giver_code(a, q->giver, q->unit),
		.to = taker_id(q->taker),
		.what = what_code(a, q),
		.phase = q->phase == PHASE_UNKNOWN ? "" : arena_printf(a, "%d", (int)q->phase),
		.activity = activity != NULL ? activity->id : "",
	};
}

const char *share_address(struct arena *a, const struct law_question *q)
{
	const struct share_codes c = share_codes_of(a, q);

	return arena_printf(a, "/may-i-share?from=%s&to=%s&what=%s&phase=%s&activity=%s", c.from,
	                    c.to, c.what, c.phase, c.activity);
}
