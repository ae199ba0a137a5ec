#include "logbook/event_line.h"

#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "logbook/logbook.h"
#include "logbook/reference.h"
#include "partners/partner.h"
#include "people/people.h"
#include "platform/core/dutch.h"

const struct code LOG_OUTCOMES[] = {
	{ AUDIT_DONE, "DONE", "Gelukt" },
	{ AUDIT_REFUSED, "REFUSED", "Geweigerd" },
	{ AUDIT_FAILED, "FAILED", "Niet gelukt" },
	{ 0, NULL, NULL },
};

const struct code LOG_PURPOSES[] = {
	{ PURPOSE_LAWFULNESS, "LAWFULNESS", "Kijken of alles volgens de wet ging" },
	{ PURPOSE_INTERNAL, "INTERNAL", "Interne controle" },
	{ PURPOSE_SECURITY, "SECURITY", "Beveiliging" },
	{ PURPOSE_COURT, "COURT", "Voor de rechter" },
	{ 0, NULL, NULL },
};

static const struct view_field LINE_FIELDS[] = {
	VIEW_AS(struct event_line, occurred_at, "occurredAt", VIEW_MOMENT, .label = "Wanneer"),
	VIEW_AS(struct event_line, day, "day", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct event_line, at, "at", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct event_line, actor, "actor", VIEW_TEXT, .label = "Wie"),
	VIEW_AS(struct event_line, actor_id, "actorId", VIEW_INT),
	VIEW_AS(struct event_line, role, "role", VIEW_TEXT),
	VIEW_AS(struct event_line, organisation, "organisation", VIEW_TEXT, .label = "Namens wie"),
	VIEW_AS(struct event_line, action, "action", VIEW_TEXT),
	VIEW_AS(struct event_line, what, "what", VIEW_TEXT, .label = "Wat"),
	VIEW_AS(struct event_line, about, "about", VIEW_TEXT, .label = "Waarover"),
	VIEW_AS(struct event_line, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct event_line, object_type, "objectType", VIEW_TEXT),
	VIEW_AS(struct event_line, object_id, "objectId", VIEW_INT),
	VIEW_AS(struct event_line, count, "count", VIEW_INT),
	VIEW_AS(struct event_line, outcome, "outcome", VIEW_CODE, .codes = LOG_OUTCOMES,
	        .label = "Hoe liep het af"),
	VIEW_AS(struct event_line, denied, "denied", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct event_line, purpose, "purpose", VIEW_CODE, .codes = LOG_PURPOSES),
	VIEW_AS(struct event_line, why, "why", VIEW_TEXT, .label = "Waarom mocht dat"),
	VIEW_AS(struct event_line, sealed, "sealed", VIEW_BOOL),
};
const struct view EVENT_LINE_VIEW = VIEW_OF(struct event_line, LINE_FIELDS);

/* ---- who --------------------------------------------------------------------------- */

/* What was looked up already: a page has few people and organisations. */
struct known {
	int64_t id;
	const char *text;
};
struct known_record {
	struct record_place at;
	const char *text;
};
enum { KNOWN_MAX = 256 };
struct telling {
	struct request *rq;
	enum actor_words words;
	struct known people[KNOWN_MAX], participants[KNOWN_MAX];
	size_t person_count, participant_count;
	struct known_record records[KNOWN_MAX];
	size_t record_count;
};

static const struct known *known(const struct known *list, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].id == id)
			return &list[i];
	return NULL;
}

static void keep(struct known *list, size_t *count, int64_t id, const char *text)
{
	if (*count < KNOWN_MAX)
		list[(*count)++] = (struct known){ id, text };
}

static const char *numbered(struct telling *t, int64_t id)
{
	return arena_printf(t->rq->arena, "Medewerker %lld", (long long)id);
}

static enum status person_name(struct telling *t, int64_t id, const char **ret,
                               struct error *reterr)
{
	const struct people_scope scope = people_scope_of(t->rq->viewer);
	const struct known *seen = known(t->people, t->person_count, id);
	struct person person;

	if (seen != NULL) {
		*ret = seen->text;
		return OK;
	}
	const enum status st = person_load(t->rq->db, &scope, id, t->rq->arena, &person, reterr);
	if (st != OK && st != ERR_NOT_FOUND)
		return st;
	*ret = st == OK ? person.full_name : numbered(t, id);
	keep(t->people, &t->person_count, id, *ret);
	return OK;
}

static enum status actor_of(struct telling *t, const struct audit_event *e, const char **ret,
                            struct error *reterr)
{
	const bool system = e->origin == 0; /* nobody asked: the clock or the command line */

