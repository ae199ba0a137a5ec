#include "explain/who_sees.h"

#include <stdlib.h>
#include <string.h>

#include "audit/action.h"
#include "people/holder.h"
#include "platform/core/calendar.h"

enum { PAGE_ROWS = 50 };

/* ---- why ------------------------------------------------------------------------------------ */

/* Of the first audience that he shares with the record. */
static const char *shared_audience(const struct viewer *v, const struct thing *thing)
{
	static const char *const REASONS[] = {
		[AUDIENCE_ROLE] = "Ziet dit door deze rol in de regio.",
		[AUDIENCE_PARTICIPANT] = "Het staat open voor de hele organisatie.",
		[AUDIENCE_ORGAN] = "Werkt namens wie dit inbracht.",
		[AUDIENCE_DESK] = "Werkt bij het onderdeel waarvoor dit openstaat.",
		[AUDIENCE_APPOINTMENT] = "Staat hier zelf bij als persoon.",
		[AUDIENCE_MEETING] = "Is uitgenodigd voor het overleg.",
		[AUDIENCE_MUNICIPALITY] = "Het gaat over de eigen gemeente.",
		[AUDIENCE_CASEFILE] = "Is lid van de casus.",
		[AUDIENCE_DECIDERS] = "Beslist voor wie dit kreeg.",
		[AUDIENCE_MANAGERS] = "Beheert de accounts van deze organisatie.",
		[AUDIENCE_ORGAN_DESK] = "Werkt bij het loket van wie dit inbracht.",
		[AUDIENCE_STEERING] = "Is lid van de Stuurploeg namens een deelnemer die meewerkt.",
	};

	for (size_t i = 0; i < v->audience_count; i++)
		for (size_t j = 0; j < thing->reader_count; j++)
			if (v->audiences[i] == thing->readers[j])
				return REASONS[v->audiences[i] >> 48];
	return "";
}

static bool is_blocked(const struct viewer *v, const struct thing *thing)
{
	for (size_t i = 0; i < thing->blocked_count; i++)
		if (thing->blocked_persons[i] == v->person_id)
			return true;
	return false;
}

/* NULL: he can't open it. */
static const char *reason(const struct seen_record *record, const struct viewer *v)
{
	if (record->why != NULL)
		return is_blocked(v, &record->thing) ? NULL : record->why(v, record->facts);
	return access_may(v, ACT_READ, &record->thing) ? shared_audience(v, &record->thing) : NULL;
}

/* ---- who ------------------------------------------------------------------------------------ */

struct seeking {
	const struct seen_record *record;
	int64_t now_ms, today;
};

static bool can_open(const struct holder *h, void *context)
{
	const struct seeking *s = context;
	struct viewer v = h->viewer;

	access_join(&v, s->record->invited);
	return reason(s->record, &v) != NULL &&
	       access_standing(&h->standing, &SCREENING_TERMS, s->now_ms, s->today).kind !=
	           VERDICT_NO;
}

static int by_bytes(const struct span *a, const struct span *b)
{
	const size_t shorter = a->len < b->len ? a->len : b->len;
	const int order = shorter > 0 ? memcmp(a->bytes, b->bytes, shorter) : 0;

	return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

static int by_organisation_and_name(const void *left, const void *right)
{
	const struct holder *a = left, *b = right;
	int order = by_bytes(&a->participant_key, &b->participant_key);

	if (order == 0)
		order = strcmp(a->on_behalf, b->on_behalf);
	if (order == 0)
		order = by_bytes(&a->person_key, &b->person_key);
	if (order == 0)
		order = (a->viewer.appointment_id > b->viewer.appointment_id) -
		        (a->viewer.appointment_id < b->viewer.appointment_id);
	return order;
}

static enum status find_holders(struct request *rq, const struct seen_record *record,
                                enum permission needs, struct array *ret, struct error *reterr)
{
	struct seeking s = { record, rq->now_ms, local_day(rq->now_ms) };
	enum status st = OK;

	*ret = (struct array){ 0 };
	for (int role = 1; st == OK && role < ROLE_COUNT; role++)
		if (access_permits((enum role)role, needs))
			st = holder_list(rq->db, (enum role)role, can_open, &s, rq->arena, ret,
			                 reterr);
	if (st == OK && ret->count > 1)
		qsort(ret->items, ret->count, sizeof(struct holder), by_organisation_and_name);
	return st;
}

/* ---- the page ------------------------------------------------------------------------------- */

struct seer {
	int64_t appointment_id, until;
	const char *name, *organisation, *role, *why;
	bool writes;
};
static const struct view_field SEER_FIELDS[] = {
	VIEW_AS(struct seer, appointment_id, "appointmentId", VIEW_INT),
	VIEW_AS(struct seer, name, "name", VIEW_TEXT, .label = "Wie"),
	VIEW_AS(struct seer, organisation, "organisation", VIEW_TEXT, .label = "Namens wie"),
	VIEW_AS(struct seer, role, "role", VIEW_TEXT, .label = "Rol"),
	VIEW_AS(struct seer, why, "why", VIEW_TEXT, .label = "Waarom"),
	VIEW_AS(struct seer, writes, "writes", VIEW_BOOL, .label = "Mag bewerken"),
	VIEW_AS(struct seer, until, "until", VIEW_DAY, .label = "Tot en met"),
};
static const struct view SEER_VIEW = VIEW_OF(struct seer, SEER_FIELDS);

struct seers_page {
	const char *reference, *subject, *csv_href, *newer_href, *older_href;
	int64_t count, first_row, last_row;
	struct array seers;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct seers_page, reference, VIEW_TEXT),
	VIEW_F(struct seers_page, subject, VIEW_TEXT),
	VIEW_F(struct seers_page, count, VIEW_INT),
	VIEW_AS(struct seers_page, seers, "seers", VIEW_LIST, .view = &SEER_VIEW),
	VIEW_AS(struct seers_page, first_row, "firstRow", VIEW_INT, .page_only = true),
	VIEW_AS(struct seers_page, last_row, "lastRow", VIEW_INT, .page_only = true),
	VIEW_AS(struct seers_page, csv_href, "csvHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct seers_page, newer_href, "newerHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct seers_page, older_href, "olderHref", VIEW_TEXT),
};
const struct view WHO_SEES_VIEW = VIEW_OF(struct seers_page, PAGE_FIELDS);

