/*
 * list.h - reading the log: the auditor's list, and "wie heeft dit bekeken?"
 *
 * Newest or oldest first, by keyset: a page costs the same wherever it is. Each filter that stands alone
 * has its index (actor, action, object, owner, time); several together scan that of the first
 * in this order: owner, object, actor, action. Events of the last second, not sealed yet, come
 * first on the first page, or last on the last. Destroyed quarters have nothing to show.
 *
 * The caller has decided that this viewer may ask (PERM_LOG_READ, PERM_RECORD_LOG_READ) and
 * logs that he did. Events hold ids and codes, no content.
 */
#ifndef AUDIT_LIST_H
#define AUDIT_LIST_H

#include <stdbool.h>

#include "audit/event.h"
#include "audit/log.h"

/* How it ended, in three words. */
enum audit_outcome {
	AUDIT_ANY_OUTCOME = 0,
	AUDIT_DONE,    /* it was shown or changed */
	AUDIT_REFUSED, /* not allowed, or not for him: he read that it isn't there */
	AUDIT_FAILED   /* incomplete, too late, too much, or a fault of ours */
};
enum audit_outcome audit_outcome_of(const struct audit_event *e);

/* 0: any. Ids count only together with their type. Outcomes have no index: at most
 * AUDIT_SCAN_MAX events are read for a page, which may then be short and say that there is more. */
struct audit_filter {
	enum audit_outcome outcome;
	int64_t actor_id;
	uint16_t action, object_type, owner_type;
	int64_t object_id, owner_id;
	int64_t from_ms, until_ms; /* from included, until not */
	bool oldest_first;
};

/* Where the next page goes on, in the same order; opaque text is the caller's to make. All 0: the first
 * page. */
struct audit_cursor {
	int64_t quarter, at_ms, seq, tree_id;
};

struct audit_row {
	struct audit_event event;
	bool sealed;
	int64_t tree_id, seq; /* its place, when sealed */
};

struct audit_page {
	struct audit_row *rows; /* in the arena */
	size_t count;
	bool more;
	struct audit_cursor next; /* when there is more */
};

enum { AUDIT_PAGE_MAX = 1000, AUDIT_SCAN_MAX = 5000 };

/* limit: 1..AUDIT_PAGE_MAX. Safe from every thread. */
MUST_CHECK enum status audit_list(struct audit_log *log, struct arena *a,
                                  const struct audit_filter *filter,
                                  const struct audit_cursor *from, size_t limit,
                                  struct audit_page *ret, struct error *reterr);

#endif
