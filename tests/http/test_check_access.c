/* plein check access on the demo world: everything is in order, and each row that isn't is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "advice/advice_check.h"
#include "analysis/analysis_check.h"
#include "casework/casefile_check.h"
#include "casework/presence_check.h"
#include "demo_world.h"
#include "interventions/intervention_check.h"
#include "requests/request_check.h"
#include "steering/steering_check.h"

static int set_up(void **state)
{
	*state = demo_world_new("small", "40", "small", "40");
	return 0;
}

static int tear_down(void **state)
{
	demo_world_free(*state);
	return 0;
}

static int64_t newest(struct store_world *w)
{
	return store_world_number(w, "SELECT max(at) FROM casefile_history");
}

static struct db_read *begin(struct store_world *w)
{
	struct db_read *r = NULL;
	struct error e = { 0 };

	assert_int_equal(db_read_begin(w->db, &r, &e), OK);
	return r;
}

static struct audience_faults readers(struct store_world *w, const struct audience_room *room,
                                      struct out *report)
{
	struct audience_faults found = { 0 };
	struct error e = { 0 };
	struct db_read *r = begin(w);

	if (audience_check(r, room, report, &found, &e) != OK)
		fail_msg("%s: %s", room->label, e.cause);
	db_read_end(r);
	return found;
}

static struct audience_faults viewers(struct store_world *w, const struct viewer_room *room,
                                      struct out *report)
{
	struct audience_faults found = { 0 };
	struct error e = { 0 };
	const int64_t now_ms = newest(w);
	struct db_read *r = begin(w);

	if (viewer_check(r, room, now_ms, report, &found, &e) != OK)
		fail_msg("%s: %s", room->label, e.cause);
	db_read_end(r);
	return found;
}

static void assert_in_order(const char *label, const struct audience_faults *found,
                            const struct out *o)
{
	if (found->faults > 0)
		fail_msg("%s: %.*s", label, (int)o->len, o->data);
	if (found->records == 0)
		fail_msg("%s: the world holds none", label);
}

static const struct audience_room *const READERS[] = { &CASEFILE_AUDIENCES, &REQUEST_AUDIENCES,
	                                               &INTERVENTION_AUDIENCES, &ADVICE_AUDIENCES };
static const struct viewer_room *const VIEWERS[] = { &ANALYSIS_VIEWERS, &STEERING_MEETING_VIEWERS,
	                                             &STEERING_POINT_VIEWERS, &PRESENCE_VIEWERS };

static void what_the_demo_plays_is_read_by_whom_the_rules_say(void **state)
{
	struct store_world *w = *state;
	struct out o;

	out_init(&o, 1 << 16);
	for (size_t i = 0; i < sizeof READERS / sizeof READERS[0]; i++) {
		const struct audience_faults found = readers(w, READERS[i], &o);
		assert_in_order(READERS[i]->label, &found, &o);
	}
	for (size_t i = 0; i < sizeof VIEWERS / sizeof VIEWERS[0]; i++) {
		const struct audience_faults found = viewers(w, VIEWERS[i], &o);
		assert_in_order(VIEWERS[i]->label, &found, &o);
	}
	out_free(&o);
}

static enum status run_sql(struct db_tx *tx, void *args, struct error *reterr)
{
	return db_exec(tx, args, DB_ARGS(DB_NULL), NULL, reterr);
}

static void do_sql(struct store_world *w, struct db_stmt *s)
{
	store_world_run(w, run_sql, s);
}

/* One text, of a SELECT without parameters but $1 that is NULL. */
static const char *reference(struct store_world *w, const struct db_stmt *find, char ret[40])
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct arena a;
	struct error e = { 0 };
	struct db_read *r = begin(w);

	arena_init(&a, 1 << 10);
	assert_int_equal(db_query(r, find, DB_ARGS(DB_NULL), &row, &e), OK);
	assert_int_equal(db_one(&row, &e), OK);
	(void)snprintf(ret, 40, "%s", db_text(&row, 0, &a));
	db_rows_close(&row);
	arena_reset(&a);
	db_read_end(r);
	return ret;
}

#define REFERENCE(name, table, which)                                                              \
	static const struct db_stmt name = { "test_" #name, "I",                                   \
		                             "SELECT reference FROM " table                        \
		                             " WHERE coalesce($1, 0) = 0 AND " which }
