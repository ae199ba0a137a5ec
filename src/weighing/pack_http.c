/* Before the meeting: the pack, and what each partner found out. */
#include "weighing/factors.h"
#include "weighing/weighing_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "plein/plein.h"
#include "signals/signals.h"
#include "signals/theme.h"
#include "work/work.h"

static const struct code LOOKED[] = {
	{ 1, "yes", "Ja" },
	{ 2, "no", "Nee" },
	{ 3, "not-looked", "Niet gekeken" },
	{ 0 },
};

/* ---- homework, as others read it ---------------------------------------------------------------- */

struct homework_row {
	const char *organ, *known, *alike, *done;
};
static const struct view_field HOMEWORK_FIELDS[] = {
	VIEW_F(struct homework_row, organ, VIEW_TEXT),
	VIEW_F(struct homework_row, known, VIEW_TEXT),
	VIEW_F(struct homework_row, alike, VIEW_TEXT),
	VIEW_F(struct homework_row, done, VIEW_TEXT),
};
static const struct view HOMEWORK_VIEW = VIEW_OF(struct homework_row, HOMEWORK_FIELDS);

static const struct homework *homework_of(struct array list, int64_t organ_id)
{
	const struct homework *h = list.items;
	for (size_t i = 0; i < list.count; i++)
		if (h[i].organ_id == organ_id)
			return &h[i];
	return NULL;
}

static enum status homework_rows(struct request *rq, int64_t item_id, struct array people,
                                 struct array *ret, struct error *reterr)
{
	struct array list = { 0 };
	enum status st = homework_list(rq->db, item_id, rq->arena, &list, reterr);
	const struct attendee *p = people.items;
	struct homework_row *rows = ARENA_ARRAY(rq->arena, struct homework_row, people.count + 1);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < people.count; i++) {
		const struct homework *h = homework_of(list, p[i].organ_id);
		if (h == NULL || (i > 0 && p[i].organ_id == p[i - 1].organ_id))
			continue;
		struct homework_row *row = &rows[count++];
		*row = (struct homework_row){ .organ = p[i].on_behalf,
			                      .known = code_label(LOOKED, h->known),
			                      .alike = code_label(LOOKED, h->alike) };
		st = agenda_text_load(rq->db, plein_of(rq)->keyring, item_id, TEXT_HOMEWORK,
		                      h->organ_id, rq->arena, &row->done, reterr);
	}
	*ret = (struct array){ rows, count };
	return st;
}

/* ---- the pack ------------------------------------------------------------------------------------- */

