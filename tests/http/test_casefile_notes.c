/* How people work together on a casefile: notes, tasks, what happened, who acts himself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "case_world.h"
#include "platform/core/calendar.h"
#include "work/work.h"

static const struct db_stmt OF_PHASE_3 = { "test_of_phase_3", "i",
	                                   "UPDATE information_request SET phase = $1" };

static enum status into_phase_3(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)args;
	return db_exec(tx, &OF_PHASE_3, DB_ARGS(DB_INT(3)), NULL, reterr);
}

static int64_t number(struct casus *c, const char *sql)
{
	return store_world_number(c->h->store, sql);
}

static void post(struct casus *c, struct visitor *v, const char *rest, const char *fields)
{
	send_from(v, casus_at(c, rest), casus_at(c, rest), fields);
}

static void a_note_keeps_its_versions_and_names_people_by_number(void **state)
{
	struct casus *c = casus_new(*state);

	post(c, c->v_wendy, "/notes", "text=Ik%20bel%20%401%20morgen");
	assert_page_says(c->v_wendy, "Ik bel Milan Zandwijk morgen");
	post(c, c->v_wendy, "/notes", "text=Ik%20bel%20Milan%20Zandwijk");
	assert_int_equal(c->v_wendy->code, 400);
	assert_page_says(c->v_wendy, "Schrijf @1 in plaats van");
	post(c, c->v_wim, "/notes/1", "text=Wij%20belden%20%401");
	assert_page_says(c->v_wim, "Versie 2");
	assert_page_says(c->v_wim, "Ik bel Milan Zandwijk morgen"); /* the first is still there */
	assert_page_says(c->v_wim, "Wij belden Milan Zandwijk");
	assert_int_equal(number(c, "SELECT count(DISTINCT key_id) FROM casefile_note_version"), 2);
	/* who changes an old version hears that somebody was first, and loses nothing */
	assert_int_equal(
	    casus_post(c, c->ana, "/notes/1", "{\"_version\":1,\"text\":\"Anders\"}", NULL), 409);
	assert_int_equal(casus_post(c, c->ana, "/notes", "{\"text\":\"BSN 999990019\"}", NULL),
	                 400);
	casus_free(c);
}

static void a_note_of_phase_3_leaves_no_trace_for_who_is_not_named(void **state)
{
	static const char *const RESTS[] = { "/notes", "/timeline", "" };
	struct casus *c = casus_new(*state);
	const char *before[3];

	casus_name(c, c->wendy, "&heavy=1");
	for (size_t i = 0; i < 3; i++)
		before[i] = casus_answer(c, c->v_wim, RESTS[i]);
	post(c, c->v_wendy, "/notes", "text=Uit%20het%20onderzoek&heavy=1");
	assert_page_says(c->v_wendy, "Uit het onderzoek");
	casus_put_heavy(c, "Zwaar");
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(casus_answer(c, c->v_wim, RESTS[i]), before[i]);
	visit(c->v_wim, casus_at(c, "/notes/1"));
	assert_int_equal(c->v_wim->code, 404);
	assert_int_equal(
	    casus_post(c, c->wim, "/notes", "{\"text\":\"Zwaar\",\"heavy\":true}", NULL), 400);
	casus_free(c);
}

static void a_task_is_given_to_a_member_and_waits_in_his_own_list_until_it_is_done(void **state)
{
	struct casus *c = casus_new(*state);

	post(c, c->v_cor, "/tasks",
	     arena_printf(&c->h->arena, "task=Bel%%20de%%20gemeente&owner=%lld&dueDay=1-12-2026",
	                  (long long)c->wendy->appointment_id));
	assert_page_says(c->v_cor, "De taak is gegeven");
	visit(c->v_wendy, "/");
	assert_page_says(c->v_wendy, "Taak in een casus");
	visit(c->v_wendy, casus_at(c, "/tasks"));
	assert_page_says(c->v_wendy, "Bel de gemeente");
	visitor_send(c->v_wendy, casus_at(c, "/tasks/1/done"), "x=1");
	assert_page_says(c->v_wendy, "klaar, ");
	visit(c->v_wendy, "/");
	assert_false(page_says(c->v_wendy, "Taak in een casus"));
	post(c, c->v_cor, "/tasks",
	     arena_printf(&c->h->arena, "task=Bel&owner=%lld&dueDay=1-12-2026",
	                  (long long)c->head->appointment_id)); /* no member */
	assert_int_equal(c->v_cor->code, 400);
	assert_int_equal(number(c, "SELECT count(*) FROM casefile_task"), 1);
	casus_free(c);
}

