/* Two subjects of a casefile that prove the same: joined by two persons, read together, undone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "case_world.h"
#include "law/law.h"
#include "subjects/joined.h"
#include "subjects/presence_end.h"

#define CIRCLE   "kind=PERSON&familyName=Zandwijk&givenNames=Milaan&tieKind=FAMILY&note=Broer"
#define LATER_MS "8640000000" /* a hundred days */

/* ---- a casefile with Milan (1) and, a hundred days later, Milaan (3) ---------------------------- */

static enum status later_run(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt LATER = {
		"test_later_clock", "i",
		"UPDATE presence SET first_processed_at = first_processed_at + " LATER_MS
		" WHERE casefile_id = $1 AND number = 3"
	};
	const struct casus *c = args;
	return db_exec(tx, &LATER, DB_ARGS(DB_INT(c->id)), NULL, reterr);
}

static struct casus *two_milans(struct house *h)
{
	struct casus *c = casus_new(h);

	const char *page = casus_at(c, "/subjects/1/circle");

	send_from(c->v_wendy, page, page,
	          arena_printf(&h->arena, CIRCLE "&task=%d", law_first_task(LETTER_POLICE)));
	assert_int_equal(c->v_wendy->code, 200);
	store_world_run(h->store, later_run, c);
	return c;
}

static int64_t clock_of(struct casus *c, int number)
{
	return store_world_number(c->h->store,
	                          arena_printf(&c->h->arena,
	                                       "SELECT first_processed_at FROM presence WHERE"
	                                       " casefile_id IS NOT NULL AND number = %d",
	                                       number));
}

/* Where the two are judged, as the page of the third says. */
static const char *pair_of(struct casus *c)
{
	visit(c->v_ana, casus_at(c, "/subjects/3"));
	const char *at = strstr(c->v_ana->page, "/matches/");
	assert_non_null(at);
	return arena_printf(&c->h->arena, "%.*s", (int)strcspn(at, "\""), at);
}

static const char *join(struct casus *c)
{
	const char *pair = pair_of(c);

	send_from(c->v_ana, pair, pair, "judgement=SAME&reason=Zelfde%20geboortedag");
	send_from(c->v_cor, pair, pair, "judgement=SAME&reason=Zelfde%20litteken");
	assert_int_equal(c->v_cor->code, 200);
	return pair;
}

/* ---- promises ------------------------------------------------------------------------------------ */

static void joined_by_two_persons_they_share_the_earliest_clock_and_are_read_together(void **state)
{
	struct casus *c = two_milans(*state);
	const int64_t first = clock_of(c, 1);

	casus_tell(c, c->v_wendy, 1, "kind=INSPECTION&nature=FACT&text=Controle%20bij%20Milan");
	casus_tell(c, c->v_wim, 3, "kind=INSPECTION&nature=FACT&text=Controle%20bij%20Milaan");
	visit(c->v_wendy, casus_at(c, "/subjects/3"));
	assert_false(page_says(c->v_wendy, "Controle bij Milan<"));
	join(c);
	assert_int_equal(clock_of(c, 3), first);
	assert_int_equal(clock_of(c, 1), first);
	visit(c->v_wendy, casus_at(c, "/subjects/3"));
	assert_page_says(c->v_wendy, "Dezelfde als");
	assert_page_says(c->v_wendy, "Zelfde geboortedag");
	assert_page_says(c->v_wendy, ": Zelfde litteken"); /* why the second one thinks so, too */
	assert_page_says(c->v_wendy, "Controle bij Milan<");
	assert_page_says(c->v_wendy, "Controle bij Milaan<");
	assert_page_says(c->v_wendy, "bij Milan Zandwijk");
	assert_false(page_says(c->v_wendy, "/matches/")); /* a partner doesn't judge */
	visit(c->v_cor, casus_at(c, "/subjects/1"));
	assert_page_says(c->v_cor, "Controle bij Milaan<");
	casus_free(c);
}

static void undoing_restores_every_fact_and_each_clock_to_the_millisecond(void **state)
{
	struct casus *c = two_milans(*state);
	const int64_t first = clock_of(c, 1), third = clock_of(c, 3);
	const char *before[2] = { casus_answer(c, c->v_wendy, "/subjects/1"),
		                  casus_answer(c, c->v_wendy, "/subjects/3") };
	const char *pair;

	assert_true(third > first);
	pair = join(c);
	assert_string_not_equal(casus_answer(c, c->v_wendy, "/subjects/3"), before[1]);
	send_from(c->v_ana, pair, arena_printf(&c->h->arena, "%s/undo", pair), "x=1");
	assert_int_equal(c->v_ana->code, 200);
	assert_int_equal(clock_of(c, 1), first);
	assert_int_equal(clock_of(c, 3), third);
	assert_string_equal(casus_answer(c, c->v_wendy, "/subjects/1"), before[0]);
	assert_string_equal(casus_answer(c, c->v_wendy, "/subjects/3"), before[1]);
	casus_free(c);
}

