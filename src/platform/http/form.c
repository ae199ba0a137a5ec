/* Fills a struct from what was sent, by the table of its form, with all problems at once. */
#include "platform/http/input.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>

#include "platform/core/dutch.h"
#include "platform/core/limits.h"

/* How input_read goes through a form, also inside the elements of a list. */
struct reading {
	const struct input *in;
	const struct input_value **by_path; /* sorted by path; equal paths in the order sent */
	bool *known;                        /* by place in by_path: some field asked for it */
	struct arena *arena;
	struct problems *problems;
	bool strict;
};

static int compare_values(const void *a, const void *b)
{
	const struct input_value *x = *(const struct input_value *const *)a;
	const struct input_value *y = *(const struct input_value *const *)b;
	int order = strcmp(x->path, y->path);
	if (order != 0)
		return order;
	return x < y ? -1 : x > y;
}

static void sort_by_path(struct reading *r)
{
	r->by_path = ARENA_ARRAY(r->arena, const struct input_value *, r->in->count);
	r->known = ARENA_ARRAY(r->arena, bool, r->in->count);
	for (size_t i = 0; i < r->in->count; i++)
		r->by_path[i] = &r->in->values[i];
	if (r->in->count > 0)
		qsort(r->by_path, r->in->count, sizeof(struct input_value *), compare_values);
}

