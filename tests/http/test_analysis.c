/* The analysis of a casefile from outside: written by several at once, read by phase, nothing lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis_table.h"
#include "client.h"

/* ---- promises -------------------------------------------------------------------------------------- */

static void who_writes_in_a_section_stands_there_for_all_members(void **state)
{
	struct table *t = set_table(*state);

	visit(t->v_wendy, path(t, ""));
	assert_page_says(t->v_wendy, "Wat willen de partners weten");
	write_words(t, t->v_wendy, "QUESTION", "text=Wie%20zit%20hierachter%3F");
	assert_page_says(t->v_wendy, "De alinea staat erin");
	write_words(t, t->b->v_ana, "CONCLUSIONS", "text=Daarom%20is%20een%20controle%20nodig.");
	assert_page_says(t->b->v_ana, "Wie zit hierachter?");
	assert_page_says(t->b->v_ana, "Daarom is een controle nodig.");
	leave(t);
}

static void a_mention_is_stored_as_a_reference_and_shows_the_name(void **state)
{
	struct table *t = set_table(*state);

	write_words(t, t->v_wendy, "SUBJECTS", "text=De%20loods%20is%20van%20%401%20en%20%402.");
	assert_page_says(t->v_wendy, ">Milan Zandwijk</a>");
	assert_page_says(t->v_wendy, ">Zandwijk Opslag B.V.</a>");
	assert_int_equal(count(t->b, "SELECT count(*) FROM analysis_mention"), 2);
	visit(t->v_wendy, address_after(t, t->v_wendy, "De loods is van"));
	assert_page_says(t->v_wendy, "@[1 Milan Zandwijk]");
	leave(t);
}

static void what_may_not_stand_in_a_text_is_refused_at_the_field_and_kept_to_mend(void **state)
{
	static const struct {
		const char *text, *says;
	} WRONG[] = {
		{ "text=", "Schrijf de tekst" },
		{ "text=Milan%20Zandwijk%20huurt%20dit", "Schrijf @1" },
		{ "text=Zijn%20BSN%20is%20999990019", "Haal het BSN uit de tekst" },
		{ "text=Hij%20is%20moslim", "text-problem" },
		{ "text=%409%20huurt%20dit", "niemand met nummer 9" },
		{ "text=Mevrouw%20Pietersen%20belde", "Hier staat een naam" },
		{ "text=Een%20zin&facts%5B0%5D.id=99999", "Kies opnieuw" },
	};
	struct table *t = set_table(*state);

	for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
		write_words(t, t->v_wendy, "QUESTION", WRONG[i].text);
		if (t->v_wendy->code != 400)
			fail_msg("taken in (%d): %s", t->v_wendy->code, WRONG[i].text);
		assert_page_says(t->v_wendy, WRONG[i].says);
	}
	write_words(t, t->v_wendy, "NIETS", "text=Een%20zin");
	assert_int_equal(t->v_wendy->code, 400);
	assert_int_equal(count(t->b, "SELECT count(*) FROM analysis_paragraph"), 0);
	write_words(t, t->v_wendy, "QUESTION", "text=Een%20andere%20Milan%20Zandwijk&otherName=on");
	assert_page_says(t->v_wendy, "De alinea staat erin");
	leave(t);
}

static void two_who_write_at_once_see_both_texts_and_lose_nothing(void **state)
{
	struct table *t = set_table(*state);

	write_words(t, t->v_wendy, "QUESTION", "text=Eerste%20tekst");
	const char *paragraph = address_after(t, t->v_wendy, "Eerste tekst");
	visit(t->v_wendy, paragraph);
	visit(t->v_tess, paragraph);
	visitor_send(t->v_tess, paragraph, "text=Tekst%20van%20Tess");
	assert_page_says(t->v_tess, "Bewaard.");
	visitor_send(t->v_wendy, paragraph, "text=Tekst%20van%20Wendy");
	assert_int_equal(t->v_wendy->code, 409);
	assert_page_says(t->v_wendy, "Een collega was eerder");
	assert_page_says(t->v_wendy, "Tess");
	assert_page_says(t->v_wendy, "Wendy");
	visitor_send(t->v_wendy, paragraph, "text=Tekst%20van%20Tess%20en%20Wendy");
	assert_page_says(t->v_wendy, "Bewaard.");
	visit(t->v_wendy, arena_printf(&t->b->h->arena, "%s/history", paragraph));
	assert_page_says(t->v_wendy, "Eerste tekst");
	assert_page_says(t->v_wendy, "<ins>");
	assert_page_says(t->v_wendy, "<del>");
	assert_int_equal(count(t->b, "SELECT count(DISTINCT key_id) FROM analysis_version"), 3);
	leave(t);
}

