/* The phases of one subject: what is open, what was proposed and why, who agreed, who signed. */
#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_http.h"
#include "casework/casefile_page.h"
#include "casework/phases.h"
#include "casework/subject_page.h"
#include "law/law.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "work/work.h"

static const struct code PHASES[] = { { 2, "2", "Fase 2" }, { 3, "3", "Fase 3" }, { 0 } };

enum { TEXT_CHARS = 4000 };
struct propose_input {
	int phase;
	const char *necessity, *proportionality, *subsidiarity;
};
#define PROSE(path_, member, label_)                                                               \
	{                                                                                          \
		.path = (path_), .kind = FIELD_PROSE,                                              \
		.offset = offsetof(struct propose_input, member), .label = (label_),               \
		.max_chars = TEXT_CHARS                                                            \
	}
static const struct field PROPOSE_FIELDS[] = {
	{ .path = "phase",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct propose_input, phase),
	  .label = "Welke fase?",
	  .required = true,
	  .missing = "Kies de fase.",
	  .codes = PHASES },
	{ .path = "necessity",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct propose_input, necessity),
	  .label = "Waarom is dit nodig?",
	  .required = true,
	  .missing = "Schrijf op waarom dit nodig is.",
	  .max_chars = TEXT_CHARS },
	PROSE("proportionality", proportionality,
	      "Voor fase 3: weegt het belang op tegen de inbreuk?"),
	PROSE("subsidiarity", subsidiarity, "Voor fase 3: waarom kan het niet met minder?"),
};
static const struct form PROPOSE_FORM = { PROPOSE_FIELDS, 4, sizeof(struct propose_input) };

/* ---- what all of them load --------------------------------------------------------------------- */

struct on_phases {
	struct casefile casefile;
	struct casefile_subject subject;
	enum law_phase opened;
	struct array proposals;
};

static enum status on_phases(struct request *rq, struct on_phases *ret, struct error *reterr)
{
	struct array subjects = { 0 };
	enum status st = casefile_of_path(rq, &ret->casefile, reterr);

	if (st == OK)
		st = casefile_subjects_named(rq, &ret->casefile, &subjects, reterr);
	if (st != OK)
		return st;
	const struct casefile_subject *s = subject_numbered(subjects, rq->params[1]);
	if (s == NULL)
		return FAIL_NOT_FOUND(reterr);
	ret->subject = *s;
	rq->touched.kind = OBJECT_SUBJECT;
	rq->touched.id = s->id;
	const struct casefile *c = &ret->casefile;
	const int max = phase_shows_heavy(rq->viewer->role, c->named_heavy) ? PHASE_3 : PHASE_2;
	st = phase_list(rq->db, plein_of(rq)->keyring, c->id, s->id, max, rq->arena,
	                &ret->proposals, reterr);
	return st == OK ? phase_opened(rq->db, c->id, s->id, &ret->opened, reterr) : st;
}

/* As the law is asked by whoever acts now; a stored proposal has its texts. */
static struct phase_picture picture_of(const struct viewer *viewer, const struct casefile *c,
                                       enum law_phase opened, const struct phase_proposal *p)
{
	return (struct phase_picture){
		.opening = { .phase = (enum law_phase)p->phase,
		             .now = opened,
		             .activity = (enum law_activity)c->activity,
		             .necessity_chars = LAW_CRITERION_TEXT_MIN,
		             .proportionality_chars = LAW_CRITERION_TEXT_MIN,
		             .subsidiarity_chars = LAW_CRITERION_TEXT_MIN,
		             .police_om_agreed = p->agreed,
		             .proposer_id = p->proposer_id,
		             .second_id = viewer->person_id },
		.letter = viewer->letter,
		.casefile_live = casefile_is_live(c->state),
	};
}

/* ---- the page ------------------------------------------------------------------------------------ */

struct button {
	const char *label, *path;
	int64_t version;
	bool danger;
};
static const struct view_field BUTTON_FIELDS[] = {
	VIEW_F(struct button, label, VIEW_TEXT),
	VIEW_F(struct button, path, VIEW_TEXT),
	VIEW_F(struct button, version, VIEW_INT),
	VIEW_F(struct button, danger, VIEW_BOOL),
};
static const struct view BUTTON_VIEW = VIEW_OF(struct button, BUTTON_FIELDS);

