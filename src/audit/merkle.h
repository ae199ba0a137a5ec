/*
 * merkle.h - the tree that makes a log tamper-evident: pure mathematics, no store
 *
 * Source: RFC 9162 (Certificate Transparency 2.0), section 2.1, the same tree as RFC 6962.
 *   leaf  = SHA-256(0x00 || nonce || body)
 *   node  = SHA-256(0x01 || left || right)
 *   MTH of n leaves: split at the largest power of two below n; n = 0: SHA-256 of nothing.
 *
 * A frontier holds the roots of the complete subtrees from left to right, so a log grows by
 * one leaf in O(1) hashes on average, O(log n) at worst, and 64 digests of memory. A proof is
 * made from a source of complete subtrees, and checked with nothing but digests.
 */
#ifndef AUDIT_MERKLE_H
#define AUDIT_MERKLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/crypto/crypto.h"

enum { MERKLE_LEVELS_MAX = 63, MERKLE_PATH_MAX = 2 * MERKLE_LEVELS_MAX };

/* Roots of the complete subtrees of a tree of `size` leaves; one per bit of size, highest first. */
struct merkle_frontier {
	uint64_t size;
	uint32_t count; /* of peaks: bits set in size */
	struct digest peaks[MERKLE_LEVELS_MAX];
};

struct digest merkle_leaf(const void *nonce, size_t nonce_len, const void *body, size_t body_len);
struct digest merkle_node(const struct digest *left, const struct digest *right);

/* A complete subtree that just came to be: of 2^level leaves, the index-th of its level from 0. */
struct merkle_complete {
	uint32_t level;
	uint64_t index;
	struct digest root;
};

/*
 * Adds a leaf. ret (may be NULL) gets the subtrees that it completed, lowest (the leaf itself)
 * first; returns how many, at most MERKLE_LEVELS_MAX.
 */
size_t merkle_append(struct merkle_frontier *f, const struct digest *leaf,
                     struct merkle_complete ret[MERKLE_LEVELS_MAX]);

/* The root of the whole tree. */
struct digest merkle_root(const struct merkle_frontier *f);

/* Gives the root of a complete subtree; false: can't be read, and the proof isn't made. */
struct merkle_source {
	bool (*complete)(void *context, uint32_t level, uint64_t index, struct digest *ret);
	void *context;
};

struct merkle_path {
	size_t count;
	struct digest digests[MERKLE_PATH_MAX];
};

/* RFC 9162 2.1.3.1: that leaf index (< size) is in the tree of the first size leaves. */
MUST_CHECK bool merkle_inclusion(const struct merkle_source *source, uint64_t index, uint64_t size,
                                 struct merkle_path *ret);
/* RFC 9162 2.1.4.1: that the tree of first leaves (0 < first <= second) is the beginning of that of
 * second. */
MUST_CHECK bool merkle_consistency(const struct merkle_source *source, uint64_t first,
                                   uint64_t second, struct merkle_path *ret);
/* The root of the tree of the first size leaves. */
MUST_CHECK bool merkle_root_at(const struct merkle_source *source, uint64_t size,
                               struct digest *ret);

/* RFC 9162 2.1.3.2 and 2.1.4.2: true only for a proof that holds. */
bool merkle_inclusion_holds(const struct digest *leaf, uint64_t index, uint64_t size,
                            const struct digest *root, const struct merkle_path *path);
bool merkle_consistency_holds(uint64_t first, const struct digest *first_root, uint64_t second,
                              const struct digest *second_root, const struct merkle_path *path);

#endif
