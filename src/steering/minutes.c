/* Minutes and pack of a meeting as papers: what this viewer may read, written from the data. */
#include "steering/meeting_paper.h"

#include "access/access.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"
#include "steering/agreed.h"
#include "steering/reports.h"
#include "signals/theme.h"

static const char *moment_or_null(struct arena *a, int64_t ms)
{
	return ms > 0 ? dutch_moment(a, ms) : NULL;
}

/* ---- who was there: organisations, never persons ---------------------------------------------- */

static const char *organs_that(struct arena *a, struct array seats, bool there)
{
	const struct steering_seat *s = seats.items;
	const char *ret = NULL;

	for (size_t i = 0; i < seats.count; i++) {
		const bool was =
		    is_present(s[i].seat.presence) || s[i].seat.presence == PRESENCE_LEFT;
		if (was != there)
			continue;
		ret = arena_printf(a, "%s%s%s%s", ret != NULL ? ret : "", ret != NULL ? "; " : "",
		                   s[i].on_behalf,
		                   s[i].seat.presence == PRESENCE_REMOTE ? " (op afstand)"
		                   : s[i].seat.presence == PRESENCE_LEFT ? " (eerder weg)"
		                                                         : "");
	}
	return ret;
}

/* By organisation too, of the points that this reader sees: "GGD (punt 2)". */
static enum status guests_that(struct request *rq, const struct gathering *m, const char **ret,
                               struct error *reterr)
{
	struct array points = { 0 }, guests = { 0 };
	enum status st = point_list(rq->db, rq->viewer, m, rq->arena, &points, reterr);

	if (st == OK)
		st = guest_rows(rq, m, points, &guests, reterr);
	const struct guest_row *g = guests.items;
	*ret = NULL;
	for (size_t i = 0; st == OK && i < guests.count; i++)
		if (g[i].points != NULL)
			*ret = arena_printf(rq->arena, "%s%s%s (%s%s)", *ret != NULL ? *ret : "",
			                    *ret != NULL ? "; " : "", g[i].organisation,
			                    g[i].points, g[i].remote ? ", op afstand" : "");
	return st;
}

static enum status write_head(struct request *rq, const struct gathering *m, struct paper *p,
                              struct error *reterr)
{
	struct array seats = { 0 };
	const char *guests = NULL;
	enum status st = seat_list(rq->db, m->id, rq->arena, &seats, reterr);

	if (st == OK)
		st = guests_that(rq, m, &guests, reterr);
	if (st != OK)
		return st;
	paper_chapter(p, "De vergadering");
	paper_labelled(p, "Nummer", m->reference);
	paper_labelled(p, "Wanneer", moment_or_null(rq->arena, m->starts_at));
	paper_labelled(p, "Waar", m->place);
	paper_labelled(p, "Geopend", moment_or_null(rq->arena, m->opened_at));
	paper_labelled(p, "Gesloten", moment_or_null(rq->arena, m->closed_at));
	paper_labelled(p, "Aanwezig", organs_that(rq->arena, seats, true));
	if (m->opened_at > 0)
		paper_labelled(p, "Afwezig", organs_that(rq->arena, seats, false));
	paper_labelled(p, "Gasten", guests);
	return OK;
}

/* ---- rulings ------------------------------------------------------------------------------------ */

