/* The period key: wrapping with it, changing it every week, and its copies in escrow. */
#include "platform/crypto/keyring_parts.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP_MS = 100 };

/* ---- files ------------------------------------------------------------------------------------- */

struct period_name period_name(int64_t number)
{
	struct period_name ret;

	(void)snprintf(ret.text, sizeof ret.text, "period-%lld", (long long)number);
	return ret;
}

/* The N of period-N.key; 0 for another name, or one that no keyring writes. */
static int64_t period_number(const char *name)
{
	char *end;

	if (strncmp(name, "period-", 7) != 0 || name[7] < '1' || name[7] > '9')
		return 0;
	errno = 0;
	const long long number = strtoll(name + 7, &end, 10);
	return errno == 0 && strcmp(end, ".key") == 0 ? number : 0;
}

enum status periods_find(const char *folder, int64_t ret[KEYRING_PERIODS_MAX], size_t *ret_count,
                         struct error *reterr)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	size_t count = 0;
	bool crowded = false;

	if (dir == NULL) {
		(void)FAIL(reterr, ERR_UNAVAILABLE,
		           "De map met sleutels is er niet. Vraag de beheerder.");
		return error_cause(reterr, "keys folder %s: errno %d", folder, errno);
	}
	while ((entry = readdir(dir)) != NULL) {
		const int64_t number = period_number(entry->d_name);
		if (number < 1)
			continue;
		crowded = count == KEYRING_PERIODS_MAX;
		if (crowded)
			break;
		ret[count++] = number;
	}
	(void)closedir(dir);
	if (crowded) {
		(void)FAIL_INTERNAL(reterr);
		return error_cause(reterr, "keys folder %s: more than %d period keys", folder,
		                   KEYRING_PERIODS_MAX);
	}
	if (count == 2 && ret[0] > ret[1]) {
		const int64_t swap = ret[0];
		ret[0] = ret[1];
		ret[1] = swap;
	}
	*ret_count = count;
	return OK;
}

enum status period_write(const struct keyring *k, int64_t number, const struct seal_key *key,
                         struct error *reterr)
{
	const struct period_name name = period_name(number);
	enum status st = OK;

	for (int i = 0; st == OK && i < KEYRING_ESCROWS; i++) {
		st = key_folder_make(k->escrow[i], reterr);
		if (st == OK)
			st = key_file_write(k->escrow[i], name.text, key->bytes, reterr);
	}
	return st == OK ? key_file_write(k->folder, name.text, key->bytes, reterr) : st;
}

/*
 * When the folder last changed; zeros, which no folder has, when that can't be told or was a moment
 * ago: file systems count time in steps of a few milliseconds, and what changes within the same
 * step must be seen too.
 */
static struct timespec folder_changed(const struct keyring *k)
{
	struct timespec now;
	struct stat about;

	if (stat(k->folder, &about) != 0 || clock_gettime(CLOCK_REALTIME, &now) != 0)
		return (struct timespec){ 0 };
	const int64_t age_ms = (now.tv_sec - about.st_mtim.tv_sec) * INT64_C(1000) +
	                       (now.tv_nsec - about.st_mtim.tv_nsec) / 1000000;
	if (age_ms < STEP_MS)
		return (struct timespec){ 0 };
	return about.st_mtim;
}

enum status periods_read(const struct keyring *k, struct periods *ret, struct error *reterr)
{
	int64_t numbers[KEYRING_PERIODS_MAX] = { 0 };

	*ret = (struct periods){ 0 };
	ret->folder_changed =
	    folder_changed(k); /* first: what changes meanwhile is seen next time */
	enum status st = periods_find(k->folder, numbers, &ret->count, reterr);
	for (size_t i = 0; st == OK && i < ret->count; i++) {
		struct period *p = &ret->list[i];
		p->number = numbers[i];
		st = key_file_read(k->folder, period_name(p->number).text, p->key.bytes, reterr);
	}
	return st;
}

/* ---- what another process changed ----------------------------------------------------------------
 */

