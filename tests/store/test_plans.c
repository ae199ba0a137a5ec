/* How SQLite finds its rows: a page's cost may not follow what lies in the whole house. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "server/rooms.h"
#include "store_world.h"

enum { PARAMS_MAX = 64, SQL_MAX = 32768 };

static struct db_value some_value(char letter)
{
	switch (letter) {
	case 't':
	case 'T':
		return DB_TEXT("x");
	case 'b':
	case 'B':
		return DB_BYTES("x", 1);
	case 'f':
	case 'F':
		return DB_FLOAT(1.0);
	default:
		return DB_INT(1);
	}
}

/* Does a step of this statement's plan read this? The caller's sql outlives the world. */
static bool plan_says(struct store_world *w, const struct db_stmt *stmt, char *sql, size_t size,
                      const char *words)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct db_value args[PARAMS_MAX];
	struct error e = { 0 };
	struct db_read *r = NULL;
	bool said = false;
	struct arena a;

	arena_init(&a, 1 << 20);
	assert_true(snprintf(sql, size, "EXPLAIN QUERY PLAN %s", stmt->sql) < (int)size);
	struct db_stmt asked = { "explained", stmt->params, sql };
	for (size_t i = 0; stmt->params[i] != '\0'; i++)
		args[i] = some_value(stmt->params[i]);
	assert_int_equal(db_read_begin(w->db, &r, &e), OK);
	if (db_query(r, &asked, args, &rows, &e) != OK)
		fail_msg("%s: %s", stmt->name, e.cause);
	while (db_next(&rows))
		said = said || strstr(db_text(&rows, 3, &a), words) != NULL;
	db_rows_close(&rows);
	db_read_end(r);
	arena_reset(&a);
	return said;
}

static void facts_are_never_sought_by_having_no_second_subject(void **state)
{
	static char sql[SQL_MAX];
	int asked = 0;

	(void)state;
	for (size_t i = 0; ALL_STATEMENTS[i] != NULL; i++)
		for (size_t j = 0; ALL_STATEMENTS[i][j] != NULL; j++) {
			const struct db_stmt *stmt = ALL_STATEMENTS[i][j];
			if (strstr(stmt->sql, "other_presence_id IS NULL") == NULL)
				continue;
			struct store_world *w = store_world_new(&(struct store_wish){ 0 });
			if (plan_says(w, stmt, sql, sizeof sql, "fact_by_other"))
				fail_msg("%s reads every fact of one subject in the house",
				         stmt->name);
			store_world_free(w);
			asked++;
		}
	assert_true(asked > 5);
}

static const struct db_stmt *named(const char *name)
{
	for (size_t i = 0; ALL_STATEMENTS[i] != NULL; i++)
		for (size_t j = 0; ALL_STATEMENTS[i][j] != NULL; j++)
			if (strcmp(ALL_STATEMENTS[i][j]->name, name) == 0)
				return ALL_STATEMENTS[i][j];
	fail_msg("no statement %s", name);
	return NULL;
}

static void what_waits_to_be_indexed_is_taken_from_its_key_without_sorting_the_rest(void **state)
{
	static char sql[SQL_MAX];
	struct store_world *w = store_world_new(&(struct store_wish){ 0 });

	(void)state;
	assert_false(plan_says(w, named("index_waiting"), sql, sizeof sql, "TEMP B-TREE"));
	store_world_free(w);
}

static void changes_are_read_from_the_place_where_the_reader_was(void **state)
{
	static char sql[SQL_MAX];
	struct store_world *w = store_world_new(&(struct store_wish){ 0 });

	(void)state;
	assert_true(plan_says(w, named("changes_after"), sql, sizeof sql,
	                      "SEARCH change USING INTEGER PRIMARY KEY (rowid>?)"));
	assert_true(plan_says(w, named("changes_stretch_end"), sql, sizeof sql,
	                      "SEARCH change USING INTEGER PRIMARY KEY (rowid>?)"));
	store_world_free(w);
}

static void ties_of_a_casefile_are_found_without_reading_its_other_facts(void **state)
{
	static const char *const NAMES[] = { "casefile_ties", "casefile_tie_count" };
	static char sql[SQL_MAX];
	struct store_world *w = store_world_new(&(struct store_wish){ 0 });

	(void)state;
	for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
		assert_true(plan_says(w, named(NAMES[i]), sql, sizeof sql,
		                      "SEARCH f USING INDEX fact_ties (presence_id=?)"));
	store_world_free(w);
}

/* One index for both: who may read a signal, and whether this one may. */
static void whether_a_signal_is_open_is_asked_by_the_key_of_its_readers(void **state)
{
	static const char *const NAMES[] = { "signal_load", "signal_titles",
		                             "seen_signal_readers" };
	static char sql[SQL_MAX];
	struct store_world *w = store_world_new(&(struct store_wish){ 0 });

	(void)state;
	for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
		assert_true(plan_says(w, named(NAMES[i]), sql, sizeof sql,
		                      "sqlite_autoindex_signal_audience_1 (id=?"));
	store_world_free(w);
}

int main(void)
{
	const struct CMUnitTest promises[] = {
		cmocka_unit_test(facts_are_never_sought_by_having_no_second_subject),
		cmocka_unit_test(
		    what_waits_to_be_indexed_is_taken_from_its_key_without_sorting_the_rest),
		cmocka_unit_test(changes_are_read_from_the_place_where_the_reader_was),
		cmocka_unit_test(ties_of_a_casefile_are_found_without_reading_its_other_facts),
		cmocka_unit_test(whether_a_signal_is_open_is_asked_by_the_key_of_its_readers),
	};

	return cmocka_run_group_tests(promises, NULL, NULL);
}
