#include "platform/crypto/password.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

enum { PASSES = 2, MEMORY_BYTES = 19 * 1024 * 1024 };

_Static_assert(PASSWORD_HASH_BYTES == crypto_pwhash_STRBYTES, "libsodium's own text form");

/* Same settings as a real one, of random bytes that nobody kept: no password matches it. */
static const char NOBODY[PASSWORD_HASH_BYTES] =
    "$argon2id$v=19$m=19456,t=2,p=1$cmVhbGx5bm9ib2R5aGVyZQ$"
    "q0Y1mJ3bYc7Qp1r0eT8mZ2s4dG6hK9lN0xWvB5uC3aE";

static const char BUSY[] =
    "Er melden zich nu veel mensen aan. Wacht een minuut en probeer het dan opnieuw.";

enum status password_hash(const char *password, struct password_hash *ret, struct error *reterr)
{
	struct password_hash hash;
	const size_t len = strlen(password);

	if (len > PASSWORD_MAX_BYTES)
		return FAIL(reterr, ERR_INVALID, "Kies een wachtwoord van hoogstens %d tekens.",
		            PASSWORD_MAX_BYTES);
	if (crypto_pwhash_str(hash.text, password, len, PASSES, MEMORY_BYTES) != 0) {
		(void)FAIL(reterr, ERR_UNAVAILABLE, "%s", BUSY);
		return error_cause(reterr, "argon2id: no memory for one hash");
	}
	*ret = hash;
	return OK;
}

/* crypto_pwhash_str_verify reads a whole block, so the stored text gets one. */
static bool stored_block(const char *stored, struct password_hash *ret)
{
	const size_t len = strlen(stored);

	memset(ret, 0, sizeof *ret);
	if (len >= sizeof ret->text)
		return false;
	memcpy(ret->text, stored, len);
	return true;
}

bool password_matches(const char *stored, const char *password)
{
	struct password_hash block;
	const size_t len = strlen(password);
	const bool known = stored != NULL && len <= PASSWORD_MAX_BYTES;

	if (!stored_block(known ? stored : NOBODY, &block))
		return false;
	const int differs =
	    crypto_pwhash_str_verify(block.text, password, len > PASSWORD_MAX_BYTES ? 0 : len);
	return known && differs == 0;
}

bool password_is_outdated(const char *stored)
{
	struct password_hash block;

	return !stored_block(stored, &block) ||
	       crypto_pwhash_str_needs_rehash(block.text, PASSES, MEMORY_BYTES) != 0;
}

/* ---- the desk ------------------------------------------------------------------------------- */

struct password_desk {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct password_job *first, *last; /* waiting, oldest first */
	size_t waiting, queue_max;
	bool closing;
};

static void job_do(struct password_job *job)
{
	struct error err;

	job->status = OK;
	if (job->work == PASSWORD_HASH) {
		job->status = password_hash(job->password, &job->hash, &err);
		return;
	}
	job->matches = password_matches(job->stored, job->password);
	job->outdated = job->matches && password_is_outdated(job->stored);
}

/* The oldest job, waiting for one; NULL when the desk closes. Called with the lock held. */
static struct password_job *take(struct password_desk *desk)
{
	while (desk->first == NULL && !desk->closing)
		pthread_cond_wait(&desk->work, &desk->lock);
	struct password_job *job = desk->closing ? NULL : desk->first;
	if (job != NULL) {
		desk->first = job->next;
		desk->waiting--;
	}
	return job;
}

static void *desk_main(void *arg)
{
	struct password_desk *desk = arg;
	struct password_job *job;

	pthread_mutex_lock(&desk->lock);
	while ((job = take(desk)) != NULL) {
		pthread_mutex_unlock(&desk->lock);
		job_do(job);
		job->done(job);
		pthread_mutex_lock(&desk->lock);
	}
	struct password_job *left = desk->first;
	desk->first = NULL;
	pthread_mutex_unlock(&desk->lock);
	while (left != NULL) {
		struct password_job *next = left->next;
		left->status = ERR_UNAVAILABLE;
		left->done(left);
		left = next;
	}
	return NULL;
}

enum status password_desk_open(size_t queue_max, struct password_desk **ret, struct error *reterr)
{
	struct password_desk *desk = calloc(1, sizeof *desk);

	assert(queue_max > 0);
	if (desk == NULL)
		return FAIL_INTERNAL(reterr);
	desk->queue_max = queue_max;
	pthread_mutex_init(&desk->lock, NULL);
	pthread_cond_init(&desk->work, NULL);
	if (pthread_create(&desk->thread, NULL, desk_main, desk) != 0) {
		pthread_mutex_destroy(&desk->lock);
		pthread_cond_destroy(&desk->work);
		free(desk);
		(void)FAIL_INTERNAL(reterr);
		return error_cause(reterr, "password desk: no thread");
	}
	*ret = desk;
	return OK;
}

void password_desk_close(struct password_desk *desk)
{
	if (desk == NULL)
		return;
	pthread_mutex_lock(&desk->lock);
	desk->closing = true;
	pthread_cond_signal(&desk->work);
	pthread_mutex_unlock(&desk->lock);
	pthread_join(desk->thread, NULL);
	pthread_mutex_destroy(&desk->lock);
	pthread_cond_destroy(&desk->work);
	free(desk);
}

static bool enqueue(struct password_desk *desk, struct password_job *job)
{
	if (desk->closing || desk->waiting == desk->queue_max)
		return false;
	job->next = NULL;
	if (desk->first == NULL)
		desk->first = job;
	else
		desk->last->next = job;
	desk->last = job;
	desk->waiting++;
	pthread_cond_signal(&desk->work);
	return true;
}

enum status password_submit(struct password_desk *desk, struct password_job *job,
                            struct error *reterr)
{
	assert(job->done != NULL);
	pthread_mutex_lock(&desk->lock);
	const bool taken = enqueue(desk, job);
	pthread_mutex_unlock(&desk->lock);
	if (!taken)
		return FAIL(reterr, ERR_UNAVAILABLE, "%s", BUSY);
	return OK;
}

struct waiter {
	pthread_mutex_t lock;
	pthread_cond_t done;
	bool is_done;
};

static void wake(struct password_job *job)
{
	struct waiter *w = job->owner;

	pthread_mutex_lock(&w->lock);
	w->is_done = true;
	pthread_cond_signal(&w->done);
	pthread_mutex_unlock(&w->lock);
}

enum status password_run(struct password_desk *desk, struct password_job *job, struct error *reterr)
{
	struct waiter w = { .is_done = false };

	pthread_mutex_init(&w.lock, NULL);
	pthread_cond_init(&w.done, NULL);
	job->done = wake;
	// cppcheck-suppress autoVariables ; w outlives the job: we wait for it below
	job->owner = &w;
	enum status st = password_submit(desk, job, reterr);
	if (st == OK) {
		pthread_mutex_lock(&w.lock);
		while (!w.is_done)
			pthread_cond_wait(&w.done, &w.lock);
		pthread_mutex_unlock(&w.lock);
		st = job->status;
		if (st != OK)
			(void)FAIL(reterr, st, "%s", BUSY);
	}
	pthread_mutex_destroy(&w.lock);
	pthread_cond_destroy(&w.done);
	return st;
}
