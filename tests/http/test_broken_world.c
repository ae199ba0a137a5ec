/*
 * The whole house in a world that breaks: a full disk, one that takes no writes, a database that
 * another process holds or that is gone, a clock that goes back. Nothing is lost that was
 * acknowledged, whoever waits reads a sentence, and it goes on by itself when the world is whole.
 *
 * On SQLite the disk is a tmpfs in a mount namespace of this process; where the system lets nobody
 * make one, those two are left out. On PostgreSQL the cluster is this test's own: it is stopped.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include "client.h"
#include "house_world.h"

enum { WAIT_STEPS = 10000, STEP_US = 10000, BALLAST = 2 * 1024 * 1024, VIEWS_MAX = 20000 };

static char disk[] = "/tmp/disk-of-house.XXXXXX";

/* ---- one person at work ---------------------------------------------------------------------- */

static struct visitor *at_work(struct house *h)
{
	struct house_person *p = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h);

	visitor_sign_in(v, p);
	return v;
}

static const char LOOKS_PAGE[] = "/me/settings", COMPACT[] = "density=compact&colours=dark";

/* A change that writes a row and an event; 200 when it was kept. */
static int change(struct visitor *v, const char *form_page)
{
	visit(v, form_page);
	if (v->code == 200)
		visitor_send(v, form_page, COMPACT);
	if (v->code != 200)
		print_error("%s: %d\n%s\n", v->path, v->code, v->page);
	return v->code;
}

static int64_t kept(struct house *h)
{
	return store_world_number(h->store, "SELECT count(*) FROM person WHERE density = 1");
}

static int ask_code(struct house *h, const char *path, const char *sentence)
{
	struct reply r = client_request(h->port, "GET", path, "", NULL);
	const int code = r.code;

	if (sentence != NULL && !reply_says(&r, sentence))
		fail_msg("%s: %d doesn't say '%s': %s", path, code, sentence, r.all);
	reply_free(&r);
	return code;
}

static void assert_busy(struct visitor *v)
{
	if (v->code != 503)
		fail_msg("%s: %d\n%s", v->path, v->code, v->page);
	assert_page_says(v, "<h1>");
}

static void wait_until(struct visitor *v, const char *path, int code)
{
	for (int i = 0; i < WAIT_STEPS; i++) {
		visit(v, path);
		if (v->code == code)
			return;
		(void)usleep(STEP_US);
	}
	fail_msg("%s stays %d, not %d\n%s", path, v->code, code, v->page);
}

static void wait_for_health(struct house *h, int code)
{
	for (int i = 0; i < WAIT_STEPS; i++) {
		if (ask_code(h, "/health", NULL) == code)
			return;
		(void)usleep(STEP_US);
	}
	fail_msg("/health never says %d", code);
}

/* ---- a disk of this test's own ------------------------------------------------------------------ */

static bool make_disk(void)
{
	const uid_t uid = geteuid();

	if (mkdtemp(disk) == NULL || unshare(CLONE_NEWNS | (uid == 0 ? 0 : CLONE_NEWUSER)) != 0)
		return false;
	return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       mount("tmpfs", disk, "tmpfs", 0, "size=48m") == 0;
}

static void fill_disk(void)
{
	static const char block[65536];
	char path[128];

	(void)snprintf(path, sizeof path, "%s/filler", disk);
	const int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	while (write(fd, block, sizeof block) > 0)
		;
	while (write(fd, block, 1) > 0)
		;
	(void)close(fd);
}

static void empty_disk(void)
{
	char path[128];

	(void)snprintf(path, sizeof path, "%s/filler", disk);
	assert_int_equal(unlink(path), 0);
}

static int set_up_on_disk(void **state)
{
	assert_int_equal(setenv("PLEIN_TEST_DIR", disk, 1), 0);
	return house_set_up_on(state, &(struct store_wish){ .ballast_bytes = BALLAST });
}

static int tear_down_disk(void **state)
{
	const int result = house_tear_down(state);

	(void)unsetenv("PLEIN_TEST_DIR");
	return result;
}

