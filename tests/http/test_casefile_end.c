/* What a casefile leaves when it ends, and what the five years of a person leave while it runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "case_world.h"
#include "client.h"
#include "platform/core/calendar.h"
#include "retention/forgetters.h"
#include "retention/person_terms.h"

static const int64_t DAY = INT64_C(86400000);

static int64_t number(struct casus *c, const char *sql)
{
	return store_world_number(c->h->store, sql);
}

static struct visitor *again(struct casus *c, const struct house_person *p)
{
	return signed_in(c->h, p);
}

static void stop(struct casus *c)
{
	send_from(c->v_cor, casus_at(c, "/move/stop"), casus_at(c, "/move/stop"),
	          "reason=NO_INDICATION");
	assert_page_says(c->v_cor, "De casus is gestopt");
}

/* Two records managers, once what is due shows up: the list of one, signed by the other. */
static void destroy_what_is_due(struct casus *c)
{
	struct house *h = c->h;
	struct visitor *mia = again(c, house_hire(h, "mia@riec.example", ROLE_RECORDS_MANAGER, 0));
	struct visitor *noor =
	    again(c, house_hire(h, "noor@riec.example", ROLE_RECORDS_MANAGER, 0));

	visit(mia, "/retention");
	assert_page_says(mia, c->ref);
	assert_page_says(mia, "Casus");
	visitor_send(mia, "/retention/lists", "x=1");
	const char *list = arena_strdup(&h->arena, mia->path);
	visit(mia, list);
	assert_false(page_says(mia, "Teken en vernietig")); /* she made it */
	visit(noor, list);
	visitor_send(noor, arena_printf(&h->arena, "%s/sign", list), "x=1");
	assert_page_says(noor, "Getekend");
	visitor_free(mia);
	visitor_free(noor);
}

static const char *only(struct casus *c, const char *sql)
{
	return store_world_text(c->h->store, &c->h->arena, sql);
}

static void propose_phase(struct casus *c)
{
	static const char WHY[] =
	    "phase=2&necessity=Wij%20missen%20wat%20de%20politie%20over%20deze%20man%20weet";
	const char *page = casus_at(c, "/subjects/1/phases");

	send_from(c->v_ana, page, page, WHY);
	assert_page_says(c->v_ana, "Voorgesteld");
}

static void ask_police(struct casus *c)
{
	const char *page = arena_printf(&c->h->arena, "/requests/new?casefile=%s", c->ref);

	send_from(c->v_cor, page, "/requests",
	          arena_printf(&c->h->arena, "casefile=%s&organs%%5B0%%5D.organ=%lld&%s", c->ref,
	                       (long long)c->h->police_organ,
	                       SUPERVISION
	                       "&subjects%5B0%5D.number=1"
	                       "&necessity=Zonder%20deze%20gegevens%20weten%20wij%20niets"));
	assert_non_null(strstr(c->v_cor->path, "/requests/V-"));
}

