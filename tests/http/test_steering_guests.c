/* Guests of the Stuurploeg: which papers they read, until when, and who hears that they were there. */
#include "steering_table.h"

#include "steering/steering.h"
#include "weighing/weighing.h"

/* Another casefile that waits, like the one that is there. */
static const struct db_stmt OTHER = {
	"test_guest_other", "b",
	"INSERT INTO casefile (uuid, reference, state, state_since, activity, variant, theme,"
	" crime_form, opened_by, opened_at) SELECT $1, 'C-2026-W1001', 5, state_since + 1, "
	"activity,"
	" variant, theme, crime_form, opened_by, opened_at FROM casefile"
	" WHERE id = (SELECT min(id) FROM casefile)"
};
static const struct db_stmt UNBLOCK = {
	"test_guest_unblock", "i", "UPDATE casefile_block SET lifted_at = 2 WHERE casefile_id = $1"
};

static enum status other_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct uuid uuid = uuid_random();

	(void)args;
	return db_exec(tx, &OTHER, DB_ARGS(DB_BYTES(uuid.bytes, UUID_BYTES)), NULL, reterr);
}

static enum status unblock(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct setting *s = args;
	return db_exec(tx, &UNBLOCK, DB_ARGS(DB_INT(s->id)), NULL, reterr);
}

/* Two casefiles on the agenda, one with an advice; the desk of the tax administration is asked for it. */
static struct steering *with_guest(struct house *h)
{
	struct steering *s = gather(h);

	store_world_run(h->store, other_run, NULL);
	advise(s);
	plan(s);
	compose(s);
	/* his address as people type it, with a capital */
	const char *fields =
	    arena_printf(&h->arena,
	                 "name=Truus%%20Gastmans&organisation=Toezicht%%20Zuid&email=%c%s"
	                 "&points%%5B1%%5D.name=%s",
	                 s->b->desk->email[0] - 'a' + 'A', s->b->desk->email + 1, s->b->ref);
	send_from(s->v_sec, there(s, "/guests"), there(s, "/guests"), fields);
	assert_page_says(s->v_sec, "De gast staat op de lijst en leest de stukken");
	return s;
}

static void assert_gets(struct steering *s, struct visitor *v, const char *path, int code)
{
	visit(v, path);
	if (v->code != code)
		fail_msg("%s: %d, not %d", path, v->code, code);
	(void)s;
}

static void a_guest_reads_the_advice_of_his_point_and_nothing_else_of_the_meeting(void **state)
{
	static const char *const REST[] = { "",
		                            "/attendance",
		                            "/guests",
		                            "/packs",
		                            "/minutes",
		                            "/agreed",
		                            "/who-sees",
		                            "/points/C-2026-W1001",
		                            "/points/C-2026-W1001/rulings/1" };
	struct steering *s = with_guest(*state);

	visit(s->b->v_desk, "/");
	assert_page_says(s->b->v_desk, "Lees uw punten voor de Stuurploeg");
	visit(s->b->v_desk, there(s, "/guest"));
	assert_int_equal(s->b->v_desk->code, 200);
	assert_page_says(s->b->v_desk, s->b->ref);
	assert_false(page_says(s->b->v_desk, "W1001"));
	visit(s->b->v_desk, of_case(s, ""));
	assert_int_equal(s->b->v_desk->code, 200);
	assert_page_says(s->b->v_desk, "De opslag moet dicht");
	assert_page_says(s->b->v_desk, "Controle van de loods");
	for (size_t i = 0; i < sizeof REST / sizeof REST[0]; i++)
		assert_gets(s, s->b->v_desk, there(s, REST[i]), 404);
	assert_gets(s, s->b->v_desk, "/steering", 404);
	assert_gets(s, s->b->v_desk, "/steering/pools", 404);
	/* a colleague of his wasn't asked */
	assert_int_equal(api(s, s->b->desk2, of_case(s, "/move/sign"), "{\"_version\":1}"), 404);
	struct visitor *v = signed_in(s->h, s->b->desk2);
	assert_gets(s, v, of_case(s, ""), 404);
	assert_gets(s, v, there(s, "/guest"), 404);
	visitor_free(v);
	disperse(s);
}

static void a_guest_reads_no_ruling_and_no_vote(void **state)
{
	struct steering *s = with_guest(*state);

	open_meeting(s);
	rule_both(s);
	visit(s->v_sec, of_case(s, ""));
	assert_page_says(s->v_sec, "Na mei");
	struct reply r = client_request(s->h->port, "GET",
	                                arena_printf(&s->h->arena, "/api/v1%s", of_case(s, "")),
	                                house_bearer(s->h, s->b->desk), NULL);
	assert_int_equal(r.code, 200);
	assert_false(reply_says(&r, "Na mei"));
	assert_false(reply_says(&r, "APPROVE"));
	assert_false(reply_says(&r, s->lead->name));
	assert_true(reply_says(&r, "De opslag moet dicht"));
	reply_free(&r);
	disperse(s);
}