static void a_full_disk_shows_pages_from_the_ballast_then_nothing_and_all_comes_back(void **state)
{
	struct house *h = *state;
	struct visitor *v = at_work(h);
	int views = 0;

	assert_int_equal(change(v, LOOKS_PAGE), 200);
	assert_int_equal(kept(h), 1);
	assert_int_equal(ask_code(h, "/health", "\"ready\":true"), 200);

	fill_disk();
	do
		visit(v, "/");
	while (v->code == 200 && !db_figures(h->plein.db).read_only && ++views < VIEWS_MAX);
	assert_int_equal(v->code, 200); /* the ballast made room for its event */
	assert_int_equal(ask_code(h, "/health", "\"readOnly\":true"), 503);
	visitor_send(v, "/sign-out", ""); /* a change, refused: he stays signed in */
	assert_busy(v);
	visit(v, "/");
	assert_int_equal(v->code, 200);

	fill_disk(); /* now the ballast's room is gone as well */
	do
		visit(v, "/");
	while (v->code == 200 && ++views < VIEWS_MAX);
	assert_busy(v);
	assert_false(page_says(v, "anna@duinwaard.example"));
	assert_int_equal(ask_code(h, "/sign-in", "Inloggen"), 200); /* nothing personal on it */

	empty_disk();
	wait_for_health(h, 200);
	wait_until(v, "/", 200);
	assert_int_equal(change(v, LOOKS_PAGE), 200);
	visitor_free(v);
}

static void what_was_sent_to_a_full_disk_stands_there_still(void **state)
{
	struct house *h = *state;
	struct visitor *v = at_work(h);

	visit(v, LOOKS_PAGE);
	fill_disk();
	visitor_send(v, LOOKS_PAGE, COMPACT);
	if (v->code == 200) { /* the log had room for one more */
		visit(v, LOOKS_PAGE);
		visitor_send(v, LOOKS_PAGE, COMPACT);
	}
	assert_busy(v);
	assert_page_says(v, "value=\"compact\" checked");
	empty_disk();
	wait_for_health(h, 200);
	visitor_send(v, LOOKS_PAGE, COMPACT); /* the form of that very answer */
	assert_int_equal(v->code, 200);
	assert_int_equal(kept(h), 1);
	visitor_free(v);
}

/* ---- a disk that takes no writes ------------------------------------------------------------------- */

static void limit_files(rlim_t bytes)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_disk_that_takes_no_writes_costs_refusals_until_it_takes_them_again(void **state)
{
	struct house *h = *state;
	struct visitor *v = at_work(h);

	visit(v, LOOKS_PAGE);
	limit_files(0);
	visitor_send(v, LOOKS_PAGE, COMPACT);
	const int sent = v->code;
	visit(v, "/");
	const int looked = v->code;
	const int health = ask_code(h, "/health", NULL);
	const int open_page = ask_code(h, "/sign-in", NULL);
	limit_files(RLIM_INFINITY);
	assert_int_equal(sent, 503);
	assert_int_equal(looked, 503); /* no event, no answer */
	assert_int_equal(health, 503);
	assert_int_equal(open_page, 200);
	wait_for_health(h, 200);
	wait_until(v, "/", 200);
	assert_int_equal(change(v, LOOKS_PAGE), 200);
	assert_int_equal(kept(h), 1);
	visitor_free(v);
}

/* ---- another process at the file ------------------------------------------------------------------ */

static void a_database_that_another_holds_costs_a_sentence_and_no_more(void **state)
{
	struct house *h = *state;
	struct visitor *v = at_work(h);
	sqlite3 *other;
	char path[128];

	visit(v, LOOKS_PAGE);
	(void)snprintf(path, sizeof path, "%s/plein.db", h->store->dir);
	assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	visitor_send(v, LOOKS_PAGE, COMPACT);
	const int refused = v->code;
	const bool says = page_says(v, "<h1>");
	assert_int_equal(ask_code(h, "/sign-in", "Inloggen"), 200);
	(void)sqlite3_close(other);
	assert_int_equal(refused, 503);
	assert_true(says);
	assert_int_equal(kept(h), 0);
	visitor_send(v, LOOKS_PAGE, COMPACT); /* the same form: nothing typed again */
	assert_int_equal(v->code, 200);
	assert_int_equal(kept(h), 1);
	visitor_free(v);
}

