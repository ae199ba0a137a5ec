/* Proposals of an advice: written from the law's list, changed, put in order, taken out. */
#include "advice/advice_http.h"

#include <stdlib.h>

#include "access/access.h"
#include "advice/advice_page.h"
#include "advice/advice_words.h"
#include "advice/advice_write.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"

enum { BASIS_CHARS_MAX = 300, PROPOSAL_CHARS_MAX = 2000 };

struct co_input {
	int64_t organ;
};
static const struct field CO_FIELDS[] = {
	{ .path = "organ",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct co_input, organ),
	  .label = "Deelnemer" },
};
static const struct form CO_FORM = { CO_FIELDS, 1, sizeof(struct co_input) };

struct proposal_input {
	int64_t version, instrument, lead, hours, wanted_day, waits_for, alternative_to;
	int weight, barrier;
	const char *basis, *approach, *effect, *indicator;
	struct array co_owners;
};
#define AT(member) offsetof(struct proposal_input, member)
static const struct field FIELDS[] = {
	{ .path = "_version", .kind = FIELD_INT, .offset = AT(version), .label = "Versie" },
	{ .path = "instrument",
	  .kind = FIELD_INT,
	  .offset = AT(instrument),
	  .label = "Welk instrument?",
	  .required = true,
	  .missing = "Kies een instrument uit de lijst." },
	{ .path = "weight",
	  .kind = FIELD_CODE,
	  .offset = AT(weight),
	  .label = "Hoe zwaar is het traject?",
	  .codes = ADVICE_WEIGHTS,
	  .required = true,
	  .missing = "Kies hoe zwaar het traject is." },
	{ .path = "lead",
	  .kind = FIELD_INT,
	  .offset = AT(lead),
	  .label = "Wie trekt het?",
	  .required = true,
	  .missing = "Kies welke deelnemer het trekt." },
	{ .path = "coOwners",
	  .kind = FIELD_LIST,
	  .offset = AT(co_owners),
	  .label = "Wie doet mee?",
	  .max_chars = ADVICE_CO_OWNERS_MAX,
	  .element = &CO_FORM },
	{ .path = "basis",
	  .kind = FIELD_TEXT,
	  .offset = AT(basis),
	  .label = "Op welke wet rust het?",
	  .max_chars = BASIS_CHARS_MAX },
	{ .path = "approach",
	  .kind = FIELD_PROSE,
	  .offset = AT(approach),
	  .label = "Wat gebeurt er?",
	  .max_chars = PROPOSAL_CHARS_MAX },
	{ .path = "barrier",
	  .kind = FIELD_CODE,
	  .offset = AT(barrier),
	  .label = "Welke stap wordt moeilijker?",
	  .codes = ADVICE_BARRIERS },
	{ .path = "effect",
	  .kind = FIELD_PROSE,
	  .offset = AT(effect),
	  .label = "Welk effect moet het hebben?",
	  .max_chars = PROPOSAL_CHARS_MAX },
	{ .path = "indicator",
	  .kind = FIELD_PROSE,
	  .offset = AT(indicator),
	  .label = "Hoe meet u dat?",
	  .max_chars = PROPOSAL_CHARS_MAX },
	{ .path = "hours",
	  .kind = FIELD_INT,
	  .offset = AT(hours),
	  .label = "Hoeveel uur kost het de eigenaar?" },
	{ .path = "wantedDay",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = AT(wanted_day),
	  .label = "Klaar op" },
	{ .path = "waitsFor",
	  .kind = FIELD_INT,
	  .offset = AT(waits_for),
	  .label = "Wacht op een ander voorstel?" },
	{ .path = "alternativeTo",
	  .kind = FIELD_INT,
	  .offset = AT(alternative_to),
	  .label = "Alternatief voor een ander voorstel?" },
};
static const struct form PROPOSAL_FORM = { FIELDS, sizeof FIELDS / sizeof FIELDS[0],
	                                   sizeof(struct proposal_input) };

/* ---- the page ------------------------------------------------------------------------------------ */