static void a_guest_reads_until_the_meeting_is_over(void **state)
{
	struct steering *s = with_guest(*state);

	open_meeting(s);
	rule_both(s);
	visit(s->b->v_desk, "/");
	assert_page_says(s->b->v_desk, "Lees uw punten voor de Stuurploeg");
	assert_gets(s, s->b->v_desk, of_case(s, ""), 200);
	point_move(s, s->v_sec, "prepare");
	point_move(s, s->v_police, "sign");
	assert_gets(s, s->b->v_desk, of_case(s, ""), 200);
	send_from(s->v_sec, there(s, "/points/C-2026-W1001"),
	          there(s, "/points/C-2026-W1001/move/take-off"), "x=1");
	send_from(s->v_sec, there(s, ""), there(s, "/move/close"), "x=1");
	assert_page_says(s->v_sec, "De vergadering is gesloten");
	assert_gets(s, s->b->v_desk, of_case(s, ""), 404);
	visit(s->b->v_desk, there(s, "/guest"));
	assert_page_says(s->b->v_desk, "Deze vergadering is voorbij");
	assert_false(page_says(s->b->v_desk, s->b->ref));
	visit(s->b->v_desk, "/");
	assert_false(page_says(s->b->v_desk, "Lees uw punten voor de Stuurploeg"));
	disperse(s);
}

static void a_guest_of_a_meeting_that_is_called_off_hears_it_and_reads_no_more(void **state)
{
	struct steering *s = with_guest(*state);

	send_from(s->v_sec, there(s, ""), there(s, "/move/call-off"), "x=1");
	assert_gets(s, s->b->v_desk, of_case(s, ""), 404);
	visit(s->b->v_desk, "/");
	assert_page_says(s->b->v_desk, "u hoeft niet te komen");
	visit(s->b->v_desk, there(s, "/guest"));
	assert_page_says(s->b->v_desk, "Deze vergadering gaat niet door");
	disperse(s);
}

static void who_is_taken_off_the_list_or_whose_point_is_reads_no_more(void **state)
{
	struct steering *s = with_guest(*state);

	send_from(s->v_sec, of_case(s, ""), of_case(s, "/move/take-off"), "x=1");
	assert_gets(s, s->b->v_desk, of_case(s, ""), 404);
	visit(s->b->v_desk, there(s, "/guest"));
	assert_page_says(s->b->v_desk, "Uw punt staat niet meer op de agenda");
	visit(s->v_sec, there(s, "/guests"));
	assert_page_says(s->v_sec, "geen punt meer");
	send_from(s->v_sec, there(s, "/guests"), there(s, "/guests/1/_remove"), "x=1");
	assert_page_says(s->v_sec, "staat niet meer op de lijst");
	assert_gets(s, s->b->v_desk, there(s, "/guest"), 404);
	visit(s->b->v_desk, "/");
	assert_false(page_says(s->b->v_desk, "Lees uw punten voor de Stuurploeg"));
	assert_int_equal(count(s->b, "SELECT count(*) FROM meeting_guest"), 0);
	disperse(s);
}

static void who_may_hear_nothing_of_a_casefile_is_no_guest_for_it(void **state)
{
	struct steering *s = with_guest(*state);
	struct setting kept = { s->b->casefile, s->b->desk->person_id, s->sec->appointment_id };

	store_world_run(s->h->store, block, &kept);
	assert_gets(s, s->b->v_desk, of_case(s, ""), 404);
	assert_int_equal(
	    api(s, s->sec, there(s, "/guests"),
	        arena_printf(
		    &s->h->arena,
		    "{\"_version\":3,\"name\":\"T\",\"organisation\":\"O\",\"email\":\"%s\","
		    "\"points\":[{\"name\":\"%s\"}]}",
		    s->b->desk->email, s->b->ref)),
	    400);
	assert_non_null(strstr(s->said, "mag niets horen over"));
	store_world_run(s->h->store, unblock, &kept);
	assert_gets(s, s->b->v_desk, of_case(s, ""), 200);
	disperse(s);
}