static struct seer seer_of(const struct seen_record *record, const struct holder *h)
{
	struct viewer v = h->viewer;

	access_join(&v, record->invited);
	return (struct seer){
		.appointment_id = v.appointment_id,
		.name = h->person,
		.organisation = h->on_behalf,
		.role = access_role(v.role)->label,
		.why = reason(record, &v),
		.writes = access_may(&v, ACT_WRITE, &record->thing),
		.until = h->standing.until_day != NO_DAY ? h->standing.until_day : INT64_MIN,
	};
}

static struct array seers_of(struct arena *a, const struct seen_record *record,
                             const struct holder *from, size_t count)
{
	struct seer *to = ARENA_ARRAY(a, struct seer, count + 1);

	for (size_t i = 0; i < count; i++)
		to[i] = seer_of(record, &from[i]);
	return (struct array){ to, count };
}

/* The row after the one whose appointment the address names; 0 when that one isn't there (any more). */
static size_t place_after(const struct request *rq, const struct array *all)
{
	const struct holder *holders = all->items;
	const char *after = input_text(rq->query, "after");
	const int64_t id = after != NULL ? strtoll(after, NULL, 10) : 0;

	for (size_t i = 0; id > 0 && i < all->count; i++)
		if (holders[i].viewer.appointment_id == id)
			return i + 1;
	return 0;
}

static enum status show_seers(struct request *rq, struct response *rs, const struct seen_pages *of,
                              const struct seen_record *record, struct error *reterr)
{
	const char *path = arena_printf(rq->arena, "%s/who-sees", record->path);
	const struct page page = { .title = "Wie ziet dit?",
		                   .place = of->place,
		                   .crumbs = record->crumbs,
		                   .template_name = "access/who_sees" };
	struct array all = { 0 };

	rq->touched = (struct touched){ .kind = record->object_type,
		                        .id = record->id,
		                        .owner_kind = record->object_type,
		                        .owner_id = record->id };
	const enum status st = find_holders(rq, record, of->needs, &all, reterr);
	if (st != OK)
		return st;
	rq->touched.count = (int32_t)all.count;
	if (rq->wants_csv)
		return page_csv(rq, rs, "wie-ziet-dit.csv", &SEER_VIEW,
		                seers_of(rq->arena, record, all.items, all.count), reterr);
	const size_t from = place_after(rq, &all);
	const size_t left = all.count - from, shown = left < PAGE_ROWS ? left : PAGE_ROWS;
	const struct holder *holders = all.items;
	const struct seers_page shown_page = {
		.reference = record->reference,
		.subject = of->subject,
		.count = (int64_t)all.count,
		.seers = seers_of(rq->arena, record, holders + from, shown),
		.first_row = (int64_t)from + 1,
		.last_row = (int64_t)(from + shown),
		.csv_href = arena_printf(rq->arena, "%s?format=csv", path),
		.newer_href = from > 0 ? path : NULL,
		.older_href =
		    shown < left
			? arena_printf(rq->arena, "%s?after=%lld", path,
		                       (long long)holders[from + shown - 1].viewer.appointment_id)
			: NULL,
	};
	rq->touched.count = (int32_t)shown;
	return page_respond(rq, rs, &page, &WHO_SEES_VIEW, &shown_page, reterr);
}

enum status explain_show_seers(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct seen_pages *of = rq->route->about;
	struct seen_record record = { 0 };

	/* who can't open such a record doesn't learn who can */
	if (!access_permits(rq->viewer->role, of->needs))
		return FAIL_NOT_FOUND(reterr);
	const enum status st = of->find(rq, &record, reterr);
	return st == OK ? show_seers(rq, rs, of, &record, reterr) : st;
}

/* ---- who did look ----------------------------------------------------------------------------- */

static enum status logged_record(struct request *rq, struct logbook_record *ret,
                                 struct error *reterr)
{
	const struct seen_pages *of = rq->route->about;
	struct seen_record record = { 0 };
	const enum status st = of->find(rq, &record, reterr);

	if (st != OK)
		return st;
	*ret = (struct logbook_record){
		.object_type = record.object_type,
		.id = record.id,
		.with_parts = record.with_parts,
		.reference = record.reference,
		.subject = of->subject,
		.path = arena_printf(rq->arena, "%s/access-log", record.path),
		.template_name = of->log_template,
		.crumbs = record.crumbs,
		.place = of->place,
	};
	return OK;
}

enum status explain_show_log(struct request *rq, struct response *rs, struct error *reterr)
{
	struct logbook_record record;
	const enum status st = logged_record(rq, &record, reterr);

	return st == OK ? logbook_show_record(rq, rs, &record, reterr) : st;
}

enum status explain_prepare_inquiry(struct request *rq, void **ret_input, struct error *reterr)
{
	struct logbook_record record;
	const enum status st = logged_record(rq, &record, reterr);

	return st == OK ? logbook_prepare_inquiry(rq, &record, ret_input, reterr) : st;
}
