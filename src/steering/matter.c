#include "steering/matter.h"

#include <string.h>

#include "access/access.h"
#include "casework/casefile.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"
#include "signals/theme.h"

/* ---- views ----------------------------------------------------------------------------------- */

static const struct view_field DISSENT_FIELDS[] = {
	VIEW_F(struct dissent_view, organ, VIEW_TEXT),
	VIEW_F(struct dissent_view, text, VIEW_TEXT),
};
static const struct view DISSENT_VIEW_ = VIEW_OF(struct dissent_view, DISSENT_FIELDS);

static const struct view_field RULING_FIELDS[] = {
	VIEW_F(struct ruling_view, reference, VIEW_TEXT),
	VIEW_F(struct ruling_view, amends, VIEW_TEXT),
	VIEW_AS(struct ruling_view, amended_by, "amendedBy", VIEW_TEXT),
	VIEW_F(struct ruling_view, lead, VIEW_TEXT),
	VIEW_F(struct ruling_view, owner, VIEW_TEXT),
	VIEW_AS(struct ruling_view, next_meeting, "nextMeeting", VIEW_TEXT),
	VIEW_F(struct ruling_view, pledges, VIEW_TEXT),
	VIEW_F(struct ruling_view, votes, VIEW_TEXT),
	VIEW_F(struct ruling_view, reason, VIEW_TEXT),
	VIEW_F(struct ruling_view, conditions, VIEW_TEXT),
	VIEW_F(struct ruling_view, questions, VIEW_TEXT),
	VIEW_F(struct ruling_view, worked, VIEW_TEXT),
	VIEW_F(struct ruling_view, failed, VIEW_TEXT),
	VIEW_F(struct ruling_view, lessons, VIEW_TEXT),
	VIEW_F(struct ruling_view, meeting, VIEW_TEXT),
	VIEW_F(struct ruling_view, secretary, VIEW_TEXT),
	VIEW_F(struct ruling_view, chair, VIEW_TEXT),
	VIEW_F(struct ruling_view, instrument, VIEW_TEXT),
	VIEW_AS(struct ruling_view, owner_word, "ownerWord", VIEW_TEXT),
	VIEW_F(struct ruling_view, number, VIEW_INT),
	VIEW_F(struct ruling_view, proposal, VIEW_INT),
	VIEW_F(struct ruling_view, hours, VIEW_INT),
	VIEW_AS(struct ruling_view, due_day, "dueDay", VIEW_DAY),
	VIEW_AS(struct ruling_view, signed_at, "signedAt", VIEW_MOMENT),
	VIEW_AS(struct ruling_view, feedback_day, "feedbackDay", VIEW_DAY),
	VIEW_AS(struct ruling_view, ruling, "ruling", VIEW_CODE, .codes = RULINGS),
	VIEW_F(struct ruling_view, draft, VIEW_BOOL),
	VIEW_AS(struct ruling_view, no_lead, "leadEnded", VIEW_BOOL),
	VIEW_AS(struct ruling_view, feedback_later, "feedbackLater", VIEW_BOOL),
	VIEW_F(struct ruling_view, amended, VIEW_BOOL),
	VIEW_AS(struct ruling_view, dissents, "dissents", VIEW_LIST, .view = &DISSENT_VIEW_),
};
const struct view RULING_VIEW = VIEW_OF(struct ruling_view, RULING_FIELDS);