	if (e->actor_id == 0) {
		*ret = system ? "Plein" : "Iemand die niet is ingelogd";
		return OK;
	}
	*ret = t->words == ACTORS_SELF ? "U" : numbered(t, e->actor_id);
	return t->words == ACTORS_BY_NAME ? person_name(t, e->actor_id, ret, reterr) : OK;
}

static enum status participant_name(struct telling *t, int64_t id, const char **ret,
                                    struct error *reterr)
{
	const struct known *seen = known(t->participants, t->participant_count, id);
	struct participant p;

	*ret = seen != NULL ? seen->text : NULL;
	if (id == 0 || seen != NULL)
		return OK;
	const enum status st = participant_load(t->rq->db, id, t->rq->arena, &p, reterr);
	if (st != OK && st != ERR_NOT_FOUND)
		return st;
	*ret = st == OK ? p.name : NULL;
	keep(t->participants, &t->participant_count, id, *ret);
	return OK;
}

static enum status organisation_of(struct telling *t, const struct audit_event *e, const char **ret,
                                   struct error *reterr)
{
	const struct role_row *role = access_role((enum role)e->role);
	const char *name;
	const enum status st = participant_name(t, e->participant_id, &name, reterr);

	if (st != OK)
		return st;
	*ret = name == NULL || role == NULL
	           ? name
	           : arena_printf(t->rq->arena, "%s, %s", name, role->label);
	return OK;
}

/* ---- what -------------------------------------------------------------------------- */

static const char *capital(struct arena *a, const char *text)
{
	char *copy = arena_strdup(a, text);

	if (*copy >= 'a' && *copy <= 'z')
		*copy = (char)(*copy - 'a' + 'A');
	return copy;
}

static const char *what_of(struct arena *a, const struct audit_event *e)
{
	const struct audit_word *word = audit_action_word(e->action);
	const char *text = capital(a, word != NULL ? word->label : "deed iets");

	if (e->count_plus_1 <= 1)
		return text;
	return arena_printf(a, "%s (%s)", text,
	                    dutch_count(a, e->count_plus_1 - 1, "regel", "regels"));
}

/* "casus C-2026-7K3QF"; NULL: it has no reference. What is gone is called by its kind alone. */
static enum status called(struct telling *t, struct record_place at, const char **ret,
                          struct error *reterr)
{
	const struct audit_word *word = audit_object_word(at.type);
	const char *reference = NULL;
	bool has = false;

	*ret = NULL;
	if (word == NULL || at.id == 0)
		return OK;
	for (size_t i = 0; i < t->record_count; i++)
		if (t->records[i].at.type == at.type && t->records[i].at.id == at.id) {
			*ret = t->records[i].text;
			return OK;
		}
	const enum status st =
	    record_reference(t->rq->db, at, t->rq->arena, &reference, &has, reterr);
	if (st != OK)
		return st;
	if (reference != NULL)
		*ret = arena_printf(t->rq->arena, "%s %s", word->label, reference);
	else if (has)
		*ret = arena_printf(t->rq->arena, "%s, is er niet meer", word->label);
	if (t->record_count < KNOWN_MAX)
		t->records[t->record_count++] = (struct known_record){ at, *ret };
	return OK;
}

static const char *about_person(struct telling *t, const struct audit_event *e)
{
	return t->words == ACTORS_SELF && e->object_id == e->actor_id ? "U"
	                                                              : numbered(t, e->object_id);
}

static enum status about(struct telling *t, const struct audit_event *e,
                         const struct audit_word *word, const char **ret, struct error *reterr)
{
	const struct record_place owner = { e->owner_type, e->owner_id };
	const char *whole = NULL;
	struct arena *a = t->rq->arena;

	enum status st =
	    called(t, (struct record_place){ e->object_type, e->object_id }, ret, reterr);
	if (st != OK || *ret != NULL)
		return st;
	if (record_is_numbered(e->object_type))
		*ret = arena_printf(a, "%s %lld", word->label, (long long)e->object_id);
	else
		*ret = word->label;
	st = called(t, owner, &whole, reterr);
	if (whole != NULL)
		*ret = arena_printf(a, "%s, %s", *ret, whole);
	return st;
}

/* A person is a number here, or whom this viewer may know; a record is what people call it. */
static enum status add_object(struct telling *t, const struct audit_event *e,
                              struct event_line *line, struct error *reterr)
{
	const struct audit_word *word = audit_object_word(e->object_type);
	struct arena *a = t->rq->arena;

	if (word == NULL || e->object_id == 0)
		return OK;
	line->object_type = word->name;
	line->object_id = e->object_id;
	if (e->object_type == OBJECT_PERSON) {
		line->about = about_person(t, e);
		if (access_permits(t->rq->viewer->role, PERM_PEOPLE_READ))
			line->href = arena_printf(a, "/people/%lld", (long long)e->object_id);
		return OK;
	}
	const enum status st = about(t, e, word, &line->about, reterr);
	if (st == OK)
		line->about = capital(a, line->about);
	return st;
}