static void one_person_alone_joins_nobody_and_a_partner_hears_nothing_of_it(void **state)
{
	struct casus *c = two_milans(*state);
	const char *before = casus_answer(c, c->v_wendy, "/subjects/3"), *pair = pair_of(c);
	const int64_t third = clock_of(c, 3);

	send_from(c->v_ana, pair, pair, "judgement=SAME&reason=Zelfde%20geboortedag");
	send_from(c->v_ana, pair, pair, "judgement=SAME&reason=Nog%20een%20keer");
	assert_int_equal(clock_of(c, 3), third);
	assert_string_equal(casus_answer(c, c->v_wendy, "/subjects/3"), before);
	visit(c->v_cor, casus_at(c, "/subjects/3"));
	assert_page_says(c->v_cor, "wacht op een tweede persoon");
	assert_false(page_says(c->v_cor, "Zelfde geboortedag")); /* the second looks for himself */
	casus_free(c);
}

static enum status forget_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const int64_t *id = args;
	return presence_forget(tx, *id, reterr);
}

/* What any later judgement about the third does. */
static enum status settle_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct casus *c = args;
	AUTO(db_rows_close) struct db_rows row = { 0 };
	static const struct db_stmt THIRD = {
		"test_third", "i", "SELECT id FROM presence WHERE casefile_id = $1 AND number = 3"
	};

	enum status st = db_query(db_tx_read(tx), &THIRD, DB_ARGS(DB_INT(c->id)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	const int64_t id = st == OK ? db_int(&row, 0) : 0;
	db_rows_close(&row);
	return st == OK ? joined_settle(tx, id, reterr) : st;
}

static void when_the_older_is_forgotten_the_other_keeps_the_earlier_clock(void **state)
{
	struct casus *c = two_milans(*state);
	const int64_t first = clock_of(c, 1);
	int64_t id = store_world_number(c->h->store, "SELECT id FROM presence WHERE number = 1"
	                                             " AND casefile_id IS NOT NULL");

	join(c);
	store_world_run(c->h->store, forget_run, &id);
	store_world_run(c->h->store, settle_run, c);
	assert_int_equal(clock_of(c, 3), first);
	visit(c->v_wendy, casus_at(c, "/subjects/3"));
	assert_int_equal(c->v_wendy->code, 200);
	assert_false(page_says(c->v_wendy, "Dezelfde als"));
	casus_free(c);
}

static void heavy_facts_of_the_joined_leave_no_trace_for_who_is_not_named(void **state)
{
	struct casus *c = two_milans(*state);
	const char *before;

	join(c);
	before = casus_answer(c, c->v_wendy, "/subjects/3");
	casus_put_heavy(c, "Uit een gericht onderzoek bleek dit");
	assert_string_equal(casus_answer(c, c->v_wendy, "/subjects/3"), before);
	casus_name(c, c->wendy, "&heavy=1");
	visit(c->v_wendy, casus_at(c, "/subjects/3"));
	assert_page_says(c->v_wendy, "Uit een gericht onderzoek bleek dit");
	casus_free(c);
}

static void who_read_the_facts_of_the_joined_is_in_the_register_of_copies(void **state)
{
	static const char GOT[] = "SELECT count(*) FROM copy_fact k JOIN fact f ON f.uuid ="
				  " k.fact_uuid JOIN presence p ON p.id = f.presence_id"
				  " WHERE p.number = 1 AND p.casefile_id IS NOT NULL";
	struct casus *c = two_milans(*state);
	const int64_t before = store_world_number(c->h->store, GOT);

	join(c);
	visit(c->v_wim, casus_at(c, "/subjects/3"));
	assert_true(store_world_number(c->h->store, GOT) > before);
	casus_free(c);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(joined_by_two_persons_they_share_the_earliest_clock_and_are_read_together),
		PROMISE(undoing_restores_every_fact_and_each_clock_to_the_millisecond),
		PROMISE(one_person_alone_joins_nobody_and_a_partner_hears_nothing_of_it),
		PROMISE(when_the_older_is_forgotten_the_other_keeps_the_earlier_clock),
		PROMISE(heavy_facts_of_the_joined_leave_no_trace_for_who_is_not_named),
		PROMISE(who_read_the_facts_of_the_joined_is_in_the_register_of_copies),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
