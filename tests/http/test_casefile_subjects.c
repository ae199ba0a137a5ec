/* Who and what a casefile is about: carried from the signal, told by partners, hidden by phase. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "case_world.h"
#include "subjects/subject.h"

static void tell(struct casus *c, const char *fields)
{
	casus_tell(c, c->v_wendy, 1, fields);
}

/* ---- promises ------------------------------------------------------------------------------------ */

static void what_the_signal_knew_stands_in_the_casefile_under_keys_of_its_own(void **state)
{
	struct casus *b = casus_new(*state);
	struct store_world *w = b->h->store;

	visit(b->v_wendy, casus_at(b, ""));
	assert_page_says(b->v_wendy, "Milan Zandwijk");
	assert_page_says(b->v_wendy, "12-ZZZ-3");
	visit(b->v_wendy, casus_at(b, "/subjects/1"));
	assert_page_says(b->v_wendy, "Geboortedatum");
	assert_page_says(b->v_wendy, "1984");
	assert_page_says(b->v_wendy, "Weg uiterlijk op");
	assert_page_says(b->v_wendy, "2031");
	assert_int_equal(store_world_number(w, "SELECT count(DISTINCT key_id) FROM presence"), 4);
	assert_int_equal(store_world_number(w, "SELECT count(DISTINCT subject_uuid) FROM presence"),
	                 2);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM presence c JOIN presence s"
	                                       " ON s.subject_uuid = c.subject_uuid"
	                                       " WHERE c.casefile_id IS NOT NULL AND s.signal_id"
	                                       " IS NOT NULL AND c.first_processed_at ="
	                                       " s.created_at"),
	                 2);
	casus_free(b);
}

static enum status forget_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct casus *b = args;
	return subjects_destroy(tx, b->signal_id, reterr);
}

static void forgetting_the_signal_leaves_the_casefile_as_it_was(void **state)
{
	struct casus *b = casus_new(*state);
	const char *before = casus_answer(b, b->v_wendy, "/subjects/1");

	store_world_run(b->h->store, forget_run, b);
	assert_string_equal(casus_answer(b, b->v_wendy, "/subjects/1"), before);
	casus_free(b);
}

static void
a_partner_tells_what_the_law_lets_it_give_and_everybody_named_reads_the_source(void **state)
{
	struct casus *b = casus_new(*state);

	visit(b->v_wendy, casus_at(b, "/subjects/1/facts"));
	assert_page_says(b->v_wendy, "Wat kan nu niet, en waarom?");
	tell(b, "kind=INSPECTION&nature=FACT&text=Controle%20in%20de%20loods&sourceGrade=B"
	        "&informationGrade=2");
	assert_page_says(b->v_wendy, "Toegevoegd");
	assert_page_says(b->v_wendy, "Controle in de loods");
	assert_page_says(b->v_wendy, "B2");
	tell(b, "kind=INSPECTION&nature=JUDGEMENT&text=Het%20lijkt%20een%20opslag");
	assert_page_says(b->v_wendy, "Oordeel");
	visit(b->v_cor, casus_at(b, "/subjects/1"));
	assert_page_says(b->v_cor, "Controle in de loods");
	assert_false(page_says(b->v_cor, "Voeg een feit toe"));
	visit(b->v_cor, casus_at(b, "/subjects/1/facts"));
	assert_int_equal(b->v_cor->code, 409); /* the bureau is never a source */
	casus_free(b);
}

