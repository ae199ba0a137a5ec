/* Factors of the partnership's own: versions, two persons, scored like the others, deciding nothing. */
#include "weighing_table.h"

#include "client.h"

#include "signals/signals.h"
#include "weighing/weighing_store.h"

static const char LIST[] = "/meetings/factors";
static const char TWO[] =
    "&reason=Wij%20willen%20ordenen&factors%5B0%5D.name=Urgentie"
    "&factors%5B0%5D.question=Kan%20het%20wachten&factors%5B0%5D.low=kan%20wachten"
    "&factors%5B0%5D.high=nu%20of%20nooit&factors%5B0%5D.use=order"
    "&factors%5B1%5D.name=Mensen&factors%5B1%5D.question=Hoeveel%20vraagt%20het"
    "&factors%5B1%5D.low=weinig&factors%5B1%5D.high=veel&factors%5B1%5D.use=capacity"
    "&factors%5B2%5D.name=&factors%5B2%5D.question=&factors%5B2%5D.use=order";

static void propose(struct table *t, struct visitor *v, const char *day)
{
	send_from(v, LIST, LIST, arena_printf(&t->h->arena, "fromDay=%s%s", day, TWO));
}

static void seat_chair(struct table *t)
{
	t->chair = house_hire(t->h, "els@riec.example", ROLE_CHAIR, 0);
	t->v_chair = signed_in(t->h, t->chair);
}

/* By the API, where no page with a button is needed. */
static void refused(struct table *t, const struct house_person *who, const char *act, int code,
                    const char *sentence)
{
	struct house *h = t->h;
	struct reply r = client_request(
	    h->port, "POST", arena_printf(&h->arena, "/api/v1/meetings/factors/1/%s", act),
	    house_bearer(h, who), "{\"_version\":1}");

	assert_int_equal(r.code, code);
	assert_true(reply_says(&r, sentence));
	reply_free(&r);
}

static int64_t number(struct table *t, const char *sql)
{
	return store_world_number(t->h->store, sql);
}

/* Today in the invented house is 24 November 2026. */
static void a_new_list_holds_once_a_second_person_confirmed_it(void **state)
{
	struct house *h = *state;
	struct table *t = set_table(h, 1);

	seat_chair(t);
	propose(t, t->v_chair, "24-11-2026");
	assert_page_says(t->v_chair, "wacht op een tweede persoon");
	assert_false(page_says(t->v_chair, "Bevestig lijst 1"));
	refused(t, t->chair, "_confirm", 409, "U stelde deze lijst zelf voor");
	refused(t, t->sec, "_confirm", 404, ""); /* neither chair nor head */
	assert_int_equal(number(t, "SELECT count(*) FROM factor_list WHERE confirmed_at > 0"), 0);
	struct house_person *boss = house_hire(h, "hoofd@riec.example", ROLE_RIEC_HEAD, 0);
	struct visitor *head = signed_in(h, boss);
	visit(head, "/");
	assert_page_says(head, "Weeglijst bevestigen");
	send_from(head, LIST, "/meetings/factors/1/_confirm", "x=1");
	assert_page_says(head, "Lijst 1: geldt nu");
	visit(head, "/");
	assert_false(page_says(head, "Weeglijst bevestigen"));
	refused(t, boss, "_confirm", 409, "al bevestigd");
	refused(t, t->sec, "_withdraw", 409, "geldt al"); /* only another list replaces it */
	visitor_free(head);
	visitor_free(t->v_chair);
	leave(t);
}

static void a_list_of_a_day_that_is_past_or_half_a_factor_is_sent_back(void **state)
{
	struct table *t = set_table(*state, 1);

	propose(t, t->v_sec, "23-11-2026");
	assert_int_equal(t->v_sec->code, 400);
	assert_page_says(t->v_sec, "Kies vandaag of een dag die nog komt");
	send_from(t->v_sec, LIST, LIST,
	          "fromDay=24-11-2026&reason=Zo&factors%5B0%5D.name=Urgentie"
	          "&factors%5B0%5D.use=order");
	assert_int_equal(t->v_sec->code, 400);
	assert_page_says(t->v_sec, "Schrijf op wat 3 betekent");
	assert_int_equal(number(t, "SELECT count(*) FROM factor_list"), 0);
	visit(t->at[0], LIST); /* members read what they score by, and propose nothing */
	assert_int_equal(t->at[0]->code, 200);
	assert_false(page_says(t->at[0], "Stel voor"));
	visitor_send(t->at[0], LIST, "fromDay=24-11-2026&reason=Zo");
	assert_int_equal(t->at[0]->code, 404);
	leave(t);
}

