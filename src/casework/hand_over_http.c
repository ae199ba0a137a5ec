/* The work of a member goes to another; one casefile goes into another. */
#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_http.h"
#include "casework/casefile_page.h"
#include "casework/hand_over.h"
#include "casework/join.h"
#include "platform/view/choice.h"
#include "plein/plein.h"

struct hand_page {
	const char *reference, *name, *action_path, *back_href, *other, *to;
	int64_t version;
	uint8_t state;
	struct array successors;
	bool has_successors;
};
static const struct view_field FIELDS[] = {
	VIEW_F(struct hand_page, reference, VIEW_REF),
	VIEW_F(struct hand_page, version, VIEW_INT),
	VIEW_AS(struct hand_page, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE),
	VIEW_F(struct hand_page, name, VIEW_TEXT),
	VIEW_AS(struct hand_page, action_path, "actionPath", VIEW_TEXT),
	VIEW_AS(struct hand_page, back_href, "backHref", VIEW_TEXT),
	VIEW_F(struct hand_page, other, VIEW_TEXT),
	VIEW_F(struct hand_page, to, VIEW_TEXT),
	VIEW_AS(struct hand_page, successors, "successors", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct hand_page, has_successors, "hasSuccessors", VIEW_BOOL),
};
static const struct view HAND_VIEW = VIEW_OF(struct hand_page, FIELDS);

struct hand_input {
	int64_t version, to;
	const char *other;
};
#define VERSION                                                                                    \
	{                                                                                          \
		.path = "_version", .kind = FIELD_INT,                                             \
		.offset = offsetof(struct hand_input, version), .label = "Versie",                 \
		.required = true                                                                   \
	}
static const struct field HAND_FIELDS[] = {
	VERSION,
	{ .path = "to",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct hand_input, to),
	  .label = "Wie neemt het over?",
	  .required = true,
	  .missing = "Kies wie het overneemt." },
};
static const struct form HAND_FORM = { HAND_FIELDS, 2, sizeof(struct hand_input) };
static const struct field JOIN_FIELDS[] = {
	VERSION,
	{ .path = "other",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct hand_input, other),
	  .label = "Welke casus komt hierbij?",
	  .required = true,
	  .missing = "Vul het nummer van de andere casus in.",
	  .max_chars = 14 },
};
static const struct form JOIN_FORM = { JOIN_FIELDS, 2, sizeof(struct hand_input) };

struct hand_change {
	struct hand_input in;
	struct casefile casefile, other;
	int64_t from, last_number;
	struct carried_words words;
};

static enum status show_asking(struct request *rq, struct response *rs, const struct casefile *c,
                               struct hand_page *record, const struct page *what,
                               struct error *reterr)
{
	struct page page = *what;

	record->reference = c->reference;
	record->version = c->version;
	record->state = c->state;
	page.place = "/casefiles";
	page.crumbs = casefile_crumbs(rq->arena, c);
	page.confidential = true;
	return page_respond(rq, rs, &page, &HAND_VIEW, record, reterr);
}

/* ---- one member for another ----------------------------------------------------------------- */

static const char *name_of(struct request *rq, struct array members, int64_t appointment)
{
	const struct casefile_member *m = members.items;

	for (size_t i = 0; i < members.count; i++)
		if (m[i].appointment_id == appointment)
			return arena_printf(rq->arena, "%s", m[i].person);
	return "";
}

static void fill_successors(struct request *rq, struct array rows, struct hand_page *page)
{
	const struct casefile_member *m = rows.items;
	const char *typed = input_text(rq->body, "to");

	page->successors = choices_for(rq->arena, rows.count + 1);
	choices_add(&page->successors, "", "Kies", "");
	for (size_t i = 0; i < rows.count; i++)
		if (!m[i].blocked)
			choices_add(&page->successors,
			            arena_printf(rq->arena, "%lld", (long long)m[i].appointment_id),
			            arena_printf(rq->arena, "%s, %s", m[i].person,
			                         m[i].on_behalf[0] != '\0' ? m[i].on_behalf
			                                                   : m[i].participant),
			            typed != NULL ? typed : "");
	page->has_successors = page->successors.count > 1;
}