static void the_list_of_guests_refuses_what_says_nothing(void **state)
{
	static const char *const BAD[] = {
		"{\"_version\":2,\"name\":\"T\",\"organisation\":\"O\"}",
		"{\"_version\":2,\"name\":\"\",\"organisation\":\"\",\"points\":[{\"name\":\"%s\"}]"
		"}",
		"{\"_version\":2,\"name\":\"T\",\"organisation\":\"O\",\"points\":[{\"name\":\"C-"
		"2026-00000\"}]}",
		"{\"_version\":2,\"name\":\"T\",\"organisation\":\"O\",\"email\":\"niemand@x."
		"example\","
		"\"points\":[{\"name\":\"%s\"}]}",
	};
	struct steering *s = gather(*state);

	plan(s);
	compose(s);
	for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
		const char *at = strstr(BAD[i], "%s");
		const char *json = at == NULL
		                       ? BAD[i]
		                       : arena_printf(&s->h->arena, "%.*s%s%s", (int)(at - BAD[i]),
		                                      BAD[i], s->b->ref, at + 2);
		assert_int_equal(api(s, s->sec, there(s, "/guests"), json), 400);
	}
	assert_int_equal(api(s, s->tax, there(s, "/guests"), BAD[0]), 404);
	assert_int_equal(api(s, s->sec, there(s, "/guests/9/_remove"), "{\"_version\":2}"), 404);
	assert_int_equal(count(s->b, "SELECT count(*) FROM meeting_guest"), 0);
	disperse(s);
}

static void
members_see_guests_of_the_points_that_they_see_and_minutes_name_organisations(void **state)
{
	struct steering *s = with_guest(*state);

	visit(s->v_tax, there(s, ""));
	assert_page_says(s->v_tax, "Truus Gastmans");
	assert_page_says(s->v_tax, "punt 1");
	visit(s->v_duin, there(s, ""));
	assert_int_equal(s->v_duin->code, 200);
	assert_false(page_says(s->v_duin, "Gastmans"));
	assert_false(page_says(s->v_duin, "Toezicht Zuid"));
	open_meeting(s);
	visit(s->v_tax, there(s, "/minutes"));
	assert_page_says(s->v_tax, "Toezicht Zuid (punt 1)");
	assert_false(page_says(s->v_tax, "Gastmans"));
	visit(s->v_duin, there(s, "/minutes"));
	assert_false(page_says(s->v_duin, "Toezicht Zuid"));
	disperse(s);
}

static void who_a_guest_was_goes_thirty_days_after_the_meeting(void **state)
{
	struct steering *s = with_guest(*state);
	struct error e = { 0 };
	int64_t gone = 0;

	open_meeting(s);
	send_from(s->v_sec, of_case(s, ""), of_case(s, "/move/take-off"), "x=1");
	send_from(s->v_sec, there(s, "/points/C-2026-W1001"),
	          there(s, "/points/C-2026-W1001/move/take-off"), "x=1");
	send_from(s->v_sec, there(s, ""), there(s, "/move/close"), "x=1");
	send_from(s->v_police, there(s, ""), there(s, "/move/sign-off"), "x=1");
	assert_page_says(s->v_police, "Het verslag is vastgesteld");
	assert_int_equal(steering_forget_guests(s->h->plein.db, s->h->clock.fixed_ms, &gone, &e),
	                 OK);
	assert_int_equal(gone, 0);
	s->h->clock.fixed_ms += INT64_C(31) * 86400000;
	assert_int_equal(weighing_forget_guests(s->h->plein.db, s->h->clock.fixed_ms, &gone, &e),
	                 OK);
	assert_int_equal(gone, 1);
	assert_int_equal(steering_forget_guests(s->h->plein.db, s->h->clock.fixed_ms, &gone, &e),
	                 OK);
	assert_int_equal(gone, 1);
	assert_int_equal(count(s->b, "SELECT count(*) FROM steering_point_audience"), 0);
	assert_int_equal(count(s->b, "SELECT count(*) FROM steering_guest WHERE person_id IS NULL"),
	                 1);
	disperse(s);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(a_guest_reads_the_advice_of_his_point_and_nothing_else_of_the_meeting),
		CASE(a_guest_reads_no_ruling_and_no_vote),
		CASE(a_guest_reads_until_the_meeting_is_over),
		CASE(a_guest_of_a_meeting_that_is_called_off_hears_it_and_reads_no_more),
		CASE(who_is_taken_off_the_list_or_whose_point_is_reads_no_more),
		CASE(who_may_hear_nothing_of_a_casefile_is_no_guest_for_it),
		CASE(the_list_of_guests_refuses_what_says_nothing),
		CASE(members_see_guests_of_the_points_that_they_see_and_minutes_name_organisations),
		CASE(who_a_guest_was_goes_thirty_days_after_the_meeting),
	};
	return cmocka_run_group_tests_name("steering_guests", tests, NULL, NULL);
}
