/* The Stuurploeg decides: drafts, the signature, what follows, and what it refuses. */
#include "steering_table.h"

static const struct db_stmt CARRIED_OUT = { "test_carried_out", "",
	                                    "UPDATE intervention SET state = 11 WHERE id ="
	                                    " (SELECT min(id) FROM intervention)" };
static enum status carried_out_run(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)args;
	return db_exec(tx, &CARRIED_OUT, NULL, NULL, reterr);
}

static void what_the_secretary_drafts_counts_once_the_chair_signs(void **state)
{
	struct steering *s = gather(*state);

	convene(s);
	rule_both(s);
	assert_int_equal(count(s->b, "SELECT count(*) FROM intervention"), 0);
	visit(s->v_police, of_case(s, ""));
	assert_page_says(s->v_police, "De opslag moet dicht");
	assert_page_says(s->v_police, "concept, geldt nog niet");
	point_move(s, s->v_sec, "prepare");
	assert_page_says(s->v_sec, "Klaar voor de voorzitter");
	assert_int_equal(api(s, s->tax, of_case(s, "/move/sign"), "{\"_version\":4}"), 409);
	point_move(s, s->v_police, "sign");
	assert_page_says(s->v_police, "Het besluit geldt vanaf nu");
	assert_page_says(s->v_police, "B-2026-");
	assert_int_equal(case_state(s), 6);
	assert_int_equal(count(s->b, "SELECT count(*) FROM intervention"), 2);
	assert_int_equal(count(s->b, "SELECT count(*) FROM intervention_wait"), 1);
	assert_int_equal(count(s->b, "SELECT sum(number) FROM steering_decision"), 3);
	assert_int_equal(count(s->b, "SELECT sum(hours) FROM steering_pledge"), 40);
	assert_int_equal(count(s->b, "SELECT count(*) FROM casefile_member WHERE capacity = 4"), 1);
	/* who leads both hears once that he works in the casefile */
	assert_int_equal(count(s->b, "SELECT count(*) FROM news WHERE kind = 40"), 1);
	disperse(s);
}

static void a_signed_decision_is_never_edited_and_a_new_one_points_to_it(void **state)
{
	struct steering *s = gather(*state);

	convene(s);
	rule_both(s);
	point_move(s, s->v_sec, "prepare");
	point_move(s, s->v_police, "sign");
	assert_int_equal(api(s, s->sec, ruling(s, 1), "{\"_version\":5,\"ruling\":\"REJECT\"}"),
	                 409);
	assert_int_equal(api(s, s->sec, of_case(s, "/move/reopen"), "{\"_version\":5}"), 409);
	plan(s);
	send_from(s->v_sec, there(s, ""), there(s, "/_add"),
	          arena_printf(&s->h->arena, "casefile=%s", s->b->ref));
	open_meeting(s);
	rule(s, 1, "ruling=REJECT");
	assert_int_equal(s->v_sec->code, 400);
	rule(s, 1, "ruling=REJECT&reason=Het%20pand%20is%20leeg");
	assert_page_says(s->v_sec, "Vastgelegd als concept");
	point_move(s, s->v_sec, "prepare");
	point_move(s, s->v_police, "sign");
	assert_page_says(s->v_police, "Wijzigt");
	assert_int_equal(count(s->b, "SELECT count(*) FROM steering_decision"), 3);
	assert_int_equal(
	    count(s->b, "SELECT count(*) FROM steering_decision WHERE amends_id IS NOT NULL"), 1);
	assert_int_equal(count(s->b, "SELECT count(*) FROM intervention WHERE state = 13"), 1);
	disperse(s);
}

static void a_closing_asks_three_questions_and_the_answers_outlive_the_casefile(void **state)
{
	struct steering *s = gather(*state);
	struct setting evaluation = { s->b->casefile, 8, 0 };

	convene(s);
	rule_both(s);
	point_move(s, s->v_sec, "prepare");
	point_move(s, s->v_police, "sign");
	store_world_run(s->h->store, set_state, &evaluation);
	store_world_run(s->h->store, carried_out_run, NULL);
	plan(s);
	compose(s);
	open_meeting(s);
	rule(s, 0, "ruling=CLOSE&worked=Samen%20op%20een%20dag&feedback=RECEIVED");
	assert_int_equal(s->v_sec->code, 400);
	assert_page_says(s->v_sec, "Schrijf op wat niet werkte.");
	assert_page_says(s->v_sec, "een volgende keer anders doen");
	rule(s, 0, "ruling=CLOSE&worked=ZANDWIJK%20is%20weg&failed=x&lessons=y&feedback=RECEIVED");
	assert_int_equal(s->v_sec->code, 400);
	assert_page_says(s->v_sec, "Hier staat een naam uit de casus.");
	rule(s, 0,
	     "ruling=CLOSE&worked=Samen%20op%20een%20dag&failed=De%20vergunning%20kwam%20laat"
	     "&lessons=Eerder%20beginnen&feedback=RECEIVED");
	assert_page_says(s->v_sec, "Vastgelegd als concept");
	assert_int_equal(count(s->b, "SELECT count(*) FROM casefile_lesson"), 0);
	point_move(s, s->v_sec, "prepare");
	point_move(s, s->v_police, "sign");
	assert_page_says(s->v_police, "De vergunning kwam laat");
	assert_int_equal(case_state(s), 9);
	assert_int_equal(count(s->b, "SELECT count(*) FROM casefile_lesson WHERE worked ="
	                             " 'Samen op een dag' AND next_time = 'Eerder beginnen'"),
	                 1);
	assert_int_equal(count(s->b, "SELECT count(*) FROM casefile_lesson_instrument"), 1);
	visit(s->v_duin, "/learning");
	assert_page_says(s->v_duin, "Eerder beginnen");
	assert_false(page_says(s->v_duin, s->b->ref));
	disperse(s);
}

