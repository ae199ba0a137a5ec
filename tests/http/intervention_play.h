/*
 * intervention_play.h - a casefile whose Stuurploeg decided, with a regievoerder and an executor
 *
 * On request_world.h's casefile. Whatever goes wrong here fails the test.
 */
#ifndef TESTS_HTTP_INTERVENTION_PLAY_H
#define TESTS_HTTP_INTERVENTION_PLAY_H

#include "interventions/interventions.h"
#include "request_world.h"

struct room {
	struct bureau *b;
	struct house_person *lead, *exec, *sec, *decider_tax;
	struct visitor *v_lead, *v_exec, *v_sec, *v_dec, *v_desk;
};

struct room *open_room(struct house *h);
void close_room(struct room *r);

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

/* By the police, an investigation, twenty hours, agreed at the meeting. */
struct decision plan(struct room *r, int64_t proposal);
void decide(struct decision *d);

/* Decided with everybody agreed, the casefile DECIDED, lead and executor signed in: its reference. */
const char *decided(struct room *r);
/* The same, assigned to the executor; and begun. */
const char *assigned(struct room *r);
const char *running(struct room *r);

/* "/interventions/I-2026-7K3QF" + rest */
const char *there(struct room *r, const char *ref, const char *rest);
/* From the card, or from the page of the step with its fields. */
void step(struct room *r, struct visitor *v, const char *ref, const char *action);
void step_with(struct room *r, struct visitor *v, const char *ref, const char *action,
               const char *fields);

/* The casefile's day came while a hold keeps it: nobody opens it, or what belongs to it, any more. */
void hold_hides(struct room *r);

#endif