static enum status show_hand_over(struct request *rq, struct response *rs, struct error *reterr)
{
	const int64_t from = strtoll(rq->params[1], NULL, 10);
	struct array members = { 0 }, successors = { 0 };
	struct hand_page record = { 0 };
	struct casefile c;

	enum status st = casefile_of_path(rq, &c, reterr);
	if (st == OK)
		st = casefile_members(rq->db, c.id, rq->now_ms, rq->arena, &members, reterr);
	if (st == OK)
		st = casefile_successors(rq->db, c.id, from, rq->now_ms, rq->arena, &successors,
		                         reterr);
	if (st != OK)
		return st;
	record.name = name_of(rq, members, from);
	record.back_href = arena_printf(rq->arena, "/casefiles/%s/members", c.reference);
	record.action_path =
	    arena_printf(rq->arena, "%s/%lld/hand-over", record.back_href, (long long)from);
	fill_successors(rq, successors, &record);
	const struct page page = { .title = "Werk overdragen",
		                   .template_name = "casework/hand_over",
		                   .form = &HAND_FORM };
	return show_asking(rq, rs, &c, &record, &page, reterr);
}

static enum status must_be_live(const struct casefile *c, struct error *reterr)
{
	return casefile_is_live(c->state)
	           ? OK
	           : FAIL(reterr, ERR_CONFLICT, "Aan deze casus werkt niemand meer.");
}

static enum status prepare_hand_over(struct request *rq, void **ret_input, struct error *reterr)
{
	struct hand_change *c = ARENA_NEW(rq->arena, struct hand_change);
	enum status st = casefile_of_path(rq, &c->casefile, reterr);

	*ret_input = c;
	if (st == OK)
		st = must_be_live(&c->casefile, reterr);
	c->from = strtoll(rq->params[1], NULL, 10);
	input_read(rq->body, &HAND_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	return st;
}

static enum status apply_hand_over(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct hand_change *c = change->input;
	const struct handing_over h = { .who = { c->casefile.id, rq->viewer, rq->now_ms },
		                        .from = c->from,
		                        .to = c->in.to };

	change->location =
	    arena_printf(db_tx_arena(tx), "/casefiles/%s/members", c->casefile.reference);
	change->note = "Overgedragen, met de open taken. Aanwijzen voor fase 3 doet u apart.";
	const enum status st = db_claim(tx, &CASEFILE_ROOT, c->casefile.id, c->in.version, reterr);
	return st == OK ? casefile_hand_over(tx, &h, reterr) : st;
}

/* ---- one casefile into another ---------------------------------------------------------------- */

static enum status show_join(struct request *rq, struct response *rs, struct error *reterr)
{
	struct hand_page record = { 0 };
	struct casefile c;

	const enum status st = casefile_of_path(rq, &c, reterr);
	if (st != OK)
		return st;
	record.back_href = arena_printf(rq->arena, "/casefiles/%s", c.reference);
	record.action_path = arena_printf(rq->arena, "%s/join", record.back_href);
	const struct page page = { .title = "Casussen samenvoegen",
		                   .template_name = "casework/join",
		                   .form = &JOIN_FORM };
	return show_asking(rq, rs, &c, &record, &page, reterr);
}

/* Whoever joins two sees all of both: nothing goes along, or stands in the way, unseen by him. */
static enum status must_see_all(const struct hand_change *c, struct error *reterr)
{
	return c->casefile.named_heavy && c->other.named_heavy
	           ? OK
	           : FAIL(reterr, ERR_CONFLICT,
	                  "Wie twee casussen samenvoegt, is in allebei lid en aangewezen voor "
	                  "fase 3. Zo gaat niets ongezien mee.");
}

static enum status prepare_join(struct request *rq, void **ret_input, struct error *reterr)
{
	struct hand_change *c = ARENA_NEW(rq->arena, struct hand_change);
	enum status st = casefile_of_path(rq, &c->casefile, reterr);

