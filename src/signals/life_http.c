/* Beside a signal: the account manager who helps with a draft, and what it is linked with. */
#include "signals/life_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/crypto/reference.h"
#include "plein/plein.h"
#include "signals/signal_items.h"
#include "signals/signal_life.h"
#include "signals/signal_page.h"

/* ---- what both pages show of the signal --------------------------------------------------------- */

struct life_record {
	const char *reference, *on_behalf;
	uint8_t state;
	int64_t version;
	struct array tabs;

	struct array helpers, links;
	const char *helper_name;
	int64_t helper_since;
	bool has_helper, has_choice, has_links, may_link;
};

struct helper_choice {
	const char *value, *label;
};
static const struct view_field HELPER_FIELDS[] = {
	VIEW_F(struct helper_choice, value, VIEW_TEXT),
	VIEW_F(struct helper_choice, label, VIEW_TEXT),
};
static const struct view HELPER_VIEW = VIEW_OF(struct helper_choice, HELPER_FIELDS);

struct link_item {
	const char *reference, *href, *title, *participant;
	uint8_t state;
	int kind;
	int64_t linked_at;
	bool may_link;
};
static const struct view_field LINK_FIELDS[] = {
	VIEW_F(struct link_item, reference, VIEW_REF),
	VIEW_AS(struct link_item, reference, "other", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct link_item, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct link_item, title, VIEW_TEXT),
	VIEW_F(struct link_item, participant, VIEW_TEXT),
	VIEW_AS(struct link_item, state, "state", VIEW_STATE, .machine = &SIGNAL_MACHINE),
	VIEW_AS(struct link_item, kind, "linkKind", VIEW_CODE, .codes = SIGNAL_LINKS),
	VIEW_AS(struct link_item, linked_at, "linkedAt", VIEW_MOMENT),
	VIEW_AS(struct link_item, may_link, "mayUnlink", VIEW_BOOL, .page_only = true),
};
static const struct view LINK_VIEW = VIEW_OF(struct link_item, LINK_FIELDS);

#define L struct life_record
#define COMMON                                                                                     \
	VIEW_F(L, reference, VIEW_REF),                                                            \
	    VIEW_AS(L, reference, "ref", VIEW_TEXT, .page_only = true),                            \
	    VIEW_F(L, version, VIEW_INT),                                                          \
	    VIEW_AS(L, state, "state", VIEW_STATE, .machine = &SIGNAL_MACHINE),                    \
	    VIEW_AS(L, on_behalf, "onBehalf", VIEW_TEXT),                                          \
	    VIEW_AS(L, tabs, "tabs", VIEW_LIST, .view = &SIGNAL_TAB_VIEW, .page_only = true)

static const struct view_field HELPER_PAGE_FIELDS[] = {
	COMMON,
	VIEW_AS(L, helpers, "helpers", VIEW_LIST, .view = &HELPER_VIEW),
	VIEW_AS(L, helper_name, "helperName", VIEW_TEXT),
	VIEW_AS(L, helper_since, "helperSince", VIEW_MOMENT),
	VIEW_AS(L, has_helper, "hasHelper", VIEW_BOOL),
	VIEW_AS(L, has_choice, "hasChoice", VIEW_BOOL, .page_only = true),
};
static const struct view HELPER_PAGE = VIEW_OF(L, HELPER_PAGE_FIELDS);

static const struct view_field LINKS_PAGE_FIELDS[] = {
	COMMON,
	VIEW_AS(L, links, "links", VIEW_LIST, .view = &LINK_VIEW),
	VIEW_AS(L, has_links, "hasLinks", VIEW_BOOL, .page_only = true),
	VIEW_AS(L, may_link, "mayLink", VIEW_BOOL, .page_only = true),
};
static const struct view LINKS_PAGE = VIEW_OF(L, LINKS_PAGE_FIELDS);

static enum status load(struct request *rq, struct signal_page *page, struct life_record *ret,
                        struct error *reterr)
{
	enum status st = signal_page_load(rq, page, reterr);