struct co_row {
	int64_t index;
	const char *value, *label;
	bool selected;
};
static const struct view_field CO_ROW_FIELDS[] = {
	VIEW_AS(struct co_row, index, "index", VIEW_INT, .page_only = true),
	VIEW_F(struct co_row, value, VIEW_TEXT),
	VIEW_F(struct co_row, label, VIEW_TEXT),
	VIEW_F(struct co_row, selected, VIEW_BOOL),
};
static const struct view CO_ROW_VIEW = VIEW_OF(struct co_row, CO_ROW_FIELDS);

struct proposal_page {
	const char *reference, *heading, *href, *back_href, *basis, *approach, *effect, *indicator,
	    *known_basis;
	const char *hours; /* NULL: not said */
	int64_t number, version, wanted_day;
	int weight, barrier;
	struct array groups, leads, co_owners, waits, alternatives;
	bool is_new, has_others, was_answered;
};
#define F(member, kind)        VIEW_F(struct proposal_page, member, kind)
#define FP(member, name, kind) VIEW_AS(struct proposal_page, member, name, kind, .page_only = true)
#define FL(member, name, view_)                                                                    \
	VIEW_AS(struct proposal_page, member, name, VIEW_LIST, .view = (view_))
static const struct view_field PAGE_FIELDS[] = {
	F(reference, VIEW_REF),
	FP(heading, "heading", VIEW_TEXT),
	FP(href, "href", VIEW_TEXT),
	FP(back_href, "backHref", VIEW_TEXT),
	F(number, VIEW_INT),
	F(version, VIEW_INT),
	FL(groups, "groups", &INSTRUMENT_GROUP_VIEW),
	VIEW_AS(struct proposal_page, weight, "weight", VIEW_CODE, .codes = ADVICE_WEIGHTS),
	FL(leads, "leads", &CHOICE_VIEW),
	FL(co_owners, "coOwnerChoices", &CO_ROW_VIEW),
	F(basis, VIEW_TEXT),
	VIEW_AS(struct proposal_page, known_basis, "knownBasis", VIEW_TEXT),
	F(approach, VIEW_TEXT),
	VIEW_AS(struct proposal_page, barrier, "barrier", VIEW_CODE, .codes = ADVICE_BARRIERS),
	F(effect, VIEW_TEXT),
	F(indicator, VIEW_TEXT),
	F(hours, VIEW_TEXT),
	VIEW_AS(struct proposal_page, wanted_day, "wantedDay", VIEW_DAY),
	FL(waits, "waits", &CHOICE_VIEW),
	FL(alternatives, "alternatives", &CHOICE_VIEW),
	FP(is_new, "isNew", VIEW_BOOL),
	FP(has_others, "hasOthers", VIEW_BOOL),
	FP(was_answered, "wasAnswered", VIEW_BOOL),
};
static const struct view PAGE_VIEW = VIEW_OF(struct proposal_page, PAGE_FIELDS);

struct on_proposal {
	struct on_advice on;
	struct array all, organs;               /* of struct advice_proposal, struct advice_owner */
	const struct advice_proposal *proposal; /* NULL: a new one */
};

static const struct advice_proposal *numbered(struct array all, const char *number)
{
	const struct advice_proposal *p = all.items;
	char *end = NULL;
	const long long wanted = number != NULL ? strtoll(number, &end, 10) : 0;

	for (size_t i = 0; end != NULL && *end == '\0' && i < all.count; i++)
		if (p[i].number == wanted)
			return &p[i];
	return NULL;
}

static enum status load(struct request *rq, bool is_new, struct on_proposal *ret,
                        struct error *reterr)
{
	enum status st = advice_writable(rq, &ret->on, reterr);

	if (st == OK)
		st = advice_proposals(rq->db, plein_of(rq)->keyring, &ret->on.advice, rq->arena,
		                      &ret->all, reterr);
	if (st == OK)
		st = advice_owners(rq->db, ret->on.advice.casefile_id, rq->arena, &ret->organs,
		                   reterr);
	if (st != OK || is_new)
		return st;
	ret->proposal = numbered(ret->all, rq->params[1]);
	if (ret->proposal == NULL)
		return FAIL_NOT_FOUND(reterr);
	rq->touched.kind = OBJECT_PROPOSAL;
	rq->touched.id = ret->proposal->id;
	return OK;
}

