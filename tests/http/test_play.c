/* The demo world at work: what `plein demo` plays, as a newcomer finds it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "monitor/figures.h"
#include "platform/core/arena.h"
#include "platform/core/calendar.h"
#include "signals/signal.h"
#include "store_world.h"

/* Keys and log of the installation; SQLite's world has a folder of its own. */
static char elsewhere[] = "/tmp/plein-play-XXXXXX";

static const char *folder(const struct store_world *w)
{
	return w->dir[0] != '\0' ? w->dir : elsewhere;
}

static int gone(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

enum { ARENA_SOFT_BYTES = 1 << 20, WORDS_MAX = 16 };

static int tear_down(void **state)
{
	store_world_free(*state);
	return nftw(elsewhere, gone, 8, FTW_DEPTH | FTW_PHYS);
}

/* What it says to a person stays out of the report. */
static int quietly(int count, char **words)
{
	(void)fflush(stdout);
	const int out = dup(STDOUT_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	(void)dup2(nowhere, STDOUT_FILENO);
	const int code = cli_demo_command(count, words);
	(void)fflush(stdout);
	(void)dup2(out, STDOUT_FILENO);
	(void)close(out);
	(void)close(nowhere);
	return code;
}

/* As typed: plein demo --data DIR --scale WORD --signals N, on the engine under test. */
static void play(struct store_world *w, const char *scale, const char *signals)
{
	struct arena a;
	char *words[WORDS_MAX];
	int count = 0;
	const char *const typed[] = { "demo",   "--data", folder(w),   "--scale", scale,
		                      "--seed", "1",      "--signals", signals,   NULL };

	arena_init(&a, ARENA_SOFT_BYTES);
	store_world_shut(w);
	for (; typed[count] != NULL; count++)
		words[count] = arena_strdup(&a, typed[count]);
	if (w->cfg.engine == DB_POSTGRES) {
		words[count++] = arena_strdup(&a, "--database");
		words[count++] =
		    arena_printf(&a, "%s options='-c search_path=%s'", w->cfg.conninfo, w->schema);
	}
	words[count] = NULL;
	assert_int_equal(quietly(count, words), 0);
	store_world_open(w);
	arena_reset(&a);
}

/* Once for all: months are played, and the promises only look. */
static int set_up(void **state)
{
	memcpy(elsewhere, "/tmp/plein-play-XXXXXX", sizeof elsewhere);
	if (mkdtemp(elsewhere) == NULL)
		return -1;
	*state = store_world_new(&(struct store_wish){ 0 });
	/* what `make run` plays; PostgreSQL, slower by the journey, takes a tenth of it */
	struct store_world *w = *state;
	const bool whole = w->cfg.engine == DB_SQLITE;
	play(w, whole ? "region" : "small", whole ? "400" : "40");
	return 0;
}

static int64_t in_state(struct store_world *w, enum signal_state state)
{
	char sql[96];

	(void)snprintf(sql, sizeof sql, "SELECT count(*) FROM signal WHERE state = %d", state);
	return store_world_number(w, sql);
}

static void signals_have_gone_all_the_way_and_some_are_under_way(void **state)
{
	struct store_world *w = *state;

	assert_true(in_state(w, SIGNAL_ADOPTED_CASE) > 10);
	assert_true(in_state(w, SIGNAL_ADOPTED_DIRECT) > 0);
	assert_true(in_state(w, SIGNAL_DESTROYED) > 3);
	assert_true(store_world_number(w, "SELECT count(*) FROM signal WHERE state < 6") > 0);
	assert_true(store_world_number(w, "SELECT count(*) FROM signal_question") > 3);
	assert_true(store_world_number(w, "SELECT count(*) FROM score") > 100);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM signal WHERE told_at = 0 AND"
	                                       " state IN (6, 7, 12)"),
	                 0);
}