	if (st == OK)
		*ret = (struct life_record){ .reference = page->reference,
			                     .on_behalf = page->on_behalf,
			                     .state = page->state,
			                     .version = page->version,
			                     .tabs = page->tabs,
			                     .helper_since = INT64_MIN };
	return st;
}

static enum status respond(struct request *rq, struct response *rs, const struct page *page,
                           const struct view *view, const struct life_record *record,
                           struct error *reterr)
{
	return page_respond(rq, rs, page, view, record, reterr);
}

/* ---- the helper ------------------------------------------------------------------------------------ */

struct helper_input {
	int64_t version, helper;
};
static const struct field HELPER_INPUT[] = {
	FIELD_VERSION(struct helper_input),
	{ .path = "helper",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct helper_input, helper),
	  .label = "Accountmanager" },
};
static const struct form HELPER_FORM = { HELPER_INPUT, 2, sizeof(struct helper_input) };

/* Inviting is a municipality's writer's own: who helps doesn't ask somebody else in. */
static bool may_invite(const struct request *rq, const struct signal_page *page)
{
	return page->writes && rq->viewer->role == ROLE_SUBMITTER &&
	       rq->viewer->municipality_id != 0;
}

static enum status show_helper(struct request *rq, struct response *rs, struct error *reterr)
{
	struct signal_page *page = ARENA_NEW(rq->arena, struct signal_page);
	struct life_record record;
	struct signal_helper now = { 0 };
	struct array found = { 0 };

	enum status st = load(rq, page, &record, reterr);
	if (st == OK && !may_invite(rq, page))
		st = FAIL_NOT_FOUND(reterr);
	if (st == OK)
		st = signal_helper_now(rq->db, page->signal.id, rq->arena, &now, reterr);
	if (st == OK)
		st = signal_helpers(rq->db, rq->viewer->municipality_id, local_day(rq->now_ms),
		                    rq->arena, &found, reterr);
	if (st != OK)
		return st;
	const struct signal_helper *from = found.items;
	struct helper_choice *to = ARENA_ARRAY(rq->arena, struct helper_choice, found.count + 1);
	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct helper_choice){ arena_printf(rq->arena, "%lld",
			                                     (long long)from[i].appointment_id),
			                        from[i].name };
	record.helpers = (struct array){ to, found.count };
	record.has_choice = found.count > 0;
	record.has_helper = now.appointment_id != 0;
	record.helper_name = now.name;
	record.helper_since = now.since != 0 ? now.since : INT64_MIN;
	const struct page shown = { .title = "Hulp bij schrijven",
		                    .place = "/signals",
		                    .confidential = true,
		                    .template_name = "signals/helper",
		                    .form = &HELPER_FORM };
	return respond(rq, rs, &shown, &HELPER_PAGE, &record, reterr);
}

struct helper_change {
	struct helper_input in;
	struct signal signal;
	bool ends;
};

static enum status check_helper(struct request *rq, int64_t chosen, struct error *reterr)
{
	struct array found = { 0 };
	enum status st = signal_helpers(rq->db, rq->viewer->municipality_id, local_day(rq->now_ms),
	                                rq->arena, &found, reterr);
	const struct signal_helper *h = found.items;

	for (size_t i = 0; i < found.count; i++)
		if (h[i].appointment_id == chosen)
			return st;
	if (st == OK)
		problems_add(rq->problems, PROBLEM_ERROR, "helper",
		             "Kies een accountmanager uit de lijst.");
	return st;
}

static enum status prepare_helper(struct request *rq, void **ret_input, struct error *reterr)
{
	struct helper_change *c = ARENA_NEW(rq->arena, struct helper_change);
	struct signal_page *page = ARENA_NEW(rq->arena, struct signal_page);

