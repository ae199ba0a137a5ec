/*
 * casework.h - casefiles in the database: opening, people, blocks, moves, lists
 *
 * Reading asks for the viewer: a casefile that isn't open to him, or from which he is blocked, is
 * ERR_NOT_FOUND, after the same work as one that doesn't exist. Writing happens inside a job; the
 * caller claims CASEFILE_ROOT first. Audiences are rewritten by every function that changes what
 * they depend on.
 */
#ifndef CASEWORK_CASEWORK_H
#define CASEWORK_CASEWORK_H

#include "casework/casefile.h"
#include "platform/crypto/sealed_key.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"
#include "subjects/casefile_subject.h"

extern const struct db_root CASEFILE_ROOT;

/* Stored; never reused. */
enum casefile_part {
	CASEFILE_TITLE = 1,
	CASEFILE_PURPOSE = 2,
	CASEFILE_ASSIGNMENT = 3,
	CASEFILE_WHY_SPLIT = 4
};
enum { CASEFILE_PART_COUNT = 5 };

struct casefile {
	int64_t id, version;
	struct uuid uuid;
	const char *reference;
	uint8_t state;
	int64_t state_since, opened_at;
	int activity, variant, theme, crime_form, end_reason;
	const char *bottleneck, *municipality, *project;    /* "" where there is none */
	int64_t municipality_id, bottleneck_id, project_id; /* 0: none */
	bool member;                                        /* the viewer is named */
	bool named_heavy;                                   /* and for phase 3 */
};

/* ---- reading ----------------------------------------------------------------------------- */

/* reference as in the address; anything else is absent. */
MUST_CHECK enum status casefile_load(struct db_read *r, const struct viewer *viewer,
                                     const char *reference, struct arena *a, struct casefile *ret,
                                     struct error *reterr);

/* The viewer as access_may() wants him for this casefile: a member has its audience too. */
struct viewer casefile_viewer(const struct viewer *viewer, const struct casefile *c);
bool casefile_writable(const struct viewer *viewer, const struct casefile *c);

/* Facts come from partners, by members of the working group: never from the bureau (decisions 3.4). */
bool casefile_may_tell(const struct viewer *viewer, const struct casefile *c);

/* "" for a part that isn't there. */
struct casefile_texts {
	const char *part[CASEFILE_PART_COUNT];
};
MUST_CHECK enum status casefile_texts_load(struct db_read *r, struct keyring *k,
                                           const struct casefile *c, struct arena *a,
                                           struct casefile_texts *ret, struct error *reterr);
/* One that came along with another statement: five columns from this one on, part, key_id and sealed
 * of casefile_text, period_id and wrapped of its sealed_key. "" for none or a forgotten one. */
struct sealed_casefile_text {
	int64_t part;
	struct wrapped_key key;
	const uint8_t *sealed; /* NULL: none */
	size_t len;
};
struct sealed_casefile_text casefile_text_read(const struct db_rows *row, int column,
                                               struct arena *a);
MUST_CHECK enum status casefile_text_open(struct keyring *k, const struct uuid *uuid,
                                          const struct sealed_casefile_text *t, struct arena *a,
                                          const char **ret, struct error *reterr);
MUST_CHECK enum status casefile_title_load(struct db_read *r, struct keyring *k, int64_t id,
                                           const struct uuid *uuid, struct arena *a,
                                           const char **ret, struct error *reterr);

struct casefile_organ {
	int64_t organ_id, participant_id;
	const char *participant, *on_behalf;
	char letter;
	int64_t members;
};
/* Participants involved, by name: an array of struct casefile_organ. */
MUST_CHECK enum status casefile_organs(struct db_read *r, int64_t id, struct arena *a,
                                       struct array *ret, struct error *reterr);

struct casefile_member {
	int64_t appointment_id, person_id;
	const char *person, *participant, *on_behalf; /* on_behalf "": the bureau */
	enum role role;
	int capacity; /* of a candidate: the one he would get */
	bool heavy, blocked;
};
/* By organisation and name; whose appointment ended is no longer on it. */
MUST_CHECK enum status casefile_members(struct db_read *r, int64_t id, int64_t now_ms,
                                        struct arena *a, struct array *ret, struct error *reterr);
/* Who can be added: working group and regievoerder of the participants involved, analysts and
 * coordinators of the bureau; appointments in force, no members yet. */
MUST_CHECK enum status casefile_candidates(struct db_read *r, int64_t id, int64_t now_ms,
                                           struct arena *a, struct array *ret,
                                           struct error *reterr);

/* Who could see it, by role or as member: of whom somebody can be blocked. Same rows. */
MUST_CHECK enum status casefile_blockable(struct db_read *r, int64_t id, int64_t now_ms,
                                          struct arena *a, struct array *ret, struct error *reterr);

struct casefile_block {
	int64_t id, person_id, set_at;
	const char *person;
	int kind;
};
/* Those that stand. */
MUST_CHECK enum status casefile_blocks(struct db_read *r, int64_t id, struct arena *a,
                                       struct array *ret, struct error *reterr);

struct casefile_event {
	int64_t at;
	int action;
	uint8_t to_state;
	const char *actor; /* the organisation: "" for the system */
	const char *other; /* the other casefile that it is about; "": none that this viewer sees */
};
MUST_CHECK enum status casefile_history(struct db_read *r, const struct viewer *viewer, int64_t id,
                                        struct arena *a, struct array *ret, struct error *reterr);

