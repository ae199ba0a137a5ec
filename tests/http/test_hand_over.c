/* The work of a member goes to another, one casefile into another: rights follow in the same step. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "case_world.h"
#include "law/law.h"

static int64_t number(struct casus *c, const char *sql)
{
	return store_world_number(c->h->store, sql);
}

/* ---- one member for another ------------------------------------------------------------------- */

static void give_task(struct casus *c, const struct house_person *to)
{
	send_from(c->v_cor, casus_at(c, "/tasks"), casus_at(c, "/tasks"),
	          arena_printf(&c->h->arena,
	                       "owner=%lld&dueDay=1-12-2026&task=Bel%%20de%%20eigenaar",
	                       (long long)to->appointment_id));
	assert_int_equal(c->v_cor->code, 200);
}

static void hand_over(struct casus *c, const struct house_person *from,
                      const struct house_person *to)
{
	const char *page = casus_at(c, arena_printf(&c->h->arena, "/members/%lld/hand-over",
	                                            (long long)from->appointment_id));

	send_from(c->v_cor, page, page,
	          arena_printf(&c->h->arena, "to=%lld", (long long)to->appointment_id));
}

static void the_work_of_a_member_goes_with_its_open_tasks_and_without_his_naming(void **state)
{
	struct casus *c = casus_new(*state);
	const struct house_person *vera =
	    house_hire(c->h, "vera@politie.example", ROLE_WORKING_GROUP, c->h->police_organ);
	struct visitor *v_vera = signed_in(c->h, vera);

	casus_name(c, c->wendy, "&heavy=1");
	give_task(c, c->wendy);
	hand_over(c, c->wendy, vera);
	assert_page_says(c->v_cor, "Overgedragen");
	visit(c->v_wendy, casus_at(c, ""));
	assert_int_equal(c->v_wendy->code, 404);
	visit(v_vera, casus_at(c, "/tasks"));
	assert_page_says(v_vera, "Bel de eigenaar");
	visit(v_vera, "/");
	assert_page_says(v_vera, c->ref);
	assert_int_equal(number(c, "SELECT count(*) FROM casefile_member WHERE heavy = 1"), 0);
	visit(v_vera, casus_at(c, "/timeline"));
	assert_page_says(v_vera, "overgedragen");
	visitor_free(v_vera);
	casus_free(c);
}

static void work_goes_only_to_who_can_do_it(void **state)
{
	struct casus *c = casus_new(*state);

	hand_over(c, c->wendy, c->ana); /* an analyst speaks for no partner */
	assert_int_equal(c->v_cor->code, 400);
	hand_over(c, c->wendy, c->wendy);
	assert_int_equal(c->v_cor->code, 400);
	visit(c->v_wendy, casus_at(c, ""));
	assert_int_equal(c->v_wendy->code, 200);
	assert_int_equal(
	    casus_post(c, c->cor, "/members/999999/hand-over", "{\"_version\":3,\"to\":1}", NULL),
	    404);
	casus_free(c);
}

/* ---- one casefile into another ----------------------------------------------------------------- */

struct opening {
	struct viewer coordinator;
	struct casefile_new casefile;
	int64_t organ, id;
	char reference[32];
};

static enum status open_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct opening *o = args;
	const char *reference = NULL;
	const enum status st = casefile_open(tx, &o->casefile, &o->id, &reference, reterr);

	if (st == OK)
		(void)snprintf(o->reference, sizeof o->reference, "%s", reference);
	return st;
}

/* A second casefile about the same signal: with the police alone, and Wendy as its only member. */
static struct casus *second(struct casus *c, enum law_activity activity)
{
	struct house *h = c->h;
	struct opening o = { .coordinator = { .person_id = c->cor->person_id,
		                              .appointment_id = c->cor->appointment_id,
		                              .participant_id = h->bureau,
		                              .role = ROLE_INFO_COORDINATOR },
		             .organ = h->police_organ };
	struct casus *other = arena_alloc(&h->arena, sizeof *other);
	struct db_read *r = NULL;
	struct error e = { 0 };

	o.casefile = (struct casefile_new){ .uuid = uuid_random(),
		                            .reference_key = h->plein.reference_key,
		                            .viewer = &o.coordinator,
		                            .now_ms = h->clock.fixed_ms,
		                            .signal_id = c->signal_id,
		                            .activity = (int)activity,
		                            .variant = activity == ACTIVITY_SCAN ? VARIANT_SCAN
		                                                                 : VARIANT_USUAL,
		                            .has_purpose = true,
		                            .organs = &o.organ,
		                            .organ_count = 1 };
	assert_int_equal(db_read_begin(h->plein.db, &r, &e), OK);
	assert_int_equal(subjects_carry(r, h->plein.keyring, c->signal_id, h->clock.fixed_ms,
	                                &h->arena, &o.casefile.subjects, &e),
	                 OK);
	db_read_end(r);
	store_world_run(h->store, open_run, &o);
	*other = *c;
	other->id = o.id;
	(void)snprintf(other->ref, sizeof other->ref, "%s", o.reference);
	return other;
}

