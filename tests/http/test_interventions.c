/* Interventions by role: decided, agreed, assigned, reported, carried out, measured; and what may not be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "intervention_play.h"
#include "platform/core/calendar.h"

static const struct db_stmt END_APPOINTMENT = {
	"test_end_appointment", "ii", "UPDATE appointment SET ended_at = $2 WHERE id = $1"
};

/* ---- promises: deciding --------------------------------------------------------------------------- */

static void
a_decision_with_every_owner_agreed_is_approved_and_waits_for_the_regievoerder(void **state)
{
	struct room *r = open_room(*state);
	struct decision d = plan(r, 41);

	decide(&d);
	assert_int_equal(d.st, OK);
	assert_int_equal(count(r->b, "SELECT state FROM intervention"), INTERVENTION_APPROVED);
	assert_int_equal(count(r->b, "SELECT count(*) FROM task WHERE kind = 81 AND done_at = 0"),
	                 1);
	assert_int_equal(count(r->b, "SELECT count(*) FROM casefile_member WHERE capacity = 4"), 1);
	/* advised, approved, and a pledge: each counted once */
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention_statistic"), 3);
	assert_int_equal(count(r->b, "SELECT sum(hours_pledged) FROM intervention_statistic"), 20);
	assert_int_equal(count(r->b, "SELECT days_in_state FROM intervention_statistic"
	                             " WHERE transition = 3"),
	                 1);
	close_room(r);
}

static void an_owner_who_was_not_there_is_asked_before_anything_is_approved(void **state)
{
	struct room *r = open_room(*state);
	struct decision d = plan(r, 41);

	d.owners[1] = (struct intervention_owner_new){ r->b->tax_organ, 10, 0 };
	d.n.owner_count = 2;
	decide(&d);
	assert_int_equal(d.st, OK);
	assert_int_equal(count(r->b, "SELECT state FROM intervention"), INTERVENTION_AGREEING);
	assert_int_equal(count(r->b, "SELECT count(*) FROM task WHERE kind = 80 AND done_at = 0"),
	                 1);
	close_room(r);
}

static void one_proposal_is_decided_once_and_hours_count_once(void **state)
{
	struct room *r = open_room(*state);
	struct decision d = plan(r, 41), again = plan(r, 41), twice = plan(r, 42);

	decide(&d);
	decide(&again);
	assert_int_equal(again.st, ERR_CONFLICT);
	assert_string_equal(again.sentence, "Over dit voorstel is al besloten.");
	twice.owners[1] = twice.owners[0];
	twice.n.owner_count = 2;
	decide(&twice);
	assert_int_equal(twice.st, ERR_INVALID);
	assert_non_null(strstr(twice.sentence, "twee keer"));
	assert_int_equal(count(r->b, "SELECT sum(hours_pledged) FROM intervention_statistic"), 20);
	close_room(r);
}

static enum status end_lead(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct room *r = args;
	return db_exec(tx, &END_APPOINTMENT,
	               DB_ARGS(DB_INT(r->lead->appointment_id), DB_INT(HOUSE_NOW - 1)), NULL,
	               reterr);
}

static void nobody_gets_a_regievoerder_whose_appointment_ended(void **state)
{
	struct room *r = open_room(*state);
	struct decision d = plan(r, 41);

	store_world_run(r->b->h->store, end_lead, r);
	decide(&d);
	assert_int_equal(d.st, ERR_CONFLICT);
	assert_string_equal(d.sentence, "De aanstelling van deze regievoerder is afgelopen.");
	close_room(r);
}

static void when_the_regievoerder_leaves_the_stuurploeg_names_another(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = decided(r);
	struct house_person *next = house_hire(r->b->h, "regie2@politie.example",
	                                       ROLE_INTERVENTION_LEAD, r->b->h->police_organ);
	const char *to = there(r, ref, "/lead");

	store_world_run(r->b->h->store, end_lead, r);
	r->v_sec = signed_in(r->b->h, r->sec);
	visit(r->v_sec, there(r, ref, ""));
	assert_page_says(r->v_sec, "De aanstelling van de regievoerder is afgelopen.");
	send_from(r->v_sec, to, to,
	          arena_printf(&r->b->h->arena, "lead=%lld", (long long)r->lead->appointment_id));
	assert_int_equal(r->v_sec->code, 400);
	send_from(r->v_sec, to, to,
	          arena_printf(&r->b->h->arena, "lead=%lld", (long long)next->appointment_id));
	assert_page_says(r->v_sec, "De regievoerder is aangewezen.");
	visitor_sign_in(r->v_lead, next);
	visit(r->v_lead, "/");
	assert_page_says(r->v_lead, "Interventie toewijzen");
	assert_page_says(r->v_lead, "Opsporingsonderzoek"); /* not only a number */
	visit(r->v_lead, there(r, ref, ""));
	assert_page_says(r->v_lead, "Wijs toe");
	close_room(r);
}

