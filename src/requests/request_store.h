/*
 * request_store.h - requests, their parts, what was written down, and who may see them
 *
 * Reading a request asks for the viewer: one that isn't open to him is ERR_NOT_FOUND. What is shown
 * of it goes through request_shown() and answer_shown() (information_request.h). Writing happens
 * inside a job, after db_claim of REQUEST_ROOT.
 */
#ifndef REQUESTS_REQUEST_STORE_H
#define REQUESTS_REQUEST_STORE_H

#include "platform/crypto/crypto.h"
#include "platform/crypto/sealed_key.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"
#include "requests/answer.h"
#include "requests/information_request.h"

extern const struct db_root REQUEST_ROOT;

/* ---- reading ----------------------------------------------------------------------------------- */

struct information_request {
	int64_t id, version, casefile_id, participant_id, organ_id;
	struct uuid uuid;
	const char *reference, *participant, *on_behalf;
	char letter; /* of the organ */
	int kind;    /* enum request_kind */
	bool urgent, empty, late;
	uint16_t template_code;
	enum law_phase phase;        /* highest that it asks for */
	uint8_t state;               /* as stored; show request_shown() */
	int64_t due_day, wanted_day; /* days; 0: none */
	int64_t state_since, created_at, issued_at, answered_at; /* ms; 0: not yet */
	int64_t written_by, handler_id;                          /* appointments; 0: nobody */
	const char *handler;                                     /* name, "" for nobody */
	int64_t key_id;
	struct span question, necessity, settled; /* sealed */
};
MUST_CHECK enum status request_load(struct db_read *r, const struct viewer *viewer,
                                    const char *reference, struct arena *a,
                                    struct information_request *ret, struct error *reterr);

/* For the house itself. ERR_NOT_FOUND: it is open to nobody any more. */
MUST_CHECK enum status request_load_known(struct db_read *r, int64_t id, struct arena *a,
                                          struct information_request *ret, struct error *reterr);

/* Of a casefile, that ask about this presence (0: about whomever) and still have words, whoever may
 * open them: an array of struct information_request. */
MUST_CHECK enum status requests_about(struct db_read *r, int64_t casefile_id, int64_t presence_id,
                                      struct arena *a, struct array *ret, struct error *reterr);

struct request_texts {
	const char *question, *necessity; /* "" once forgotten */
	const char *settled; /* why words in them that look wrong are right; "": nothing was said */
};
MUST_CHECK enum status request_texts_open(struct db_read *r, struct keyring *k,
                                          const struct information_request *q, struct arena *a,
                                          struct request_texts *ret, struct error *reterr);

/* By category and presence: an array of struct request_part. */
MUST_CHECK enum status request_parts(struct db_read *r, int64_t request_id, struct arena *a,
                                     struct array *ret, struct error *reterr);

enum item_stage { ITEM_WRITTEN = 1, ITEM_SENT = 2, ITEM_KEPT = 3, ITEM_SENT_BACK = 4 };
struct request_item {
	int64_t id, number, presence_id, written_at;
	struct uuid uuid;
	enum item_stage stage;
	bool is_fact; /* it stands in the casefile */
	enum law_phase phase;
	struct answer_item item; /* text "" and no figures once it was sent back */
};
/* In the order in which they were written: an array of struct request_item, opened. */
MUST_CHECK enum status request_items(struct db_read *r, struct keyring *k,
                                     const struct information_request *q, struct arena *a,
                                     struct array *ret, struct error *reterr);

struct request_event {
	int64_t at;
	uint8_t action;           /* enum request_action */
	const char *organisation; /* "" for the system */
};
MUST_CHECK enum status request_history(struct db_read *r, int64_t request_id, struct arena *a,
                                       struct array *ret, struct error *reterr);

/* Code of law_refusal_reasons() (0: none given) and words. ERR_NOT_FOUND: nothing was recorded. */
MUST_CHECK enum status request_reason(struct db_read *r, struct keyring *k,
                                      const struct information_request *q, struct arena *a,
                                      int *ret_class, const char **ret_words, struct error *reterr);

/* What the rules ask of the request itself; the caller fills in what lies in the casefile. */
MUST_CHECK enum status request_picture_load(struct db_read *r, int64_t request_id,
                                            struct request_picture *ret, struct error *reterr);

struct request_row {
	int64_t id, place, due_day, casefile_id, issued_at; /* issued_at: 0: a draft */
	const char *reference, *participant, *casefile;
	int theme;     /* of the casefile */
	uint8_t state; /* as this viewer is shown it */
	int kind;
	bool urgent, late;
	int64_t subjects;
};
struct request_query {
	const struct viewer *viewer;
	int64_t place;         /* where the page begins, not itself in it */
	const char *reference; /* the row at that place; NULL: the start */
	bool backward;
	uint64_t states; /* bits of shown states; 0: any */
	int64_t limit;
};
/* What waits first, by its last day. */
MUST_CHECK enum status request_rows(struct db_read *r, const struct request_query *q,
                                    struct arena *a, struct array *ret, struct error *reterr);
/* Those of a casefile that are open to this viewer: an array of struct request_row. */
MUST_CHECK enum status request_rows_of(struct db_read *r, const struct viewer *viewer,
                                       int64_t casefile_id, struct arena *a, struct array *ret,
                                       struct error *reterr);

struct provision_row {
	int64_t id, day, subjects, items;
	const char *reference;
	enum law_category category;
};
/* What this organ gave from one day up to and including another, oldest first. */
MUST_CHECK enum status request_provisions(struct db_read *r, int64_t organ_id, int64_t from_day,
                                          int64_t until_day, struct arena *a, struct array *ret,
                                          struct error *reterr);

