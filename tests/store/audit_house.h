/*
 * audit_house.h - a house with nothing but a log: for the tests of the log
 *
 * The clock stands still at NOON until the test moves it; the log is open, its thread isn't
 * started. Whatever goes wrong here fails the test.
 */
#ifndef TESTS_STORE_AUDIT_HOUSE_H
#define TESTS_STORE_AUDIT_HOUSE_H

#include "audit/action.h"
#include "audit/list.h"
#include "audit/log.h"
#include "audit/log_store.h"
#include "audit/verify.h"
#include "store_world.h"

/* 22 November 2026, 12.00 UTC: the fourth quarter. */
#define NOON INT64_C(1795348800000)
#define DAY  INT64_C(86400000)

/* A fault among those that faults() gives. */
#define BIT(fault) (UINT32_C(1) << (fault))

struct house {
	struct store_world *w;
	struct audit_log log;
	struct clock clock;
	struct sign_secret secret;
	struct sign_public public;
	struct error err;
};

int audit_house_set_up(void **state);
int audit_house_tear_down(void **state);
#define IN_HOUSE(test)                                                                             \
	cmocka_unit_test_setup_teardown(test, audit_house_set_up, audit_house_tear_down)

/* That actor looked at that signal, now. */
struct audit_event view(const struct house *h, int64_t actor, int64_t object);

/* count events of actors 1, 2, 3, 1.. who looked at signals 100, 101.. */
void happen(struct house *h, int count);

/* How many events wait to be sealed. */
int64_t waiting(struct house *h);

/* Seals until nothing waits. */
void seal_now(struct house *h);

/* Closes everything without a word and opens it again. */
void crash(struct house *h);

/* What verify finds, as bits; *ret (or NULL) is its whole verdict. */
uint32_t faults(struct house *h, struct audit_verdict *ret);

/* Verify finds nothing wrong in exactly so many events and trees, and nothing waits. */
void intact(struct house *h, int64_t events, int64_t trees);

/* All pages of this filter; how many rows, each checked, in pages of `limit`. */
size_t read_all(struct house *h, const struct audit_filter *f, size_t limit);

/* Runs a statement on a database, on the main one, on the quarter's: as a thief with SQL would. */
enum status steal(struct db *db, struct error *err, const char *name, const char *sql);
void in_main(struct house *h, const char *name, const char *sql);
void in_quarter(struct house *h, const char *name, const char *sql);

/* The guard that keeps programs honest is no obstacle to a thief who owns the database. */
void break_guards(struct house *h);

/* 310 sealed events, the first 300 under a head; then the thief's statements (or NULL). */
void tamper(struct house *h, const char *quarter_sql, const char *main_sql);

#endif
