/* Random worlds: what lists and addresses show equals access_may(), after any sequence of acts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "house_world.h"
#include "people/people.h"
#include "signals/signal_check.h"
#include "signals/signals.h"

enum { STEPS = 240, LOOK_EVERY = 20, SIGNALS_MAX = 60, VIEWERS = 48, WORLDS = 3, PAGE = 4 };

/* xorshift64*: the same worlds everywhere; PLEIN_TEST_SEED tries others. */
static uint64_t state_of_chance;

static uint64_t chance(uint64_t below)
{
	uint64_t *x = &state_of_chance;
	*x ^= *x >> 12;
	*x ^= *x << 25;
	*x ^= *x >> 27;
	return (*x * UINT64_C(2685821657736338717) >> 33) % below;
}

struct world {
	struct house *h;
	struct house_person *people[6];
	struct viewer viewers[VIEWERS];
	struct model { /* what the test itself did */
		int64_t id, meeting;
		uint8_t state;
		char reference[32];
	} signals[SIGNALS_MAX];
	int signal_count;
	int64_t now_ms;
	int refused, moved;
};

/* Any role, for any organ, desk and municipality: also combinations that nobody would appoint. */
static struct viewer random_viewer(const struct world *w)
{
	const struct house *h = w->h;
	const int64_t organs[] = { 0, h->mayor, h->executive, h->police_organ };
	const struct house_person *p = w->people[chance(6)];
	const int64_t organ = organs[chance(4)];
	struct viewer v = {
		.person_id = p->person_id,
		.appointment_id = chance(3) == 0 ? p->appointment_id : (int64_t)(1000 + chance(50)),
		.participant_id = organ == 0                 ? h->bureau
		                  : organ == h->police_organ ? h->police
		                                             : h->duinwaard,
		.organ_id = organ,
		.desk_id = (int64_t)chance(3),
		.municipality_id = chance(2) == 0 ? h->municipality : 0,
		.role = (enum role)(1 + chance(ROLE_COUNT - 1)),
	};

	viewer_audiences(&v);
	if (v.audience_count < VIEWER_AUDIENCES_MAX && chance(3) == 0)
		v.audiences[v.audience_count++] =
		    audience_of(AUDIENCE_MEETING, (int64_t)(1 + chance(3)));
	return v;
}

static struct viewer viewer_for(const struct world *w, enum role role, int64_t organ)
{
	const struct house *h = w->h;
	struct viewer v = {
		.person_id = w->people[0]->person_id,
		.appointment_id = w->people[0]->appointment_id,
		.participant_id = organ == 0                 ? h->bureau
		                  : organ == h->police_organ ? h->police
		                                             : h->duinwaard,
		.organ_id = organ,
		.role = role,
	};
	viewer_audiences(&v);
	return v;
}

/* ---- acts -------------------------------------------------------------------------------- */

struct deed {
	struct world *w;
	struct viewer viewer;
	struct model *on;
	struct signal_new made;
	struct signal_moving moving;
	struct signal_picture picture;
	struct signal_codes codes;
};

static enum status create_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct deed *act = args;
	const char *reference = NULL;
	enum status st = signal_create(tx, &act->made, &act->on->id, &reference, reterr);
	if (st == OK)
		(void)snprintf(act->on->reference, sizeof act->on->reference, "%s", reference);
	return st;
}

static void create(struct world *w)
{
	const int64_t organs[] = { w->h->mayor, w->h->executive, w->h->police_organ };
	struct deed act = { .w = w, .on = &w->signals[w->signal_count] };

	if (w->signal_count == SIGNALS_MAX)
		return;
	act.viewer = viewer_for(w, ROLE_SUBMITTER, organs[chance(3)]);
	act.made = (struct signal_new){ .uuid = uuid_random(),
		                        .reference_key = w->h->plein.reference_key,
		                        .viewer = &act.viewer,
		                        .municipality_id = chance(2) == 0 ? w->h->municipality : 0,
		                        .now_ms = w->now_ms };
	store_world_run(w->h->store, create_run, &act);
	act.on->state = SIGNAL_DRAFT;
	w->signal_count++;
}

/* The table decides who may; what the guards ask about texts is given. */
static enum status move_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct deed *act = args;
	struct signal_picture *p = &act->picture;
	enum status st =
	    signal_picture_load(db_tx_read(tx), act->moving.viewer, act->on->id, p, reterr);

	p->actor_is_submitter = p->has_title = p->has_facts = p->has_where = true;
	p->has_municipality = p->has_theme = p->has_line = p->has_task = true;
	p->criteria_explained = p->hits_settled = p->hits_reviewed = p->lawful_declared = true;
	p->matched = p->meeting_chosen = p->reason_given = p->assignment_given = true;
	p->target_chosen = p->second_person = true;
	p->criteria_met = 5;
	p->factors_recorded = 4;
	p->participants_involved = 1;
	p->open_questions = act->moving.action == SIGNAL_RETURN ? 1 : 0;
	act->moving.picture = p;
	return st == OK ? signal_move(tx, &act->moving, reterr) : st;
}

