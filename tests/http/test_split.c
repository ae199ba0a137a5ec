/* Some of whom a casefile is about go into a casefile of their own: as they are, with the same rights. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "case_world.h"
#include "casework/project.h"
#include "law/law.h"

static int64_t number(struct casus *c, const char *sql)
{
	return store_world_number(c->h->store, sql);
}

#define WORDS "title=De%20auto&purpose=Van%20wie%20is%20de%20auto&why=Dit%20is%20een%20eigen%20zaak"

/* subjects: "&subjects%5B0%5D.number=2". Where it went is in path of the visitor. */
static void split(struct casus *c, const char *subjects)
{
	send_from(c->v_cor, casus_at(c, "/split"), casus_at(c, "/split"),
	          arena_printf(&c->h->arena, "%s%s", WORDS, subjects));
}
#define CAR  "&subjects%5B1%5D.number=2"
#define MAN  "&subjects%5B0%5D.number=1"
#define BOTH MAN CAR

/* The new casefile, as the coordinator stands before it. */
static struct casus *the_new(struct casus *c)
{
	struct casus *other = arena_alloc(&c->h->arena, sizeof *other);
	const char *found = strstr(c->v_cor->path, "/casefiles/C-");

	assert_page_says(c->v_cor, "Dit is de nieuwe casus");
	assert_non_null(found);
	*other = *c;
	(void)snprintf(other->ref, sizeof other->ref, "%s", found + strlen("/casefiles/"));
	other->ref[strcspn(other->ref, "/?")] = '\0';
	other->id = number(c, "SELECT max(id) FROM casefile");
	assert_string_not_equal(other->ref, c->ref);
	return other;
}

/* Who splits sees everything. */
static struct casus *open_to_all(struct house *h)
{
	struct casus *c = casus_new(h);

	casus_name(c, c->cor, "&heavy=1");
	return c;
}

static void tell(struct casus *c, const char *rest, const char *fields)
{
	send_from(c->v_wendy, casus_at(c, rest), casus_at(c, rest),
	          arena_printf(&c->h->arena, "%s&task=%d", fields, law_first_task(LETTER_POLICE)));
	assert_int_equal(c->v_wendy->code, 200);
}

static void ask(struct casus *c, const char *subjects)
{
	const char *page = arena_printf(&c->h->arena, "/requests/new?casefile=%s", c->ref);

	send_from(c->v_cor, page, "/requests",
	          arena_printf(&c->h->arena,
	                       "casefile=%s&organs%%5B0%%5D.organ=%lld&kind=CONTENT&categories="
	                       "SUPERVISION&question=Welke%%20controles%%20waren%%20er&necessity="
	                       "Wij%%20weten%%20niet%%20wie%%20hier%%20werkt%s",
	                       c->ref, (long long)c->h->police_organ, subjects));
	assert_int_equal(c->v_cor->code, 200);
	assert_non_null(strstr(c->v_cor->path, "/requests/V-"));
}

static const struct db_stmt CLOSE_LAST = {
	"test_close_last", "",
	"UPDATE information_request SET closed_at = 1, state = 9 WHERE id ="
	" (SELECT max(q.id) FROM information_request q)"
};

static enum status close_last(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)args;
	return db_exec(tx, &CLOSE_LAST, DB_NO_ARGS, NULL, reterr);
}

/* ---- promises ---------------------------------------------------------------------------------- */

static void who_goes_is_there_as_he_was_and_no_longer_here(void **state)
{
	struct casus *c = open_to_all(*state);
	const int64_t clocks = number(c, "SELECT sum(first_processed_at) FROM presence");

	casus_tell(c, c->v_wim, 2, "kind=INSPECTION&nature=FACT&text=Auto%20gecontroleerd");
	split(c, CAR);
	struct casus *new = the_new(c);
	visit(c->v_wim, casus_at(new, "/subjects/2"));
	assert_page_says(c->v_wim, "12-ZZZ-3");
	assert_page_says(c->v_wim, "Auto gecontroleerd");
	visit(c->v_wim, casus_at(c, "/subjects/2"));
	assert_int_equal(c->v_wim->code, 404);
	visit(c->v_wim, casus_at(c, "/subjects/1"));
	assert_page_says(c->v_wim, "Milan Zandwijk");
	visit(c->v_wim, casus_at(new, "/subjects/1"));
	assert_int_equal(c->v_wim->code, 404);
	assert_int_equal(number(c, "SELECT sum(first_processed_at) FROM presence"), clocks);
	assert_int_equal(number(c, "SELECT count(*) FROM casefile WHERE state = 1"), 2);
	casus_free(c);
}

