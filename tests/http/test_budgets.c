/* How much one person may open, search and take along in an hour: counted, told, stopped, excepted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "audit/action.h"
#include "case_world.h"
#include "people/budget.h"

static const struct budget_limits LIMITS = {
	.alarm = { [BUDGET_READ] = 3, [BUDGET_SEARCH] = 2, [BUDGET_EXPORT] = 1 },
	.stop = { [BUDGET_READ] = 5, [BUDGET_SEARCH] = 4, [BUDGET_EXPORT] = 2 },
};

static int64_t number(struct casus *c, const char *sql)
{
	return store_world_number(c->h->store, sql);
}

static void settle(struct casus *c)
{
	struct error e = { 0 };
	bool more = true;

	while (more)
		assert_int_equal(budgets_settle(c->h->plein.budgets, c->h->plein.db,
		                                c->h->clock.fixed_ms, &more, &e),
		                 OK);
}

/* Everybody's counts begin here. */
static struct casus *counted(struct house *h)
{
	struct casus *c = casus_new(h);

	h->plein.budgets = budgets_open(&h->arena, &LIMITS);
	settle(c);
	return c;
}

static void stop_counting(struct casus *c)
{
	budgets_close(c->h->plein.budgets);
	c->h->plein.budgets = NULL;
	casus_free(c);
}

static void open_often(struct casus *c, struct visitor *v, int times)
{
	for (int i = 0; i < times; i++)
		visit(v, casus_at(c, "/subjects/1"));
}

/* ---- promises ---------------------------------------------------------------------------------- */

static void past_the_bound_he_waits_for_the_next_hour_and_hears_whom_to_call(void **state)
{
	struct casus *c = counted(*state);

	open_often(c, c->v_wim, 5);
	assert_int_equal(c->v_wim->code, 200);
	open_often(c, c->v_wim, 1);
	assert_int_equal(c->v_wim->code, 429);
	assert_page_says(c->v_wim, "Om 11.00 uur kan het weer");
	assert_page_says(c->v_wim, "Bel uw autorisatiebeheerder");
	const char *body = casus_get(c, c->wim, casus_at(c, "/subjects/1"), 429);
	assert_non_null(strstr(body, "\"status\":429"));
	visit(c->v_wim, "/"); /* his own work is no budget's */
	assert_int_equal(c->v_wim->code, 200);
	open_often(c, c->v_wendy, 1); /* and nobody else's */
	assert_int_equal(c->v_wendy->code, 200);
	c->h->clock.fixed_ms += INT64_C(3600000);
	open_often(c, c->v_wim, 1);
	assert_int_equal(c->v_wim->code, 200);
	stop_counting(c);
}

static void what_is_more_than_usual_is_a_task_for_the_authorisation_manager_once(void **state)
{
	struct casus *c = counted(*state);
	const struct house_person *amir =
	    house_hire(c->h, "amir@duinwaard.example", ROLE_AUTHORISATION_MANAGER, c->h->executive);
	struct visitor *v_amir = signed_in(c->h, amir);

	open_often(c, c->v_wim, 3);
	settle(c);
	assert_int_equal(number(c, "SELECT count(*) FROM budget_alarm"), 0);
	open_often(c, c->v_wim, 1);
	settle(c);
	open_often(c, c->v_wim, 1);
	settle(c);
	assert_int_equal(number(c, "SELECT count(*) FROM budget_alarm WHERE level = 1"), 1);
	visit(v_amir, "/");
	assert_page_says(v_amir, "Kijk waarom iemand zoveel deed");
	assert_page_says(v_amir, "Iemand deed in één uur meer dan gewoonlijk</a></li>");
	visit(v_amir, "/people/budgets");
	assert_page_says(v_amir, c->wim->name);
	assert_page_says(v_amir, "4 keer geopend");
	open_often(c, c->v_wim, 1); /* stopped: told by itself */
	settle(c);
	assert_int_equal(number(c, "SELECT count(*) FROM budget_alarm WHERE level = 2"), 1);
	const char *page =
	    arena_printf(&c->h->arena, "/people/budgets/%lld", (long long)c->wim->person_id);
	visit(v_amir, page);
	assert_page_says(v_amir, "gestopt tot het volgende uur");
	assert_false(page_says(v_amir, "Milan"));
	visitor_send(v_amir, arena_printf(&c->h->arena, "%s/seen", page), "x=1");
	assert_page_says(v_amir, "Bekeken");
	assert_false(page_says(v_amir, "Er is een alarm"));
	visit(v_amir, "/");
	assert_false(page_says(v_amir, "Kijk waarom iemand zoveel deed"));
	visitor_free(v_amir);
	stop_counting(c);
}