/* Mostly one that the table knows in this state, sometimes any. */
static enum signal_action random_action(uint8_t state)
{
	for (int tries = 0; tries < 50 && chance(8) != 0; tries++) {
		const struct move *mv = &SIGNAL_MACHINE.moves[chance(SIGNAL_MACHINE.move_count)];
		if (mv->from == state)
			return (enum signal_action)mv->action;
	}
	return (enum signal_action)(1 + chance(SIGNAL_TAKE_OFF_AGENDA));
}

/* Mostly who may, sometimes anybody; 0: the system itself. */
static enum role random_mover(uint8_t state, enum signal_action action)
{
	static const enum role movers[] = { ROLE_SUBMITTER, ROLE_INFO_COORDINATOR, ROLE_SECRETARY,
		                            ROLE_RECORDS_MANAGER };
	const struct move *mv = machine_move(&SIGNAL_MACHINE, state, (uint8_t)action);
	const enum role any = movers[chance(4)];

	if (mv == NULL || chance(8) == 0)
		return any;
	for (int i = 0; i < 4; i++)
		if ((mv->who & ROLE_BIT(movers[i])) != 0)
			return movers[i];
	return mv->who == 0 ? (enum role)0 : any;
}

static void remember(struct model *on, const struct signal_moving *m)
{
	on->state = machine_move(&SIGNAL_MACHINE, on->state, (uint8_t)m->action)->to;
	on->meeting = m->meeting_id;
}

static void try_move(struct world *w)
{
	struct deed act = { .w = w, .on = &w->signals[chance((uint64_t)w->signal_count)] };
	const enum signal_action action = random_action(act.on->state);
	const enum role role = random_mover(act.on->state, action);
	struct error e = { 0 };

	act.viewer = viewer_for(w, role, role == ROLE_SUBMITTER ? w->h->executive : 0);
	act.moving = (struct signal_moving){
		.id = act.on->id,
		.action = action,
		.viewer = role != 0 ? &act.viewer : NULL,
		.now_ms = w->now_ms,
		.meeting_id = action == SIGNAL_PUT_ON_AGENDA ? (int64_t)(1 + chance(3)) : 0,
		.merged_into = w->signals[0].id,
		.reason_class = 3,
	};
	struct db_job job = { .run = move_run, .args = &act };
	enum status st = db_run(w->h->plein.db, &job, &e);
	if (st != OK && st != ERR_CONFLICT)
		fail_msg("a move ended with %d: %s (%s)", (int)st, e.message, e.cause);
	w->refused += st != OK;
	w->moved += st == OK;
	if (st == OK)
		remember(act.on, &act.moving);
}

static enum status codes_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct deed *act = args;
	return signal_set_codes(tx, act->on->id, &act->codes, act->w->now_ms, reterr);
}

static void change_codes(struct world *w)
{
	struct deed act = { .w = w,
		            .on = &w->signals[chance((uint64_t)w->signal_count)],
		            .codes = SIGNAL_CODES_UNCHANGED };

	act.codes.municipality_id = chance(2) == 0 ? w->h->municipality : 0;
	act.codes.theme = (int64_t)(1 + chance(5));
	act.codes.line = (int64_t)(1 + chance(3));
	store_world_run(w->h->store, codes_run, &act);
}

static void take_turn(struct world *w)
{
	w->now_ms += (int64_t)chance(3) * 1000; /* some in the same moment */
	if (w->signal_count == 0 || chance(8) == 0)
		create(w);
	else if (chance(6) == 0)
		change_codes(w);
	else
		try_move(w);
}

/* ---- what must hold ---------------------------------------------------------------------- */

static const struct db_stmt TRUTH = {
	"test_signal_truth", "i",
	"SELECT state, organ_id, appointment_id, coalesce(helper_appointment_id, 0),"
	" coalesce(municipality_id, 0), state_since FROM signal WHERE id = $1"
};

struct truth {
	struct signal_facts facts;
	struct thing thing;
	int64_t at;
};

static void must(enum status st, const struct error *e)
{
	if (st != OK)
		fail_msg("%s (%s)", e->message, e->cause);
}