static void both_say_what_happened_and_why_each_where_the_other_is(void **state)
{
	struct casus *c = open_to_all(*state);

	split(c, CAR);
	struct casus *new = the_new(c);
	visit(c->v_wim, casus_at(c, ""));
	assert_page_says(c->v_wim, "Een deel werd een eigen casus");
	assert_page_says(c->v_wim, new->ref);
	visit(c->v_wim, casus_at(c, "/timeline"));
	assert_page_says(c->v_wim, new->ref);
	visit(c->v_wim, casus_at(new, ""));
	assert_page_says(c->v_wim, "Dit is een eigen zaak");
	assert_page_says(c->v_wim, "Van wie is de auto");
	assert_page_says(c->v_wim, arena_printf(&c->h->arena, "Afgesplitst van casus %s", c->ref));
	visit(c->v_wim, "/");
	assert_page_says(c->v_wim, "werd een eigen casus");
	/* who is taken off the new one doesn't learn its number from the old one */
	assert_int_equal(casus_post(new, c->cor,
	                            arena_printf(&c->h->arena, "/members/%lld/remove",
	                                         (long long)c->wim->appointment_id),
	                            "{\"_version\":1}", NULL),
	                 204);
	visit(c->v_wim, casus_at(c, "/timeline"));
	assert_page_says(c->v_wim, "Een deel werd een eigen casus");
	assert_false(page_says(c->v_wim, new->ref));
	visit(c->v_wim, casus_at(c, ""));
	assert_false(page_says(c->v_wim, new->ref));
	visit(c->v_wim, casus_at(new, ""));
	assert_int_equal(c->v_wim->code, 404);
	casus_free(c);
}

static void rights_are_those_of_before_for_members_the_blocked_and_the_named(void **state)
{
	struct casus *c = open_to_all(*state);

	casus_name(c, c->wendy, "&heavy=1");
	send_from(
	    c->v_cor, casus_at(c, "/members"), casus_at(c, "/blocks"),
	    arena_printf(&c->h->arena, "person=%lld&kind=EMBARGO", (long long)c->ana->person_id));
	casus_put_heavy(c, "Uit een gericht onderzoek bleek dit");
	split(c, MAN);
	struct casus *new = the_new(c);
	visit(c->v_ana, casus_at(new, ""));
	assert_int_equal(c->v_ana->code, 404);
	visit(c->v_wendy, casus_at(new, "/subjects/1"));
	assert_page_says(c->v_wendy, "gericht onderzoek");
	visit(c->v_wim, casus_at(new, "/subjects/1"));
	assert_page_says(c->v_wim, "Milan Zandwijk");
	assert_false(page_says(c->v_wim, "gericht onderzoek"));
	assert_int_equal(number(c, "SELECT count(*) FROM casefile_member WHERE heavy = 1"), 4);
	assert_int_equal(number(c, "SELECT count(*) FROM casefile_organ"), 4);
	casus_free(c);
}

static void who_is_bound_goes_together_or_stays_together(void **state)
{
	struct casus *c = open_to_all(*state);

	tell(c, "/subjects/1/ties", "other=2&tieKind=DRIVES");
	split(c, CAR);
	assert_int_equal(c->v_cor->code, 409);
	assert_page_says(c->v_cor, "Nummer 2 heeft een band met nummer 1");
	assert_page_says(c->v_cor, "Van wie is de auto"); /* what was typed stays */
	tell(c, "/subjects/1/circle",
	     "kind=PERSON&familyName=Zandwijk&givenNames=Daan&birthDate=1-2-1990&tieKind=FAMILY");
	split(c, BOTH);
	assert_int_equal(c->v_cor->code, 409);
	assert_page_says(c->v_cor, "heeft een band met nummer 3");
	split(c, BOTH "&subjects%5B2%5D.number=3");
	assert_int_equal(c->v_cor->code, 409);
	assert_page_says(c->v_cor, "Dan blijft er niemand over");
	assert_int_equal(number(c, "SELECT count(*) FROM casefile"), 1);
	casus_free(c);
}

