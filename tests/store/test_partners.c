/* What every installation starts from, as both engines hold it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "access/access.h"
#include "partners/partner.h"
#include "partners/reference.h"
#include "platform/core/calendar.h"
#include "store_world.h"

struct world {
	struct store_world *store;
	struct arena arena;
	struct db_read *read;
};

enum { ARENA_SOFT_BYTES = 1 << 20 };

static int set_up(void **state)
{
	static struct world w;
	struct error e = { 0 };

	w = (struct world){ .store = store_world_new(&(struct store_wish){ 0 }) };
	arena_init(&w.arena, ARENA_SOFT_BYTES);
	*state = &w;
	return partner_load_reference(w.store->db, "ROTTERDAM", &e) == OK &&
	               db_read_begin(w.store->db, &w.read, &e) == OK
	           ? 0
	           : -1;
}

static int tear_down(void **state)
{
	struct world *w = *state;

	db_read_end(w->read);
	arena_reset(&w->arena);
	store_world_free(w->store);
	return 0;
}

static int64_t today(void)
{
	return day_from_civil((struct civil){ 2026, 11, 20 });
}

static struct participant partner(struct world *w, const char *code)
{
	struct participant p;
	struct error e = { 0 };

	assert_int_equal(participant_by_code(w->read, code, &w->arena, &p, &e), OK);
	return p;
}

static struct array municipalities(struct world *w, int64_t region, struct civil day)
{
	struct array list;
	struct error e = { 0 };

	assert_int_equal(
	    municipality_list(w->read, region, day_from_civil(day), &w->arena, &list, &e), OK);
	return list;
}

static void every_statement_of_the_room_prepares(void **state)
{
	struct world *w = *state;
	struct error e = { 0 };

	assert_int_equal(db_prepare_all(w->store->db, partner_statements, &e), OK);
}

static void the_country_has_342_municipalities_in_dutch_order(void **state)
{
	struct world *w = *state;
	const struct array list = municipalities(w, 0, (struct civil){ 2026, 11, 20 });
	const struct municipality *rows = list.items;

	assert_int_equal(list.count, 342);
	assert_string_equal(rows[2].name, "Aa en Hunze");
	assert_string_equal(rows[341].name, "Zwolle");
}

static void a_region_shows_the_municipalities_of_that_day(void **state)
{
	struct world *w = *state;
	struct region own;
	struct error e = { 0 };

	assert_int_equal(region_own(w->read, &w->arena, &own, &e), OK);
	assert_string_equal(own.name, "RIEC Rotterdam");
	assert_int_equal(municipalities(w, own.id, (struct civil){ 2014, 12, 31 }).count, 33);
	assert_int_equal(municipalities(w, own.id, (struct civil){ 2022, 12, 31 }).count, 25);
	assert_int_equal(municipalities(w, own.id, (struct civil){ 2023, 1, 1 }).count, 23);
}

static void a_merged_municipality_points_to_where_it_went(void **state)
{
	struct world *w = *state;
	const struct array then = municipalities(w, 0, (struct civil){ 2022, 12, 31 });
	const struct municipality *rows = then.items;
	struct municipality next = { 0 };
	struct error e = { 0 };

	for (size_t i = 0; i < then.count; i++)
		if (strcmp(rows[i].name, "Brielle") == 0)
			assert_int_equal(
			    municipality_load(w->read, rows[i].successor_id, &w->arena, &next, &e),
			    OK);
	assert_string_equal(next.name, "Voorne aan Zee");
	assert_int_equal(next.valid_until, NO_DAY);
}

static void every_ended_municipality_has_a_successor(void **state)
{
	struct world *w = *state;

	assert_int_equal(store_world_number(w->store,
	                                    "SELECT count(*) FROM municipality WHERE"
	                                    " (valid_until IS NULL) <> (successor_id IS NULL)"),
	                 0);
}

static void a_municipality_takes_part_as_two_organs(void **state)
{
	struct world *w = *state;
	const struct participant p = partner(w, "GM0599");
	struct array organs;
	struct error e = { 0 };

	assert_string_equal(p.name, "Gemeente Rotterdam");
	assert_int_equal(organ_list(w->read, p.id, &w->arena, &organs, &e), OK);
	const struct organ *o = organs.items;
	assert_int_equal(organs.count, 2);
	assert_int_equal(o[0].letter, 'h');
	assert_string_equal(o[0].on_behalf, "de burgemeester van Rotterdam");
	assert_int_equal(o[1].letter, 'i');
	assert_string_equal(o[1].on_behalf, "het college van B en W Rotterdam");
}

static void customs_and_benefits_are_desks_of_the_tax_administration(void **state)
{
	struct world *w = *state;
	struct array desks;
	struct error e = { 0 };

	assert_int_equal(desk_list(w->read, partner(w, "TAX").id, today(), &w->arena, &desks, &e),
	                 OK);
	const struct desk *d = desks.items;
	assert_int_equal(desks.count, 2);
	assert_string_equal(d[0].name, "Toeslagen");
	assert_string_equal(d[1].name, "Douane");
}

static void only_the_own_region_brings_participants(void **state)
{
	struct world *w = *state;
	struct array list;
	struct error e = { 0 };

	/* Nine everywhere, one province, 23 municipalities, the bureau. */
	assert_int_equal(participant_list(w->read, today(), &w->arena, &list, &e), OK);
	assert_int_equal(list.count, 9 + 1 + 23 + 1);
	assert_string_equal(partner(w, "PROV-ZH").name, "Provincie Zuid-Holland");
	assert_true(partner(w, "RIEC").bureau);
}