static const struct view_field PROPOSAL_FIELDS[] = {
	VIEW_F(struct proposal_view, instrument, VIEW_TEXT),
	VIEW_F(struct proposal_view, lead, VIEW_TEXT),
	VIEW_AS(struct proposal_view, co_owners, "coOwners", VIEW_TEXT),
	VIEW_F(struct proposal_view, approach, VIEW_TEXT),
	VIEW_F(struct proposal_view, effect, VIEW_TEXT),
	VIEW_F(struct proposal_view, indicator, VIEW_TEXT),
	VIEW_F(struct proposal_view, basis, VIEW_TEXT),
	VIEW_F(struct proposal_view, answer, VIEW_TEXT),
	VIEW_AS(struct proposal_view, rule_href, "ruleHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct proposal_view, waits_for, "waitsFor", VIEW_TEXT),
	VIEW_F(struct proposal_view, number, VIEW_INT),
	VIEW_F(struct proposal_view, hours, VIEW_INT),
	VIEW_AS(struct proposal_view, wanted_day, "wantedDay", VIEW_DAY),
	VIEW_AS(struct proposal_view, kind, "kind", VIEW_CODE, .codes = ADVICE_KINDS),
	VIEW_AS(struct proposal_view, weight, "weight", VIEW_CODE, .codes = ADVICE_WEIGHTS),
	VIEW_AS(struct proposal_view, feasible, "feasible", VIEW_CODE, .codes = FEASIBILITIES),
	VIEW_AS(struct proposal_view, ruling, "ruling", VIEW_OBJECT, .view = &RULING_VIEW),
};
const struct view PROPOSAL_VIEW = VIEW_OF(struct proposal_view, PROPOSAL_FIELDS);

/* ---- loading --------------------------------------------------------------------------------- */

static enum status load_advice(struct request *rq, int64_t casefile_id, struct matter *ret,
                               struct error *reterr)
{
	struct keyring *k = plein_of(rq)->keyring;
	struct error none = { 0 };
	enum status st = advice_of_casefile(rq->db, casefile_id, rq->arena, &ret->advice, &none);

	if (st == ERR_NOT_FOUND)
		return OK;
	if (st != OK)
		return *reterr = none, st;
	ret->has_advice = advice_is_final(&ret->advice);
	if (!ret->has_advice)
		return OK;
	st = advice_texts_open(rq->db, k, &ret->advice, rq->arena, &ret->texts, reterr);
	return st == OK
	           ? advice_proposals(rq->db, k, &ret->advice, rq->arena, &ret->proposals, reterr)
	           : st;
}

enum status matter_load(struct request *rq, const struct steering_point *p, struct matter *ret,
                        struct error *reterr)
{
	*ret = (struct matter){ 0 };
	enum status st = p->casefile_id != 0 ? load_advice(rq, p->casefile_id, ret, reterr) : OK;
	if (st == OK)
		st = decisions_of_point(rq->db, p->id, rq->now_ms, rq->arena, &ret->decisions,
		                        reterr);
	if (st == OK && p->casefile_id != 0)
		st = decisions_of_casefile(rq->db, p->casefile_id, rq->now_ms, rq->arena,
		                           &ret->earlier, reterr);
	if (st == OK)
		st = pledges_of_point(rq->db, p->id, rq->arena, &ret->pledges, reterr);
	return st == OK ? votes_of_point(rq->db, p->id, rq->arena, &ret->votes, reterr) : st;
}

const struct advice_proposal *proposal_of(const struct matter *m, int64_t id)
{
	const struct advice_proposal *p = m->proposals.items;

	for (size_t i = 0; i < m->proposals.count; i++)
		if (p[i].id == id)
			return &p[i];
	return NULL;
}

const struct advice_proposal *proposal_numbered(const struct matter *m, int64_t number)
{
	const struct advice_proposal *p = m->proposals.items;

	for (size_t i = 0; i < m->proposals.count; i++)
		if (p[i].number == number)
			return &p[i];
	return NULL;
}

const struct steering_decision *ruling_of(const struct matter *m, int64_t proposal_id)
{
	const struct steering_decision *d = m->decisions.items;

	for (size_t i = 0; i < m->decisions.count; i++)
		if (d[i].proposal_id == proposal_id)
			return &d[i];
	return NULL;
}

const struct steering_decision *standing_of(const struct matter *m, int64_t proposal_id)
{
	const struct steering_decision *d = m->earlier.items, *own = m->decisions.items;
	const int64_t here = m->decisions.count > 0 ? own[0].point_id : 0;

	for (size_t i = 0; i < m->earlier.count; i++)
		if (d[i].proposal_id == proposal_id && d[i].amended_by[0] == '\0' &&
		    d[i].point_id != here)
			return &d[i];
	return NULL;
}

bool subject_stands(const struct steering_point *p, const struct matter *m)
{
	switch (p->kind) {
	case POINT_ADVICE:
		return p->casefile_state == CASEFILE_AT_STEERING &&
		       (p->advice_id == 0 ? !m->has_advice
		                          : m->has_advice && m->advice.id == p->advice_id);
	case POINT_RECONSIDER:
		return p->casefile_state == CASEFILE_DECIDED ||
		       p->casefile_state == CASEFILE_EXECUTION;
	case POINT_CLOSING:
		return p->casefile_state == CASEFILE_EVALUATION;
	default:
		return true;
	}
}

/* ---- one ruling ------------------------------------------------------------------------------ */

static const char *or_null(const char *text)
{
	return text != NULL && text[0] != '\0' ? text : NULL;
}

static const char *pledge_words(struct arena *a, const struct matter *m, int64_t decision_id)
{
	const struct pledge_row *p = m->pledges.items;
	const char *ret = NULL;

	for (size_t i = 0; i < m->pledges.count; i++)
		if (p[i].decision_id == decision_id)
			ret = arena_printf(a, "%s%s%s %lld uur", ret != NULL ? ret : "",
			                   ret != NULL ? ", " : "", p[i].participant,
			                   (long long)p[i].hours);
	return ret;
}

static const char *vote_words(struct arena *a, const struct matter *m, int64_t decision_id)
{
	const struct vote_row *v = m->votes.items;
	const char *ret = NULL;

	for (size_t i = 0; i < m->votes.count; i++)
		if (v[i].decision_id == decision_id)
			ret = arena_printf(a, "%s%s%s: %s", ret != NULL ? ret : "",
			                   ret != NULL ? "; " : "", v[i].on_behalf,
			                   code_label(VOTES, v[i].vote));
	return ret;
}

static enum status load_words(struct request *rq, const struct steering_decision *d,
                              struct ruling_view *ret, struct error *reterr)
{
	const char **to[] = {
		[STEERING_REASON] = &ret->reason,       [STEERING_CONDITIONS] = &ret->conditions,
		[STEERING_QUESTIONS] = &ret->questions, [STEERING_LESSONS] = &ret->lessons,
		[STEERING_WORKED] = &ret->worked,       [STEERING_FAILED] = &ret->failed
	};
	enum status st = OK;

	for (int kind = STEERING_REASON; st == OK && kind < STEERING_WORDS_COUNT; kind++) {
		if (to[kind] == NULL)
			continue;
		const struct steering_text which = { .point_id = d->point_id,
			                             .proposal_id = d->proposal_id,
			                             .kind = (enum steering_words)kind };
		st = steering_text_load(rq->db, plein_of(rq)->keyring, &which, rq->arena, to[kind],
		                        reterr);
		*to[kind] = or_null(*to[kind]);
	}
	return st;
}

static enum status load_dissents(struct request *rq, const struct matter *m,
                                 const struct steering_decision *d, struct ruling_view *ret,
                                 struct error *reterr)
{
	const struct vote_row *v = m->votes.items;
	struct dissent_view *rows = ARENA_ARRAY(rq->arena, struct dissent_view, m->votes.count + 1);
	size_t count = 0;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < m->votes.count; i++) {
		const struct steering_text which = { .point_id = d->point_id,
			                             .proposal_id = d->proposal_id,
			                             .organ_id = v[i].organ_id,
			                             .kind = STEERING_DISSENT };
		const char *text = "";
		if (v[i].decision_id != d->id)
			continue;
		st = steering_text_load(rq->db, plein_of(rq)->keyring, &which, rq->arena, &text,
		                        reterr);
		if (st == OK && text[0] != '\0')
			rows[count++] = (struct dissent_view){ v[i].on_behalf, text };
	}
	ret->dissents = (struct array){ rows, count };
	return st;
}