static void a_stopped_casefile_goes_by_two_signatures_with_its_signal_and_requests(void **state)
{
	struct casus *c = casus_new(*state);
	struct house *h = c->h;
	struct house_person *auditor = house_hire(h, "aud@riec.example", ROLE_AUDITOR, 0);

	casus_tell(c, c->v_wendy, 1, "kind=INSPECTION&nature=FACT&text=Controle");
	const char *wrong =
	    casus_at(c, arena_printf(&h->arena, "/facts/%lld/correct",
	                             (long long)number(c, "SELECT max(id) FROM fact")));
	send_from(c->v_wendy, wrong, wrong, "kind=RECTIFY&text=Anders&reason=Verkeerde%20dag");
	send_from(c->v_wim, casus_at(c, "/notes"), casus_at(c, "/notes"), "text=Een%20notitie");
	send_from(c->v_wim, casus_at(c, "/subjects/1/intent"), casus_at(c, "/subjects/1/intent"),
	          "intent=ACTS&reason=Wij%20controleren");
	send_from(c->v_cor, casus_at(c, "/tasks"), casus_at(c, "/tasks"),
	          arena_printf(&h->arena, "task=Bel&owner=%lld&dueDay=1-12-2026",
	                       (long long)c->wim->appointment_id));
	send_from(c->v_ana, casus_at(c, "/analysis/new?section=GAPS"),
	          casus_at(c, "/analysis/paragraphs"), "section=GAPS&text=Mijn%20verhaal");
	assert_int_equal(number(c, "SELECT count(*) FROM analysis_version"), 1);
	propose_phase(c);
	ask_police(c);
	const char *token =
	    only(c, "SELECT token FROM identifier_token WHERE kind = 7 ORDER BY token LIMIT 1");
	assert_true(found_on_disk(h, token) > 0);
	stop(c);
	assert_int_equal(number(c, "SELECT destroy_due FROM casefile"),
	                 local_day(h->clock.fixed_ms) + 30);
	h->clock.fixed_ms += 25 * DAY;
	destroy_what_is_due(c);
	static const char *const GONE[] = {
		"presence",          "fact",
		"identifier_token",  "casefile_text",
		"casefile_phase",    "request_item",
		"request_part",      "request_audience",
		"sealed_key",        "casefile_note",
		"casefile_task",     "subject_intent",
		"casefile_audience", "casefile_member",
		"casefile_signal",
	};
	for (size_t i = 0; i < sizeof GONE / sizeof GONE[0]; i++)
		if (number(c, arena_printf(&h->arena, "SELECT count(*) FROM %s", GONE[i])) != 0)
			fail_msg("%s still holds something", GONE[i]);
	assert_int_equal(found_on_disk(h, token), 0);
	assert_int_equal(number(c, "SELECT count(*) FROM information_request"
	                           " WHERE length(question) > 0 OR length(necessity) > 0"),
	                 0);
	assert_int_equal(number(c, "SELECT state FROM casefile"), CASEFILE_DESTROYED);
	assert_true(number(c, "SELECT count(*) FROM casefile_statistic WHERE transition = 10") > 0);
	assert_true(number(c, "SELECT count(*) FROM casefile_statistic WHERE transition = 12") > 0);
	house_seal(h);
	struct visitor *aud = again(c, auditor);
	visit(aud, "/log");
	assert_page_says(aud, "vernietigingslijst");
	visitor_free(aud);
	struct visitor *head = again(c, c->head);
	visit(head, casus_at(c, ""));
	assert_int_equal(head->code, 404);
	visitor_free(head);
	casus_free(c);
}

struct forgetting {
	int64_t id, now_ms;
	const struct viewer *viewer;
	struct keyring *keyring;
	size_t kept_bytes;
};

static enum status forget_measured(struct db_tx *tx, void *args, struct error *reterr)
{
	struct forgetting *f = args;
	const size_t before = db_tx_arena(tx)->used_bytes;
	bool done = false;
	const enum status st = casefile_forget(
	    tx, &(struct casefile_forgetting){ f->id, f->now_ms, f->viewer, f->keyring }, &done,
	    reterr);

	f->kept_bytes = db_tx_arena(tx)->used_bytes - before;
	assert_true(st != OK || done);
	return st;
}

/* A casefile of a hundred persons is one job, whose memory has an end: it ended the server once. */
static void forgetting_a_casefile_keeps_no_memory_for_each_person(void **state)
{
	enum { FOR_THE_CASEFILE_BYTES = 1150000 }; /* one person takes 240,000 while he goes */
	struct casus *c = casus_new(*state);
	struct viewer mia = { .person_id = c->head->person_id,
		              .appointment_id = c->head->appointment_id,
		              .participant_id = c->h->bureau,
		              .role = ROLE_RECORDS_MANAGER };

	stop(c);
	c->h->clock.fixed_ms += 25 * DAY;
	struct forgetting f = { .id = number(c, "SELECT id FROM casefile"),
		                .now_ms = c->h->clock.fixed_ms,
		                .viewer = &mia,
		                .keyring = c->h->plein.keyring };
	assert_int_equal(number(c, "SELECT count(*) FROM presence WHERE casefile_id > 0"), 2);
	store_world_run(c->h->store, forget_measured, &f);
	assert_in_range(f.kept_bytes, 0, FOR_THE_CASEFILE_BYTES);
	casus_free(c);
}