static const char *digits(struct arena *a, int64_t value)
{
	return arena_printf(a, "%lld", (long long)value);
}

/* What was typed wins, then what stands, then what the address asks. */
static const char *chosen(struct request *rq, const char *path, int64_t stands)
{
	const char *typed = input_text(rq->body, path);

	if (typed != NULL)
		return typed;
	if (stands != 0)
		return digits(rq->arena, stands);
	typed = input_text(rq->query, path);
	return typed != NULL ? typed : "";
}

static struct array other_proposals(struct request *rq, const struct on_proposal *on,
                                    const char *selected)
{
	const struct advice_proposal *p = on->all.items;
	struct array to = choices_for(rq->arena, on->all.count + 1);

	for (size_t i = 0; i < on->all.count; i++)
		if (on->proposal == NULL || p[i].number != on->proposal->number)
			choices_add(&to, digits(rq->arena, p[i].number),
			            arena_printf(rq->arena, "%zu. %s", i + 1,
			                         instrument_label(p[i].instrument)),
			            selected);
	return to;
}

static bool co_owns(struct request *rq, const struct advice_proposal *p, size_t index,
                    int64_t organ_id)
{
	const char *path = arena_printf(rq->arena, "coOwners[%zu].organ", index);

	if (rq->problems->error_count > 0)
		return input_at(rq->body, path) != NULL;
	const struct co_owner *co = p != NULL ? p->co_owners.items : NULL;
	for (size_t i = 0; p != NULL && i < p->co_owners.count; i++)
		if (co[i].organ_id == organ_id)
			return true;
	return false;
}

static void fill_owners(struct request *rq, const struct on_proposal *on, const char *lead,
                        struct proposal_page *ret)
{
	const struct advice_owner *o = on->organs.items;
	struct co_row *to = ARENA_ARRAY(rq->arena, struct co_row, on->organs.count + 1);

	ret->leads = choices_for(rq->arena, on->organs.count + 1);
	for (size_t i = 0; i < on->organs.count; i++) {
		const char *value = digits(rq->arena, o[i].organ_id);
		choices_add(&ret->leads, value, o[i].on_behalf, lead);
		to[i] = (struct co_row){ (int64_t)i, value, o[i].on_behalf,
			                 co_owns(rq, on->proposal, i, o[i].organ_id) };
	}
	ret->co_owners = (struct array){ to, on->organs.count };
}

static void fill_texts(struct arena *a, const struct on_proposal *on, struct proposal_page *ret)
{
	const struct advice_proposal *p = on->proposal;

	ret->hours = p != NULL && p->hours > 0 ? digits(a, p->hours) : NULL;
	ret->wanted_day = p != NULL && p->wanted_day != 0 ? p->wanted_day : INT64_MIN;
	if (p == NULL)
		return;
	ret->weight = p->weight;
	ret->barrier = p->barrier;
	ret->basis = p->texts.basis;
	ret->approach = p->texts.approach;
	ret->effect = p->texts.effect;
	ret->indicator = p->texts.indicator;
	ret->number = p->number;
	ret->version = p->version;
	ret->was_answered = p->feasible != FEASIBLE_NOT_ASKED;
}

static enum status show(struct request *rq, struct response *rs, const struct on_proposal *on,
                        struct error *reterr)
{
	const struct advice_proposal *p = on->proposal;
	const char *const base = advice_path(rq->arena, &on->on.advice, "");
	const char *instrument = chosen(rq, "instrument", p != NULL ? p->instrument : 0);
	struct proposal_page record = {
		.reference = on->on.advice.reference,
		.heading = p != NULL ? instrument_label(p->instrument) : "Voorstel toevoegen",
		.href = p != NULL ? arena_printf(rq->arena, "%s/proposals/%lld", base,
		                                 (long long)p->number)
		                  : arena_printf(rq->arena, "%s/proposals", base),
		.back_href = base,
		.groups = instrument_groups(rq->arena, instrument),
		.known_basis = instrument_basis(strtol(instrument, NULL, 10)),
		.waits =
		    other_proposals(rq, on, chosen(rq, "waitsFor", p != NULL ? p->waits_for : 0)),
		.alternatives = other_proposals(
		    rq, on, chosen(rq, "alternativeTo", p != NULL ? p->alternative_to : 0)),
		.is_new = p == NULL,
		.has_others = on->all.count > (p != NULL ? 1u : 0u),
	};

