/* Around interventions: what comes due, what stays, the ledger of seizure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "interventions/intervention_forget.h"
#include "interventions/interventions_due.h"
#include "intervention_play.h"

/* ---- what comes due by itself ---------------------------------------------------------------------------- */

static struct interventions_found look(struct room *r, int days)
{
	struct interventions_found found;
	struct error e = { 0 };

	r->b->h->clock.fixed_ms = HOUSE_NOW + (int64_t)days * 86400000;
	assert_int_equal(interventions_due(r->b->h->plein.db, r->b->h->clock.fixed_ms, &found, &e),
	                 OK);
	return found;
}

static void a_report_is_asked_before_its_day_and_told_late_after_it_once(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);

	assert_int_equal(look(r, 3).asked, 0);
	assert_int_equal(look(r, 26).asked, 1);
	assert_int_equal(count(r->b, "SELECT count(*) FROM task WHERE kind = 86 AND done_at = 0"),
	                 1);
	assert_int_equal(look(r, 27).asked, 0);
	assert_int_equal(look(r, 31).late, 1);
	assert_int_equal(look(r, 32).late, 0);
	visitor_sign_in(r->v_lead, r->lead);
	visit(r->v_lead, "/");
	assert_page_says(r->v_lead, "De stand van een interventie is te laat");
	visit(r->v_lead, "/interventions?late=LATE");
	assert_page_says(r->v_lead, ref);
	visitor_sign_in(r->v_exec, r->exec);
	send_from(r->v_exec, there(r, ref, ""), there(r, ref, "/reports"),
	          "standing=ON_SCHEDULE&hours=2");
	assert_int_equal(count(r->b, "SELECT count(*) FROM task WHERE kind = 86 AND done_at = 0"),
	                 0);
	assert_int_equal(count(r->b, "SELECT sum(late_report) FROM intervention_statistic"), 1);
	assert_int_equal(look(r, 33).asked, 0);
	close_room(r);
}

/* The tax office works along, and has as long as the police to report. */
static const struct db_stmt WORKS_ALONG = {
	"test_works_along", "i",
	"INSERT INTO intervention_owner (intervention_id, organ_id, participant_id, place, answer,"
	" asked_at, hours_pledged, report_due) SELECT w.intervention_id, $1, w.participant_id, 2,"
	" w.answer, w.asked_at, w.hours_pledged, w.report_due FROM intervention_owner w"
};

static enum status works_along_run(struct db_tx *tx, void *args, struct error *reterr)
{
	return db_exec(tx, &WORKS_ALONG, DB_ARGS(DB_INT(*(const int64_t *)args)), NULL, reterr);
}

static void two_organs_late_on_one_day_are_one_piece_of_news(void **state)
{
	struct room *r = open_room(*state);

	(void)running(r);
	store_world_run(r->b->h->store, works_along_run, &r->b->tax_organ);
	assert_int_equal(look(r, 31).late, 2);
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention_owner WHERE late = 1"), 2);
	assert_int_equal(count(r->b, "SELECT count(*) FROM news WHERE kind = 82"), 2);
	assert_int_equal(count(r->b,
	                       "SELECT count(*) FROM (SELECT DISTINCT audience_id FROM news WHERE"
	                       " kind = 82) AS told"),
	                 2);
	close_room(r);
}

static void the_effect_and_the_place_come_back_by_themselves(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);
	const char *to = there(r, ref, "/effect");

	step_with(r, r->v_exec, ref, "execute", "executedDay=23-11-2026&result=Klaar");
	step(r, r->v_lead, ref, "confirm");
	assert_int_equal(look(r, 80).effects, 0);
	assert_int_equal(look(r, 95).effects, 1);
	assert_int_equal(look(r, 96).effects, 0);
	visitor_sign_in(r->v_lead, r->lead);
	send_from(r->v_lead, to, to,
	          "effect=LITTLE&seen=Rustiger&place=Havenweg&recheckDay=1-4-2027");
	assert_int_equal(look(r, 100).rechecks, 0);
	assert_int_equal(look(r, 140).rechecks, 1);
	assert_int_equal(look(r, 141).rechecks, 0);
	visitor_sign_in(r->v_lead, r->lead);
	send_from(r->v_lead, there(r, ref, ""), there(r, ref, "/_recheck"),
	          "months=3&seen=Zandwijk%20is%20terug");
	assert_int_equal(r->v_lead->code, 400);
	send_from(r->v_lead, there(r, ref, ""), there(r, ref, "/_recheck"),
	          "months=3&seen=Nog%20steeds%20rustig");
	assert_page_says(r->v_lead, "Bewaard: zo is het er nu.");
	assert_page_says(r->v_lead, "Later gezien: Nog steeds rustig");
	assert_int_equal(count(r->b, "SELECT count(*) FROM task WHERE kind = 88 AND done_at = 0"),
	                 0);
	assert_int_equal(look(r, 190).effects, 1); /* six months */
	close_room(r);
}

