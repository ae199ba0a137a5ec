/* Lists of people as files: whole, or refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "house_world.h"

static struct visitor *manager(struct house *h)
{
	struct visitor *v = visitor_new(h);

	visitor_sign_in(v, house_hire(h, "mees@duinwaard.example", ROLE_AUTHORISATION_MANAGER, 0));
	return v;
}

/* Colleagues that need no password here: they only stand in a list. */
struct crowd {
	int64_t participant_id;
	int first, count;
};

static enum status crowd_run(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt ADD = {
		"test_crowd_add", "bttbi",
		"INSERT INTO person (uuid, email, full_name, sort_key, participant_id, "
		"state,"
		" requested_at) VALUES ($1, $2, $3, $4, $5, 5, 1)"
	};
	const struct crowd *c = args;
	enum status st = OK;

	for (int i = c->first; st == OK && i < c->first + c->count; i++) {
		char key[40], email[40], name[40];
		(void)snprintf(key, sizeof key, "colleague-%06d", i);
		(void)snprintf(email, sizeof email, "c%d@duinwaard.example", i);
		(void)snprintf(name, sizeof name, "Collega %d", i);
		st = db_exec_late(tx, &ADD,
		                  DB_ARGS(DB_BYTES(key, UUID_BYTES), DB_TEXT(email), DB_TEXT(name),
		                          DB_BYTES(key, UUID_BYTES), DB_INT(c->participant_id)),
		                  reterr);
	}
	return st;
}

static void crowd_joins(struct house *h, int first, int count)
{
	struct crowd c = { h->duinwaard, first, count };
	store_world_run(h->store, crowd_run, &c);
}

static void the_file_of_people_holds_everybody_and_not_a_page(void **state)
{
	struct house *h = *state;
	struct visitor *v = manager(h);

	crowd_joins(h, 1, 120);
	visit(v, "/people?format=csv&state=ACTIVE");
	assert_page_says(v, "Collega 1;");
	assert_page_says(v, "Collega 120;");
	visit(v, "/people");
	assert_false(page_says(v, "Collega 120"));
	visitor_free(v);
}

static void a_file_that_would_not_be_whole_is_refused_with_what_to_do(void **state)
{
	struct house *h = *state;
	struct visitor *v = manager(h);

	crowd_joins(h, 1, 4999); /* and the manager himself */
	visit(v, "/people?format=csv");
	assert_int_equal(v->code, 200);
	crowd_joins(h, 5000, 1);
	visit(v, "/people?format=csv");
	assert_int_equal(v->code, 413);
	assert_page_says(v, "meer dan 5.000 regels");
	visitor_free(v);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(the_file_of_people_holds_everybody_and_not_a_page),
		CASE(a_file_that_would_not_be_whole_is_refused_with_what_to_do),
	};
	return cmocka_run_group_tests_name("people_files", tests, NULL, NULL);
}
