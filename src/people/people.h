/*
 * people.h - persons and their appointments: who works with Plein, in which role, for whom
 *
 * Rules stand in account.h and appointment.h; this is their store and the public face of the
 * room. A viewer sees people of his own participant; the bureau's head, the DPO and the
 * auditor see all: every statement that lists carries that scope.
 */
#ifndef PEOPLE_PEOPLE_H
#define PEOPLE_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "access/access.h"
#include "people/account.h"
#include "people/appointment.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"

struct person {
	int64_t id, version;
	const char *email, *full_name, *phone;
	int64_t participant_id;
	const char *participant;
	bool bureau;   /* employed by the RIEC bureau */
	uint8_t state; /* enum account_state */
	int screening_manner;
	int64_t screened_on, trained_on, recertified_on; /* days; NO_DAY: never */
	int64_t requested_at, last_seen_at;              /* ms; seen: signed in, 0: never */
	bool demo;
	const uint8_t *sort_key; /* for the next page of a list */
	size_t sort_key_len;
};

struct appointment {
	int64_t id, version, person_id;
	const char *person; /* full name */
	enum role role;
	int64_t participant_id, organ_id, desk_id, municipality_id, deputy_for;
	const char *participant, *on_behalf, *desk;
	char letter;
	bool bureau;
	int64_t from_day, until_day, ended_at;
	uint8_t state; /* enum appointment_state */
	int64_t proposed_by, proposed_at;
	const char *proposer, *reason;
};

/* Whose people a viewer may see. */
struct people_scope {
	bool all;
	int64_t participant_id;
};
struct people_scope people_scope_of(const struct viewer *viewer);

/* ---- reading ----------------------------------------------------------------------- */

MUST_CHECK enum status person_load(struct db_read *r, const struct people_scope *scope, int64_t id,
                                   struct arena *a, struct person *ret, struct error *reterr);

struct person_filter {
	int state;                /* enum account_state, 0: any */
	const uint8_t *after_key; /* ICU sort key of the last row, NULL: from the start */
	size_t after_len;
	int64_t after_id;
	bool backward; /* from Z to A; person_lines() alone */
	int64_t limit;
};
/* Who stands in a list: what its row shows, and no more. */
struct person_line {
	int64_t id;
	const char *full_name, *participant;
	uint8_t state; /* enum account_state */
	int screening_manner;
	int64_t screened_on; /* NO_DAY: never */
};
/* By name: an array of struct person_line. */
MUST_CHECK enum status person_lines(struct db_read *r, const struct people_scope *scope,
                                    const struct person_filter *f, struct arena *a,
                                    struct array *ret, struct error *reterr);
/* The same, whole: an array of struct person. */
MUST_CHECK enum status person_list(struct db_read *r, const struct people_scope *scope,
                                   const struct person_filter *f, struct arena *a,
                                   struct array *ret, struct error *reterr);

/* All appointments of a person, newest first: an array of struct appointment. */
MUST_CHECK enum status appointment_list(struct db_read *r, int64_t person_id, struct arena *a,
                                        struct array *ret, struct error *reterr);
MUST_CHECK enum status appointment_load(struct db_read *r, const struct people_scope *scope,
                                        int64_t id, struct arena *a, struct appointment *ret,
                                        struct error *reterr);
/* Appointments in force at a participant, but for one person's own, by name: who may take over. */
MUST_CHECK enum status appointment_colleagues(struct db_read *r, int64_t participant_id,
                                              int64_t but_person_id, struct arena *a,
                                              struct array *ret, struct error *reterr);
/* Proposals that wait for a second signature, oldest first (newest first when backward), after
 * this place: an array of at most limit struct appointment. */
struct proposal_query {
	int64_t proposed_at, id;
	bool backward;
	int64_t limit;
};
MUST_CHECK enum status appointment_proposals(struct db_read *r, const struct people_scope *scope,
                                             const struct proposal_query *asked, struct arena *a,
                                             struct array *ret, struct error *reterr);