	fill_texts(rq->arena, on, &record);
	if (record.basis == NULL)
		record.basis = record.known_basis;
	fill_owners(rq, on, chosen(rq, "lead", p != NULL ? p->lead_organ_id : 0), &record);
	const struct page page = { .title = record.heading,
		                   .place = "/casefiles",
		                   .crumbs = advice_crumbs(rq->arena, &on->on),
		                   .confidential = true,
		                   .template_name = "advice/proposal",
		                   .form = &PROPOSAL_FORM };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

/* ?instrument=101: its basis stands there already. */
static enum status show_new(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_proposal on = { 0 };
	const enum status st = load(rq, true, &on, reterr);

	return st == OK ? show(rq, rs, &on, reterr) : st;
}

static enum status show_edit(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_proposal on = { 0 };
	const enum status st = load(rq, false, &on, reterr);

	return st == OK ? show(rq, rs, &on, reterr) : st;
}

/* ---- writing it ------------------------------------------------------------------------------------ */

struct proposal_change {
	struct proposal_input in;
	struct on_proposal on;
	struct proposal_new made;
};

static const struct advice_owner *owner_of(const struct on_proposal *on, int64_t organ_id)
{
	const struct advice_owner *o = on->organs.items;

	for (size_t i = 0; i < on->organs.count; i++)
		if (o[i].organ_id == organ_id)
			return &o[i];
	return NULL;
}

static void check_owner(struct request *rq, const struct on_proposal *on,
                        const struct proposal_input *in)
{
	const struct advice_owner *lead = owner_of(on, in->lead);
	const uint16_t code =
	    in->instrument > 0 && in->instrument <= UINT16_MAX ? (uint16_t)in->instrument : 0;

	if (in->instrument != 0 && law_instrument(code) == NULL) {
		problems_add(rq->problems, PROBLEM_ERROR, "instrument",
		             "Kies een instrument uit de lijst.");
		return;
	}
	if (in->lead != 0 && lead == NULL) {
		problems_add(rq->problems, PROBLEM_ERROR, "lead",
		             "Kies een deelnemer die bij de casus betrokken is.");
		return;
	}
	if (lead == NULL || code == 0)
		return;
	const struct verdict v = advice_may_own(code, lead->letter);
	if (!verdict_allows(v))
		problems_add_verdict(rq->problems, "lead", v);
}

static void check_co_owners(struct request *rq, const struct on_proposal *on,
                            struct proposal_change *c)
{
	const struct co_input *in = c->in.co_owners.items;
	int64_t *to = ARENA_ARRAY(rq->arena, int64_t, c->in.co_owners.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < c->in.co_owners.count; i++) {
		if (in[i].organ == 0)
			continue; /* a box that wasn't ticked */
		if (owner_of(on, in[i].organ) == NULL)
			problems_add(rq->problems, PROBLEM_ERROR, "coOwners",
			             "Kies alleen deelnemers die bij de casus betrokken zijn.");
		to[count++] = in[i].organ;
	}
	c->made.co_owners = to;
	c->made.co_owner_count = count;
}

static void check_ties(struct request *rq, const struct on_proposal *on,
                       const struct proposal_input *in)
{
	static const char *const PATHS[] = { "waitsFor", "alternativeTo" };
	const int64_t wanted[] = { in->waits_for, in->alternative_to };

	for (size_t i = 0; i < 2; i++) {
		if (wanted[i] == 0)
			continue;
		const struct advice_proposal *other =
		    numbered(on->all, digits(rq->arena, wanted[i]));
		if (other == NULL || other == on->proposal)
			problems_add(rq->problems, PROBLEM_ERROR, PATHS[i],
			             "Kies een ander voorstel uit dit advies.");
		else if (i == 0 && on->proposal != NULL && other->waits_for == on->proposal->number)
			problems_add(rq->problems, PROBLEM_ERROR, PATHS[i],
			             "Deze twee wachten dan op elkaar. Kies een andere volgorde.");
	}
	if (in->waits_for != 0 && in->waits_for == in->alternative_to)
		problems_add(rq->problems, PROBLEM_ERROR, "alternativeTo",
		             "Een voorstel wacht niet op zijn eigen alternatief.");
}

static void check_numbers(struct request *rq, const struct proposal_input *in)
{
	if (in->hours < 0 || in->hours > ADVICE_HOURS_MAX)
		problems_add(rq->problems, PROBLEM_ERROR, "hours",
		             "Vul een aantal uren in van 1 tot en met 20.000.");
	if (in->wanted_day != FIELD_NO_DAY && in->wanted_day < local_day(rq->now_ms))
		problems_add(rq->problems, PROBLEM_ERROR, "wantedDay",
		             "Deze dag is al voorbij. Kies een latere dag.");
}

static enum status check(struct request *rq, struct proposal_change *c, struct error *reterr)
{
	const struct proposal_input *in = &c->in;
	struct array names = { 0 };
	const enum status st = advice_names(rq, c->on.on.advice.casefile_id, &names, reterr);

