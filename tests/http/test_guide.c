/* "Mag ik dit delen?", the rules and help, as people open them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "audit/action.h"
#include "guide/share_code.h"
#include "house_world.h"
#include "law/law.h"

static struct visitor *signed_in(struct house *h, enum role role, int64_t organ)
{
	struct house_person *p = house_hire(h, "anna@duinwaard.example", role, organ);
	struct visitor *v = visitor_new(h);

	visitor_sign_in(v, p);
	return v;
}

static int64_t events_of(struct house *h, enum audit_action action)
{
	return store_world_number(
	    h->store, arena_printf(&h->arena, "SELECT count(*) FROM audit_event WHERE action = %d",
	                           (int)action));
}

/* As it stands in HTML. */
static const char *escaped(struct arena *a, const char *text)
{
	struct out o;

	out_init(&o, 1 << 16);
	out_html(&o, text);
	const char *copy = arena_strdup(a, o.data);
	out_free(&o);
	return copy;
}

static void what_municipalities_ask_most_stands_there_with_its_article(void **state)
{
	struct house *h = *state;
	struct visitor *v = signed_in(h, ROLE_SUBMITTER, 0);
	size_t count;
	const struct law_frequent *rows = law_frequents(&count);

	visit(v, "/may-i-share");
	assert_int_equal(v->code, 200);
	assert_true(count >= 20);
	for (size_t i = 0; i < count; i++) {
		const struct law_answer answer = law_may_share(&h->arena, &rows[i].question);
		const char *asked = escaped(&h->arena, rows[i].text);
		const char *row = strstr(v->page, asked);
		assert_non_null(row);
		const char *end = strstr(row, "</tr>");
		const char *said =
		    strstr(row, escaped(&h->arena, law_without_word(answer.verdict.sentence)));
		const char *article = strstr(row, escaped(&h->arena, answer.verdict.article));
		if (said == NULL || said > end || article == NULL || article > end)
			fail_msg("'%s' isn't answered in its row", rows[i].text);
	}
	visitor_free(v);
}

static void each_of_them_leads_to_its_own_answer(void **state)
{
	struct house *h = *state;
	struct visitor *v = signed_in(h, ROLE_SUBMITTER, 0);
	size_t count;
	const struct law_frequent *rows = law_frequents(&count);

	for (size_t i = 0; i < count; i++) {
		const struct law_answer answer = law_may_share(&h->arena, &rows[i].question);
		visit(v, share_address(&h->arena, &rows[i].question));
		assert_int_equal(v->code, 200);
		const char *block = strstr(v->page, "plein-verdict__answer");
		assert_non_null(block);
		const char *end = strstr(block, "</section>");
		const char *said =
		    strstr(block, escaped(&h->arena, law_without_word(answer.verdict.sentence)));
		if (said == NULL || said > end)
			fail_msg("'%s' leads to another answer", rows[i].text);
	}
	visitor_free(v);
}

static void the_giver_is_ones_own_organ_until_one_chooses_another(void **state)
{
	struct house *h = *state;
	struct visitor *v = signed_in(h, ROLE_SUBMITTER, h->mayor);

	visit(v, "/may-i-share");
	assert_page_says(v, "<option value=\"h\" selected>");
	assert_page_says(v, "(u)");
	visit(v, "/may-i-share?from=a");
	assert_page_says(v, "<option value=\"a\" selected>");
	visit(v, "/may-i-share?from=");
	assert_page_says(v, "<option value=\"\" selected>Weet ik niet");
	visitor_free(v);
}

static void who_works_at_the_bureau_gives_nothing_himself(void **state)
{
	struct house *h = *state;
	struct visitor *v = signed_in(h, ROLE_ANALYST, 0);

	visit(v, "/may-i-share");
	assert_page_says(v, "name=\"from\"><option value=\"\" selected>Weet ik niet");
	assert_false(page_says(v, "(u)"));
	visitor_free(v);
}

static void not_knowing_is_an_answer_to_every_question(void **state)
{
	struct house *h = *state;
	struct visitor *v = signed_in(h, ROLE_SUBMITTER, 0);

	visit(v, "/may-i-share?from=&to=&what=&phase=&activity=");
	assert_int_equal(v->code, 200);
	assert_page_says(v, "Alleen als het een van de soorten uit de wet is.");
	assert_page_says(v, "Kies eerst wat het is.");
	visitor_free(v);
}

static void nonsense_in_the_address_is_not_knowing(void **state)
{
	static const char *const nonsense[] = {
		"/may-i-share?from=zz&to=%3Cscript%3E&what=99999&phase=7&activity=x",
		"/may-i-share?from=h.CUSTOMS&what=-1&phase=-1",
		"/may-i-share?what=61x&from=h&from=i&phase=11",
		"/may-i-share?what=18446744073709551677&from=.BOA&to[0]=ZVH",
	};
	struct house *h = *state;
	struct visitor *v = signed_in(h, ROLE_SUBMITTER, 0);

	for (size_t i = 0; i < sizeof nonsense / sizeof nonsense[0]; i++) {
		visit(v, nonsense[i]);
		assert_int_equal(v->code, 200);
		assert_page_says(v, "Kies eerst wat het is.");
		assert_false(page_says(v, "script>&"));
	}
	visitor_free(v);
}