#define UNSEEN(a, b, c)                                                                            \
	"{\"label\":\"Na drie maanden\",\"parts\":[{\"value\":" a                                  \
	",\"hidden\":false}],\"total\":" a                                                         \
	"},{\"label\":\"Na zes maanden\",\"parts\":[{\"value\":" b                                 \
	",\"hidden\":false}],\"total\":" b                                                         \
	"},{\"label\":\"Na twaalf maanden\",\"parts\":[{\"value\":" c ",\"hidden\":false}]"

static void see_unseen(struct room *r, int days, const char *figures)
{
	r->b->h->clock.fixed_ms = HOUSE_NOW + (int64_t)days * 86400000;
	visitor_sign_in(r->b->v_head, r->b->head);
	visit(r->b->v_head, "/api/v1/monitor");
	assert_page_says(r->b->v_head, figures);
}

static void what_nobody_looked_at_in_time_stands_on_the_monitor(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);
	const char *to = there(r, ref, "/effect");

	r->b->v_head = signed_in(r->b->h, r->b->head);
	step_with(r, r->v_exec, ref, "execute", "executedDay=23-11-2026&result=Klaar");
	step(r, r->v_lead, ref, "confirm");
	see_unseen(r, 90, UNSEEN("0", "0", "0")); /* 22 February */
	see_unseen(r, 91, UNSEEN("1", "0", "0"));
	visitor_sign_in(r->v_lead, r->lead);
	send_from(r->v_lead, to, to, "effect=LITTLE&seen=Rustiger");
	see_unseen(r, 92, UNSEEN("0", "0", "0"));
	see_unseen(r, 179, UNSEEN("0", "0", "0")); /* 22 May */
	see_unseen(r, 180, UNSEEN("0", "1", "0"));
	see_unseen(r, 364, UNSEEN("0", "1", "1"));
	visit(r->b->v_head, "/api/v1/monitor?weight=HEAVY");
	assert_page_says(r->b->v_head, UNSEEN("0", "0", "0"));
	close_room(r);
}

/* Carried out on 31 August: three months later is 30 November. */
static void after_a_month_s_last_day_it_is_due_on_the_last_day_of_a_shorter_one(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);

	r->b->v_head = signed_in(r->b->h, r->b->head);
	step_with(r, r->v_exec, ref, "execute", "executedDay=31-8-2026&result=Klaar");
	step(r, r->v_lead, ref, "confirm");
	see_unseen(r, 5, UNSEEN("0", "0", "0"));
	see_unseen(r, 6, UNSEEN("1", "0", "0"));
	close_room(r);
}

static enum status forget_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct room *r = args;
	return interventions_forget_casefile(tx, r->b->casefile, HOUSE_NOW, reterr);
}

static void when_the_casefile_goes_only_what_names_nobody_stays(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);
	const int64_t keys = count(r->b, "SELECT count(*) FROM sealed_key");

	send_from(r->v_exec, there(r, ref, ""), there(r, ref, "/reports"),
	          "standing=ON_SCHEDULE&hours=12&note=Loopt");
	assert_int_equal(count(r->b, "SELECT count(*) FROM sealed_key"), keys + 1);
	store_world_run(r->b->h->store, forget_run, r);
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention"), 0);
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention_text"), 0);
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention_audience"), 0);
	assert_int_equal(count(r->b, "SELECT count(*) FROM sealed_key"), keys - 2);
	assert_int_equal(count(r->b, "SELECT sum(hours_delivered) FROM intervention_statistic"),
	                 12);
	visit(r->v_exec, there(r, ref, ""));
	assert_int_equal(r->v_exec->code, 404);
	close_room(r);
}

/* ---- the effect outlives the casefile --------------------------------------------------------------------- */

/* Carried out on 23 November 2026, confirmed, its casefile destroyed half a year later. */
static const char *left_behind(struct room *r)
{
	const char *ref = running(r);

	step_with(r, r->v_exec, ref, "execute", "executedDay=23-11-2026&result=Klaar");
	step(r, r->v_lead, ref, "confirm");
	r->b->h->clock.fixed_ms = HOUSE_NOW + INT64_C(190) * 86400000;
	store_world_run(r->b->h->store, forget_run, r);
	visitor_sign_in(r->v_lead, r->lead);
	return ref;
}