static void nothing_stays_longer_than_its_term(void **state)
{
	struct store_world *w = *state;

	/* A destroyed signal has no text and no subject left; one that waits is not overdue. */
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM signal_text t JOIN signal s ON"
	                                       " s.id = t.signal_id WHERE s.state = 12"),
	                 0);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM presence p JOIN signal s ON"
	                                       " s.id = p.signal_id WHERE s.state = 12"),
	                 0);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM signal WHERE state IN (10, 11)"
	                                       " AND decided_at < (SELECT max(at) FROM"
	                                       " signal_history) - 3196800000"),
	                 0); /* 37 days: the ceiling of 30 and the next Monday */
}

static struct figures_period year(int y)
{
	return (struct figures_period){
		.first_quarter = (int64_t)y * 10 + 1,
		.last_quarter = (int64_t)y * 10 + 4,
		.from_ms = ms_at_day_start(day_from_civil((struct civil){ y, 1, 1 })),
		.until_ms = ms_at_day_start(day_from_civil((struct civil){ y + 1, 1, 1 })),
		.letter = "",
	};
}

static int64_t came_to(const struct array *steps, int64_t state, int64_t action)
{
	const struct step_count *s = steps->items;
	int64_t sum = 0;

	for (size_t i = 0; i < steps->count; i++)
		if (s[i].state == state && (action == 0 || s[i].action == action))
			sum += s[i].count;
	return sum;
}

/* Counted anew from what happened to each record, by another statement. */
static int64_t recount(struct store_world *w, const char *what, const struct figures_period *p)
{
	char sql[512];

	(void)snprintf(sql, sizeof sql, "SELECT count(*) FROM %s >= %lld AND at < %lld", what,
	               (long long)p->from_ms, (long long)p->until_ms);
	return store_world_number(w, sql);
}

static void the_monitor_says_what_a_recount_of_the_records_says(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct arena a;

	arena_init(&a, ARENA_SOFT_BYTES);
	for (int y = 2025; y <= 2026; y++) {
		const struct figures_period p = year(y);
		struct array signals, casefiles, answers;
		struct db_read *r;
		int64_t answered = 0;

		assert_int_equal(db_read_begin(w->db, &r, &e), OK);
		assert_int_equal(figures_signals(r, &p, &a, &signals, &e), OK);
		assert_int_equal(figures_casefiles(r, &p, &a, &casefiles, &e), OK);
		assert_int_equal(figures_answers(r, &p, &a, &answers, &e), OK);
		db_read_end(r);
		assert_int_equal(came_to(&signals, SIGNAL_SUBMITTED, SIGNAL_SUBMIT),
		                 recount(w, "signal_history WHERE action = 1 AND at", &p));
		assert_int_equal(came_to(&signals, SIGNAL_ADOPTED_CASE, 0),
		                 recount(w, "signal_history WHERE to_state = 6 AND at", &p));
		assert_int_equal(came_to(&signals, SIGNAL_NOT_ADOPTED, 0),
		                 recount(w, "signal_history WHERE to_state = 10 AND at", &p));
		assert_int_equal(came_to(&casefiles, 2, 0),
		                 recount(w, "casefile_history WHERE to_state = 2 AND at", &p));
		for (size_t i = 0; i < answers.count; i++)
			answered += ((const struct answer_count *)answers.items)[i].count;
		assert_int_equal(answered,
		                 recount(w,
		                         "(SELECT answered_at AS at FROM information_request)"
		                         " AS answer WHERE at",
		                         &p));
		assert_true(came_to(&signals, SIGNAL_SUBMITTED, SIGNAL_SUBMIT) > 10);
		assert_true(answered > 5);
	}
	arena_reset(&a);
}

static void every_act_stands_in_the_log_and_the_log_is_sealed(void **state)
{
	struct store_world *w = *state;

	assert_int_equal(store_world_number(w, "SELECT count(*) FROM audit_event"), 0);
	assert_true(store_world_number(w, "SELECT sum(size) FROM audit_tree") > 400);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signals_have_gone_all_the_way_and_some_are_under_way),
		cmocka_unit_test(nothing_stays_longer_than_its_term),
		cmocka_unit_test(the_monitor_says_what_a_recount_of_the_records_says),
		cmocka_unit_test(every_act_stands_in_the_log_and_the_log_is_sealed),
	};
	return cmocka_run_group_tests_name("play", tests, set_up, tear_down);
}
