/* Holds on destruction: the list, setting one, the second signature. */
#include "retention/hold_http.h"

#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casework.h"
#include "casework/subject_page.h"
#include "platform/core/calendar.h"
#include "platform/view/list.h"
#include "plein/plein.h"
#include "retention/held_copy.h"
#include "retention/hold.h"

static const char *path_of(struct arena *a, int64_t id)
{
	return arena_printf(a, "/retention/holds/%lld", (long long)id);
}

static int64_t moment_or_absent(int64_t at)
{
	return at != 0 ? at : INT64_MIN;
}

/* ---- the list: numbers and days, as on a destruction list -------------------------------------- */

struct hold_row {
	int64_t number, subject, until, set_at;
	uint8_t state;
	int ground;
	const char *reference, *what, *href;
};
#define R struct hold_row
static const struct view_field ROW_FIELDS[] = {
	VIEW_AS(R, number, "number", VIEW_INT, .label = "Bewaarstop"),
	VIEW_AS(R, state, "state", VIEW_STATE, .machine = &HOLD_MACHINE, .label = "Stand"),
	VIEW_AS(R, reference, "reference", VIEW_REF, .label = "Signaal of casus"),
	VIEW_AS(R, subject, "subject", VIEW_INT, .label = "Betrokkene"),
	VIEW_AS(R, what, "what", VIEW_TEXT, .page_only = true),
	VIEW_AS(R, ground, "ground", VIEW_CODE, .codes = HOLD_GROUNDS, .label = "Grond"),
	VIEW_AS(R, until, "until", VIEW_DAY, .label = "Tot en met"),
	VIEW_AS(R, set_at, "setAt", VIEW_MOMENT, .label = "Ingesteld"),
	VIEW_AS(R, href, "href", VIEW_TEXT, .page_only = true),
};
#undef R
static const struct view ROW_VIEW = VIEW_OF(struct hold_row, ROW_FIELDS);

static const struct list_sort SORTS[] = {
	{ "until", "Wat het eerst afloopt", { { "until", false }, { "number", false } }, false },
	{ "until-back", "Wat het laatst afloopt", { { "until", true }, { "number", true } }, true },
	{ "newest", "Nieuwste eerst", { { "setAt", true }, { "number", true } }, false },
};
static const struct list HOLD_LIST = {
	.name = "destruction-holds",
	.path = "/retention/holds",
	.row = &ROW_VIEW,
	.sorts = SORTS,
	.sort_count = 3,
	.empty = "Er is geen bewaarstop.",
	.file_name = "bewaarstops.csv",
};
struct holds_page {
	struct list_page list;
	bool may_set;
};
static const struct view_field LIST_PAGE_FIELDS[] = {
	LIST_FIELDS(struct holds_page, list, ROW_VIEW),
	VIEW_AS(struct holds_page, may_set, "maySet", VIEW_BOOL, .page_only = true),
};
static const struct view LIST_VIEW = VIEW_OF(struct holds_page, LIST_PAGE_FIELDS);