REFERENCE(oldest_intervention, "intervention", "id = (SELECT min(id) FROM intervention)");
REFERENCE(newest_intervention, "intervention", "id = (SELECT max(id) FROM intervention)");
REFERENCE(casefile_advised, "casefile",
          "id = (SELECT d.casefile_id FROM advice d WHERE d.id ="
          " (SELECT min(x.id) FROM advice_audience x))");
REFERENCE(meeting_with_guest, "meeting",
          "id = (SELECT meeting_id FROM meeting_invitation WHERE invited_at = 1)");

static void assert_told(const struct out *o, const char *what, const char *of)
{
	char line[120];
	const char *text = o->data;

	(void)snprintf(line, sizeof line, "%s: %s", of, what);
	if (o->len == 0 || memmem(text, o->len, line, strlen(line)) == NULL)
		fail_msg("'%s' isn't among\n%.*s", line, (int)o->len, text);
}

static void a_reader_of_an_intervention_too_many_and_one_who_is_missing_are_named(void **state)
{
	/* the auditor; the secretary of the Stuurploeg */
	static struct db_stmt too_many = {
		"test_intervention_too_many", "I",
		"INSERT INTO intervention_audience (audience_id, id) SELECT 281474976710679,"
		" min(id) FROM intervention WHERE coalesce($1, 0) = 0"
	};
	static struct db_stmt missing = {
		"test_intervention_missing", "I",
		"DELETE FROM intervention_audience WHERE coalesce($1, 0) = 0 AND audience_id ="
		" 281474976710672 AND id = (SELECT max(id) FROM intervention)"
	};
	struct store_world *w = *state;
	char ref[40];
	struct out o;

	out_init(&o, 1 << 12);
	do_sql(w, &too_many);
	do_sql(w, &missing);
	assert_int_equal(readers(w, &INTERVENTION_AUDIENCES, &o).faults, 2);
	assert_told(&o, "te veel lezers, groep 1/23", reference(w, &oldest_intervention, ref));
	assert_told(&o, "mist een lezer, groep 1/16", reference(w, &newest_intervention, ref));
	out_free(&o);
}

static void who_reads_more_of_an_advice_than_his_part_is_named(void **state)
{
	static struct db_stmt further = {
		"test_advice_further", "I",
		"UPDATE advice_audience SET reach = 3 - reach WHERE coalesce($1, 0) = 0"
		" AND id = (SELECT min(x.id) FROM advice_audience x)"
		" AND audience_id = (SELECT min(y.audience_id) FROM advice_audience y WHERE"
		" y.id = (SELECT min(z.id) FROM advice_audience z))"
	};
	struct store_world *w = *state;
	char ref[40];
	struct out o;

	out_init(&o, 1 << 12);
	do_sql(w, &further);
	assert_int_equal(readers(w, &ADVICE_AUDIENCES, &o).faults, 2);
	(void)reference(w, &casefile_advised, ref);
	assert_told(&o, "mist een lezer", ref);
	assert_told(&o, "te veel lezers", ref);
	out_free(&o);
}

/* The newest casefile with an analysis and a subject, and somebody who is no member of it. */
#define OUTSIDER                                                                                   \
	"SELECT max(a.id) FROM appointment a WHERE a.state = 2 AND a.role = 14 AND a.ended_at = 0" \
	" AND a.id NOT IN (SELECT m.appointment_id FROM casefile_member m WHERE m.casefile_id = "  \
	"c.id)"
#define HIS_CASEFILE                                                                               \
	"(SELECT max(n.casefile_id) FROM analysis n JOIN presence p ON p.casefile_id = "           \
	"n.casefile_id)"

REFERENCE(his_casefile, "casefile", "id = " HIS_CASEFILE);

static void who_opens_an_analysis_without_being_a_member_is_named(void **state)
{
	static struct db_stmt let_in = {
		"test_let_in", "I",
		"INSERT INTO casefile_audience (audience_id, at, id, state, theme, variant)"
		" SELECT 1407374883553280 + (" OUTSIDER "), c.state_since, c.id, c.state, c.theme,"
		" c.variant FROM casefile c WHERE coalesce($1, 0) = 0 AND c.id = " HIS_CASEFILE
	};
	struct store_world *w = *state;
	const int64_t who = store_world_number(w, "SELECT (" OUTSIDER
	                                          ") FROM casefile c WHERE c.id = " HIS_CASEFILE);
	char ref[40], told[60];
	struct out o;

	out_init(&o, 1 << 12);
	do_sql(w, &let_in);
	(void)reference(w, &his_casefile, ref);
	(void)snprintf(told, sizeof told, "te veel lezers, functie %lld", (long long)who);
	assert_int_equal(viewers(w, &ANALYSIS_VIEWERS, &o).faults, 1);
	assert_told(&o, told, ref);
	assert_int_equal(readers(w, &CASEFILE_AUDIENCES, &o).faults, 1);
	out_free(&o);
}