static void an_owner_without_the_power_and_a_decision_without_a_day_are_refused(void **state)
{
	struct room *r = open_room(*state);
	struct decision d = plan(r, 41), no_day = plan(r, 42);

	d.n.instrument = 101; /* the mayor's alone */
	decide(&d);
	assert_int_equal(d.st, ERR_CONFLICT);
	assert_non_null(strstr(d.sentence, "geen eigen bevoegdheid"));
	no_day.n.due_day = 0;
	decide(&no_day);
	assert_int_equal(no_day.st, ERR_CONFLICT);
	assert_non_null(strstr(no_day.sentence, "Wanneer moet dit klaar zijn?"));
	close_room(r);
}

static void a_rejection_says_why_and_asks_nothing_of_anybody(void **state)
{
	struct room *r = open_room(*state);
	struct decision bare = plan(r, 41), d = plan(r, 42);

	bare.n.reject = d.n.reject = true;
	decide(&bare);
	assert_int_equal(bare.st, ERR_CONFLICT);
	intervention_seal_part(r->b->h->plein.keyring, &d.n, INTERVENTION_REASON, "Te licht",
	                       &r->b->h->arena);
	decide(&d);
	assert_int_equal(d.st, OK);
	assert_int_equal(count(r->b, "SELECT state FROM intervention"), INTERVENTION_REJECTED);
	assert_int_equal(count(r->b, "SELECT count(*) FROM task WHERE kind >= 80"), 0);
	assert_int_equal(count(r->b, "SELECT sum(hours_pledged) FROM intervention_statistic"), 0);
	close_room(r);
}

static void a_case_is_carried_out_from_card_to_measured_effect(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);
	struct house *h = r->b->h;

	assert_int_equal(count(r->b, "SELECT state FROM casefile"), 7); /* in execution */
	visit(r->v_exec, there(r, ref, ""));
	assert_page_says(r->v_exec, "Onderzoek de loods");
	assert_page_says(r->v_exec, "Wetboek van Strafvordering");
	assert_page_says(r->v_exec, "/learning?instrument=301");
	send_from(r->v_exec, there(r, ref, ""), there(r, ref, "/reports"),
	          "standing=ON_SCHEDULE&hours=12");
	assert_page_says(r->v_exec, "Gemeld. De regievoerder ziet het.");
	step_with(r, r->v_exec, ref, "execute",
	          "executedDay=23-11-2026&result=De%20loods%20is%20leeg&seized=1.234,56"
	          "&prevented=500");
	assert_page_says(r->v_exec, "Het resultaat is gemeld");
	step(r, r->v_lead, ref, "confirm");
	assert_page_says(r->v_lead, "Het resultaat is vastgesteld");
	assert_int_equal(count(r->b, "SELECT state FROM casefile"), 8); /* in evaluation */
	visit(r->v_lead, there(r, ref, "/effect"));
	assert_int_equal(r->v_lead->code, 409); /* too early */
	h->clock.fixed_ms += INT64_C(100) * 86400000;
	visitor_sign_in(r->v_lead, r->lead);
	send_from(r->v_lead, there(r, ref, "/effect"), there(r, ref, "/effect"),
	          "effect=CLEAR&seen=Het%20terrein%20is%20leeg&displaced=YES"
	          "&place=Havenweg&recheckDay=1-6-2027&lessons=Begin%20eerder");
	assert_page_says(r->v_lead, "Dit blijft, ook als de casus weg is.");
	assert_int_equal(count(r->b, "SELECT state FROM intervention"), INTERVENTION_ASSESSED);
	assert_int_equal(count(r->b, "SELECT effect FROM effect_assessment WHERE months = 3"), 2);
	/* recounted from the person-free rows */
	assert_int_equal(count(r->b, "SELECT sum(hours_delivered) FROM intervention_statistic"),
	                 12);
	assert_int_equal(count(r->b, "SELECT sum(seized) FROM intervention_statistic"), 123456);
	assert_int_equal(count(r->b, "SELECT sum(prevented) FROM intervention_statistic"), 50000);
	assert_int_equal(count(r->b, "SELECT sum(collected) FROM intervention_statistic"), 0);
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention_statistic WHERE effect = 2"
	                             " AND months = 3"),
	                 1);
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention_statistic"
	                             " WHERE municipality_id IS NOT NULL"),
	                 0);
	close_room(r);
}