enum status ruling_view_load(struct request *rq, const struct matter *m,
                             const struct steering_decision *d, struct ruling_view *ret,
                             struct error *reterr)
{
	const struct advice_proposal *p = proposal_of(m, d->proposal_id);
	const struct law_instrument *instrument = p != NULL ? law_instrument(p->instrument) : NULL;
	const bool closes = d->ruling == RULING_CLOSE;

	*ret = (struct ruling_view){
		.reference = or_null(d->reference),
		.amends = or_null(d->amends),
		.amended_by = or_null(d->amended_by),
		.amended = d->amended_by[0] != '\0',
		.lead = or_null(d->lead),
		.owner = or_null(d->owner),
		.next_meeting = or_null(d->next_meeting),
		.pledges = pledge_words(rq->arena, m, d->id),
		.votes = vote_words(rq->arena, m, d->id),
		.meeting = d->meeting,
		.secretary = or_null(d->secretary),
		.chair = or_null(d->chair),
		.instrument = instrument != NULL ? instrument->label : NULL,
		.owner_word = code_label(OWNER_WORDS, d->owner_agreed),
		.number = d->number,
		.proposal = p != NULL ? p->number : 0,
		.hours = d->hours,
		.due_day = d->due_day != 0 ? d->due_day : INT64_MIN,
		.signed_at = moment_or_none(d->signed_at),
		.feedback_day = closes && d->feedback_day != 0 ? d->feedback_day : INT64_MIN,
		.feedback_later = closes && d->feedback_day != 0,
		.ruling = d->ruling,
		.draft = d->number == 0,
		.no_lead = d->lead_id != 0 && !d->lead_in_force,
	};
	const enum status st = load_words(rq, d, ret, reterr);
	return st == OK ? load_dissents(rq, m, d, ret, reterr) : st;
}

