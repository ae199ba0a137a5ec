/* The log: nothing that happened is lost, and what is kept can be read and proved. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "audit/prove.h"
#include "audit/record.h"
#include "audit_house.h"
#include "cli/log.h"

/* ---- what happens is kept ------------------------------------------------------------------- */

static void what_happened_is_sealed_and_gone_from_the_waiting_room(void **state)
{
	struct house *h = *state;

	happen(h, 5);
	assert_int_equal(waiting(h), 5);
	seal_now(h);
	assert_int_equal(waiting(h), 0);
	intact(h, 6, 1); /* and the first leaf */
	seal_now(h);
	intact(h, 6, 1);
}

static void a_long_backlog_is_sealed_in_one_go(void **state)
{
	struct house *h = *state;
	struct audit_verdict v;

	happen(h, BATCH_MAX * 2 + 37);
	seal_now(h);
	assert_int_equal(waiting(h), 0);
	assert_int_equal(faults(h, &v), 0);
	assert_int_equal(v.events, BATCH_MAX * 2 + 38);
}

static enum status refuse(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)tx;
	(void)args;
	return FAIL(reterr, ERR_DENIED, "Dit mag u niet zien.");
}

static void a_refused_change_leaves_its_event_with_the_refusal(void **state)
{
	struct house *h = *state;
	struct audit_event e = view(h, 9, 9), got;
	struct db_job job = { .run = refuse, .event = &e };
	struct db_read *r;
	struct arena a;
	struct batch b;

	assert_int_equal(db_run(h->w->db, &job, &h->err), ERR_DENIED);
	arena_init(&a, 1 << 20);
	assert_int_equal(db_read_begin(h->w->db, &r, &h->err), OK);
	assert_int_equal(events_waiting(r, &a, 5, &b, &h->err), OK);
	db_read_end(r);
	assert_int_equal(b.count, 1);
	assert_true(audit_body_decode(b.leaves[0].body, b.leaves[0].body_len, &got));
	assert_int_equal(got.result, ERR_DENIED);
	assert_int_equal(got.actor_id, 9);
	arena_reset(&a);
}

/* ---- crashes -------------------------------------------------------------------------------- */

static void whichever_call_fails_nothing_is_lost_or_doubled(void **state)
{
	struct house *h = *state;
	int64_t told = 0;
	enum status st = ERR_INTERNAL;

	for (int64_t n = 1; st != OK && n < 200; n++) {
		happen(h, 3);
		told += 3;
		db_fail_after(h->w->db, n);
		st = audit_log_seal_now(&h->log, &h->err);
		db_fail_after(h->w->db, 0);
		if (n % 5 == 0)
			crash(h);
		struct audit_verdict v;
		assert_int_equal(faults(h, &v), 0);
		seal_now(h);
		intact(h, told + 1, 1);
	}
	assert_int_equal(st, OK); /* the loop has seen every call */
}

static void the_same_for_every_call_of_the_quarter(void **state)
{
	struct house *h = *state;
	struct db *db;
	int64_t told = 0;
	enum status st = ERR_INTERNAL;

	if (store_engine() == DB_POSTGRES)
		return; /* one database: the test before has seen it */
	seal_now(h);
	for (int64_t n = 1; st != OK && n < 200; n++) {
		happen(h, 3);
		told += 3;
		assert_int_equal(audit_quarter_borrow(&h->log, 20264, &db, &h->err), OK);
		db_fail_after(db, n);
		st = audit_log_seal_now(&h->log, &h->err);
		db_fail_after(db, 0);
		audit_quarter_return(&h->log, 20264);
		if (n % 5 == 0)
			crash(h);
	}
	assert_int_equal(st, OK);
	seal_now(h);
	intact(h, told + 1, 1);
}

static void a_crash_between_the_two_stores_is_taken_up(void **state)
{
	struct house *h = *state;

	if (store_engine() == DB_POSTGRES)
		return; /* one commit there */
	happen(h, 4);
	seal_now(h);
	happen(h, 2);
	/* The quarter's commit comes first; the main one's doesn't happen. */
	in_main(h, "stop",
	        "CREATE TRIGGER stop BEFORE UPDATE ON audit_tree"
	        " BEGIN SELECT RAISE(ABORT, 'the power fails here'); END");
	assert_int_not_equal(audit_log_seal_now(&h->log, &h->err), OK);
	in_main(h, "start", "DROP TRIGGER stop");
	assert_int_equal(waiting(h), 2);
	crash(h);
	seal_now(h);
	assert_int_equal(waiting(h), 0);
	intact(h, 7, 1);
}

