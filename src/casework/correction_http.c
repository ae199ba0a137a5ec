/* One fact of a casefile, and what happens when it turns out wrong (BGS 1.7). */
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_index.h"
#include "casework/casefile_http.h"
#include "casework/casefile_page.h"
#include "casework/subject_page.h"
#include "law/law.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "subjects/copy.h"
#include "subjects/correction.h"

static const struct code KINDS[] = {
	{ CORRECTION_RECTIFIED, "RECTIFY", "Het klopt niet. Ik geef hoe het wel is." },
	{ CORRECTION_WITHDRAWN, "WITHDRAW", "Het hoort hier niet. Ik trek het in." },
	{ 0 },
};
static const struct code KIND_WORDS[] = {
	{ CORRECTION_RECTIFIED, "RECTIFY", "Verbeterd" },
	{ CORRECTION_WITHDRAWN, "WITHDRAW", "Ingetrokken" },
	{ 0 },
};

struct correct_input {
	int kind;
	const char *text, *reason;
};
static const struct field CORRECT_FIELDS[] = {
	{ .path = "kind",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct correct_input, kind),
	  .label = "Wat is er mis?",
	  .codes = KINDS,
	  .required = true,
	  .missing = "Kies wat er mis is." },
	{ .path = "text",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct correct_input, text),
	  .label = "Hoe is het wel?",
	  .max_chars = CASEFILE_FACT_CHARS },
	{ .path = "reason",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct correct_input, reason),
	  .label = "Waarom verandert dit?",
	  .required = true,
	  .missing = "Schrijf op waarom dit verandert.",
	  .max_chars = CORRECTION_REASON_CHARS },
};
static const struct form CORRECT_FORM = { CORRECT_FIELDS, 3, sizeof(struct correct_input) };

/* ---- one fact ----------------------------------------------------------------------------------- */