	*ret_input = c;
	if (st != OK)
		return st;
	input_read(rq->body, &JOIN_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (rq->problems->error_count > 0)
		return OK;
	st = casefile_load(rq->db, rq->viewer, c->in.other, rq->arena, &c->other, reterr);
	if (st == ERR_NOT_FOUND || (st == OK && c->other.id == c->casefile.id)) {
		problems_add(rq->problems, PROBLEM_ERROR, "other",
		             "Deze casus kennen wij niet. Kijk het nummer na.");
		return OK;
	}
	if (st == OK)
		st = must_see_all(c, reterr);
	if (st == OK)
		st = casefile_last_number(rq->db, c->casefile.id, &c->last_number, reterr);
	return st == OK ? notes_carry(rq->db, plein_of(rq)->keyring, c->other.id, c->last_number,
	                              rq->arena, &c->words, reterr)
	                : st;
}

/* The lower number first, so that two who join at once don't wait for each other. */
static enum status claim_both(struct db_tx *tx, const struct hand_change *c, struct error *reterr)
{
	const bool first = c->casefile.id < c->other.id;
	enum status st = OK;

	if (!first)
		st = db_claim(tx, &CASEFILE_ROOT, c->other.id, c->other.version, reterr);
	if (st == OK)
		st = db_claim(tx, &CASEFILE_ROOT, c->casefile.id, c->in.version, reterr);
	if (st == OK && first)
		st = db_claim(tx, &CASEFILE_ROOT, c->other.id, c->other.version, reterr);
	return st;
}

static enum status apply_join(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct hand_change *c = change->input;
	const struct joining j = { .who = { c->casefile.id, rq->viewer, rq->now_ms },
		                   .other_id = c->other.id,
		                   .last_number = c->last_number,
		                   .words = c->words };

	change->location = arena_printf(db_tx_arena(tx), "/casefiles/%s", c->casefile.reference);
	change->note = "Samengevoegd. Kijk bij Leden wie nu meewerkt en wie fase 3 mag zien.";
	const enum status st = claim_both(tx, c, reterr);
	return st == OK ? casefile_join(tx, &j, reterr) : st;
}

const struct route casefile_hand_over_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/members/{appointment}/hand-over",
	  .permission = PERM_CASEFILE_PEOPLE,
	  .action = AUDIT_CASEFILE_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_hand_over,
	  .summary = "Wie het werk van een lid kan overnemen" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/members/{appointment}/hand-over",
	  .permission = PERM_CASEFILE_PEOPLE,
	  .action = AUDIT_CASEFILE_PEOPLE,
	  .prepare = prepare_hand_over,
	  .apply = apply_hand_over,
	  .redraw = show_hand_over,
	  .form = &HAND_FORM,
	  .summary = "Het werk van een lid overdragen, met de open taken" },
	{ .method = "GET",
	  .path = "/casefiles/{ref}/join",
	  .permission = PERM_CASEFILE_PEOPLE,
	  .action = AUDIT_CASEFILE_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_join,
	  .summary = "Een andere casus bij deze voegen" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/join",
	  .permission = PERM_CASEFILE_PEOPLE,
	  .action = AUDIT_CASEFILE_PEOPLE,
	  .prepare = prepare_join,
	  .apply = apply_join,
	  .redraw = show_join,
	  .form = &JOIN_FORM,
	  .summary = "Een andere casus bij deze voegen: die stopt" },
	{ 0 },
};

const struct page_template casefile_hand_over_templates[] = {
	{ .name = "casework/hand_over", .view = &HAND_VIEW, .form = &HAND_FORM, .whole = true },
	{ .name = "casework/join", .view = &HAND_VIEW, .form = &JOIN_FORM, .whole = true },
	{ 0 },
};
