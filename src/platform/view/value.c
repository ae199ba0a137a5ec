#include "platform/view/value.h"

#include <assert.h>

#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "platform/core/memory.h"

#define AS(type, at) (*(type const *)(at))

const struct view_field *view_field_named(const struct view *v, const char *name)
{
	for (size_t i = 0; i < v->count; i++)
		if (v->fields[i].name[0] == name[0] && strcmp(v->fields[i].name, name) == 0)
			return &v->fields[i];
	return NULL;
}

const struct code *code_of(const struct code *codes, int value)
{
	for (const struct code *c = codes; c != NULL && c->name != NULL; c++)
		if (c->value == value)
			return c;
	return NULL;
}

static struct value member(const struct view_field *f, const void *record)
{
	const void *at = record == NULL ? NULL : (const char *)record + f->offset;
	return (struct value){ .field = f, .at = at };
}

static struct value inwards(struct value v, const char *name, unsigned parts)
{
	for (; parts > 0 && v.field != NULL; parts--, name += strlen(name) + 1) {
		if (v.part != NULL)
			return (struct value){ 0 };
		if (v.field->kind != VIEW_OBJECT) {
			v.part = name;
			continue;
		}
		const void *record = v.at == NULL ? NULL : AS(const void *, v.at);
		const struct view_field *f = view_field_named(v.field->view, name);
		v = f == NULL ? (struct value){ 0 } : member(f, record);
	}
	return v;
}

struct value value_find(const struct scope *scope, const char *name, unsigned parts)
{
	const char *first = parts == 0 ? "." : name;

	for (const struct scope *s = scope; s != NULL; s = s->outer) {
		const struct view_field *f = view_field_named(s->view, first);
		if (f != NULL)
			return parts < 2
			           ? member(f, s->at)
			           : inwards(member(f, s->at), name + strlen(name) + 1, parts - 1);
		if (parts == 0)
			return (struct value){ .self = s, .at = s->at };
	}
	return (struct value){ 0 };
}

static bool day_fits(int64_t day)
{
	static const int64_t first = -719162, last = 2932896; /* years 1 to 9999 */
	return day >= first && day <= last;
}

static bool moment_fits(int64_t ms)
{
	return ms != INT64_MIN && day_fits(ms / 86400000 - 1) && day_fits(ms / 86400000 + 1);
}

static const struct state *state_of(const struct view_field *f, const void *at)
{
	return machine_state(f->machine, AS(uint8_t, at));
}

static bool part_true(struct value v);

bool value_present(struct value v)
{
	if (v.at == NULL)
		return false;
	if (v.self != NULL)
		return true;
	if (v.part != NULL)
		return part_true(v);
	switch (v.field->kind) {
	case VIEW_TEXT:
	case VIEW_REF:
		return AS(const char *, v.at) != NULL;
	case VIEW_VERDICT:
	case VIEW_OBJECT:
		return AS(const void *, v.at) != NULL;
	case VIEW_COUNT:
		return AS(int32_t, v.at) >= 0;
	case VIEW_CODE:
		return code_of(v.field->codes, AS(int, v.at)) != NULL;
	case VIEW_CODES:
		return AS(uint64_t, v.at) != 0;
	case VIEW_STATE:
		return state_of(v.field, v.at) != NULL;
	case VIEW_DAY:
	case VIEW_DUE:
		return day_fits(AS(int64_t, v.at));
	case VIEW_MOMENT:
		return moment_fits(AS(int64_t, v.at));
	case VIEW_MONEY:
		return AS(int64_t, v.at) != INT64_MIN;
	case VIEW_LIST:
		return AS(struct array, v.at).count > 0;
	case VIEW_INT:
	case VIEW_BOOL:
		return true;
	}
	return false;
}

bool value_true(struct value v)
{
	if (!value_present(v))
		return false;
	if (v.self != NULL || v.part != NULL)
		return true;
	switch (v.field->kind) {
	case VIEW_TEXT:
	case VIEW_REF:
		return AS(const char *, v.at)[0] != '\0';
	case VIEW_INT:
		return AS(int64_t, v.at) != 0;
	case VIEW_COUNT:
		return AS(int32_t, v.at) != 0;
	case VIEW_BOOL:
		return AS(bool, v.at);
	case VIEW_CODE:
	case VIEW_CODES:
	case VIEW_STATE:
	case VIEW_DAY:
	case VIEW_MOMENT:
	case VIEW_MONEY:
	case VIEW_DUE:
	case VIEW_VERDICT:
	case VIEW_OBJECT:
	case VIEW_LIST:
		return true;
	}
	return false;
}