struct pack_item {
	int64_t place;
	const char *reference, *title, *participant, *municipality, *theme, *line;
	const char *facts, *judgement, *where, *tried, *effect, *homework_href;
	struct array homework;
	bool has_homework, readable, done_own;
};
static const struct view_field PACK_ITEM_FIELDS[] = {
	VIEW_F(struct pack_item, place, VIEW_INT),
	VIEW_F(struct pack_item, reference, VIEW_REF),
	VIEW_F(struct pack_item, title, VIEW_TEXT),
	VIEW_F(struct pack_item, participant, VIEW_TEXT),
	VIEW_F(struct pack_item, municipality, VIEW_TEXT),
	VIEW_F(struct pack_item, theme, VIEW_TEXT),
	VIEW_F(struct pack_item, line, VIEW_TEXT),
	VIEW_F(struct pack_item, facts, VIEW_TEXT),
	VIEW_F(struct pack_item, judgement, VIEW_TEXT),
	VIEW_F(struct pack_item, where, VIEW_TEXT),
	VIEW_F(struct pack_item, tried, VIEW_TEXT),
	VIEW_F(struct pack_item, effect, VIEW_TEXT),
	VIEW_AS(struct pack_item, homework_href, "homeworkHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct pack_item, homework, "homework", VIEW_LIST, .view = &HOMEWORK_VIEW),
	VIEW_AS(struct pack_item, has_homework, "hasHomework", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct pack_item, readable, "readable", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct pack_item, done_own, "doneOwn", VIEW_BOOL),
};
static const struct view PACK_ITEM_VIEW = VIEW_OF(struct pack_item, PACK_ITEM_FIELDS);

struct pack_factor { /* what will be weighed: the law's four, then the own ones */
	const char *name, *question;
	bool of_law;
};

struct pack_page {
	const char *reference, *place;
	int64_t starts_at;
	struct array items, factors;
	const char *criteria_version, *weighed_on;
	bool has_items;
};
static const struct view_field WEIGHED_FIELDS[] = {
	VIEW_F(struct pack_factor, name, VIEW_TEXT),
	VIEW_F(struct pack_factor, question, VIEW_TEXT),
	VIEW_AS(struct pack_factor, of_law, "ofLaw", VIEW_BOOL),
};
static const struct view WEIGHED_VIEW = VIEW_OF(struct pack_factor, WEIGHED_FIELDS);
static const struct view_field PACK_FIELDS[] = {
	VIEW_F(struct pack_page, reference, VIEW_REF),
	VIEW_F(struct pack_page, place, VIEW_TEXT),
	VIEW_AS(struct pack_page, starts_at, "startsAt", VIEW_MOMENT),
	VIEW_AS(struct pack_page, items, "items", VIEW_LIST, .view = &PACK_ITEM_VIEW),
	VIEW_AS(struct pack_page, factors, "factors", VIEW_LIST, .view = &WEIGHED_VIEW),
	VIEW_AS(struct pack_page, criteria_version, "criteriaVersion", VIEW_TEXT),
	VIEW_AS(struct pack_page, weighed_on, "weighedOn", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct pack_page, has_items, "hasItems", VIEW_BOOL, .page_only = true),
};
static const struct view PACK_VIEW = VIEW_OF(struct pack_page, PACK_FIELDS);

/* The signal's own words, asked for with the viewer's rights at this meeting. */
static enum status pack_words(struct request *rq, const struct meeting *m,
                              const struct agenda_item *item, struct pack_item *ret,
                              struct error *reterr)
{
	const struct viewer here = viewer_at(rq->viewer, m);
	struct signal_texts t = { 0 };
	struct signal s;

	enum status st = signal_load(rq->db, &here, item->reference, rq->arena, &s, reterr);
	if (st == ERR_NOT_FOUND || (st == OK && s.state != SIGNAL_ON_AGENDA))
		return OK; /* decided: no longer read from the pack */
	if (st == OK)
		st = signal_texts_load(rq->db, plein_of(rq)->keyring, s.id, &s.uuid, rq->arena, &t,
		                       reterr);
	if (st != OK)
		return st;
	ret->readable = true;
	ret->title = t.part[PART_TITLE];
	ret->facts = t.part[PART_FACTS];
	ret->judgement = t.part[PART_JUDGEMENT];
	ret->where = t.part[PART_WHERE];
	ret->tried = t.part[PART_TRIED];
	ret->effect = t.part[PART_EFFECT];
	return OK;
}

static enum status pack_item(struct request *rq, const struct on_item *on, struct array people,
                             struct pack_item *ret, struct error *reterr)
{
	const struct agenda_item *item = &on->item;
	struct array own = { 0 };

	*ret = (struct pack_item){ .place = on->place,
		                   .reference = item->reference,
		                   .participant = item->participant,
		                   .municipality = item->municipality,
		                   .theme = code_label(SIGNAL_THEMES, item->theme),
		                   .line = code_label(SIGNAL_LINES, item->line) };
	enum status st = pack_words(rq, &on->meeting, item, ret, reterr);
	if (st != OK || !ret->readable)
		return st;
	st = homework_rows(rq, item->id, people, &ret->homework, reterr);
	ret->has_homework = ret->homework.count > 0;
	if (st == OK)
		st = homework_list(rq->db, item->id, rq->arena, &own, reterr);
	if (rq->viewer->role == ROLE_INFO_MEETING_MEMBER)
		ret->homework_href = item_path(rq->arena, on, "/homework");
	ret->done_own = homework_of(own, rq->viewer->organ_id) != NULL;
	return st;
}

static enum status pack_factors(struct request *rq, const struct meeting *m, struct pack_page *ret,
                                struct error *reterr)
{
	size_t count = 0;
	const struct law_factor *law = law_factors(&count);
	struct array own = { 0 };
	int64_t number = 0;
	const enum status st = meeting_factors(rq->db, m, rq->arena, &own, &number, reterr);
	const struct extra_factor *extra = own.items;
	struct pack_factor *rows = ARENA_ARRAY(rq->arena, struct pack_factor, count + own.count);

	for (size_t i = 0; i < count; i++)
		rows[i] = (struct pack_factor){ law[i].label, law[i].question, true };
	for (size_t i = 0; i < own.count; i++)
		rows[count + i] = (struct pack_factor){ extra[i].name, extra[i].question, false };
	ret->factors = (struct array){ rows, count + own.count };
	ret->criteria_version = weighing_version(rq->arena, number);
	ret->weighed_on = weighing_version_words(rq->arena, ret->criteria_version);
	return st;
}

static enum status show_pack(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array people = { 0 };
	struct on_item on = { 0 };

	enum status st = on_meeting(rq, &on.meeting, reterr);
	if (st == OK && on.meeting.state == MEETING_CLOSED)
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		st = item_list(rq->db, on.meeting.id, rq->arena, &on.items, reterr);
	if (st == OK)
		st = speaker_list(rq->db, on.meeting.id, rq->arena, &people, reterr);
	const struct agenda_item *from = on.items.items;
	struct pack_item *to = ARENA_ARRAY(rq->arena, struct pack_item, on.items.count + 1);
	for (size_t i = 0; st == OK && i < on.items.count; i++) {
		on.item = from[i];
		on.place = (int64_t)i + 1;
		st = pack_item(rq, &on, people, &to[i], reterr);
	}
	if (st != OK)
		return st;
	struct pack_page record = { .reference = on.meeting.reference,
		                    .place = on.meeting.place,
		                    .starts_at = on.meeting.starts_at,
		                    .items = { to, on.items.count },
		                    .has_items = on.items.count > 0 };
	st = pack_factors(rq, &on.meeting, &record, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = "Stukken",
		                   .place = "/meetings",
		                   .crumbs = meeting_crumbs(rq->arena, &on.meeting),
		                   .confidential = true,
		                   .template_name = "weighing/pack" };
	return page_respond(rq, rs, &page, &PACK_VIEW, &record, reterr);
}

/* ---- own homework ------------------------------------------------------------------------------------ */

struct homework_input {
	int known, alike;
	const char *done;
};
static const struct field HOMEWORK_FORM_FIELDS[] = {
	{ .path = "known",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct homework_input, known),
	  .label = "Is dit bij uw organisatie bekend?",
	  .codes = LOOKED,
	  .required = true,
	  .missing = "Kies of dit bij u bekend is." },
	{ .path = "alike",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct homework_input, alike),
	  .label = "Heeft uw organisatie zoiets ook gezien?",
	  .codes = LOOKED,
	  .required = true,
	  .missing = "Kies of u zoiets ook zag." },
	{ .path = "done",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct homework_input, done),
	  .label = "Wat deed uw organisatie al?",
	  .max_chars = 2000 },
};
static const struct form HOMEWORK_FORM = { HOMEWORK_FORM_FIELDS, 3, sizeof(struct homework_input) };