static void a_casefile_that_still_runs_is_on_no_list(void **state)
{
	struct casus *c = casus_new(*state);

	c->h->clock.fixed_ms += 200 * DAY;
	struct visitor *mia =
	    again(c, house_hire(c->h, "mia@riec.example", ROLE_RECORDS_MANAGER, 0));
	visit(mia, "/retention");
	assert_page_says(mia, "Niets hoeft nu weg");
	visitor_send(mia, "/retention/lists", "x=1");
	assert_int_equal(number(c, "SELECT count(*) FROM destruction_list"), 0);
	visitor_free(mia);
	casus_free(c);
}

/* ---- who is kept from it -------------------------------------------------------------------------- */

static enum status end_signals(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt WITHDRAWN = {
		"test_end_signals", "",
		"UPDATE signal SET state = 11, destroy_due = 1 WHERE state = 1"
	};

	(void)args;
	return db_exec(tx, &WITHDRAWN, DB_NO_ARGS, NULL, reterr);
}

/* A signal that has to go too, which nobody is kept from. */
static void withdraw_another(struct casus *c)
{
	const struct house_person *wouter =
	    house_hire(c->h, "wouter@duinwaard.example", ROLE_SUBMITTER, 0);
	struct reply r =
	    client_request(c->h->port, "POST", "/api/v1/signals", house_bearer(c->h, wouter), "{}");

	assert_int_equal(r.code, 201);
	reply_free(&r);
	store_world_run(c->h->store, end_signals, NULL);
}

/* The list that he makes now. */
static const char *list_by(struct casus *c, struct visitor *v)
{
	visit(v, "/retention");
	visitor_send(v, "/retention/lists", "x=1");
	assert_non_null(strstr(v->path, "/retention/lists/"));
	const char *list = arena_strdup(&c->h->arena, v->path);
	visit(v, list);
	return list;
}

static void assert_not_there(struct casus *c, struct visitor *v, const struct house_person *p,
                             const char *list)
{
	static const char *const PAGES[] = { "/", "/retention", "/retention/lists",
		                             "/retention?format=csv" };

	for (size_t i = 0; i < sizeof PAGES / sizeof PAGES[0]; i++) {
		visit(v, PAGES[i]);
		assert_int_equal(v->code, 200);
		assert_false(page_says(v, c->ref));
		assert_false(page_says(v, list));
	}
	visit(v, list);
	assert_int_equal(v->code, 404);
	visit(v, arena_printf(&c->h->arena, "%s/access-log", list));
	assert_int_equal(v->code, 404);
	struct reply r =
	    client_request(c->h->port, "POST", arena_printf(&c->h->arena, "/api/v1%s/sign", list),
	                   house_bearer(c->h, p), "{\"_version\":1}");
	assert_int_equal(r.code, 404);
	reply_free(&r);
}

static void who_is_kept_from_a_casefile_sees_no_list_with_it_and_others_end_it(void **state)
{
	struct casus *c = casus_new(*state);
	struct house_person *kept = house_hire(c->h, "mia@riec.example", ROLE_RECORDS_MANAGER, 0),
			    *maker = house_hire(c->h, "noor@riec.example", ROLE_RECORDS_MANAGER, 0),
			    *signer =
				house_hire(c->h, "piet@riec.example", ROLE_RECORDS_MANAGER, 0);

	send_from(
	    c->v_cor, casus_at(c, "/members"), casus_at(c, "/blocks"),
	    arena_printf(&c->h->arena, "person=%lld&kind=EMBARGO", (long long)kept->person_id));
	stop(c);
	withdraw_another(c);
	c->h->clock.fixed_ms += 40 * DAY;
	struct visitor *mia = again(c, kept), *noor = again(c, maker), *piet = again(c, signer);
	const char *together = list_by(c, noor), *alone = list_by(c, noor);

	assert_page_says(noor, c->ref);
	visit(noor, together);
	assert_false(page_says(noor, c->ref));
	visit(mia, together);
	assert_int_equal(mia->code, 200);
	assert_not_there(c, mia, kept, alone);
	visit(piet, "/");
	assert_page_says(piet, alone);
	visit(piet, alone);
	visitor_send(piet, arena_printf(&c->h->arena, "%s/sign", alone), "x=1");
	assert_page_says(piet, "Getekend");
	assert_int_equal(number(c, "SELECT state FROM casefile"), 12);
	visitor_free(mia);
	visitor_free(noor);
	visitor_free(piet);
	casus_free(c);
}