struct casefile_source { /* a signal that led to it */
	const char *reference, *participant;
	int64_t signal_id;
	bool readable; /* by this viewer */
};
MUST_CHECK enum status casefile_signals(struct db_read *r, const struct viewer *viewer, int64_t id,
                                        struct arena *a, struct array *ret, struct error *reterr);

MUST_CHECK enum status casefile_picture_load(struct db_read *r, int64_t id,
                                             struct casefile_picture *ret, struct error *reterr);

struct casefile_row {
	int64_t id, at; /* at: when it came to its state, ms */
	const char *reference;
	const char *title; /* "" if there is none, or the query had no keyring */
	struct uuid uuid;
	uint8_t state;
	int theme, variant, activity;
	const char *municipality;
};
struct casefile_query {
	const struct viewer *viewer;
	struct keyring *keyring; /* opens the titles, in the same statement; NULL: no titles */
	bool backward;
	int64_t at;
	const char *reference;             /* the row at that place; NULL: the start */
	uint64_t states, themes, variants; /* bits of codes; 0: any */
	int64_t limit;
};
/* Newest first (oldest first when backward). */
MUST_CHECK enum status casefile_rows(struct db_read *r, const struct casefile_query *q,
                                     struct arena *a, struct array *ret, struct error *reterr);

/* ---- opening, by the outcome of a weighing ------------------------------------------------- */

struct sealed_casefile_part {
	struct fresh_key key;
	const uint8_t *sealed; /* NULL: empty, not stored */
	size_t len;
};
struct casefile_new {
	struct uuid uuid;
	const struct mac_key *reference_key;
	const struct viewer *viewer;
	int64_t now_ms;
	int64_t signal_id;  /* theme, form of crime and municipality come from it */
	int64_t split_from; /* or from this casefile, of which it was a part; else 0 */
	int activity, variant;
	int64_t bottleneck_id; /* 0: none */
	bool has_purpose;
	const int64_t *organs; /* participants involved */
	size_t organ_count;
	struct sealed_casefile_part parts[CASEFILE_PART_COUNT];
	struct carried_subjects subjects; /* of subjects_carry(); none: about nobody yet */
};
/* In prepare, with n->uuid set. */
void casefile_seal_part(struct keyring *k, struct casefile_new *n, enum casefile_part part,
                        const char *text, struct arena *a);
/* In apply. ERR_CONFLICT with the rule's sentence. */
MUST_CHECK enum status casefile_open(struct db_tx *tx, const struct casefile_new *n,
                                     int64_t *ret_id, const char **ret_reference,
                                     struct error *reterr);

/* ---- changes, inside a job ----------------------------------------------------------------- */

struct casefile_writer {
	int64_t casefile_id;
	const struct viewer *viewer;
	int64_t now_ms;
};
/* ERR_INVALID: not a candidate. ERR_LIMIT: CASEFILE_MEMBERS_MAX. Twice changes nothing but heavy. */
MUST_CHECK enum status casefile_member_put(struct db_tx *tx, const struct casefile_writer *w,
                                           int64_t appointment_id, bool heavy,
                                           struct error *reterr);
/* Who is a member already stays one as he is, also named for phase 3; nobody hears anything twice. */
MUST_CHECK enum status casefile_member_join(struct db_tx *tx, const struct casefile_writer *w,
                                            int64_t appointment_id, struct error *reterr);
MUST_CHECK enum status casefile_member_remove(struct db_tx *tx, const struct casefile_writer *w,
                                              int64_t appointment_id, struct error *reterr);
/* ERR_INVALID: nobody works under this number. */
MUST_CHECK enum status casefile_block_put(struct db_tx *tx, const struct casefile_writer *w,
                                          int64_t person_id, int kind, struct error *reterr);
MUST_CHECK enum status casefile_block_lift(struct db_tx *tx, const struct casefile_writer *w,
                                           int64_t block_id, struct error *reterr);

struct casefile_moving {
	struct casefile_writer who; /* viewer NULL: the system */
	enum casefile_action action;
	const struct casefile_picture *picture; /* of this job, completed by the room that asks */
	int reason_class;
};
/* ERR_CONFLICT with the guard's sentence, or when it isn't in the picture's state any more. */
MUST_CHECK enum status casefile_move(struct db_tx *tx, const struct casefile_moving *m,
                                     struct error *reterr);

/* Its number and readers in the search store, as they are now; for the feeder. */
MUST_CHECK enum status casefile_refer(struct db_tx *tx, int64_t id, struct error *reterr);

/* ---- the register of bottlenecks (decisions 2.7) -------------------------------------------- */

struct bottleneck {
	int64_t id;
	struct uuid uuid;
	const char *name, *scope, *designated_by;
	int64_t from_day, until_day; /* until_day: the last day */
	bool in_force;
};
MUST_CHECK enum status bottleneck_list(struct db_read *r, int64_t today, struct arena *a,
                                       struct array *ret, struct error *reterr);
MUST_CHECK enum status bottleneck_add(struct db_tx *tx, const struct bottleneck *b,
                                      int64_t appointment_id, int64_t now_ms, struct error *reterr);

extern const struct db_stmt *const casework_statements[];
extern const struct db_stmt *const casework_list_statements[];
extern const struct db_stmt *const casework_write_statements[];

#endif