	enum status st = signal_page_load(rq, page, reterr);
	if (st == OK && !may_invite(rq, page))
		st = FAIL(reterr, ERR_CONFLICT,
		          "U kunt dit signaal nu niet wijzigen. Bekijk hoe het nu staat.");
	if (st != OK)
		return st;
	input_read(rq->body, &HELPER_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	c->signal = page->signal;
	c->ends = strcmp(rq->route->path, "/signals/{ref}/helper") != 0;
	*ret_input = c;
	return c->ends ? OK : check_helper(rq, c->in.helper, reterr);
}

static enum status apply_helper(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct helper_change *c = change->input;

	enum status st = db_claim(tx, &SIGNAL_ROOT, c->signal.id, c->in.version, reterr);
	if (st == OK)
		st = signal_set_helper(tx, c->signal.id, c->signal.reference,
		                       c->ends ? 0 : c->in.helper, change->rq->now_ms, reterr);
	change->location = arena_printf(db_tx_arena(tx), "/signals/%s/helper", c->signal.reference);
	change->note = c->ends ? "De accountmanager leest en schrijft niet meer mee."
	                       : "De accountmanager leest en schrijft nu mee, en krijgt bericht.";
	return st;
}

/* ---- links ------------------------------------------------------------------------------------------- */

struct link_input {
	int64_t version;
	const char *other;
	int kind;
};
static const struct field LINK_INPUT[] = {
	FIELD_VERSION(struct link_input),
	{ .path = "other",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct link_input, other),
	  .label = "Nummer van het andere signaal",
	  .required = true,
	  .max_chars = 40,
	  .missing = "Typ het nummer van het andere signaal." },
	{ .path = "kind",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct link_input, kind),
	  .label = "Hoe hangen ze samen?",
	  .required = true,
	  .missing = "Kies dubbel of samenhang.",
	  .codes = SIGNAL_LINKS },
};
static const struct form LINK_FORM = { LINK_INPUT, 3, sizeof(struct link_input) };

static enum status show_links(struct request *rq, struct response *rs, struct error *reterr)
{
	struct signal_page *page = ARENA_NEW(rq->arena, struct signal_page);
	struct life_record record;
	struct array found = { 0 };

	enum status st = load(rq, page, &record, reterr);
	if (st == OK)
		st = signal_links(rq->db, plein_of(rq)->keyring, rq->viewer, page->signal.id,
		                  rq->arena, &found, reterr);
	if (st != OK)
		return st;
	const struct signal_link *from = found.items;
	struct link_item *to = ARENA_ARRAY(rq->arena, struct link_item, found.count + 1);
	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct link_item){
			.reference = from[i].reference,
			.href = arena_printf(rq->arena, "/signals/%s", from[i].reference),
			.title = from[i].title[0] != '\0' ? from[i].title : "Nog zonder titel",
			.participant = from[i].participant,
			.state = from[i].state,
			.kind = from[i].kind,
			.linked_at = from[i].linked_at,
			.may_link = page->coordinates,
		};
	record.links = (struct array){ to, found.count };
	record.has_links = found.count > 0;
	record.may_link = page->coordinates;
	const struct page shown = { .title = "Verbanden",
		                    .place = "/signals",
		                    .confidential = true,
		                    .template_name = "signals/links",
		                    .form = &LINK_FORM };
	return respond(rq, rs, &shown, &LINKS_PAGE, &record, reterr);
}

struct link_change {
	struct link_input in;
	struct signal signal, other;
};

/* The same answer for none and for not yours. */
static enum status find_other(struct request *rq, const char *typed, struct link_change *c,
                              struct error *reterr)
{
	struct reference ref;
	char text[REFERENCE_TEXT_BYTES] = "";

	if (reference_parse(typed, &ref) == REFERENCE_READ)
		reference_text(&ref, text);
	enum status st = signal_load(rq->db, rq->viewer, text, rq->arena, &c->other, reterr);
	if (st == ERR_NOT_FOUND) {
		problems_add(rq->problems, PROBLEM_ERROR, "other",
		             "Dit nummer vinden wij niet. Kijk het na.");
		return OK;
	}
	if (st == OK && c->other.id == c->signal.id)
		problems_add(rq->problems, PROBLEM_ERROR, "other",
		             "Dit is het signaal zelf. Typ het nummer van een ander.");
	return st;
}