static const char *code_label(const struct code *codes, int value)
{
	for (; codes->name != NULL; codes++)
		if (codes->value == value)
			return codes->label;
	return NULL;
}

/* What he read instead, for each way in which it didn't come to be. */
static const char *const INSTEAD[STATUS_COUNT] = {
	[ERR_INVALID] = "Niet compleet, of er moest eerst iets anders.",
	[ERR_NOT_FOUND] = "Niet voor deze persoon. Die las dat de pagina er niet is.",
	[ERR_DENIED] = "Mocht op dat moment niet.",
	[ERR_CONFLICT] = "Een ander was eerder, of het kon niet meer.",
	[ERR_LIMIT] = "Het was te veel ineens.",
	[ERR_UNAVAILABLE] = "Plein was druk of even weg.",
	[ERR_INTERNAL] = "Er ging iets mis in Plein.",
};

static const char *why_of(struct arena *a, const struct audit_event *e)
{
	const struct role_row *role = access_role((enum role)e->role);

	if (e->result != OK)
		return e->result < STATUS_COUNT ? INSTEAD[e->result] : INSTEAD[ERR_INTERNAL];
	if (e->purpose != 0)
		return code_label(LOG_PURPOSES, e->purpose);
	if (role != NULL)
		return arena_printf(a, "Hoort bij de rol van %s.", role->label);
	return e->origin == 0 ? "Hoort bij de werking van Plein." : "Staat voor iedereen open.";
}

/* ---- lines ------------------------------------------------------------------------- */

static enum status fill_line(struct telling *t, const struct audit_row *row,
                             struct event_line *line, struct error *reterr)
{
	const struct audit_event *e = &row->event;
	const struct audit_word *action = audit_action_word(e->action);
	const struct role_row *role = access_role((enum role)e->role);
	struct arena *a = t->rq->arena;

	*line = (struct event_line){
		.at = dutch_time(a, e->at_ms),
		.what = what_of(a, e),
		.why = why_of(a, e),
		.denied = audit_outcome_of(e) == AUDIT_REFUSED,
		.occurred_at = e->at_ms,
		.actor_id = e->actor_id,
		.count = e->count_plus_1 > 0 ? e->count_plus_1 - 1 : 0,
		.action = action != NULL ? action->name : NULL,
		.role = role != NULL ? role->name : NULL,
		.outcome = (int)audit_outcome_of(e),
		.purpose = e->purpose,
		.sealed = row->sealed,
	};
	enum status st = add_object(t, e, line, reterr);
	if (st == OK)
		st = actor_of(t, e, &line->actor, reterr);
	return st == OK ? organisation_of(t, e, &line->organisation, reterr) : st;
}

static void add_days(struct arena *a, struct event_line *lines, size_t count)
{
	int32_t last = DAY_NONE;

	for (size_t i = 0; i < count; i++) {
		const int32_t day = local_day(lines[i].occurred_at);
		if (day != last)
			lines[i].day = dutch_date_long(a, day);
		last = day;
	}
}

enum status event_lines(struct request *rq, const struct audit_page *page, enum actor_words words,
                        struct array *ret, struct error *reterr)
{
	struct telling *t = ARENA_NEW(rq->arena, struct telling);
	struct event_line *lines = ARENA_ARRAY(rq->arena, struct event_line, page->count + 1);
	enum status st = OK;

	t->rq = rq;
	t->words = words;
	for (size_t i = 0; st == OK && i < page->count; i++)
		st = fill_line(t, &page->rows[i], &lines[i], reterr);
	if (st != OK)
		return st;
	add_days(rq->arena, lines, page->count);
	*ret = (struct array){ lines, page->count };
	return OK;
}

/* ---- cursor ------------------------------------------------------------------------ */

enum { QUARTER_MIN = 20001, QUARTER_MAX = 99994 }; /* year and quarter */

const char *log_cursor_text(struct arena *a, const struct audit_cursor *c)
{
	return arena_printf(a, "%lld-%lld-%lld-%lld", (long long)c->quarter, (long long)c->at_ms,
	                    (long long)c->seq, (long long)c->tree_id);
}

bool log_cursor_read(const char *text, struct audit_cursor *ret)
{
	int64_t parts[4];

	for (int i = 0; i < 4; i++) {
		char *end;
		if (text == NULL || *text < '0' || *text > '9')
			return false;
		parts[i] = strtoll(text, &end, 10);
		if (*end != (i < 3 ? '-' : '\0'))
			return false;
		text = end + 1;
	}
	if (parts[0] < QUARTER_MIN || parts[0] > QUARTER_MAX)
		return false;
	*ret = (struct audit_cursor){ parts[0], parts[1], parts[2], parts[3] };
	return true;
}
