/* On whose behalf, from which task, how sure: per subject, and per fact where it differs. */
#include "weighing_table.h"

#include <stdio.h>

#include "signal_play.h"

/* Task 901 is the executive's and the signal's; 805 the mayor's. */
#define PERSON     "kind=PERSON&role=MAIN&familyName=Jansen&givenNames=Piet&birthDate=1-2-1980"
#define FROM_MAYOR "&apart%5B0%5D.fact=birthDate&apart%5B0%5D.task=805"
#define LESS_SURE                                                                                  \
	"&apart%5B1%5D.fact=givenNames&apart%5B1%5D.sourceGrade=C&apart%5B1%5D.informationGrade=4"
#define BIRTH_DATE  "f.kind = 3"
#define GIVEN_NAMES "f.kind = 2"

static int64_t number(struct house *h, const char *sql)
{
	return store_world_number(h->store, sql);
}

static void one_fact_comes_from_another_task_and_organ_than_the_rest(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct played p = play_write(anna, "Kas", "Veel+contant");

	play_fill(&p, "/edit/subjects",
	          PERSON "&sourceGrade=A&informationGrade=1" FROM_MAYOR LESS_SURE);
	assert_int_equal(number(h, "SELECT count(*) FROM fact f JOIN organ o ON o.id ="
	                           " f.source_organ_id WHERE " BIRTH_DATE
	                           " AND f.task = 805 AND o.letter = 'h' AND f.evaluation = 16689"),
	                 1); /* A1 as the rest */
	assert_int_equal(number(h, "SELECT count(*) FROM fact f JOIN organ o ON o.id ="
	                           " f.source_organ_id WHERE " GIVEN_NAMES
	                           " AND f.task = 901 AND o.letter = 'i' AND f.evaluation = 17204"),
	                 1); /* C4 */
	assert_int_equal(number(h, "SELECT count(*) FROM fact WHERE task = 901"), 2);
	assert_page_says(anna, "uit: Horeca");
	/* What is there stands in the form again, and going through it changes nothing. */
	visit(anna, play_at(&p, "/subjects/1"));
	assert_page_says(anna, "<details open><summary>Komt");
	play_fill(&p, "/subjects/1",
	          PERSON "&sourceGrade=A&informationGrade=1&apart%5B0%5D.fact=birthDate"
	                 "&apart%5B0%5D.task=805");
	assert_int_equal(
	    number(h, "SELECT count(*) FROM fact f WHERE " BIRTH_DATE " AND f.task = 805"), 1);
	assert_int_equal(
	    number(h, "SELECT count(*) FROM fact f WHERE " GIVEN_NAMES " AND f.evaluation = 16689"),
	    1);
	visitor_free(anna);
}

static void what_cannot_be_is_said_at_its_row(void **state)
{
	static const struct {
		const char *rows, *says;
	} WRONG[] = {
		{ "&apart%5B0%5D.task=805", "Kies om welk gegeven het gaat" },
		{ "&apart%5B0%5D.fact=bsn&apart%5B0%5D.task=805",
		  "Dit gegeven is hierboven niet ingevuld" },
		{ "&apart%5B0%5D.fact=birthDate", "Zeg wat er anders is" },
		{ "&apart%5B0%5D.fact=birthDate&apart%5B0%5D.sourceGrade=A",
		  "Vul betrouwbaarheid en zekerheid allebei in" },
		{ "&apart%5B0%5D.fact=birthDate&apart%5B0%5D.task=101",
		  "Kies een taak uit de lijst" },
		{ "&apart%5B0%5D.fact=birthDate&apart%5B0%5D.task=4294968101",
		  "Kies een taak uit de lijst" },
		{ FROM_MAYOR "&apart%5B1%5D.fact=birthDate&apart%5B1%5D.task=901",
		  "Dit gegeven staat er al" },
	};
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct played p = play_write(anna, "Kas", "Veel+contant");

	for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
		visit(anna, play_at(&p, "/edit/subjects"));
		visitor_send(anna, play_at(&p, "/edit/subjects"),
		             arena_printf(&h->arena, PERSON "%s", WRONG[i].rows));
		assert_int_equal(anna->code, 400);
		assert_page_says(anna, WRONG[i].says);
	}
	assert_int_equal(number(h, "SELECT count(*) FROM presence"), 0);
	visitor_free(anna);
}