/* ---- heads and time ------------------------------------------------------------------------- */

static int64_t heads(struct house *h)
{
	return store_world_number(h->w, "SELECT count(*) FROM audit_head");
}

static void a_head_is_signed_each_minute_also_when_nothing_happens(void **state)
{
	struct house *h = *state;

	happen(h, 1);
	seal_now(h);
	assert_int_equal(heads(h), 1);
	assert_int_equal(store_world_number(h->w, "SELECT max(at_ms) FROM audit_head"), NOON);
	h->clock.fixed_ms += AUDIT_SIGN_EVERY_MS;
	seal_now(h);
	assert_int_equal(heads(h), 1); /* the same size: the same head, signed later */
	assert_int_equal(store_world_number(h->w, "SELECT max(at_ms) FROM audit_head"),
	                 NOON + AUDIT_SIGN_EVERY_MS);
	happen(h, 1);
	h->clock.fixed_ms += AUDIT_SIGN_EVERY_MS;
	seal_now(h);
	assert_int_equal(heads(h), 2);
	intact(h, 3, 1);
}

static void a_new_quarter_begins_with_the_last_head_of_the_one_before(void **state)
{
	struct house *h = *state;

	happen(h, 3);
	h->clock.fixed_ms = NOON + 60 * DAY; /* January */
	happen(h, 2);
	seal_now(h);
	intact(h, 7, 2);
	assert_int_equal(store_world_number(h->w, "SELECT max(quarter) FROM audit_tree"), 20271);
	assert_int_equal(
	    store_world_number(h->w, "SELECT count(*) FROM audit_tree WHERE ended_at > 0"), 1);
}

static void a_clock_set_back_a_little_keeps_the_tree_and_far_back_begins_one(void **state)
{
	struct house *h = *state;
	const int64_t new_year = INT64_C(1798761600000);

	h->clock.fixed_ms = new_year + 60000;
	happen(h, 1);
	seal_now(h);
	h->clock.fixed_ms = new_year - 60000;
	happen(h, 1);
	seal_now(h);
	intact(h, 3, 1);
	h->clock.fixed_ms = NOON;
	happen(h, 1);
	seal_now(h);
	intact(h, 5, 2);
	assert_int_equal(store_world_number(h->w, "SELECT count(*) FROM audit_tree"), 2);
}

static void after_a_restore_the_log_goes_on_in_a_tree_that_names_the_witnessed_head(void **state)
{
	struct house *h = *state;
	struct audit_head witnessed = { .size = 900 };

	happen(h, 2);
	seal_now(h);
	assert_int_equal(audit_log_begin_anew(&h->log, NULL, &h->err), OK);
	intact(h, 4, 2);
	/* A witness saw more of the second tree than the restored copy knows: the gap is named. */
	struct db_read *r;
	struct arena a;
	struct tree t;
	arena_init(&a, 1 << 20);
	assert_int_equal(db_read_begin(h->w->db, &r, &h->err), OK);
	assert_int_equal(tree_newest(r, &a, &t, &h->err), OK);
	db_read_end(r);
	arena_reset(&a);
	witnessed.tree = t.uuid;
	assert_int_equal(audit_log_begin_anew(&h->log, &witnessed, &h->err), OK);
	intact(h, 5, 3);
}

static void a_destroyed_quarter_leaves_its_heads_and_the_rest_verifies(void **state)
{
	struct house *h = *state;
	struct audit_verdict v;

	happen(h, 3);
	seal_now(h);
	assert_int_equal(audit_log_destroy_quarter(&h->log, 20264, &h->err), ERR_CONFLICT);
	assert_int_equal(audit_log_destroy_quarter(&h->log, 20263, &h->err), ERR_NOT_FOUND);
	h->clock.fixed_ms = NOON + 60 * DAY;
	happen(h, 2);
	seal_now(h);
	assert_int_equal(audit_log_destroy_quarter(&h->log, 20264, &h->err), OK);
	assert_int_equal(audit_log_destroy_quarter(&h->log, 20264, &h->err), OK);
	assert_int_equal(faults(h, &v), 0);
	assert_int_equal(v.destroyed, 1);
	assert_int_equal(v.events, 3);
	assert_true(v.heads >= 2);
}

/* ---- two sealers ---------------------------------------------------------------------------- */

static enum status try_to_seal(struct audit_log *log, struct error *err)
{
	return audit_log_seal_now(log, err);
}

