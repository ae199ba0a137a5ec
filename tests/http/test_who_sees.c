/* "Wie ziet dit?" and "Wie heeft dit bekeken?" of a signal and a meeting, against who can open them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "audit/action.h"
#include "client.h"
#include "house_world.h"
#include "people/people.h"

/* ---- one of every role, and two of the police ------------------------------------------------ */

struct town {
	struct house *h;
	const char *bearer[HOUSE_PEOPLE_MAX];
	struct house_person *clerk, *coordinator, *member, *other_member;
	char signal[64], meeting[64]; /* paths */
};

static struct house_person *settle(struct town *t, enum role role, int64_t organ)
{
	struct house *h = t->h;
	const int at = h->people_count;
	struct house_person *p =
	    house_hire(h, arena_printf(&h->arena, "p%d@proef.example", at), role, organ);

	t->bearer[at] = house_bearer(h, p);
	return p;
}

static const char *bearer_of(const struct town *t, const struct house_person *p)
{
	return t->bearer[p - t->h->people];
}

static struct reply ask(const struct town *t, const struct house_person *p, const char *path)
{
	return client_request(t->h->port, "GET", arena_printf(&t->h->arena, "/api/v1%s", path),
	                      bearer_of(t, p), NULL);
}

static void post(const struct town *t, const struct house_person *p, const char *path,
                 const char *json)
{
	struct reply r =
	    client_request(t->h->port, "POST", arena_printf(&t->h->arena, "/api/v1%s", path),
	                   bearer_of(t, p), json);

	if (r.code < 200 || r.code > 299)
		fail_msg("%s: %d\n%s", path, r.code, r.all);
	reply_free(&r);
}

static const char *under(const struct town *t, const char *base, const char *rest)
{
	return arena_printf(&t->h->arena, "%s%s", base, rest);
}

static void write_signal(struct town *t)
{
	struct house *h = t->h;
	const char *words = "Dit is ruim genoeg uitleg voor het overleg";
	struct reply r =
	    client_request(h->port, "POST", "/api/v1/signals", bearer_of(t, t->clerk), "{}");

	assert_int_equal(r.code, 201);
	char ref[32];
	assert_int_equal(sscanf(r.body, "{\"reference\":\"%31[^\"]\"", ref), 1);
	reply_free(&r);
	(void)snprintf(t->signal, sizeof t->signal, "/signals/%s", ref);
	post(t, t->clerk, under(t, t->signal, "/edit/facts"),
	     "{\"_version\":1,\"title\":\"Kas\",\"facts\":\"Veertien matrassen\"}");
	post(t, t->clerk, under(t, t->signal, "/edit/place"),
	     arena_printf(&h->arena,
	                  "{\"_version\":2,\"where\":\"Kasweg 1\",\"municipality\":%lld}",
	                  (long long)h->municipality));
	post(t, t->clerk, under(t, t->signal, "/edit/theme"),
	     "{\"_version\":3,\"theme\":\"LABOUR\",\"line\":\"LOCATION\",\"task\":901}");
	post(t, t->clerk, under(t, t->signal, "/edit/criteria"),
	     arena_printf(&h->arena,
	                  "{\"_version\":4,\"criterionA\":\"%s\",\"criterionB\":\"%s\","
	                  "\"criterionC\":\"%s\",\"criterionD\":\"%s\",\"criterionE\":\"%s\"}",
	                  words, words, words, words, words));
}

static void put_on_agenda(struct town *t)
{
	struct house *h = t->h;
	struct house_person *cor = t->coordinator;

	post(t, cor, under(t, t->signal, "/known"), "{\"_version\":6}");
	post(t, cor, under(t, t->signal, "/move/accept"), "{\"_version\":7}");
	struct reply r = client_request(
	    h->port, "POST", "/api/v1/meetings", bearer_of(t, cor),
	    arena_printf(&h->arena,
	                 "{\"day\":\"2026-11-26\",\"time\":\"9.30\",\"place\":\"Zaal 2\","
	                 "\"invited\":[{\"id\":%lld}]}",
	                 (long long)t->member->appointment_id));
	const char *at = strstr(r.all, "/meetings/IO-");
	if (at == NULL)
		fail_msg("%s", r.all);
	(void)sscanf(at, "%63[^\r\n\"]", t->meeting);
	reply_free(&r);
	post(t, cor, under(t, t->meeting, "/_add"),
	     arena_printf(&h->arena, "{\"_version\":1,\"signal\":\"%s\"}",
	                  t->signal + strlen("/signals/")));
}