struct proposal_row {
	int64_t id, version, proposed_at, decided_at;
	int phase;
	uint8_t state;
	const char *proposer, *decider, *necessity, *proportionality, *subsidiarity, *not_yet;
	bool agreed;
	struct array buttons;
};
static const struct view_field PROPOSAL_FIELDS[] = {
	VIEW_F(struct proposal_row, id, VIEW_INT),
	VIEW_F(struct proposal_row, version, VIEW_INT),
	VIEW_AS(struct proposal_row, phase, "proposedPhase", VIEW_CODE, .codes = PHASES),
	VIEW_AS(struct proposal_row, state, "state", VIEW_STATE, .machine = &PHASE_MACHINE),
	VIEW_AS(struct proposal_row, proposed_at, "proposedAt", VIEW_MOMENT),
	VIEW_AS(struct proposal_row, decided_at, "decidedAt", VIEW_MOMENT),
	VIEW_F(struct proposal_row, proposer, VIEW_TEXT),
	VIEW_F(struct proposal_row, decider, VIEW_TEXT),
	VIEW_AS(struct proposal_row, necessity, "why", VIEW_TEXT),
	VIEW_AS(struct proposal_row, proportionality, "weighed", VIEW_TEXT),
	VIEW_AS(struct proposal_row, subsidiarity, "lighter", VIEW_TEXT),
	VIEW_F(struct proposal_row, agreed, VIEW_BOOL),
	VIEW_AS(struct proposal_row, not_yet, "notYet", VIEW_TEXT),
	VIEW_AS(struct proposal_row, buttons, "buttons", VIEW_LIST, .view = &BUTTON_VIEW),
};
static const struct view PROPOSAL_VIEW = VIEW_OF(struct proposal_row, PROPOSAL_FIELDS);

struct unlock_row {
	const char *label, *what;
	int64_t phase;
};
static const struct view_field UNLOCK_FIELDS[] = {
	VIEW_F(struct unlock_row, label, VIEW_TEXT),
	VIEW_F(struct unlock_row, what, VIEW_TEXT),
	VIEW_F(struct unlock_row, phase, VIEW_INT),
};
static const struct view UNLOCK_VIEW = VIEW_OF(struct unlock_row, UNLOCK_FIELDS);

struct phases_page {
	const char *reference, *name, *href, *back_href;
	const char *nothing; /* always NULL: the form is empty until somebody types */
	uint8_t state;
	int64_t opened, proposal_count;
	struct array proposals, unlocks;
	bool may_propose;
	int phase;
};
static const struct view_field FIELDS[] = {
	VIEW_F(struct phases_page, reference, VIEW_REF),
	VIEW_AS(struct phases_page, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE),
	VIEW_F(struct phases_page, name, VIEW_TEXT),
	VIEW_F(struct phases_page, opened, VIEW_INT),
	VIEW_AS(struct phases_page, proposals, "proposals", VIEW_LIST, .view = &PROPOSAL_VIEW),
	VIEW_AS(struct phases_page, proposal_count, "proposalCount", VIEW_INT, .page_only = true),
	VIEW_AS(struct phases_page, unlocks, "unlocks", VIEW_LIST, .view = &UNLOCK_VIEW),
	VIEW_AS(struct phases_page, may_propose, "mayPropose", VIEW_BOOL),
	VIEW_AS(struct phases_page, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct phases_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct phases_page, phase, "phase", VIEW_CODE, .codes = PHASES, .page_only = true),
	VIEW_AS(struct phases_page, nothing, "necessity", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct phases_page, nothing, "proportionality", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct phases_page, nothing, "subsidiarity", VIEW_TEXT, .page_only = true),
};
static const struct view PHASES_VIEW = VIEW_OF(struct phases_page, FIELDS);

