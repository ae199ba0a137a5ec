/*
 * export.h - events as lines for an auditor who has nothing but the public key
 *
 * Each line is a JSON object: seq, nonce and body (hex: the leaf is SHA-256(0x00 || nonce ||
 * body)), and the event in words. With a head and proofs (prove.h) each line can be checked.
 */
#ifndef AUDIT_EXPORT_H
#define AUDIT_EXPORT_H

#include "audit/log.h"
#include "platform/core/arena.h"
#include "platform/core/out.h"

enum { AUDIT_EXPORT_MAX = 500 };

/* Sealed events of this tree from seq `from` on, at most AUDIT_EXPORT_MAX. ERR_NOT_FOUND: no such
 * tree, or its quarter was destroyed. */
MUST_CHECK enum status audit_export(struct audit_log *log, const struct uuid *tree, int64_t from,
                                    struct arena *a, struct out *ret, struct error *reterr);

#endif