static struct town town_of(struct house *h)
{
	struct town t = { .h = h };

	for (int role = 1; role < ROLE_COUNT; role++) {
		struct house_person *p = settle(&t, (enum role)role, 0);
		if (role == ROLE_SUBMITTER)
			t.clerk = p;
		if (role == ROLE_INFO_COORDINATOR)
			t.coordinator = p;
		if (role == ROLE_INFO_MEETING_MEMBER)
			t.member = p;
	}
	(void)settle(&t, ROLE_SUBMITTER, h->executive);
	(void)settle(&t, ROLE_SUBMITTER, h->mayor);
	(void)settle(&t, ROLE_SUBMITTER, h->police_organ);
	(void)settle(&t, ROLE_PARTNER_DESK, h->police_organ);
	t.other_member = settle(&t, ROLE_INFO_MEETING_MEMBER, h->police_organ);
	write_signal(&t);
	return t;
}

/* ---- the list is the truth --------------------------------------------------------------------- */

/* Everybody who opens `path` stands on the list, and nobody else. Returns how many. */
static int assert_list_is_true(const struct town *t, const struct house_person *asker,
                               const char *path)
{
	struct reply list = ask(t, asker, under(t, path, "/who-sees"));
	int seen = 0;

	assert_int_equal(list.code, 200);
	for (int i = 0; i < t->h->people_count; i++) {
		const struct house_person *p = &t->h->people[i];
		struct reply r = ask(t, p, path);
		const bool listed =
		    reply_says(&list, arena_printf(&t->h->arena, "\"appointmentId\":%lld,",
		                                   (long long)p->appointment_id));
		if (listed != (r.code == 200))
			fail_msg("%s: %s (%s) gets %d and is %s the list", path, p->name,
			         access_role(p->role)->name, r.code, listed ? "on" : "not on");
		seen += listed;
		reply_free(&r);
	}
	assert_true(reply_says(&list, arena_printf(&t->h->arena, "\"count\":%d,", seen)));
	reply_free(&list);
	return seen;
}

static void who_stands_on_the_list_of_a_signal_can_open_it_and_nobody_else(void **state)
{
	struct town t = town_of(*state);

	assert_int_equal(assert_list_is_true(&t, t.clerk, t.signal), 2);
	post(&t, t.clerk, under(&t, t.signal, "/submit"), "{\"_version\":5,\"declared\":true}");
	const int submitted = assert_list_is_true(&t, t.coordinator, t.signal);
	assert_true(submitted > 5);
	put_on_agenda(&t);
	assert_int_equal(assert_list_is_true(&t, t.coordinator, t.signal), submitted + 3);
}

static void who_stands_on_the_list_of_a_meeting_can_open_it_and_nobody_else(void **state)
{
	struct town t = town_of(*state);

	post(&t, t.clerk, under(&t, t.signal, "/submit"), "{\"_version\":5,\"declared\":true}");
	put_on_agenda(&t);
	assert_int_equal(assert_list_is_true(&t, t.coordinator, t.meeting), 5);
}

static const struct db_stmt LOSE_SCREENING = { "test_lose_screening", "ii",
	                                       "UPDATE person SET screened_on = $2 WHERE id = $1" };
static const struct db_stmt END_ROLE = {
	"test_end_role", "ii", "UPDATE appointment SET ended_at = $2 WHERE person_id = $1"
};

struct losing {
	const struct db_stmt *statement;
	int64_t person, value;
};