struct homework_page {
	const char *reference, *title, *href, *back_href, *done;
	int known, alike;
};
static const struct view_field HOMEWORK_PAGE_FIELDS[] = {
	VIEW_F(struct homework_page, reference, VIEW_REF),
	VIEW_F(struct homework_page, title, VIEW_TEXT),
	VIEW_AS(struct homework_page, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct homework_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_F(struct homework_page, done, VIEW_TEXT),
	VIEW_AS(struct homework_page, known, "known", VIEW_CODE, .codes = LOOKED),
	VIEW_AS(struct homework_page, alike, "alike", VIEW_CODE, .codes = LOOKED),
};
static const struct view HOMEWORK_PAGE_VIEW = VIEW_OF(struct homework_page, HOMEWORK_PAGE_FIELDS);

static enum status show_homework(struct request *rq, struct response *rs, struct error *reterr)
{
	struct homework_page record = { 0 };
	struct on_item on = { 0 };
	struct array list = { 0 };

	enum status st = on_item(rq, &on, reterr);
	if (st == OK)
		st = item_title(rq, &on.item, &record.title, reterr);
	if (st == OK)
		st = homework_list(rq->db, on.item.id, rq->arena, &list, reterr);
	if (st == OK)
		st = agenda_text_load(rq->db, plein_of(rq)->keyring, on.item.id, TEXT_HOMEWORK,
		                      rq->viewer->organ_id, rq->arena, &record.done, reterr);
	if (st != OK)
		return st;
	const struct homework *own = homework_of(list, rq->viewer->organ_id);
	record.known = own != NULL ? own->known : 0;
	record.alike = own != NULL ? own->alike : 0;
	record.reference = on.item.reference;
	record.href = item_path(rq->arena, &on, "/homework");
	record.back_href = meeting_path(rq->arena, &on.meeting, "/pack");
	const struct page page = { .title = "Voorbereiding",
		                   .place = "/meetings",
		                   .crumbs = meeting_crumbs(rq->arena, &on.meeting),
		                   .confidential = true,
		                   .template_name = "weighing/homework",
		                   .form = &HOMEWORK_FORM };
	return page_respond(rq, rs, &page, &HOMEWORK_PAGE_VIEW, &record, reterr);
}

struct homework_change {
	struct homework_input in;
	struct on_item on;
	struct agenda_text text;
};

static enum status prepare_homework(struct request *rq, void **ret_input, struct error *reterr)
{
	struct homework_change *c = ARENA_NEW(rq->arena, struct homework_change);

	*ret_input = c;
	enum status st = on_item(rq, &c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &HOMEWORK_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (c->on.meeting.state == MEETING_CLOSED || c->on.item.state == ITEM_DECIDED)
		return FAIL(reterr, ERR_CONFLICT, "Over dit punt is al besloten.");
	agenda_text_seal(plein_of(rq)->keyring, c->on.item.id, TEXT_HOMEWORK, rq->viewer->organ_id,
	                 c->in.done, rq->arena, &c->text);
	return OK;
}

static enum status apply_homework(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct homework_change *c = change->input;
	const struct homework h = { rq->viewer->organ_id, c->in.known, c->in.alike };

	enum status st =
	    homework_put(tx, c->on.item.id, &h, rq->viewer->appointment_id, rq->now_ms, reterr);
	if (st == OK)
		st = agenda_text_put(tx, &c->text, reterr);
	change->location = meeting_path(db_tx_arena(tx), &c->on.meeting, "/pack");
	change->note = "Uw voorbereiding is bewaard.";
	return st == OK ? stir_screens(tx, change, &c->on.meeting, reterr) : st;
}

const struct route pack_routes[] = {
	{ .method = "GET",
	  .path = "/meetings/{ref}/pack",
	  .permission = PERM_MEETING_READ,
	  .action = AUDIT_MEETING_VIEW,
	  .read = show_pack,
	  .view = &PACK_VIEW,
	  .summary = "De stukken van een overleg, met wat iedereen voorbereidde" },
	{ .method = "GET",
	  .path = "/meetings/{ref}/items/{number}/homework",
	  .permission = PERM_MEETING_SCORE,
	  .action = AUDIT_MEETING_VIEW,
	  .read = show_homework,
	  .view = &HOMEWORK_PAGE_VIEW,
	  .summary = "Wat uw organisatie van een agendapunt weet" },
	{ .method = "POST",
	  .path = "/meetings/{ref}/items/{number}/homework",
	  .permission = PERM_MEETING_SCORE,
	  .action = AUDIT_MEETING_CHANGE,
	  .prepare = prepare_homework,
	  .apply = apply_homework,
	  .redraw = show_homework,
	  .form = &HOMEWORK_FORM,
	  .summary = "Vastleggen wat uw organisatie van een agendapunt weet" },
	{ 0 },
};

const struct page_template pack_templates[] = {
	{ .name = "weighing/pack", .view = &PACK_VIEW, .whole = true },
	{ .name = "weighing/homework",
	  .view = &HOMEWORK_PAGE_VIEW,
	  .form = &HOMEWORK_FORM,
	  .whole = true },
	{ 0 },
};
