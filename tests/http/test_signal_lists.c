/* Signals found by their words, chosen by filters, counted and taken along: all within rights. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "signal_play.h"

static void find(struct visitor *v, const char *words)
{
	visit(v, "/search");
	visitor_send(v, "/search", arena_printf(&v->house->arena, "q=%s", words));
	assert_int_equal(v->code, 200);
}

static void a_signal_is_found_by_words_of_title_text_and_subjects_by_its_readers_alone(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	struct visitor *pol =
	    play_person(h, "pol@politie.example", ROLE_SUBMITTER, h->police_organ);

	struct played p = play_write(anna, "Winkel+zonder+klanten", "Elke+dag+kwartelkade");
	play_fill(&p, "/edit/subjects",
	          "kind=PERSON&role=MAIN&familyName=Zandstra&givenNames=Ilse&bsn=999990019");
	play_index(h);
	find(anna, "KWARTELKADE");
	assert_page_says(anna, "Winkel zonder klanten");
	find(anna, "zandstra+winkel");
	assert_page_says(anna, p.ref);
	find(anna, "999990019");
	assert_page_says(anna, "Niets gevonden");
	find(cor, "kwartelkade");
	assert_page_says(cor, "Niets gevonden");
	play_submit(&p);
	play_index(h);
	find(cor, "kwartelkade");
	assert_page_says(cor, "Winkel zonder klanten");
	find(pol, "kwartelkade");
	assert_page_says(pol, "Niets gevonden");
	visitor_free(anna);
	visitor_free(cor);
	visitor_free(pol);
}

static void words_that_were_changed_find_nothing_any_more(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct played p = play_write(anna, "Winkel", "Aan+de+kwartelkade");

	play_index(h);
	play_fill(&p, "/edit/facts", "title=Winkel&facts=Aan+de+meeuwenkade");
	play_index(h);
	find(anna, "kwartelkade");
	assert_page_says(anna, "Niets gevonden");
	find(anna, "meeuwenkade");
	assert_page_says(anna, p.ref);
	visitor_free(anna);
}

static void withdrawn_is_in_no_search_from_that_moment(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct played p = play_write(anna, "Winkel", "Aan+de+kwartelkade");

	play_submit(&p);
	play_index(h);
	visit(anna, play_at(&p, "/move/withdraw"));
	visitor_send(anna, play_at(&p, "/move/withdraw"), "x=1");
	find(anna, "kwartelkade");
	assert_page_says(anna, "Niets gevonden");
	find(anna, p.ref);
	assert_page_says(anna, "Niets gevonden");
	play_index(h);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM search_word"), 0);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM search_document"), 0);
	visitor_free(anna);
}

static enum status lose_run(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt LOSE[] = {
		{ "test_lose_words", "", "DELETE FROM search_word" },
		{ "test_lose_readers", "", "DELETE FROM search_reader" },
		{ "test_lose_documents", "", "DELETE FROM search_document" },
		{ "test_lose_generation", "", "DELETE FROM search_generation" },
	};
	enum status st = OK;

	(void)args;
	for (size_t i = 0; st == OK && i < sizeof LOSE / sizeof LOSE[0]; i++)
		st = db_exec(tx, &LOSE[i], DB_NO_ARGS, NULL, reterr);
	return st;
}

static void a_lost_search_store_is_filled_again_with_words_and_readers(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	struct played p = play_write(anna, "Winkel", "Aan+de+kwartelkade");

	play_submit(&p);
	play_index(h);
	store_world_run(h->store, lose_run, NULL);
	find(cor, "kwartelkade");
	assert_page_says(cor, "Niets gevonden");
	play_index(h);
	find(cor, "kwartelkade");
	assert_page_says(cor, p.ref);
	find(cor, p.ref);
	assert_page_says(cor, "Winkel");
	visitor_free(anna);
	visitor_free(cor);
}

static void the_list_by_words_keeps_no_word_in_its_address(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct played kade = play_write(anna, "Winkel+aan+de+kade", "Aan+de+kwartelkade");
	struct played loods = play_write(anna, "Loods+met+kassen", "Aan+de+bosrand");

	play_index(h);
	visit(anna, "/signals?state=DRAFT");
	visitor_send(anna, "/signals/find", "state=DRAFT&q=kwartelkade");
	assert_int_equal(anna->code, 200);
	assert_null(strstr(anna->path, "kwartelkade"));
	assert_non_null(strstr(anna->path, "state=DRAFT"));
	assert_non_null(strstr(anna->path, "words="));
	assert_page_says(anna, kade.ref);
	assert_false(page_says(anna, loods.ref));
	assert_page_says(anna, "Met uw zoekwoorden");
	visit(anna, arena_printf(&h->arena, "%s&theme=DRUGS", anna->path));
	assert_page_says(anna, "Niets gevonden met deze filters");
	visit(anna, "/signals?words=zzzzzzzz.aaaaaaaa");
	assert_page_says(anna, "Niets gevonden met deze filters");
	visitor_free(anna);
}

/* One that nearly all have is looked for along the list; a rare one from the word. Both find the same. */
static void a_frequent_word_and_a_rare_one_are_both_found_within_rights(void **state)
{
	enum { MANY = 40, RARE_EVERY = 20 };
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h);
	struct visitor *pol =
	    play_person(h, "pol@politie.example", ROLE_SUBMITTER, h->police_organ);
	const char *json = "[";

	for (int i = 0; i < MANY; i++)
		json = arena_printf(
		    &h->arena, "%s%s{\"title\":\"Nummer %d\",\"facts\":\"Aan de kwartelkade%s\"}",
		    json, i > 0 ? "," : "", i, i % RARE_EVERY == 0 ? " bij het gemaal" : "");
	struct reply r = client_request(
	    h->port, "POST", "/api/v1/signals/bulk",
	    arena_printf(&h->arena, "%sIdempotency-Key: veel\r\n", house_bearer(h, anna)),
	    arena_printf(&h->arena, "%s]", json));
	assert_int_equal(r.code, 200);
	reply_free(&r);
	play_index(h);
	visitor_sign_in(v, anna);
	visit(v, "/signals");
	visitor_send(v, "/signals/find", "q=kwartelkade");
	for (int i = 0; i < MANY; i++)
		assert_page_says(v, arena_printf(&h->arena, "Nummer %d<", i));
	visitor_send(v, "/signals/find", "q=kwartelkade+gemaal+kwartelkade");
	assert_page_says(v, "Nummer 20<");
	assert_false(page_says(v, "Nummer 21<"));
	visitor_send(v, "/signals/find", "q=kwartelkade+kwartelkade");
	assert_page_says(v, "Nummer 21<");
	visit(pol, "/signals");
	visitor_send(pol, "/signals/find", "q=kwartelkade");
	assert_false(page_says(pol, "Nummer"));
	visitor_free(pol);
	visitor_free(v);
}

