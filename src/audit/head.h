/*
 * head.h - what the node signs about its log, and proofs as text that a stranger can check
 *
 * A head says: the tree with this name had this many leaves and this root at this moment. It
 * is signed with Ed25519 over "plein-log-head-v1\0" || tree (16) || size (8, big-endian) ||
 * at_ms (8, big-endian) || root (32). Heads outlive the events they cover.
 *
 * Text forms, one line each, single spaces, lower-case hex, decimal numbers without leading
 * zeros, so that each thing has one text:
 *   head 1 <tree> <size> <at_ms> <root> <public key> <signature>
 *   inclusion 1 <tree> <index> <size> <leaf> <digest>,<digest>,...|-
 *   consistency 1 <tree> <first> <second> <digest>,...|-
 */
#ifndef AUDIT_HEAD_H
#define AUDIT_HEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/merkle.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/uuid.h"

struct audit_head {
	struct uuid tree;
	uint64_t size;
	int64_t at_ms;
	struct digest root;
	struct sign_public signer;
	struct signature signature;
};

/* A signed head with its place, for lists. */
struct audit_head_row {
	int64_t tree_id, quarter;
	struct audit_head head;
};

/* Some of them, in room for `limit`. */
struct audit_head_page {
	struct audit_head_row *rows;
	size_t count, limit;
};

/* Signs tree, size, at_ms and root; fills signer and signature. */
void audit_head_sign(struct audit_head *head, const struct sign_secret *secret,
                     const struct sign_public *public);
/* Did this signer sign it? Says nothing about whether the signer is ours: compare head->signer. */
bool audit_head_holds(const struct audit_head *head);

enum proof_kind { PROOF_INCLUSION = 1, PROOF_CONSISTENCY = 2 };

struct audit_proof {
	enum proof_kind kind;
	struct uuid tree;
	uint64_t first;     /* inclusion: the leaf's index; consistency: the older size */
	uint64_t second;    /* the size of the tree it is proven in */
	struct digest leaf; /* inclusion only */
	struct merkle_path path;
};

/* Does the proof hold for these heads? older is for a consistency proof only, NULL otherwise.
 * Both heads must be signed and by the same signer; trees and sizes must be the proof's. */
bool audit_proof_holds(const struct audit_proof *proof, const struct audit_head *older,
                       const struct audit_head *head);

enum {
	AUDIT_HEAD_TEXT_BYTES = 400,
	AUDIT_PROOF_TEXT_BYTES = 256 + MERKLE_PATH_MAX * (2 * DIGEST_BYTES + 1),
};

void audit_head_text(const struct audit_head *head, char ret[AUDIT_HEAD_TEXT_BYTES]);
void audit_proof_text(const struct audit_proof *proof, char ret[AUDIT_PROOF_TEXT_BYTES]);
/* text: one line without its newline, from anywhere. True only for the one text of a thing. */
bool audit_head_parse(const char *text, struct audit_head *ret);
bool audit_proof_parse(const char *text, struct audit_proof *ret);

#endif