static void words_for_a_paragraph_that_went_can_become_a_new_one(void **state)
{
	struct table *t = set_table(*state);

	write_words(t, t->v_wendy, "QUESTION", "text=Eerste%20tekst");
	const char *paragraph = address_after(t, t->v_wendy, "Eerste tekst");
	visit(t->v_wendy, paragraph);
	send_from(t->v_tess, path(t, ""), arena_printf(&t->b->h->arena, "%s/_remove", paragraph),
	          "");
	assert_page_says(t->v_tess, "weggehaald");
	visitor_send(t->v_wendy, paragraph, "text=Mijn%20lange%20verhaal");
	assert_int_equal(t->v_wendy->code, 409);
	assert_page_says(t->v_wendy, "Mijn lange verhaal");
	visitor_send(t->v_wendy, path(t, "/paragraphs"),
	             "section=GAPS&text=Mijn%20lange%20verhaal");
	assert_page_says(t->v_wendy, "De alinea staat erin");
	send_from(t->v_wendy, path(t, ""), arena_printf(&t->b->h->arena, "%s/_restore", paragraph),
	          "");
	assert_page_says(t->v_wendy, "De alinea staat er weer");
	assert_page_says(t->v_wendy, "Eerste tekst");
	leave(t);
}

static void paragraphs_move_past_each_other_and_to_other_sections(void **state)
{
	struct table *t = set_table(*state);

	write_words(t, t->v_wendy, "QUESTION", "text=Een");
	write_words(t, t->v_wendy, "QUESTION", "text=Twee");
	write_words(t, t->v_wendy, "QUESTION", "text=Drie");
	const char *third =
	    arena_printf(&t->b->h->arena, "%s/_move", address_after(t, t->v_wendy, ">Drie<"));
	visitor_send(t->v_wendy, third, "direction=UP");
	assert_true(strstr(t->v_wendy->page, ">Drie<") < strstr(t->v_wendy->page, ">Twee<"));
	visitor_send(t->v_wendy, third, "direction=UP");
	assert_true(strstr(t->v_wendy->page, ">Drie<") < strstr(t->v_wendy->page, ">Een<"));
	visitor_send(t->v_wendy, third, "direction=DOWN");
	assert_true(strstr(t->v_wendy->page, ">Drie<") > strstr(t->v_wendy->page, ">Een<"));
	assert_true(strstr(t->v_wendy->page, ">Drie<") < strstr(t->v_wendy->page, ">Twee<"));
	visitor_send(t->v_wendy, third, "section=GAPS");
	assert_true(strstr(t->v_wendy->page, ">Drie<") >
	            strstr(t->v_wendy->page, "Wat wij niet weten"));
	visitor_send(t->v_wendy, third, "section=NIETS");
	assert_int_equal(t->v_wendy->code, 400);
	leave(t);
}