static void the_effect_is_still_seen_when_the_casefile_is_gone(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = left_behind(r);
	const char *to = there(r, ref, "/effect");

	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention WHERE casefile_id = 0"), 1);
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention_text"), 0);
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention_history"), 0);
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention_owner WHERE executor_id"
	                             " IS NOT NULL OR answered_by IS NOT NULL"),
	                 0);
	visit(r->v_lead, there(r, ref, ""));
	assert_page_says(r->v_lead, "De casus is vernietigd");
	assert_page_says(r->v_lead, "Geen opslag van grondstoffen meer op het terrein");
	assert_int_equal(look(r, 191).effects, 1);
	visitor_sign_in(r->v_lead, r->lead);
	visit(r->v_lead, "/");
	assert_page_says(r->v_lead, "Beoordeel het effect");
	send_from(r->v_lead, to, to, "effect=LITTLE&seen=Rustiger");
	assert_page_says(r->v_lead, "De casus is weg; dit blijft.");
	send_from(r->v_lead, to, to, "effect=CLEAR&seen=Nog%20rustiger");
	look(r, 366);
	visitor_sign_in(r->v_lead, r->lead);
	visit(r->v_lead, "/");
	assert_page_says(r->v_lead, "Beoordeel het effect");
	send_from(r->v_lead, to, to, "effect=SOLVED&seen=Al%20een%20jaar%20stil");
	assert_page_says(r->v_lead, "Na 12 maanden: effect 3 van 3");
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention_statistic"
	                             " WHERE months = 12 AND effect = 3 AND transition = 0"),
	                 1);
	assert_int_equal(count(r->b, "SELECT effect FROM intervention_statistic"
	                             " WHERE months = 6"),
	                 2);
	assert_int_equal(count(r->b, "SELECT count(*) FROM task WHERE kind = 87 AND done_at = 0"),
	                 0);
	close_room(r);
}

static void what_is_left_opens_to_who_looks_and_to_nobody_else(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = left_behind(r);
	struct house *h = r->b->h;

	visitor_sign_in(r->v_exec, r->exec);
	visit(r->v_exec, there(r, ref, ""));
	assert_int_equal(r->v_exec->code, 404);
	r->v_desk = signed_in(
	    h, house_hire(h, "balie@politie.example", ROLE_PARTNER_DESK, h->police_organ));
	visit(r->v_desk, there(r, ref, "/effect"));
	assert_int_equal(r->v_desk->code, 200);
	r->v_sec = signed_in(h, r->sec);
	visit(r->v_sec, there(r, ref, "/effect"));
	assert_int_equal(r->v_sec->code, 409); /* the regievoerder is still there */
	struct visitor *other =
	    signed_in(h, house_hire(h, "elders@duinwaard.example", ROLE_PARTNER_DESK, 0));
	visit(other, there(r, ref, ""));
	assert_int_equal(other->code, 404);
	visitor_free(other);
	static const char *const GONE[] = { "/papers", "/move/close", "/lead", "/who-sees" };
	for (size_t i = 0; i < sizeof GONE / sizeof GONE[0]; i++) {
		visit(r->v_lead, there(r, ref, GONE[i]));
		assert_int_equal(r->v_lead->code, 404);
	}
	close_room(r);
}

static void after_the_last_look_nothing_is_left_but_the_effects(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = left_behind(r);
	const char *to = there(r, ref, "/effect");

	send_from(r->v_lead, to, to,
	          "effect=LITTLE&seen=Rustiger&place=Havenweg&recheckDay=1-12-2027");
	send_from(r->v_lead, to, to, "effect=CLEAR&seen=Nog%20rustiger");
	look(r, 366);
	visitor_sign_in(r->v_lead, r->lead);
	send_from(r->v_lead, to, to, "effect=SOLVED&seen=Stil");
	assert_int_equal(look(r, 367).ended, 0); /* the place waits for a second look */
	look(r, 375);
	visitor_sign_in(r->v_lead, r->lead);
	send_from(r->v_lead, there(r, ref, ""), there(r, ref, "/_recheck"),
	          "months=3&seen=Rustig%20gebleven");
	assert_page_says(r->v_lead, "Later gezien: Rustig gebleven");
	assert_int_equal(look(r, 376).ended, 1);
	assert_int_equal(look(r, 377).ended, 0);
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention"), 0);
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention_owner"), 0);
	assert_int_equal(count(r->b, "SELECT count(*) FROM effect_yardstick"), 0);
	assert_int_equal(count(r->b, "SELECT count(*) FROM effect_assessment"), 3);
	visitor_sign_in(r->v_lead, r->lead);
	visit(r->v_lead, there(r, ref, ""));
	assert_int_equal(r->v_lead->code, 404);
	close_room(r);
}