static void what_may_not_come_in_is_refused_at_its_field_and_nothing_is_stored(void **state)
{
	static const struct {
		const char *fields, *says;
	} WRONG[] = {
		{ "kind=POLICE_REPORT_FACT&nature=FACT&text=Melding", "kind-problem" },
		{ "kind=INVESTIGATION&nature=FACT&text=Onderzoek", "kind-problem" },
		{ "kind=RESIDENCE&nature=FACT&text=Verblijf", "kind-problem" },
		{ "kind=INSPECTION&nature=FACT&text=", "Schrijf op wat u weet" },
		{ "kind=INSPECTION&nature=&text=Controle", "Kies: feit of oordeel" },
		{ "kind=INSPECTION&nature=FACT&text=BSN%20999990019", "lijkt op een BSN" },
		{ "kind=INSPECTION&nature=FACT&text=Controle&sourceGrade=A", "Kies beide" },
	};
	struct casus *b = casus_new(*state);
	const int64_t before = store_world_number(b->h->store, "SELECT count(*) FROM fact");

	for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
		tell(b, WRONG[i].fields);
		if (b->v_wendy->code != 400)
			fail_msg("taken in: %s", WRONG[i].fields);
		assert_page_says(b->v_wendy, WRONG[i].says);
	}
	send_from(b->v_wendy, casus_at(b, "/subjects/1/facts"), casus_at(b, "/subjects/1/facts"),
	          "kind=INSPECTION&nature=FACT&text=Controle&task=901");
	assert_int_equal(b->v_wendy->code, 400); /* the task of another participant */
	assert_int_equal(store_world_number(b->h->store, "SELECT count(*) FROM fact"), before);
	casus_free(b);
}

static void heavy_facts_leave_no_trace_for_who_is_not_named_for_them(void **state)
{
	static const char *const RESTS[] = { "", "/subjects/1", "/members" };
	enum { COUNT = sizeof RESTS / sizeof RESTS[0] };
	struct casus *b = casus_new(*state);
	const char *before[COUNT], *cor_before = casus_answer(b, b->v_cor, "/subjects/1");

	for (size_t i = 0; i < COUNT; i++)
		before[i] = casus_answer(b, b->v_wendy, RESTS[i]);
	casus_put_heavy(b, "Uit een gericht onderzoek bleek dit");
	for (size_t i = 0; i < COUNT; i++)
		assert_string_equal(casus_answer(b, b->v_wendy, RESTS[i]), before[i]);
	assert_string_equal(casus_answer(b, b->v_cor, "/subjects/1"), cor_before);
	casus_name(b, b->wendy, "&heavy=1");
	visit(b->v_wendy, casus_at(b, "/subjects/1"));
	assert_page_says(b->v_wendy, "Uit een gericht onderzoek bleek dit");
	assert_string_equal(casus_answer(b, b->v_cor, "/subjects/1"), cor_before);
	casus_free(b);
}

static void a_subject_that_is_not_there_and_a_casefile_of_others_answer_alike(void **state)
{
	struct casus *b = casus_new(*state);
	struct visitor *out =
	    signed_in(b->h, house_hire(b->h, "olga@duinwaard.example", ROLE_WORKING_GROUP, 0));

	visit(b->v_wendy, casus_at(b, "/subjects/9"));
	assert_int_equal(b->v_wendy->code, 404);
	visit(b->v_wendy, casus_at(b, "/subjects/1x"));
	assert_int_equal(b->v_wendy->code, 404);
	visit(out, casus_at(b, "/subjects/1"));
	assert_int_equal(out->code, 404);
	assert_false(page_says(out, "Zandwijk"));
	visit(out, casus_at(b, "/subjects/1/facts"));
	assert_int_equal(out->code, 404);
	visitor_free(out);
	casus_free(b);
}

static const char WHY[] = "Wij%20missen%20wat%20de%20politie%20over%20deze%20man%20weet";

static const char *phases(const struct casus *b)
{
	return casus_at(b, "/subjects/1/phases");
}

static const char *newest(struct casus *b, const char *action)
{
	const int64_t id = store_world_number(b->h->store, "SELECT max(id) FROM casefile_phase");
	return arena_printf(&b->h->arena, "%s/%lld/%s", phases(b), (long long)id, action);
}

static void propose(struct casus *b, struct visitor *ana, int phase)
{
	send_from(ana, phases(b), phases(b),
	          arena_printf(&b->h->arena,
	                       "phase=%d&necessity=%s&proportionality=%s&subsidiarity=%s", phase,
	                       WHY, WHY, WHY));
	assert_page_says(ana, "Voorgesteld");
}

