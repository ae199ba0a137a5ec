/* In which order the list puts who may be the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "match_play.h"

static void assert_before(const struct visitor *v, const char *first, const char *then)
{
	assert_page_says(v, first);
	assert_page_says(v, then);
	assert_true(strstr(v->page, first) < strstr(v->page, then));
}

static void the_list_puts_the_likeliest_or_the_newest_first_in_its_files_too(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);

	(void)submitted_about(anna, MILAN, NULL);
	(void)submitted_about(anna, MILAN, NULL); /* the likeliest: the same in everything */
	(void)submitted_about(anna, MEHMET, NULL);
	(void)submitted_about(anna, MEHMED, NULL); /* the newest */
	index_all(h);
	visit(cor, "/matches");
	assert_before(cor, "Zandwijk", "lmaz");
	visit(cor, "/matches?sort=newest");
	assert_page_says(cor, "value=\"newest\" selected");
	assert_before(cor, "lmaz", "Zandwijk");
	assert_page_says(cor, "/matches?sort=newest&amp;format=csv");
	visit(cor, "/matches?sort=newest&format=csv");
	assert_before(cor, "lmaz", "Zandwijk");
	visit(cor, "/matches?sort=newest&format=ods");
	assert_int_equal(memcmp(cor->page, "PK", 2), 0);
	visitor_free(anna);
	visitor_free(cor);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    the_list_puts_the_likeliest_or_the_newest_first_in_its_files_too, house_set_up,
		    live_tear_down),
	};
	return cmocka_run_group_tests_name("matches_order", tests, NULL, NULL);
}