static void what_nobody_looked_at_goes_after_a_year_and_a_half(void **state)
{
	struct room *r = open_room(*state);

	left_behind(r);
	assert_int_equal(look(r, 549).ended, 0);
	assert_int_equal(look(r, 552).ended, 1);
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention"), 0);
	close_room(r);
}

static void a_goal_that_names_somebody_goes_with_the_casefile(void **state)
{
	struct room *r = open_room(*state);
	struct decision d = plan(r, 41);

	intervention_seal_part(r->b->h->plein.keyring, &d.n, INTERVENTION_EFFECT,
	                       "Milan Zandwijk stopt", &r->b->h->arena);
	intervention_seal_part(r->b->h->plein.keyring, &d.n, INTERVENTION_INDICATOR,
	                       "Minder meldingen", &r->b->h->arena);
	decide(&d);
	assert_int_equal(d.st, OK);
	const char *ref = d.reference;
	r->v_lead = signed_in(r->b->h, r->lead);
	r->v_exec = signed_in(r->b->h, r->exec);
	step_with(
	    r, r->v_lead, ref, "assign",
	    arena_printf(&r->b->h->arena, "executor=%lld", (long long)r->exec->appointment_id));
	step(r, r->v_exec, ref, "start");
	step_with(r, r->v_exec, ref, "execute", "executedDay=23-11-2026&result=Klaar");
	step(r, r->v_lead, ref, "confirm");
	assert_page_says(r->v_lead, "het doel noemt een persoon");
	assert_int_equal(count(r->b, "SELECT count(*) FROM effect_yardstick WHERE intended = ''"
	                             " AND indicator = 'Minder meldingen'"),
	                 1);
	close_room(r);
}

/* ---- the joint day of action --------------------------------------------------------------------------------- */

static void a_running_sheet_names_nobody_and_stands_in_order_of_time(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);
	const char *days = arena_printf(&r->b->h->arena, "/casefiles/%s/action-days", r->b->ref);
	const char *one = arena_printf(&r->b->h->arena, "%s/1", days);
	const char *steps = arena_printf(&r->b->h->arena, "%s/steps", one);

	send_from(r->v_lead, days, days, "day=1-12-2026&gather=Bij%20Zandwijk%20thuis");
	assert_int_equal(r->v_lead->code, 400);
	assert_page_says(r->v_lead, "Hier staat een naam uit de casus");
	send_from(r->v_lead, days, days, "day=1-12-2026&gather=Bureau%20Haven");
	assert_page_says(r->v_lead, "De dag staat.");
	send_from(r->v_lead, one, steps, "time=14.05&what=Pand%20betreden");
	send_from(r->v_lead, one, steps,
	          arena_printf(&r->b->h->arena, "time=8%%20uur&what=Briefing&organ=%lld",
	                       (long long)r->b->h->police_organ));
	send_from(r->v_lead, one, steps, "time=kwart&what=Koffie");
	assert_int_equal(r->v_lead->code, 400);
	send_from(r->v_lead, one, steps, "time=9.00&what=Milan%20Zandwijk%20aanhouden");
	assert_int_equal(r->v_lead->code, 400);
	visit(r->v_lead, one);
	const char *early = strstr(r->v_lead->page, "08.00 uur");
	const char *late = strstr(r->v_lead->page, "14.05 uur");
	assert_true(early != NULL && late != NULL && early < late);
	visit(r->v_exec, one);
	assert_int_equal(r->v_exec->code, 404);
	assert_non_null(ref);
	close_room(r);
}

/* ---- the ledger of seizure ----------------------------------------------------------------------------------- */

