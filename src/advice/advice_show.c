/* The page of one advice: in its casefile, for the Stuurploeg, for an owner or a source. */
#include "advice/advice_page.h"

#include <string.h>

#include "access/access.h"
#include "advice/advice_http.h"
#include "audit/action.h"
#include "casework/casefile_page.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "subjects/casefile_subject.h"

/* ---- facts ------------------------------------------------------------------------------------- */

struct facts_wish {
	struct array cited, proposals;
	const char *base; /* of taking one away; NULL: he can't */
	int64_t organ_id;
};

static const struct cited_fact *cited_as(const struct facts_wish *w, int64_t fact_id)
{
	const struct cited_fact *c = w->cited.items;

	for (size_t i = 0; i < w->cited.count; i++)
		if (c[i].fact_id == fact_id && (w->organ_id == 0 || c[i].organ_id == w->organ_id))
			return &c[i];
	return NULL;
}

static int64_t gone_of(const struct facts_wish *w)
{
	const struct cited_fact *c = w->cited.items;
	int64_t gone = 0;

	for (size_t i = 0; i < w->cited.count; i++)
		gone += c[i].fact_id == 0 && (w->organ_id == 0 || c[i].organ_id == w->organ_id);
	return gone;
}

static const char *proposal_label(const struct facts_wish *w, int64_t number)
{
	const struct advice_proposal *p = w->proposals.items;

	for (size_t i = 0; i < w->proposals.count; i++)
		if (p[i].number == number)
			return instrument_label(p[i].instrument);
	return "Het hele advies";
}

static struct shown_fact shown_fact(struct arena *a, const struct facts_wish *w,
                                    const struct casefile_subject *s, const struct known_fact *f,
                                    const struct cited_fact *c)
{
	char *uuid = arena_alloc(a, UUID_TEXT_BYTES);

	uuid_text(&c->fact, uuid);
	return (struct shown_fact){
		.id = f->id,
		.phase = f->phase,
		.subject = s->name,
		.label = f->label,
		.value = f->value,
		.source = f->source,
		.proposal = proposal_label(w, c->proposal_number),
		.fact = uuid,
		.usable = (int)c->usable,
		.corrected_day = f->correction != 0 ? local_day(f->corrected_at) : INT64_MIN,
		.remove_href = w->base != NULL
		                   ? arena_printf(a, "%s/%lld/_remove", w->base, (long long)f->id)
		                   : NULL,
	};
}

static struct array join_facts(struct arena *a, const struct facts_wish *w, struct array subjects)
{
	const struct casefile_subject *s = subjects.items;
	struct shown_fact *to = ARENA_ARRAY(a, struct shown_fact, w->cited.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < subjects.count; i++) {
		const struct known_fact *f = s[i].facts.items;
		for (size_t j = 0; j < s[i].facts.count && count < w->cited.count; j++) {
			const struct cited_fact *c = cited_as(w, f[j].id);
			if (c == NULL)
				continue;
			to[count] = shown_fact(a, w, &s[i], &f[j], c);
			to[count].index = (int64_t)count;
			count++;
		}
	}
	return (struct array){ to, count };
}

// NOLINTNEXTLINE(readability-function-size): of which advice, of whom, how far
enum status advice_facts_shown(struct request *rq, const struct on_advice *on,
                               struct array proposals, int64_t organ_id, int max_phase,
                               struct facts_shown *ret, struct error *reterr)
{
	struct facts_wish w = { .proposals = proposals, .organ_id = organ_id };
	struct array subjects = { 0 };

	*ret = (struct facts_shown){ 0 };
	enum status st =
	    advice_cited_facts(rq->db, &on->advice, max_phase, rq->arena, &w.cited, reterr);
	if (st != OK || w.cited.count == 0)
		return st;
	st = casefile_subject_list(rq->db, plein_of(rq)->keyring, on->advice.casefile_id, max_phase,
	                           rq->arena, &subjects, reterr);
	if (st != OK)
		return st;
	if (on->writes && organ_id == 0)
		w.base = advice_path(rq->arena, &on->advice, "/facts");
	*ret = (struct facts_shown){ join_facts(rq->arena, &w, subjects), gone_of(&w) };
	const struct shown_fact *f = ret->facts.items;
	for (size_t i = 0; i < ret->facts.count; i++)
		if (f[i].phase > rq->touched.phase)
			rq->touched.phase = (uint8_t)f[i].phase;
	return OK;
}

/* ---- what can be done ------------------------------------------------------------------------------ */

enum status advice_picture_now(struct db_read *r, const struct viewer *viewer,
                               const struct advice *d, struct advice_picture *ret,
                               struct error *reterr)
{
	const enum status st = advice_picture_load(r, d, ret, reterr);

	ret->actor_person_id = viewer->person_id;
	return st;
}

struct possible {
	struct shown_action *actions;
	struct act_blocked *blocked;
	size_t action_count, blocked_count;
};

static void consider(struct request *rq, const struct on_advice *on, const struct move *mv,
                     const struct advice_picture *picture, struct possible *p)
{
	const struct action *action = machine_action(&ADVICE_MACHINE, mv->action);
	struct advice_picture asked = *picture;

	asked.reason_given = true; /* its form asks for it */
	const struct verdict v = move_verdict(mv, ROLE_BIT(rq->viewer->role), &asked);
	if (!verdict_allows(v)) {
		p->blocked[p->blocked_count++] =
		    (struct act_blocked){ action->label, v.sentence, v.next };
		return;
	}
	p->actions[p->action_count++] = (struct shown_action){
		.name = action->name,
		.label = action->label,
		.href = advice_path(rq->arena, &on->advice,
		                    arena_printf(rq->arena, "/move/%s", action->name)),
		.primary = mv->action == ADVICE_SIGN || mv->action == ADVICE_CONFIRM,
		.danger = mv->action == ADVICE_WITHDRAW,
		.asks_reason = mv->action == ADVICE_WITHDRAW,
	};
}