/* ---- a database that is gone ------------------------------------------------------------------------ */

static void cluster(const char *what)
{
	char command[600];

	(void)snprintf(command, sizeof command, "%s %s >/dev/null", getenv("PLEIN_TEST_PG_CONTROL"),
	               what);
	assert_int_equal(system(command), 0);
}

static void a_database_that_is_gone_is_said_and_found_again_without_a_restart(void **state)
{
	struct house *h = *state;
	struct visitor *v = at_work(h);

	visit(v, LOOKS_PAGE);
	cluster("-m immediate stop");
	visitor_send(v, LOOKS_PAGE, COMPACT);
	assert_busy(v);
	visit(v, "/");
	assert_busy(v);
	wait_for_health(h, 503);
	assert_int_equal(ask_code(h, "/health", "\"reachable\":false"), 503);
	struct reply r = client_request(h->port, "GET", "/", "", NULL);
	assert_string_not_equal(reply_header(&r, "Retry-After"), "");
	reply_free(&r);

	cluster("start");
	wait_for_health(h, 200); /* first: a load balancer sends no work before */
	wait_until(v, "/", 200);
	assert_int_equal(kept(h), 0);
	assert_int_equal(change(v, LOOKS_PAGE), 200);
	assert_int_equal(kept(h), 1);
	visitor_free(v);
}

/* ---- a clock that goes back --------------------------------------------------------------------------- */

static void a_clock_set_back_a_little_is_not_noticed(void **state)
{
	struct house *h = *state;
	struct visitor *v = at_work(h);

	visit(v, "/");
	h->clock.fixed_ms -= 20000;
	visit(v, "/");
	assert_int_equal(v->code, 200);
	assert_int_equal(change(v, LOOKS_PAGE), 200);
	house_seal(h);
	visitor_free(v);
}

static void a_clock_set_back_a_day_asks_who_one_is_and_goes_on(void **state)
{
	struct house *h = *state;
	struct visitor *v = at_work(h);

	house_seal(h);
	h->clock.fixed_ms -= INT64_C(86400000);
	visit(v, "/");
	assert_string_equal(v->path, "/sign-in");
	/* the code of an hour that was used is none: another one, later than all before, is needed */
	h->clock.fixed_ms += INT64_C(86400000) + 60000;
	visitor_sign_in(v, &h->people[0]);
	assert_int_equal(change(v, LOOKS_PAGE), 200);
	house_seal(h); /* events with an earlier time stand in the same tree */
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM audit_event"), 0);
	visitor_free(v);
}

int main(void)
{
#define CASE(f)    cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
#define ON_DISK(f) cmocka_unit_test_setup_teardown(f, set_up_on_disk, tear_down_disk)
	const struct CMUnitTest on_postgres[] = {
		CASE(a_clock_set_back_a_little_is_not_noticed),
		CASE(a_clock_set_back_a_day_asks_who_one_is_and_goes_on),
		CASE(a_database_that_is_gone_is_said_and_found_again_without_a_restart),
	};
	const struct CMUnitTest on_sqlite[] = {
		CASE(a_clock_set_back_a_little_is_not_noticed),
		CASE(a_clock_set_back_a_day_asks_who_one_is_and_goes_on),
		CASE(a_database_that_another_holds_costs_a_sentence_and_no_more),
		CASE(a_disk_that_takes_no_writes_costs_refusals_until_it_takes_them_again),
		/* last: these need a disk of their own */
		ON_DISK(a_full_disk_shows_pages_from_the_ballast_then_nothing_and_all_comes_back),
		ON_DISK(what_was_sent_to_a_full_disk_stands_there_still),
	};

	if (store_engine() == DB_POSTGRES)
		return cmocka_run_group_tests_name("broken world", on_postgres, NULL, NULL);
	const size_t count = sizeof on_sqlite / sizeof on_sqlite[0];
	(void)signal(SIGXFSZ, SIG_IGN);
	const bool have_disk = make_disk();
	const int failures = _cmocka_run_group_tests("broken world", on_sqlite,
	                                             have_disk ? count : count - 2, NULL, NULL);
	if (have_disk)
		(void)umount(disk);
	(void)rmdir(disk);
	return failures;
}