static void an_executor_sees_his_card_and_no_casefile(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);

	visit(r->v_exec, there(r, ref, ""));
	assert_false(page_says(r->v_exec, r->b->ref));
	assert_false(page_says(r->v_exec, "Wat gebeurde er?"));
	visit(r->v_exec, arena_printf(&r->b->h->arena, "/casefiles/%s/interventions", r->b->ref));
	assert_int_equal(r->v_exec->code, 404);
	visit(r->v_exec, "/interventions");
	assert_page_says(r->v_exec, ref);
	assert_false(page_says(r->v_exec, r->b->ref));
	close_room(r);
}

/* Until it is done; another instrument has none. */
static void who_holds_a_stop_conversation_reads_how(void **state)
{
	struct room *r = open_room(*state);
	struct decision d = plan(r, 41);

	d.n.instrument = 601;
	intervention_seal_part(r->b->h->plein.keyring, &d.n, INTERVENTION_BASIS,
	                       "Gemeentewet, artikel 172", &r->b->h->arena);
	decide(&d);
	assert_int_equal(d.st, OK);
	r->v_sec = signed_in(r->b->h, r->sec);
	visit(r->v_sec, there(r, d.reference, ""));
	assert_page_says(r->v_sec, "Zo voert u het gesprek");
	assert_page_says(r->v_sec, "De ander is nu geen verdachte");
	struct decision other = plan(r, 42);
	decide(&other);
	assert_int_equal(other.st, OK);
	visit(r->v_sec, there(r, other.reference, ""));
	assert_int_equal(r->v_sec->code, 200);
	assert_false(page_says(r->v_sec, "Zo voert u het gesprek"));
	close_room(r);
}

static void to_others_it_is_not_there_at_all(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);
	struct house_person *other =
	    house_hire(r->b->h, "uitvoer@duinwaard.example", ROLE_EXECUTOR, 0);
	struct visitor *v = signed_in(r->b->h, other);
	char hidden[8192];

	visit(v, there(r, ref, ""));
	assert_int_equal(v->code, 404);
	(void)snprintf(hidden, sizeof hidden, "%s", v->page);
	visit(v, "/interventions/I-2026-00000");
	assert_int_equal(v->code, 404);
	visit(v, "/interventions");
	assert_false(page_says(v, ref));
	visit(v, arena_printf(&r->b->h->arena, "/api/v1/interventions/%s", ref));
	assert_int_equal(v->code, 404);
	visitor_free(v);
	close_room(r);
}

static void who_looked_at_an_intervention_stands_in_its_log_for_who_says_why_he_asks(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);
	struct visitor *v = r->b->v_cor;

	visit(r->v_exec, there(r, ref, ""));
	visit(v, there(r, ref, ""));
	assert_page_says(v, "Wie heeft dit bekeken?");
	visit(v, there(r, ref, "/access-log"));
	assert_page_says(v, "Waarvoor kijkt u?");
	visitor_send(v, there(r, ref, "/access-log"), "purpose=INTERNAL");
	assert_page_says(v, "Hoort bij de rol van uitvoerder");
	assert_page_says(v, "Bekeek een interventie");
	assert_page_says(v, arena_printf(&r->b->h->arena, "Interventie %s<", ref));
	visit(r->v_exec, there(r, ref, "/access-log"));
	assert_int_equal(r->v_exec->code, 404);
	close_room(r);
}

static void the_log_calls_every_record_by_its_reference(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);

	visit(r->v_lead, there(r, ref, ""));
	visit(r->b->v_cor, arena_printf(&r->b->h->arena, "/casefiles/%s", r->b->ref));
	const char *log = assert_log_calls_by_reference(r->b->h);
	assert_non_null(strstr(log, arena_printf(&r->b->h->arena, "Interventie %s", ref)));
	assert_non_null(strstr(log, arena_printf(&r->b->h->arena, "Casus %s", r->b->ref)));
	close_room(r);
}

static void a_month_is_reported_once_and_corrected_openly(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);

	send_from(r->v_exec, there(r, ref, ""), there(r, ref, "/reports"),
	          "standing=DELAYED&hours=12&note=Wacht%20op%20de%20sleutel");
	send_from(r->v_exec, there(r, ref, ""), there(r, ref, "/reports"),
	          "standing=ON_SCHEDULE&hours=12");
	assert_int_equal(r->v_exec->code, 409);
	assert_page_says(r->v_exec, "Over deze maand is al gemeld");
	assert_int_equal(count(r->b, "SELECT sum(hours_delivered) FROM intervention_owner"), 12);
	send_from(r->v_exec, there(r, ref, ""), there(r, ref, "/reports"),
	          "standing=ON_SCHEDULE&hours=10&correct=1");
	assert_int_equal(count(r->b, "SELECT sum(hours_delivered) FROM intervention_owner"), 10);
	assert_int_equal(count(r->b, "SELECT sum(hours_delivered) FROM intervention_statistic"),
	                 10);
	visit(r->v_lead, there(r, ref, ""));
	assert_page_says(r->v_lead, "10 van 20 uur");
	send_from(r->v_exec, there(r, ref, ""), there(r, ref, "/reports"),
	          "standing=ON_SCHEDULE&hours=-4&correct=1");
	assert_int_equal(r->v_exec->code, 400);
	close_room(r);
}

