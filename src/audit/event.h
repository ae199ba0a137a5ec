/*
 * event.h - one line of the log: who did what to which thing, when, in which capacity
 *
 * Ids, codes and pseudonyms only: no free text, no search word, no name, no network address
 * (D 4.2 as amended by decisions 7.1; WGS 1.8(4)). A purpose text or a query is stored sealed
 * elsewhere and its keyed digest here.
 *
 * The body is the event as canonical bytes: format byte 1, then fields in ascending order of
 * their tag, each once and only when not zero: tag byte, then a base-128 number (shortest
 * form, low seven bits first) or bytes of fixed length. So an event has exactly one body, and a
 * body that decodes encodes to itself. A typical body has 45 bytes.
 */
#ifndef AUDIT_EVENT_H
#define AUDIT_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/crypto/crypto.h"
#include "platform/crypto/uuid.h"

enum { AUDIT_NONCE_BYTES = 16, AUDIT_QUERY_BYTES = 16, AUDIT_BODY_MAX_BYTES = 320 };

/* The last head of the tree before: only in the first event of a tree. */
struct audit_before {
	struct uuid tree;
	uint64_t size; /* 0: there is none before */
	struct digest root;
};

/* Zero or 0-filled means "none" for every member. Ids are the program's own, never negative. */
struct audit_event {
	int64_t at_ms;    /* milliseconds UTC; > 0 */
	uint16_t action;  /* enum audit_action; > 0 */
	uint8_t result;   /* enum status: OK, ERR_DENIED, ... */
	int64_t actor_id; /* person; 0: a stranger or the system itself */
	int64_t appointment_id;
	uint8_t role;                     /* enum role of access/ */
	int64_t participant_id, organ_id; /* for whom, on behalf of which organ */
	int64_t session_id, token_id;
	uint64_t origin;      /* keyed pseudonym of the network address (crypto/token.h) */
	uint64_t request;     /* the request id, as in the access log */
	uint16_t object_type; /* enum audit_object */
	int64_t object_id;
	uint16_t owner_type; /* the signal or casefile that the object belongs to */
	int64_t owner_id;
	uint64_t subject; /* keyed pseudonym of the presence it was about */
	uint8_t activity, phase;
	uint16_t purpose, basis;          /* codes */
	uint64_t categories;              /* bits: data categories shown or changed */
	int64_t count_plus_1;             /* rows shown or exported, plus one; 0: not a list */
	uint8_t query[AUDIT_QUERY_BYTES]; /* keyed digest of a query or purpose text */
	struct audit_before before;
};

struct audit_body {
	size_t len;
	uint8_t bytes[AUDIT_BODY_MAX_BYTES];
};

/* at_ms and action are set and no id is negative (asserted: the program's own doing). */
void audit_body_encode(const struct audit_event *e, struct audit_body *ret);

/* True only for canonical bytes; for anything, hostile bytes included. */
bool audit_body_decode(const uint8_t *bytes, size_t len, struct audit_event *ret);

/*
 * One JSON object on one line, without newline: for export and the auditor. Names of actions
 * and objects as in action.h. Returns the length; ret is always terminated.
 */
enum { AUDIT_JSON_MAX_BYTES = 1536 };
size_t audit_event_json(const struct audit_event *e, char ret[AUDIT_JSON_MAX_BYTES]);

#endif
