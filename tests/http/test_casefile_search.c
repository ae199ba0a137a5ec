/* A casefile in the one search: by number and by words, for who may open it and for nobody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "case_world.h"
#include "casework/casefile_index.h"

static void feed(struct casus *c)
{
	struct error e = { 0 };
	bool more = true;

	while (more)
		assert_int_equal(casefile_index_step(&c->h->plein, &more, &e), OK);
}

static bool finds(struct casus *c, struct visitor *v, const char *words)
{
	visit(v, "/");
	visitor_send(v, "/search", arena_printf(&c->h->arena, "q=%s", words));
	return v->code == 200 && page_says(v, c->ref);
}

static void who_may_open_it_finds_it_by_number_and_by_a_word_of_its_title(void **state)
{
	struct casus *c = casus_new(*state);
	struct visitor *out =
	    signed_in(c->h, house_hire(c->h, "olga@duinwaard.example", ROLE_WORKING_GROUP, 0));

	assert_true(finds(c, c->v_wendy, c->ref)); /* the number is never late */
	feed(c);
	assert_true(finds(c, c->v_wendy, "loodsen"));
	assert_true(finds(c, c->v_cor, "loodsen"));
	assert_false(finds(c, c->v_cor, "kwartelkade"));
	visitor_send(out, "/search", "q=loodsen");
	visit(out, "/");
	visitor_send(out, "/search", "q=loodsen");
	assert_false(page_says(out, c->ref));
	visitor_free(out);
	casus_free(c);
}

static void the_name_of_who_it_is_about_leads_to_it_and_a_citizen_number_never(void **state)
{
	struct casus *c = casus_new(*state);
	struct visitor *out =
	    signed_in(c->h, house_hire(c->h, "olga@duinwaard.example", ROLE_WORKING_GROUP, 0));

	feed(c);
	assert_true(finds(c, c->v_wendy, "zandwijk"));
	assert_true(finds(c, c->v_cor, "milan"));
	assert_false(finds(c, c->v_cor, "999990019"));
	assert_false(finds(c, out, "zandwijk"));
	visitor_free(out);
	casus_free(c);
}

static void a_word_of_a_note_leads_to_it_but_not_one_of_phase_3(void **state)
{
	struct casus *c = casus_new(*state);

	casus_name(c, c->wendy, "&heavy=1");
	send_from(c->v_wendy, casus_at(c, "/notes"), casus_at(c, "/notes"),
	          "text=Bij%20de%20vuurtoren");
	send_from(c->v_wendy, casus_at(c, "/notes"), casus_at(c, "/notes"),
	          "text=Bij%20de%20windmolen&heavy=1");
	feed(c);
	assert_true(finds(c, c->v_wim, "vuurtoren"));
	assert_false(finds(c, c->v_wim, "windmolen"));
	assert_false(finds(c, c->v_wendy, "windmolen"));
	casus_free(c);
}

static void who_is_blocked_or_no_longer_named_does_not_find_it(void **state)
{
	struct casus *c = casus_new(*state);

	feed(c);
	assert_true(finds(c, c->v_ana, "loodsen"));
	send_from(
	    c->v_cor, casus_at(c, "/members"), casus_at(c, "/blocks"),
	    arena_printf(&c->h->arena, "person=%lld&kind=EMBARGO", (long long)c->ana->person_id));
	assert_false(finds(c, c->v_ana, "loodsen"));
	send_from(c->v_cor, casus_at(c, "/members"),
	          casus_at(c, arena_printf(&c->h->arena, "/members/%lld/remove",
	                                   (long long)c->wim->appointment_id)),
	          "x=1");
	assert_false(finds(c, c->v_wim, "loodsen"));
	send_from(c->v_cor, casus_at(c, "/move/stop"), casus_at(c, "/move/stop"),
	          "reason=NO_INDICATION");
	assert_false(finds(c, c->v_cor, "loodsen"));
	casus_free(c);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(who_may_open_it_finds_it_by_number_and_by_a_word_of_its_title),
		PROMISE(the_name_of_who_it_is_about_leads_to_it_and_a_citizen_number_never),
		PROMISE(a_word_of_a_note_leads_to_it_but_not_one_of_phase_3),
		PROMISE(who_is_blocked_or_no_longer_named_does_not_find_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
