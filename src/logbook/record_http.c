/* "Wie heeft dit bekeken?": asks for what, keeps the answer, shows the events of one record. */
#include "logbook/logbook.h"

#include "access/access.h"
#include "audit/action.h"
#include "audit/list.h"
#include "logbook/event_line.h"
#include "logbook/log_file.h"
#include "logbook/inquiry.h"
#include "people/people.h"
#include "plein/plein.h"

enum { PAGE_ROWS = 50, REMARK_CHARS = 300 };

/* ---- the question ------------------------------------------------------------------ */

struct inquiry_input {
	int purpose;
	const char *remark;
};
static const struct field INQUIRY_FIELDS[] = {
	{ .path = "purpose",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct inquiry_input, purpose),
	  .label = "Waarvoor kijkt u?",
	  .required = true,
	  .missing = "Kies waarvoor u kijkt.",
	  .codes = LOG_PURPOSES },
	{ .path = "remark",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct inquiry_input, remark),
	  .label = "Toelichting",
	  .max_chars = REMARK_CHARS },
};
const struct form LOGBOOK_INQUIRY_FORM = { INQUIRY_FIELDS, 2, sizeof(struct inquiry_input) };

/* The row as far as it says who asks about what. */
static struct inquiry inquiry_of(const struct request *rq, const struct logbook_record *record)
{
	return (struct inquiry){
		.person_id = rq->viewer->person_id,
		.appointment_id = rq->viewer->appointment_id,
		.object_type = record->object_type,
		.object_id = record->id,
		.asked_at = rq->now_ms,
	};
}

static void seal_remark(struct request *rq, const char *text, struct inquiry *i)
{
	const struct seal_place place = { .table = "log_inquiry",
		                          .column = "remark",
		                          .id = i->person_id,
		                          .category = i->object_type,
		                          .source = i->object_id,
		                          .version = i->asked_at };
	i->remark = seal_in(rq->arena, plein_of(rq)->account_key, &place, text, strlen(text),
	                    &i->remark_len);
}

/* A look at the log of a record is an event of that record too. */
static struct touched touched_of(const struct logbook_record *record, int64_t purpose)
{
	return (struct touched){
		.kind = record->object_type,
		.id = record->id,
		.owner_kind = record->with_parts ? record->object_type : (uint16_t)OBJECT_NONE,
		.owner_id = record->with_parts ? record->id : 0,
		.purpose = (uint16_t)purpose,
	};
}

struct asking {
	struct inquiry inquiry;
	const char *path;
};

