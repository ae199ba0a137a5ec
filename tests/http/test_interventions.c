/* Interventions by role: decided, agreed, assigned, reported, carried out, measured; and what may not be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "interventions/interventions.h"
#include "platform/core/calendar.h"
#include "request_world.h"

static const struct db_stmt END_APPOINTMENT = {
	"test_end_appointment", "ii", "UPDATE appointment SET ended_at = $2 WHERE id = $1"
};

/* ---- a decision of the Stuurploeg -------------------------------------------------------------- */

struct room {
	struct bureau *b;
	struct house_person *lead, *exec, *sec, *decider_tax;
	struct visitor *v_lead, *v_exec, *v_sec, *v_dec, *v_desk;
};

static struct room *open_room(struct house *h)
{
	struct room *r = arena_alloc(&h->arena, sizeof *r);

	*r = (struct room){ .b = open_bureau(h) };
	r->lead = house_hire(h, "regie@politie.example", ROLE_INTERVENTION_LEAD, h->police_organ);
	r->exec = house_hire(h, "uitvoer@politie.example", ROLE_EXECUTOR, h->police_organ);
	r->sec = house_hire(h, "stuur@riec.example", ROLE_STEERING_SECRETARY, 0);
	return r;
}

static void close_room(struct room *r)
{
	struct visitor *all[] = { r->v_lead, r->v_exec, r->v_sec, r->v_dec, r->v_desk };

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (all[i] != NULL)
			visitor_free(all[i]);
	close_bureau(r->b);
}

struct decision {
	struct room *r;
	struct intervention_new n;
	struct intervention_owner_new owners[2];
	struct viewer viewer;
	int64_t id;
	const char *reference;
	enum status st;
	const char *sentence;
};

static enum status decide_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct decision *d = args;
	const char *reference = NULL;
	const enum status st = intervention_decide(tx, &d->n, &d->id, &reference, reterr);

	if (st == OK)
		d->reference = arena_strdup(&d->r->b->h->arena, reference);
	return st;
}

/* By the police, light, twenty hours, agreed at the meeting; the tax administration helps if asked. */
static struct decision plan(struct room *r, int64_t proposal)
{
	struct house *h = r->b->h;
	struct decision d = { .r = r };

	d.viewer = (struct viewer){ .person_id = r->sec->person_id,
		                    .appointment_id = r->sec->appointment_id,
		                    .participant_id = h->bureau,
		                    .role = ROLE_STEERING_SECRETARY };
	d.owners[0] =
	    (struct intervention_owner_new){ h->police_organ, 20, r->b->dec->appointment_id };
	d.n = (struct intervention_new){ .uuid = uuid_at(HOUSE_NOW),
		                         .reference_key = h->plein.reference_key,
		                         .now_ms = HOUSE_NOW,
		                         .casefile_id = r->b->casefile,
		                         .proposal_id = proposal,
		                         .proposed_at = HOUSE_NOW - 86400000,
		                         .instrument = 301,
		                         .weight = 1,
		                         .owner_count = 1,
		                         .lead_id = r->lead->appointment_id,
		                         .due_day = local_day(HOUSE_NOW) + 60 };
	intervention_seal_part(h->plein.keyring, &d.n, INTERVENTION_WHAT, "Onderzoek de loods",
	                       &h->arena);
	intervention_seal_part(h->plein.keyring, &d.n, INTERVENTION_EFFECT,
	                       "Geen opslag van grondstoffen meer op het terrein", &h->arena);
	return d;
}

static void decide(struct decision *d)
{
	struct db_job job = { .run = decide_run, .args = d };
	struct error e = { 0 };

	d->n.owners = d->owners;
	d->n.viewer = &d->viewer;
	d->st = db_run(d->r->b->h->plein.db, &job, &e);
	d->sentence = arena_strdup(&d->r->b->h->arena, d->st != OK ? e.message : "");
}

/* ---- promises: deciding --------------------------------------------------------------------------- */

static void
a_decision_with_every_owner_agreed_is_approved_and_waits_for_the_regievoerder(void **state)
{
	struct room *r = open_room(*state);
	struct decision d = plan(r, 41);

	decide(&d);
	assert_int_equal(d.st, OK);
	assert_int_equal(count(r->b, "SELECT state FROM intervention"), INTERVENTION_APPROVED);
	assert_int_equal(count(r->b, "SELECT count(*) FROM task WHERE kind = 81 AND done_at = 0"),
	                 1);
	assert_int_equal(count(r->b, "SELECT count(*) FROM casefile_member WHERE capacity = 4"), 1);
	/* advised, approved, and a pledge: each counted once */
	assert_int_equal(count(r->b, "SELECT count(*) FROM intervention_statistic"), 3);
	assert_int_equal(count(r->b, "SELECT sum(hours_pledged) FROM intervention_statistic"), 20);
	assert_int_equal(count(r->b, "SELECT days_in_state FROM intervention_statistic"
	                             " WHERE transition = 3"),
	                 1);
	close_room(r);
}