/* ---- words: written back to front or front to back into the room, no printf: lists are long ---
 */

static char *put_text(char *to, const char *text)
{
	size_t len = strlen(text);
	memcpy(to, text, len);
	return to + len;
}

/* At least `width` digits. */
static char *put_digits(char *to, uint64_t n, int width)
{
	char digits[24] LEFT_ALONE;
	int len = 0;

	do
		digits[len++] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	while (len < width)
		digits[len++] = '0';
	while (len > 0)
		*to++ = digits[--len];
	return to;
}

static uint64_t magnitude(int64_t n)
{
	return n < 0 ? UINT64_C(0) - (uint64_t)n : (uint64_t)n;
}

/* Points between thousands. */
static char *put_grouped(char *to, uint64_t n)
{
	if (n < 1000)
		return put_digits(to, n, 1);
	to = put_grouped(to, n / 1000);
	*to++ = '.';
	return put_digits(to, n % 1000, 3);
}

static char *put_day(char *to, int64_t day)
{
	struct civil c = civil_from_day((int32_t)day);
	to = put_digits(to, (uint64_t)c.day, 1);
	*to++ = ' ';
	to = put_text(to, dutch_month(c.month));
	*to++ = ' ';
	return put_digits(to, (uint64_t)c.year, 1);
}

static char *put_time(char *to, struct local_time t)
{
	to = put_digits(to, (uint64_t)t.hour, 2);
	*to++ = '.';
	to = put_digits(to, (uint64_t)t.minute, 2);
	return put_text(to, " uur");
}

static char *put_iso_day(char *to, int64_t day)
{
	struct civil c = civil_from_day((int32_t)day);
	to = put_digits(to, (uint64_t)c.year, 4);
	*to++ = '-';
	to = put_digits(to, (uint64_t)c.month, 2);
	*to++ = '-';
	return put_digits(to, (uint64_t)c.day, 2);
}

static char *put_iso_moment(char *to, int64_t ms)
{
	int64_t seconds = ms >= 0 ? ms / 1000 : (ms - 999) / 1000;
	int64_t day = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400;
	uint64_t rest = (uint64_t)(seconds - day * 86400);

	to = put_iso_day(to, day);
	*to++ = 'T';
	to = put_digits(to, rest / 3600, 2);
	*to++ = ':';
	to = put_digits(to, rest / 60 % 60, 2);
	*to++ = ':';
	to = put_digits(to, rest % 60, 2);
	return put_text(to, "Z");
}

static char *put_moment(char *to, int64_t ms)
{
	struct local_time t = local_from_ms(ms);
	to = put_day(to, t.day);
	to = put_text(to, ", ");
	return put_time(to, t);
}

static char *put_cents(char *to, int64_t cents, bool grouped)
{
	uint64_t n = magnitude(cents);
	if (cents < 0)
		*to++ = '-';
	to = grouped ? put_grouped(to, n / 100) : put_digits(to, n / 100, 1);
	*to++ = ',';
	return put_digits(to, n % 100, 2);
}

static char *put_int(char *to, int64_t n)
{
	if (n < 0)
		*to++ = '-';
	return put_digits(to, magnitude(n), 1);
}

/* ---- the step further ------------------------------------------------------------------- */

static const char *verdict_part(const struct verdict *v, const char *part)
{
	if (v == NULL)
		return NULL;
	if (strcmp(part, "sentence") == 0)
		return v->sentence;
	if (strcmp(part, "article") == 0)
		return v->article;
	if (strcmp(part, "rule") == 0)
		return v->rule;
	if (strcmp(part, "next") == 0)
		return v->next;
	static const char *const answers[] = { "yes", "onlyIf", "no" };
	static const char *const labels[] = { "Ja", "Alleen als", "Nee" };
	return strcmp(part, answers[v->kind]) == 0 ? labels[v->kind] : NULL;
}

static bool has_code(uint64_t set, const struct code *codes, const char *name)
{
	for (const struct code *c = codes; c->name != NULL; c++)
		if (strcmp(c->name, name) == 0)
			return c->value >= 0 && c->value < 64 &&
			       (set >> (unsigned)c->value & 1) != 0;
	return false;
}