static enum status lose_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct losing *l = args;
	return db_exec(tx, l->statement, DB_ARGS(DB_INT(l->person), DB_INT(l->value)), NULL,
	               reterr);
}

static void whose_screening_or_role_ended_isnt_on_it_any_more(void **state)
{
	struct town t = town_of(*state);
	struct house *h = t.h;

	post(&t, t.clerk, under(&t, t.signal, "/submit"), "{\"_version\":5,\"declared\":true}");
	const int before = assert_list_is_true(&t, t.coordinator, t.signal);
	const int64_t analyst = h->people[ROLE_ANALYST - 1].person_id;
	struct losing screening = { &LOSE_SCREENING, analyst, 1 };
	store_world_run(h->store, lose_run, &screening);
	assert_int_equal(assert_list_is_true(&t, t.coordinator, t.signal), before - 1);
	struct losing role = { &END_ROLE, h->people[ROLE_RIEC_HEAD - 1].person_id,
		               h->clock.fixed_ms - 1 };
	store_world_run(h->store, lose_run, &role);
	assert_int_equal(assert_list_is_true(&t, t.coordinator, t.signal), before - 2);
}

/* ---- for whom, and what the log says ------------------------------------------------------------ */

static void the_page_names_people_with_their_reason(void **state)
{
	struct town t = town_of(*state);
	struct visitor *v = visitor_new(t.h);

	post(&t, t.clerk, under(&t, t.signal, "/submit"), "{\"_version\":5,\"declared\":true}");
	visitor_sign_in(v, t.clerk);
	visit(v, t.signal);
	assert_page_says(v, "Alle namen, met de reden");
	visit(v, under(&t, t.signal, "/who-sees"));
	assert_page_says(v, "<h1>Wie ziet dit?</h1>");
	assert_page_says(v, t.coordinator->name);
	assert_page_says(v, "Ziet dit door deze rol in de regio.");
	assert_page_says(v, "Werkt namens wie dit inbracht.");
	assert_page_says(v, "Het gaat over de eigen gemeente.");
	assert_false(page_says(v, t.h->people[ROLE_AUDITOR - 1].name));
	visit(v, under(&t, t.signal, "/who-sees?format=csv"));
	assert_page_says(v, t.coordinator->name);
	visitor_free(v);
}

static void who_doesnt_see_the_record_or_may_not_ask_reads_that_there_is_nothing(void **state)
{
	static const char *const pages[] = { "/who-sees", "/access-log" };
	struct town t = town_of(*state);
	struct house *h = t.h;

	for (int i = 0; i < h->people_count; i++)
		for (size_t page = 0; page < 2; page++) {
			const enum permission needs =
			    page == 0 ? PERM_WHO_SEES : PERM_RECORD_LOG_READ;
			struct reply record = ask(&t, &h->people[i], t.signal);
			struct reply r = ask(&t, &h->people[i], under(&t, t.signal, pages[page]));
			const bool may =
			    record.code == 200 && access_permits(h->people[i].role, needs);
			assert_int_equal(r.code, may ? 200 : 404);
			reply_free(&record);
			reply_free(&r);
		}
}

static void a_look_at_who_sees_it_is_an_event_of_the_record(void **state)
{
	struct town t = town_of(*state);
	struct reply r = ask(&t, t.clerk, under(&t, t.signal, "/who-sees"));

	reply_free(&r);
	assert_int_equal(
	    store_world_number(t.h->store,
	                       arena_printf(&t.h->arena,
	                                    "SELECT count(*) FROM audit_event WHERE action = %d"
	                                    " AND owner_type = %d AND owner_id > 0",
	                                    AUDIT_ACCESS_EXPLAIN, OBJECT_SIGNAL)),
	    1);
}