static void a_bsn_that_stays_takes_the_source_that_the_form_gives_it_now(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct played p = play_write(anna, "Kas", "Veel+contant");

	play_fill(&p, "/edit/subjects", PERSON "&bsn=999990019");
	play_fill(&p, "/subjects/1", PERSON "&apart%5B0%5D.fact=bsn&apart%5B0%5D.task=805");
	assert_int_equal(number(h, "SELECT task FROM fact WHERE kind = 4"), 805);
	play_fill(&p, "/subjects/1", PERSON);
	assert_int_equal(number(h, "SELECT task FROM fact WHERE kind = 4"), 901);
	visitor_free(anna);
}

static void source_task_and_certainty_of_each_fact_travel_into_the_casefile(void **state)
{
	struct house *h = *state;
	struct table *t = set_table(h, 0);
	struct visitor *anna = signed_in(h, t->anna);
	struct played p = play_write(anna, "Kas", "Veel+contant");

	play_fill(&p, "/edit/subjects", PERSON FROM_MAYOR LESS_SURE);
	play_submit(&p);
	play_accept(t->v_cor, &p);
	(void)snprintf(t->signal, sizeof t->signal, "%s", p.ref);
	plan(t, 4);
	open_meeting(t, 4, 4);
	send_from(t->v_sec, path(t, "/items/1"), path(t, "/items/1/_decide"), good(t));
	assert_page_says(t->v_sec, "Het besluit is vastgelegd");
	assert_int_equal(number(h, "SELECT count(*) FROM fact f JOIN presence p ON p.id ="
	                           " f.presence_id WHERE p.casefile_id IS NOT NULL"),
	                 3);
	assert_int_equal(
	    number(h, "SELECT count(*) FROM fact f JOIN presence p ON p.id = f.presence_id"
	              " JOIN fact g ON g.kind = f.kind AND g.task = f.task"
	              " AND g.source_organ_id = f.source_organ_id"
	              " AND g.source_participant_id = f.source_participant_id"
	              " AND g.evaluation = f.evaluation"
	              " JOIN presence q ON q.id = g.presence_id WHERE p.signal_id IS NOT NULL"
	              " AND q.casefile_id IS NOT NULL"),
	    3);
	assert_int_equal(number(h, "SELECT count(DISTINCT f.task) FROM fact f JOIN presence p"
	                           " ON p.id = f.presence_id WHERE p.casefile_id IS NOT NULL"),
	                 2);
	visitor_free(anna);
	leave(t);
}

static void the_api_takes_single_sources_too_and_only_tasks_of_its_own_organ(void **state)
{
	struct house *h = *state;
	struct house_person *clerk = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	static const char WHOLE[] =
	    "[{\"title\":\"Kas\",\"facts\":\"Veel contant\",\"task\":901,\"subjects\":[{\"kind\":"
	    "\"PERSON\",\"role\":\"MAIN\",\"familyName\":\"Jansen\",\"birthDate\":\"1980-02-01\","
	    "\"apart\":[{\"fact\":\"birthDate\",\"task\":%d,\"sourceGrade\":\"B\","
	    "\"informationGrade\":\"2\"}]}]}]";

	for (int i = 0; i < 2; i++) {
		const char *headers = arena_printf(&h->arena, "%sIdempotency-Key: bron%d\r\n",
		                                   house_bearer(h, clerk), i);
		const char *json = arena_printf(&h->arena, WHOLE, i == 0 ? 805 : 902);
		struct reply r =
		    client_request(h->port, "POST", "/api/v1/signals/bulk", headers, json);
		if (r.code != 200)
			fail_msg("%s", r.all);
		assert_true(reply_says(&r, i == 0 ? "/apart/0/task" : "\"stored\":1"));
		reply_free(&r);
	}
	assert_int_equal(number(h, "SELECT count(*) FROM fact WHERE kind = 3 AND task = 902"
	                           " AND evaluation = 16946"),
	                 1);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(one_fact_comes_from_another_task_and_organ_than_the_rest),
		CASE(what_cannot_be_is_said_at_its_row),
		CASE(a_bsn_that_stays_takes_the_source_that_the_form_gives_it_now),
		CASE(source_task_and_certainty_of_each_fact_travel_into_the_casefile),
		CASE(the_api_takes_single_sources_too_and_only_tasks_of_its_own_organ),
	};
	return cmocka_run_group_tests_name("fact_sources", tests, NULL, NULL);
}