enum status logbook_prepare_inquiry(struct request *rq, const struct logbook_record *record,
                                    void **ret_input, struct error *reterr)
{
	struct asking *asking = ARENA_NEW(rq->arena, struct asking);
	struct inquiry_input in;

	(void)reterr;
	input_read(rq->body, &LOGBOOK_INQUIRY_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	asking->inquiry = inquiry_of(rq, record);
	asking->inquiry.purpose = in.purpose;
	asking->path = record->path;
	seal_remark(rq, in.remark, &asking->inquiry);
	rq->touched = touched_of(record, in.purpose);
	*ret_input = asking;
	return OK;
}

enum status logbook_apply_inquiry(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct asking *asking = change->input;

	change->location = asking->path;
	return inquiry_add(tx, &asking->inquiry, reterr);
}

/* ---- the events -------------------------------------------------------------------- */

struct record_page {
	int64_t id;
	const char *reference, *subject;
	bool ask_reason;
	int purpose;
	const char *remark; /* never sent back once stored */
	struct array events;
	bool has_events;
	const char *csv_href, *ods_href, *start_href, *next_href;
};
static const struct view_field RECORD_FIELDS[] = {
	VIEW_AS(struct record_page, id, "id", VIEW_INT),
	VIEW_F(struct record_page, reference, VIEW_TEXT),
	VIEW_F(struct record_page, subject, VIEW_TEXT),
	VIEW_AS(struct record_page, ask_reason, "askReason", VIEW_BOOL),
	VIEW_AS(struct record_page, purpose, "purpose", VIEW_CODE, .codes = LOG_PURPOSES),
	VIEW_AS(struct record_page, remark, "remark", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct record_page, events, "events", VIEW_LIST, .view = &EVENT_LINE_VIEW),
	VIEW_AS(struct record_page, has_events, "hasEvents", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct record_page, csv_href, "csvHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct record_page, ods_href, "odsHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct record_page, start_href, "newerHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct record_page, next_href, "olderHref", VIEW_TEXT),
};
const struct view LOGBOOK_RECORD_VIEW = VIEW_OF(struct record_page, RECORD_FIELDS);

static struct audit_filter filter_of(const struct logbook_record *record)
{
	if (record->with_parts)
		return (struct audit_filter){ .owner_type = record->object_type,
			                      .owner_id = record->id };
	return (struct audit_filter){ .object_type = record->object_type, .object_id = record->id };
}

static enum actor_words words_for(const struct request *rq)
{
	return rq->viewer->role == ROLE_AUDITOR ? ACTORS_BY_NUMBER : ACTORS_BY_NAME;
}

static enum status find_events(struct request *rq, const struct logbook_record *record,
                               struct record_page *page, struct error *reterr)
{
	const struct audit_filter filter = filter_of(record);
	struct audit_cursor at = { 0 };
	struct audit_page found;

	(void)log_cursor_read(input_text(rq->query, "after"), &at);
	enum status st =
	    audit_list(plein_of(rq)->log, rq->arena, &filter, &at, PAGE_ROWS, &found, reterr);
	if (st == OK)
		st = event_lines(rq, &found, words_for(rq), &page->events, reterr);
	if (st != OK)
		return st;
	page->has_events = page->events.count > 0;
	if (found.more)
		page->next_href = arena_printf(rq->arena, "%s?after=%s", record->path,
		                               log_cursor_text(rq->arena, &found.next));
	if (at.quarter != 0)
		page->start_href = record->path;
	page->csv_href = arena_printf(rq->arena, "%s?format=csv", record->path);
	page->ods_href = arena_printf(rq->arena, "%s?format=ods", record->path);
	return OK;
}

static enum status respond_file(struct request *rq, struct response *rs,
                                const struct logbook_record *record, struct error *reterr)
{
	const struct audit_filter filter = filter_of(record);
	const struct log_file file = { &filter, &(struct audit_cursor){ 0 }, words_for(rq),
		                       "wie-keek" };

	return log_file_respond(rq, rs, &file, reterr);
}

enum status logbook_show_record(struct request *rq, struct response *rs,
                                const struct logbook_record *record, struct error *reterr)
{
	const struct page page = { .title = "Wie heeft dit bekeken?",
		                   .place = record->place,
		                   .crumbs = record->crumbs,
		                   .template_name = record->template_name,
		                   .form = &LOGBOOK_INQUIRY_FORM };
	const struct inquiry about = inquiry_of(rq, record);
	struct record_page shown = { .id = record->id,
		                     .reference = record->reference,
		                     .subject = record->subject };
	int64_t purpose;

	enum status st = inquiry_purpose(
	    rq->db, &about, rq->now_ms - INQUIRY_MINUTES * INT64_C(60000), &purpose, reterr);
	if (st != OK)
		return st;
	shown.ask_reason = purpose == 0 || rq->problems->error_count > 0;
	rq->touched = touched_of(record, 0);
	if (!shown.ask_reason) {
		shown.purpose = (int)purpose;
		rq->touched.purpose = (uint16_t)purpose;
		if (rq->wants_csv || rq->wants_ods)
			return respond_file(rq, rs, record, reterr);
		st = find_events(rq, record, &shown, reterr);
		rq->touched.count = (int32_t)shown.events.count;
	}
	return st == OK ? page_respond(rq, rs, &page, &LOGBOOK_RECORD_VIEW, &shown, reterr) : st;
}

/* ---- of a person who works here ---------------------------------------------------- */

/* Whoever may not see this person reads that there is nobody. */
static enum status person_record(struct request *rq, struct logbook_record *ret,
                                 struct error *reterr)
{
	const struct people_scope scope = people_scope_of(rq->viewer);
	struct link *crumbs = ARENA_ARRAY(rq->arena, struct link, 1);
	struct person person;
	char *end = NULL;
	const long long id = strtoll(rq->params[0], &end, 10);

	if (*end != '\0' || id <= 0 || !access_permits(rq->viewer->role, PERM_PEOPLE_READ))
		return FAIL_NOT_FOUND(reterr);
	const enum status st = person_load(rq->db, &scope, id, rq->arena, &person, reterr);
	if (st != OK)
		return st;
	crumbs[0] = (struct link){ "Mensen", "/people", -1, false };
	*ret = (struct logbook_record){
		.object_type = OBJECT_PERSON,
		.id = id,
		.reference = arena_printf(rq->arena, "Medewerker %lld", id),
		.subject = person.participant,
		.path = arena_printf(rq->arena, "/people/%lld/access-log", id),
		.template_name = "audit/person_access_log",
		.crumbs = { crumbs, 1 },
		.place = "/people",
	};
	return OK;
}

static enum status show_person_log(struct request *rq, struct response *rs, struct error *reterr)
{
	struct logbook_record record;
	const enum status st = person_record(rq, &record, reterr);

	return st == OK ? logbook_show_record(rq, rs, &record, reterr) : st;
}

static enum status prepare_person_log(struct request *rq, void **ret_input, struct error *reterr)
{
	struct logbook_record record;
	const enum status st = person_record(rq, &record, reterr);

	return st == OK ? logbook_prepare_inquiry(rq, &record, ret_input, reterr) : st;
}

const struct route record_log_routes[] = {
	{ .method = "GET",
	  .path = "/people/{id}/access-log",
	  .permission = PERM_RECORD_LOG_READ,
	  .action = AUDIT_RECORD_LOG_VIEW,
	  .read = show_person_log,
	  .view = &LOGBOOK_RECORD_VIEW,
	  .summary = "Wie de gegevens van een medewerker bekeek of wijzigde" },
	{ .method = "POST",
	  .path = "/people/{id}/access-log",
	  .permission = PERM_RECORD_LOG_READ,
	  .action = AUDIT_RECORD_LOG_VIEW,
	  .prepare = prepare_person_log,
	  .apply = logbook_apply_inquiry,
	  .redraw = show_person_log,
	  .form = &LOGBOOK_INQUIRY_FORM,
	  .summary = "Zeg waarvoor u wilt zien wie deze medewerker bekeek" },
	{ 0 },
};

const struct page_template record_log_templates[] = {
	{ .name = "audit/person_access_log",
	  .view = &LOGBOOK_RECORD_VIEW,
	  .form = &LOGBOOK_INQUIRY_FORM,
	  .whole = true },
	{ 0 },
};