static const char *moment_part(int64_t ms, const char *part, struct words *w)
{
	char *end = w->room;
	if (strcmp(part, "iso") == 0)
		end = put_iso_moment(end, ms);
	else if (strcmp(part, "time") == 0)
		end = put_time(end, local_from_ms(ms));
	else if (strcmp(part, "day") == 0)
		end = put_day(end, local_day(ms));
	else
		return NULL;
	*end = '\0';
	return w->room;
}

static const char *part_text(struct value v, struct words *w)
{
	const struct view_field *f = v.field;
	const struct code *code;
	const struct state *state;
	struct value whole = { .field = f, .at = v.at };

	if (!value_present(whole))
		return NULL;
	switch (f->kind) {
	case VIEW_VERDICT:
		return verdict_part(AS(const struct verdict *, v.at), v.part);
	case VIEW_CODE:
		code = code_of(f->codes, AS(int, v.at));
		return code != NULL && strcmp(code->name, v.part) == 0 ? code->label : NULL;
	case VIEW_CODES:
		return has_code(AS(uint64_t, v.at), f->codes, v.part) ? "ja" : NULL;
	case VIEW_STATE:
		state = state_of(f, v.at);
		return state != NULL && strcmp(state->name, v.part) == 0 ? state->label : NULL;
	case VIEW_MOMENT:
		return moment_part(AS(int64_t, v.at), v.part, w);
	case VIEW_DAY:
	case VIEW_DUE:
		*put_iso_day(w->room, AS(int64_t, v.at)) = '\0';
		return strcmp(v.part, "iso") == 0 ? w->room : NULL;
	case VIEW_LIST:
		*put_grouped(w->room, AS(struct array, v.at).count) = '\0';
		return strcmp(v.part, "count") == 0 ? w->room : NULL;
	case VIEW_TEXT:
	case VIEW_REF:
	case VIEW_INT:
	case VIEW_COUNT:
	case VIEW_BOOL:
	case VIEW_MONEY:
	case VIEW_OBJECT:
		return NULL;
	}
	return NULL;
}

static bool part_true(struct value v)
{
	struct words w;
	return part_text(v, &w) != NULL;
}

/* ---- as people read it, as a form sends it ------------------------------------------------- */

static const char *number_text(const struct view_field *f, const void *at, struct words *w)
{
	char *end = w->room;

	switch ((int)f->kind) {
	case VIEW_INT:
		end = put_int(end, AS(int64_t, at));
		break;
	case VIEW_COUNT:
		end = put_grouped(end, (uint64_t)AS(int32_t, at));
		break;
	case VIEW_DAY:
	case VIEW_DUE:
		end = put_day(end, AS(int64_t, at));
		break;
	case VIEW_MOMENT:
		end = put_moment(end, AS(int64_t, at));
		break;
	case VIEW_MONEY:
		end = put_cents(put_text(end, "€ "), AS(int64_t, at), true);
		break;
	default:
		return NULL;
	}
	*end = '\0';
	return w->room;
}

const char *value_text(struct value v, struct words *room)
{
	if (v.at == NULL || v.self != NULL)
		return NULL;
	if (v.part != NULL)
		return part_text(v, room);
	if (v.field->kind == VIEW_TEXT || v.field->kind == VIEW_REF)
		return AS(const char *, v.at);
	if (!value_present(v))
		return NULL;
	if (v.field->kind == VIEW_CODE)
		return code_of(v.field->codes, AS(int, v.at))->label;
	if (v.field->kind == VIEW_STATE)
		return state_of(v.field, v.at)->label;
	if (v.field->kind == VIEW_BOOL)
		return AS(bool, v.at) ? "ja" : "nee";
	return number_text(v.field, v.at, room);
}

const char *value_typed(struct value v, struct words *room)
{
	if (!value_present(v) || v.self != NULL)
		return NULL;
	if (v.part != NULL)
		return part_text(v, room);
	char *end = room->room;
	switch ((int)v.field->kind) {
	case VIEW_CODE:
		return code_of(v.field->codes, AS(int, v.at))->name;
	case VIEW_STATE:
		return state_of(v.field, v.at)->name;
	case VIEW_BOOL:
		return AS(bool, v.at) ? "on" : NULL;
	case VIEW_COUNT:
		end = put_int(end, AS(int32_t, v.at));
		break;
	case VIEW_MONEY:
		end = put_cents(end, AS(int64_t, v.at), false);
		break;
	default:
		return value_text(v, room);
	}
	*end = '\0';
	return room->room;
}