static void
a_chair_signs_every_point_of_his_meeting_also_where_his_organisation_is_not_involved(void **state)
{
	struct steering *s = gather(*state);

	convene(s);
	visit(s->v_duin, of_case(s, ""));
	assert_int_equal(s->v_duin->code,
	                 404); /* a member, of an organisation that isn't involved */
	rule_both(s);
	send_from(
	    s->v_sec, there(s, "/attendance"), there(s, "/_attendance"),
	    arena_printf(&s->h->arena,
	                 "chair=%lld&people%%5B0%%5D.id=%lld&people%%5B0%%5D.presence=room"
	                 "&people%%5B1%%5D.id=%lld&people%%5B1%%5D.presence=remote"
	                 "&people%%5B2%%5D.id=%lld&people%%5B2%%5D.presence=room",
	                 (long long)s->duin->appointment_id, (long long)s->police->appointment_id,
	                 (long long)s->tax->appointment_id, (long long)s->duin->appointment_id));
	assert_page_says(s->v_sec, "Vastgelegd wie er is");
	point_move(s, s->v_sec, "prepare");
	visit(s->v_duin, of_case(s, ""));
	assert_page_says(s->v_duin, "De opslag moet dicht");
	point_move(s, s->v_duin, "sign");
	assert_page_says(s->v_duin, "Het besluit geldt vanaf nu");
	assert_int_equal(case_state(s), 6);
	disperse(s);
}

static void nothing_is_decided_about_an_advice_that_was_withdrawn_a_minute_ago(void **state)
{
	struct steering *s = gather(*state);

	convene(s);
	rule_both(s);
	point_move(s, s->v_sec, "prepare");
	visit(s->v_police, of_case(s, ""));
	struct setting gone = { s->b->casefile, 0, 0 };
	store_world_run(s->h->store, withdraw_run, &gone);
	visitor_send(s->v_police, of_case(s, "/move/sign"), "x=1");
	assert_int_equal(s->v_police->code, 409);
	assert_page_says(s->v_police, "Het advies is ingetrokken");
	assert_int_equal(api(s, s->police, of_case(s, "/move/sign"), "{\"_version\":4}"), 409);
	assert_non_null(strstr(s->said, "Hierover kan nu niet worden besloten"));
	assert_int_equal(api(s, s->police, of_case(s, "/move/reopen"), "{\"_version\":4}"), 204);
	assert_int_equal(api(s, s->sec, ruling(s, 0), "{\"_version\":5,\"ruling\":\"RETURN\"}"),
	                 409);
	assert_non_null(strstr(s->said, "Hierover kan nu niet worden besloten"));
	assert_int_equal(count(s->b, "SELECT count(*) FROM intervention"), 0);
	assert_int_equal(count(s->b, "SELECT count(*) FROM steering_decision WHERE number > 0"), 0);
	assert_int_equal(case_state(s), 5);
	disperse(s);
}

static void a_regievoerder_whose_appointment_ended_leads_nothing(void **state)
{
	struct steering *s = gather(*state);
	struct setting ends = { s->lead->appointment_id, HOUSE_NOW - 1, 0 };

	convene(s);
	rule_both(s);
	point_move(s, s->v_sec, "prepare");
	store_world_run(s->h->store, end_run, &ends);
	visit(s->v_police, of_case(s, ""));
	assert_page_says(s->v_police, "niet meer aangesteld");
	assert_int_equal(api(s, s->police, of_case(s, "/move/sign"), "{\"_version\":4}"), 409);
	assert_non_null(strstr(s->said, "niet meer aangesteld"));
	point_move(s, s->v_police, "reopen");
	rule(s, 1, with_lead(s, "ruling=APPROVE"));
	assert_int_equal(s->v_sec->code, 400);
	assert_page_says(s->v_sec, "Deze regievoerder is niet meer aangesteld");
	disperse(s);
}

static void questions_send_the_casefile_back_to_the_analysis(void **state)
{
	struct steering *s = gather(*state);

	convene(s);
	rule(s, 0, "ruling=RETURN&questions=");
	assert_int_equal(s->v_sec->code, 400);
	rule(s, 0, "ruling=RETURN&questions=Wie%20huurt%20het%20pand%3F");
	assert_page_says(s->v_sec, "Wie huurt het pand?");
	point_move(s, s->v_sec, "prepare");
	point_move(s, s->v_police, "sign");
	assert_int_equal(case_state(s), 2);
	assert_int_equal(count(s->b, "SELECT count(*) FROM intervention"), 0);
	disperse(s);
}