static int64_t waiting(struct casus *c, int kind)
{
	return number(c, arena_printf(&c->h->arena,
	                              "SELECT count(*) FROM task WHERE done_at = 0 AND kind = %d",
	                              kind));
}

static void a_task_of_a_casefile_in_which_nobody_works_any_more_waits_for_nobody(void **state)
{
	struct casus *c = casus_new(*state);

	post(c, c->v_cor, "/tasks",
	     arena_printf(&c->h->arena, "task=Bel%%20de%%20gemeente&owner=%lld&dueDay=1-12-2026",
	                  (long long)c->wendy->appointment_id));
	assert_int_equal(waiting(c, WORK_CASEFILE_TASK), 1);
	post(c, c->v_cor, "/move/stop", "reason=NO_INDICATION");
	assert_page_says(c->v_cor, "De casus is gestopt");
	assert_int_equal(waiting(c, WORK_CASEFILE_TASK), 0);
	visit(c->v_wendy, "/");
	assert_false(page_says(c->v_wendy, "Taak in een casus"));
	casus_free(c);
}

static void a_step_of_the_plan_is_done_when_it_was_done_not_when_the_next_begins(void **state)
{
	struct casus *c = casus_new(*state);
	const char *ask = arena_printf(&c->h->arena, "/requests/new?casefile=%s", c->ref);
	const char *words = "kind=CONTENT&categories=SUPERVISION&subjects%5B0%5D.number=1"
			    "&question=Welke%20controles%20waren%20er"
			    "&necessity=Zonder%20deze%20gegevens%20weten%20wij%20niets";

	/* who works on it is chosen once an analyst is among them, and not by two partners */
	visit(c->v_cor, casus_at(c, ""));
	assert_false(
	    page_says(c->v_cor, "Kies wie meewerkt<span class=\"plein-visually-hidden\">"));
	assert_int_equal(waiting(c, WORK_CASEFILE_STAFF), 1);
	casus_name(c, c->ana, "");
	visit(c->v_cor, casus_at(c, ""));
	assert_page_says(c->v_cor, "Kies wie meewerkt<span class=\"plein-visually-hidden\">");
	assert_int_equal(waiting(c, WORK_CASEFILE_STAFF), 0);
	/* a draft asks nobody anything */
	send_from(c->v_cor, ask, "/requests",
	          arena_printf(&c->h->arena, "casefile=%s&organs%%5B0%%5D.organ=%lld&%s", c->ref,
	                       (long long)c->h->police_organ, words));
	assert_int_equal(waiting(c, WORK_CASEFILE_ASK), 1);
	send_from(c->v_cor, ask, "/requests",
	          arena_printf(&c->h->arena, "casefile=%s&organs%%5B0%%5D.organ=%lld&issue=1&%s",
	                       c->ref, (long long)c->h->police_organ, words));
	assert_int_equal(number(c, "SELECT count(*) FROM information_request WHERE issued_at > 0"),
	                 1);
	assert_int_equal(waiting(c, WORK_CASEFILE_ASK), 0);
	visit(c->v_cor, casus_at(c, ""));
	assert_page_says(c->v_cor,
	                 "Vraag de deelnemers wat zij weten<span class=\"plein-visually-hidden\">");
	/* what is asked in phase 3 shows nowhere, here neither */
	store_world_run(c->h->store, into_phase_3, NULL);
	visit(c->v_wendy, casus_at(c, ""));
	assert_false(page_says(c->v_wendy, "wat zij weten<span class=\"plein-visually-hidden\">"));
	casus_free(c);
}

static void the_timeline_tells_what_happened_to_whom_may_see_it(void **state)
{
	struct casus *c = casus_new(*state);

	casus_tell(c, c->v_wendy, 1, "kind=INSPECTION&nature=FACT&text=Controle");
	post(c, c->v_wim, "/notes", "text=Notitie");
	visit(c->v_wim, casus_at(c, "/timeline"));
	assert_page_says(c->v_wim, "Informatie ophalen");
	assert_page_says(c->v_wim, "1 gegeven van");
	assert_page_says(c->v_wim, "werkt mee: Lid van de werkgroep");
	assert_page_says(c->v_wim, "schreef notitie 1");
	assert_page_says(c->v_wim, "Signaal S-2026-");
	struct visitor *out =
	    signed_in(c->h, house_hire(c->h, "olga@duinwaard.example", ROLE_WORKING_GROUP, 0));
	visit(out, casus_at(c, "/timeline"));
	assert_int_equal(out->code, 404);
	visit(out, casus_at(c, "/notes"));
	assert_int_equal(out->code, 404);
	visitor_free(out);
	casus_free(c);
}

