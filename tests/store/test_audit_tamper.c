/* What was signed can be changed by nobody unseen: every fault that a thief can make is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "audit_house.h"

static void waiting_events_can_be_neither_changed_nor_deleted(void **state)
{
	struct house *h = *state;

	happen(h, 1);
	assert_int_not_equal(steal(h->w->db, &h->err, "t1", "UPDATE audit_event SET actor_id = 5"),
	                     OK);
	assert_int_not_equal(steal(h->w->db, &h->err, "t2", "DELETE FROM audit_event"), OK);
	assert_int_equal(waiting(h), 1);
}

static void sealed_events_heads_and_trees_can_be_neither_changed_nor_deleted(void **state)
{
	static const char *const MAIN[] = { "DELETE FROM audit_head", "DELETE FROM audit_tree",
		                            "UPDATE audit_head SET root = signer",
		                            "UPDATE audit_tree SET size = size - 1" };
	static const char *const QUARTER[] = { "DELETE FROM audit_sealed",
		                               "UPDATE audit_sealed SET actor_id = 5" };
	struct house *h = *state;
	struct db *db;
	char name[16];

	happen(h, 3);
	seal_now(h);
	for (size_t i = 0; i < 4; i++) {
		(void)snprintf(name, sizeof name, "m%zu", i);
		assert_int_not_equal(steal(h->w->db, &h->err, name, MAIN[i]), OK);
	}
	assert_int_equal(audit_quarter_borrow(&h->log, 20264, &db, &h->err), OK);
	for (size_t i = 0; i < 2; i++) {
		(void)snprintf(name, sizeof name, "q%zu", i);
		assert_int_not_equal(steal(db, &h->err, name, QUARTER[i]), OK);
	}
	audit_quarter_return(&h->log, 20264);
	intact(h, 4, 1);
}

static void a_changed_body_is_found(void **state)
{
	struct house *h = *state;
	tamper(h,
	       "UPDATE audit_sealed SET body = (SELECT body FROM audit_sealed o WHERE o.seq = 8)"
	       " WHERE seq = 7",
	       NULL);
	assert_true((faults(h, NULL) & BIT(FAULT_ROOT)) != 0);
}

static void a_changed_nonce_is_found(void **state)
{
	struct house *h = *state;
	tamper(h,
	       "UPDATE audit_sealed SET nonce = (SELECT nonce FROM audit_sealed o WHERE o.seq = 8)"
	       " WHERE seq = 7",
	       NULL);
	assert_true((faults(h, NULL) & BIT(FAULT_ROOT)) != 0);
}

static void a_changed_column_is_found(void **state)
{
	struct house *h = *state;
	tamper(h, "UPDATE audit_sealed SET actor_id = 77 WHERE seq = 7", NULL);
	assert_int_equal(faults(h, NULL), BIT(FAULT_COLUMN));
}

static void a_deleted_event_is_found(void **state)
{
	struct house *h = *state;
	tamper(h, "DELETE FROM audit_sealed WHERE seq = 7", NULL);
	assert_true((faults(h, NULL) & BIT(FAULT_GAP)) != 0);
}

static void a_deleted_event_whose_gap_was_closed_is_found(void **state)
{
	struct house *h = *state;
	tamper(h, "DELETE FROM audit_sealed WHERE seq = 7", NULL);
	in_quarter(h, "t_close", "UPDATE audit_sealed SET seq = 7 WHERE seq = 310");
	assert_true((faults(h, NULL) & (BIT(FAULT_ROOT) | BIT(FAULT_SHORT))) != 0);
}

static void a_cut_off_end_is_found(void **state)
{
	struct house *h = *state;
	tamper(h, "DELETE FROM audit_sealed WHERE seq >= 305", "UPDATE audit_tree SET size = size");
	assert_true((faults(h, NULL) & BIT(FAULT_SHORT)) != 0);
}

static void a_changed_inner_node_is_found(void **state)
{
	struct house *h = *state;
	tamper(h, "UPDATE audit_node SET digest = (SELECT nonce FROM audit_sealed WHERE seq = 0)",
	       NULL);
	assert_int_equal(faults(h, NULL), BIT(FAULT_NODE));
}

static void a_changed_head_is_found(void **state)
{
	struct house *h = *state;
	tamper(h, NULL, "UPDATE audit_head SET at_ms = at_ms + 1");
	assert_int_equal(faults(h, NULL), BIT(FAULT_SIGNATURE));
}

static void a_head_of_a_stranger_is_found(void **state)
{
	struct house *h = *state;
	const uint8_t seed[SIGN_SEED_BYTES] = { 8 };

	happen(h, 2);
	const struct sign_public ours = h->public;
	sign_keys(seed, &h->secret, &h->public);
	seal_now(h);
	h->public = ours;
	assert_int_equal(faults(h, NULL), BIT(FAULT_SIGNER));
}

static void deleting_all_heads_of_an_ended_tree_is_found(void **state)
{
	struct house *h = *state;
	happen(h, 2);
	h->clock.fixed_ms = NOON + 60 * DAY;
	happen(h, 1);
	seal_now(h);
	break_guards(h);
	in_main(h, "t_heads",
	        "DELETE FROM audit_head WHERE tree_id ="
	        " (SELECT min(id) FROM audit_tree)");
	assert_true((faults(h, NULL) & BIT(FAULT_UNSIGNED)) != 0);
	assert_true((faults(h, NULL) & BIT(FAULT_LINK)) != 0);
}

static void a_smaller_tree_than_signed_is_found(void **state)
{
	struct house *h = *state;
	tamper(h, NULL, "UPDATE audit_tree SET size = 3");
	/* peaks no longer fit the size: the tree can't even be read */
	struct audit_verdict v;
	const struct audit_verify_options o = { .signers = &h->public, .signer_count = 1 };
	assert_int_not_equal(audit_verify(&h->log, &o, &v, &h->err), OK);
}

static void a_damaged_event_is_still_listed(void **state)
{
	struct house *h = *state;
	const struct audit_filter all = { 0 };
	tamper(h, "UPDATE audit_sealed SET body = nonce WHERE seq = 7", NULL);
	assert_int_equal(read_all(h, &all, 100), 311);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_HOUSE(waiting_events_can_be_neither_changed_nor_deleted),
		IN_HOUSE(sealed_events_heads_and_trees_can_be_neither_changed_nor_deleted),
		IN_HOUSE(a_changed_body_is_found),
		IN_HOUSE(a_changed_nonce_is_found),
		IN_HOUSE(a_changed_column_is_found),
		IN_HOUSE(a_deleted_event_is_found),
		IN_HOUSE(a_deleted_event_whose_gap_was_closed_is_found),
		IN_HOUSE(a_cut_off_end_is_found),
		IN_HOUSE(a_changed_inner_node_is_found),
		IN_HOUSE(a_changed_head_is_found),
		IN_HOUSE(a_head_of_a_stranger_is_found),
		IN_HOUSE(deleting_all_heads_of_an_ended_tree_is_found),
		IN_HOUSE(a_smaller_tree_than_signed_is_found),
		IN_HOUSE(a_damaged_event_is_still_listed),
	};
	return cmocka_run_group_tests_name("audit_tamper", tests, NULL, NULL);
}