static enum status prepare_link(struct request *rq, void **ret_input, struct error *reterr)
{
	const bool ends = strcmp(rq->route->path, "/signals/{ref}/links") != 0;
	struct link_change *c = ARENA_NEW(rq->arena, struct link_change);
	struct signal_page *page = ARENA_NEW(rq->arena, struct signal_page);

	enum status st = signal_page_load(rq, page, reterr);
	if (st == OK && !page->coordinates)
		st = FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
	if (st != OK)
		return st;
	c->signal = page->signal;
	*ret_input = c;
	if (ends) {
		const char *version = input_text(rq->body, "_version");
		c->in.version = version != NULL ? strtoll(version, NULL, 10) : 0;
		return signal_load(rq->db, rq->viewer, rq->params[1], rq->arena, &c->other, reterr);
	}
	input_read(rq->body, &LINK_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	return rq->problems->error_count > 0 ? OK : find_other(rq, c->in.other, c, reterr);
}

static enum status apply_link(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct link_change *c = change->input;
	const struct signal_linking l = { .signal_id = c->signal.id,
		                          .other_id = c->other.id,
		                          .appointment_id = change->rq->viewer->appointment_id,
		                          .now_ms = change->rq->now_ms,
		                          .kind = c->in.kind };

	enum status st = db_claim(tx, &SIGNAL_ROOT, c->signal.id, c->in.version, reterr);
	if (st == OK)
		st = signal_set_link(tx, &l, reterr);
	change->location = arena_printf(db_tx_arena(tx), "/signals/%s/links", c->signal.reference);
	change->note = c->in.kind == 0 ? "Het verband is weg."
	                               : "Vastgelegd. Het overleg besluit of ze samengaan.";
	return st;
}

/* ---- routes -------------------------------------------------------------------------------------------- */

const struct route signal_life_routes[] = {
	{ .method = "GET",
	  .path = "/signals/{ref}/helper",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_VIEW,
	  .read = show_helper,
	  .view = &HELPER_PAGE,
	  .summary = "Wie helpt bij het schrijven van een concept" },
	{ .method = "POST",
	  .path = "/signals/{ref}/helper",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_HELPER,
	  .prepare = prepare_helper,
	  .apply = apply_helper,
	  .redraw = show_helper,
	  .form = &HELPER_FORM,
	  .summary = "Een accountmanager uitnodigen bij een concept" },
	{ .method = "POST",
	  .path = "/signals/{ref}/helper/end",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_HELPER,
	  .prepare = prepare_helper,
	  .apply = apply_helper,
	  .redraw = show_helper,
	  .form = &HELPER_FORM,
	  .summary = "De uitnodiging van een accountmanager beëindigen" },
	{ .method = "GET",
	  .path = "/signals/{ref}/links",
	  .permission = PERM_SIGNAL_READ,
	  .action = AUDIT_SIGNAL_VIEW,
	  .read = show_links,
	  .view = &LINKS_PAGE,
	  .summary = "Met welke signalen een signaal verband houdt" },
	{ .method = "POST",
	  .path = "/signals/{ref}/links",
	  .permission = PERM_SIGNAL_INTAKE,
	  .action = AUDIT_SIGNAL_LINK,
	  .prepare = prepare_link,
	  .apply = apply_link,
	  .redraw = show_links,
	  .form = &LINK_FORM,
	  .summary = "Een signaal als dubbel of samenhangend met een ander vastleggen" },
	{ .method = "POST",
	  .path = "/signals/{ref}/links/{other}/remove",
	  .permission = PERM_SIGNAL_INTAKE,
	  .action = AUDIT_SIGNAL_LINK,
	  .prepare = prepare_link,
	  .apply = apply_link,
	  .redraw = show_links,
	  .summary = "Een verband tussen signalen weghalen" },
	{ 0 },
};

const struct page_template signal_life_templates[] = {
	{ .name = "signals/helper", .view = &HELPER_PAGE, .form = &HELPER_FORM, .whole = true },
	{ .name = "signals/links", .view = &LINKS_PAGE, .form = &LINK_FORM, .whole = true },
	{ 0 },
};