static void a_measure_has_seven_columns_against_yearly_targets_and_is_its_owners(void **state)
{
	struct room *r = open_room(*state);
	struct house *h = r->b->h;
	struct visitor *v_other =
	    signed_in(h, house_hire(h, "loket@duinwaard.example", ROLE_PARTNER_DESK, 0));
	struct visitor *v_desk = r->b->v_desk;

	send_from(v_desk, "/seizures/new", "/seizures",
	          "kind=CRIMINAL&asset=VEHICLE&described=Een%20auto&legalBasis=Sv%2094a"
	          "&begunDay=1-11-2026");
	assert_page_says(v_desk, "Voeg nu de bedragen toe.");
	const char *one = arena_strdup(&h->arena, v_desk->path);
	const char *amounts = arena_printf(&h->arena, "%s/amounts", one);
	send_from(v_desk, one, amounts, "column=seized&amount=25.000&day=2-11-2026");
	send_from(v_desk, one, amounts, "column=collected&amount=10.000,50&day=3-11-2026");
	send_from(v_desk, one, amounts, "column=collected&amount=-1&day=3-11-2026");
	assert_int_equal(v_desk->code, 400);
	visit(v_desk, "/seizures");
	assert_page_says(v_desk, "25.000,00");
	assert_page_says(v_desk, "10.000,50");
	assert_false(page_says(v_desk, "35.000,50")); /* never across */
	visit(v_desk, "/seizures?format=csv");
	assert_page_says(v_desk, "In beslag");
	visit(v_other, one);
	assert_int_equal(v_other->code, 404);
	visit(v_other, arena_printf(&h->arena, "%s/end", one));
	assert_int_equal(v_other->code, 404);
	const char *end = arena_printf(&h->arena, "%s/end", one);
	send_from(v_desk, end, end, "endedDay=31-10-2026");
	assert_int_equal(v_desk->code, 400);
	assert_page_says(v_desk, "vóór het begin");
	send_from(v_desk, end, end, "endedDay=20-11-2026");
	assert_page_says(v_desk, "De maatregel is geëindigd. De bedragen blijven staan.");
	assert_page_says(v_desk, "20 november 2026");
	visit(v_desk, end);
	assert_int_equal(v_desk->code, 409);
	visit(v_other, "/seizures");
	assert_false(page_says(v_other, "Voertuig of vaartuig</a>"));
	r->v_sec = signed_in(h, r->sec);
	send_from(r->v_sec, "/seizures/targets", "/seizures/targets",
	          "year=2026&column=seized&amount=50.000");
	assert_page_says(r->v_sec, "Het doel staat vast.");
	visit(r->v_sec, "/seizures");
	assert_page_says(r->v_sec, "50.000,00");
	assert_page_says(r->v_sec, "Voertuig of vaartuig</a>");
	visitor_free(v_other);
	close_room(r);
}

static void a_measure_belongs_to_an_intervention_until_the_casefile_goes(void **state)
{
	struct room *r = open_room(*state);
	struct house *h = r->b->h;
	const char *ref = running(r);
	const char *form = "kind=CRIMINAL&asset=VEHICLE&described=Een%20auto&legalBasis=Sv%2094a"
			   "&begunDay=1-11-2026&intervention=";
	r->v_desk = signed_in(
	    h, house_hire(h, "balie@politie.example", ROLE_PARTNER_DESK, h->police_organ));
	struct visitor *other =
	    signed_in(h, house_hire(h, "loket@duinwaard.example", ROLE_PARTNER_DESK, 0));

	visit(r->v_desk, there(r, ref, ""));
	assert_page_says(r->v_desk, "Leg een maatregel vast");
	send_from(other, "/seizures/new", "/seizures", arena_printf(&h->arena, "%s%s", form, ref));
	assert_int_equal(other->code, 400); /* isn't his: reads as if it weren't there */
	assert_page_says(other, "vinden wij niet voor u");
	send_from(r->v_desk, "/seizures/new", "/seizures",
	          arena_printf(&h->arena, "%s%s", form, ref));
	const char *one = arena_strdup(&h->arena, r->v_desk->path);
	assert_page_says(r->v_desk, ref);
	send_from(r->v_desk, one, arena_printf(&h->arena, "%s/amounts", one),
	          "column=seized&amount=25.000&day=2-11-2026");
	visit(r->v_desk, there(r, ref, ""));
	assert_page_says(r->v_desk, "Voertuig of vaartuig</a>");
	visit(other, one);
	assert_int_equal(other->code, 404);
	const int64_t keys = count(r->b, "SELECT count(*) FROM sealed_key");
	const int64_t other_keys = count(r->b, "SELECT count(*) FROM intervention_text");
	store_world_run(h->store, forget_run, r);
	assert_int_equal(count(r->b, "SELECT count(*) FROM sealed_key"), keys - other_keys - 1);
	assert_int_equal(count(r->b, "SELECT count(*) FROM seizure WHERE described IS NULL"
	                             " AND intervention_id IS NULL AND casefile_id IS NULL"),
	                 1);
	visit(r->v_desk, one);
	assert_int_equal(r->v_desk->code, 200);
	assert_page_says(r->v_desk, "25.000,00");
	assert_false(page_says(r->v_desk, ref));
	visitor_free(other);
	close_room(r);
}

