#include "intervention_play.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "platform/core/calendar.h"
#include "retention/forgetters.h"

/* ---- a decision of the Stuurploeg -------------------------------------------------------------- */

struct room *open_room(struct house *h)
{
	struct room *r = arena_alloc(&h->arena, sizeof *r);

	*r = (struct room){ .b = open_bureau(h) };
	r->lead = house_hire(h, "regie@politie.example", ROLE_INTERVENTION_LEAD, h->police_organ);
	r->exec = house_hire(h, "uitvoer@politie.example", ROLE_EXECUTOR, h->police_organ);
	r->sec = house_hire(h, "stuur@riec.example", ROLE_STEERING_SECRETARY, 0);
	return r;
}

void close_room(struct room *r)
{
	struct visitor *all[] = { r->v_lead, r->v_exec, r->v_sec, r->v_dec, r->v_desk };

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (all[i] != NULL)
			visitor_free(all[i]);
	close_bureau(r->b);
}

static enum status decide_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct decision *d = args;
	const char *reference = NULL;
	const enum status st = intervention_decide(tx, &d->n, &d->id, &reference, reterr);

	if (st == OK)
		d->reference = arena_strdup(&d->r->b->h->arena, reference);
	return st;
}

struct decision plan(struct room *r, int64_t proposal)
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

void decide(struct decision *d)
{
	struct db_job job = { .run = decide_run, .args = d };
	struct error e = { 0 };

	d->n.owners = d->owners;
	d->n.viewer = &d->viewer;
	d->st = db_run(d->r->b->h->plein.db, &job, &e);
	d->sentence = arena_strdup(&d->r->b->h->arena, d->st != OK ? e.message : "");
}

/* ---- by page ------------------------------------------------------------------------------------------ */

static const struct db_stmt SET_STATE = { "test_set_casefile_state", "ii",
	                                  "UPDATE casefile SET state = $2 WHERE id = $1" };
struct casefile_state {
	int64_t id, state;
};
static enum status set_state(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct casefile_state *c = args;
	return db_exec(tx, &SET_STATE, DB_ARGS(DB_INT(c->id), DB_INT(c->state)), NULL, reterr);
}

const char *decided(struct room *r)
{
	struct decision d = plan(r, 41);
	struct casefile_state c = { r->b->casefile, 6 };

	decide(&d);
	assert_int_equal(d.st, OK);
	store_world_run(r->b->h->store, set_state, &c);
	r->v_lead = signed_in(r->b->h, r->lead);
	r->v_exec = signed_in(r->b->h, r->exec);
	return d.reference;
}

const char *there(struct room *r, const char *ref, const char *rest)
{
	return arena_printf(&r->b->h->arena, "/interventions/%s%s", ref, rest);
}

void step(struct room *r, struct visitor *v, const char *ref, const char *action)
{
	send_from(v, there(r, ref, ""),
	          there(r, ref, arena_printf(&r->b->h->arena, "/move/%s", action)), "x=1");
}

/* The page of the step first, then its form. */
void step_with(struct room *r, struct visitor *v, const char *ref, const char *action,
               const char *fields)
{
	const char *path = there(r, ref, arena_printf(&r->b->h->arena, "/move/%s", action));
	send_from(v, path, path, fields);
}

const char *assigned(struct room *r)
{
	const char *ref = decided(r);

	step_with(
	    r, r->v_lead, ref, "assign",
	    arena_printf(&r->b->h->arena, "executor=%lld", (long long)r->exec->appointment_id));
	assert_page_says(r->v_lead, "Toegewezen. De uitvoerder krijgt bericht.");
	return ref;
}

const char *running(struct room *r)
{
	const char *ref = assigned(r);

	step(r, r->v_exec, ref, "start");
	assert_page_says(r->v_exec, "U bent begonnen");
	return ref;
}

/* ---- a hold -------------------------------------------------------------------------------------- */

/* What holds_keep does on its day with a casefile that is held (retention/hold_due.c). */
static const struct db_stmt SHIELDED = {
	"test_shielded", "i", "UPDATE casefile SET shielded = 1, state = 11 WHERE id = $1"
};
static const struct db_stmt UNREAD = { "test_unread", "i",
	                               "DELETE FROM casefile_audience WHERE id = $1" };

static enum status shield_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct room *r = args;
	enum status st = db_exec(tx, &SHIELDED, DB_ARGS(DB_INT(r->b->casefile)), NULL, reterr);

	if (st == OK)
		st = db_exec(tx, &UNREAD, DB_ARGS(DB_INT(r->b->casefile)), NULL, reterr);
	for (const struct forgetter *f = FORGETTERS; st == OK && f->casefile != NULL; f++)
		st = f->hide == NULL ? OK
		                     : f->hide(tx, r->b->casefile, r->b->h->clock.fixed_ms, reterr);
	return st;
}

void hold_hides(struct room *r)
{
	store_world_run(r->b->h->store, shield_run, r);
}