static void a_manager_sees_his_own_people_and_others_see_none(void **state)
{
	struct casus *c = counted(*state);
	const struct house_person *amir =
	    house_hire(c->h, "amir@duinwaard.example", ROLE_AUTHORISATION_MANAGER, c->h->executive);
	struct visitor *v_amir = signed_in(c->h, amir);
	const char *of_wendy =
	    arena_printf(&c->h->arena, "/people/budgets/%lld", (long long)c->wendy->person_id);

	open_often(c, c->v_wendy, 5);
	settle(c);
	visit(v_amir, "/people/budgets");
	assert_page_says(v_amir, "Niemand deed meer dan gewoonlijk");
	visit(v_amir, of_wendy);
	assert_int_equal(v_amir->code, 404);
	visit(c->v_wim, "/people/budgets");
	assert_int_equal(c->v_wim->code, 404);
	visit(c->v_cor, of_wendy);
	assert_int_equal(c->v_cor->code, 404);
	visitor_free(v_amir);
	stop_counting(c);
}

static void counts_outlive_the_server_and_those_of_two_servers_are_one(void **state)
{
	struct casus *c = counted(*state);
	struct budgets *first = c->h->plein.budgets;

	open_often(c, c->v_wim, 3);
	settle(c);
	c->h->plein.budgets = budgets_open(&c->h->arena, &LIMITS);
	settle(c);
	open_often(c, c->v_wim, 2);
	assert_int_equal(c->v_wim->code, 200);
	open_often(c, c->v_wim, 1);
	assert_int_equal(c->v_wim->code, 429);
	settle(c);
	assert_int_equal(number(c, "SELECT sum(count) FROM budget_count WHERE kind = 1"), 5);
	/* the first one hears it with the next of its own */
	struct budgets *second = c->h->plein.budgets;
	c->h->plein.budgets = first;
	open_often(c, c->v_wim, 1);
	settle(c);
	open_often(c, c->v_wim, 1);
	assert_int_equal(c->v_wim->code, 429);
	budgets_close(second);
	stop_counting(c);
}

static void more_for_a_time_takes_two_persons_and_ends_by_itself(void **state)
{
	struct casus *c = counted(*state);
	const struct house_person *amir =
	    house_hire(c->h, "amir@duinwaard.example", ROLE_AUTHORISATION_MANAGER, c->h->executive);
	struct visitor *v_amir = signed_in(c->h, amir), *v_head = signed_in(c->h, c->head);
	struct arena *a = &c->h->arena;
	const char *page = arena_printf(a, "/people/budgets/%lld", (long long)c->wim->person_id);
	const char *ask = arena_printf(a, "%s/exceptions", page);

	send_from(v_amir, page, ask, "kind=READ&most=8&untilDay=1-1-2028&reason=Te%20lang");
	assert_int_equal(v_amir->code, 400);
	assert_page_says(v_amir, "90 dagen");
	send_from(v_amir, page, ask, "kind=READ&most=8&untilDay=25-11-2026&reason=Inhaalslag");
	assert_page_says(v_amir, "wacht op een tweede handtekening");
	assert_false(page_says(v_amir, "Teken mee"));
	const char *sign = arena_printf(
	    a, "%s/%lld/sign", ask, (long long)number(c, "SELECT max(id) FROM budget_exception"));
	settle(c);
	open_often(c, c->v_wim, 6);
	assert_int_equal(c->v_wim->code, 429); /* one signature is none */
	send_from(v_amir, page, sign, "x=1");
	assert_int_not_equal(v_amir->code, 200);
	send_from(v_head, page, sign, "x=1");
	assert_page_says(v_head, "geldt");
	settle(c);
	open_often(c, c->v_wim, 3);
	assert_int_equal(c->v_wim->code, 200);
	open_often(c, c->v_wim, 1);
	assert_int_equal(c->v_wim->code, 429);
	c->h->clock.fixed_ms += 2 * INT64_C(86400000); /* past its last day */
	v_amir->code = 0;
	settle(c);
	visitor_sign_in(c->v_wim, c->wim);
	open_often(c, c->v_wim, 6);
	assert_int_equal(c->v_wim->code, 429);
	visitor_free(v_head);
	visitor_free(v_amir);
	stop_counting(c);
}