static void a_number_that_left_is_given_to_nobody_else(void **state)
{
	struct casus *c = open_to_all(*state);

	split(c, CAR);
	(void)the_new(c);
	tell(c, "/subjects/1/circle",
	     "kind=PERSON&familyName=Zandwijk&givenNames=Daan&birthDate=1-2-1990&tieKind=FAMILY");
	visit(c->v_wim, casus_at(c, "/subjects/3"));
	assert_page_says(c->v_wim, "Daan Zandwijk");
	visit(c->v_wim, casus_at(c, "/subjects/2"));
	assert_int_equal(c->v_wim->code, 404);
	casus_free(c);
}

static void notes_about_them_alone_go_along_and_what_is_about_both_stays(void **state)
{
	struct casus *c = open_to_all(*state);

	send_from(c->v_wendy, casus_at(c, "/notes"), casus_at(c, "/notes"),
	          "text=Van%20%402%20zag%20ik%20het%20kenteken");
	send_from(c->v_wendy, casus_at(c, "/notes"), casus_at(c, "/notes"),
	          "text=Rijdt%20%401%20in%20%402%20vandaag");
	split(c, CAR);
	struct casus *new = the_new(c);
	visit(c->v_wim, casus_at(new, "/notes"));
	assert_page_says(c->v_wim, "Van 12-ZZZ-3 zag ik het kenteken");
	assert_false(page_says(c->v_wim, "Rijdt"));
	visit(c->v_wim, casus_at(c, "/notes"));
	assert_page_says(c->v_wim, "Rijdt Milan Zandwijk in (verwijderd) vandaag");
	assert_false(page_says(c->v_wim, "kenteken"));
	casus_free(c);
}

static void a_request_about_them_alone_goes_along_and_one_about_both_holds_them(void **state)
{
	struct casus *c = open_to_all(*state);

	ask(c, CAR);
	ask(c, BOTH);
	split(c, CAR);
	assert_int_equal(c->v_cor->code, 409);
	assert_page_says(c->v_cor, "Nummer 2 staat in een bevraging die nog loopt");
	store_world_run(c->h->store, close_last, NULL);
	split(c, CAR);
	struct casus *new = the_new(c);
	assert_int_equal(number(c, "SELECT count(*) FROM information_request q JOIN casefile c ON"
	                           " c.id = q.casefile_id WHERE c.split_from IS NOT NULL"),
	                 1);
	assert_int_equal(number(c, "SELECT count(*) FROM request_audience a JOIN"
	                           " information_request q ON q.id = a.id"
	                           " WHERE a.casefile_id <> q.casefile_id"),
	                 0);
	visit(c->v_cor, casus_at(new, "/requests"));
	assert_page_says(c->v_cor, "V-");
	casus_free(c);
}

static enum status into_project(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct casus *c = args;
	const struct project p = { .uuid = uuid_at(c->h->clock.fixed_ms),
		                   .name = "Havens",
		                   .aim = "Minder loze loodsen",
		                   .until_day = 99999 };
	enum status st = project_add(tx, &p, c->cor->appointment_id, 1, reterr);

	return st == OK ? casefile_set_project(tx, c->id, 1, reterr) : st;
}

static void the_part_belongs_to_the_project_of_the_whole(void **state)
{
	struct casus *c = open_to_all(*state);

	store_world_run(c->h->store, into_project, c);
	split(c, CAR);
	(void)the_new(c);
	assert_int_equal(number(c, "SELECT count(*) FROM casefile WHERE project_id = 1"), 2);
	casus_free(c);
}

static void what_an_analysis_rests_on_stays_where_it_is(void **state)
{
	struct casus *c = open_to_all(*state);

	assert_int_equal(
	    casus_post(c, c->ana, "/analysis/paragraphs",
	               "{\"section\":\"SUBJECTS\",\"text\":\"De loods hoort bij @2.\"}", NULL),
	    201);
	split(c, CAR);
	assert_int_equal(c->v_cor->code, 409);
	assert_page_says(c->v_cor, "Nummer 2 staat in de analyse");
	split(c, MAN);
	(void)the_new(c);
	casus_free(c);
}