/* ---- five years ---------------------------------------------------------------------------------- */

static struct person_terms_done keep(struct casus *c)
{
	struct person_terms_done done;
	struct error e = { 0 };

	assert_int_equal(
	    person_terms_keep(c->h->plein.db, c->h->plein.keyring, c->h->clock.fixed_ms, &done, &e),
	    OK);
	return done;
}

static void to_days_before_the_end(struct casus *c, int days)
{
	const int64_t first =
	    number(c, "SELECT min(first_processed_at) FROM presence WHERE casefile_id IS NOT NULL");
	c->h->clock.fixed_ms =
	    ms_at_day_start(casefile_subject_gone_on(first) - days) + 10 * 3600000;
}

static void who_works_on_it_is_warned_three_times_and_then_the_person_goes(void **state)
{
	static const int WARNED[] = { 180, 90, 30 };
	struct casus *c = casus_new(*state);

	propose_phase(c);
	ask_police(c);
	to_days_before_the_end(c, 181);
	assert_int_equal(keep(c).warned, 0);
	for (size_t i = 0; i < 3; i++) {
		to_days_before_the_end(c, WARNED[i]);
		assert_int_equal(keep(c).warned, 2); /* Milan and his car */
		assert_int_equal(keep(c).warned, 0); /* once each */
	}
	assert_int_equal(number(c, "SELECT count(*) FROM task WHERE kind = 41"), 1);
	to_days_before_the_end(c, 1);
	assert_int_equal(keep(c).gone, 0);
	to_days_before_the_end(c, 0);
	assert_int_equal(keep(c).gone, 2);
	assert_int_equal(number(c, "SELECT count(*) FROM presence WHERE casefile_id IS NOT NULL"),
	                 0);
	assert_int_equal(number(c, "SELECT count(*) FROM casefile_phase"), 0);
	assert_int_equal(number(c, "SELECT count(*) FROM information_request"
	                           " WHERE length(question) > 0"),
	                 0);
	assert_int_equal(number(c, "SELECT state FROM casefile"), CASEFILE_OPEN); /* runs on */
	casus_free(c);
}

static void each_goes_on_the_day_of_his_own_clock_and_the_log_has_it(void **state)
{
	struct casus *c = casus_new(*state);
	const int64_t begun = number(c, "SELECT count(*) FROM audit_event");

	to_days_before_the_end(c, 0);
	assert_int_equal(keep(c).gone, 2);
	assert_int_equal(number(c, "SELECT count(*) FROM audit_event") - begun, 2);
	assert_int_equal(keep(c).gone, 0);
	casus_free(c);
}

static void the_day_of_a_warning_is_the_laws_and_each_is_given_once(void **state)
{
	const int64_t first = ms_at_day_start(day_from_civil((struct civil){ 2024, 2, 29 }));
	const int32_t end = day_from_civil((struct civil){ 2029, 2, 28 });

	(void)state;
	assert_int_equal(person_term_due(first, end - 181, 0), -1);
	assert_int_equal(person_term_due(first, end - 180, 0), 180);
	assert_int_equal(person_term_due(first, end - 100, 180), -1);
	assert_int_equal(person_term_due(first, end - 90, 180), 90);
	assert_int_equal(person_term_due(first, end - 30, 90), 30);
	assert_int_equal(person_term_due(first, end - 20, 0), 30); /* nobody looked for long */
	assert_int_equal(person_term_due(first, end - 1, 30), -1);
	assert_int_equal(person_term_due(first, end, 30), 0);
	assert_int_equal(person_term_due(first, end + 400, 0), 0);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(a_stopped_casefile_goes_by_two_signatures_with_its_signal_and_requests),
		PROMISE(forgetting_a_casefile_keeps_no_memory_for_each_person),
		PROMISE(a_casefile_that_still_runs_is_on_no_list),
		PROMISE(who_is_kept_from_a_casefile_sees_no_list_with_it_and_others_end_it),
		PROMISE(who_works_on_it_is_warned_three_times_and_then_the_person_goes),
		PROMISE(each_goes_on_the_day_of_his_own_clock_and_the_log_has_it),
		cmocka_unit_test(the_day_of_a_warning_is_the_laws_and_each_is_given_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
