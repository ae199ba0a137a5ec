#include "audit_house.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "audit/list.h"
#include "audit/record.h"

static void open_log(struct house *h)
{
	const struct audit_log_config cfg = { .db = h->w->db,
		                              .db_cfg = &h->w->cfg,
		                              .secret = &h->secret,
		                              .public = &h->public,
		                              .clock = &h->clock };
	assert_int_equal(audit_log_open(&h->log, &cfg, &h->err), OK);
}

int audit_house_set_up(void **state)
{
	struct house *h = calloc(1, sizeof *h);
	const uint8_t seed[SIGN_SEED_BYTES] = { 7 };

	if (h == NULL || crypto_init(&h->err) != OK)
		return -1;
	h->w = store_world_new(&(struct store_wish){ .write_event = audit_write });
	h->clock = clock_fixed(NOON);
	sign_keys(seed, &h->secret, &h->public);
	open_log(h);
	*state = h;
	return 0;
}

int audit_house_tear_down(void **state)
{
	struct house *h = *state;
	audit_log_close(&h->log);
	store_world_free(h->w);
	free(h);
	return 0;
}

struct audit_event view(const struct house *h, int64_t actor, int64_t object)
{
	return (struct audit_event){ .at_ms = h->clock.fixed_ms,
		                     .action = AUDIT_SIGNAL_VIEW,
		                     .actor_id = actor,
		                     .object_type = OBJECT_SIGNAL,
		                     .object_id = object };
}

void happen(struct house *h, int count)
{
	for (int i = 0; i < count; i++) {
		struct audit_event e = view(h, 1 + i % 3, 100 + i);
		assert_int_equal(audit_tell(h->w->db, &e, &h->err), OK);
	}
}

int64_t waiting(struct house *h)
{
	return store_world_number(h->w, "SELECT count(*) FROM audit_event");
}

void seal_now(struct house *h)
{
	/* On PostgreSQL events wait for every older transaction, the server's own included. */
	for (int i = 0; i < 20000; i++) {
		if (audit_log_seal_now(&h->log, &h->err) != OK)
			fail_msg("seal: %s", h->err.cause);
		if (waiting(h) == 0)
			return;
		(void)nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
	}
	fail_msg("events wait for ever");
}

static void note_finding(void *context, const struct audit_finding *f)
{
	*(uint32_t *)context |= UINT32_C(1) << f->fault;
}

uint32_t faults(struct house *h, struct audit_verdict *ret)
{
	uint32_t bits = 0;
	struct audit_verdict unused;
	const struct audit_verify_options o = {
		.signers = &h->public, .signer_count = 1, .found = note_finding, .context = &bits
	};
	const enum status st = audit_verify(&h->log, &o, ret == NULL ? &unused : ret, &h->err);
	if (st != OK)
		fail_msg("verify: %s", h->err.cause);
	return bits;
}

void intact(struct house *h, int64_t events, int64_t trees)
{
	struct audit_verdict v;
	assert_int_equal(faults(h, &v), 0);
	assert_int_equal(v.events, events);
	assert_int_equal(v.trees, trees);
	assert_int_equal(v.waiting, 0);
}

/* Runs a statement on the main database or on the quarter's, as a thief with SQL would. */
static enum status thief_job(struct db_tx *tx, void *args, struct error *reterr)
{
	return db_exec(tx, args, DB_NO_ARGS, NULL, reterr);
}

enum status steal(struct db *db, struct error *err, const char *name, const char *sql)
{
	static struct db_stmt statements[256]; /* a connection knows a statement by its address */
	static size_t count;
	static char names[256][24];
	struct db_stmt *s = &statements[count];

	assert_true(count < 256);
	(void)snprintf(names[count], sizeof names[count], "%s_%zu", name, count);
	*s = (struct db_stmt){ names[count++], "", sql };
	struct db_job job = { .run = thief_job, .args = s };
	return db_run(db, &job, err);
}

void in_main(struct house *h, const char *name, const char *sql)
{
	if (steal(h->w->db, &h->err, name, sql) != OK)
		fail_msg("%s: %s", sql, h->err.cause);
}

void in_quarter(struct house *h, const char *name, const char *sql)
{
	struct db *db;
	assert_int_equal(audit_quarter_borrow(&h->log, 20264, &db, &h->err), OK);
	const enum status st = steal(db, &h->err, name, sql);
	audit_quarter_return(&h->log, 20264);
	if (st != OK)
		fail_msg("%s: %s", sql, h->err.cause);
}

void break_guards(struct house *h)
{
	if (store_engine() == DB_SQLITE) {
		in_quarter(h, "guard_1", "DROP TRIGGER audit_sealed_stays");
		in_quarter(h, "guard_2", "DROP TRIGGER audit_sealed_keeps");
		in_main(h, "guard_3", "DROP TRIGGER audit_head_same");
		in_main(h, "guard_4", "DROP TRIGGER audit_head_stays");
		in_main(h, "guard_5", "DROP TRIGGER audit_tree_grows");
		return;
	}
	in_main(h, "guard_1", "DROP TRIGGER audit_sealed_stays ON audit_sealed");
	in_main(h, "guard_2", "DROP TRIGGER audit_node_stays ON audit_node");
	in_main(h, "guard_3", "DROP TRIGGER audit_head_same ON audit_head");
	in_main(h, "guard_4", "DROP TRIGGER audit_head_stays ON audit_head");
	in_main(h, "guard_5", "DROP TRIGGER audit_tree_grows ON audit_tree");
}

void crash(struct house *h)
{
	audit_log_close(&h->log);
	store_world_shut(h->w);
	store_world_open(h->w);
	open_log(h);
}

void tamper(struct house *h, const char *quarter_sql, const char *main_sql)
{
	happen(h, 300);
	h->clock.fixed_ms += AUDIT_SIGN_EVERY_MS;
	seal_now(h);
	happen(h, 10);
	seal_now(h);
	break_guards(h);
	if (quarter_sql != NULL)
		in_quarter(h, "thief_quarter", quarter_sql);
	if (main_sql != NULL)
		in_main(h, "thief_main", main_sql);
}

size_t read_all(struct house *h, const struct audit_filter *f, size_t limit)
{
	struct audit_cursor at = { 0 };
	struct audit_page page = { .more = true };
	size_t count = 0;
	int64_t last = f->oldest_first ? INT64_MIN : INT64_MAX;

	while (page.more) {
		struct arena a;
		arena_init(&a, 1 << 22);
		assert_int_equal(audit_list(&h->log, &a, f, &at, limit, &page, &h->err), OK);
		assert_true(page.count <= limit);
		for (size_t i = 0; i < page.count; i++) {
			const int64_t at_ms = page.rows[i].event.at_ms;
			assert_true(f->oldest_first ? at_ms >= last : at_ms <= last);
			last = at_ms;
		}
		count += page.count;
		at = page.next;
		arena_reset(&a);
	}
	return count;
}