static void amounts_are_read_as_people_write_them_and_refused_at_their_field(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);
	const char *to = there(r, ref, "/amounts");

	send_from(r->v_exec, to, to, "column=seized&amount=1.234,56&day=23-11-2026");
	assert_page_says(r->v_exec, "Vastgelegd.");
	send_from(r->v_exec, to, to, "column=seized&amount=1234.56&day=23-11-2026");
	assert_int_equal(count(r->b, "SELECT sum(cents) FROM intervention_amount WHERE kind = 4"),
	                 246912);
	send_from(r->v_exec, to, to, "column=collected&amount=-5&day=23-11-2026");
	assert_int_equal(r->v_exec->code, 400);
	assert_page_says(r->v_exec, "Een bedrag kan niet onder nul zijn.");
	send_from(r->v_exec, to, to, "column=collected&amount=%24%20100&day=23-11-2026");
	assert_int_equal(r->v_exec->code, 400);
	assert_page_says(r->v_exec, "Vul het bedrag in euro in.");
	send_from(r->v_exec, to, to, "column=collected&amount=100%20dollar&day=23-11-2026");
	assert_int_equal(r->v_exec->code, 400);
	send_from(r->v_exec, to, to, "amount=5&day=23-11-2026");
	assert_int_equal(r->v_exec->code, 400);
	assert_page_says(r->v_exec, "Kies een van de zeven kolommen");
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention_amount"), 2);
	close_room(r);
}

static void what_was_cancelled_takes_no_result_and_no_amount(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);

	visit(r->v_exec, there(r, ref, "/move/execute"));
	r->v_sec = signed_in(r->b->h, r->sec);
	step_with(r, r->v_sec, ref, "cancel", "reason=Niet%20meer%20nodig");
	assert_page_says(r->v_sec, "De interventie is vervallen.");
	visitor_send(r->v_exec, there(r, ref, "/move/execute"),
	             "executedDay=23-11-2026&result=Gedaan");
	assert_int_equal(r->v_exec->code, 409);
	assert_page_says(r->v_exec, "vervallen");
	assert_int_equal(count(r->b, "SELECT state FROM intervention"), INTERVENTION_CANCELLED);
	close_room(r);
}

static void a_desk_reports_for_an_executor_without_account(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = decided(r);

	step_with(
	    r, r->v_lead, ref, "assign",
	    arena_printf(&r->b->h->arena, "executor=desk-%lld", (long long)r->b->h->police_organ));
	step(r, r->b->v_desk, ref, "start");
	send_from(r->b->v_desk, there(r, ref, ""), there(r, ref, "/reports"),
	          "standing=ON_SCHEDULE&hours=3");
	assert_page_says(r->b->v_desk, "Gemeld.");
	visit(r->v_exec, there(r, ref, ""));
	assert_int_equal(r->v_exec->code, 404);
	close_room(r);
}

static void every_owner_agrees_for_itself_and_a_no_says_why(void **state)
{
	struct room *r = open_room(*state);
	struct decision d = plan(r, 41);

	d.owners[0].agreed_by = 0;
	decide(&d);
	r->v_dec = signed_in(r->b->h, r->b->dec);
	visit(r->v_dec, "/");
	assert_page_says(r->v_dec, "Instemmen met een interventie");
	send_from(r->v_dec, there(r, d.reference, ""), there(r, d.reference, "/_answer"),
	          "answer=DECLINED");
	assert_int_equal(r->v_dec->code, 400);
	send_from(r->v_dec, there(r, d.reference, ""), there(r, d.reference, "/_answer"),
	          "answer=DECLINED&reason=Geen%20mensen");
	assert_page_says(r->v_dec, "uw organisatie stemt niet in");
	assert_int_equal(count(r->b, "SELECT state FROM intervention"), INTERVENTION_AGREEING);
	r->v_lead = signed_in(r->b->h, r->lead);
	visit(r->v_lead, there(r, d.reference, ""));
	assert_page_says(r->v_lead, "Geen mensen");
	send_from(r->v_dec, there(r, d.reference, ""), there(r, d.reference, "/_answer"),
	          "answer=AGREED");
	assert_page_says(r->v_dec, "Uw organisatie stemt in.");
	assert_int_equal(count(r->b, "SELECT state FROM intervention"), INTERVENTION_APPROVED);
	close_room(r);
}

