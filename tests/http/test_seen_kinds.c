/* "Wie ziet dit?" of every other kind of record: who stands on the list can open it, nobody else. */
#include "steering_table.h"

#include <stdlib.h>

#include "audit/action.h"

struct everybody {
	struct steering *s;
	struct house *h;
	const char *bearer[HOUSE_PEOPLE_MAX];
};

static struct house_person *with_role(struct everybody *e, enum role role)
{
	for (int i = 0; i < e->h->people_count; i++)
		if (e->h->people[i].role == role)
			return &e->h->people[i];
	fail_msg("nobody is %s", access_role(role)->name);
	abort(); /* not reached: the compiler doesn't know that a failed test ends */
}

/* One more of every role at the executive, and those who hold measures at the police. */
static struct everybody all_of(struct house *h)
{
	struct everybody e = { .s = gather(h), .h = h };

	for (int role = 1; role < ROLE_COUNT; role++)
		(void)house_hire(h, arena_printf(&h->arena, "r%d@iedereen.example", role),
		                 (enum role)role, 0);
	(void)house_hire(h, "loket@iedereen.example", ROLE_PARTNER_DESK, h->police_organ);
	(void)house_hire(h, "indiener@iedereen.example", ROLE_SUBMITTER, h->police_organ);
	for (int i = 0; i < h->people_count; i++)
		e.bearer[i] = house_bearer(h, &h->people[i]);
	return e;
}

static struct reply ask(const struct everybody *e, const struct house_person *p, const char *path)
{
	return client_request(e->h->port, "GET", arena_printf(&e->h->arena, "/api/v1%s", path),
	                      e->bearer[p - e->h->people], NULL);
}

/* Returns how many see it. */
static int assert_list_is_true(const struct everybody *e, const struct house_person *asker,
                               const char *path)
{
	struct reply list = ask(e, asker, arena_printf(&e->h->arena, "%s/who-sees", path));
	int seen = 0;

	if (list.code != 200)
		fail_msg("%s asks who sees %s: %d", asker->name, path, list.code);
	for (int i = 0; i < e->h->people_count; i++) {
		const struct house_person *p = &e->h->people[i];
		struct reply r = ask(e, p, path);
		const bool listed =
		    reply_says(&list, arena_printf(&e->h->arena, "\"appointmentId\":%lld,",
		                                   (long long)p->appointment_id));
		if (listed != (r.code == 200))
			fail_msg("%s: %s (%s) gets %d and is %s the list", path, p->name,
			         access_role(p->role)->name, r.code, listed ? "on" : "not on");
		seen += listed;
		reply_free(&r);
	}
	reply_free(&list);
	return seen;
}

static void leave(struct everybody *e)
{
	disperse(e->s);
}

static void of_a_meeting_of_the_stuurploeg_and_of_a_point_on_it(void **state)
{
	struct everybody e = all_of(*state);
	struct steering *s = e.s;

	advise(s);
	plan(s);
	compose(s);
	/* police, tax and Duinwaard were invited; secretaries and heads see all */
	const int meeting = assert_list_is_true(&e, s->sec, there(s, ""));
	assert_true(meeting >= 3 + 2 + 1);
	const int point = assert_list_is_true(&e, s->sec, of_case(s, ""));
	assert_true(point >= 3 && point <= meeting);
	struct house_person *desk = with_role(&e, ROLE_PARTNER_DESK);
	assert_int_equal(
	    api(s, s->sec, there(s, "/guests"),
	        arena_printf(&e.h->arena,
	                     "{\"_version\":2,\"name\":\"Gast\",\"organisation\":\"Loket\","
	                     "\"email\":\"%s\",\"points\":[{\"name\":\"%s\"}]}",
	                     desk->email, s->b->ref)),
	    201);
	assert_int_equal(assert_list_is_true(&e, s->sec, of_case(s, "")), point + 1);
	assert_int_equal(api(s, s->sec, there(s, "/guests/1/_remove"), "{\"_version\":3}"), 204);
	struct setting kept_out = { s->b->casefile, s->police->person_id, s->sec->appointment_id };
	store_world_run(e.h->store, block, &kept_out);
	assert_int_equal(assert_list_is_true(&e, s->sec, of_case(s, "")), point - 1);
	leave(&e);
}

static void of_an_analysis(void **state)
{
	struct everybody e = all_of(*state);
	const char *path = arena_printf(&e.h->arena, "/casefiles/%s/analysis", e.s->b->ref);

	assert_true(assert_list_is_true(&e, with_role(&e, ROLE_INFO_COORDINATOR), path) >= 2);
	leave(&e);
}