static enum status show_list(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Bewaarstops",
		                   .place = "/retention/holds",
		                   .template_name = "retention/holds" };
	const struct list_query q = list_read(&HOLD_LIST, rq);
	struct array holds = { 0 };

	const enum status st = hold_list(rq->db, rq->viewer->person_id, rq->arena, &holds, reterr);
	if (st != OK)
		return st;
	const struct hold *h = holds.items;
	struct hold_row *rows = ARENA_ARRAY(rq->arena, struct hold_row, holds.count + 1);
	for (size_t i = 0; i < holds.count; i++)
		rows[i] = (struct hold_row){
			.number = h[i].id,
			.subject = h[i].subject,
			.until = h[i].until_day,
			.set_at = h[i].set_at,
			.state = h[i].state,
			.ground = h[i].ground,
			.reference = h[i].reference,
			.what = hold_what(rq->arena, &h[i]),
			.href = path_of(rq->arena, h[i].id),
		};
	const struct holds_page record = {
		.list = list_finish_whole(&q, rq->arena, rows, holds.count),
		.may_set = access_permits(rq->viewer->role, PERM_HOLD_SET),
	};
	rq->touched = (struct touched){ .kind = OBJECT_HOLD };
	const struct list_drawing drawing = { &page, &LIST_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

/* ---- setting one -------------------------------------------------------------------------------- */

struct hold_input {
	const char *reference, *reason;
	int64_t subject, until;
	int ground;
};
#define I struct hold_input
static const struct field FIELDS[] = {
	{ .path = "reference",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(I, reference),
	  .label = "Wat moet langer blijven?",
	  .required = true,
	  .missing = "Vul het nummer van het signaal of de casus in.",
	  .max_chars = 14 },
	{ .path = "subject",
	  .kind = FIELD_INT,
	  .offset = offsetof(I, subject),
	  .label = "Alleen deze betrokkene" },
	{ .path = "ground",
	  .kind = FIELD_CODE,
	  .offset = offsetof(I, ground),
	  .label = "Op welke grond?",
	  .required = true,
	  .missing = "Langer bewaren mag alleen om een wettelijk voorschrift of een "
	             "rechtsvordering. Kies welke.",
	  .codes = HOLD_GROUNDS },
	{ .path = "until",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(I, until),
	  .label = "Tot en met welke dag?",
	  .required = true,
	  .missing = "Kies de laatste dag." },
	{ .path = "reason",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(I, reason),
	  .label = "Welke wet of welke vordering?",
	  .required = true,
	  .missing = "Noem het wetsartikel, of wie wat vordert en waar.",
	  .max_chars = HOLD_REASON_CHARS },
};
#undef I
static const struct form FORM = { FIELDS, 5, sizeof(struct hold_input) };

struct new_page {
	const char *reference, *subject, *nothing; /* nothing: always NULL */
	int ground;
};
static const struct view_field NEW_FIELDS[] = {
	VIEW_F(struct new_page, reference, VIEW_TEXT),
	VIEW_F(struct new_page, subject, VIEW_TEXT),
	VIEW_AS(struct new_page, ground, "ground", VIEW_CODE, .codes = HOLD_GROUNDS),
	VIEW_AS(struct new_page, nothing, "until", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct new_page, nothing, "reason", VIEW_TEXT, .page_only = true),
};
static const struct view NEW_VIEW = VIEW_OF(struct new_page, NEW_FIELDS);

static struct array crumbs(struct arena *a)
{
	struct link *links = ARENA_ARRAY(a, struct link, 1);
	links[0] = (struct link){ "Bewaarstops", "/retention/holds", -1, false };
	return (struct array){ links, 1 };
}

static enum status show_new(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct new_page record = {
		.reference = input_text(rq->query, "reference"),
		.subject = input_text(rq->query, "subject"),
	};
	const struct page page = { .title = "Bewaarstop instellen",
		                   .place = "/retention/holds",
		                   .crumbs = crumbs(rq->arena),
		                   .template_name = "retention/hold_new",
		                   .form = &FORM };
	return page_respond(rq, rs, &page, &NEW_VIEW, &record, reterr);
}

static enum status find_in_casefile(struct request *rq, const struct hold_input *in,
                                    struct hold_new *n, struct error *reterr)
{
	struct casefile c;

	enum status st = casefile_load(rq->db, rq->viewer, in->reference, rq->arena, &c, reterr);
	n->object_kind = in->subject != 0 ? OBJECT_SUBJECT : OBJECT_CASEFILE;
	if (st == OK)
		n->object_id = c.id;
	return st == OK && in->subject != 0
	           ? hold_find_subject(rq->db, c.id, in->subject, &n->object_id, reterr)
	           : st;
}

/* What it is about; what isn't there is a problem at its field. */
static enum status find_object(struct request *rq, const struct hold_input *in, struct hold_new *n,
                               struct error *reterr)
{
	enum status st = OK;

	n->object_kind = OBJECT_SIGNAL;
	if (in->reference[0] == 'S' && in->subject == 0)
		st = hold_find_signal(rq->db, in->reference, &n->object_id, reterr);
	else if (in->reference[0] == 'C')
		st = find_in_casefile(rq, in, n, reterr);
	else
		st = ERR_NOT_FOUND;
	if (st != ERR_NOT_FOUND)
		return st;
	if (in->subject != 0)
		problems_add(rq->problems, PROBLEM_ERROR, "subject",
		             "Deze betrokkene staat niet in deze casus. Neem het nummer over van "
		             "de pagina van de casus.");
	else
		problems_add(rq->problems, PROBLEM_ERROR, "reference",
		             "Dit nummer vinden wij niet. Neem het over zoals het er staat: "
		             "S-2026-... of C-2026-... Een concept kan niet.");
	return OK;
}

static enum status prepare_new(struct request *rq, void **ret_input, struct error *reterr)
{
	struct hold_new *n = ARENA_NEW(rq->arena, struct hold_new);
	struct hold_input in;

	*ret_input = n;
	input_read(rq->body, &FORM, rq->wants_json, rq->arena, &in, rq->problems);
	if (in.until != FIELD_NO_DAY && in.ground != 0) {
		const struct verdict v =
		    hold_until(in.ground, (int32_t)in.until, local_day(rq->now_ms));
		if (!verdict_allows(v))
			problems_add_verdict(rq->problems, "until", v);
	}
	casefile_check_words(rq, "reason", in.reason);
	if (problems_at(rq->problems, "reference") == NULL) {
		const enum status st = find_object(rq, &in, n, reterr);
		if (st != OK)
			return st;
	}
	if (rq->problems->error_count > 0)
		return OK;
	n->ground = in.ground;
	n->reference = in.reference;
	n->subject = in.subject;
	n->until_day = in.until;
	hold_seal(plein_of(rq)->keyring, in.reason, rq->now_ms, rq->arena, n);
	return OK;
}

static enum status apply_new(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	int64_t id = 0;

	const enum status st =
	    hold_set(tx, change->input, change->rq->viewer, change->rq->now_ms, &id, reterr);
	change->touched = (struct touched){ .kind = OBJECT_HOLD, .id = id };
	change->location = path_of(db_tx_arena(tx), id);
	change->note = "De bewaarstop houdt vernietigen nu al tegen. Binnen 14 dagen moet een "
		       "ander tekenen.";
	change->created = true;
	return st;
}

/* ---- one hold ----------------------------------------------------------------------------------- */

struct copy_row {
	int64_t number, made_at;
	const char *reference, *href;
	bool whole;
};
static const struct view_field COPY_ROW_FIELDS[] = {
	VIEW_AS(struct copy_row, reference, "reference", VIEW_REF, .label = "Uit"),
	VIEW_AS(struct copy_row, number, "number", VIEW_INT, .label = "Betrokkene"),
	VIEW_AS(struct copy_row, made_at, "madeAt", VIEW_MOMENT, .label = "Apart gezet"),
	VIEW_AS(struct copy_row, whole, "whole", VIEW_BOOL),
	VIEW_AS(struct copy_row, href, "href", VIEW_TEXT, .page_only = true),
};
static const struct view COPY_ROW_VIEW = VIEW_OF(struct copy_row, COPY_ROW_FIELDS);

struct hold_page {
	int64_t number, version, subject, until, set_at, decided_at, ended_at;
	uint8_t state;
	int ground;
	const char *reference, *what, *object_href, *setter, *decider, *reason;
	const char *confirm_path, *refuse_path, *end_path;
	struct array copies;
	bool has_copies, waits_for_another;
};
#define P struct hold_page
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(P, number, VIEW_INT),
	VIEW_F(P, version, VIEW_INT),
	VIEW_AS(P, state, "state", VIEW_STATE, .machine = &HOLD_MACHINE),
	VIEW_AS(P, ground, "ground", VIEW_CODE, .codes = HOLD_GROUNDS),
	VIEW_F(P, reference, VIEW_REF),
	VIEW_F(P, subject, VIEW_INT),
	VIEW_AS(P, what, "what", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, object_href, "objectHref", VIEW_TEXT, .page_only = true),
	VIEW_F(P, until, VIEW_DAY),
	VIEW_AS(P, set_at, "setAt", VIEW_MOMENT),
	VIEW_F(P, setter, VIEW_TEXT),
	VIEW_AS(P, decided_at, "decidedAt", VIEW_MOMENT),
	VIEW_F(P, decider, VIEW_TEXT),
	VIEW_AS(P, ended_at, "endedAt", VIEW_MOMENT),
	VIEW_F(P, reason, VIEW_TEXT),
	VIEW_AS(P, copies, "copies", VIEW_LIST, .view = &COPY_ROW_VIEW),
	VIEW_AS(P, has_copies, "hasCopies", VIEW_BOOL, .page_only = true),
	VIEW_AS(P, waits_for_another, "waitsForAnother", VIEW_BOOL, .page_only = true),
	VIEW_AS(P, confirm_path, "confirmPath", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, refuse_path, "refusePath", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, end_path, "endPath", VIEW_TEXT, .page_only = true),
};
#undef P
static const struct view PAGE_VIEW = VIEW_OF(struct hold_page, PAGE_FIELDS);

