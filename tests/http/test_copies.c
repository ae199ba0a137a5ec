/* Who got what of a casefile: every opening, taking over and print is a copy with a number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "request_world.h"

#define ONE "&subjects%5B0%5D.number=1"

static const char *copies(struct bureau *b, const char *rest)
{
	return arena_printf(&b->h->arena, "/casefiles/%s/copies%s", b->ref, rest);
}

/* The number of the copy whose row holds this text. */
static const char *number_of(struct bureau *b, const struct visitor *v, const char *text)
{
	const char *found = strstr(v->page, text), *at = v->page, *next;

	assert_non_null(found);
	while ((next = strstr(at, "/copies/K-")) != NULL && next < found)
		at = next + strlen("/copies/");
	return arena_strndup(&b->h->arena, at, 14);
}

/* What the desk opened, and took over for its own systems. */
static const char *taken_over(struct bureau *b)
{
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ONE);

	move(b, b->v_desk, ref, "accept");
	write_item(b, ref, CONTROL);
	move(b, b->v_desk, ref, "answer");
	visit(b->v_desk, at(b, ref, "/copy"));
	assert_int_equal(b->v_desk->code, 200);
	return ref;
}

static void who_opened_or_took_over_stands_in_one_list_with_a_number(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = taken_over(b);

	visit(b->v_cor, copies(b, ""));
	assert_int_equal(b->v_cor->code, 200);
	assert_page_says(b->v_cor, "loket@politie.example");
	assert_page_says(b->v_cor, "Geopend");
	assert_page_says(b->v_cor, "Overgenomen in eigen systeem");
	assert_page_says(b->v_cor, ref);
	assert_false(page_says(b->v_cor, "Zandwijk")); /* who, never what it says */
	const char *number = number_of(b, b->v_cor, "Overgenomen in eigen systeem");
	visit(b->v_cor, copies(b, arena_printf(&b->h->arena, "/%s", number)));
	assert_int_equal(b->v_cor->code, 200);
	assert_page_says(b->v_cor, "Overgenomen in eigen systeem");
	assert_page_says(b->v_cor, "Achternaam");
	assert_false(page_says(b->v_cor, "Zandwijk"));
	visit(b->v_cor, copies(b, "?format=csv"));
	assert_page_says(b->v_cor, number);
	visit(b->v_cor, copies(b, "/K-000000000000"));
	assert_int_equal(b->v_cor->code, 404);
	visit(b->v_cor, copies(b, "/K-zz"));
	assert_int_equal(b->v_cor->code, 404);
	close_bureau(b);
}

static void only_who_must_reach_them_sees_who_got_copies(void **state)
{
	struct bureau *b = open_bureau(*state);
	struct visitor *v_dpo = signed_in(b->h, b->dpo);

	(void)taken_over(b);
	visit(v_dpo, copies(b, ""));
	assert_page_says(v_dpo, "loket@politie.example");
	visit(b->v_ana, copies(b, ""));
	assert_int_equal(b->v_ana->code, 404);
	visit(b->v_desk, copies(b, ""));
	assert_int_equal(b->v_desk->code, 404);
	visitor_free(v_dpo);
	close_bureau(b);
}

static const struct db_stmt ALL_HEAVY = { "test_all_heavy", "", "UPDATE fact SET phase = 3" };

static enum status make_heavy(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)args;
	return db_exec(tx, &ALL_HEAVY, DB_NO_ARGS, NULL, reterr);
}

static void a_heavy_fact_shows_in_no_list_of_who_is_not_named_for_it(void **state)
{
	struct bureau *b = open_bureau(*state);

	(void)taken_over(b);
	visit(b->v_cor, copies(b, ""));
	const char *number = number_of(b, b->v_cor, "Overgenomen in eigen systeem");
	const char *path = copies(b, arena_printf(&b->h->arena, "/%s", number));
	visit(b->v_cor, path);
	assert_page_says(b->v_cor, "Achternaam");
	store_world_run(b->h->store, make_heavy, NULL);
	visit(b->v_cor, path);
	assert_int_equal(b->v_cor->code, 404);
	visit(b->v_cor, copies(b, ""));
	assert_page_says(b->v_cor, "Er zijn nog geen kopieën");
	close_bureau(b);
}

#define T(test) cmocka_unit_test_setup_teardown(test, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(who_opened_or_took_over_stands_in_one_list_with_a_number),
		T(only_who_must_reach_them_sees_who_got_copies),
		T(a_heavy_fact_shows_in_no_list_of_who_is_not_named_for_it),
	};
	return cmocka_run_group_tests_name("copies", tests, NULL, NULL);
}