static void of_a_measure_on_assets(void **state)
{
	struct everybody e = all_of(*state);
	struct house_person *desk = with_role(&e, ROLE_PARTNER_DESK);
	char path[64] = "";

	assert_int_equal(api(e.s, desk, "/seizures",
	                     "{\"kind\":\"FISCAL\",\"asset\":\"VEHICLE\","
	                     "\"legalBasis\":\"Wet, artikel 1\",\"begunDay\":\"2026-11-02\"}"),
	                 201);
	const char *ref = strstr(e.s->said, "\"reference\":\"");
	assert_non_null(ref);
	(void)snprintf(path, sizeof path, "/seizures/%.*s",
	               (int)strcspn(ref + strlen("\"reference\":\""), "\""),
	               ref + strlen("\"reference\":\""));
	assert_true(assert_list_is_true(&e, desk, path) >= 3);
	leave(&e);
}

/* $1 the appointment of who made it */
static const struct db_stmt ADD_IMPORT = {
	"test_seen_import", "i",
	"INSERT INTO import_round (participant_id, organ_id, appointment_id, state, state_since,"
	" header, columns, rows_all, created_at) SELECT participant_id, organ_id, id, 3, 1, 'kop',"
	" '', 1, 1 FROM appointment WHERE id = $1"
};
static const struct db_stmt ADD_LIST = {
	"test_seen_list", "i",
	"INSERT INTO destruction_list (state, made_by, made_at) VALUES (1, $1, 1)"
};

struct adding {
	const struct db_stmt *statement;
	int64_t appointment;
};

static enum status add_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct adding *a = args;

	return db_exec(tx, a->statement, DB_ARGS(DB_INT(a->appointment)), NULL, reterr);
}

static int64_t add(struct everybody *e, const struct db_stmt *statement,
                   const struct house_person *by, const char *table)
{
	struct adding a = { statement, by->appointment_id };

	store_world_run(e->h->store, add_run, &a);
	return store_world_number(e->h->store,
	                          arena_printf(&e->h->arena, "SELECT max(id) FROM %s", table));
}

static void of_a_file_that_was_read_in(void **state)
{
	struct everybody e = all_of(*state);
	struct house_person *clerk = with_role(&e, ROLE_SUBMITTER);
	const int64_t id = add(&e, &ADD_IMPORT, clerk, "import_round");

	assert_true(assert_list_is_true(
			&e, clerk, arena_printf(&e.h->arena, "/imports/%lld", (long long)id)) >= 1);
	leave(&e);
}

static void of_a_destruction_list_and_who_watches_reads_its_log(void **state)
{
	struct everybody e = all_of(*state);
	struct house_person *keeper = with_role(&e, ROLE_RECORDS_MANAGER);
	const int64_t id = add(&e, &ADD_LIST, keeper, "destruction_list");
	const char *path = arena_printf(&e.h->arena, "/retention/lists/%lld", (long long)id);
	const char *log = arena_printf(&e.h->arena, "%s/access-log", path);

	assert_true(assert_list_is_true(&e, keeper, path) >= 1);
	for (int i = 0; i < e.h->people_count; i++) {
		const enum role role = e.h->people[i].role;
		struct reply r = ask(&e, &e.h->people[i], log);
		const bool watches =
		    role == ROLE_AUDITOR || role == ROLE_COORD_DPO || role == ROLE_RIEC_HEAD;
		assert_int_equal(r.code, watches ? 200 : 404);
		reply_free(&r);
	}
	leave(&e);
}

static void the_page_of_a_record_leads_to_both(void **state)
{
	struct everybody e = all_of(*state);
	struct steering *s = e.s;

	plan(s);
	visit(s->v_sec, there(s, ""));
	assert_page_says(s->v_sec, arena_printf(&e.h->arena, "href=\"%s\"", there(s, "/who-sees")));
	assert_false(page_says(s->v_sec, "Wie heeft dit bekeken?")); /* not a secretary's */
	visit(s->v_tax, there(s, ""));
	assert_false(page_says(s->v_tax, "Wie ziet dit?"));
	struct visitor *head = signed_in(e.h, with_role(&e, ROLE_RIEC_HEAD));
	visit(head, there(s, ""));
	assert_page_says(head, arena_printf(&e.h->arena, "href=\"%s\"", there(s, "/access-log")));
	visit(head, there(s, "/access-log"));
	visitor_send(head, there(s, "/access-log"), "purpose=LAWFULNESS");
	assert_int_equal(head->code, 200);
	assert_page_says(head, "Bekeek wie iets zag");
	visitor_free(head);
	leave(&e);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(of_a_meeting_of_the_stuurploeg_and_of_a_point_on_it),
		CASE(of_an_analysis),
		CASE(of_a_measure_on_assets),
		CASE(of_a_file_that_was_read_in),
		CASE(of_a_destruction_list_and_who_watches_reads_its_log),
		CASE(the_page_of_a_record_leads_to_both),
	};
	return cmocka_run_group_tests_name("seen kinds", tests, NULL, NULL);
}