static enum status of_path(struct request *rq, struct hold *ret, struct error *reterr)
{
	const int64_t id = strtoll(rq->params[0], NULL, 10);
	const enum status st = hold_load(rq->db, id, rq->viewer->person_id, rq->arena, ret, reterr);

	if (st == OK)
		rq->touched = (struct touched){ .kind = OBJECT_HOLD, .id = id };
	return st;
}

/* Where the viewer would do this, or NULL. */
static const char *step_path(struct request *rq, const struct hold *h, enum hold_action action)
{
	const struct hold_picture picture = { .own = rq->viewer->person_id == h->set_by_person };
	const struct move *mv = machine_move(&HOLD_MACHINE, h->state, (uint8_t)action);

	if (mv == NULL || !verdict_allows(move_verdict(mv, ROLE_BIT(rq->viewer->role), &picture)))
		return NULL;
	return arena_printf(rq->arena, "%s/move/%s", path_of(rq->arena, h->id),
	                    machine_action(&HOLD_MACHINE, (uint8_t)action)->name);
}

/* What it keeps apart: to who sets holds. */
static enum status add_copies(struct request *rq, const struct hold *h, struct hold_page *page,
                              struct error *reterr)
{
	struct array copies = { 0 };

	if (!access_permits(rq->viewer->role, PERM_HOLD_SET) || h->copies == 0)
		return OK;
	const enum status st =
	    held_copies(rq->db, h->id, rq->viewer->person_id, rq->arena, &copies, reterr);
	const struct held_copy *c = copies.items;
	struct copy_row *to = ARENA_ARRAY(rq->arena, struct copy_row, copies.count + 1);
	for (size_t i = 0; st == OK && i < copies.count; i++)
		to[i] =
		    (struct copy_row){ c[i].number, c[i].made_at, c[i].reference,
			               arena_printf(rq->arena, "%s/copies/%lld",
			                            path_of(rq->arena, h->id), (long long)c[i].id),
			               c[i].number == 0 };
	page->copies = (struct array){ to, copies.count };
	page->has_copies = copies.count > 0;
	return st;
}