static void who_acts_himself_is_seen_by_all_and_why_by_his_own_organisation(void **state)
{
	struct casus *c = casus_new(*state);
	struct house_person *ward =
	    house_hire(c->h, "ward@politie.example", ROLE_WORKING_GROUP, c->h->police_organ);

	casus_name(c, ward, "");
	post(c, c->v_wendy, "/subjects/1/intent",
	     "intent=NOT_BEFORE&notBefore=1-3-2027&reason=Er%20loopt%20een%20actie");
	assert_page_says(c->v_wendy, "Er loopt een actie");
	visit(c->v_wim, casus_at(c, "/subjects/1"));
	assert_page_says(c->v_wim, "doe niets voor 1 maart 2027");
	assert_false(page_says(c->v_wim, "Er loopt een actie"));
	visit(c->v_cor, casus_at(c, "/subjects/1"));
	assert_false(page_says(c->v_cor, "Er loopt een actie"));
	struct visitor *v_ward = signed_in(c->h, ward);
	visit(v_ward, casus_at(c, "/subjects/1"));
	assert_page_says(v_ward, "Er loopt een actie");
	visitor_send(v_ward, casus_at(c, "/intents/1/end"), "x=1");
	assert_page_says(v_ward, "Dit geldt niet meer");
	visit(c->v_wim, casus_at(c, "/subjects/1"));
	assert_false(page_says(c->v_wim, "doe niets voor"));
	post(c, c->v_wendy, "/subjects/1/intent",
	     "intent=NOT_BEFORE&notBefore=1-3-2020&reason=Te%20laat");
	assert_int_equal(c->v_wendy->code, 400);
	visitor_free(v_ward);
	casus_free(c);
}

static void a_proposal_for_a_phase_waits_with_who_must_sign_until_it_is_decided(void **state)
{
	struct casus *c = casus_new(*state);
	const char *phases = casus_at(c, "/subjects/1/phases");

	send_from(c->v_ana, phases, phases,
	          "phase=2&necessity=Wij%20missen%20wat%20de%20politie%20over%20deze%20man%20weet");
	visit(c->v_cor, "/");
	assert_page_says(c->v_cor, "Besluiten over een fase");
	visit(c->v_wendy, "/");
	assert_false(page_says(c->v_wendy, "Besluiten over een fase"));
	const int64_t id = number(c, "SELECT max(id) FROM casefile_phase");
	send_from(c->v_cor, phases,
	          arena_printf(&c->h->arena, "%s/%lld/open", phases, (long long)id), "x=1");
	visit(c->v_cor, "/");
	assert_false(page_says(c->v_cor, "Besluiten over een fase"));
	casus_free(c);
}

static void the_log_calls_an_analysis_by_the_number_of_its_casefile_begun_or_not(void **state)
{
	struct casus *c = casus_new(*state);

	visit(c->v_cor, casus_at(c, "/analysis"));
	assert_int_equal(c->v_cor->code, 200);
	visit(c->v_cor, "/me/log");
	assert_page_says(c->v_cor, arena_printf(&c->h->arena, "Analyse %s", c->ref));
	assert_false(page_says(c->v_cor, "is er niet meer"));
	casus_free(c);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(a_note_keeps_its_versions_and_names_people_by_number),
		PROMISE(a_note_of_phase_3_leaves_no_trace_for_who_is_not_named),
		PROMISE(a_task_is_given_to_a_member_and_waits_in_his_own_list_until_it_is_done),
		PROMISE(a_task_of_a_casefile_in_which_nobody_works_any_more_waits_for_nobody),
		PROMISE(a_step_of_the_plan_is_done_when_it_was_done_not_when_the_next_begins),
		PROMISE(the_timeline_tells_what_happened_to_whom_may_see_it),
		PROMISE(a_proposal_for_a_phase_waits_with_who_must_sign_until_it_is_decided),
		PROMISE(who_acts_himself_is_seen_by_all_and_why_by_his_own_organisation),
		PROMISE(the_log_calls_an_analysis_by_the_number_of_its_casefile_begun_or_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