/* The log of one record: asks for what, then tells who did what, with all that belongs to it. */
static void assert_tells_who_looked(struct town *t, struct house_person *asker, const char *path,
                                    const char *act, const char *other)
{
	struct visitor *v = visitor_new(t->h);
	const char *log = under(t, path, "/access-log");

	visitor_sign_in(v, asker);
	visit(v, path);
	assert_page_says(v, "Wie heeft dit bekeken?");
	visit(v, log);
	assert_page_says(v, "Waarvoor kijkt u?");
	assert_false(page_says(v, "data-label=\"Wanneer\""));
	visitor_send(v, log, "remark=zomaar");
	assert_int_equal(v->code, 400);
	visitor_send(v, log, "purpose=LAWFULNESS");
	assert_int_equal(v->code, 200);
	assert_page_says(v, "data-label=\"Wanneer\"");
	assert_page_says(v, act);
	assert_page_says(v, other);
	assert_page_says(v, "Bekeek wie iets zag");
	visitor_free(v);
}

static void a_submitter_reads_who_saw_his_signal_once_he_says_for_what(void **state)
{
	struct town t = town_of(*state);

	post(&t, t.clerk, under(&t, t.signal, "/submit"), "{\"_version\":5,\"declared\":true}");
	struct reply r = ask(&t, t.coordinator, t.signal);
	reply_free(&r);
	assert_tells_who_looked(&t, t.clerk, t.signal, "Bekeek een signaal",
	                        "Diende een signaal in");
}

static void a_coordinator_reads_who_saw_a_meeting_and_its_agenda(void **state)
{
	struct town t = town_of(*state);

	post(&t, t.clerk, under(&t, t.signal, "/submit"), "{\"_version\":5,\"declared\":true}");
	put_on_agenda(&t);
	struct reply r = ask(&t, t.member, under(&t, t.meeting, "/items/1"));
	assert_int_equal(r.code, 200);
	reply_free(&r);
	assert_tells_who_looked(&t, t.coordinator, t.meeting, "Bekeek een overleg",
	                        "Wijzigde een overleg");
}

static void assert_csv(const struct town *t, const struct house_person *p, const char *path,
                       const char *says)
{
	struct reply r = ask(t, p, path);

	assert_int_equal(r.code, 200);
	assert_non_null(strstr(reply_header(&r, "Content-Type"), "text/csv"));
	if (!reply_says(&r, says))
		fail_msg("%s doesn't say '%s': %s", path, says, r.all);
	reply_free(&r);
}

static void every_list_can_be_taken_along_as_csv(void **state)
{
	struct town t = town_of(*state);
	const struct house_person *manager = &t.h->people[ROLE_AUTHORISATION_MANAGER - 1];

	post(&t, t.clerk, under(&t, t.signal, "/submit"), "{\"_version\":5,\"declared\":true}");
	put_on_agenda(&t);
	assert_csv(&t, t.coordinator, "/meetings?format=csv", "Wanneer;Punten");
	assert_csv(&t, t.coordinator, "/meetings?format=csv", t.meeting + strlen("/meetings/"));
	assert_csv(&t, t.coordinator, "/signals?format=csv", t.signal + strlen("/signals/"));
	assert_csv(&t, manager, "/people?format=csv", t.clerk->name);
	assert_csv(&t, manager, "/people/proposals?format=csv", "Voorgesteld door");
	assert_csv(&t, &t.h->people[ROLE_RECORDS_MANAGER - 1], "/retention?format=csv",
	           "Weg uiterlijk op");
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(who_stands_on_the_list_of_a_signal_can_open_it_and_nobody_else),
		CASE(who_stands_on_the_list_of_a_meeting_can_open_it_and_nobody_else),
		CASE(whose_screening_or_role_ended_isnt_on_it_any_more),
		CASE(the_page_names_people_with_their_reason),
		CASE(who_doesnt_see_the_record_or_may_not_ask_reads_that_there_is_nothing),
		CASE(a_look_at_who_sees_it_is_an_event_of_the_record),
		CASE(a_submitter_reads_who_saw_his_signal_once_he_says_for_what),
		CASE(a_coordinator_reads_who_saw_a_meeting_and_its_agenda),
		CASE(every_list_can_be_taken_along_as_csv),
	};
	return cmocka_run_group_tests_name("who sees", tests, NULL, NULL);
}