/* Pages and answers of somebody who is not named for phase 3, before and after: the same bytes. */
static void a_paragraph_of_phase_3_leaves_no_trace_for_who_is_not_named_for_it(void **state)
{
	static const char *const RESTS[] = { "", "/new", "/as/1" };
	enum { COUNT = sizeof RESTS / sizeof RESTS[0] };
	struct table *t = set_table(*state);
	struct arena *a = &t->b->h->arena;
	const char *before[COUNT];

	write_words(t, t->v_wendy, "QUESTION", "text=Gewone%20tekst");
	const char *plain = address_after(t, t->v_wendy, "Gewone tekst");
	const int64_t heavy = put_fact(t, PHASE_3, "Uit een gericht onderzoek");
	for (size_t i = 0; i < COUNT; i++)
		before[i] = answer_of(t, t->v_wendy, RESTS[i]);
	const char *tag = NULL, *headers = house_bearer(t->b->h, t->wendy);
	struct reply r = client_request(t->b->h->port, "GET",
	                                arena_printf(a, "/api/v1%s", path(t, "")), headers, NULL);
	tag = arena_strdup(a, reply_header(&r, "ETag"));
	const size_t size = r.body_len;
	reply_free(&r);

	write_words(t, t->v_tess, "QUESTION", cites(t, "text=Zwaar%20nieuws", heavy));
	assert_page_says(t->v_tess, "Zwaar nieuws");
	assert_page_says(t->v_tess, "fase 3");
	const char *secret = address_after(t, t->v_tess, "Zwaar nieuws");
	for (size_t i = 0; i < COUNT; i++)
		assert_string_equal(answer_of(t, t->v_wendy, RESTS[i]), before[i]);
	r = client_request(t->b->h->port, "GET", arena_printf(a, "/api/v1%s", path(t, "")), headers,
	                   NULL);
	assert_string_equal(reply_header(&r, "ETag"), tag);
	assert_int_equal(r.body_len, size);
	reply_free(&r);

	/* its own address, its history, and what one could do to it: as if there were none */
	const char *absent = "/paragraphs/0190b6a4-7c1e-7c3a-9f00-0123456789ab";
	static const char *const MORE[] = { "", "/history" };
	for (size_t i = 0; i < 2; i++) {
		const char *rest = arena_printf(a, "%s%s", strstr(secret, "/paragraphs"), MORE[i]);
		const char *mine = answer_of(t, t->v_wendy, rest);
		assert_string_equal(
		    mine, answer_of(t, t->v_wendy, arena_printf(a, "%s%s", absent, MORE[i])));
		assert_int_equal(strncmp(mine, "404", 3), 0);
	}
	visit(t->v_wendy, plain);
	visitor_send_from(t->v_wendy, plain, secret, "text=Ik%20gok");
	assert_int_equal(t->v_wendy->code, 409);
	const int there = t->v_wendy->code;
	const char *said = arena_strdup(a, t->v_wendy->page);
	visit(t->v_wendy, plain);
	visitor_send_from(t->v_wendy, plain, path(t, absent), "text=Ik%20gok");
	assert_int_equal(t->v_wendy->code, there);
	assert_int_equal(strlen(said), strlen(t->v_wendy->page));
	leave(t);
}

/* A paragraph that rises to phase 3 and comes back tells nothing of what happened above. */
static void what_happens_above_a_reader_moves_no_number_that_he_sees(void **state)
{
	struct table *t = set_table(*state);
	struct arena *a = &t->b->h->arena;
	const int64_t heavy = put_fact(t, PHASE_3, "Uit een gericht onderzoek");

	write_words(t, t->v_tess, "GAPS", "text=Wij%20weten%20het%20niet");
	const char *first = address_after(t, t->v_tess, "Wij weten het niet");
	send_from(t->v_tess, first, first, cites(t, "text=Nu%20weten%20wij%20het", heavy));
	assert_page_says(t->v_tess, "Nu weten wij het");
	assert_null(strstr(answer_of(t, t->v_wendy, ""), "weten wij"));
	const char *second = address_after(t, t->v_tess, "Nu weten wij het");
	assert_string_not_equal(first, second);
	send_from(t->v_tess, second, second, "text=Weer%20gewoon");
	const char *third = address_after(t, t->v_tess, "Weer gewoon");
	const char *seen = answer_of(t, t->v_wendy, strstr(third, "/paragraphs"));
	assert_non_null(strstr(seen, "\"version\":1"));
	const char *history =
	    answer_of(t, t->v_wendy, arena_printf(a, "%s/history", strstr(third, "/paragraphs")));
	assert_null(strstr(history, "Nu weten"));
	visit(t->v_tess, arena_printf(a, "%s/history", third));
	assert_page_says(t->v_tess, "Wij weten het niet");
	leave(t);
}

static void only_who_may_know_reads_that_something_is_left_out(void **state)
{
	struct table *t = set_table(*state);
	const int64_t heavy = put_fact(t, PHASE_3, "Uit een gericht onderzoek");

	write_words(t, t->v_tess, "QUESTION", cites(t, "text=Zwaar%20nieuws", heavy));
	visit(t->b->v_ana, path(t, ""));
	assert_page_says(t->b->v_ana, "Niet alles staat in deze versie");
	assert_false(page_says(t->b->v_ana, "Zwaar nieuws"));
	visit(t->v_wendy, path(t, ""));
	assert_false(page_says(t->v_wendy, "Niet alles"));
	visit(t->v_head, path(t, ""));
	assert_false(page_says(t->v_head, "Niet alles"));
	leave(t);
}