static void phase_2_opens_with_a_second_person_and_then_the_police_may_tell_more(void **state)
{
	struct casus *b = casus_new(*state);
	struct visitor *ana = b->v_ana;

	send_from(ana, phases(b), phases(b), "phase=2&necessity=kort");
	assert_int_equal(ana->code, 400);
	send_from(ana, phases(b), phases(b),
	          arena_printf(&b->h->arena, "phase=3&necessity=%s", WHY));
	assert_int_equal(ana->code, 400); /* phase 2 is shut */
	propose(b, ana, 2);
	tell(b, "kind=POLICE_REPORT_FACT&nature=FACT&text=Melding%20van%20overlast");
	assert_int_equal(b->v_wendy->code, 400);
	visit(ana, "/news");
	assert_false(page_says(ana, "Besluit over een fase die u voorstelde"));
	send_from(b->v_cor, phases(b), newest(b, "open"), "x=1");
	assert_page_says(b->v_cor, "Getekend. Fase 2 is open.");
	/* who proposed it hears of it, and reads who signed */
	visit(ana, "/news");
	assert_page_says(ana, "Besluit over een fase die u voorstelde");
	visit(ana, phases(b));
	assert_page_says(ana, b->cor->name);
	tell(b, "kind=POLICE_REPORT_FACT&nature=FACT&text=Melding%20van%20overlast");
	assert_page_says(b->v_wendy, "Melding van overlast");
	casus_free(b);
}

static void phase_3_waits_for_the_police_and_shows_to_nobody_who_is_not_named(void **state)
{
	struct casus *b = casus_new(*state);
	struct visitor *ana = b->v_ana;
	const char *form_before, *phases_before;

	propose(b, ana, 2);
	send_from(b->v_cor, phases(b), newest(b, "open"), "x=1");
	form_before = casus_answer(b, b->v_wendy, "/subjects/1/facts");
	phases_before = casus_answer(b, b->v_wendy, "/subjects/1/phases");
	propose(b, ana, 3);
	assert_string_equal(casus_answer(b, b->v_wendy, "/subjects/1/phases"), phases_before);
	visit(b->v_cor, phases(b));
	visitor_send_from(b->v_cor, newest(b, "refuse"), newest(b, "open"), "x=1");
	assert_true(b->v_cor->code == 409 || b->v_cor->code == 403);
	casus_name(b, b->wendy, "&heavy=1");
	send_from(b->v_wendy, phases(b), newest(b, "agree"), "x=1");
	assert_int_equal(b->v_wendy->code, 200);
	send_from(b->v_cor, phases(b), newest(b, "open"), "x=1");
	assert_int_equal(store_world_number(
			     b->h->store, "SELECT max(phase) FROM casefile_phase WHERE state = 3"),
	                 3);
	casus_name(b, b->wendy, "");
	assert_string_equal(casus_answer(b, b->v_wendy, "/subjects/1/facts"), form_before);
	assert_string_equal(casus_answer(b, b->v_wendy, "/subjects/1/phases"), phases_before);
	casus_free(b);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(what_the_signal_knew_stands_in_the_casefile_under_keys_of_its_own),
		CASE(forgetting_the_signal_leaves_the_casefile_as_it_was),
		CASE(
		    a_partner_tells_what_the_law_lets_it_give_and_everybody_named_reads_the_source),
		CASE(what_may_not_come_in_is_refused_at_its_field_and_nothing_is_stored),
		CASE(heavy_facts_leave_no_trace_for_who_is_not_named_for_them),
		CASE(phase_2_opens_with_a_second_person_and_then_the_police_may_tell_more),
		CASE(phase_3_waits_for_the_police_and_shows_to_nobody_who_is_not_named),
		CASE(a_subject_that_is_not_there_and_a_casefile_of_others_answer_alike),
	};
	return cmocka_run_group_tests_name("casefile_subjects", tests, NULL, NULL);
}