static struct truth truth_of(struct db_read *r, const struct model *m)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct error e = { 0 };
	struct truth t;

	must(db_query(r, &TRUTH, DB_ARGS(DB_INT(m->id)), &row, &e), &e);
	must(db_one(&row, &e), &e);
	t.facts = (struct signal_facts){ (uint8_t)db_int(&row, 0),
		                         db_int(&row, 1),
		                         db_int(&row, 2),
		                         db_int(&row, 3),
		                         db_int(&row, 4),
		                         m->meeting,
		                         false };
	t.at = db_int(&row, 5);
	signal_thing(&t.facts, &t.thing);
	return t;
}

static bool listed(const struct viewer *v, const struct truth *t)
{
	return t->facts.state != SIGNAL_NOT_ADOPTED && t->facts.state != SIGNAL_WITHDRAWN &&
	       access_may(v, ACT_READ, &t->thing);
}

/* Walks all pages one way; each row must be due, in order, and once. Returns how many. */
static int walk(struct world *w, struct db_read *r, const struct viewer *v,
                const struct truth *truths, bool backward)
{
	struct signal_query q = { .viewer = v, .backward = backward, .limit = PAGE };
	struct error e = { 0 };
	struct array page = { 0 };
	int64_t last_at = backward ? -1 : INT64_MAX, last_id = last_at;
	int seen = 0;

	do {
		must(signal_rows(r, &q, &w->h->arena, &page, &e), &e);
		const struct signal_row *rows = page.items;
		for (size_t i = 0; i < page.count; i++, seen++) {
			const struct signal_row *s = &rows[i];
			const bool after = s->at != last_at ? s->at > last_at : s->id > last_id;
			const bool before = s->at != last_at ? s->at < last_at : s->id < last_id;
			int n = 0;
			while (n < w->signal_count && w->signals[n].id != s->id)
				n++;
			assert_true(n < w->signal_count);
			assert_true(backward ? after : before);
			if (!listed(v, &truths[n]))
				fail_msg("%s is listed for a %s", s->reference,
				         access_role(v->role)->name);
			last_at = s->at;
			last_id = s->id;
		}
		if (page.count > 0) {
			q.at = rows[page.count - 1].at;
			q.reference = rows[page.count - 1].reference;
		}
	} while (page.count == PAGE);
	return seen;
}

static void look_by_address(struct world *w, struct db_read *r, const struct viewer *v,
                            const struct truth *truths)
{
	for (int i = 0; i < w->signal_count; i++) {
		struct signal s;
		struct error e = { 0 };
		enum status st = signal_load(r, v, w->signals[i].reference, &w->h->arena, &s, &e);
		assert_int_equal(st,
		                 access_may(v, ACT_READ, &truths[i].thing) ? OK : ERR_NOT_FOUND);
	}
}

static void look(struct world *w)
{
	struct truth truths[SIGNALS_MAX];
	struct audience_check check;
	struct db_read *r = NULL;
	struct error e = { 0 };

	must(db_read_begin(w->h->plein.db, &r, &e), &e);
	for (int i = 0; i < w->signal_count; i++)
		truths[i] = truth_of(r, &w->signals[i]);
	must(signal_check_audiences(r, NULL, &check, &e), &e);
	if (check.faults > 0)
		fail_msg("%d differences, first %s", (int)check.faults, check.first);
	assert_int_equal(check.signals, w->signal_count);
	for (int v = 0; v < VIEWERS; v++) {
		int due = 0;
		for (int i = 0; i < w->signal_count; i++)
			due += listed(&w->viewers[v], &truths[i]);
		assert_int_equal(walk(w, r, &w->viewers[v], truths, false), due);
		assert_int_equal(walk(w, r, &w->viewers[v], truths, true), due);
		look_by_address(w, r, &w->viewers[v], truths);
	}
	db_read_end(r);
}