static void a_person_whom_no_analyst_finds_any_more_is_named(void **state)
{
	static struct db_stmt shut_out = {
		"test_shut_out", "I",
		"DELETE FROM casefile_audience WHERE coalesce($1, 0) = 0"
		" AND audience_id = 281474976710666 AND id = " HIS_CASEFILE
	};
	struct store_world *w = *state;
	char ref[40], person[60];
	struct out o;

	out_init(&o, 1 << 12);
	do_sql(w, &shut_out);
	assert_true(viewers(w, &PRESENCE_VIEWERS, &o).faults > 0);
	(void)snprintf(person, sizeof person, "%s/1", reference(w, &his_casefile, ref));
	assert_told(&o, "mist een lezer", person);
	out_free(&o);
}

static void who_is_asked_to_the_stuurploeg_without_a_role_there_is_named(void **state)
{
	/* the auditor, to the meeting with the oldest point that is a report or a casefile */
	static struct db_stmt invite = {
		"test_invite", "I",
		"INSERT INTO meeting_invitation (meeting_id, appointment_id, participant_id,"
		" organ_id, invited_at) SELECT t.meeting_id, a.id, v.participant_id, v.organ_id, 1"
		" FROM steering_point t JOIN meeting_invitation v ON v.meeting_id = t.meeting_id"
		" JOIN appointment a ON a.role = 23 AND a.state = 2 WHERE coalesce($1, 0) = 0"
		" AND t.casefile_id IN (SELECT x.casefile_id FROM casefile_organ x"
		" WHERE x.organ_id = v.organ_id) AND t.state <> 5 ORDER BY t.id, v.appointment_id"
		" LIMIT 1"
	};
	struct store_world *w = *state;
	const int64_t who =
	    store_world_number(w, "SELECT min(id) FROM appointment WHERE role = 23 AND state = 2");
	char told[60], ref[40];
	struct out o;

	out_init(&o, 1 << 12);
	do_sql(w, &invite);
	(void)snprintf(told, sizeof told, "te veel lezers, functie %lld", (long long)who);
	assert_int_equal(viewers(w, &STEERING_MEETING_VIEWERS, &o).faults, 1);
	assert_told(&o, told, reference(w, &meeting_with_guest, ref));
	out_free(&o);
}

/* It comes to an agenda only under a meeting to which nobody of his role is asked. */
static void a_point_that_opens_to_who_is_asked_without_a_role_is_named(void **state)
{
	static struct db_stmt open = {
		"test_open_point", "I",
		"UPDATE steering_point SET casefile_id = NULL, kind = 4 WHERE coalesce($1, 0) = 0"
		" AND id = (SELECT min(t.id) FROM steering_point t JOIN meeting_invitation v"
		" ON v.meeting_id = t.meeting_id WHERE v.invited_at = 1 AND t.state <> 5)"
	};
	struct store_world *w = *state;
	struct out o;

	out_init(&o, 1 << 12);
	do_sql(w, &open);
	assert_int_equal(viewers(w, &STEERING_POINT_VIEWERS, &o).faults, 1);
	assert_non_null(memmem(o.data, o.len, "te veel lezers", strlen("te veel lezers")));
	out_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_demo_plays_is_read_by_whom_the_rules_say),
		cmocka_unit_test(
		    a_reader_of_an_intervention_too_many_and_one_who_is_missing_are_named),
		cmocka_unit_test(who_reads_more_of_an_advice_than_his_part_is_named),
		cmocka_unit_test(who_opens_an_analysis_without_being_a_member_is_named),
		cmocka_unit_test(a_person_whom_no_analyst_finds_any_more_is_named),
		cmocka_unit_test(who_is_asked_to_the_stuurploeg_without_a_role_there_is_named),
		cmocka_unit_test(a_point_that_opens_to_who_is_asked_without_a_role_is_named),
	};
	return cmocka_run_group_tests_name("check access", tests, set_up, tear_down);
}