static void join(struct casus *into, const struct casus *other)
{
	send_from(into->v_cor, casus_at(into, "/join"), casus_at(into, "/join"),
	          arena_printf(&into->h->arena, "other=%s", other->ref));
}

static void persons_members_and_blocks_come_along_and_the_other_stops(void **state)
{
	struct casus *c = casus_new(*state), *other = second(c, ACTIVITY_CASE_CONSULTATION);
	const int64_t clocks = number(c, "SELECT sum(first_processed_at) FROM presence");

	casus_name(c, c->cor, "&heavy=1");
	casus_name(other, c->cor, "&heavy=1");
	send_from(
	    c->v_cor, casus_at(other, "/members"), casus_at(other, "/blocks"),
	    arena_printf(&c->h->arena, "person=%lld&kind=EMBARGO", (long long)c->ana->person_id));
	casus_tell(c, c->v_wim, 1, "kind=INSPECTION&nature=FACT&text=Controle");
	join(c, other);
	assert_page_says(c->v_cor, "Samengevoegd");
	visit(c->v_wim, casus_at(c, "/subjects/4"));
	assert_page_says(c->v_wim, "12-ZZZ-3");
	visit(c->v_wim, casus_at(c, "/subjects/3"));
	assert_page_says(c->v_wim, "Milan Zandwijk");
	visit(c->v_cor, casus_at(other, ""));
	assert_int_equal(c->v_cor->code, 404);
	visit(c->v_ana, casus_at(c, ""));
	assert_int_equal(c->v_ana->code, 404); /* blocked in the one is blocked in both */
	assert_int_equal(number(c, "SELECT sum(first_processed_at) FROM presence"), clocks);
	assert_int_equal(number(c, "SELECT count(*) FROM casefile WHERE state = 10"
	                           " AND end_reason = 5 AND destroy_due > 0"),
	                 1);
	visit(c->v_wim, casus_at(c, "/timeline"));
	assert_page_says(c->v_wim, "Een andere casus kwam hierbij");
	casus_free(c);
}

static void notes_tasks_and_running_requests_come_along_under_the_new_numbers(void **state)
{
	struct casus *c = casus_new(*state), *other = second(c, ACTIVITY_CASE_CONSULTATION);
	const char *page = arena_printf(&c->h->arena, "/requests/new?casefile=%s", other->ref);

	casus_name(c, c->cor, "&heavy=1");
	casus_name(other, c->cor, "&heavy=1");
	casus_name(other, c->wendy, "");
	send_from(c->v_wendy, casus_at(c, "/notes"), casus_at(c, "/notes"), "text=Over%20%401");
	send_from(c->v_wendy, casus_at(other, "/subjects/1/circle"),
	          casus_at(other, "/subjects/1/circle"),
	          arena_printf(&c->h->arena,
	                       "kind=PERSON&familyName=Zandwijk&givenNames=Daan&birthDate=1-2-1990"
	                       "&tieKind=FAMILY&task=%d",
	                       law_first_task(LETTER_POLICE)));
	send_from(c->v_wendy, casus_at(other, "/notes"), casus_at(other, "/notes"),
	          "text=Bel%20over%20%403%20de%20garage");
	send_from(c->v_cor, casus_at(other, "/tasks"), casus_at(other, "/tasks"),
	          arena_printf(&c->h->arena,
	                       "owner=%lld&dueDay=1-12-2026&task=Vraag%%20naar%%20%%403",
	                       (long long)c->wendy->appointment_id));
	assert_int_equal(c->v_cor->code, 200);
	send_from(c->v_cor, page, "/requests",
	          arena_printf(&c->h->arena,
	                       "casefile=%s&organs%%5B0%%5D.organ=%lld&kind=CONTENT&categories="
	                       "SUPERVISION&question=Welke%%20controles%%20waren%%20er&necessity="
	                       "Wij%%20weten%%20niet%%20wie%%20hier%%20werkt&subjects%%5B0%%5D."
	                       "number=2",
	                       other->ref, (long long)c->h->police_organ));
	assert_non_null(strstr(c->v_cor->path, "/requests/V-"));
	join(c, other);
	assert_page_says(c->v_cor, "Samengevoegd");
	visit(c->v_wim, casus_at(c, "/notes"));
	assert_page_says(c->v_wim, "Over Milan Zandwijk");
	assert_page_says(c->v_wim, "Bel over Daan Zandwijk de garage");
	assert_int_equal(number(c, "SELECT count(*) FROM casefile_note n JOIN casefile f ON"
	                           " f.id = n.casefile_id WHERE f.state = 1"),
	                 2);
	visit(c->v_wendy, casus_at(c, "/tasks"));
	assert_page_says(c->v_wendy, "Vraag naar Daan Zandwijk");
	visit(c->v_wendy, "/");
	assert_page_says(c->v_wendy, arena_printf(&c->h->arena, "/casefiles/%s/tasks", c->ref));
	visit(c->v_cor, casus_at(c, "/requests"));
	assert_page_says(c->v_cor, "V-");
	/* the words are those of the number that it has now: 5, not 3 */
	send_from(c->v_wendy, casus_at(c, "/notes/2"), casus_at(c, "/notes/2"), "text=Klaar");
	visit(c->v_wim, casus_at(c, "/notes/2"));
	assert_page_says(c->v_wim, "Bel over Daan Zandwijk de garage");
	casus_free(c);
}