static void populate(struct world *w)
{
	struct house *h = w->h;

	w->people[0] = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	w->people[1] = house_hire(h, "bart@duinwaard.example", ROLE_MAYOR_READER, h->mayor);
	w->people[2] = house_hire(h, "pol@politie.example", ROLE_SUBMITTER, h->police_organ);
	w->people[3] = house_hire(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	w->people[4] = house_hire(h, "hanna@riec.example", ROLE_RIEC_HEAD, 0);
	w->people[5] = house_hire(h, "mees@duinwaard.example", ROLE_AUTHORISATION_MANAGER, 0);
}

static void lists_and_addresses_equal_the_rule_after_any_sequence_of_acts(void **state)
{
	const char *seed = getenv("PLEIN_TEST_SEED");
	struct world w = { .h = *state, .now_ms = HOUSE_NOW };

	state_of_chance = seed != NULL ? strtoull(seed, NULL, 10) : 20261124;
	populate(&w);
	for (int world = 0; world < WORLDS; world++) {
		for (int i = 0; i < VIEWERS; i++)
			w.viewers[i] = random_viewer(&w);
		for (int step = 1; step <= STEPS / WORLDS; step++) {
			take_turn(&w);
			if (step % LOOK_EVERY == 0)
				look(&w);
		}
		look(&w);
	}
	assert_true(w.moved > 20 && w.refused > 20 && w.signal_count > 10);
}

static enum status spoil(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct db_stmt *s = args;
	return db_exec(tx, s, DB_NO_ARGS, NULL, reterr);
}

static int64_t faults(struct world *w)
{
	struct audience_check check;
	struct db_read *r = NULL;
	struct error e = { 0 };

	must(db_read_begin(w->h->plein.db, &r, &e), &e);
	must(signal_check_audiences(r, NULL, &check, &e), &e);
	db_read_end(r);
	return check.faults;
}

static void the_check_finds_a_reader_too_many_one_too_few_and_an_old_row(void **state)
{
	static const struct db_stmt MORE = {
		"test_more", "",
		"INSERT INTO signal_audience (audience_id, at, id, state, theme, line,"
		" municipality_id, participant_id) SELECT 5, 1, s.id, 1, 0, 0, 0, 1 FROM signal s"
	};
	static const struct db_stmt OLD = { "test_old", "",
		                            "UPDATE signal_audience SET theme = theme + 1" };
	static const struct db_stmt FEWER = { "test_fewer", "", "DELETE FROM signal_audience" };
	struct world w = { .h = *state, .now_ms = HOUSE_NOW };

	state_of_chance = 7;
	populate(&w);
	create(&w);
	assert_int_equal(faults(&w), 0);
	store_world_run(w.h->store, spoil, (void *)(uintptr_t)&MORE);
	assert_int_equal(faults(&w), 1);
	store_world_run(w.h->store, spoil, (void *)(uintptr_t)&OLD);
	assert_true(faults(&w) >= 2);
	store_world_run(w.h->store, spoil, (void *)(uintptr_t)&FEWER);
	assert_true(faults(&w) >= 1);
}

/* ---- people ------------------------------------------------------------------------------ */

static const struct db_stmt EMPLOYERS = { "test_employers", "",
	                                  "SELECT id, participant_id FROM person ORDER BY id" };

static void lists_of_people_equal_the_scope_for_every_role(void **state)
{
	struct house *h = *state;
	struct world w = { .h = h };
	struct db_read *r = NULL;
	struct error e = { 0 };
	int64_t employer[16] = { 0 };
	int count = 0;

	state_of_chance = 3;
	populate(&w);
	must(db_read_begin(h->plein.db, &r, &e), &e);
	struct db_rows rows = { 0 };
	must(db_query(r, &EMPLOYERS, DB_NO_ARGS, &rows, &e), &e);
	while (count < 16 && db_next(&rows))
		employer[count++] = db_int(&rows, 1);
	must(db_rows_end(&rows, &e), &e);
	db_rows_close(&rows);
	for (int i = 0; i < 200; i++) {
		const struct viewer v = random_viewer(&w);
		const struct people_scope scope = people_scope_of(&v);
		const struct person_filter f = { .limit = 50 };
		struct array list = { 0 }, lines = { 0 };
		size_t due = 0;
		for (int p = 0; p < count; p++)
			due += scope.all || employer[p] == v.participant_id;
		must(person_list(r, &scope, &f, &h->arena, &list, &e), &e);
		assert_int_equal(list.count, due);
		must(person_lines(r, &scope, &f, &h->arena, &lines, &e), &e);
		assert_int_equal(lines.count, due);
		for (size_t p = 0; p < list.count; p++) {
			const struct person *whole = (const struct person *)list.items + p;
			const struct person_line *line =
			    (const struct person_line *)lines.items + p;
			assert_true(scope.all || whole->participant_id == v.participant_id);
			assert_int_equal(line->id, whole->id);
			assert_string_equal(line->full_name, whole->full_name);
			assert_string_equal(line->participant, whole->participant);
			assert_int_equal(line->state, whole->state);
			assert_int_equal(line->screening_manner, whole->screening_manner);
			assert_int_equal(line->screened_on, whole->screened_on);
		}
	}
	db_read_end(r);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(lists_and_addresses_equal_the_rule_after_any_sequence_of_acts),
		CASE(the_check_finds_a_reader_too_many_one_too_few_and_an_old_row),
		CASE(lists_of_people_equal_the_scope_for_every_role),
	};
	return cmocka_run_group_tests_name("access worlds", tests, NULL, NULL);
}
