/* Who works on a casefile, who may not see it. */
#include <stdlib.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_http.h"
#include "casework/casefile_page.h"
#include "platform/view/choice.h"
#include "work/work.h"

/* ---- forms --------------------------------------------------------------------------------- */

struct people_input {
	int64_t version, appointment, person;
	int kind;
	bool heavy;
};
static const struct field BARE_FIELDS[] = { FIELD_VERSION(struct people_input) };
static const struct form BARE_FORM = { BARE_FIELDS, 1, sizeof(struct people_input) };

static const struct field MEMBER_FIELDS[] = {
	FIELD_VERSION(struct people_input),
	{ .path = "appointment",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct people_input, appointment),
	  .label = "Wie werkt mee?",
	  .required = true,
	  .missing = "Kies wie meewerkt." },
	{ .path = "heavy",
	  .kind = FIELD_BOOL,
	  .offset = offsetof(struct people_input, heavy),
	  .label = "Mag ook gegevens uit fase 3 zien" },
};
static const struct form MEMBER_FORM = { MEMBER_FIELDS, 3, sizeof(struct people_input) };

static const struct field BLOCK_FIELDS[] = {
	FIELD_VERSION(struct people_input),
	{ .path = "person",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct people_input, person),
	  .label = "Wie mag deze casus niet zien?",
	  .required = true,
	  .missing = "Kies wie de casus niet mag zien." },
	{ .path = "kind",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct people_input, kind),
	  .label = "Waarom?",
	  .required = true,
	  .missing = "Kies waarom.",
	  .codes = CASEFILE_BLOCKS },
};
static const struct form BLOCK_FORM = { BLOCK_FIELDS, 3, sizeof(struct people_input) };

/* ---- the page ------------------------------------------------------------------------------- */

