/* Passwords: slow hashes in one thread, and the same work for nobody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <pthread.h>
#include <time.h>

#include "platform/crypto/crypto.h"
#include "platform/crypto/password.h"

static void a_password_matches_its_own_hash_only(void **state)
{
	(void)state;
	struct password_hash hash;
	struct error err;

	assert_int_equal(password_hash("correct paard batterij", &hash, &err), OK);
	assert_true(password_matches(hash.text, "correct paard batterij"));
	assert_false(password_matches(hash.text, "correct paard batteri"));
	assert_false(password_matches(hash.text, ""));
	assert_false(password_is_outdated(hash.text));
	assert_memory_equal(hash.text, "$argon2id$v=19$m=19456,t=2,p=1$", 31);
}

static void a_weaker_hash_is_outdated(void **state)
{
	(void)state;
	assert_true(password_is_outdated("$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
	                                 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
	assert_true(password_is_outdated("nonsense"));
}

static void nonsense_as_stored_hash_matches_nothing(void **state)
{
	(void)state;
	char big[300];
	memset(big, '$', sizeof big - 1);
	big[sizeof big - 1] = '\0';
	assert_false(password_matches("", "x"));
	assert_false(password_matches("nonsense", "x"));
	assert_false(password_matches(big, "x"));
}

static double seconds_for(const char *stored)
{
	struct timespec from, to;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
	assert_false(password_matches(stored, "wrong"));
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
	return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

static void an_unknown_person_costs_as_much_as_a_known_one(void **state)
{
	(void)state;
	struct password_hash hash;
	struct error err;
	double known = 1e9, unknown = 1e9; /* the best of three, for a busy machine */

	assert_int_equal(password_hash("right", &hash, &err), OK);
	for (int i = 0; i < 3; i++) {
		const double k = seconds_for(hash.text), u = seconds_for(NULL);
		known = k < known ? k : known;
		unknown = u < unknown ? u : unknown;
	}
	assert_true(unknown > known / 2 && unknown < known * 2);
}

static void a_password_of_a_book_is_refused(void **state)
{
	(void)state;
	static char book[PASSWORD_MAX_BYTES + 2];
	struct password_hash hash;
	struct error err;

	memset(book, 'x', sizeof book - 1);
	assert_int_equal(password_hash(book, &hash, &err), ERR_INVALID);
	book[PASSWORD_MAX_BYTES] = '\0';
	assert_int_equal(password_hash(book, &hash, &err), OK);
}

static void the_desk_hashes_and_verifies_for_who_waits(void **state)
{
	(void)state;
	struct password_desk *desk;
	struct error err;
	struct password_job make = { .work = PASSWORD_HASH, .password = "geheim" };

	assert_int_equal(password_desk_open(2, &desk, &err), OK);
	assert_int_equal(password_run(desk, &make, &err), OK);
	struct password_job right = { .work = PASSWORD_VERIFY,
		                      .password = "geheim",
		                      .stored = make.hash.text };
	assert_int_equal(password_run(desk, &right, &err), OK);
	assert_true(right.matches);
	struct password_job nobody = { .work = PASSWORD_VERIFY, .password = "geheim" };
	assert_int_equal(password_run(desk, &nobody, &err), OK);
	assert_false(nobody.matches);
	password_desk_close(desk);
}

/* Lets a test hold the desk's thread inside the first job. */
struct gate {
	pthread_mutex_t lock;
	int ended, refused;
};

static void ended(struct password_job *job)
{
	struct gate *g = job->owner;
	pthread_mutex_lock(&g->lock);
	if (job->status == OK)
		g->ended++;
	else
		g->refused++;
	pthread_mutex_unlock(&g->lock);
}

static void a_full_queue_says_so_at_once_and_every_taken_job_ends_once(void **state)
{
	(void)state;
	enum { JOBS = 8 };
	struct gate g = { .lock = PTHREAD_MUTEX_INITIALIZER };
	struct password_job jobs[JOBS];
	struct password_desk *desk;
	struct error err;
	int taken = 0;

	assert_int_equal(password_desk_open(2, &desk, &err), OK);
	pthread_mutex_lock(&g.lock); /* the first to end waits here, so the queue can't move on */
	for (int i = 0; i < JOBS; i++) {
		jobs[i] = (struct password_job){
			.work = PASSWORD_VERIFY, .password = "x", .done = ended, .owner = &g
		};
		taken += password_submit(desk, &jobs[i], &err) == OK;
	}
	assert_true(taken >= 2 && taken <= 4); /* two waiting, one or two that ran meanwhile */
	assert_int_equal(err.status, ERR_UNAVAILABLE);
	pthread_mutex_unlock(&g.lock);
	password_desk_close(desk);
	assert_int_equal(g.ended + g.refused, taken);
}

static int set_up(void **state)
{
	struct error err;
	(void)state;
	return crypto_init(&err) == OK ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_password_matches_its_own_hash_only),
		cmocka_unit_test(a_weaker_hash_is_outdated),
		cmocka_unit_test(nonsense_as_stored_hash_matches_nothing),
		cmocka_unit_test(an_unknown_person_costs_as_much_as_a_known_one),
		cmocka_unit_test(a_password_of_a_book_is_refused),
		cmocka_unit_test(the_desk_hashes_and_verifies_for_who_waits),
		cmocka_unit_test(a_full_queue_says_so_at_once_and_every_taken_job_ends_once),
	};
	return cmocka_run_group_tests_name("password", tests, set_up, NULL);
}