	if (st != OK)
		return st;
	check_owner(rq, &c->on, in);
	check_co_owners(rq, &c->on, c);
	check_ties(rq, &c->on, in);
	check_numbers(rq, in);
	advice_words_check(rq, names, "basis", in->basis);
	advice_words_check(rq, names, "approach", in->approach);
	advice_words_check(rq, names, "effect", in->effect);
	advice_words_check(rq, names, "indicator", in->indicator);
	return OK;
}

static void make(struct request *rq, struct proposal_change *c)
{
	const struct advice_proposal *old = c->on.proposal;
	const struct proposal_input *in = &c->in;
	struct proposal_new *n = &c->made;
	const struct law_instrument *i = law_instrument((uint16_t)in->instrument);
	const char *basis = in->basis[0] == '\0' && i->basis != NULL ? i->basis : in->basis;
	const struct proposal_texts texts = { basis, in->approach, in->effect, in->indicator };

	n->uuid = old != NULL ? old->uuid : uuid_at(rq->now_ms);
	n->id = old != NULL ? old->id : 0;
	n->instrument = i->code;
	n->kind = (int)i->kind;
	n->weight = in->weight;
	n->barrier = in->barrier;
	n->lead_organ_id = in->lead;
	n->hours = in->hours;
	n->wanted_day = in->wanted_day != FIELD_NO_DAY ? in->wanted_day : 0;
	n->waits_for = in->waits_for;
	n->alternative_to = in->alternative_to;
	advice_seal_proposal(plein_of(rq)->keyring, &n->uuid, &texts, rq->arena, &n->texts);
}

static enum status prepare(struct request *rq, bool is_new, void **ret_input, struct error *reterr)
{
	struct proposal_change *c = ARENA_NEW(rq->arena, struct proposal_change);

	*ret_input = c;
	enum status st = load(rq, is_new, &c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &PROPOSAL_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	st = check(rq, c, reterr);
	if (st == OK && rq->problems->error_count == 0)
		make(rq, c);
	return st;
}

static enum status prepare_new(struct request *rq, void **ret_input, struct error *reterr)
{
	return prepare(rq, true, ret_input, reterr);
}

static enum status prepare_edit(struct request *rq, void **ret_input, struct error *reterr)
{
	return prepare(rq, false, ret_input, reterr);
}

static enum status apply_put(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct proposal_change *c = change->input;
	const struct advice *d = &c->on.on.advice;
	const struct advice_writer w = { d, rq->viewer, rq->now_ms };
	const bool is_new = c->on.proposal == NULL;
	int64_t number = is_new ? 0 : c->on.proposal->number;

	enum status st = advice_hold(tx, d->id, reterr);
	if (st == OK && !is_new)
		st = db_claim(tx, &PROPOSAL_ROOT, c->made.id, c->in.version, reterr);
	if (st == OK)
		st = advice_proposal_put(tx, &w, &c->made, &number, reterr);
	change->location = advice_path(db_tx_arena(tx), d, "");
	change->json = arena_printf(db_tx_arena(tx), "{\"number\":%lld}", (long long)number);
	change->created = is_new;
	change->note = is_new ? "Het voorstel staat in het advies."
	                      : "Het voorstel is gewijzigd. Vraag de eigenaar opnieuw.";
	return st;
}

/* ---- order, and out ------------------------------------------------------------------------------------ */

struct act_change {
	struct version_input in;
	struct on_proposal on;
};

static enum status prepare_act(struct request *rq, void **ret_input, struct error *reterr)
{
	struct act_change *c = ARENA_NEW(rq->arena, struct act_change);