static void a_phase_that_is_open_or_asked_for_goes_along_with_its_task(void **state)
{
	struct casus *c = open_to_all(*state);
	const char *phases = casus_at(c, "/subjects/1/phases");

	send_from(c->v_ana, phases, phases,
	          "phase=2&necessity=Wij%20missen%20wat%20de%20politie%20over%20deze%20man%20weet");
	split(c, MAN);
	struct casus *new = the_new(c);
	assert_int_equal(number(c, "SELECT count(*) FROM task t JOIN casefile f ON"
	                           " f.reference = t.reference WHERE t.kind = 44"
	                           " AND t.done_at = 0 AND f.split_from IS NOT NULL"),
	                 1);
	phases = casus_at(new, "/subjects/1/phases");
	send_from(c->v_cor, phases,
	          arena_printf(&c->h->arena, "%s/%lld/open", phases,
	                       (long long)number(c, "SELECT max(id) FROM casefile_phase")),
	          "x=1");
	assert_int_equal(c->v_cor->code, 200);
	assert_int_equal(number(c, "SELECT count(*) FROM casefile_phase f JOIN presence p ON"
	                           " p.id = f.presence_id AND p.casefile_id = f.casefile_id"
	                           " WHERE f.state = 3"),
	                 1);
	casus_free(c);
}

#define JSON_WORDS "\"title\":\"De auto\",\"purpose\":\"Van wie is hij\",\"why\":\"Eigen zaak\""

static void only_who_sees_all_splits_and_others_hear_nothing_of_it(void **state)
{
	struct casus *c = casus_new(*state);
	const char *json = "{\"_version\":99,\"subjects\":[{\"number\":2}]," JSON_WORDS "}";
	const char *body = NULL;

	split(c, CAR); /* not named for phase 3 */
	assert_int_equal(c->v_cor->code, 409);
	assert_page_says(c->v_cor, "aangewezen voor fase 3");
	assert_int_equal(casus_post(c, c->wim, "/split", json, NULL), 404);
	casus_name(c, c->cor, "&heavy=1");
	assert_int_equal(casus_post(c, c->cor, "/split", json, &body), 409); /* a stale version */
	assert_int_equal(casus_post(c, c->cor, "/split",
	                            "{\"_version\":99,\"subjects\":[]," JSON_WORDS "}", &body),
	                 400);
	assert_non_null(strstr(body, "Kies wie en wat er gaan"));
	assert_int_equal(
	    casus_post(c, c->cor, "/split",
	               "{\"_version\":99,\"subjects\":[{\"number\":2}],\"title\":"
	               "\"Milan Zandwijk\",\"purpose\":\"BSN 999990019\",\"why\":\"x\"}",
	               &body),
	    400);
	assert_non_null(strstr(body, "Laat de naam"));
	assert_int_equal(number(c, "SELECT count(*) FROM casefile"), 1);
	casus_free(c);
}

static void a_system_splits_by_the_same_fields(void **state)
{
	struct casus *c = open_to_all(*state);
	const char *body = NULL;
	const int64_t version = number(c, "SELECT version FROM casefile");

	assert_int_equal(
	    casus_post(c, c->cor, "/split",
	               arena_printf(&c->h->arena,
	                            "{\"_version\":%lld,\"subjects\":[{\"number\":9}]," JSON_WORDS
	                            "}",
	                            (long long)version),
	               &body),
	    400);
	assert_non_null(strstr(body, "Nummer 9 staat niet in deze casus"));
	assert_int_equal(casus_post(c, c->cor, "/split",
	                            arena_printf(&c->h->arena,
	                                         "{\"_version\":%lld,\"subjects\":[{\"number\":2},"
	                                         "{\"number\":2}]," JSON_WORDS "}",
	                                         (long long)version),
	                            &body),
	                 201);
	assert_non_null(strstr(body, "\"reference\":\"C-"));
	const char *changes = casus_feed(c, c->wendy, "");
	assert_null(strstr(changes, arena_printf(&c->h->arena, "%s/subjects/2", c->ref)));
	assert_non_null(strstr(changes, "/subjects/2"));
	casus_free(c);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(who_goes_is_there_as_he_was_and_no_longer_here),
		PROMISE(both_say_what_happened_and_why_each_where_the_other_is),
		PROMISE(rights_are_those_of_before_for_members_the_blocked_and_the_named),
		PROMISE(who_is_bound_goes_together_or_stays_together),
		PROMISE(a_number_that_left_is_given_to_nobody_else),
		PROMISE(notes_about_them_alone_go_along_and_what_is_about_both_stays),
		PROMISE(a_request_about_them_alone_goes_along_and_one_about_both_holds_them),
		PROMISE(the_part_belongs_to_the_project_of_the_whole),
		PROMISE(what_an_analysis_rests_on_stays_where_it_is),
		PROMISE(a_phase_that_is_open_or_asked_for_goes_along_with_its_task),
		PROMISE(only_who_sees_all_splits_and_others_hear_nothing_of_it),
		PROMISE(a_system_splits_by_the_same_fields),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