static void the_effect_names_nobody(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);
	const char *to = there(r, ref, "/effect");

	step_with(r, r->v_exec, ref, "execute", "executedDay=23-11-2026&result=Klaar");
	step(r, r->v_lead, ref, "confirm");
	r->b->h->clock.fixed_ms += INT64_C(100) * 86400000;
	visitor_sign_in(r->v_lead, r->lead);
	send_from(r->v_lead, to, to, "effect=CLEAR&seen=ZANDWIJK%20is%20weg");
	assert_int_equal(r->v_lead->code, 400);
	assert_page_says(r->v_lead, "Hier staat een naam uit de casus");
	send_from(r->v_lead, to, to, "effect=CLEAR&seen=Nummer%20999990019%20woont%20er%20niet");
	assert_int_equal(r->v_lead->code, 400);
	send_from(r->v_lead, to, to, "effect=CLEAR&seen=Leeg&place=Havenweg");
	assert_int_equal(r->v_lead->code, 400); /* a place without a day */
	assert_int_equal(count(r->b, "SELECT count(*) FROM effect_assessment"), 0);
	close_room(r);
}

static void interventions_never_wait_for_each_other(void **state)
{
	struct room *r = open_room(*state);
	const char *first = decided(r);
	struct decision d = plan(r, 42);
	const char *board = arena_printf(&r->b->h->arena, "/casefiles/%s/interventions", r->b->ref);
	const char *to = arena_printf(&r->b->h->arena, "%s/_wait", board);

	decide(&d);
	send_from(r->v_lead, board, to,
	          arena_printf(&r->b->h->arena, "intervention=%s&waitsFor=%s", first, d.reference));
	assert_page_says(r->v_lead, "Vastgelegd.");
	send_from(r->v_lead, board, to,
	          arena_printf(&r->b->h->arena, "intervention=%s&waitsFor=%s", d.reference, first));
	assert_int_equal(r->v_lead->code, 409);
	assert_page_says(r->v_lead, "wachten deze interventies op elkaar");
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention_wait"), 1);
	close_room(r);
}

static void a_reminder_is_one_click(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);

	send_from(r->v_lead,
	          arena_printf(&r->b->h->arena, "/casefiles/%s/interventions", r->b->ref),
	          there(r, ref, "/_remind"), "x=1");
	assert_page_says(r->v_lead, "Herinnerd.");
	visit(r->v_exec, "/");
	assert_page_says(r->v_exec, "De regievoerder herinnert u");
	close_room(r);
}

int main(void)
{
#define HOUSE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		HOUSE(
		    a_decision_with_every_owner_agreed_is_approved_and_waits_for_the_regievoerder),
		HOUSE(an_owner_who_was_not_there_is_asked_before_anything_is_approved),
		HOUSE(one_proposal_is_decided_once_and_hours_count_once),
		HOUSE(nobody_gets_a_regievoerder_whose_appointment_ended),
		HOUSE(when_the_regievoerder_leaves_the_stuurploeg_names_another),
		HOUSE(an_owner_without_the_power_and_a_decision_without_a_day_are_refused),
		HOUSE(a_rejection_says_why_and_asks_nothing_of_anybody),
		HOUSE(a_case_is_carried_out_from_card_to_measured_effect),
		HOUSE(an_executor_sees_his_card_and_no_casefile),
		HOUSE(who_holds_a_stop_conversation_reads_how),
		HOUSE(to_others_it_is_not_there_at_all),
		HOUSE(who_looked_at_an_intervention_stands_in_its_log_for_who_says_why_he_asks),
		HOUSE(the_log_calls_every_record_by_its_reference),
		HOUSE(a_month_is_reported_once_and_corrected_openly),
		HOUSE(amounts_are_read_as_people_write_them_and_refused_at_their_field),
		HOUSE(what_was_cancelled_takes_no_result_and_no_amount),
		HOUSE(a_desk_reports_for_an_executor_without_account),
		HOUSE(every_owner_agrees_for_itself_and_a_no_says_why),
		HOUSE(the_effect_names_nobody),
		HOUSE(interventions_never_wait_for_each_other),
		HOUSE(a_reminder_is_one_click),
	};
	return cmocka_run_group_tests_name("interventions", tests, NULL, NULL);
}
