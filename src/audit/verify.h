/*
 * verify.h - is the log what was signed? Every event, every head, every link between trees
 *
 * Reads all trees that aren't destroyed, hashes each event, makes the tree anew and compares its
 * root at every signed size. Found: an event changed, removed, added, moved or swapped; a
 * column that tells something else than its body; a head that was altered, re-signed by a
 * stranger, or that covers more than is there; a tree left out or joined to another one; an
 * inner node that would spoil proofs. Not found: what somebody who holds the signing key wrote
 * anew since the last head that a witness keeps; that's why heads are handed out.
 *
 * Cost: one pass, memory for the heads of one tree; 500,000 events a second or more on SQLite.
 */
#ifndef AUDIT_VERIFY_H
#define AUDIT_VERIFY_H

#include <stdint.h>

#include "audit/log.h"

enum audit_fault {
	FAULT_GAP = 1,    /* at seq: a number is missing or there twice */
	FAULT_BODY,       /* at seq: not the canonical bytes of an event */
	FAULT_COLUMN,     /* at seq: a column differs from the body */
	FAULT_NODE,       /* at seq: the inner node that this event completes differs */
	FAULT_SIZE,       /* at seq: the tree says it has another size or other peaks */
	FAULT_ROOT,       /* at size: the events don't give the signed root */
	FAULT_SIGNATURE,  /* at size: not signed by who it says */
	FAULT_SIGNER,     /* at size: signed by somebody unknown */
	FAULT_SHORT,      /* at size: signed, but so many events aren't there */
	FAULT_UNSIGNED,   /* at size: an ended tree whose last size isn't signed */
	FAULT_FIRST_LEAF, /* the first event isn't the beginning of a tree */
	FAULT_LINK,       /* the first event doesn't name the last head before */
	FAULT_MISSING,    /* the quarter's file is gone though it wasn't destroyed */
	FAULT_COUNT
};

struct audit_finding {
	enum audit_fault fault;
	struct uuid tree;
	int64_t at; /* seq or size, as the fault says */
};

/* English, for the operator: "an event was changed" and the like. */
const char *audit_fault_text(enum audit_fault fault);

struct audit_verdict {
	int64_t trees, destroyed, events, heads;
	int64_t waiting;  /* events not yet sealed */
	int64_t findings; /* 0: the log is what was signed */
};

struct audit_verify_options {
	const struct sign_public *signers; /* who may have signed */
	size_t signer_count;
	void (*found)(void *context, const struct audit_finding *f); /* NULL: only counted */
	void *context;
	size_t findings_max; /* stop after so many; 0: 100 */
};

/* OK: it could all be read, and *ret says what was found. */
MUST_CHECK enum status audit_verify(struct audit_log *log, const struct audit_verify_options *o,
                                    struct audit_verdict *ret, struct error *reterr);

#endif