struct history_row {
	int64_t at;
	const char *actor;
	int action;
	uint8_t from_state, to_state;
	bool of_appointment;
	int64_t appointment_id; /* 0: of the account */
	const char *note;
};
MUST_CHECK enum status people_history(struct db_read *r, int64_t person_id, struct arena *a,
                                      struct array *ret, struct error *reterr);

/* ---- writing, inside a job --------------------------------------------------------- */

extern const struct db_root PERSON_ROOT;
extern const struct db_root APPOINTMENT_ROOT;

struct person_new {
	struct uuid uuid;
	const char *email, *full_name, *phone; /* email in lower case */
	const uint8_t *sort_key;
	size_t sort_key_len;
	int64_t participant_id;
	enum account_state state;
	int screening_manner;
	int64_t screened_on, trained_on, requested_at;
	bool demo;
};
/* ERR_CONFLICT: the address is taken. */
MUST_CHECK enum status person_insert(struct db_tx *tx, const struct person_new *p, int64_t *ret_id,
                                     struct error *reterr);

struct appointment_new {
	struct uuid uuid;
	int64_t person_id;
	enum role role;
	int64_t participant_id;
	int64_t organ_id, desk_id, municipality_id, deputy_for; /* 0: none */
	int64_t from_day, until_day;
	enum appointment_state state;
	int64_t proposed_by, proposed_at;
	const char *reason;
};
MUST_CHECK enum status appointment_insert(struct db_tx *tx, const struct appointment_new *n,
                                          int64_t *ret_id, struct error *reterr);

/* What the machine's guards ask, for this actor. */
struct actor {
	int64_t person_id, participant_id;
	bool head;
};
MUST_CHECK enum status account_picture_load(struct db_read *r, int64_t person_id,
                                            const struct actor *actor, int64_t today,
                                            struct account_picture *ret, struct error *reterr);
MUST_CHECK enum status appointment_picture_load(struct db_read *r, int64_t appointment_id,
                                                const struct actor *actor,
                                                struct appointment_picture *ret,
                                                struct error *reterr);

/* The move itself, with its line of history. Repeats the state it moves from as condition. */
struct people_move {
	int64_t person_id, appointment_id; /* appointment_id 0: the account moves */
	uint8_t from, to, action;
	int64_t actor_id, now_ms;
	const char *note;
};
MUST_CHECK enum status people_move(struct db_tx *tx, const struct people_move *m,
                                   struct error *reterr);

MUST_CHECK enum status person_set_screening(struct db_tx *tx, int64_t id, int manner, int64_t day,
                                            struct error *reterr);
MUST_CHECK enum status person_set_training(struct db_tx *tx, int64_t id, int64_t day,
                                           struct error *reterr);
MUST_CHECK enum status person_set_looks(struct db_tx *tx, int64_t id, int density, int colours,
                                        struct error *reterr);
/* Ends every appointment, session and token of a person from now_ms on. */
MUST_CHECK enum status person_end_access(struct db_tx *tx, int64_t person_id, int64_t now_ms,
                                         struct error *reterr);
/*
 * Open tasks of one appointment go to another. *ret_count: how many. ERR_INVALID: the successor
 * isn't another appointment in force at this participant.
 */
MUST_CHECK enum status people_hand_over(struct db_tx *tx, int64_t from_appointment,
                                        int64_t to_appointment, int64_t participant_id,
                                        int64_t *ret_count, struct error *reterr);

/* The same for everything on a person's own name. */
MUST_CHECK enum status people_hand_over_all(struct db_tx *tx, int64_t from_person,
                                            int64_t to_appointment, int64_t participant_id,
                                            int64_t *ret_count, struct error *reterr);

struct api_token_new {
	struct digest digest;
	int64_t appointment_id, now_ms, expires_at;
	const char *label;
};
MUST_CHECK enum status api_token_insert(struct db_tx *tx, const struct api_token_new *t,
                                        int64_t *ret_id, struct error *reterr);

extern const struct db_stmt *const people_statements[];

/* An e-mail address as it is stored, in small letters; "" for what is none. */
const char *person_address(struct arena *a, const char *typed);

#endif