void paper_ruling(struct paper *p, const struct ruling_view *v)
{
	struct arena *a = p->arena;
	const struct dissent_view *d = v->dissents.items;

	paper_labelled(p, "Besluit",
	               arena_printf(a, "%s%s%s", code_label(RULINGS, v->ruling),
	                            v->reference != NULL ? ", " : ", concept",
	                            v->reference != NULL ? v->reference : ""));
	paper_labelled(p, "Wijzigt", v->amends);
	paper_labelled(p, "Gewijzigd door", v->amended_by);
	paper_labelled(p, "Waarom", v->reason);
	paper_labelled(p, "Vragen", v->questions);
	paper_labelled(p, "Voorwaarden", v->conditions);
	paper_labelled(p, "Andere eigenaar", v->owner);
	if (v->hours > 0)
		paper_labelled(p, "Uren", dutch_number(a, v->hours));
	if (v->due_day != INT64_MIN)
		paper_labelled(p, "Klaar op", dutch_date(a, (int32_t)v->due_day));
	paper_labelled(p, "Instemming", v->owner_word);
	paper_labelled(p, "Toegezegd", v->pledges);
	paper_labelled(p, "Stemmen", v->votes);
	for (size_t i = 0; i < v->dissents.count; i++)
		paper_labelled(p, "Afwijkende mening",
		               arena_printf(a, "%s: %s", d[i].organ, d[i].text));
	paper_labelled(p, "Komt terug in", v->next_meeting);
	paper_labelled(p, "Wat werkte", v->worked);
	paper_labelled(p, "Wat werkte niet", v->failed);
	paper_labelled(p, "Volgende keer anders", v->lessons);
	if (v->feedback_day != INT64_MIN)
		paper_labelled(p, "Terugkoppeling uiterlijk",
		               dutch_date(a, (int32_t)v->feedback_day));
}

static void paper_proposal(struct paper *p, const struct proposal_view *v)
{
	struct arena *a = p->arena;

	paper_labelled(p, "Wat", v->approach);
	paper_labelled(p, "Eigenaar", v->lead);
	paper_labelled(p, "Samen met", v->co_owners);
	paper_labelled(p, "Grondslag", v->basis);
	paper_labelled(p, "Beoogd effect", v->effect);
	paper_labelled(p, "Te zien aan", v->indicator);
	paper_labelled(p, "Uren", dutch_number(a, v->hours));
	if (v->wanted_day != INT64_MIN)
		paper_labelled(p, "Klaar op", dutch_date(a, (int32_t)v->wanted_day));
	paper_labelled(p, "Volgorde", v->waits_for);
	paper_labelled(p, "Antwoord van de eigenaar", v->answer);
}

/* ---- points ------------------------------------------------------------------------------------ */

static enum status write_report(struct request *rq, const struct gathering *m, int kind,
                                struct paper *p, struct error *reterr)
{
	struct array lines = { 0 };
	const enum status st = report_lines(rq, m, kind, &lines, reterr);
	const struct report_line *l = lines.items;

	for (size_t i = 0; st == OK && i < lines.count; i++)
		paper_labelled(
		    p, l[i].reference,
		    arena_printf(rq->arena, "%s%s%s", l[i].what, l[i].day != INT64_MIN ? ", " : "",
		                 l[i].day != INT64_MIN ? dutch_date(rq->arena, (int32_t)l[i].day)
		                                       : ""));
	if (st == OK && lines.count == 0)
		paper_text(p, "Hierover is niets te melden.");
	return st;
}

static enum status write_proposals(struct request *rq, const struct matter *m, bool whole,
                                   struct paper *p, struct error *reterr)
{
	struct array rows = { 0 };
	const enum status st = proposal_views(rq, NULL, m, &rows, reterr);
	const struct proposal_view *v = rows.items;

	for (size_t i = 0; st == OK && i < rows.count; i++) {
		paper_heading(p, arena_printf(rq->arena, "Voorstel %lld: %s",
		                              (long long)v[i].number, v[i].instrument));
		if (whole)
			paper_proposal(p, &v[i]);
		else
			paper_labelled(p, "Eigenaar", v[i].lead);
		if (v[i].ruling != NULL)
			paper_ruling(p, v[i].ruling);
	}
	return st;
}

static enum status write_point(struct request *rq, const struct on_point *on, bool whole,
                               struct paper *p, struct error *reterr)
{
	struct matter m = { 0 };
	const char *title = NULL;
	enum status st = matter_load(rq, &on->point, &m, reterr);

