/* Persons and bulk on one writer: who waits for whom. PostgreSQL runs them side by side. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>

#include "platform/core/clock.h"
#include "platform/db/busy.h"
#include "things.h"

struct gate {
	pthread_mutex_t lock;
	pthread_cond_t moved;
	bool inside, open;
};

static void gate_open(struct gate *g)
{
	(void)pthread_mutex_lock(&g->lock);
	g->open = true;
	(void)pthread_cond_broadcast(&g->moved);
	(void)pthread_mutex_unlock(&g->lock);
}

static void gate_wait_inside(struct gate *g)
{
	(void)pthread_mutex_lock(&g->lock);
	while (!g->inside)
		(void)pthread_cond_wait(&g->moved, &g->lock);
	(void)pthread_mutex_unlock(&g->lock);
}

static enum status stand_in_the_gate(struct db_tx *tx, void *args, struct error *reterr)
{
	struct gate *g = args;

	(void)tx;
	(void)reterr;
	(void)pthread_mutex_lock(&g->lock);
	g->inside = true;
	(void)pthread_cond_broadcast(&g->moved);
	while (!g->open)
		(void)pthread_cond_wait(&g->moved, &g->lock);
	(void)pthread_mutex_unlock(&g->lock);
	return OK;
}

/* Another job that stands there until everything behind it was submitted. */
static void occupy(struct store_world *w, struct db_job *job, struct gate *g, enum db_lane lane)
{
	*g = (struct gate){ .lock = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER };
	job->run = stand_in_the_gate;
	job->args = g;
	job->lane = lane;
	db_submit(w->db, job);
	gate_wait_inside(g);
}

struct look_back {
	struct crowd *crowd;
	bool answered;
};

static enum status was_the_person_answered(struct db_tx *tx, void *args, struct error *reterr)
{
	struct look_back *l = args;

	(void)tx;
	(void)reterr;
	l->answered = crowd_is_done(l->crowd, 1);
	return OK;
}

static void who_came_before_a_bulk_job_never_waits_for_it(void **state)
{
	struct store_world *w = *state;
	struct crowd *c = crowd_new(3);
	struct look_back look = { .crowd = c };
	struct gate gate;

	occupy(w, crowd_job(c, 0), &gate, LANE_PERSON);
	crowd_job(c, 1)->run = thing_add;
	crowd_job(c, 1)->args = WORD("a person");
	db_submit(w->db, crowd_job(c, 1));
	crowd_job(c, 2)->run = was_the_person_answered;
	crowd_job(c, 2)->args = &look;
	crowd_job(c, 2)->lane = LANE_BULK;
	db_submit(w->db, crowd_job(c, 2));
	gate_open(&gate);
	crowd_wait(c);
	assert_true(look.answered);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM thing"), 1);
	crowd_free(c);
}

static void who_came_while_a_bulk_job_ran_shares_its_commit(void **state)
{
	struct store_world *w = *state;
	struct crowd *c = crowd_new(2);
	struct gate gate;

	const int64_t before = db_figures(w->db).commits;
	occupy(w, crowd_job(c, 0), &gate, LANE_BULK);
	crowd_job(c, 1)->run = thing_add;
	crowd_job(c, 1)->args = WORD("a person");
	db_submit(w->db, crowd_job(c, 1));
	gate_open(&gate);
	crowd_wait(c);
	assert_int_equal(db_figures(w->db).commits, before + 1);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM thing"), 1);
	crowd_free(c);
}

/* Persons of whom the next always waits when one is served. */
struct stream {
	struct store_world *w;
	struct crowd *crowd;
	struct db_job *bulk;
	int next, most, persons_before_bulk;
};

static enum status let_the_next_come(struct db_tx *tx, void *args, struct error *reterr)
{
	struct stream *s = args;

	(void)tx;
	(void)reterr;
	if (s->next == 1)
		db_submit(s->w->db, s->bulk);
	if (s->next < s->most)
		db_submit(s->w->db, crowd_job(s->crowd, s->next++));
	return OK;
}

static enum status note_who_went_before(struct db_tx *tx, void *args, struct error *reterr)
{
	struct stream *s = args;

	(void)tx;
	(void)reterr;
	s->persons_before_bulk = s->next;
	return OK;
}

static void bulk_has_its_turn_however_many_persons_come(void **state)
{
	enum { PERSONS = 6000 }; /* more than sixteen full groups */
	struct store_world *w = *state;
	struct crowd *c = crowd_new(PERSONS + 1);
	struct stream s = { w, c, crowd_job(c, PERSONS), 1, PERSONS, 0 };

	for (int i = 0; i < PERSONS; i++) {
		crowd_job(c, i)->run = let_the_next_come;
		crowd_job(c, i)->args = &s;
	}
	s.bulk->run = note_who_went_before;
	s.bulk->args = &s;
	s.bulk->lane = LANE_BULK;
	db_submit(w->db, crowd_job(c, 0));
	crowd_wait(c);
	assert_in_range(s.persons_before_bulk, 1, PERSONS - 1);
	crowd_free(c);
}

static enum status nothing(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)tx;
	(void)args;
	(void)reterr;
	return OK;
}

static void it_is_known_when_a_person_came_and_bulk_is_no_person(void **state)
{
	struct store_world *w = *state;
	struct db_job bulk = { .run = nothing, .lane = LANE_BULK };
	struct db_job view = { .event = WORD("viewed") };
	struct error e = { 0 };

	const int64_t first = clock_monotonic_ms();
	assert_true(db_person_came_ms(w->db) <= first);
	store_world_run(w, thing_add, WORD("a person"));
	const int64_t came = db_person_came_ms(w->db);
	assert_in_range(came, first, clock_monotonic_ms());
	assert_int_equal(db_run(w->db, &bulk, &e), OK);
	assert_int_equal(db_person_came_ms(w->db), came);
	const int64_t second = clock_monotonic_ms();
	assert_int_equal(db_run(w->db, &view, &e), OK);
	assert_in_range(db_person_came_ms(w->db), second, clock_monotonic_ms());
}

#define PROMISE(f) cmocka_unit_test_setup_teardown(f, thing_set_up, thing_tear_down)

int main(void)
{
	const struct CMUnitTest promises[] = {
		PROMISE(who_came_before_a_bulk_job_never_waits_for_it),
		PROMISE(who_came_while_a_bulk_job_ran_shares_its_commit),
		PROMISE(bulk_has_its_turn_however_many_persons_come),
		PROMISE(it_is_known_when_a_person_came_and_bulk_is_no_person),
	};

	return cmocka_run_group_tests(promises, NULL, NULL);
}