/* Proposed by the chair, confirmed by a head. */
static void agree_on_list(struct table *t, const char *day)
{
	struct house *h = t->h;
	struct visitor *head = signed_in(h, house_hire(h, "hoofd@riec.example", ROLE_RIEC_HEAD, 0));

	propose(t, t->v_chair, day);
	send_from(head, LIST, "/meetings/factors/1/_confirm", "x=1");
	assert_int_equal(head->code, 200);
	visitor_free(head);
}

static void score_all(struct table *t)
{
	send_from(t->v_chair, path(t, "/items/1"), path(t, "/items/1/_ask-scores"), "x=1");
	for (int i = 0; i < 4; i++) {
		send_from(t->at[i], path(t, "/items/1/score"), path(t, "/items/1/score"),
		          i == 3 ? "a=1&b=1&c=1&d=1&extra1=3" : "a=1&b=1&c=1&d=1&extra1=0");
		assert_page_says(t->at[i], "Uw score is bewaard");
	}
}

static void own_factors_are_scored_hidden_and_shown_like_the_others_and_decide_nothing(void **state)
{
	struct table *t = set_table(*state, 4);

	seat_chair(t);
	agree_on_list(t, "24-11-2026");
	plan(t, 4);
	visit(t->at[0], path(t, "/pack"));
	assert_page_says(t->at[0], "Kan het wachten");
	open_meeting(t, 4, 4);
	score_all(t);
	visit(t->v_chair, path(t, "/items/1"));
	assert_page_says(t->v_chair, "Urgentie");
	assert_false(page_says(t->v_chair, "Verschil"));
	assert_false(page_says(t->v_chair, "plein-tokens"));
	send_from(t->v_chair, path(t, "/items/1"), path(t, "/items/1/_reveal"), "x=1");
	assert_page_says(t->v_chair, "Verschil 3: bespreek");
	assert_int_equal(
	    number(t, "SELECT count(*) FROM score WHERE criteria_version = '2025-03-01.1/1'"), 16);
	assert_int_equal(
	    number(t, "SELECT count(*) FROM extra_score WHERE criteria_version LIKE '%/1'"), 4);
	/* As low as can be on every own factor, and one left open: adopted all the same. */
	send_from(t->v_sec, path(t, "/items/1"), path(t, "/items/1/_decide"),
	          arena_printf(&t->h->arena, "%s&agreedExtra1=0", good(t)));
	assert_page_says(t->v_sec, "Het besluit is vastgelegd");
	assert_page_says(t->v_sec, "Samen 6 van 12");
	visit(t->v_sec, path(t, "/minutes"));
	assert_page_says(t->v_sec, "Urgentie: 0 van 3");
	assert_page_says(t->v_sec, "vier factoren uit de wet (1 maart 2025) en eigen lijst 1");
	assert_false(page_says(t->v_sec, "Mensen:"));
	visitor_free(t->v_chair);
	leave(t);
}

static void own_factors_alone_adopt_nothing(void **state)
{
	struct table *t = set_table(*state, 4);
	const char *all = NULL, *at = NULL;

	seat_chair(t);
	agree_on_list(t, "24-11-2026");
	plan(t, 4);
	open_meeting(t, 4, 4);
	all = good(t);
	at = strstr(all, "agreedD=0");
	send_from(t->v_sec, path(t, "/items/1"), path(t, "/items/1/_decide"),
	          arena_printf(&t->h->arena, "%.*sagreedExtra1=3&agreedExtra2=3%s", (int)(at - all),
	                       all, at + strlen("agreedD=0")));
	assert_int_equal(t->v_sec->code, 409);
	assert_int_equal(number(t, "SELECT state FROM signal"), SIGNAL_ON_AGENDA);
	assert_int_equal(number(t, "SELECT count(*) FROM extra_agreed"), 0);
	visitor_free(t->v_chair);
	leave(t);
}