	*ret_input = c;
	const enum status st = load(rq, false, &c->on, reterr);
	if (st == OK)
		input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &c->in,
		           rq->problems);
	return st;
}

static enum status hold_both(struct db_tx *tx, const struct act_change *c, struct error *reterr)
{
	const enum status st = advice_hold(tx, c->on.on.advice.id, reterr);

	return st == OK ? db_claim(tx, &PROPOSAL_ROOT, c->on.proposal->id, c->in.version, reterr)
	                : st;
}

static enum status apply_remove(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct act_change *c = change->input;
	const struct advice_writer w = { &c->on.on.advice, rq->viewer, rq->now_ms };

	enum status st = hold_both(tx, c, reterr);
	if (st == OK)
		st = advice_proposal_remove(tx, &w, c->on.proposal->number, reterr);
	change->location = advice_path(db_tx_arena(tx), &c->on.on.advice, "");
	change->note = "Het voorstel is weg.";
	return st;
}

static enum status apply_up(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct act_change *c = change->input;
	const struct advice_writer w = { &c->on.on.advice, rq->viewer, rq->now_ms };

	enum status st = hold_both(tx, c, reterr);
	if (st == OK)
		st = advice_proposal_up(tx, &w, c->on.proposal->number, reterr);
	change->location = advice_path(db_tx_arena(tx), &c->on.on.advice, "");
	change->note = "De volgorde is gewijzigd.";
	return st;
}

#define CHANGE(path_, prepare_, apply_, redraw_, form_, summary_)                                  \
	{                                                                                          \
		.method = "POST", .path = path_, .permission = PERM_ADVICE_WRITE,                  \
		.action = AUDIT_ADVICE_WRITE, .prepare = (prepare_), .apply = (apply_),            \
		.redraw = (redraw_), .form = (form_), .summary = summary_                          \
	}

const struct route advice_proposal_routes[] = {
	{ .method = "GET",
	  .path = "/advices/{ref}/proposals/new",
	  .permission = PERM_ADVICE_WRITE,
	  .action = AUDIT_ADVICE_VIEW,
	  .read = show_new,
	  .view = &PAGE_VIEW,
	  .summary = "Wat u kunt voorstellen, en wie dat kan trekken" },
	{ .method = "GET",
	  .path = "/advices/{ref}/proposals/{number}/edit",
	  .permission = PERM_ADVICE_WRITE,
	  .action = AUDIT_ADVICE_VIEW,
	  .read = show_edit,
	  .view = &PAGE_VIEW,
	  .summary = "Eén voorstel om te wijzigen" },
	CHANGE("/advices/{ref}/proposals", prepare_new, apply_put, show_new, &PROPOSAL_FORM,
	       "Een voorstel toevoegen aan een advies"),
	CHANGE("/advices/{ref}/proposals/{number}", prepare_edit, apply_put, show_edit,
	       &PROPOSAL_FORM, "Een voorstel wijzigen"),
	CHANGE("/advices/{ref}/proposals/{number}/_remove", prepare_act, apply_remove, show_advice,
	       &VERSION_FORM, "Een voorstel uit het advies halen"),
	CHANGE("/advices/{ref}/proposals/{number}/_up", prepare_act, apply_up, show_advice,
	       &VERSION_FORM, "Een voorstel eerder in de volgorde zetten"),
	{ 0 },
};

const struct page_template advice_proposal_templates[] = {
	{ .name = "advice/proposal", .view = &PAGE_VIEW, .form = &PROPOSAL_FORM, .whole = true },
	{ 0 },
};