/* Where values with this path, or behind it, start in by_path. */
static size_t place_of(const struct reading *r, const char *path)
{
	size_t low = 0, high = r->in->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(r->by_path[middle]->path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct input_value *find(const struct reading *r, const char *path)
{
	const struct input_value *first = NULL;

	for (size_t i = place_of(r, path);
	     i < r->in->count && strcmp(r->by_path[i]->path, path) == 0; i++) {
		r->known[i] = true;
		first = first != NULL ? first : r->by_path[i];
	}
	return first;
}

static void say(const struct reading *r, const char *path, const char *message)
{
	problems_add(r->problems, PROBLEM_ERROR, path, message);
}

/* The label inside a sentence: "Achternaam" becomes "achternaam", "BSN" stays. */
static const char *in_sentence(const struct reading *r, const struct field *f)
{
	char *label = arena_strdup(r->arena, f->label);
	if (isupper((unsigned char)label[0]) && islower((unsigned char)label[1]))
		label[0] = (char)tolower((unsigned char)label[0]);
	return label;
}

static bool chosen_from_list(enum field_kind kind)
{
	return kind == FIELD_CODE || kind == FIELD_CODES;
}

/* "Titel" is filled in, "Waarom is dit nodig?" is answered. */
static const char *missing_pattern(const struct field *f, bool asks)
{
	if (f->kind == FIELD_BOOL)
		return "Zet een vinkje bij “%s”.";
	if (f->kind == FIELD_FILE)
		return asks ? "Kies een bestand bij “%s”." : "Kies een bestand bij %s.";
	if (chosen_from_list(f->kind))
		return asks ? "Kies een antwoord bij “%s”." : "Kies %s.";
	return asks ? "Geef antwoord op “%s”." : "Vul %s in.";
}

static void say_missing(const struct reading *r, const struct field *f, const char *path)
{
	const size_t len = strlen(f->label);
	const bool asks = len > 0 && f->label[len - 1] == '?';
	const char *pattern = missing_pattern(f, asks);
	const char *where = strchr(pattern, '%');

	say(r, path,
	    f->missing != NULL ? f->missing
	                       : arena_printf(r->arena, "%.*s%s%s", (int)(where - pattern), pattern,
	                                      asks ? f->label : in_sentence(r, f), where + 2));
}

static size_t char_count(const char *text)
{
	size_t count = 0;
	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

static size_t blank_at(const char *p)
{
	if (*p == ' ' || (*p >= '\t' && *p <= '\r'))
		return 1;
	return (unsigned char)p[0] == 0xC2 && (unsigned char)p[1] == 0xA0 ? 2 : 0;
}

static const char *trimmed(struct arena *a, const char *text)
{
	while (blank_at(text) > 0)
		text += blank_at(text);
	size_t len = strlen(text);
	for (;;) {
		if (len > 0 && blank_at(text + len - 1) == 1)
			len--;
		else if (len > 1 && blank_at(text + len - 2) == 2)
			len -= 2;
		else
			return arena_strndup(a, text, len);
	}
}

/* ---- one function a kind: false when it said what is wrong -------------------------------- */

struct slot {
	const struct reading *r;
	const struct field *f;
	const char *path;
	const struct input_value *value; /* never NULL, never empty (but prose may be blanks) */
	const char *text;                /* trimmed, except for prose */
	void *member;
};

static bool read_text(const struct slot *s)
{
	size_t max = s->f->max_chars > 0 ? s->f->max_chars : LIMIT_FIELD_CHARS;
	size_t count = char_count(s->text);

	if (s->r->strict && s->value->kind != INPUT_TEXT) {
		say(s->r, s->path, "Stuur hier tekst, tussen aanhalingstekens.");
		return false;
	}
	*(const char **)s->member = s->text;
	if (count <= max)
		return true;
	say(s->r, s->path,
	    arena_printf(s->r->arena, "Gebruik hier hooguit %zu tekens. Het zijn er nu %zu.", max,
	                 count));
	return false;
}

static bool whole_number(const char *text, int64_t *ret)
{
	char *end;
	const char *digits = text + (*text == '-');

	if (*digits < '0' || *digits > '9')
		return false;
	errno = 0;
	intmax_t value = strtoimax(text, &end, 10);
	*ret = (int64_t)value;
	return errno == 0 && *end == '\0';
}

static bool read_int(const struct slot *s)
{
	if (whole_number(s->text, s->member))
		return true;
	say(s->r, s->path, "Vul een heel getal in, alleen cijfers.");
	return false;
}

static bool read_bool(const struct slot *s)
{
	static const char *const yes[] = { "on", "1", "true" }, *const no[] = { "off", "0",
		                                                                "false" };

	for (size_t i = 0; i < 3; i++) {
		if (strcmp(s->text, yes[i]) == 0) {
			*(bool *)s->member = true;
			return true;
		}
		if (strcmp(s->text, no[i]) == 0)
			return true;
	}
	say(s->r, s->path, "Kies ja of nee.");
	return false;
}

static const struct code *code_named(const struct code *codes, const char *name)
{
	for (; codes->name != NULL; codes++)
		if (strcmp(codes->name, name) == 0)
			return codes;
	return NULL;
}

static bool read_code(const struct slot *s)
{
	const struct code *code = code_named(s->f->codes, s->text);
	if (code == NULL) {
		say(s->r, s->path, "Kies een van de mogelijkheden uit de lijst.");
		return false;
	}
	*(int *)s->member = code->value;
	return true;
}

static bool read_day(const struct slot *s)
{
	const int32_t today = s->r->in->today;
	int32_t day;
	const bool read = today == 0 ? dutch_day_read(s->text, &day)
	                             : dutch_day_read_on(s->text, today, s->f->to_come, &day);
	if (!read) {
		say(s->r, s->path, "Vul een datum in die bestaat, zoals 21-11-2026.");
		return false;
	}
	*(int64_t *)s->member = day;
	return true;
}

static bool read_money(const struct slot *s)
{
	/* JSON numbers are whole cents, as the API writes them. */
	if (s->value->kind == INPUT_NUMBER ? whole_number(s->text, s->member)
	                                   : dutch_euros_read(s->text, s->member))
		return true;
	say(s->r, s->path, "Vul een bedrag in, zoals 1.234,56.");
	return false;
}

static bool read_file(const struct slot *s)
{
	if (s->value->kind != INPUT_FILE) {
		say(s->r, s->path, "Kies een bestand.");
		return false;
	}
	*(const struct input_value **)s->member = s->value;
	return true;
}

static bool (*const READERS[])(const struct slot *) = {
	[FIELD_TEXT] = read_text,   [FIELD_PROSE] = read_text, [FIELD_INT] = read_int,
	[FIELD_BOOL] = read_bool,   [FIELD_CODE] = read_code,  [FIELD_DAY] = read_day,
	[FIELD_MONEY] = read_money, [FIELD_LIST] = NULL,       [FIELD_CODES] = NULL,
	[FIELD_FILE] = read_file,
};
_Static_assert(sizeof READERS / sizeof READERS[0] == FIELD_FILE + 1, "every kind has a reader");

static void set_empty(const struct field *f, void *member)
{
	if (f->kind == FIELD_TEXT || f->kind == FIELD_PROSE)
		*(const char **)member = "";
	else if (f->kind == FIELD_DAY)
		// NOLINTNEXTLINE(bugprone-branch-clone): "no day" and "no money" happen to be one number
		*(int64_t *)member = FIELD_NO_DAY;
	else if (f->kind == FIELD_MONEY)
		*(int64_t *)member = FIELD_NO_MONEY;
}

static void check_member(const struct reading *r, const struct field *f, const char *path,
                         const void *member)
{
	const char *message = NULL;
	if (f->check == NULL)
		return;
	int level = f->check(member, r->arena, &message);
	if (level < 0)
		return;
	assert(message != NULL);
	problems_add(r->problems, (enum problem_level)level, path, message);
}

static void read_single(const struct reading *r, const struct field *f, const char *path,
                        void *member)
{
	const struct input_value *value = find(r, path);
	const char *text = value != NULL ? value->text : "";
	const char *bare = trimmed(r->arena, text);

	set_empty(f, member);
	bool is_file = value != NULL && value->kind == INPUT_FILE;
	if (!is_file && *bare == '\0') {
		if (f->required)
			say_missing(r, f, path);
		else if (f->kind == FIELD_PROSE)
			*(const char **)member = text;
		return;
	}
	const struct slot slot = {
		r, f, path, value, f->kind == FIELD_PROSE ? text : bare, member
	};
	if (!READERS[f->kind](&slot))
		return;
	if (f->kind == FIELD_BOOL && f->required && !*(const bool *)member)
		say_missing(r, f, path);
	else
		check_member(r, f, path, member);
}

/* ---- sets of codes and lists of elements --------------------------------------------------- */

static void add_code(const struct reading *r, const struct field *f, const char *path,
                     const char *name, uint64_t *set)
{
	const struct code *code = code_named(f->codes, name);
	if (code == NULL) {
		say(r, path, "Kies een van de mogelijkheden uit de lijst.");
		return;
	}
	assert(code->value >= 0 && code->value < 64);
	*set |= UINT64_C(1) << code->value;
}

/* Ticked boxes repeat the path; JSON has an array. */
static void read_codes(const struct reading *r, const struct field *f, const char *path,
                       uint64_t *set)
{
	for (size_t i = place_of(r, path);
	     i < r->in->count && strcmp(r->by_path[i]->path, path) == 0; i++) {
		r->known[i] = true;
		if (*r->by_path[i]->text != '\0')
			add_code(r, f, path, r->by_path[i]->text, set);
	}
	size_t count = input_list_count(r->in, path);
	for (size_t i = 0; i < count && i < LIMIT_LIST_ELEMENTS; i++) {
		const char *at = arena_printf(r->arena, "%s[%zu]", path, i);
		const struct input_value *value = find(r, at);
		if (value != NULL)
			add_code(r, f, at, value->text, set);
	}
	if (*set == 0 && f->required)
		say_missing(r, f, path);
	else
		check_member(r, f, path, set);
}

static void read_fields(const struct reading *r, const struct form *form, const char *prefix,
                        void *record);

static void read_list(const struct reading *r, const struct field *f, const char *path,
                      struct array *list)
{
	size_t max = f->max_chars > 0 && f->max_chars < LIMIT_LIST_ELEMENTS ? f->max_chars
	                                                                    : LIMIT_LIST_ELEMENTS;
	size_t count = input_list_count(r->in, path);

	assert(f->element != NULL);
	if (count > max) {
		say(r, path, arena_printf(r->arena, "Vul hier hooguit %zu regels in.", max));
		count = max;
	}
	if (count == 0 && f->required)
		say_missing(r, f, path);
	list->count = count;
	list->items = arena_alloc_array(r->arena, f->element->struct_bytes, count);
	for (size_t i = 0; i < count; i++) {
		char *item = (char *)list->items + i * f->element->struct_bytes;
		read_fields(r, f->element, arena_printf(r->arena, "%s[%zu].", path, i), item);
	}
	check_member(r, f, path, list);
}

static void read_fields(const struct reading *r, const struct form *form, const char *prefix,
                        void *record)
{
	for (size_t i = 0; i < form->field_count; i++) {
		const struct field *f = &form->fields[i];
		void *member = (char *)record + f->offset;
		const char *path = arena_printf(r->arena, "%s%s", prefix, f->path);
		if (f->kind == FIELD_LIST)
			read_list(r, f, path, member);
		else if (f->kind == FIELD_CODES)
			read_codes(r, f, path, member);
		else
			read_single(r, f, path, member);
	}
}

/* Names that start with _ are the platform's: _csrf, _once, _add. */
static void say_unknown(const struct reading *r)
{
	for (size_t i = 0; i < r->in->count; i++)
		if (!r->known[i] && r->by_path[i]->path[0] != '_')
			say(r, r->by_path[i]->path,
			    "Dit veld kent de dienst niet. Laat het weg, of kijk in openapi.json.");
}

static const struct field VERSION_FIELDS[] = { FIELD_VERSION(struct version_input) };
const struct form VERSION_FORM = { VERSION_FIELDS, 1, sizeof(struct version_input) };

void input_read(const struct input *in, const struct form *form, bool strict, struct arena *a,
                void *ret, struct problems *problems)
{
	struct reading r = { .in = strict ? in : input_settled(a, in),
		             .arena = a,
		             .problems = problems,
		             .strict = strict };

	assert(in != NULL && form != NULL && ret != NULL);
	sort_by_path(&r);
	memset(ret, 0, form->struct_bytes);
	read_fields(&r, form, "", ret);
	if (strict)
		say_unknown(&r);
}
