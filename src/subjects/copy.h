/*
 * copy.h - the registry of copies: who got which version of which fact, when, by which act
 *
 * Everything that shows or gives a fact leaves a copy here, so that a correction reaches everybody
 * who received *or opened* it (BGS 1.7, decisions 3.11). A page leaves one only for what this
 * appointment never got before: opening it again says nothing new. Rows name facts by uuid and
 * version, never by what they say; they outlive the facts.
 *
 * A view registers in the transaction of its own event: copy_seen() fills response.remember.
 */
#ifndef SUBJECTS_COPY_H
#define SUBJECTS_COPY_H

#include "platform/crypto/uuid.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

/* Stored; never reused. */
enum copy_act {
	COPY_PAGE = 1,
	COPY_API = 2,
	COPY_TAKEN_OVER = 3, /* copied for own systems */
	COPY_CSV = 4,
	COPY_PRINT = 5,
	COPY_PACK = 6
};
extern const struct code COPY_ACTS[];

/* Which facts: of one presence and those joined with it, up to a phase; what tells who the subjects of a casefile are; the
 * same of those that a request asks about; one fact. */
enum copy_scope {
	COPY_OF_PRESENCE = 0,
	COPY_OF_CASEFILE = 1,
	COPY_OF_REQUEST = 2,
	COPY_OF_FACT = 3
};

struct copy {
	enum copy_act act;
	enum copy_scope scope;
	int64_t scope_id, max_phase; /* id of the presence, casefile or request */
	int object_kind;             /* by which it went: OBJECT_CASEFILE, OBJECT_REQUEST */
	int64_t object_id;
	const char *reference;
	int64_t appointment_id, now_ms;
	struct uuid uuid; /* of the copy; filled by copy_seen and copy_given */
};

/* In read: this view shows these facts. Asks whether any of them is new to the appointment, and
 * registers those when the view's event is written. */
MUST_CHECK enum status copy_seen(struct request *rq, struct response *rs, const struct copy *what,
                                 struct error *reterr);
/* In read: all of these facts go out as a copy with a number of its own (print, CSV, pack). */
const struct copy *copy_given(struct request *rq, struct response *rs, const struct copy *what);
/* In apply: the same inside a change; args of the job is a struct copy with its uuid. */
MUST_CHECK enum status copy_put(struct db_tx *tx, const struct copy *what, struct error *reterr);
/* For facts that another room names one by one, as a pack or a document does. */
struct copied_fact {
	struct uuid uuid;
	int64_t version;
};
MUST_CHECK enum status copy_put_facts(struct db_tx *tx, const struct copy *what,
                                      const struct copied_fact *facts, size_t count,
                                      struct error *reterr);

/* "K-" and the first digits of its uuid: what stands on the paper. */
const char *copy_number(struct arena *a, const struct uuid *uuid);

/* Who got this version: an array of struct copy_holder, by name; at most COPY_HOLDERS_MAX. */
enum { COPY_HOLDERS_MAX = 500 };
struct copy_holder {
	int64_t appointment_id, first_at, copies;
	const char *person, *on_behalf; /* on_behalf "": the bureau */
	int act;                        /* of the first time */
	int object_kind;                /* by which he got it first */
	int64_t object_id;
	const char *reference;
};
MUST_CHECK enum status copy_holders(struct db_read *r, const struct uuid *fact, struct arena *a,
                                    struct array *ret, struct error *reterr);

/* Copies that went out by one casefile or request, newest first, at most 200. */
struct copy_row {
	int64_t id, at, facts;
	struct uuid uuid;
	int act;
	const char *person, *on_behalf;
};
MUST_CHECK enum status copy_list(struct db_read *r, int object_kind, int64_t object_id,
                                 struct arena *a, struct array *ret, struct error *reterr);

extern const struct db_stmt *const copy_statements[];

#endif