struct member_row {
	int64_t appointment;
	const char *name, *on_behalf, *remove_path, *hand_over_href;
	int capacity;
	bool heavy, blocked, may_change;
};
static const struct view_field MEMBER_ROW_FIELDS[] = {
	VIEW_F(struct member_row, appointment, VIEW_INT),
	VIEW_F(struct member_row, name, VIEW_TEXT),
	VIEW_AS(struct member_row, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_AS(struct member_row, capacity, "capacity", VIEW_CODE, .codes = CASEFILE_CAPACITIES),
	VIEW_F(struct member_row, heavy, VIEW_BOOL),
	VIEW_F(struct member_row, blocked, VIEW_BOOL),
	VIEW_AS(struct member_row, may_change, "mayChange", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct member_row, remove_path, "removePath", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct member_row, hand_over_href, "handOverHref", VIEW_TEXT, .page_only = true),
};
static const struct view MEMBER_ROW_VIEW = VIEW_OF(struct member_row, MEMBER_ROW_FIELDS);

struct block_row {
	int64_t id, set_at;
	const char *name, *lift_path;
	int kind;
};
static const struct view_field BLOCK_ROW_FIELDS[] = {
	VIEW_F(struct block_row, id, VIEW_INT),
	VIEW_AS(struct block_row, set_at, "setAt", VIEW_MOMENT),
	VIEW_F(struct block_row, name, VIEW_TEXT),
	VIEW_AS(struct block_row, kind, "blockKind", VIEW_CODE, .codes = CASEFILE_BLOCKS),
	VIEW_AS(struct block_row, lift_path, "liftPath", VIEW_TEXT, .page_only = true),
};
static const struct view BLOCK_ROW_VIEW = VIEW_OF(struct block_row, BLOCK_ROW_FIELDS);

struct organ_line {
	const char *name;
};
static const struct view_field ORGAN_FIELDS[] = { VIEW_F(struct organ_line, name, VIEW_TEXT) };
static const struct view ORGAN_VIEW = VIEW_OF(struct organ_line, ORGAN_FIELDS);

struct people_page {
	const char *reference, *add_path, *block_path;
	int64_t version;
	uint8_t state;
	struct array tabs, members, blocks, organs, candidates, persons;
	bool has_members, has_blocks, may_change, may_block, has_candidates;
};
static const struct view_field FIELDS[] = {
	VIEW_F(struct people_page, reference, VIEW_REF),
	VIEW_F(struct people_page, version, VIEW_INT),
	VIEW_AS(struct people_page, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE),
	VIEW_AS(struct people_page, tabs, "tabs", VIEW_LIST, .view = &CASEFILE_TAB_VIEW,
	        .page_only = true),
	VIEW_AS(struct people_page, organs, "organs", VIEW_LIST, .view = &ORGAN_VIEW),
	VIEW_AS(struct people_page, members, "members", VIEW_LIST, .view = &MEMBER_ROW_VIEW),
	VIEW_AS(struct people_page, blocks, "blocks", VIEW_LIST, .view = &BLOCK_ROW_VIEW),
	VIEW_AS(struct people_page, candidates, "candidates", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct people_page, persons, "persons", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct people_page, add_path, "addPath", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct people_page, block_path, "blockPath", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct people_page, has_members, "hasMembers", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct people_page, has_blocks, "hasBlocks", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct people_page, has_candidates, "hasCandidates", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct people_page, may_change, "mayChange", VIEW_BOOL),
	VIEW_AS(struct people_page, may_block, "mayBlock", VIEW_BOOL),
};
static const struct view PEOPLE_VIEW = VIEW_OF(struct people_page, FIELDS);

static const char *behalf(const struct casefile_member *m)
{
	return m->on_behalf[0] != '\0' ? m->on_behalf : m->participant;
}

static void fill_members(struct request *rq, const struct casefile *c, struct array rows,
                         struct people_page *page)
{
	const struct casefile_member *from = rows.items;
	struct member_row *to = ARENA_ARRAY(rq->arena, struct member_row, rows.count + 1);

	for (size_t i = 0; i < rows.count; i++)
		to[i] = (struct member_row){
			.appointment = from[i].appointment_id,
			.name = from[i].person,
			.on_behalf = behalf(&from[i]),
			.capacity = from[i].capacity,
			.heavy = from[i].heavy,
			.blocked = page->may_block && from[i].blocked,
			.may_change = page->may_change,
			.remove_path =
			    arena_printf(rq->arena, "/casefiles/%s/members/%lld/remove",
			                 c->reference, (long long)from[i].appointment_id),
			.hand_over_href =
			    arena_printf(rq->arena, "/casefiles/%s/members/%lld/hand-over",
			                 c->reference, (long long)from[i].appointment_id),
		};
	page->members = (struct array){ to, rows.count };
	page->has_members = rows.count > 0;
}

/* by_person: a person once, though he may have several appointments. */
static struct array choices_of(struct request *rq, struct array rows, bool by_person)
{
	struct arena *a = rq->arena;
	const char *typed = input_text(rq->body, by_person ? "person" : "appointment");
	const struct casefile_member *m = rows.items;
	struct array choices = choices_for(a, rows.count + 1);

	choices_add(&choices, "", "Kies", "");
	for (size_t i = 0; i < rows.count; i++) {
		bool twice = false;
		for (size_t j = 0; by_person && j < i; j++)
			twice |= m[j].person_id == m[i].person_id;
		if (twice || m[i].blocked)
			continue;
		const int64_t id = by_person ? m[i].person_id : m[i].appointment_id;
		choices_add(&choices, arena_printf(a, "%lld", (long long)id),
		            arena_printf(a, "%s, %s, %s", m[i].person, behalf(&m[i]),
		                         access_role(m[i].role)->label),
		            typed != NULL ? typed : "");
	}
	return choices;
}

static enum status fill_choices(struct request *rq, const struct casefile *c,
                                struct people_page *page, struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = OK;

	if (page->may_change)
		st = casefile_candidates(rq->db, c->id, rq->now_ms, rq->arena, &rows, reterr);
	page->candidates = choices_of(rq, rows, false);
	page->has_candidates = page->candidates.count > 1;
	rows = (struct array){ 0 };
	if (st == OK && page->may_block)
		st = casefile_blockable(rq->db, c->id, rq->now_ms, rq->arena, &rows, reterr);
	page->persons = choices_of(rq, rows, true);
	return st;
}

static enum status fill_blocks(struct request *rq, const struct casefile *c,
                               struct people_page *page, struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = OK;

	if (page->may_block)
		st = casefile_blocks(rq->db, c->id, rq->arena, &rows, reterr);
	const struct casefile_block *from = rows.items;
	struct block_row *to = ARENA_ARRAY(rq->arena, struct block_row, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++)
		to[i] = (struct block_row){ from[i].id, from[i].set_at, from[i].person,
			                    arena_printf(rq->arena, "%s/%lld/lift",
			                                 page->block_path, (long long)from[i].id),
			                    from[i].kind };
	page->blocks = (struct array){ to, rows.count };
	page->has_blocks = rows.count > 0;
	return st;
}

static enum status fill_organs(struct request *rq, const struct casefile *c,
                               struct people_page *page, struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = casefile_organs(rq->db, c->id, rq->arena, &rows, reterr);
	const struct casefile_organ *from = rows.items;
	struct organ_line *to = ARENA_ARRAY(rq->arena, struct organ_line, rows.count + 1);

	for (size_t i = 0; i < rows.count; i++)
		to[i] = (struct organ_line){ from[i].on_behalf };
	page->organs = (struct array){ to, rows.count };
	return st;
}

static enum status show_people(struct request *rq, struct response *rs, struct error *reterr)
{
	struct people_page record = { 0 };
	struct array members = { 0 };
	struct casefile c;

	enum status st = casefile_of_path(rq, &c, reterr);
	if (st == OK)
		st = casefile_members(rq->db, c.id, rq->now_ms, rq->arena, &members, reterr);
	if (st != OK)
		return st;
	record.reference = c.reference;
	record.version = c.version;
	record.state = c.state;
	record.add_path = arena_printf(rq->arena, "/casefiles/%s/members", c.reference);
	record.block_path = arena_printf(rq->arena, "/casefiles/%s/blocks", c.reference);
	record.may_block = access_permits(rq->viewer->role, PERM_CASEFILE_PEOPLE);
	record.may_change = record.may_block && casefile_is_live(c.state);
	record.tabs = casefile_tabs(rq, &c);
	fill_members(rq, &c, members, &record);
	st = fill_choices(rq, &c, &record, reterr);
	if (st == OK)
		st = fill_blocks(rq, &c, &record, reterr);
	if (st == OK)
		st = fill_organs(rq, &c, &record, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = "Leden van een casus",
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, &c),
		                   .confidential = true,
		                   .template_name = "casework/members",
		                   .form = &MEMBER_FORM };
	return page_respond(rq, rs, &page, &PEOPLE_VIEW, &record, reterr);
}