static void machines_get_the_same_answer(void **state)
{
	struct house *h = *state;
	struct visitor *v = signed_in(h, ROLE_SUBMITTER, 0);

	visit(v, "/api/v1/may-i-share?from=b&to=CASEFILE&what=34&phase=2");
	assert_int_equal(v->code, 200);
	assert_page_says(v, "\"verdict\":\"NO\"");
	assert_page_says(v, "\"article\":\"BGS, artikel 2.15\"");
	assert_page_says(v, "\"rule\":\"R-3\"");
	assert_false(page_says(v, "fromGroups"));
	visit(v, "/api/v1/may-i-share");
	assert_page_says(v, "\"fromGroups\":[");
	assert_page_says(v, "\"value\":\"CASEFILE\"");
	assert_false(page_says(v, "\"answer\""));
	visitor_free(v);
}

static void the_description_of_the_api_names_its_answers(void **state)
{
	struct house *h = *state;
	struct visitor *v = visitor_new(h);

	visit(v, "/api/v1/openapi.json");
	assert_int_equal(v->code, 200);
	assert_page_says(v, "\"/may-i-share\":{\"get\"");
	assert_page_says(v,
	                 "\"verdict\":{\"type\":\"string\",\"enum\":[\"YES\",\"ONLY_IF\",\"NO\"]}");
	assert_page_says(v, "\"occurredAt\":{\"type\":\"string\",\"format\":\"date-time\"}");
	assert_false(page_says(v, "fromUnknown")); /* a page's own */
	visitor_free(v);
}

static void every_question_leaves_a_line_in_the_log_and_no_word_of_it(void **state)
{
	struct house *h = *state;
	struct visitor *v = signed_in(h, ROLE_SUBMITTER, 0);

	visit(v, "/may-i-share?what=61");
	visit(v, "/may-i-share");
	assert_int_equal(events_of(h, AUDIT_LAW_ASK), 2);
	visit(v, "/rules");
	assert_int_equal(events_of(h, AUDIT_RULES_VIEW), 1);
	visitor_free(v);
}

/* Of computing by this whole program, so that what others do on this machine counts for nothing. */
static int64_t microseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

static void an_answer_costs_less_than_five_milliseconds(void **state)
{
	struct house *h = *state;
	struct visitor *v = signed_in(h, ROLE_SUBMITTER, 0);
	int64_t best = INT64_MAX;

	for (int i = 0; i < 40; i++) { /* the best of many: our own threads work beside it */
		int64_t before = microseconds();
		visit(v, "/api/v1/may-i-share?from=i&to=CASEFILE&what=61&phase=1");
		int64_t took = microseconds() - before;
		best = took < best ? took : best;
	}
	print_message("# answered for %lld us\n", (long long)best);
	assert_true(best < 5000);
	visitor_free(v);
}

static void the_rules_are_all_there_as_the_program_holds_them(void **state)
{
	struct house *h = *state;
	struct visitor *v = signed_in(h, ROLE_SUBMITTER, 0);
	size_t count;
	const struct law_rule *rules = law_rules(&count);

	visit(v, "/rules");
	assert_int_equal(v->code, 200);
	assert_page_says(v, law_edition_words(&h->arena, law_rules_version()));
	for (size_t i = 0; i < count; i++) {
		assert_page_says(v, arena_printf(&h->arena, "id=\"%s\"", rules[i].id));
		assert_page_says(v, escaped(&h->arena, rules[i].text));
	}
	const struct law_category_row *categories = law_categories(&count);
	for (size_t i = 0; i < count; i++)
		assert_page_says(v, escaped(&h->arena, categories[i].what));
	const struct law_task *tasks = law_tasks(&count);
	for (size_t i = 0; i < count; i++)
		assert_page_says(v, escaped(&h->arena, tasks[i].power));
	visitor_free(v);
}

static void a_stranger_reads_help_but_asks_the_law_only_signed_in(void **state)
{
	static const char *const open[] = { "/help", "/accessibility", "/privacy", "/style-guide" };
	struct house *h = *state;
	struct visitor *v = visitor_new(h);
	const char *count = "SELECT count(*) FROM audit_event";
	int64_t before = store_world_number(h->store, count);

	for (size_t i = 0; i < sizeof open / sizeof open[0]; i++) {
		visit(v, open[i]);
		assert_int_equal(v->code, 200);
		assert_string_equal(v->path, open[i]);
	}
	assert_int_equal(store_world_number(h->store, count), before);
	visit(v, "/may-i-share");
	assert_page_says(v, "Inloggen bij Plein");
	visit(v, "/rules");
	assert_page_says(v, "Inloggen bij Plein");
	visitor_free(v);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(what_municipalities_ask_most_stands_there_with_its_article),
		CASE(each_of_them_leads_to_its_own_answer),
		CASE(the_giver_is_ones_own_organ_until_one_chooses_another),
		CASE(who_works_at_the_bureau_gives_nothing_himself),
		CASE(not_knowing_is_an_answer_to_every_question),
		CASE(nonsense_in_the_address_is_not_knowing),
		CASE(machines_get_the_same_answer),
		CASE(the_description_of_the_api_names_its_answers),
		CASE(every_question_leaves_a_line_in_the_log_and_no_word_of_it),
		CASE(an_answer_costs_less_than_five_milliseconds),
		CASE(the_rules_are_all_there_as_the_program_holds_them),
		CASE(a_stranger_reads_help_but_asks_the_law_only_signed_in),
	};
	return cmocka_run_group_tests_name("guide", tests, NULL, NULL);
}
