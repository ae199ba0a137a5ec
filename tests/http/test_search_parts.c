/* Paragraphs and notes in the one search: each for who reads its phase, and for nobody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis_table.h"
#include "audit/action.h"
#include "client.h"
#include "server/rooms.h"

static void feed(struct table *t)
{
	struct error e = { 0 };
	bool more = true;

	while (more)
		assert_int_equal(search_feed_step(&t->b->h->plein, SEARCH_FEEDS, &more, &e), OK);
}

/* Does this word lead him to an address with this in it? */
static bool leads(struct table *t, struct visitor *v, const char *word, const char *part)
{
	visit(v, "/search");
	visitor_send(v, "/search", arena_printf(&t->b->h->arena, "q=%s", word));
	assert_int_equal(v->code, 200);
	return page_says(v, arena_printf(&t->b->h->arena, "%s%s", t->b->ref, part));
}

static void note(struct table *t, struct visitor *v, const char *fields)
{
	const char *notes = arena_printf(&t->b->h->arena, "/casefiles/%s/notes", t->b->ref);

	send_from(v, notes, notes, fields);
}

static void a_word_of_a_paragraph_leads_to_its_place_for_who_reads_the_analysis(void **state)
{
	struct table *t = set_table(*state);
	struct house_person *out =
	    house_hire(t->b->h, "olga@duinwaard.example", ROLE_WORKING_GROUP, 0);
	struct visitor *v_out = signed_in(t->b->h, out);

	write_words(t, t->v_wendy, "QUESTION", "text=De%20vuurtoren%20is%20van%20%401");
	feed(t);
	assert_true(leads(t, t->v_wendy, "vuurtoren", "/analysis#p"));
	assert_true(leads(t, t->b->v_ana, "vuurtoren", "/analysis#p"));
	assert_page_says(t->b->v_ana, "De vuurtoren is van (naam)");
	assert_false(leads(t, v_out, "vuurtoren", ""));
	assert_false(leads(t, t->b->v_desk, "vuurtoren", ""));
	assert_false(leads(t, t->b->v_ana, "kwartelkade", ""));
	visitor_free(v_out);
	leave(t);
}

static void other_words_and_a_paragraph_that_went_are_followed(void **state)
{
	struct table *t = set_table(*state);
	struct arena *a = &t->b->h->arena;

	write_words(t, t->v_wendy, "QUESTION", "text=De%20vuurtoren");
	const char *paragraph = address_after(t, t->v_wendy, "De vuurtoren");
	feed(t);
	send_from(t->v_wendy, paragraph, paragraph, "text=De%20watertoren");
	feed(t);
	assert_false(leads(t, t->b->v_ana, "vuurtoren", "/analysis"));
	assert_true(leads(t, t->b->v_ana, "watertoren", "/analysis"));
	send_from(t->v_wendy, path(t, ""), arena_printf(a, "%s/_remove", paragraph), "");
	assert_false(leads(t, t->b->v_ana, "watertoren", "/analysis")); /* at once */
	feed(t);
	assert_int_equal(count(t->b, "SELECT count(*) FROM index_waiting"), 0);
	leave(t);
}

static void a_paragraph_of_phase_3_is_found_by_who_is_named_for_it_alone(void **state)
{
	struct table *t = set_table(*state);
	const int64_t heavy = put_fact(t, PHASE_3, "Uit een gericht onderzoek");

	write_words(t, t->v_tess, "QUESTION", cites(t, "text=De%20vuurtoren", heavy));
	feed(t);
	assert_true(leads(t, t->v_tess, "vuurtoren", "/analysis#p"));
	assert_false(leads(t, t->v_wendy, "vuurtoren", ""));
	assert_false(leads(t, t->b->v_ana, "vuurtoren", ""));
	assert_false(leads(t, t->v_head, "vuurtoren", ""));
	name_member(t, t->wendy, "&heavy=1");
	feed(t);
	assert_true(leads(t, t->v_wendy, "vuurtoren", "/analysis#p"));
	leave(t);
}