/* ---- changes ---------------------------------------------------------------------------------- */

struct people_change {
	struct people_input in;
	struct casefile casefile;
	int64_t number; /* of the path */
};

static enum status prepare(struct request *rq, const struct form *form, void **ret_input,
                           struct error *reterr)
{
	struct people_change *c = ARENA_NEW(rq->arena, struct people_change);
	enum status st = casefile_of_path(rq, &c->casefile, reterr);

	if (st != OK)
		return st;
	if (rq->params[1] != NULL)
		c->number = strtoll(rq->params[1], NULL, 10);
	input_read(rq->body, form, rq->wants_json, rq->arena, &c->in, rq->problems);
	*ret_input = c;
	return OK;
}

static enum status prepare_member(struct request *rq, void **ret_input, struct error *reterr)
{
	return prepare(rq, &MEMBER_FORM, ret_input, reterr);
}

static enum status prepare_block(struct request *rq, void **ret_input, struct error *reterr)
{
	return prepare(rq, &BLOCK_FORM, ret_input, reterr);
}

static enum status prepare_version(struct request *rq, void **ret_input, struct error *reterr)
{
	return prepare(rq, &BARE_FORM, ret_input, reterr);
}

/* Claims the casefile and says where to go next. */
static enum status begin(struct db_tx *tx, struct change *change, struct casefile_writer *ret,
                         struct error *reterr)
{
	const struct people_change *c = change->input;

	*ret = (struct casefile_writer){ c->casefile.id, change->rq->viewer, change->rq->now_ms };
	change->location =
	    arena_printf(db_tx_arena(tx), "/casefiles/%s/members", c->casefile.reference);
	return db_claim(tx, &CASEFILE_ROOT, c->casefile.id, c->in.version, reterr);
}

