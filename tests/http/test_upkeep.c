/* What the server does by itself, with a clock that the test moves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "house_world.h"
#include "platform/crypto/sealed_key.h"
#include "server/upkeep.h"

#define DAY_MS (INT64_C(86400) * 1000)

static int set_up(void **state)
{
	struct error e = { 0 };
	const int rc = house_set_up(state);
	struct house *h = *state;

	if (rc != 0 || keys_start(h->plein.db, h->plein.keyring, HOUSE_NOW, &e) != OK)
		return -1;
	h->plein.key_export = arena_printf(&h->arena, "%s/keys.export", h->keys);
	return 0;
}

static int step(struct house *h)
{
	const struct schedule_config cfg = upkeep_of(&h->plein);
	struct error e = { 0 };
	int count;

	if (schedule_step(&cfg, &count, &e) != OK)
		fail_msg("%s (%s)", e.message, e.cause);
	return count;
}

/* How many kinds of work come back by themselves. */
static int all_work(void)
{
	int count = 0;

	while (UPKEEP[count].name != NULL)
		count++;
	return count;
}

/* Of those, what comes back within the hour after which a failure is tried again. */
static int hourly_work(void)
{
	int count = 0;

	for (int i = 0; UPKEEP[i].name != NULL; i++)
		count += UPKEEP[i].every_ms <= SCHEDULE_RETRY_MS;
	return count;
}

static int64_t newest_period(struct house *h)
{
	return store_world_number(h->store, "SELECT max(id) FROM key_period");
}

static void keys_change_every_week_and_not_more_often(void **state)
{
	struct house *h = *state;

	assert_int_equal(step(h), 0);
	h->clock.fixed_ms = HOUSE_NOW + 7 * DAY_MS - 1;
	(void)step(h);
	assert_int_equal(newest_period(h), 1);
	h->clock.fixed_ms = HOUSE_NOW + 7 * DAY_MS;
	(void)step(h);
	assert_int_equal(newest_period(h), 2);
	assert_int_equal(step(h), 0);
	assert_int_equal(newest_period(h), 2);
	assert_int_equal(
	    store_world_number(h->store, "SELECT count(*) FROM audit_event WHERE action = 61"), 1);
}

static void an_export_that_cannot_be_written_is_tried_again_after_an_hour(void **state)
{
	struct house *h = *state;
	const char *right = h->plein.key_export;
	struct schedule_config cfg = upkeep_of(&h->plein);
	struct error e = { 0 };
	int count;

	(void)step(h);
	cfg.failed = NULL;
	h->plein.key_export = "/nowhere/keys.export";
	h->clock.fixed_ms = HOUSE_NOW + 7 * DAY_MS;
	assert_int_equal(schedule_step(&cfg, &count, &e), ERR_UNAVAILABLE);
	assert_int_equal(count, all_work() - 1); /* the others weren't held up */
	h->plein.key_export = right;
	assert_int_equal(step(h), 0);
	h->clock.fixed_ms += SCHEDULE_RETRY_MS;
	assert_int_equal(step(h), 1 + hourly_work());
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM key_period"), 1);
}

static void a_clock_that_was_set_back_holds_nothing_up(void **state)
{
	struct house *h = *state;

	h->clock.fixed_ms = HOUSE_NOW + 3650 * DAY_MS;
	(void)step(h);
	h->clock.fixed_ms = HOUSE_NOW;
	assert_int_equal(step(h), all_work());
	assert_int_equal(step(h), 0);
}

static void an_account_that_nobody_uses_is_warned_of_and_then_suspended(void **state)
{
	struct house *h = *state;
	struct house_person *head = house_hire(h, "hoofd@riec.example", ROLE_RIEC_HEAD, 0);
	struct house_person *clerk = house_hire(h, "klerk@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h), *w = visitor_new(h);

	(void)step(h);
	visitor_sign_in(v, clerk);
	h->clock.fixed_ms += 75 * DAY_MS;
	visitor_sign_in(w, head);
	(void)step(h);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM news WHERE kind = 3"),
	                 0);
	for (int day = 76; day < 90; day++) {
		h->clock.fixed_ms = HOUSE_NOW + day * DAY_MS;
		(void)step(h);
	}
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM news WHERE kind = 3"),
	                 1);
	assert_int_equal(
	    store_world_number(h->store, "SELECT count(*) FROM person WHERE state = 6"), 0);
	h->clock.fixed_ms = HOUSE_NOW + 91 * DAY_MS;
	(void)step(h);
	assert_int_equal(
	    store_world_number(h->store, "SELECT count(*) FROM person WHERE state = 6"), 1);
	assert_int_equal(
	    store_world_number(h->store, "SELECT count(*) FROM people_history WHERE action = 8"),
	    1);
	/* The last head who was about stays, however long: nobody else could undo it. */
	h->clock.fixed_ms = HOUSE_NOW + 400 * DAY_MS;
	(void)step(h);
	assert_int_equal(
	    store_world_number(h->store, "SELECT count(*) FROM person WHERE state = 6"), 1);
	visitor_free(v);
	visitor_free(w);
}

static void the_thread_starts_and_stops_at_once(void **state)
{
	struct house *h = *state;
	const struct schedule_config cfg = upkeep_of(&h->plein);
	struct schedule *s;
	struct error e = { 0 };
	const int64_t began = clock_monotonic_ms();

	assert_int_equal(schedule_start(&cfg, &s, &e), OK);
	schedule_stop(s);
	assert_true(clock_monotonic_ms() - began < 10000);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM schedule"), all_work());
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(keys_change_every_week_and_not_more_often),
		TEST(an_export_that_cannot_be_written_is_tried_again_after_an_hour),
		TEST(a_clock_that_was_set_back_holds_nothing_up),
		TEST(an_account_that_nobody_uses_is_warned_of_and_then_suspended),
		TEST(the_thread_starts_and_stops_at_once),
	};
	return cmocka_run_group_tests_name("upkeep", tests, NULL, NULL);
}