/* The casefile, for who reads casefiles and while it is to be seen. */
static const char *object_href(struct request *rq, const struct hold *h)
{
	struct error unseen = { 0 };
	struct casefile c;

	if (!access_permits(rq->viewer->role, PERM_CASEFILE_READ) ||
	    casefile_load(rq->db, rq->viewer, h->reference, rq->arena, &c, &unseen) != OK)
		return NULL;
	return h->subject == 0 ? arena_printf(rq->arena, "/casefiles/%s", c.reference)
	                       : arena_printf(rq->arena, "/casefiles/%s/subjects/%lld", c.reference,
	                                      (long long)h->subject);
}

static enum status fill(struct request *rq, const struct hold *h, struct hold_page *page,
                        struct error *reterr)
{
	*page = (struct hold_page){
		.number = h->id,
		.version = h->version,
		.subject = h->subject,
		.until = h->until_day,
		.set_at = h->set_at,
		.decided_at = moment_or_absent(h->decided_at),
		.ended_at = moment_or_absent(h->ended_at),
		.state = h->state,
		.ground = h->ground,
		.reference = h->reference,
		.what = hold_what(rq->arena, h),
		.object_href = object_href(rq, h),
		.setter = h->setter,
		.decider = h->decider[0] != '\0' ? h->decider : NULL,
		.confirm_path = step_path(rq, h, HOLD_CONFIRM),
		.refuse_path = step_path(rq, h, HOLD_REFUSE),
		.end_path = step_path(rq, h, HOLD_END),
	};
	page->waits_for_another = h->state == HOLD_PROPOSED && page->confirm_path == NULL;
	/* words about the record: to who sets and signs, not to who keeps the lists */
	if (!access_permits(rq->viewer->role, PERM_HOLD_SIGN))
		return OK;
	const char *reason = "";
	const enum status st =
	    hold_reason(rq->db, plein_of(rq)->keyring, h, rq->arena, &reason, reterr);
	page->reason = reason[0] != '\0' ? reason : NULL;
	return st == OK ? add_copies(rq, h, page, reterr) : st;
}