static void loading_again_doubles_nothing(void **state)
{
	struct world *w = *state;
	struct error e = { 0 };
	static const char *const COUNT =
	    "SELECT (SELECT count(*) FROM municipality) + (SELECT count(*) FROM participant)"
	    " + (SELECT count(*) FROM organ) + (SELECT count(*) FROM desk)"
	    " + (SELECT count(*) FROM region_municipality) + (SELECT count(*) FROM region)";
	const int64_t before = store_world_number(w->store, COUNT);

	assert_int_equal(partner_load_reference(w->store->db, "ROTTERDAM", &e), OK);
	assert_int_equal(store_world_number(w->store, COUNT), before);
}

static enum status count_inhabitants(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct municipality m = { .cbs_code = "0599",
		                        .inhabitants = 670000,
		                        .valid_from = reference_day(20080101),
		                        .valid_until = NO_DAY };
	const struct sorted_name name = { "Rotterdam", (const uint8_t *)"r", 1 };

	(void)args;
	return municipality_put(tx, &m, &name, NULL, reterr);
}

static void loading_again_keeps_known_inhabitants(void **state)
{
	struct world *w = *state;
	struct error e = { 0 };

	store_world_run(w->store, count_inhabitants, NULL);
	assert_int_equal(partner_load_reference(w->store->db, "ROTTERDAM", &e), OK);
	assert_int_equal(store_world_number(w->store, "SELECT CAST(sum(inhabitants) AS bigint)"
	                                              " FROM municipality"),
	                 670000);
}

static void an_unknown_region_is_refused(void **state)
{
	struct world *w = *state;
	struct error e = { 0 };

	assert_int_equal(partner_load_reference(w->store->db, "ATLANTIS", &e), ERR_INVALID);
}

static enum status put_setting(struct db_tx *tx, void *args, struct error *reterr)
{
	return setting_put(tx, "weighing.quorum", args, reterr);
}

static void a_setting_is_what_was_put_last(void **state)
{
	struct world *w = *state;
	struct error e = { 0 };
	struct db_read *r;
	const char *value;

	store_world_run(w->store, put_setting, (char[]){ "2" });
	store_world_run(w->store, put_setting, (char[]){ "3" });
	assert_int_equal(db_read_begin(w->store->db, &r, &e), OK);
	assert_int_equal(setting_load(r, "weighing.quorum", &w->arena, &value, &e), OK);
	assert_string_equal(value, "3");
	assert_int_equal(setting_load(r, "unknown", &w->arena, &value, &e), OK);
	assert_null(value);
	db_read_end(r);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_statement_of_the_room_prepares),
		TEST(the_country_has_342_municipalities_in_dutch_order),
		TEST(a_region_shows_the_municipalities_of_that_day),
		TEST(a_merged_municipality_points_to_where_it_went),
		TEST(every_ended_municipality_has_a_successor),
		TEST(a_municipality_takes_part_as_two_organs),
		TEST(customs_and_benefits_are_desks_of_the_tax_administration),
		TEST(only_the_own_region_brings_participants),
		TEST(loading_again_doubles_nothing),
		TEST(loading_again_keeps_known_inhabitants),
		TEST(an_unknown_region_is_refused),
		TEST(a_setting_is_what_was_put_last),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
