/*
 * session.h - who is signed in, as the database knows it
 *
 * Everything that decides about a request is loaded by one statement, or was loaded by an earlier
 * one and its marks haven't moved since (session_memory.h), so that an ended session, appointment
 * or account bites at once. A browser carries a token; the
 * table holds its keyed digest only.
 */
#ifndef PEOPLE_SESSION_H
#define PEOPLE_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "access/access.h"
#include "people/account.h"
#include "people/sign_in.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"

/* A person and the appointment that he works under now. */
struct session {
	int64_t id;       /* 0: came with an API token */
	int64_t token_id; /* 0: came with a session */
	struct session_times times;
	int64_t stepped_up_at;
	struct digest digest;      /* of the token: what CSRF tokens hang on */
	int64_t mark, person_mark; /* move whenever anything here does, but for times.seen_at */

	int64_t person_id;
	const char *full_name, *email;
	enum account_state account;
	int64_t news_seen_at;
	int density, colours;
	bool must_change_password;

	int64_t appointment_id; /* 0: none chosen or none there */
	enum role role;
	int64_t appointment_participant_id, organ_id, desk_id, municipality_id;
	char letter;           /* of the organ; 0: bureau or none */
	int capacity_count;    /* in force now, this one among them or not; 0: not counted */
	const char *on_behalf; /* "college van B en W Duinwaard", "Politie", "RIEC-bureau" */
	struct standing standing;
};

/* ERR_NOT_FOUND: no such token. Whether the session still lives is session_alive()'s to say. */
MUST_CHECK enum status session_load(struct db_read *r, const struct digest *token, int64_t now_ms,
                                    struct arena *a, struct session *ret, struct error *reterr);

/* The same under another appointment of this person; ERR_NOT_FOUND: not his, or not signed. */
MUST_CHECK enum status session_load_under(struct db_read *r, const struct digest *token,
                                          int64_t appointment_id, struct arena *a,
                                          struct session *ret, struct error *reterr);

/* The same for an API token that is neither expired nor revoked at now_ms. */
MUST_CHECK enum status session_of_token(struct db_read *r, const struct digest *token,
                                        int64_t now_ms, struct arena *a, struct session *ret,
                                        struct error *reterr);

/*
 * Asks (db_ask_ahead) whether the marks that s was loaded with still stand; the answer is heard
 * before the snapshot ends. False: something moved, or the database didn't say. Closes the rows.
 */
MUST_CHECK enum status session_ask_marks(struct db_read *r, const struct session *s, int64_t now_ms,
                                         struct db_rows *ret, struct error *reterr);
bool session_marks_stand(struct db_rows *rows, const struct session *s);

/*
 * The meeting to which this appointment is invited and that counts now: the one that runs, else
 * the first to come; 0: none. One at most, so that a viewer's audiences stay bounded.
 */
MUST_CHECK enum status session_current_meeting(struct db_read *r, int64_t appointment_id,
                                               int64_t *ret, struct error *reterr);

/* One of a person's appointments that are in force on this day. */
struct capacity {
	int64_t appointment_id;
	enum role role;
	const char *on_behalf;
	int64_t participant_id;
	int64_t organ_id, desk_id, municipality_id; /* 0: none */
};

/* All capacities of a person on this day, oldest first: an array of struct capacity. */
MUST_CHECK enum status session_capacities(struct db_read *r, int64_t person_id, int64_t today,
                                          int64_t now_ms, struct arena *a, struct array *ret,
                                          struct error *reterr);

/* The same in two steps: asked now, read before the snapshot ends (db_ask). */
MUST_CHECK enum status session_ask_capacities(struct db_read *r, int64_t person_id, int64_t today,
                                              int64_t now_ms, struct db_rows *ret,
                                              struct error *reterr);
MUST_CHECK enum status session_read_capacities(struct db_rows *rows, struct arena *a,
                                               struct array *ret, struct error *reterr);

/* ---- changes, inside a job --------------------------------------------------------- */

struct session_start {
	struct digest token;
	int64_t person_id;
	enum session_stage stage;
	int64_t now_ms;
	const char *device; /* "Firefox op Linux": for the person's own list */
};
MUST_CHECK enum status session_insert(struct db_tx *tx, const struct session_start *s,
                                      int64_t *ret_id, struct error *reterr);

/* The second factor was right: the session is full, under the person's only or first capacity, and
 * the person was seen now. */
MUST_CHECK enum status session_complete(struct db_tx *tx, int64_t session_id,
                                        const struct digest *new_token, int64_t appointment_id,
                                        int64_t now_ms, struct error *reterr);
MUST_CHECK enum status session_choose(struct db_tx *tx, int64_t session_id, int64_t appointment_id,
                                      struct error *reterr);
MUST_CHECK enum status session_touch(struct db_tx *tx, int64_t session_id, int64_t now_ms,
                                     struct error *reterr);
MUST_CHECK enum status session_step_up(struct db_tx *tx, int64_t session_id, int64_t now_ms,
                                       struct error *reterr);
/* Ends one session of this person; ERR_NOT_FOUND: not his, or ended. */
MUST_CHECK enum status session_end(struct db_tx *tx, int64_t person_id, int64_t session_id,
                                   int64_t now_ms, struct error *reterr);
/* Ends all sessions of a person but one (0: all). */
MUST_CHECK enum status session_end_others(struct db_tx *tx, int64_t person_id, int64_t keep_id,
                                          int64_t now_ms, struct error *reterr);

/* ---- the person's own lists -------------------------------------------------------- */

struct session_row {
	int64_t id, created_at, seen_at;
	const char *device;
	bool current;
};
/* Open sessions, newest first: an array of struct session_row. */
MUST_CHECK enum status session_list(struct db_read *r, int64_t person_id, int64_t current_id,
                                    int64_t now_ms, struct arena *a, struct array *ret,
                                    struct error *reterr);

struct sign_in_row {
	int64_t at;
	int outcome; /* enum sign_in_outcome */
	const char *device;
};
/* The last 50: an array of struct sign_in_row. */
MUST_CHECK enum status sign_in_list(struct db_read *r, int64_t person_id, struct arena *a,
                                    struct array *ret, struct error *reterr);
MUST_CHECK enum status sign_in_record(struct db_tx *tx, int64_t person_id, int64_t now_ms,
                                      enum sign_in_outcome outcome, const char *device,
                                      struct error *reterr);

extern const struct db_stmt *const session_statements[];

#endif
