/*
 * note.h - notes with versions, tasks, and what happened: how people work together on a casefile
 *
 * Words lie under keys of their own, so that each version can be forgotten. A note of phase 3 isn't
 * loaded for who isn't named for it. Persons are named by their number in the casefile (@2): the
 * name is filled in for each reader and is gone when the person is.
 */
#ifndef CASEWORK_NOTE_H
#define CASEWORK_NOTE_H

#include "casework/casework.h"

extern const struct db_root NOTE_ROOT;

enum { NOTE_CHARS = 4000, NOTES_MAX = 500, TASK_CHARS = 200, CASEFILE_TASKS_MAX = 200 };

struct casefile_note {
	int64_t id, version, number, phase, written_at;
	struct uuid uuid;
	const char *author, *on_behalf, *text; /* of the newest version; "@2" as written */
};
/* Newest first, up to max_phase: an array of struct casefile_note. */
MUST_CHECK enum status casefile_note_list(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                          int max_phase, struct arena *a, struct array *ret,
                                          struct error *reterr);
struct note_version {
	int64_t version, written_at;
	const char *author, *on_behalf, *text;
};
/* All versions of one, newest first: an array of struct note_version. */
MUST_CHECK enum status note_versions(struct db_read *r, struct keyring *k,
                                     const struct casefile_note *note, struct arena *a,
                                     struct array *ret, struct error *reterr);

struct sealed_note_words {
	struct uuid uuid; /* of the note or task */
	struct fresh_key key;
	const uint8_t *sealed;
	size_t len;
};
/* In prepare; uuid NULL: a new one. */
void casefile_note_seal(struct keyring *k, const struct uuid *uuid, int64_t version,
                        const char *text, int64_t now_ms, struct arena *a,
                        struct sealed_note_words *ret);
/* In apply. ERR_LIMIT: NOTES_MAX of them. */
MUST_CHECK enum status casefile_note_add(struct db_tx *tx, const struct casefile_writer *w,
                                         int phase, const struct sealed_note_words *words,
                                         int64_t *ret_number, struct error *reterr);
/* The caller claimed NOTE_ROOT at version - 1. */
MUST_CHECK enum status note_put_version(struct db_tx *tx, const struct casefile_writer *w,
                                        int64_t note_id, int64_t version,
                                        const struct sealed_note_words *words,
                                        struct error *reterr);

struct casefile_task {
	int64_t id, due_day, given_at, done_at, appointment_id;
	const char *owner, *text;
};
/* Open ones by day, then done ones: an array of struct casefile_task. */
MUST_CHECK enum status casefile_task_list(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                          struct arena *a, struct array *ret, struct error *reterr);
void casefile_task_seal(struct keyring *k, const char *text, int64_t now_ms, struct arena *a,
                        struct sealed_note_words *ret);
struct casefile_task_new {
	int64_t appointment_id, due_day;
	const char *reference; /* of the casefile */
	struct sealed_note_words words;
};
/* ERR_INVALID: not a member. ERR_LIMIT: CASEFILE_TASKS_MAX. Gives the owner a task. */
MUST_CHECK enum status casefile_task_add(struct db_tx *tx, const struct casefile_writer *w,
                                         const struct casefile_task_new *t, struct error *reterr);
/* ERR_NOT_FOUND: no such open task. */
MUST_CHECK enum status casefile_task_done(struct db_tx *tx, const struct casefile_writer *w,
                                          int64_t task_id, struct error *reterr);

/* ---- "ik ga zelf iets doen", "niet voor" (decisions 2.8) -------------------------------------- */

enum intent_kind { INTENT_ACTS = 1, INTENT_NOT_BEFORE = 2 };
enum { INTENT_REASON_CHARS = 500 };
struct subject_intent {
	int64_t id, participant_id, not_before, written_at;
	int kind;
	const char *by;     /* "politie" */
	const char *reason; /* for its own participant; NULL for others */
};
/* Those that stand: an array of struct subject_intent. */
MUST_CHECK enum status intent_list(struct db_read *r, struct keyring *k, int64_t presence_id,
                                   int64_t participant_id, struct arena *a, struct array *ret,
                                   struct error *reterr);
struct intent_new {
	struct uuid uuid;
	int64_t presence_id, not_before;
	int kind;
	const uint8_t *reason;
	size_t len;
};
MUST_CHECK enum status intent_seal(struct db_read *r, struct keyring *k, int64_t presence_id,
                                   const char *reason, int64_t now_ms, struct arena *a,
                                   struct intent_new *ret, struct error *reterr);
/* What this organ said before about the subject ends. */
MUST_CHECK enum status intent_put(struct db_tx *tx, const struct casefile_writer *w,
                                  const struct intent_new *in, struct error *reterr);
MUST_CHECK enum status intent_end(struct db_tx *tx, const struct casefile_writer *w,
                                  int64_t intent_id, struct error *reterr);

/* ---- what happened ----------------------------------------------------------------------------- */

enum timeline_kind {
	TIMELINE_MOVE = 1,
	TIMELINE_MEMBER = 2,
	TIMELINE_SIGNAL = 3,
	TIMELINE_FACTS = 4,
	TIMELINE_PHASE = 5,
	TIMELINE_CORRECTION = 6,
	TIMELINE_REQUEST = 7,
	TIMELINE_NOTE = 8
};
struct timeline_event {
	int64_t at, count, number; /* number: of a subject, a state, a phase */
	int kind, detail;          /* detail: of its kind: state, action */
	const char *who, *reference;
};
/* Newest first, what this viewer may see up to max_phase: an array, at most 300. */
MUST_CHECK enum status casefile_timeline(struct db_read *r, const struct viewer *viewer,
                                         int64_t casefile_id, int max_phase, struct arena *a,
                                         struct array *ret, struct error *reterr);

/* Words and keys of notes and tasks go with the casefile. */
MUST_CHECK enum status notes_forget_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                             struct error *reterr);
extern const struct db_stmt *const note_statements[];
extern const struct db_stmt *const timeline_statements[];

#endif
