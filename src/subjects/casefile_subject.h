/*
 * casefile_subject.h - who and what a casefile is about, and what partners know of each
 *
 * A presence in a casefile is a copy of one in a signal, under a key of its own: the same subject,
 * the same clock, so that each can be forgotten apart. Of facts a reader gets those up to a phase;
 * rows above it are left alone before anything is opened, and leave no trace in what is given back.
 */
#ifndef SUBJECTS_CASEFILE_SUBJECT_H
#define SUBJECTS_CASEFILE_SUBJECT_H

#include "law/statute.h"
#include "subjects/presence.h"

enum { CASEFILE_FACTS_MAX = 4000, CASEFILE_FACT_CHARS = 2000 };

struct known_fact {
	int64_t id, version; /* version: 1 for the first */
	struct uuid uuid;    /* of this version */
	int64_t participant_id, organ_id;
	int correction;       /* enum correction_kind; 0: it counts */
	int64_t corrected_at; /* ms */
	int kind;             /* enum fact_kind, or of law_kinds() */
	enum law_category category;
	int phase, task;
	bool is_judgement;
	char source_grade, information_grade; /* 0: not evaluated */
	int handling;                         /* 0: none; else 1 more than the index of the code */
	int64_t received_at;
	const char *source; /* "politie", "college van B en W Duinwaard" */
	const char *label, *value;
	const char *raw; /* as typed, where it was read as something else; NULL */
};

struct casefile_subject {
	int64_t id, number;
	struct uuid uuid;
	int kind, role;
	int64_t first_processed_at; /* ms: the clock of the law runs from here */
	int32_t born_by;            /* a person: born on this day at the latest; 0: not known */
	const char *name;           /* what to call it: "Jan de Boer", "12-ZZZ-3" */
	struct array facts;         /* of struct known_fact, by kind */
	int64_t fact_count;         /* that this reader may see, read or not */
	int top_phase;              /* the highest of those; 0: none */
};

/* All of them, by number, with facts up to max_phase: an array of struct casefile_subject. */
MUST_CHECK enum status casefile_subject_list(struct db_read *r, struct keyring *k,
                                             int64_t casefile_id, int max_phase, struct arena *a,
                                             struct array *ret, struct error *reterr);

/* The same with those facts alone that tell who or what each is: for who shows names and numbers.
 * Cost: those facts are opened; the others are counted. */
MUST_CHECK enum status casefile_subject_outline(struct db_read *r, struct keyring *k,
                                                int64_t casefile_id, int max_phase, struct arena *a,
                                                struct array *ret, struct error *reterr);
/* One of them, by its number, with all its facts. ERR_NOT_FOUND: forgotten meanwhile. */
MUST_CHECK enum status casefile_subject_fill(struct db_read *r, struct keyring *k,
                                             int64_t casefile_id, int max_phase, struct arena *a,
                                             struct casefile_subject *s, struct error *reterr);

/* What ties one of them to others, as this reader may see it. */
struct known_tie {
	int64_t id, from, to; /* from, to: numbers */
	struct uuid uuid;
	int kind, phase;
	int64_t participant_id, received_at;
	const char *source;          /* "politie" */
	const char *note;            /* "" or how it is known */
	int64_t from_day, until_day; /* INT64_MIN: not said */
};
MUST_CHECK enum status casefile_tie_list(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                         int max_phase, struct arena *a, struct array *ret,
                                         struct error *reterr);

/* The day by which all about it is gone: five years after the first processing (WGS 1.8(7)). */
int32_t casefile_subject_gone_on(int64_t first_processed_at);

/* ---- from the signal to the casefile ------------------------------------------------------- */

/* What a signal knows, sealed anew; facts of a phase that opens later stay behind in the signal. */
struct carried_subjects {
	struct array presences, facts; /* of this room's own */
};
/* In prepare, from the snapshot in which the signal's version was read. */
MUST_CHECK enum status subjects_carry(struct db_read *r, struct keyring *k, int64_t signal_id,
                                      int64_t now_ms, struct arena *a, struct carried_subjects *ret,
                                      struct error *reterr);
/* In apply, after that version of the signal was claimed. Numbers go on behind those that are there.
 * ERR_LIMIT: more than SUBJECTS_MAX. */
MUST_CHECK enum status subjects_carry_put(struct db_tx *tx, int64_t casefile_id,
                                          const struct carried_subjects *c, int64_t now_ms,
                                          struct error *reterr);

/* ---- one more fact --------------------------------------------------------------------------- */

struct fact_new {
	int kind; /* of law_kinds(): KIND_FACT; says category and phase */
	enum law_category category;
	enum law_phase phase;
	const char *text;
	const char *raw;       /* as typed; NULL: the same */
	const char *necessity; /* of a fact about somebody under 18; NULL: none */
	int64_t version;       /* 0: the first */
	bool is_judgement;
	char source_grade, information_grade;
	int handling, task;
	int64_t participant_id, organ_id, appointment_id;
};
struct sealed_known_fact {
	struct uuid uuid;
	struct fact_new in;
	int64_t presence_id;
	const uint8_t *value, *raw, *necessity; /* necessity NULL: none */
	size_t value_len, raw_len, necessity_len;
};
/* In prepare, after the law said yes. ERR_NOT_FOUND: the casefile has no such subject. */
MUST_CHECK enum status casefile_fact_seal(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                          int64_t number, const struct fact_new *in, int64_t now_ms,
                                          struct arena *a, struct sealed_known_fact *ret,
                                          struct error *reterr);
/* The same of a presence that isn't stored yet, under its key. */
void fact_seal_under(const struct seal_key *key, const struct uuid *presence,
                     const struct fact_new *in, int64_t now_ms, struct arena *a,
                     struct sealed_known_fact *ret);
/* In apply. ERR_NOT_FOUND: the subject was forgotten meanwhile. */
MUST_CHECK enum status casefile_fact_add(struct db_tx *tx, int64_t casefile_id,
                                         const struct sealed_known_fact *f, int64_t now_ms,
                                         struct error *reterr);

/* Why this fact about somebody under 18 is needed; "" where nothing was asked. */
MUST_CHECK enum status fact_necessity_open(struct db_read *r, struct keyring *k, int64_t fact_id,
                                           struct arena *a, const char **ret, struct error *reterr);

extern const struct db_stmt *const casefile_subject_statements[];
extern const struct db_stmt *const carry_statements[];

#endif