static void as_another_reads_it_never_shows_more_than_one_may_read_oneself(void **state)
{
	struct table *t = set_table(*state);
	struct arena *a = &t->b->h->arena;
	const int64_t heavy = put_fact(t, PHASE_3, "Uit een gericht onderzoek");

	write_words(t, t->v_wendy, "QUESTION", "text=Gewone%20tekst");
	write_words(t, t->v_tess, "QUESTION", cites(t, "text=Zwaar%20nieuws", heavy));
	visit(t->b->v_ana,
	      path(t, arena_printf(a, "/as/%lld", (long long)t->tess->appointment_id)));
	assert_int_equal(t->b->v_ana->code, 200);
	assert_page_says(t->b->v_ana, "Gewone tekst");
	assert_false(page_says(t->b->v_ana, "Zwaar nieuws"));
	assert_int_equal(count(t->b, "SELECT count(*) FROM audit_event WHERE action = 162"), 1);
	visit(t->v_wendy, path(t, arena_printf(a, "/as/%lld", (long long)t->tess->appointment_id)));
	assert_int_equal(t->v_wendy->code, 404);
	visit(t->b->v_ana, path(t, "/as/424242"));
	assert_int_equal(t->b->v_ana->code, 404);
	leave(t);
}

static void a_cited_fact_stands_under_the_text_and_says_when_it_changed(void **state)
{
	struct table *t = set_table(*state);
	int64_t fact = put_fact(t, PHASE_1, "Controle op 1 mei");

	write_words(t, t->v_wendy, "SUBJECTS", cites(t, "text=Er%20was%20controle", fact));
	assert_page_says(t->v_wendy, "Controle op 1 mei");
	store_world_run(t->b->h->store, correct_run, &fact);
	visit(t->v_wendy, path(t, ""));
	assert_page_says(t->v_wendy, "verbeterd sinds dit geschreven is");
	assert_page_says(t->v_wendy, "Nagekeken: blijft zo");
	visitor_send(t->v_wendy,
	             arena_printf(&t->b->h->arena, "%s/_looked",
	                          address_after(t, t->v_wendy, "Er was controle")),
	             "");
	assert_page_says(t->v_wendy, "Bewaard.");
	assert_false(page_says(t->v_wendy, "verbeterd sinds"));
	leave(t);
}

static void who_is_no_member_finds_nothing_and_who_may_not_write_cannot(void **state)
{
	struct table *t = set_table(*state);
	struct visitor *out = signed_in(
	    t->b->h, house_hire(t->b->h, "olga@duinwaard.example", ROLE_WORKING_GROUP, 0));

	write_words(t, t->v_wendy, "QUESTION", "text=Gewone%20tekst");
	visit(out, path(t, ""));
	assert_int_equal(out->code, 404);
	visit(out, path(t, "/new"));
	assert_int_equal(out->code, 404);
	visit(t->v_head, path(t, ""));
	assert_page_says(t->v_head, "Gewone tekst");
	assert_false(page_says(t->v_head, "Schrijf een alinea"));
	visit(t->v_head, path(t, "/new"));
	assert_int_equal(t->v_head->code, 404);
	visit(t->b->v_desk, path(t, ""));
	assert_int_equal(t->b->v_desk->code, 404);
	visitor_free(out);
	leave(t);
}

int main(void)
{
#define CASE(fn) cmocka_unit_test_setup_teardown(fn, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(who_writes_in_a_section_stands_there_for_all_members),
		CASE(a_mention_is_stored_as_a_reference_and_shows_the_name),
		CASE(what_may_not_stand_in_a_text_is_refused_at_the_field_and_kept_to_mend),
		CASE(two_who_write_at_once_see_both_texts_and_lose_nothing),
		CASE(words_for_a_paragraph_that_went_can_become_a_new_one),
		CASE(paragraphs_move_past_each_other_and_to_other_sections),
		CASE(a_paragraph_of_phase_3_leaves_no_trace_for_who_is_not_named_for_it),
		CASE(what_happens_above_a_reader_moves_no_number_that_he_sees),
		CASE(only_who_may_know_reads_that_something_is_left_out),
		CASE(as_another_reads_it_never_shows_more_than_one_may_read_oneself),
		CASE(a_cited_fact_stands_under_the_text_and_says_when_it_changed),
		CASE(who_is_no_member_finds_nothing_and_who_may_not_write_cannot),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