static bool is_same(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

/* Called with the write lock held. The newest key is given up for a newer one only: a file that
 * somebody removed, or that is being written, costs nothing here. */
static void take_over(struct keyring *k, const struct periods *found)
{
	struct period *mine = k->secrets->periods;

	if (found->count == 0 ||
	    found->list[found->count - 1].number < mine[k->period_count - 1].number)
		return;
	memcpy(mine, found->list, sizeof found->list);
	k->period_count = found->count;
}

/*
 * Several processes use one folder: the one that rotates changes it, and the others read the
 * period keys anew before they wrap or open anything. One look at the folder's time each call.
 */
static void look_again(struct keyring *k)
{
	const struct timespec changed = folder_changed(k);
	struct periods found;
	struct error unused;

	pthread_rwlock_rdlock(&k->lock);
	const bool current = changed.tv_sec != 0 && is_same(&changed, &k->folder_changed);
	pthread_rwlock_unlock(&k->lock);
	if (current)
		return;
	if (periods_read(k, &found, &unused) == OK) { /* else: in the middle of a change */
		pthread_rwlock_wrlock(&k->lock);
		take_over(k, &found);
		k->folder_changed = found.folder_changed;
		pthread_rwlock_unlock(&k->lock);
	}
	secret_wipe(&found, sizeof found);
}

/* ---- wrapping -------------------------------------------------------------------------------- */

size_t keyring_periods(struct keyring *k, int64_t ret[KEYRING_PERIODS_MAX])
{
	look_again(k);
	pthread_rwlock_rdlock(&k->lock);
	const size_t count = k->period_count;
	for (size_t i = 0; i < count; i++)
		ret[i] = k->secrets->periods[i].number;
	pthread_rwlock_unlock(&k->lock);
	return count;
}

void keyring_wrap(struct keyring *k, int64_t id, int kind, const struct seal_key *key,
                  int64_t *ret_period, uint8_t ret[SEAL_WRAPPED_BYTES])
{
	look_again(k);
	pthread_rwlock_rdlock(&k->lock);
	const struct period *newest = &k->secrets->periods[k->period_count - 1];
	seal_wrap(&newest->key, id, kind, key, ret);
	*ret_period = newest->number;
	pthread_rwlock_unlock(&k->lock);
}

/* Called with the lock held. */
static const struct period *period_find(const struct keyring *k, int64_t number)
{
	for (size_t i = 0; i < k->period_count; i++)
		if (k->secrets->periods[i].number == number)
			return &k->secrets->periods[i];
	return NULL;
}

static enum status no_period(struct error *reterr, int64_t period)
{
	(void)FAIL(reterr, ERR_NOT_FOUND, "Deze gegevens zijn vernietigd.");
	return error_cause(reterr, "period key %lld is not here", (long long)period);
}

enum status keyring_unwrap(struct keyring *k, int64_t period, int64_t id, int kind,
                           const uint8_t wrapped[SEAL_WRAPPED_BYTES], struct seal_key *ret,
                           struct error *reterr)
{
	look_again(k);
	pthread_rwlock_rdlock(&k->lock);
	const struct period *p = period_find(k, period);
	const bool there = p != NULL;
	const bool opened = there && seal_unwrap(&p->key, id, kind, wrapped, ret);
	pthread_rwlock_unlock(&k->lock);

	if (!there)
		return no_period(reterr, period);
	if (!opened) {
		(void)FAIL_INTERNAL(reterr);
		return error_cause(reterr, "key %lld does not open under period %lld",
		                   (long long)id, (long long)period);
	}
	return OK;
}

enum status keyring_period_mac(struct keyring *k, int64_t period, const void *bytes, size_t len,
                               struct digest *ret, struct error *reterr)
{
	AUTO(mac_key_wipe) struct mac_key key = { { 0 } };

	look_again(k);
	pthread_rwlock_rdlock(&k->lock);
	const struct period *p = period_find(k, period);
	const bool there = p != NULL;
	if (there)
		memcpy(key.bytes, p->key.bytes, sizeof key.bytes);
	pthread_rwlock_unlock(&k->lock);

	if (!there)
		return no_period(reterr, period);
	*ret = digest_keyed(&key, "key-export", &SPAN(bytes, len), 1);
	return OK;
}

/* ---- changing the period -----------------------------------------------------------------------
 */

/* Only one process at a time makes a period: two keys of one number would lose what one wrapped. */
static enum status make_next(struct keyring *k, struct error *reterr)
{
	int64_t numbers[KEYRING_PERIODS_MAX];

	if (keyring_periods(k, numbers) > 1)
		return OK;
	struct seal_key key = seal_key_new();
	const enum status st = period_write(k, numbers[0] + 1, &key, reterr);
	seal_key_wipe(&key);
	if (st != OK)
		return st;
	if (keyring_periods(k, numbers) > 1)
		return OK;
	(void)FAIL_INTERNAL(reterr);
	return error_cause(reterr, "the new period key can't be read back");
}

enum status keyring_next_period(struct keyring *k, struct error *reterr)
{
	const int folder = open(k->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (folder < 0 || flock(folder, LOCK_EX) != 0) {
		const int why = errno;
		if (folder >= 0)
			(void)close(folder);
		(void)FAIL(reterr, ERR_UNAVAILABLE,
		           "De map met sleutels is er niet. Vraag de beheerder.");
		return error_cause(reterr, "keys folder %s: errno %d", k->folder, why);
	}
	const enum status st = make_next(k, reterr);
	(void)close(folder);
	return st;
}

/* Forgets an old period in memory. False: it's the newest. */
static bool drop_period(struct keyring *k, int64_t number)
{
	struct period *p = k->secrets->periods;
	bool dropped = false, newest;

	pthread_rwlock_wrlock(&k->lock);
	newest = p[k->period_count - 1].number == number;
	dropped = k->period_count == 2 && p[0].number == number;
	if (dropped) {
		p[0] = p[1];
		secret_wipe(&p[1], sizeof p[1]);
		k->period_count = 1;
	}
	pthread_rwlock_unlock(&k->lock);
	return !newest;
}

enum status keyring_destroy_period(struct keyring *k, int64_t period, struct error *reterr)
{
	const struct period_name name = period_name(period);

	if (!drop_period(k, period)) {
		(void)FAIL_INTERNAL(reterr);
		reterr->status = ERR_CONFLICT;
		return error_cause(reterr, "period %lld is the newest", (long long)period);
	}
	enum status st = key_file_destroy(k->folder, name.text, reterr);
	for (int i = 0; st == OK && i < KEYRING_ESCROWS; i++)
		st = key_file_destroy(k->escrow[i], name.text, reterr);
	look_again(k);
	return st;
}

/* ---- escrow ---------------------------------------------------------------------------------- */

static struct period copy_of_period(struct keyring *k, size_t index)
{
	pthread_rwlock_rdlock(&k->lock);
	const struct period ret = k->secrets->periods[index];
	pthread_rwlock_unlock(&k->lock);
	return ret;
}

static bool copy_is_right(const char *folder, const struct period *p)
{
	uint8_t key[KEY_FILE_KEY_BYTES];
	struct error unused;
	const bool right = key_file_read(folder, period_name(p->number).text, key, &unused) == OK &&
	                   secret_equal(key, p->key.bytes, sizeof key);

	secret_wipe(key, sizeof key);
	return right;
}

bool keyring_escrow_is_right(struct keyring *k, int which)
{
	int64_t numbers[KEYRING_PERIODS_MAX];
	const size_t count = keyring_periods(k, numbers);
	bool right = true;

	for (size_t i = 0; i < count; i++) {
		struct period p = copy_of_period(k, i);
		right = right && copy_is_right(keyring_escrow_folder(k, which), &p);
		secret_wipe(&p, sizeof p);
	}
	return right;
}

enum status keyring_write_escrow(struct keyring *k, int which, struct error *reterr)
{
	int64_t numbers[KEYRING_PERIODS_MAX];
	const size_t count = keyring_periods(k, numbers);
	const char *folder = keyring_escrow_folder(k, which);
	enum status st = key_folder_make(folder, reterr);

	for (size_t i = 0; st == OK && i < count; i++) {
		struct period p = copy_of_period(k, i);
		if (!copy_is_right(folder, &p))
			st =
			    key_file_write(folder, period_name(p.number).text, p.key.bytes, reterr);
		secret_wipe(&p, sizeof p);
	}
	return st;
}