static void filters_choose_by_partner_municipality_and_period(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	struct played p = play_write(anna, "Winkel", "Leeg");
	static const char *const WITH[] = { "partner=gm9901", "municipality=9901",
		                            "sinceFrom=2026-11-24&sinceUntil=2026-11-24",
		                            "state=SUBMITTED&theme=LAUNDERING&line=LOCATION",
		                            "theme=LAUNDERING" };
	static const char *const WITHOUT[] = { "partner=politie", "sinceUntil=2026-11-23",
		                               "sinceFrom=2026-11-25", "state=RETURNED",
		                               "theme=DRUGS" };

	play_submit(&p);
	for (size_t i = 0; i < sizeof WITH / sizeof WITH[0]; i++) {
		visit(cor, arena_printf(&h->arena, "/signals?%s", WITH[i]));
		assert_page_says(cor, p.ref);
	}
	for (size_t i = 0; i < sizeof WITHOUT / sizeof WITHOUT[0]; i++) {
		visit(cor, arena_printf(&h->arena, "/signals?%s", WITHOUT[i]));
		assert_false(page_says(cor, p.ref));
	}
	visitor_free(anna);
	visitor_free(cor);
}

static void figures_and_board_count_what_the_viewer_may_see(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	struct visitor *pol =
	    play_person(h, "pol@politie.example", ROLE_SUBMITTER, h->police_organ);
	struct played p = play_write(anna, "Winkel", "Leeg");

	(void)play_write(anna, "Loods", "Vol");
	play_submit(&p);
	visit(anna, "/signals/figures");
	assert_page_says(anna, "U telt 2 signalen");
	assert_page_says(anna, "november 2026");
	visit(cor, "/signals/figures");
	assert_page_says(cor, "U telt 1 signalen");
	assert_page_says(cor, "Witwassen en crimineel geld");
	visit(pol, "/signals/figures");
	assert_page_says(pol, "U telt 0 signalen");
	assert_false(page_says(pol, "Witwassen"));
	visit(cor, "/signals/board");
	assert_page_says(cor, "Winkel");
	assert_false(page_says(cor, "Loods"));
	visit(pol, "/signals/board");
	assert_false(page_says(pol, "Winkel"));
	visitor_free(anna);
	visitor_free(cor);
	visitor_free(pol);
}

static void what_the_screen_shows_can_be_taken_along_as_csv_and_ods(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct played p = play_write(anna, "%3D1%2B1+%26+winkel", "Leeg");
	struct played other = play_write(anna, "Loods", "Vol");

	play_submit(&p);
	struct reply csv = play_raw(anna, "/signals?state=SUBMITTED&format=csv");
	assert_int_equal(csv.code, 200);
	assert_true(reply_says(&csv, p.ref));
	assert_false(reply_says(&csv, other.ref));
	assert_true(reply_says(&csv, "'=1+1 & winkel"));
	reply_free(&csv);
	struct reply ods = play_raw(anna, "/signals?state=SUBMITTED&format=ods");
	assert_int_equal(ods.code, 200);
	assert_string_equal(reply_header(&ods, "Content-Type"),
	                    "application/vnd.oasis.opendocument.spreadsheet");
	assert_memory_equal(ods.body, "PK\003\004", 4);
	assert_memory_equal(ods.body + 30, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
	                    54);
	assert_non_null(memmem(ods.body, ods.body_len, p.ref, strlen(p.ref)));
	assert_null(memmem(ods.body, ods.body_len, other.ref, strlen(other.ref)));
	assert_non_null(memmem(ods.body, ods.body_len, "=1+1 &amp; winkel", 17));
	reply_free(&ods);
	visitor_free(anna);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(a_signal_is_found_by_words_of_title_text_and_subjects_by_its_readers_alone),
		PROMISE(words_that_were_changed_find_nothing_any_more),
		PROMISE(withdrawn_is_in_no_search_from_that_moment),
		PROMISE(a_lost_search_store_is_filled_again_with_words_and_readers),
		PROMISE(the_list_by_words_keeps_no_word_in_its_address),
		PROMISE(a_frequent_word_and_a_rare_one_are_both_found_within_rights),
		PROMISE(filters_choose_by_partner_municipality_and_period),
		PROMISE(figures_and_board_count_what_the_viewer_may_see),
		PROMISE(what_the_screen_shows_can_be_taken_along_as_csv_and_ods),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
