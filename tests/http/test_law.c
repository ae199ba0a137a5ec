/* Rules of the law that no other test meets from outside; docs/rules-tested.md names those of each rule. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "case_world.h"
#include "law/law.h"

static enum status scan_run(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt SCAN = {
		"test_scan", "ii", "UPDATE casefile SET activity = $1, variant = $2 WHERE id > 0"
	};
	(void)args;
	return db_exec(tx, &SCAN, DB_ARGS(DB_INT(ACTIVITY_SCAN), DB_INT(VARIANT_SCAN)), NULL,
	               reterr);
}

/* ---- R-4, R-5 ---------------------------------------------------------------------------------- */

static void what_may_stand_nowhere_is_refused_in_each_of_its_kinds(void **state)
{
	static const struct {
		const char *text, *says;
	} WRONG[] = {
		{ "Hij slikt medicijnen tegen kanker", "Dit gaat over gezondheid" },
		{ "Zij is moslim", "Dit gaat over geloof" },
		{ "Hij is lid van de vakbond", "Dit gaat over een vakbond" },
		{ "Hij is homoseksueel", "Dit gaat over seksuele gerichtheid" },
		{ "Zijn DNA is bekend", "DNA of erfelijkheid" },
		{ "Hij heeft de Poolse nationaliteit", "Nationaliteit mag alleen" },
	};
	struct casus *c = casus_new(*state);
	const char *body = NULL;

	for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
		const int code = casus_post(
		    c, c->wim, "/subjects/1/facts",
		    arena_printf(&c->h->arena,
		                 "{\"kind\":\"INSPECTION\",\"nature\":\"FACT\",\"task\":%d,"
		                 "\"text\":\"%s\"}",
		                 law_first_task(LETTER_EXECUTIVE), WRONG[i].text),
		    &body);
		if (code != 400 || strstr(body, WRONG[i].says) == NULL)
			fail_msg("'%s' (%d): %s", WRONG[i].text, code, body);
	}
	assert_int_equal(
	    store_world_number(c->h->store, "SELECT count(*) FROM fact WHERE kind = 418"), 0);
	casus_free(c);
}

/* ---- X-4 --------------------------------------------------------------------------------------- */

static void on_a_scan_phase_3_is_neither_proposed_nor_asked_for(void **state)
{
	struct casus *c = casus_new(*state);
	const char *phases = casus_at(c, "/subjects/1/phases");

	store_world_run(c->h->store, scan_run, NULL);
	send_from(c->v_ana, phases, phases,
	          "phase=3&necessity=Wij%20missen%20wat%20de%20politie%20over%20deze%20man%20weet"
	          "&proportionality=Niets%20minder%20werkt%20hier%20nog&subsidiarity=Alles%20is%20"
	          "al%20geprobeerd%20zonder%20dit");
	assert_true(c->v_ana->code >= 400);
	assert_int_equal(store_world_number(c->h->store, "SELECT count(*) FROM casefile_phase"), 0);
	send_from(c->v_ana, phases, phases,
	          "phase=2&necessity=Wij%20missen%20wat%20de%20politie%20over%20deze%20man%20weet");
	assert_page_says(c->v_ana, "Voorgesteld"); /* phase 2 may (decisions 3.2) */
	casus_free(c);
}

static void a_request_on_a_scan_never_asks_what_phase_3_holds(void **state)
{
	struct bureau *b = open_bureau(*state);

	store_world_run(b->h->store, scan_run, NULL);
	assert_null(draft(b, b->h->police_organ,
	                  "kind=CONTENT&categories=POLICE_9_10&question=Wat%20weet%20u" ASK_BOTH));
	assert_int_equal(b->v_cor->code, 400);
	assert_page_says(b->v_cor, "mag fase 3 nooit open");
	close_bureau(b);
}

/* ---- X-5 --------------------------------------------------------------------------------------- */

static void sexual_conduct_is_asked_for_only_where_people_are_exploited(void **state)
{
	struct bureau *b = open_bureau(*state);

	open_phase(b, 0, 2);
	open_phase(b, 0, 3);
	assert_null(draft(b, b->h->police_organ,
	                  "kind=CONTENT&categories=SEXUAL_CONDUCT&question=Wat%20weet%20u"
	                  "&subjects%5B0%5D.number=1"));
	assert_int_equal(b->v_cor->code, 400);
	assert_page_says(b->v_cor, "Seksueel gedrag mag alleen bij mensenhandel");
	close_bureau(b);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(what_may_stand_nowhere_is_refused_in_each_of_its_kinds),
		PROMISE(on_a_scan_phase_3_is_neither_proposed_nor_asked_for),
		PROMISE(a_request_on_a_scan_never_asks_what_phase_3_holds),
		PROMISE(sexual_conduct_is_asked_for_only_where_people_are_exploited),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