	/* minutes name numbers: the title of a casefile is for the pack alone */
	if (st == OK && (whole || on->point.casefile_id == 0))
		st = point_title(rq, &on->point, &title, reterr);
	if (st != OK)
		return st;
	paper_chapter(p, arena_printf(rq->arena, "%lld. %s%s%s", (long long)on->number,
	                              on->point.casefile,
	                              on->point.casefile_id != 0 && title != NULL ? ", " : "",
	                              title != NULL ? title : ""));
	if (on->point.casefile_id != 0) /* a report is called by its kind */
		paper_labelled(p, "Wat", code_label(POINT_KINDS, on->point.kind));
	paper_labelled(p, "Stand", machine_state(&POINT_MACHINE, on->point.state)->label);
	if (on->point.casefile_id == 0)
		return write_report(rq, &on->meeting, on->point.kind, p, reterr);
	if (whole) {
		paper_labelled(p, "Advies", m.has_advice ? m.advice.reference : NULL);
		paper_text(p, m.texts.introduction);
		paper_labelled(p, "Conclusie", m.texts.conclusion);
	}
	const struct steering_decision *d = ruling_of(&m, 0);
	if (d != NULL) {
		struct ruling_view v;
		st = ruling_view_load(rq, &m, d, &v, reterr);
		if (st == OK)
			paper_ruling(p, &v);
	}
	return st == OK ? write_proposals(rq, &m, whole, p, reterr) : st;
}

enum status write_points(struct request *rq, const struct gathering *m, bool whole,
                         point_wanted *wanted, void *context, struct paper *p, struct error *reterr)
{
	struct array points = { 0 };
	enum status st = point_list(rq->db, rq->viewer, m, rq->arena, &points, reterr);
	const struct steering_point *of = points.items;

	for (size_t i = 0; st == OK && i < points.count; i++) {
		const struct on_point on = { *m, of[i], (int64_t)i + 1 };
		if (wanted == NULL || wanted(&of[i], context))
			st = write_point(rq, &on, whole, p, reterr);
	}
	return st;
}

/* ---- minutes ----------------------------------------------------------------------------------- */

static enum status write_actions(struct request *rq, const struct gathering *m, struct paper *p,
                                 struct error *reterr)
{
	struct keyring *k = plein_of(rq)->keyring;
	struct array actions = { 0 }, questions = { 0 };
	enum status st =
	    action_list(rq->db, k, rq->viewer, m->id, false, rq->arena, &actions, reterr);

	if (st == OK)
		st = escalation_list(rq->db, k, rq->viewer, m->id, rq->arena, &questions, reterr);
	const struct agreed_action *x = actions.items;
	const struct escalation *q = questions.items;
	if (st == OK && actions.count > 0)
		paper_chapter(p, "Actielijst");
	for (size_t i = 0; st == OK && i < actions.count; i++)
		paper_labelled(
		    p, x[i].reference,
		    arena_printf(rq->arena, "%s (%s, uiterlijk %s)%s", x[i].text,
		                 x[i].on_behalf[0] != '\0' ? x[i].on_behalf : "RIEC-bureau",
		                 dutch_date(rq->arena, (int32_t)x[i].due_day),
		                 x[i].done_at > 0 ? ", klaar" : ""));
	if (st == OK && questions.count > 0)
		paper_chapter(p, "Vragen aan de Stuurgroep");
	for (size_t i = 0; st == OK && i < questions.count; i++)
		paper_labelled(p, q[i].reference,
		               arena_printf(rq->arena, "%s%s%s", q[i].question,
		                            q[i].answer[0] != '\0' ? " Antwoord: " : "",
		                            q[i].answer));
	return st;
}

enum status minutes_write(struct request *rq, const struct gathering *m, struct paper *p,
                          struct error *reterr)
{
	paper_begin(p, rq->arena, arena_printf(rq->arena, "Verslag Stuurploeg %s", m->reference));
	p->under = m->state == STEERING_SIGNED_OFF
	               ? "Vastgelegd door de secretaris en getekend door de voorzitter."
	               : "Concept: de voorzitter heeft nog niet getekend.";
	enum status st = write_head(rq, m, p, reterr);
	if (st == OK)
		st = write_points(rq, m, false, NULL, NULL, p, reterr);
	return st == OK ? write_actions(rq, m, p, reterr) : st;
}