/* ---- proposals ------------------------------------------------------------------------------- */

static const char *co_owner_words(struct arena *a, const struct advice_proposal *p)
{
	const struct co_owner *c = p->co_owners.items;
	const char *ret = NULL;

	for (size_t i = 0; i < p->co_owners.count; i++)
		ret = ret == NULL ? c[i].on_behalf : arena_printf(a, "%s, %s", ret, c[i].on_behalf);
	return ret;
}

static struct proposal_view view_of(struct arena *a, const struct matter *m,
                                    const struct advice_proposal *p)
{
	const struct law_instrument *instrument = law_instrument(p->instrument);
	const struct advice_proposal *first = proposal_numbered(m, p->waits_for);

	return (struct proposal_view){
		.instrument = instrument != NULL ? instrument->label : "Interventie",
		.lead = p->lead,
		.co_owners = co_owner_words(a, p),
		.approach = or_null(p->texts.approach),
		.effect = or_null(p->texts.effect),
		.indicator = or_null(p->texts.indicator),
		.basis = or_null(p->texts.basis),
		.answer = or_null(p->answer),
		.waits_for = first != NULL
		                 ? arena_printf(a, "eerst voorstel %lld", (long long)first->number)
		                 : NULL,
		.number = p->number,
		.hours = proposal_hours(p),
		.wanted_day = p->wanted_day != 0 ? p->wanted_day : INT64_MIN,
		.kind = p->kind,
		.weight = p->weight,
		.feasible = (int)p->feasible,
	};
}

bool may_rule(int point_kind, const struct steering_decision *before)
{
	if (point_kind == POINT_RECONSIDER)
		return before != NULL;
	return point_kind == POINT_ADVICE && (before == NULL || before->ruling == RULING_DEFER);
}

enum status proposal_views(struct request *rq, const struct on_point *on, const struct matter *m,
                           struct array *ret, struct error *reterr)
{
	const struct advice_proposal *p = m->proposals.items;
	struct proposal_view *rows =
	    ARENA_ARRAY(rq->arena, struct proposal_view, m->proposals.count + 1);
	const bool rules = on != NULL && access_permits(rq->viewer->role, PERM_STEERING_RUN) &&
	                   on->point.state == POINT_WAITING && subject_stands(&on->point, m);
	enum status st = OK;

	for (size_t i = 0; st == OK && i < m->proposals.count; i++) {
		const struct steering_decision *d = ruling_of(m, p[i].id);
		const struct steering_decision *before = standing_of(m, p[i].id);
		rows[i] = view_of(rq->arena, m, &p[i]);
		if (rules && may_rule(on->point.kind, before))
			rows[i].rule_href = point_path(
			    rq->arena, on,
			    arena_printf(rq->arena, "/rulings/%lld", (long long)p[i].number));
		if (d == NULL)
			d = before;
		if (d == NULL)
			continue;
		struct ruling_view *v = ARENA_NEW(rq->arena, struct ruling_view);
		st = ruling_view_load(rq, m, d, v, reterr);
		rows[i].ruling = v;
	}
	*ret = (struct array){ rows, m->proposals.count };
	return st;
}