static void fill_buttons(struct request *rq, const struct on_phases *on,
                         const struct phase_proposal *p, const char *href, struct proposal_row *row)
{
	const struct phase_picture picture = picture_of(rq->viewer, &on->casefile, on->opened, p);
	const uint64_t role = ROLE_BIT(rq->viewer->role);
	const size_t max = PHASE_MACHINE.action_count;
	struct button *to = ARENA_ARRAY(rq->arena, struct button, max);
	size_t count = 0;

	for (size_t i = 0; i < max; i++) {
		const struct action *action = &PHASE_MACHINE.actions[i];
		const struct move *mv = machine_move(&PHASE_MACHINE, p->state, action->code);
		if (mv == NULL || (mv->who & role) == 0)
			continue;
		const struct verdict v = move_verdict(mv, role, &picture);
		if (verdict_allows(v))
			to[count++] = (struct button){ action->label,
				                       arena_printf(rq->arena, "%s/%lld/%s", href,
				                                    (long long)p->id, action->name),
				                       p->version, action->code == PHASE_REFUSE };
		else if (action->code == PHASE_OPEN || action->code == PHASE_AGREE)
			row->not_yet = v.sentence;
	}
	row->buttons = (struct array){ to, count };
}

static const char *or_null(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

static void fill_proposals(struct request *rq, const struct on_phases *on, struct phases_page *page)
{
	const struct phase_proposal *p = on->proposals.items;
	struct proposal_row *to =
	    ARENA_ARRAY(rq->arena, struct proposal_row, on->proposals.count + 1);

	for (size_t i = 0; i < on->proposals.count; i++) {
		to[i] = (struct proposal_row){
			.id = p[i].id,
			.version = p[i].version,
			.proposed_at = p[i].proposed_at,
			.decided_at = p[i].decided_at > 0 ? p[i].decided_at : INT64_MIN,
			.phase = p[i].phase,
			.state = p[i].state,
			.proposer = p[i].proposer,
			.decider = or_null(p[i].decider),
			.necessity = p[i].necessity,
			.proportionality = or_null(p[i].proportionality),
			.subsidiarity = or_null(p[i].subsidiarity),
			.agreed = p[i].agreed,
		};
		fill_buttons(rq, on, &p[i], page->href, &to[i]);
	}
	page->proposals = (struct array){ to, on->proposals.count };
	page->proposal_count = (int64_t)on->proposals.count;
}

/* What a phase unlocks, before anybody asks for it. */
static void fill_unlocks(struct request *rq, struct phases_page *page)
{
	size_t all = 0, count = 0;
	const struct law_category_row *c = law_categories(&all);
	struct unlock_row *to = ARENA_ARRAY(rq->arena, struct unlock_row, all);

	for (int phase = PHASE_2; phase <= PHASE_3; phase++)
		for (size_t i = 0; i < all; i++)
			if ((int)c[i].phase == phase && c[i].code != CATEGORY_STAFF)
				to[count++] = (struct unlock_row){ c[i].label, c[i].daily, phase };
	page->unlocks = (struct array){ to, count };
}

static enum status show_phases(struct request *rq, struct response *rs, struct error *reterr)
{
	struct phases_page record = { 0 };
	struct on_phases on = { 0 };
	enum status st = on_phases(rq, &on, reterr);

	if (st != OK)
		return st;
	const bool heavy = phase_shows_heavy(rq->viewer->role, on.casefile.named_heavy);
	record.reference = on.casefile.reference;
	record.state = on.casefile.state;
	record.name = on.subject.name;
	record.opened = on.opened == PHASE_3 && !heavy ? PHASE_2 : (int64_t)on.opened;
	record.back_href = arena_printf(rq->arena, "/casefiles/%s/subjects/%lld",
	                                on.casefile.reference, (long long)on.subject.number);
	record.href = arena_printf(rq->arena, "%s/phases", record.back_href);
	record.may_propose =
	    rq->viewer->role == ROLE_ANALYST && casefile_writable(rq->viewer, &on.casefile);
	fill_proposals(rq, &on, &record);
	fill_unlocks(rq, &record);
	const struct page page = { .title = "Fasen van een betrokkene",
		                   .place = "/casefiles",
		                   .crumbs = subject_crumbs(rq->arena, &on.casefile),
		                   .confidential = true,
		                   .template_name = "casework/phases",
		                   .form = &PROPOSE_FORM };
	return page_respond(rq, rs, &page, &PHASES_VIEW, &record, reterr);
}

/* ---- proposing ---------------------------------------------------------------------------------- */

struct phase_change {
	struct on_phases on;
	struct sealed_proposal sealed;
	const struct phase_proposal *proposal;
	uint8_t action;
	int64_t version;
};

static size_t characters(const char *text)
{
	size_t count = 0;

	for (text += strspn(text, " \n\t"); *text != '\0'; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

static enum status prepare_propose(struct request *rq, void **ret_input, struct error *reterr)
{
	struct phase_change *c = ARENA_NEW(rq->arena, struct phase_change);
	struct propose_input in;

	enum status st = on_phases(rq, &c->on, reterr);
	if (st != OK)
		return st;
	if (rq->viewer->role != ROLE_ANALYST || !casefile_writable(rq->viewer, &c->on.casefile))
		return FAIL(reterr, ERR_CONFLICT, "Een analist stelt voor om een fase te openen.");
	input_read(rq->body, &PROPOSE_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	*ret_input = c;
	if (rq->problems->error_count > 0)
		return OK;
	const struct law_opening opening = {
		.phase = (enum law_phase)in.phase,
		.now = c->on.opened,
		.activity = (enum law_activity)c->on.casefile.activity,
		.necessity_chars = characters(in.necessity),
		.proportionality_chars = characters(in.proportionality),
		.subsidiarity_chars = characters(in.subsidiarity),
		.proposer_id = rq->viewer->person_id,
	};
	const struct verdict v = phase_may_propose(&opening);
	if (!verdict_allows(v)) {
		problems_add_verdict(rq->problems, "phase", v);
		return OK;
	}
	const char *const text[3] = { in.necessity, in.proportionality, in.subsidiarity };
	phase_seal(plein_of(rq)->keyring, c->on.casefile.id, c->on.subject.id, in.phase, text,
	           rq->now_ms, rq->arena, &c->sealed);
	return OK;
}

static const char *phases_path(struct arena *a, const struct on_phases *on)
{
	return arena_printf(a, "/casefiles/%s/subjects/%lld/phases", on->casefile.reference,
	                    (long long)on->subject.number);
}

/* Who has to sign finds it in his own work; a refusal or withdrawal ends it as well. */
static enum status ask_signature(struct db_tx *tx, const struct request *rq,
                                 const struct on_phases *on, struct error *reterr)
{
	enum { DAYS = 3 };
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_ROLE, ROLE_INFO_COORDINATOR),
		.kind = WORK_PHASE_SIGN,
		.object_kind = OBJECT_SUBJECT,
		.object_id = on->subject.id,
		.reference = on->casefile.reference,
		.due_day = working_days_add(local_day(rq->now_ms), DAYS, NULL),
		.created_at = rq->now_ms,
		.created_by = rq->viewer->appointment_id,
	};
	return work_add(tx, &task, reterr);
}

static enum status apply_propose(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct phase_change *c = change->input;

	change->location = phases_path(db_tx_arena(tx), &c->on);
	change->note = "Voorgesteld. Een informatiecoördinator moet tekenen.";
	change->created = true;
	enum status st =
	    phase_propose(tx, &c->sealed, rq->viewer->appointment_id, rq->now_ms, reterr);
	return st == OK ? ask_signature(tx, rq, &c->on, reterr) : st;
}

/* ---- agreeing, signing, refusing, withdrawing ----------------------------------------------------- */

static enum status prepare_move(struct request *rq, void **ret_input, struct error *reterr)
{
	struct phase_change *c = ARENA_NEW(rq->arena, struct phase_change);
	const struct action *action = machine_action_named(&PHASE_MACHINE, rq->params[3]);
	struct version_input in;

	enum status st = on_phases(rq, &c->on, reterr);
	if (st != OK)
		return st;
	const int64_t id = strtoll(rq->params[2], NULL, 10);
	const struct phase_proposal *p = c->on.proposals.items;
	for (size_t i = 0; i < c->on.proposals.count; i++)
		if (p[i].id == id)
			c->proposal = &p[i];
	if (c->proposal == NULL || action == NULL || action->code == PHASE_PROPOSE)
		return FAIL_NOT_FOUND(reterr);
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	c->action = action->code;
	c->version = in.version;
	*ret_input = c;
	return OK;
}

static const char *note_of(struct arena *a, uint8_t to, int phase)
{
	static const char *const NOTES[] = {
		[PHASE_AGREED] = "Ingestemd. Een informatiecoördinator moet nog tekenen.",
		[PHASE_REFUSED] = "Niet geopend. Wie het voorstelde, krijgt bericht.",
		[PHASE_WITHDRAWN] = "Ingetrokken.",
	};

	return to == PHASE_OPENED ? arena_printf(a, "Getekend. Fase %d is open.", phase)
	                          : NOTES[to];
}

/* Who proposed it waits for it, and hears what became of it. */
static enum status tell_proposer(struct db_tx *tx, const struct request *rq,
                                 const struct on_phases *on, const struct phase_proposal *p,
                                 struct error *reterr)
{
	const struct work_news news = { .at = rq->now_ms,
		                        .kind = NEWS_PHASE_DECIDED,
		                        .object_kind = OBJECT_SUBJECT,
		                        .object_id = p->presence_id,
		                        .reference = on->casefile.reference };

	return work_tell(tx, audience_of(AUDIENCE_APPOINTMENT, p->proposed_by), &news, reterr);
}

/* The claimed version says that the proposal is as prepare read it; what is open is asked anew. */
static enum status apply_move(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct phase_change *c = change->input;
	const struct phase_proposal *p = c->proposal;
	const struct casefile *f = &c->on.casefile;
	const struct move *mv = machine_move(&PHASE_MACHINE, p->state, c->action);
	struct casefile_picture now = { 0 };
	enum law_phase opened = PHASE_1;

	enum status st = db_claim(tx, &PHASE_ROOT, p->id, c->version, reterr);
	if (st == OK && (mv == NULL || c->version != p->version))
		return FAIL(reterr, ERR_CONFLICT, "Dit kan niet meer. Bekijk hoe het nu staat.");
	if (st == OK)
		st = phase_opened(db_tx_read(tx), f->id, p->presence_id, &opened, reterr);
	if (st == OK)
		st = casefile_picture_load(db_tx_read(tx), f->id, &now, reterr);
	if (st != OK)
		return st;
	struct phase_picture picture = picture_of(rq->viewer, f, opened, p);
	picture.casefile_live = casefile_is_live(now.state);
	const struct verdict v = move_verdict(mv, ROLE_BIT(rq->viewer->role), &picture);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	change->location = phases_path(db_tx_arena(tx), &c->on);
	change->note = note_of(db_tx_arena(tx), mv->to, p->phase);
	st = phase_set_state(tx, p->id, mv, rq->viewer->appointment_id, rq->now_ms, reterr);
	if (st == OK && (mv->to == PHASE_OPENED || mv->to == PHASE_REFUSED))
		st = tell_proposer(tx, rq, &c->on, p, reterr);
	return st == OK && mv->to != PHASE_AGREED
	           ? work_done(tx, WORK_PHASE_SIGN, OBJECT_SUBJECT, p->presence_id,
	                       rq->viewer->person_id, rq->now_ms, reterr)
	           : st;
}

const struct route casefile_phase_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/subjects/{number}/phases",
	  .permission = PERM_CASEFILE_READ,
	  .action = AUDIT_SUBJECT_VIEW,
	  .read = show_phases,
	  .view = &PHASES_VIEW,
	  .summary = "Welke fase voor een betrokkene open is, en wat is voorgesteld" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/subjects/{number}/phases",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_PHASE,
	  .prepare = prepare_propose,
	  .apply = apply_propose,
	  .redraw = show_phases,
	  .form = &PROPOSE_FORM,
	  .summary = "Voorstellen om fase 2 of 3 te openen, met de noodzaak" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/subjects/{number}/phases/{proposal}/{action}",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_PHASE,
	  .prepare = prepare_move,
	  .apply = apply_move,
	  .redraw = show_phases,
	  .form = &VERSION_FORM,
	  .summary =
	      "Instemmen (agree), openen (open), niet openen (refuse) of intrekken (withdraw)" },
	{ 0 },
};

const struct page_template casefile_phase_templates[] = {
	{ .name = "casework/phases", .view = &PHASES_VIEW, .form = &PROPOSE_FORM, .whole = true },
	{ 0 },
};