static enum status must_be_live(const struct casefile *c, struct error *reterr)
{
	return casefile_is_live(c->state)
	           ? OK
	           : FAIL(reterr, ERR_CONFLICT, "Aan deze casus werkt niemand meer.");
}

/* Who works on it is chosen once an analyst is among them. */
static enum status end_staffing(struct db_tx *tx, const struct casefile_writer *w,
                                struct error *reterr)
{
	struct casefile_picture now = { 0 };
	const enum status st = casefile_picture_load(db_tx_read(tx), w->casefile_id, &now, reterr);

	return st == OK && now.analysts > 0
	           ? work_done(tx, WORK_CASEFILE_STAFF, OBJECT_CASEFILE, w->casefile_id,
	                       w->viewer->person_id, w->now_ms, reterr)
	           : st;
}

static enum status apply_member(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct people_change *c = change->input;
	struct casefile_writer w;

	enum status st = begin(tx, change, &w, reterr);
	if (st == OK)
		st = must_be_live(&c->casefile, reterr);
	if (st == OK)
		st = casefile_member_put(tx, &w, c->in.appointment, c->in.heavy, reterr);
	if (st == OK)
		st = end_staffing(tx, &w, reterr);
	change->note = "Toegevoegd. Deze collega ziet de casus nu.";
	return st;
}

static enum status apply_remove(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct people_change *c = change->input;
	struct casefile_writer w;

	enum status st = begin(tx, change, &w, reterr);
	if (st == OK)
		st = casefile_member_remove(tx, &w, c->number, reterr);
	change->note = "Weggehaald. Deze collega werkt niet meer mee.";
	return st;
}

static enum status apply_block(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct people_change *c = change->input;
	struct casefile_writer w;

	enum status st = begin(tx, change, &w, reterr);
	if (st == OK)
		st = casefile_block_put(tx, &w, c->in.person, c->in.kind, reterr);
	if (c->in.person == w.viewer->person_id)
		change->location = "/casefiles";
	change->note = "Geblokkeerd. Deze collega ziet de casus niet meer.";
	return st;
}

static enum status apply_lift(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct people_change *c = change->input;
	struct casefile_writer w;

	enum status st = begin(tx, change, &w, reterr);
	if (st == OK)
		st = casefile_block_lift(tx, &w, c->number, reterr);
	change->note = "De blokkade is weg.";
	return st;
}

const struct route casefile_member_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/members",
	  .permission = PERM_CASEFILE_READ,
	  .action = AUDIT_CASEFILE_VIEW,
	  .read = show_people,
	  .view = &PEOPLE_VIEW,
	  .summary = "Wie aan een casus werkt" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/members",
	  .permission = PERM_CASEFILE_PEOPLE,
	  .action = AUDIT_CASEFILE_PEOPLE,
	  .prepare = prepare_member,
	  .apply = apply_member,
	  .redraw = show_people,
	  .form = &MEMBER_FORM,
	  .summary = "Iemand aan een casus toevoegen, of aanwijzen voor fase 3" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/members/{appointment}/remove",
	  .permission = PERM_CASEFILE_PEOPLE,
	  .action = AUDIT_CASEFILE_PEOPLE,
	  .prepare = prepare_version,
	  .apply = apply_remove,
	  .redraw = show_people,
	  .form = &BARE_FORM,
	  .summary = "Iemand van een casus halen" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/blocks",
	  .permission = PERM_CASEFILE_PEOPLE,
	  .action = AUDIT_CASEFILE_PEOPLE,
	  .prepare = prepare_block,
	  .apply = apply_block,
	  .redraw = show_people,
	  .form = &BLOCK_FORM,
	  .summary = "Iemand blokkeren: eigen belang of embargo" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/blocks/{block}/lift",
	  .permission = PERM_CASEFILE_PEOPLE,
	  .action = AUDIT_CASEFILE_PEOPLE,
	  .prepare = prepare_version,
	  .apply = apply_lift,
	  .redraw = show_people,
	  .form = &BARE_FORM,
	  .summary = "Een blokkade opheffen" },
	{ 0 },
};

const struct page_template casefile_member_templates[] = {
	{ .name = "casework/members", .view = &PEOPLE_VIEW, .form = &MEMBER_FORM, .whole = true },
	{ 0 },
};