struct holder_row {
	const char *name, *on_behalf;
	int64_t first_at, copies;
	int act;
};
static const struct view_field HOLDER_FIELDS[] = {
	VIEW_F(struct holder_row, name, VIEW_TEXT),
	VIEW_AS(struct holder_row, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_AS(struct holder_row, first_at, "firstAt", VIEW_MOMENT),
	VIEW_AS(struct holder_row, act, "act", VIEW_CODE, .codes = COPY_ACTS),
	VIEW_F(struct holder_row, copies, VIEW_INT),
};
static const struct view HOLDER_VIEW = VIEW_OF(struct holder_row, HOLDER_FIELDS);

struct fact_page {
	const char *reference, *subject, *subject_href, *what, *value, *source, *ground, *necessity;
	const char *correct_href, *action_path, *back_href, *reason, *corrected_by, *new_href,
	    *text, *why;
	uint8_t state;
	int kind, chosen;
	int64_t id, version, phase, received_on, corrected_on;
	bool judgement, rectified, withdrawn, shows_holders, has_holders;
	struct array holders;
};
#define P struct fact_page
static const struct view_field FIELDS[] = {
	VIEW_F(P, reference, VIEW_REF),
	VIEW_AS(P, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE),
	VIEW_F(P, id, VIEW_INT),
	VIEW_F(P, version, VIEW_INT),
	VIEW_F(P, subject, VIEW_TEXT),
	VIEW_AS(P, subject_href, "subjectHref", VIEW_TEXT, .page_only = true),
	VIEW_F(P, what, VIEW_TEXT),
	VIEW_F(P, value, VIEW_TEXT),
	VIEW_F(P, source, VIEW_TEXT),
	VIEW_F(P, ground, VIEW_TEXT),
	VIEW_AS(P, necessity, "minorNecessity", VIEW_TEXT),
	VIEW_F(P, phase, VIEW_INT),
	VIEW_AS(P, received_on, "receivedOn", VIEW_MOMENT),
	VIEW_F(P, judgement, VIEW_BOOL),
	VIEW_F(P, rectified, VIEW_BOOL),
	VIEW_F(P, withdrawn, VIEW_BOOL),
	VIEW_AS(P, corrected_on, "correctedOn", VIEW_MOMENT),
	VIEW_AS(P, corrected_by, "correctedBy", VIEW_TEXT),
	VIEW_AS(P, reason, "correctionReason", VIEW_TEXT),
	VIEW_AS(P, new_href, "newHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, correct_href, "correctHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, shows_holders, "showsHolders", VIEW_BOOL, .page_only = true),
	VIEW_AS(P, has_holders, "hasHolders", VIEW_BOOL, .page_only = true),
	VIEW_AS(P, holders, "holders", VIEW_LIST, .view = &HOLDER_VIEW),
	VIEW_AS(P, action_path, "actionPath", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, chosen, "kind", VIEW_CODE, .codes = KINDS, .page_only = true),
	VIEW_AS(P, text, "text", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, why, "reason", VIEW_TEXT, .page_only = true),
};
#undef P
static const struct view FACT_VIEW = VIEW_OF(struct fact_page, FIELDS);

struct on_fact {
	struct casefile casefile;
	const struct casefile_subject *subject;
	const struct known_fact *fact;
};

static enum status on_fact(struct request *rq, struct on_fact *ret, struct error *reterr)
{
	struct array subjects = { 0 };
	enum status st = casefile_of_path(rq, &ret->casefile, reterr);

	if (st == OK)
		st = casefile_subjects_seen(rq, &ret->casefile, &subjects, reterr);
	if (st != OK)
		return st;
	ret->fact = subject_fact(subjects, rq->params[1], &ret->subject);
	if (ret->fact == NULL)
		return FAIL_NOT_FOUND(reterr);
	rq->touched.kind = OBJECT_FACT;
	rq->touched.id = ret->fact->id;
	rq->touched.phase = (uint8_t)ret->fact->phase;
	return OK;
}

static const char *fact_href(struct arena *a, const struct casefile *c, int64_t id)
{
	return arena_printf(a, "/casefiles/%s/facts/%lld", c->reference, (long long)id);
}

static void fill_fact(struct request *rq, const struct on_fact *on, struct fact_page *page)
{
	const struct known_fact *f = on->fact;
	const struct casefile *c = &on->casefile;

	*page = (struct fact_page){
		.reference = c->reference,
		.state = c->state,
		.id = f->id,
		.version = f->version,
		.subject = on->subject->name,
		.subject_href = subject_href(rq->arena, c, on->subject->number),
		.what = f->label,
		.value = f->correction == CORRECTION_WITHDRAWN ? NULL : f->value,
		.source = f->source,
		.ground = fact_ground(rq->arena, c, f),
		.phase = f->phase,
		.received_on = f->received_at,
		.judgement = f->is_judgement,
		.rectified = f->correction == CORRECTION_RECTIFIED,
		.withdrawn = f->correction == CORRECTION_WITHDRAWN,
		.corrected_on = f->correction != 0 ? f->corrected_at : INT64_MIN,
		.back_href = fact_href(rq->arena, c, f->id),
	};
	if (fact_may_correct(rq->viewer, c, f))
		page->correct_href = arena_printf(rq->arena, "%s/correct", page->back_href);
	page->action_path = page->correct_href;
}

/* Who it reached: for who must be able to reach them, and for the source itself. */
static bool may_see_holders(const struct viewer *v, const struct known_fact *f)
{
	return v->role == ROLE_INFO_COORDINATOR || v->role == ROLE_RIEC_HEAD ||
	       v->role == ROLE_COORD_DPO ||
	       (v->letter != 0 && v->participant_id == f->participant_id);
}

static enum status fill_holders(struct request *rq, const struct on_fact *on,
                                struct fact_page *page, struct error *reterr)
{
	struct array rows = { 0 };

	page->shows_holders = may_see_holders(rq->viewer, on->fact);
	if (!page->shows_holders)
		return OK;
	enum status st = copy_holders(rq->db, &on->fact->uuid, rq->arena, &rows, reterr);
	const struct copy_holder *from = rows.items;
	struct holder_row *to = ARENA_ARRAY(rq->arena, struct holder_row, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++)
		to[i] = (struct holder_row){ from[i].person,
			                     from[i].on_behalf[0] != '\0' ? from[i].on_behalf
			                                                  : "RIEC-bureau",
			                     from[i].first_at, from[i].copies, from[i].act };
	page->holders = (struct array){ to, rows.count };
	page->has_holders = rows.count > 0;
	return st;
}

static enum status fill_correction(struct request *rq, const struct on_fact *on,
                                   struct fact_page *page, struct error *reterr)
{
	struct array rows = { 0 };

	if (on->fact->correction == 0)
		return OK;
	enum status st =
	    correction_list(rq->db, plein_of(rq)->keyring, on->casefile.id, on->fact->phase,
	                    rq->viewer->appointment_id, rq->arena, &rows, reterr);
	const struct correction_row *r = rows.items;
	for (size_t i = 0; i < rows.count; i++) {
		if (r[i].fact_id != on->fact->id)
			continue;
		page->reason = r[i].reason;
		page->corrected_by = r[i].by;
		if (r[i].replaced_by != 0)
			page->new_href = fact_href(rq->arena, &on->casefile, r[i].replaced_by);
	}
	return st;
}

static enum status register_seen(struct request *rq, struct response *rs, const struct on_fact *on,
                                 struct error *reterr)
{
	const struct copy seen = { .act = COPY_PAGE,
		                   .scope = COPY_OF_FACT,
		                   .scope_id = on->fact->id,
		                   .max_phase = on->fact->phase,
		                   .object_kind = OBJECT_CASEFILE,
		                   .object_id = on->casefile.id,
		                   .reference = on->casefile.reference,
		                   .appointment_id = rq->viewer->appointment_id };
	return copy_seen(rq, rs, &seen, reterr);
}

static enum status show_fact(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_fact on = { 0 };
	struct fact_page record;

	enum status st = on_fact(rq, &on, reterr);
	if (st != OK)
		return st;
	fill_fact(rq, &on, &record);
	st = fill_holders(rq, &on, &record, reterr);
	if (st == OK)
		st = fill_correction(rq, &on, &record, reterr);
	if (st == OK)
		st = fact_necessity_open(rq->db, plein_of(rq)->keyring, on.fact->id, rq->arena,
		                         &record.necessity, reterr);
	if (st == OK)
		st = register_seen(rq, rs, &on, reterr);
	if (st != OK)
		return st;
	if (record.necessity[0] == '\0')
		record.necessity = NULL;
	const struct page page = { .title = "Gegeven in een casus",
		                   .place = "/casefiles",
		                   .crumbs = subject_crumbs(rq->arena, &on.casefile),
		                   .confidential = true,
		                   .template_name = "casework/one_fact" };
	return page_respond(rq, rs, &page, &FACT_VIEW, &record, reterr);
}

/* ---- correcting ----------------------------------------------------------------------------------- */

static enum status may_correct(struct request *rq, const struct on_fact *on, struct error *reterr)
{
	if (on->fact->correction != 0)
		return FAIL(reterr, ERR_CONFLICT, "Dit gegeven is al verbeterd.");
	if (!fact_may_correct(rq->viewer, &on->casefile, on->fact))
		return FAIL(
		    reterr, ERR_CONFLICT,
		    "Alleen wie dit gegeven inbracht of een informatiecoördinator verbetert "
		    "het.");
	return OK;
}

static enum status show_correct(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_fact on = { 0 };
	struct fact_page record;

	enum status st = on_fact(rq, &on, reterr);
	if (st == OK)
		st = may_correct(rq, &on, reterr);
	if (st != OK)
		return st;
	fill_fact(rq, &on, &record);
	const struct page page = { .title = "Een gegeven verbeteren",
		                   .place = "/casefiles",
		                   .crumbs = subject_crumbs(rq->arena, &on.casefile),
		                   .confidential = true,
		                   .template_name = "casework/correct",
		                   .form = &CORRECT_FORM };
	return page_respond(rq, rs, &page, &FACT_VIEW, &record, reterr);
}

struct correct_change {
	struct on_fact on;
	struct sealed_correction sealed;
};

/* What tells who it is, is read as its own field reads it; the rest are words. */
static void read_new(struct request *rq, const struct on_fact *on, const char *typed,
                     struct correction_new *ret)
{
	const enum fact_kind kind = (enum fact_kind)on->fact->kind;
	struct subject_fact facts[FACT_KIND_COUNT];
	struct subject_input in = { .kind = on->subject->kind };
	struct problems found;

	ret->text = typed;
	ret->raw = typed;
	if (on->fact->kind >= FACT_KIND_COUNT) {
		casefile_check_words(rq, "text", typed);
		return;
	}
	problems_init(&found, rq->arena);
	*subject_field(&in, kind) = typed;
	const size_t count = subject_read(&in, local_day(rq->now_ms), rq->arena, facts, &found);
	if (count == 1)
		ret->text = facts[0].value;
	else
		problems_add(rq->problems, PROBLEM_ERROR, "text",
		             found.first != NULL ? found.first->message : "Vul in hoe het wel is.");
}

static enum status prepare_correct(struct request *rq, void **ret_input, struct error *reterr)
{
	struct correct_change *c = ARENA_NEW(rq->arena, struct correct_change);
	struct correct_input in;

	enum status st = on_fact(rq, &c->on, reterr);
	if (st == OK)
		st = may_correct(rq, &c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &CORRECT_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	*ret_input = c;
	struct correction_new new = { .kind = in.kind,
		                      .subject_number = c->on.subject->number,
		                      .old = c->on.fact,
		                      .reason = in.reason,
		                      .appointment_id = rq->viewer->appointment_id,
		                      .now_ms = rq->now_ms };
	if (in.kind == CORRECTION_RECTIFIED && in.text[0] == '\0')
		problems_add(rq->problems, PROBLEM_ERROR, "text", "Schrijf op hoe het wel is.");
	else if (in.kind == CORRECTION_RECTIFIED)
		read_new(rq, &c->on, in.text, &new);
	casefile_check_words(rq, "reason", in.reason);
	if (rq->problems->error_count > 0)
		return OK;
	return correction_seal(rq->db, plein_of(rq)->keyring, plein_of(rq)->identifier_key,
	                       c->on.casefile.id, &new, rq->arena, &c->sealed, reterr);
}

static enum status apply_correct(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct correct_change *c = change->input;
	const struct casefile *f = &c->on.casefile;
	const struct correction_place where = { f->id, f->reference };
	int64_t told = 0;

	enum status st = correction_put(tx, &where, &c->sealed, &told, reterr);
	if (st == OK)
		st = casefile_words_changed(tx, f->id, reterr);
	change->location = subject_href(db_tx_arena(tx), f, c->on.subject->number);
	change->note = arena_printf(
	    db_tx_arena(tx), "%s. %s",
	    c->sealed.kind == CORRECTION_RECTIFIED ? "Verbeterd" : "Ingetrokken",
	    told == 0 ? "Niemand anders had dit gezien." : "Wie dit zag, krijgt bericht.");
	change->created = true;
	return st;
}

/* ---- what was corrected ---------------------------------------------------------------------------- */

struct correction_item {
	int64_t at, told, seen;
	int kind;
	const char *what, *subject, *by, *reason, *old_href, *new_href;
	bool mine;
};
static const struct view_field ITEM_FIELDS[] = {
	VIEW_F(struct correction_item, at, VIEW_MOMENT),
	VIEW_AS(struct correction_item, kind, "kind", VIEW_CODE, .codes = KIND_WORDS),
	VIEW_F(struct correction_item, what, VIEW_TEXT),
	VIEW_F(struct correction_item, subject, VIEW_TEXT),
	VIEW_F(struct correction_item, by, VIEW_TEXT),
	VIEW_F(struct correction_item, reason, VIEW_TEXT),
	VIEW_F(struct correction_item, told, VIEW_INT),
	VIEW_F(struct correction_item, seen, VIEW_INT),
	VIEW_F(struct correction_item, mine, VIEW_BOOL),
	VIEW_AS(struct correction_item, old_href, "oldHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct correction_item, new_href, "newHref", VIEW_TEXT, .page_only = true),
};
static const struct view ITEM_VIEW = VIEW_OF(struct correction_item, ITEM_FIELDS);

struct list_page {
	const char *reference, *seen_path;
	uint8_t state;
	struct array items, tabs;
	bool has_items, waits, shows_told;
};
static const struct view_field LIST_FIELDS[] = {
	VIEW_F(struct list_page, reference, VIEW_REF),
	VIEW_AS(struct list_page, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE),
	VIEW_AS(struct list_page, items, "corrections", VIEW_LIST, .view = &ITEM_VIEW),
	VIEW_AS(struct list_page, tabs, "tabs", VIEW_LIST, .view = &CASEFILE_TAB_VIEW,
	        .page_only = true),
	VIEW_AS(struct list_page, has_items, "hasItems", VIEW_BOOL, .page_only = true),
	VIEW_F(struct list_page, waits, VIEW_BOOL),
	VIEW_AS(struct list_page, shows_told, "showsTold", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct list_page, seen_path, "seenPath", VIEW_TEXT, .page_only = true),
};
static const struct view LIST_VIEW = VIEW_OF(struct list_page, LIST_FIELDS);

static const char *label_of(int fact_kind)
{
	const struct law_kind *kind = law_kind((uint16_t)fact_kind);

	if (fact_kind < FACT_KIND_COUNT)
		return fact_label(fact_kind);
	return kind != NULL ? kind->label : "Gegeven";
}

static struct array correction_items(struct request *rq, const struct casefile *c,
                                     struct array subjects, struct array rows, bool *ret_waits)
{
	const struct correction_row *from = rows.items;
	struct correction_item *to = ARENA_ARRAY(rq->arena, struct correction_item, rows.count + 1);

	for (size_t i = 0; i < rows.count; i++) {
		const struct casefile_subject *s = subject_numbered(
		    subjects, arena_printf(rq->arena, "%lld", (long long)from[i].subject_number));
		to[i] = (struct correction_item){
			.at = from[i].at,
			.told = from[i].told,
			.seen = from[i].seen,
			.kind = from[i].kind,
			.what = label_of(from[i].fact_kind),
			.subject = s != NULL ? s->name : "",
			.by = from[i].by,
			.reason = from[i].reason,
			.old_href = fact_href(rq->arena, c, from[i].fact_id),
			.new_href = from[i].replaced_by != 0
			                ? fact_href(rq->arena, c, from[i].replaced_by)
			                : NULL,
			.mine = from[i].waits_for_me,
		};
		*ret_waits |= from[i].waits_for_me;
	}
	return (struct array){ to, rows.count };
}

static enum status show_list(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array subjects = { 0 }, rows = { 0 };
	struct list_page record = { 0 };
	struct casefile c;

	enum status st = casefile_of_path(rq, &c, reterr);
	if (st == OK)
		st = casefile_subjects_seen(rq, &c, &subjects, reterr);
	if (st == OK)
		st = correction_list(rq->db, plein_of(rq)->keyring, c.id,
		                     casefile_reads_phase(rq->viewer->role, c.named_heavy),
		                     rq->viewer->appointment_id, rq->arena, &rows, reterr);
	if (st != OK)
		return st;
	record.reference = c.reference;
	record.state = c.state;
	record.items = correction_items(rq, &c, subjects, rows, &record.waits);
	record.has_items = rows.count > 0;
	record.tabs = casefile_tabs(rq, &c);
	record.shows_told = access_permits(rq->viewer->role, PERM_CASEFILE_PEOPLE);
	record.seen_path = arena_printf(rq->arena, "/casefiles/%s/corrections/seen", c.reference);
	const struct page page = { .title = "Verbeterde gegevens",
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, &c),
		                   .confidential = true,
		                   .template_name = "casework/corrections" };
	return page_respond(rq, rs, &page, &LIST_VIEW, &record, reterr);
}

static enum status prepare_seen(struct request *rq, void **ret_input, struct error *reterr)
{
	struct casefile *c = ARENA_NEW(rq->arena, struct casefile);

	*ret_input = c;
	return casefile_of_path(rq, c, reterr);
}

static enum status apply_seen(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct viewer *v = change->rq->viewer;
	const struct casefile *c = change->input;
	const struct correction_place where = { c->id, c->reference };

	change->location = arena_printf(db_tx_arena(tx), "/casefiles/%s/corrections", c->reference);
	change->note = "Vastgelegd: u heeft dit gezien.";
	return corrections_saw(tx, &where, v->appointment_id, v->person_id, change->rq->now_ms,
	                       reterr);
}

const struct route casefile_correction_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/facts/{fact}",
	  .permission = PERM_CASEFILE_READ,
	  .action = AUDIT_SUBJECT_VIEW,
	  .read = show_fact,
	  .view = &FACT_VIEW,
	  .summary = "Een gegeven in een casus: bron, grond, versie, en wie het kreeg" },
	{ .method = "GET",
	  .path = "/casefiles/{ref}/facts/{fact}/correct",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_SUBJECT_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_correct,
	  .summary = "Een gegeven verbeteren of intrekken" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/facts/{fact}/correct",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_FACT_CORRECT,
	  .prepare = prepare_correct,
	  .apply = apply_correct,
	  .redraw = show_correct,
	  .form = &CORRECT_FORM,
	  .summary = "Een gegeven verbeteren (RECTIFY) of intrekken (WITHDRAW)" },
	{ .method = "GET",
	  .path = "/casefiles/{ref}/corrections",
	  .permission = PERM_CASEFILE_READ,
	  .action = AUDIT_SUBJECT_VIEW,
	  .read = show_list,
	  .view = &LIST_VIEW,
	  .summary = "Wat in een casus verbeterd of ingetrokken is" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/corrections/seen",
	  .permission = PERM_CASEFILE_READ,
	  .action = AUDIT_OWN_CHANGE,
	  .prepare = prepare_seen,
	  .apply = apply_seen,
	  .redraw = show_list,
	  .summary = "Vastleggen dat u de verbeteringen gezien heeft" },
	{ 0 },
};

const struct page_template casefile_correction_templates[] = {
	{ .name = "casework/one_fact", .view = &FACT_VIEW, .whole = true },
	{ .name = "casework/correct", .view = &FACT_VIEW, .form = &CORRECT_FORM, .whole = true },
	{ .name = "casework/corrections", .view = &LIST_VIEW, .whole = true },
	{ 0 },
};