enum status advice_actions(struct request *rq, const struct on_advice *on,
                           struct advice_record *ret, struct error *reterr)
{
	const size_t max = ADVICE_MACHINE.move_count;
	struct possible p = { .actions = ARENA_ARRAY(rq->arena, struct shown_action, max),
		              .blocked = ARENA_ARRAY(rq->arena, struct act_blocked, max) };
	struct advice_picture picture = { 0 };

	if (!on->has_casefile)
		return OK;
	enum status st = advice_picture_now(rq->db, rq->viewer, &on->advice, &picture, reterr);
	for (size_t i = 0; st == OK && i < max; i++) {
		const struct move *mv = &ADVICE_MACHINE.moves[i];
		if (mv->from == on->advice.state && (mv->who & ROLE_BIT(rq->viewer->role)) != 0)
			consider(rq, on, mv, &picture, &p);
	}
	ret->actions = (struct array){ p.actions, p.action_count };
	ret->blocked = (struct array){ p.blocked, p.blocked_count };
	return st;
}

/* ---- the page ------------------------------------------------------------------------------------------ */

/* In its casefile the advice stands under the tab of that name, whatever its address. */
static struct array tabs_of(struct request *rq, const struct on_advice *on)
{
	static const char TAB[] = "/advice";
	struct array tabs = casefile_tabs(rq, &on->casefile);
	struct casefile_tab *t = tabs.items;

	for (size_t i = 0; i < tabs.count; i++) {
		const size_t len = strlen(t[i].href);
		t[i].current =
		    len >= sizeof TAB && strcmp(t[i].href + len + 1 - sizeof TAB, TAB) == 0;
	}
	return tabs;
}

static const char *lead_of(const struct advice_record *r)
{
	switch ((enum advice_state)r->state) {
	case ADVICE_DRAFT:
		return r->whole
		           ? "Wat adviseert u, wie kan dat, en rust het op gegevens waar iemand "
		             "bezwaar tegen heeft?"
		           : "Dit wordt aan uw organisatie gevraagd.";
	case ADVICE_SIGNED:
		return "Eén persoon tekende. Een ander leest het na en tekent als tweede.";
	case ADVICE_FINAL:
		return "Twee personen tekenden. Niemand kan dit nog wijzigen.";
	case ADVICE_WITHDRAWN:
		return "Dit advies geldt niet meer.";
	case ADVICE_NONE:
		break;
	}
	return NULL;
}

enum status show_this_advice(struct request *rq, struct response *rs, const struct on_advice *on,
                             struct error *reterr)
{
	struct advice_record *record = ARENA_NEW(rq->arena, struct advice_record);

	const enum status st = advice_record_load(rq, on, record, reterr);
	if (st != OK)
		return st;
	record->lead = lead_of(record);
	if (on->has_casefile)
		record->tabs = tabs_of(rq, on);
	const struct page page = { .title =
		                       arena_printf(rq->arena, "Advies %s", on->advice.reference),
		                   .place = on->has_casefile ? "/casefiles" : "/advices",
		                   .crumbs = advice_crumbs(rq->arena, on),
		                   .confidential = true,
		                   .template_name = "advice/show" };
	return page_respond(rq, rs, &page, &ADVICE_VIEW, record, reterr);
}

enum status show_advice(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_advice on;
	const enum status st = on_advice(rq, &on, reterr);

	return st == OK ? show_this_advice(rq, rs, &on, reterr) : st;
}

static enum status show_print(struct request *rq, struct response *rs, struct error *reterr)
{
	struct advice_record *record = ARENA_NEW(rq->arena, struct advice_record);
	struct on_advice on;

	const enum status st = advice_on_paper(rq, rs, &on, record, reterr);
	if (st != OK)
		return st;
	record->lead = lead_of(record);
	const struct page page = { .title =
		                       arena_printf(rq->arena, "Advies %s", on.advice.reference),
		                   .place = on.has_casefile ? "/casefiles" : "/advices",
		                   .crumbs = advice_crumbs(rq->arena, &on),
		                   .confidential = true,
		                   .template_name = "advice/print" };
	return page_respond(rq, rs, &page, &ADVICE_VIEW, record, reterr);
}

const struct route advice_routes[] = {
	{ .method = "GET",
	  .path = "/advices/{ref}",
	  .permission = PERM_ADVICE_READ,
	  .action = AUDIT_ADVICE_VIEW,
	  .read = show_advice,
	  .view = &ADVICE_VIEW,
	  .summary = "Een interventieadvies, zo ver als het voor u openstaat" },
	{ .method = "GET",
	  .path = "/advices/{ref}/print",
	  .permission = PERM_ADVICE_READ,
	  .action = AUDIT_ADVICE_PRINT,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_print,
	  .summary = "Een interventieadvies om af te drukken" },
	{ 0 },
};

const struct page_template advice_templates[] = {
	{ .name = "advice/show", .view = &ADVICE_VIEW, .whole = true },
	{ .name = "advice/print", .view = &ADVICE_VIEW, .whole = true },
	{ 0 },
};
