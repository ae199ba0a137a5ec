/*
 * prove.h - proofs out of the store, for somebody who has nothing but the public key
 *
 * Of a quarter whose bodies still are there. A proof reads at most 27 inner nodes and 256
 * events, whatever the size of the log.
 */
#ifndef AUDIT_PROVE_H
#define AUDIT_PROVE_H

#include "audit/head.h"
#include "audit/log.h"

/* That event seq of this tree is covered by *ret_head, the first signed after it. ERR_NOT_FOUND:
 * no such tree, or nothing signed yet. ERR_CONFLICT: the quarter was destroyed. */
MUST_CHECK enum status audit_prove_event(struct audit_log *log, const struct uuid *tree,
                                         int64_t seq, struct audit_proof *ret,
                                         struct audit_head *ret_head, struct error *reterr);

/* That the head of `first` leaves is the beginning of that of `second`; both must be signed. */
MUST_CHECK enum status audit_prove_growth(struct audit_log *log, const struct uuid *tree,
                                          uint64_t first, uint64_t second, struct audit_proof *ret,
                                          struct error *reterr);

/* The newest head, of the newest tree that has one. */
MUST_CHECK enum status audit_newest_head(struct audit_log *log, struct audit_head *ret,
                                         struct error *reterr);

/* Where a page of heads begins; tree_id 0: at the newest. */
struct audit_head_place {
	int64_t tree_id, size;
};

/* Signed heads, newest first, from below this place on: at most limit (1 or more), in the arena. */
MUST_CHECK enum status audit_heads(struct audit_log *log, struct arena *a,
                                   const struct audit_head_place *below, size_t limit,
                                   struct audit_head_page *ret, struct error *reterr);

#endif