static const struct db_stmt READERS = { "test_readers", "i",
	                                "SELECT count(*) FROM search_reader r"
	                                " JOIN search_document d ON d.id = r.document_id"
	                                " WHERE d.kind = $1" };

static int64_t readers(struct table *t, int kind)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct db_read *r = NULL;
	struct error e = { 0 };

	assert_int_equal(db_read_begin(t->b->h->plein.db, &r, &e), OK);
	assert_int_equal(db_query(r, &READERS, DB_ARGS(DB_INT(kind)), &row, &e), OK);
	assert_int_equal(db_one(&row, &e), OK);
	const int64_t found = db_int(&row, 0);
	db_rows_close(&row);
	db_read_end(r);
	return found;
}

/* Not found and then hidden: the store asks for its readers, so that no list is a line shorter. */
static void the_store_itself_holds_nobody_who_is_not_named_for_phase_3(void **state)
{
	struct table *t = set_table(*state);
	const int64_t heavy = put_fact(t, PHASE_3, "Uit een gericht onderzoek");

	write_words(t, t->v_tess, "QUESTION", cites(t, "text=De%20vuurtoren", heavy));
	feed(t);
	assert_int_equal(readers(t, OBJECT_PARAGRAPH), 1);
	note(t, t->v_tess, "text=De%20windmolen&heavy=1");
	feed(t);
	assert_int_equal(readers(t, OBJECT_NOTE), 1);
	leave(t);
}

static void a_note_of_phase_3_is_found_by_who_is_named_for_it_alone(void **state)
{
	struct table *t = set_table(*state);

	note(t, t->v_tess, "text=De%20windmolen&heavy=1");
	note(t, t->v_tess, "text=De%20watermolen");
	feed(t);
	assert_true(leads(t, t->v_tess, "windmolen", "/notes/1"));
	assert_false(leads(t, t->v_wendy, "windmolen", ""));
	assert_false(leads(t, t->b->v_cor, "windmolen", ""));
	assert_true(leads(t, t->v_wendy, "watermolen", "/notes/2"));
	assert_true(leads(t, t->b->v_cor, "watermolen", "/notes/2"));
	leave(t);
}

static void who_is_no_member_any_more_finds_nothing_even_before_the_store_knows(void **state)
{
	struct table *t = set_table(*state);
	struct arena *a = &t->b->h->arena;
	const char *members = arena_printf(a, "/casefiles/%s/members", t->b->ref);

	write_words(t, t->v_wendy, "QUESTION", "text=De%20vuurtoren");
	note(t, t->v_tess, "text=De%20windmolen");
	feed(t);
	send_from(t->b->v_cor, members,
	          arena_printf(a, "%s/%lld/remove", members, (long long)t->wendy->appointment_id),
	          "x=1");
	assert_false(leads(t, t->v_wendy, "vuurtoren", ""));
	assert_false(leads(t, t->v_wendy, "windmolen", ""));
	const int64_t before = readers(t, OBJECT_PARAGRAPH) + readers(t, OBJECT_NOTE);
	feed(t);
	assert_int_equal(readers(t, OBJECT_PARAGRAPH) + readers(t, OBJECT_NOTE), before - 2);
	leave(t);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(a_word_of_a_paragraph_leads_to_its_place_for_who_reads_the_analysis),
		PROMISE(other_words_and_a_paragraph_that_went_are_followed),
		PROMISE(a_paragraph_of_phase_3_is_found_by_who_is_named_for_it_alone),
		PROMISE(the_store_itself_holds_nobody_who_is_not_named_for_phase_3),
		PROMISE(a_note_of_phase_3_is_found_by_who_is_named_for_it_alone),
		PROMISE(who_is_no_member_any_more_finds_nothing_even_before_the_store_knows),
	};
	return cmocka_run_group_tests_name("search parts", tests, NULL, NULL);
}