static void a_second_sealer_loses_the_race_without_harm(void **state)
{
	struct house *h = *state;
	struct audit_log second;
	struct error err;

	if (store_engine() == DB_SQLITE)
		return; /* the data folder has one owner there */
	const struct audit_log_config cfg = h->log.cfg;
	assert_int_equal(audit_log_open(&second, &cfg, &err), OK);
	assert_int_equal(audit_log_start(&second, &err), OK);
	for (int i = 0; i < 20; i++) {
		happen(h, 5);
		(void)try_to_seal(&h->log, &err);
		(void)try_to_seal(&second, &err);
	}
	audit_log_close(&second);
	seal_now(h);
	intact(h, 101, 1);
}

static void the_thread_seals_by_itself(void **state)
{
	struct house *h = *state;

	happen(h, 3);
	assert_int_equal(audit_log_start(&h->log, &h->err), OK);
	for (int i = 0; i < 10000 && waiting(h) > 0; i++)
		(void)nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
	assert_int_equal(waiting(h), 0);
	crash(h);
	intact(h, 4, 1);
}

/* ---- reading -------------------------------------------------------------------------------- */

static void every_filter_finds_exactly_its_events_on_pages_of_any_size(void **state)
{
	struct house *h = *state;
	const struct audit_filter all = { 0 }, actor = { .actor_id = 2 },
				  object = { .object_type = OBJECT_SIGNAL, .object_id = 103 },
				  action = { .action = AUDIT_LOG_BEGIN },
				  day = { .from_ms = NOON, .until_ms = NOON + DAY },
				  none = { .owner_type = OBJECT_CASEFILE, .owner_id = 1 },
				  both = { .actor_id = 1,
		                           .object_type = OBJECT_SIGNAL,
		                           .object_id = 103 };

	happen(h, 30); /* actors 1 2 3, objects 100.. */
	seal_now(h);
	h->clock.fixed_ms = NOON + 60 * DAY;
	happen(h, 9);
	seal_now(h);
	h->clock.fixed_ms += 1000;
	happen(h, 3); /* waiting */
	for (size_t limit = 1; limit < 50; limit += 7) {
		/* What waits is on the first page only: as many as fit there. */
		const size_t waits = limit < 3 ? limit : 3;
		assert_int_equal(read_all(h, &all, limit), 30 + 9 + 2 + waits);
		assert_int_equal(read_all(h, &object, limit), 2);
		assert_int_equal(read_all(h, &action, limit), 2);
		assert_int_equal(read_all(h, &day, limit), 31);
		assert_int_equal(read_all(h, &none, limit), 0);
		assert_int_equal(read_all(h, &both, limit), 2);
	}
	assert_int_equal(read_all(h, &actor, 50), 10 + 3 + 1);
}

static void the_oldest_come_first_where_that_is_asked_and_what_waits_last(void **state)
{
	struct house *h = *state;
	const struct audit_filter all = { .oldest_first = true },
				  actor = { .actor_id = 2, .oldest_first = true },
				  action = { .action = AUDIT_LOG_BEGIN, .oldest_first = true },
				  object = { .object_type = OBJECT_SIGNAL,
		                             .object_id = 103,
		                             .oldest_first = true };

	happen(h, 30);
	seal_now(h);
	h->clock.fixed_ms = NOON + 60 * DAY; /* the next quarter */
	happen(h, 9);
	seal_now(h);
	h->clock.fixed_ms += 1000;
	happen(h, 3); /* waiting */
	for (size_t limit = 1; limit < 50; limit += 7) {
		const size_t waits = limit < 3 ? limit : 3;
		assert_int_equal(read_all(h, &all, limit), 30 + 9 + 2 + waits);
		assert_int_equal(read_all(h, &action, limit), 2);
		assert_int_equal(read_all(h, &object, limit), 2);
	}
	assert_int_equal(read_all(h, &actor, 50), 10 + 3 + 1);
}

static void every_event_has_a_proof_that_a_stranger_can_check(void **state)
{
	struct house *h = *state;
	struct audit_proof p;
	struct audit_head head, newest;

	happen(h, 600);
	h->clock.fixed_ms += AUDIT_SIGN_EVERY_MS;
	seal_now(h);
	happen(h, 50);
	h->clock.fixed_ms += AUDIT_SIGN_EVERY_MS;
	seal_now(h);
	assert_int_equal(audit_newest_head(&h->log, &newest, &h->err), OK);
	assert_int_equal(newest.size, 651);
	for (int64_t seq = 0; seq < 651; seq += 13) {
		assert_int_equal(audit_prove_event(&h->log, &newest.tree, seq, &p, &head, &h->err),
		                 OK);
		assert_true(audit_proof_holds(&p, NULL, &head));
		assert_memory_equal(head.signer.bytes, h->public.bytes, SIGN_PUBLIC_BYTES);
	}
	assert_int_equal(audit_prove_event(&h->log, &newest.tree, 651, &p, &head, &h->err),
	                 ERR_NOT_FOUND);
	assert_int_equal(audit_prove_event(&h->log, &newest.tree, 5, &p, &head, &h->err), OK);
	assert_int_equal(head.size, 601);
	assert_int_equal(
	    audit_prove_growth(&h->log, &newest.tree, head.size, newest.size, &p, &h->err), OK);
	assert_true(audit_proof_holds(&p, &head, &newest));
}