static void what_is_deferred_comes_back_in_the_meeting_that_was_named(void **state)
{
	struct steering *s = gather(*state);
	char first[REFERENCE_TEXT_BYTES], second[REFERENCE_TEXT_BYTES];

	plan(s);
	memcpy(second, s->meeting, sizeof second);
	advise(s);
	plan(s);
	memcpy(first, s->meeting, sizeof first);
	compose(s);
	open_meeting(s);
	rule(s, 1, with_lead(s, "ruling=APPROVE"));
	rule(s, 2, "ruling=DEFER&reason=Eerst%20navragen");
	assert_int_equal(s->v_sec->code, 400);
	rule(
	    s, 2,
	    arena_printf(&s->h->arena, "ruling=DEFER&reason=Eerst%%20navragen&meeting=%s", second));
	assert_page_says(s->v_sec, "Vastgelegd als concept");
	point_move(s, s->v_sec, "prepare");
	point_move(s, s->v_police, "sign");
	assert_int_equal(case_state(s), 5);
	assert_int_equal(count(s->b, "SELECT count(*) FROM intervention"), 1);
	memcpy(s->meeting, second, sizeof second);
	open_meeting(s);
	/* decided before: not again */
	assert_int_equal(api(s, s->sec, ruling(s, 1), "{\"_version\":1,\"ruling\":\"REJECT\"}"),
	                 409);
	assert_non_null(strstr(s->said, "al besloten"));
	rule(s, 2, "ruling=REJECT&reason=Te%20weinig%20grond");
	point_move(s, s->v_sec, "prepare");
	point_move(s, s->v_police, "sign");
	assert_int_equal(case_state(s), 6);
	assert_int_equal(count(s->b, "SELECT count(*) FROM intervention"), 2);
	disperse(s);
}

static void hours_are_pledged_once_by_who_is_there_and_within_the_pool(void **state)
{
	struct steering *s = gather(*state);
	const long long police = s->h->police, tax = s->b->tax;

	convene(s);
	rule(s, 1,
	     with_lead(s, arena_printf(&s->h->arena,
	                               "ruling=APPROVE&pledges%%5B0%%5D.participant=%lld"
	                               "&pledges%%5B0%%5D.hours=10&pledges%%5B1%%5D.participant="
	                               "%lld&pledges%%5B1%%5D.hours=10",
	                               police, police)));
	assert_int_equal(s->v_sec->code, 400);
	assert_page_says(s->v_sec, "staat er twee keer");
	rule(
	    s, 1,
	    with_lead(s, arena_printf(&s->h->arena,
	                              "ruling=APPROVE&pledges%%5B0%%5D.participant=%lld"
	                              "&pledges%%5B0%%5D.hours=-5&pledges%%5B1%%5D.participant=%lld"
	                              "&pledges%%5B1%%5D.hours=10",
	                              tax, (long long)s->h->duinwaard)));
	assert_int_equal(s->v_sec->code, 400);
	assert_page_says(s->v_sec, "Schrijf een aantal uren");
	assert_page_says(s->v_sec, "doet niet mee aan de casus");
	assert_int_equal(count(s->b, "SELECT count(*) FROM steering_pledge"), 0);
	disperse(s);
}

static void an_advice_decided_by_one_meeting_is_a_conflict_for_the_other(void **state)
{
	struct steering *s = gather(*state);

	convene(s);
	rule_both(s);
	point_move(s, s->v_sec, "prepare");
	/* a second signature on the same page, after the first */
	visit(s->v_police, of_case(s, ""));
	assert_int_equal(api(s, s->police, of_case(s, "/move/sign"), "{\"_version\":4}"), 204);
	visitor_send(s->v_police, of_case(s, "/move/sign"), "x=1");
	assert_int_equal(s->v_police->code, 409);
	assert_int_equal(count(s->b, "SELECT count(*) FROM intervention"), 2);
	assert_int_equal(count(s->b, "SELECT count(*) FROM steering_decision WHERE number > 0"), 2);
	disperse(s);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(what_the_secretary_drafts_counts_once_the_chair_signs),
		CASE(a_signed_decision_is_never_edited_and_a_new_one_points_to_it),
		CASE(a_closing_asks_three_questions_and_the_answers_outlive_the_casefile),
		CASE(
		    a_chair_signs_every_point_of_his_meeting_also_where_his_organisation_is_not_involved),
		CASE(nothing_is_decided_about_an_advice_that_was_withdrawn_a_minute_ago),
		CASE(a_regievoerder_whose_appointment_ended_leads_nothing),
		CASE(questions_send_the_casefile_back_to_the_analysis),
		CASE(what_is_deferred_comes_back_in_the_meeting_that_was_named),
		CASE(hours_are_pledged_once_by_who_is_there_and_within_the_pool),
		CASE(an_advice_decided_by_one_meeting_is_a_conflict_for_the_other),
	};
	return cmocka_run_group_tests_name("steering_decisions", tests, NULL, NULL);
}