struct ageing_row {
	const char *participant;
	int64_t waiting, late, oldest_due, answered,
	    answer_days; /* answer_days: average, calendar */
};
/* Per partner; answered since since_ms: an array of struct ageing_row. */
MUST_CHECK enum status request_ageing(struct db_read *r, int64_t since_ms, struct arena *a,
                                      struct array *ret, struct error *reterr);

/* Is this an appointment in force at the desk of this organ? */
MUST_CHECK enum status request_may_handle(struct db_read *r, int64_t appointment_id,
                                          int64_t organ_id, int64_t today, int64_t now_ms,
                                          bool *ret, struct error *reterr);

/* Who it is open to; the same set is written as its audiences. */
void request_thing(const struct information_request *q, struct thing *ret);

/* ---- sealing, in prepare --------------------------------------------------------------------------- */

struct sealed_texts {
	struct fresh_key key;
	const uint8_t *question, *necessity, *settled; /* settled NULL: nothing was said */
	size_t question_len, necessity_len, settled_len;
	int64_t question_chars, necessity_chars;
};
void request_seal_texts(struct keyring *k, const struct uuid *request,
                        const struct request_texts *texts, struct arena *a,
                        struct sealed_texts *ret);

struct sealed_item {
	struct uuid uuid;
	struct fresh_key key;
	int64_t presence_id;
	enum law_phase phase;
	struct answer_item item;          /* its text and figures aren't stored but in content */
	const uint8_t *content, *settled; /* settled NULL: nothing was said */
	size_t content_len, settled_len;
};
void request_seal_item(struct keyring *k, const struct answer_item *item, int64_t presence_id,
                       int64_t participant_id, int64_t now_ms, struct arena *a,
                       struct sealed_item *ret);

struct sealed_reason {
	struct fresh_key key;
	const uint8_t *reason;
	size_t len;
};
void request_seal_reason(struct keyring *k, const struct uuid *request, int reason_class,
                         const char *words, struct arena *a, struct sealed_reason *ret);

/* ---- writing, inside a job --------------------------------------------------------------------------- */

struct request_new {
	struct uuid uuid;
	const struct mac_key *reference_key;
	int64_t casefile_id, participant_id, organ_id, appointment_id, now_ms;
	int kind;
	bool urgent;
	uint16_t template_code;
	struct sealed_texts texts;
	const struct request_part *parts;
	size_t part_count;
};
MUST_CHECK enum status request_insert(struct db_tx *tx, const struct request_new *n,
                                      int64_t *ret_id, const char **ret_reference,
                                      struct error *reterr);

/* Other words and parts for a draft, under a key of their own; its old ones and their key go. The
 * caller claimed it; organ and casefile stay. ERR_CONFLICT: it isn't a draft any more. */
MUST_CHECK enum status request_rewrite(struct db_tx *tx, const struct information_request *q,
                                       const struct request_new *n, struct error *reterr);

struct request_moving {
	const struct information_request *request; /* as claimed */
	const struct move *move;
	const struct viewer *viewer; /* NULL: the system */
	int64_t now_ms;
	int64_t due_day;    /* to set; 0: as it is */
	int64_t wanted_day; /* to set; -1: as it is */
	int64_t handler_id; /* to set; 0: as it is */
	int64_t offered_by; /* person; 0: as it is */
};
/* The move with what every move does: state, history, audiences. ERR_CONFLICT: it isn't in the
 * state any more. */
MUST_CHECK enum status request_move(struct db_tx *tx, const struct request_moving *m,
                                    struct error *reterr);

/* ERR_CONFLICT: the request holds ANSWER_ITEMS_MAX of them. */
MUST_CHECK enum status request_item_add(struct db_tx *tx, int64_t request_id,
                                        const struct sealed_item *item, int64_t appointment_id,
                                        int64_t now_ms, struct error *reterr);
/* Takes one back that wasn't sent yet, with its key. */
MUST_CHECK enum status request_item_remove(struct db_tx *tx, int64_t request_id, int64_t number,
                                           struct error *reterr);
/* Of a part, or of all open parts of a subject (category NONE), or of all (presence 0). What
 * was written there goes when the state is ANSWER_NOTHING or ANSWER_REFUSED. */
MUST_CHECK enum status request_part_set(struct db_tx *tx, int64_t request_id, int64_t presence_id,
                                        enum law_category category, enum answer_state state,
                                        struct error *reterr);
/* Everything written is sent, and stands in the register of provisions. */
MUST_CHECK enum status request_items_send(struct db_tx *tx, const struct information_request *q,
                                          int64_t now_ms, struct error *reterr);
/* Keeps a sent item, or sends it back: then its content and key are gone. */
MUST_CHECK enum status request_item_judge(struct db_tx *tx, int64_t request_id, int64_t number,
                                          bool keep, int64_t appointment_id, int64_t now_ms,
                                          struct error *reterr);
/* A kept item became this fact of the casefile. */
MUST_CHECK enum status request_item_filed(struct db_tx *tx, int64_t request_id, int64_t number,
                                          const struct uuid *fact, struct error *reterr);
MUST_CHECK enum status request_reason_put(struct db_tx *tx, int64_t request_id,
                                          const struct sealed_reason *reason, struct error *reterr);

extern const struct db_stmt *const request_statements[];
extern const struct db_stmt *const request_seal_statements[];
extern const struct db_stmt *const request_write_statements[];
extern const struct db_stmt *const request_draft_statements[];

#endif