/* ---- the command line ----------------------------------------------------------------------- */

static enum status command(struct house *h, const char *line, struct out *o)
{
	char copy[256];
	char *words[8], *rest = copy;
	int count = 0;
	struct arena a;

	(void)snprintf(copy, sizeof copy, "%s", line);
	while (count < 8 && (words[count] = strsep(&rest, " ")) != NULL)
		count++;
	arena_init(&a, 1 << 22);
	out_init(o, 1 << 22);
	const enum status st = log_command(&h->log, &a, words, count, o, &h->err);
	arena_reset(&a);
	return st;
}

static void the_command_tells_whether_the_log_is_right_and_proves_an_event(void **state)
{
	struct house *h = *state;
	struct audit_proof p;
	struct audit_head head;
	struct out o;
	char line[128], tree[UUID_TEXT_BYTES], *second;

	happen(h, 20);
	seal_now(h);
	assert_int_equal(command(h, "verify", &o), OK);
	assert_non_null(strstr(o.data, "Het logboek klopt."));
	out_free(&o);
	assert_int_equal(command(h, "head", &o), OK);
	o.data[strcspn(o.data, "\n")] = '\0';
	assert_true(audit_head_parse(o.data, &head) && audit_head_holds(&head));
	out_free(&o);
	uuid_text(&head.tree, tree);
	(void)snprintf(line, sizeof line, "proof event %s 7", tree);
	assert_int_equal(command(h, line, &o), OK);
	second = strchr(o.data, '\n') + 1;
	second[strcspn(second, "\n")] = '\0';
	assert_true(audit_proof_parse(second, &p));
	assert_true(audit_proof_holds(&p, NULL, &head));
	out_free(&o);
	(void)snprintf(line, sizeof line, "export %s 19", tree);
	assert_int_equal(command(h, line, &o), OK);
	assert_non_null(strstr(o.data, "\"seq\":20,"));
	assert_null(strstr(o.data, "\"seq\":18,"));
	out_free(&o);
	assert_int_equal(command(h, "proof event x 7", &o), ERR_INVALID);
	out_free(&o);
	break_guards(h);
	in_quarter(h, "cli_thief", "UPDATE audit_sealed SET actor_id = 77 WHERE seq = 7");
	assert_int_equal(command(h, "verify", &o), ERR_CONFLICT);
	assert_non_null(strstr(o.data, "under something else than it says at 7"));
	out_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_HOUSE(what_happened_is_sealed_and_gone_from_the_waiting_room),
		IN_HOUSE(a_long_backlog_is_sealed_in_one_go),
		IN_HOUSE(a_refused_change_leaves_its_event_with_the_refusal),
		IN_HOUSE(whichever_call_fails_nothing_is_lost_or_doubled),
		IN_HOUSE(the_same_for_every_call_of_the_quarter),
		IN_HOUSE(a_crash_between_the_two_stores_is_taken_up),
		IN_HOUSE(a_head_is_signed_each_minute_also_when_nothing_happens),
		IN_HOUSE(a_new_quarter_begins_with_the_last_head_of_the_one_before),
		IN_HOUSE(a_clock_set_back_a_little_keeps_the_tree_and_far_back_begins_one),
		IN_HOUSE(after_a_restore_the_log_goes_on_in_a_tree_that_names_the_witnessed_head),
		IN_HOUSE(a_destroyed_quarter_leaves_its_heads_and_the_rest_verifies),
		IN_HOUSE(a_second_sealer_loses_the_race_without_harm),
		IN_HOUSE(the_thread_seals_by_itself),
		IN_HOUSE(every_filter_finds_exactly_its_events_on_pages_of_any_size),
		IN_HOUSE(the_oldest_come_first_where_that_is_asked_and_what_waits_last),
		IN_HOUSE(every_event_has_a_proof_that_a_stranger_can_check),
		IN_HOUSE(the_command_tells_whether_the_log_is_right_and_proves_an_event),
	};
	return cmocka_run_group_tests_name("audit_log", tests, NULL, NULL);
}