static void a_meeting_that_is_open_keeps_its_list_when_a_new_one_begins(void **state)
{
	struct table *t = set_table(*state, 4);

	seat_chair(t);
	plan(t, 4);
	open_meeting(t, 4, 4); /* without a list */
	agree_on_list(t, "24-11-2026");
	send_from(t->v_chair, path(t, "/items/1"), path(t, "/items/1/_ask-scores"), "x=1");
	visit(t->at[0], path(t, "/items/1/score"));
	assert_false(page_says(t->at[0], "Urgentie"));
	visitor_send(t->at[0], path(t, "/items/1/score"), "a=1&b=1&c=1&d=1&extra1=3");
	assert_int_equal(t->at[0]->code, 400);
	assert_page_says(t->at[0], "staat niet op de weeglijst van dit overleg");
	send_from(t->at[0], path(t, "/items/1/score"), path(t, "/items/1/score"),
	          "a=1&b=1&c=1&d=1");
	assert_int_equal(
	    number(t, "SELECT count(*) FROM score WHERE criteria_version = '2025-03-01.1'"), 4);
	send_from(t->v_chair, path(t, "/items/1"), path(t, "/items/1/_reveal"), "x=1");
	send_from(t->v_sec, path(t, "/items/1"), path(t, "/items/1/_decide"), good(t));
	visit(t->v_sec, path(t, "/minutes"));
	assert_page_says(t->v_sec, "vier factoren uit de wet (1 maart 2025)<");
	visitor_free(t->v_chair);
	leave(t);
}

static void scoring_anew_throws_own_factors_away_too(void **state)
{
	struct table *t = set_table(*state, 4);

	seat_chair(t);
	agree_on_list(t, "24-11-2026");
	plan(t, 4);
	open_meeting(t, 4, 4);
	score_all(t);
	send_from(t->at[3], path(t, "/items/1/score"), path(t, "/items/1/score"),
	          "a=1&b=1&c=1&d=1"); /* he left it open after all */
	assert_int_equal(number(t, "SELECT count(*) FROM extra_score"), 3);
	send_from(t->v_chair, path(t, "/items/1"), path(t, "/items/1/_reveal"), "x=1");
	send_from(t->v_chair, path(t, "/items/1"), path(t, "/items/1/_score-again"), "x=1");
	assert_int_equal(number(t, "SELECT count(*) FROM extra_score"), 0);
	visitor_free(t->v_chair);
	leave(t);
}

static void the_api_takes_the_same_fields_as_the_form(void **state)
{
	struct table *t = set_table(*state, 1);

	struct house *h = t->h;
	struct reply r = client_request(
	    h->port, "POST", "/api/v1/meetings/factors", house_bearer(h, t->sec),
	    "{\"fromDay\":\"2026-12-01\",\"reason\":\"Ordenen\",\"factors\":[{\"name\":"
	    "\"Urgentie\",\"question\":\"Kan het wachten?\",\"low\":\"ja\",\"high\":"
	    "\"nee\",\"use\":\"order\"}]}");
	assert_int_equal(r.code, 204);
	reply_free(&r);
	visit(t->v_sec, "/api/v1/meetings/factors");
	assert_page_says(t->v_sec, "\"Urgentie\"");
	assert_page_says(t->v_sec, "\"inForce\":false");
	leave(t);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(a_new_list_holds_once_a_second_person_confirmed_it),
		CASE(a_list_of_a_day_that_is_past_or_half_a_factor_is_sent_back),
		CASE(own_factors_are_scored_hidden_and_shown_like_the_others_and_decide_nothing),
		CASE(own_factors_alone_adopt_nothing),
		CASE(a_meeting_that_is_open_keeps_its_list_when_a_new_one_begins),
		CASE(scoring_anew_throws_own_factors_away_too),
		CASE(the_api_takes_the_same_fields_as_the_form),
	};
	return cmocka_run_group_tests_name("own_factors", tests, NULL, NULL);
}