static void of_a_casefile_that_a_hold_keeps_past_its_day_nobody_opens_an_intervention(void **state)
{
	struct room *r = open_room(*state);
	struct house *h = r->b->h;
	const char *ref = running(r);

	assert_int_equal(look(r, 26).asked, 1); /* the executor owes his month */
	visitor_free(r->v_lead);
	visitor_free(r->v_exec);
	r->v_lead = signed_in(h, r->lead);
	r->v_exec = signed_in(h, r->exec);
	r->v_sec = signed_in(h, r->sec);
	visit(r->v_exec, there(r, ref, ""));
	assert_int_equal(r->v_exec->code, 200);
	visit(r->v_exec, "/");
	assert_page_says(r->v_exec, ref);
	hold_hides(r);
	struct visitor *const OUT[] = { r->v_lead, r->v_exec, r->v_sec };
	for (size_t i = 0; i < sizeof OUT / sizeof OUT[0]; i++) {
		visit(OUT[i], there(r, ref, ""));
		assert_int_equal(OUT[i]->code, 404);
		visit(OUT[i], "/interventions");
		assert_false(page_says(OUT[i], ref));
		visit(OUT[i], "/"); /* nor does work wait that leads nowhere */
		assert_false(page_says(OUT[i], ref));
		visit(OUT[i], "/news");
		assert_false(page_says(OUT[i], ref));
	}
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention_audience"), 0);
	assert_true(count(r->b, "SELECT count(*) FROM intervention_text") > 0);
	assert_int_equal(look(r, 31).late, 0);
	close_room(r);
}

static void an_effect_that_a_hold_hid_is_asked_again_when_the_casefile_is_gone(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);

	step_with(r, r->v_exec, ref, "execute", "executedDay=23-11-2026&result=Klaar");
	step(r, r->v_lead, ref, "confirm");
	assert_int_equal(look(r, 95).effects, 1);
	hold_hides(r);
	assert_int_equal(count(r->b, "SELECT count(*) FROM task WHERE kind = 87 AND done_at = 0"),
	                 0);
	assert_int_equal(look(r, 150).effects, 0);
	store_world_run(r->b->h->store, forget_run, r);
	assert_int_equal(look(r, 151).effects, 1); /* of three months: six aren't over */
	visitor_sign_in(r->v_lead, r->lead);
	visit(r->v_lead, "/");
	assert_page_says(r->v_lead, "Beoordeel het effect");
	visit(r->v_lead, there(r, ref, "/effect"));
	assert_page_says(r->v_lead, ", 3 maanden later");
	close_room(r);
}

int main(void)
{
#define HOUSE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		HOUSE(a_report_is_asked_before_its_day_and_told_late_after_it_once),
		HOUSE(two_organs_late_on_one_day_are_one_piece_of_news),
		HOUSE(the_effect_and_the_place_come_back_by_themselves),
		HOUSE(what_nobody_looked_at_in_time_stands_on_the_monitor),
		HOUSE(after_a_month_s_last_day_it_is_due_on_the_last_day_of_a_shorter_one),
		HOUSE(when_the_casefile_goes_only_what_names_nobody_stays),
		HOUSE(of_a_casefile_that_a_hold_keeps_past_its_day_nobody_opens_an_intervention),
		HOUSE(an_effect_that_a_hold_hid_is_asked_again_when_the_casefile_is_gone),
		HOUSE(the_effect_is_still_seen_when_the_casefile_is_gone),
		HOUSE(what_is_left_opens_to_who_looks_and_to_nobody_else),
		HOUSE(after_the_last_look_nothing_is_left_but_the_effects),
		HOUSE(what_nobody_looked_at_goes_after_a_year_and_a_half),
		HOUSE(a_goal_that_names_somebody_goes_with_the_casefile),
		HOUSE(a_running_sheet_names_nobody_and_stands_in_order_of_time),
		HOUSE(a_measure_belongs_to_an_intervention_until_the_casefile_goes),
		HOUSE(a_measure_has_seven_columns_against_yearly_targets_and_is_its_owners),
	};
	return cmocka_run_group_tests_name("around interventions", tests, NULL, NULL);
}
