/* Somebody new in a casefile: by a signal that is written for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "case_world.h"
#include "casework/take_in.h"
#include "signal_play.h"

#define ENOUGH "Dit+is+ruim+genoeg+uitleg+voor+het+overleg"

static int64_t number(struct house *h, const char *sql)
{
	return store_world_number(h->store, sql);
}

/* ---- written from the casefile ------------------------------------------------------------------ */

static struct played begin(struct casus *c, struct visitor *who)
{
	struct played p = { .writer = who };

	send_from(who, casus_at(c, ""), casus_at(c, "/supplement"), "x=1");
	if (who->code != 200 || sscanf(who->path, "/signals/%31[^/]", p.ref) != 1)
		fail_msg("%s: %d\n%s", who->path, who->code, who->page);
	(void)snprintf(p.base, sizeof p.base, "/signals/%s", p.ref);
	return p;
}

static struct played write_about_somebody_new(struct casus *c)
{
	struct played p = begin(c, c->v_wim);

	play_fill(&p, "/edit/facts", "title=Ook+zijn+compagnon&facts=Hij+betaalt+de+huur");
	play_fill(&p, "/edit/place",
	          arena_printf(&c->h->arena, "where=Dorpsstraat+12&municipality=%lld",
	                       (long long)c->h->municipality));
	play_fill(&p, "/edit/subjects",
	          "kind=PERSON&role=MAIN&familyName=Compagnon&givenNames=Kees&birthDate=1-2-1980");
	play_fill(&p, "/edit/theme", "theme=LAUNDERING&line=LOCATION&task=901");
	play_fill(&p, "/edit/criteria",
	          "criterionA=" ENOUGH "&criterionB=" ENOUGH "&criterionC=" ENOUGH
	          "&criterionD=" ENOUGH "&criterionE=" ENOUGH);
	return p;
}

static void who_works_on_it_for_a_partner_writes_a_signal_for_it_and_keeps_reading_it(void **state)
{
	struct casus *c = casus_new(*state);
	struct played p = write_about_somebody_new(c);

	play_submit(&p);
	visit(c->v_wim, p.base);
	assert_int_equal(c->v_wim->code, 200);
	visit(c->v_wendy, p.base); /* of another organisation */
	assert_int_equal(c->v_wendy->code, 404);
	assert_int_equal(number(c->h, "SELECT count(*) FROM signal s JOIN casefile c ON c.id ="
	                              " s.supplements_id"),
	                 1);
	visit(c->v_wim, "/signals");
	assert_page_says(c->v_wim, "Ook zijn compagnon");
	visitor_send(c->v_wim, "/signals", "x=1"); /* a signal of its own is a submitter's */
	assert_int_equal(c->v_wim->code, 403);
	casus_free(c);
}

static void its_pages_name_the_casefile_to_who_sees_that_and_to_no_colleague(void **state)
{
	struct casus *c = casus_new(*state);
	struct played p = write_about_somebody_new(c);
	struct visitor *clerk = signed_in(c->h, c->clerk); /* of the same organisation, no member */

	visit(c->v_wim, arena_printf(&c->h->arena, "%s/edit/facts", p.base));
	assert_page_says(c->v_wim, "Aanvulling op casus");
	assert_page_says(c->v_wim, c->ref);
	play_submit(&p);
	visit(c->v_wim, p.base);
	assert_page_says(c->v_wim, c->ref);
	visit(c->v_cor, p.base);
	assert_page_says(c->v_cor, c->ref);
	visit(clerk, p.base);
	assert_int_equal(clerk->code, 200);
	assert_false(page_says(clerk, c->ref));
	visitor_free(clerk);
	casus_free(c);
}

static void the_bureau_and_who_is_no_member_write_no_signal_for_it(void **state)
{
	struct casus *c = casus_new(*state);
	const struct house_person *out =
	    house_hire(c->h, "olga@duinwaard.example", ROLE_WORKING_GROUP, 0);

	visit(c->v_cor, casus_at(c, ""));
	assert_false(page_says(c->v_cor, "aanvullend signaal"));
	assert_int_equal(casus_post(c, c->cor, "/supplement", "{}", NULL), 409);
	assert_int_equal(casus_post(c, out, "/supplement", "{}", NULL), 404);
	assert_int_equal(casus_post(c, c->wendy, "/supplement", "{}", NULL), 201);
	casus_free(c);
}

static enum status take_run(struct db_tx *tx, void *args, struct error *reterr)
{
	return casefile_take_in(tx, args, reterr);
}

static void what_the_signal_knows_stands_behind_who_was_there_each_with_its_own_clock(void **state)
{
	struct casus *c = casus_new(*state);
	struct played p = write_about_somebody_new(c);
	const struct viewer cor = { .person_id = c->cor->person_id,
		                    .appointment_id = c->cor->appointment_id,
		                    .role = ROLE_INFO_COORDINATOR };
	struct casefile_taking taking = { .viewer = &cor, .now_ms = c->h->clock.fixed_ms };
	struct db_read *r = NULL;
	struct error e = { 0 };

	play_submit(&p);
	taking.signal_id = number(c->h, "SELECT id FROM signal WHERE supplements_id IS NOT NULL");
	assert_int_equal(db_read_begin(c->h->plein.db, &r, &e), OK);
	assert_int_equal(
	    casefile_supplemented(r, &cor, taking.signal_id, &c->h->arena, &taking.into, &e), OK);
	assert_int_equal(subjects_carry(r, c->h->plein.keyring, taking.signal_id, taking.now_ms,
	                                &c->h->arena, &taking.subjects, &e),
	                 OK);
	db_read_end(r);
	store_world_run(c->h->store, take_run, &taking);
	visit(c->v_wendy, casus_at(c, "/subjects/3"));
	assert_page_says(c->v_wendy, "Kees Compagnon");
	assert_page_says(c->v_wendy, "Betrokkene");
	assert_int_equal(number(c->h, "SELECT count(*) FROM presence a JOIN presence b"
	                              " ON a.subject_uuid = b.subject_uuid WHERE a.signal_id"
	                              " IS NOT NULL AND b.number = 3 AND"
	                              " a.first_processed_at = b.first_processed_at"),
	                 1);
	visit(c->v_wendy, "/news");
	assert_page_says(c->v_wendy, "aangevuld uit een nieuw signaal");
	casus_free(c);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(who_works_on_it_for_a_partner_writes_a_signal_for_it_and_keeps_reading_it),
		PROMISE(what_the_signal_knows_stands_behind_who_was_there_each_with_its_own_clock),
		PROMISE(its_pages_name_the_casefile_to_who_sees_that_and_to_no_colleague),
		PROMISE(the_bureau_and_who_is_no_member_write_no_signal_for_it),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