static void a_casefile_with_an_analysis_takes_the_other_in_and_not_the_other_way(void **state)
{
	struct casus *c = casus_new(*state), *other = second(c, ACTIVITY_CASE_CONSULTATION);

	casus_name(c, c->cor, "&heavy=1");
	casus_name(other, c->cor, "&heavy=1");
	assert_int_equal(casus_post(other, c->ana, "/analysis/paragraphs",
	                            "{\"section\":\"QUESTION\",\"text\":\"Wie zit hierachter?\"}",
	                            NULL),
	                 201);
	join(c, other);
	assert_int_equal(c->v_cor->code, 409);
	assert_page_says(c->v_cor, "voeg deze casus bij de andere");
	join(other, c);
	assert_page_says(c->v_cor, "Samengevoegd");
	visit(c->v_cor, casus_at(other, "/analysis"));
	assert_page_says(c->v_cor, "Wie zit hierachter?");
	casus_free(c);
}

static void naming_for_the_third_phase_stays_only_where_somebody_had_it_in_both(void **state)
{
	struct casus *c = casus_new(*state), *other = second(c, ACTIVITY_CASE_CONSULTATION);

	casus_name(c, c->cor, "&heavy=1");
	casus_name(other, c->cor, "&heavy=1");
	casus_name(c, c->wendy, "&heavy=1");
	casus_put_heavy(other, "Uit een gericht onderzoek bleek dit");
	join(c, other);
	assert_page_says(c->v_cor, "Samengevoegd");
	visit(c->v_wendy, casus_at(c, "/subjects/3"));
	assert_int_equal(c->v_wendy->code, 200);
	assert_false(page_says(c->v_wendy, "gericht onderzoek"));
	visit(c->v_cor, casus_at(c, "/subjects/3"));
	assert_page_says(c->v_cor, "gericht onderzoek");
	casus_free(c);
}

static void who_does_not_see_all_of_both_joins_nothing_and_hears_nothing(void **state)
{
	struct casus *c = casus_new(*state), *other = second(c, ACTIVITY_CASE_CONSULTATION);
	const char *without;

	join(c, other);
	assert_int_equal(c->v_cor->code, 409);
	without = arena_strdup(&c->h->arena, strstr(c->v_cor->page, "Wie twee casussen"));
	casus_put_heavy(other, "Uit een gericht onderzoek bleek dit");
	join(c, other);
	assert_int_equal(c->v_cor->code, 409);
	assert_memory_equal(strstr(c->v_cor->page, "Wie twee casussen"), without, 60);
	join(c, c);
	assert_int_equal(c->v_cor->code, 400);
	assert_page_says(c->v_cor, "Deze casus kennen wij niet");
	casus_free(c);
}

static void what_is_for_something_else_is_never_put_together(void **state)
{
	struct casus *c = casus_new(*state), *scan = second(c, ACTIVITY_SCAN);

	casus_name(c, c->cor, "&heavy=1");
	casus_name(scan, c->cor, "&heavy=1");
	join(scan, c);
	assert_int_equal(c->v_cor->code, 409);
	assert_page_says(c->v_cor, "er voor iets anders");
	assert_int_equal(number(c, "SELECT count(*) FROM casefile WHERE state = 1"), 2);
	casus_free(c);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(the_work_of_a_member_goes_with_its_open_tasks_and_without_his_naming),
		PROMISE(work_goes_only_to_who_can_do_it),
		PROMISE(persons_members_and_blocks_come_along_and_the_other_stops),
		PROMISE(notes_tasks_and_running_requests_come_along_under_the_new_numbers),
		PROMISE(a_casefile_with_an_analysis_takes_the_other_in_and_not_the_other_way),
		PROMISE(naming_for_the_third_phase_stays_only_where_somebody_had_it_in_both),
		PROMISE(who_does_not_see_all_of_both_joins_nothing_and_hears_nothing),
		PROMISE(what_is_for_something_else_is_never_put_together),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