static void the_log_tells_of_the_alarm_and_old_counts_go(void **state)
{
	struct casus *c = counted(*state);
	struct error e = { 0 };
	int64_t gone = 0;

	open_often(c, c->v_wim, 4);
	settle(c);
	assert_true(number(c, arena_printf(&c->h->arena,
	                                   "SELECT count(*) FROM audit_event WHERE action = %d",
	                                   AUDIT_BUDGET)) > 0);
	assert_int_equal(budgets_forget(c->h->plein.db, c->h->clock.fixed_ms, &gone, &e), OK);
	assert_int_equal(gone, 0);
	assert_int_equal(budgets_forget(c->h->plein.db,
	                                c->h->clock.fixed_ms + 91 * INT64_C(86400000), &gone, &e),
	                 OK);
	assert_int_equal(gone, 1);
	assert_int_equal(number(c, "SELECT count(*) FROM budget_alarm"), 0);
	stop_counting(c);
}

static void each_act_takes_of_one_budget_and_a_list_as_a_file_of_that_of_exports(void **state)
{
	(void)state;
	assert_int_equal(budget_kind_of(AUDIT_SUBJECT_VIEW, false), BUDGET_READ);
	assert_int_equal(budget_kind_of(AUDIT_SEARCH, false), BUDGET_SEARCH);
	assert_int_equal(budget_kind_of(AUDIT_ANALYSIS_COPY, false), BUDGET_EXPORT);
	assert_int_equal(budget_kind_of(AUDIT_SIGNAL_LIST, true), BUDGET_EXPORT);
	assert_int_equal(budget_kind_of(AUDIT_HOME_VIEW, false), 0);
	assert_int_equal(budget_level_of(&LIMITS, BUDGET_READ, 3, 0), BUDGET_USUAL);
	assert_int_equal(budget_level_of(&LIMITS, BUDGET_READ, 4, 0), BUDGET_ALARM);
	assert_int_equal(budget_level_of(&LIMITS, BUDGET_READ, 6, 0), BUDGET_STOP);
	assert_int_equal(budget_level_of(&LIMITS, BUDGET_READ, 6, 6), BUDGET_USUAL);
	assert_int_equal(budget_level_of(&LIMITS, BUDGET_READ, 7, 6), BUDGET_STOP);
	const struct budget_limits none = { 0 };
	assert_int_equal(budget_level_of(&none, BUDGET_EXPORT, 1000000, 0), BUDGET_USUAL);
}

static void a_spreadsheet_takes_of_the_files_budget_as_a_csv_does(void **state)
{
	struct casus *c = counted(*state);

	visit(c->v_wim, "/signals?format=csv");
	assert_int_equal(c->v_wim->code, 200);
	visit(c->v_wim, "/signals?format=ods");
	assert_int_equal(c->v_wim->code, 200);
	visit(c->v_wim, "/signals?format=ods");
	assert_int_equal(c->v_wim->code, 429);
	stop_counting(c);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    each_act_takes_of_one_budget_and_a_list_as_a_file_of_that_of_exports),
		PROMISE(past_the_bound_he_waits_for_the_next_hour_and_hears_whom_to_call),
		PROMISE(what_is_more_than_usual_is_a_task_for_the_authorisation_manager_once),
		PROMISE(a_manager_sees_his_own_people_and_others_see_none),
		PROMISE(counts_outlive_the_server_and_those_of_two_servers_are_one),
		PROMISE(a_spreadsheet_takes_of_the_files_budget_as_a_csv_does),
		PROMISE(more_for_a_time_takes_two_persons_and_ends_by_itself),
		PROMISE(the_log_tells_of_the_alarm_and_old_counts_go),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