static enum status show_one(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Bewaarstop",
		                   .place = "/retention/holds",
		                   .crumbs = crumbs(rq->arena),
		                   .template_name = "retention/hold",
		                   .form = &VERSION_FORM };
	struct hold_page record;
	struct hold h;

	enum status st = of_path(rq, &h, reterr);
	if (st == OK)
		st = fill(rq, &h, &record, reterr);
	return st == OK ? page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr) : st;
}

struct hold_step {
	struct version_input in;
	struct hold hold;
	enum hold_action action;
};

static enum status prepare_step(struct request *rq, void **ret_input, struct error *reterr)
{
	struct hold_step *s = ARENA_NEW(rq->arena, struct hold_step);
	const struct action *action = machine_action_named(&HOLD_MACHINE, rq->params[1]);
	const enum status st = of_path(rq, &s->hold, reterr);

	*ret_input = s;
	if (st != OK)
		return st;
	if (action == NULL || (action->code != HOLD_CONFIRM && action->code != HOLD_REFUSE &&
	                       action->code != HOLD_END))
		return FAIL_NOT_FOUND(reterr);
	s->action = (enum hold_action)action->code;
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &s->in, rq->problems);
	return OK;
}

static enum status apply_step(struct db_tx *tx, void *args, struct error *reterr)
{
	static const char *const NOTES[] = {
		[HOLD_CONFIRM] = "Getekend. Er wordt niets vernietigd zolang de bewaarstop geldt.",
		[HOLD_REFUSE] = "Afgewezen. De gewone termijnen gelden weer.",
		[HOLD_END] = "De bewaarstop is voorbij. Wat al weg moest, gaat nu weg.",
	};
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct hold_step *s = change->input;

	const enum status st = db_claim(tx, &HOLD_ROOT, s->hold.id, s->in.version, reterr);
	change->location = path_of(db_tx_arena(tx), s->hold.id);
	change->note = NOTES[s->action];
	return st == OK ? hold_move(tx, &s->hold, s->action, rq->viewer, rq->now_ms, reterr) : st;
}

#define HOLDS "/retention/holds"
const struct route hold_routes[] = {
	{ .method = "GET",
	  .path = HOLDS,
	  .permission = PERM_HOLD_READ,
	  .action = AUDIT_HOLD_VIEW,
	  .read = show_list,
	  .view = &LIST_VIEW,
	  .summary = "Wat langer blijft dan de termijn, en tot wanneer" },
	{ .method = "GET",
	  .path = HOLDS "/new",
	  .permission = PERM_HOLD_SET,
	  .action = AUDIT_HOLD_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_new,
	  .view = &NEW_VIEW,
	  .summary = "Een bewaarstop instellen" },
	{ .method = "POST",
	  .path = HOLDS,
	  .permission = PERM_HOLD_SET,
	  .action = AUDIT_HOLD_MOVE,
	  .prepare = prepare_new,
	  .apply = apply_new,
	  .redraw = show_new,
	  .form = &FORM,
	  .summary = "Een bewaarstop instellen; een tweede persoon tekent" },
	{ .method = "GET",
	  .path = HOLDS "/{number}",
	  .permission = PERM_HOLD_READ,
	  .action = AUDIT_HOLD_VIEW,
	  .read = show_one,
	  .view = &PAGE_VIEW,
	  .summary = "Een bewaarstop" },
	{ .method = "POST",
	  .path = HOLDS "/{number}/move/{action}",
	  .permission = PERM_HOLD_SIGN,
	  .action = AUDIT_HOLD_MOVE,
	  .prepare = prepare_step,
	  .apply = apply_step,
	  .redraw = show_one,
	  .form = &VERSION_FORM,
	  .summary = "Een bewaarstop tekenen, afwijzen of beëindigen" },
	{ 0 },
};

const struct page_template hold_templates[] = {
	{ .name = "retention/holds", .view = &LIST_VIEW, .whole = true },
	{ .name = "retention/hold_new", .view = &NEW_VIEW, .form = &FORM, .whole = true },
	{ .name = "retention/hold", .view = &PAGE_VIEW, .form = &VERSION_FORM, .whole = true },
	{ 0 },
};