static void an_owner_who_was_not_there_is_asked_before_anything_is_approved(void **state)
{
	struct room *r = open_room(*state);
	struct decision d = plan(r, 41);

	d.owners[1] = (struct intervention_owner_new){ r->b->tax_organ, 10, 0 };
	d.n.owner_count = 2;
	decide(&d);
	assert_int_equal(d.st, OK);
	assert_int_equal(count(r->b, "SELECT state FROM intervention"), INTERVENTION_AGREEING);
	assert_int_equal(count(r->b, "SELECT count(*) FROM task WHERE kind = 80 AND done_at = 0"),
	                 1);
	close_room(r);
}

static void one_proposal_is_decided_once_and_hours_count_once(void **state)
{
	struct room *r = open_room(*state);
	struct decision d = plan(r, 41), again = plan(r, 41), twice = plan(r, 42);

	decide(&d);
	decide(&again);
	assert_int_equal(again.st, ERR_CONFLICT);
	assert_string_equal(again.sentence, "Over dit voorstel is al besloten.");
	twice.owners[1] = twice.owners[0];
	twice.n.owner_count = 2;
	decide(&twice);
	assert_int_equal(twice.st, ERR_INVALID);
	assert_non_null(strstr(twice.sentence, "twee keer"));
	assert_int_equal(count(r->b, "SELECT sum(hours_pledged) FROM intervention_statistic"), 20);
	close_room(r);
}

static enum status end_lead(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct room *r = args;
	return db_exec(tx, &END_APPOINTMENT,
	               DB_ARGS(DB_INT(r->lead->appointment_id), DB_INT(HOUSE_NOW - 1)), NULL,
	               reterr);
}

static void nobody_gets_a_regievoerder_whose_appointment_ended(void **state)
{
	struct room *r = open_room(*state);
	struct decision d = plan(r, 41);

	store_world_run(r->b->h->store, end_lead, r);
	decide(&d);
	assert_int_equal(d.st, ERR_CONFLICT);
	assert_string_equal(d.sentence, "De aanstelling van deze regievoerder is afgelopen.");
	close_room(r);
}

static void an_owner_without_the_power_and_a_decision_without_a_day_are_refused(void **state)
{
	struct room *r = open_room(*state);
	struct decision d = plan(r, 41), no_day = plan(r, 42);

	d.n.instrument = 101; /* the mayor's alone */
	decide(&d);
	assert_int_equal(d.st, ERR_CONFLICT);
	assert_non_null(strstr(d.sentence, "geen eigen bevoegdheid"));
	no_day.n.due_day = 0;
	decide(&no_day);
	assert_int_equal(no_day.st, ERR_CONFLICT);
	assert_non_null(strstr(no_day.sentence, "Wanneer moet dit klaar zijn?"));
	close_room(r);
}

static void a_rejection_says_why_and_asks_nothing_of_anybody(void **state)
{
	struct room *r = open_room(*state);
	struct decision bare = plan(r, 41), d = plan(r, 42);

	bare.n.reject = d.n.reject = true;
	decide(&bare);
	assert_int_equal(bare.st, ERR_CONFLICT);
	intervention_seal_part(r->b->h->plein.keyring, &d.n, INTERVENTION_REASON, "Te licht",
	                       &r->b->h->arena);
	decide(&d);
	assert_int_equal(d.st, OK);
	assert_int_equal(count(r->b, "SELECT state FROM intervention"), INTERVENTION_REJECTED);
	assert_int_equal(count(r->b, "SELECT count(*) FROM task WHERE kind >= 80"), 0);
	assert_int_equal(count(r->b, "SELECT sum(hours_pledged) FROM intervention_statistic"), 0);
	close_room(r);
}

int main(void)
{
#define HOUSE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		HOUSE(
		    a_decision_with_every_owner_agreed_is_approved_and_waits_for_the_regievoerder),
		HOUSE(an_owner_who_was_not_there_is_asked_before_anything_is_approved),
		HOUSE(one_proposal_is_decided_once_and_hours_count_once),
		HOUSE(nobody_gets_a_regievoerder_whose_appointment_ended),
		HOUSE(an_owner_without_the_power_and_a_decision_without_a_day_are_refused),
		HOUSE(a_rejection_says_why_and_asks_nothing_of_anybody),
	};
	return cmocka_run_group_tests_name("interventions", tests, NULL, NULL);
}
