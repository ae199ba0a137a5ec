/* plein check access: what is stored of readers is what the rules give, and each difference is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "casework/casefile_check.h"
#include "intervention_play.h"
#include "requests/request_check.h"

static struct audience_faults checked(struct house *h, const struct audience_room *room,
                                      struct out *report)
{
	struct audience_faults found = { 0 };
	struct error e = { 0 };
	struct db_read *r = NULL;

	assert_int_equal(db_read_begin(h->plein.db, &r, &e), OK);
	if (audience_check(r, room, report, &found, &e) != OK)
		fail_msg("%s", e.message);
	db_read_end(r);
	return found;
}

static void assert_in_order(struct house *h, const struct audience_room *room, int64_t records)
{
	struct out o;

	out_init(&o, 1 << 12);
	const struct audience_faults found = checked(h, room, &o);
	if (found.faults > 0)
		fail_msg("%.*s", (int)o.len, o.data);
	assert_int_equal(found.records, records);
	assert_string_equal(found.first, "");
	out_free(&o);
}

static enum status run_sql(struct db_tx *tx, void *args, struct error *reterr)
{
	return db_exec(tx, args, DB_ARGS(DB_NULL), NULL, reterr);
}

static void do_sql(struct house *h, struct db_stmt *s)
{
	store_world_run(h->store, run_sql, s);
}

static void
readers_of_casefiles_and_requests_stay_those_of_the_rules_through_their_life(void **state)
{
	struct house *h = *state;
	struct room *r = open_room(h);

	assert_in_order(h, &CASEFILE_AUDIENCES, 1);
	(void)asked(r->b, h->police_organ, SUPERVISION ASK_BOTH);
	assert_in_order(h, &REQUEST_AUDIENCES, 1);
	(void)assigned(r); /* the casefile moved on, its lead came in as a member */
	assert_in_order(h, &CASEFILE_AUDIENCES, 1);
	close_room(r);
}

static void a_reader_too_many_and_one_who_is_missing_are_told(void **state)
{
	static struct db_stmt too_many = {
		"test_too_many", "I",
		"INSERT INTO casefile_audience (audience_id, at, id, state, theme, variant)"
		" SELECT audience_id + 1000000, at, id, state, theme, variant FROM "
		"casefile_audience"
		" WHERE coalesce($1, 0) = 0 AND audience_id = (SELECT min(audience_id)"
		" FROM casefile_audience)"
	};
	static struct db_stmt missing = {
		"test_missing", "I",
		"DELETE FROM request_audience WHERE coalesce($1, 0) = 0 AND audience_id ="
		" (SELECT min(audience_id) FROM request_audience)"
	};
	struct house *h = *state;
	struct room *r = open_room(h);
	struct out o;

	out_init(&o, 1 << 12);
	(void)asked(r->b, h->police_organ, SUPERVISION ASK_BOTH);
	do_sql(h, &too_many);
	do_sql(h, &missing);
	const struct audience_faults casefiles = checked(h, &CASEFILE_AUDIENCES, &o);
	assert_int_equal(casefiles.faults, 1);
	assert_non_null(strstr(casefiles.first, "te veel lezers"));
	assert_non_null(strstr(casefiles.first, r->b->ref));
	const struct audience_faults requests = checked(h, &REQUEST_AUDIENCES, &o);
	assert_int_equal(requests.faults, 1);
	assert_non_null(strstr(requests.first, "mist een lezer"));
	out_free(&o);
	close_room(r);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(readers_of_casefiles_and_requests_stay_those_of_the_rules_through_their_life),
		CASE(a_reader_too_many_and_one_who_is_missing_are_told),
	};
	return cmocka_run_group_tests_name("audience check", tests, NULL, NULL);
}
