/*
 * signals.h - every statement about signals: drafts, sealed text, moves, lists
 *
 * Reading asks for the viewer: a signal that isn't open to him is ERR_NOT_FOUND, after the same
 * work as one that doesn't exist. Writing happens inside a job: the caller claims SIGNAL_ROOT
 * first. Audiences are rewritten from signal_thing() by every function that changes what they
 * depend on, so that nobody else has to think of it.
 *
 * Text is sealed in prepare for the version that the claim will give (version + 1), so that a
 * stale form can't leave a text that doesn't open.
 */
#ifndef SIGNALS_SIGNALS_H
#define SIGNALS_SIGNALS_H

#include "platform/crypto/sealed_key.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"
#include "signals/signal.h"
#include "signals/signal_text.h"

extern const struct db_root SIGNAL_ROOT;

struct signal {
	int64_t id, version;
	struct uuid uuid;
	const char *reference;
	uint8_t state;
	int64_t state_since;
	int64_t participant_id, organ_id, appointment_id, helper_appointment_id;
	const char *participant, *on_behalf; /* "Duinwaard", "college van B en W Duinwaard" */
	int64_t municipality_id;             /* 0: not chosen */
	const char *municipality;            /* "" */
	int theme, crime_form, line, task, source_reliability, reason_class;
	int64_t seen_from, seen_until; /* days; 0: not told */
	bool lawful_declared;
	int64_t created_at, edited_at, submitted_at, matched_at, decided_at; /* ms; 0: not yet */
	int64_t deferred_times, destroy_due;                                 /* day; 0: none */
	int64_t meeting_id; /* while on an agenda; 0: none */
	char letter;        /* of the organ that submits, WGS 2.19(1) */
};

/* What access.h needs, for access_may(viewer, ACT_WRITE, ...). */
void signal_thing_of(const struct signal *s, struct thing *ret);

/* ---- reading ----------------------------------------------------------------------------- */

/* reference as in the address; anything else is absent. */
MUST_CHECK enum status signal_load(struct db_read *r, const struct viewer *viewer,
                                   const char *reference, struct arena *a, struct signal *ret,
                                   struct error *reterr);

/* Inside a job, or after signal_load: everything the guards ask that the rows tell. What only the
 * text tells (hits, lengths of criteria) is added by signal_judge_texts(). */
MUST_CHECK enum status signal_picture_load(struct db_read *r, const struct viewer *viewer,
                                           int64_t id, struct signal_picture *ret,
                                           struct error *reterr);

/* The casefile that somebody new comes into by this signal, to who sees that; else NULL. */
MUST_CHECK enum status signal_supplements(struct db_read *r, const struct viewer *viewer,
                                          int64_t id, struct arena *a, const char **ret,
                                          struct error *reterr);

struct signal_event {
	int64_t at;
	int action;
	uint8_t from_state, to_state;
	const char *actor; /* the organisation, never a person: "" for the system */
};
MUST_CHECK enum status signal_history(struct db_read *r, int64_t id, struct arena *a,
                                      struct array *ret, struct error *reterr);

/* ---- drafts, inside a job ------------------------------------------------------------------ */

struct signal_new {
	struct uuid uuid;
	const struct mac_key *reference_key;
	const struct viewer *viewer; /* a submitter: organ and participant are his */
	int64_t municipality_id;     /* 0: not chosen */
	int64_t now_ms;
	/* of a casefile that somebody new comes into; the writer is its helper, so that he reads it. 0:
	 * none */
	int64_t supplements_id;
};
MUST_CHECK enum status signal_create(struct db_tx *tx, const struct signal_new *n, int64_t *ret_id,
                                     const char **ret_reference, struct error *reterr);

/* The coded fields of a draft; a negative number leaves a field as it is. */
struct signal_codes {
	int64_t municipality_id, theme, crime_form, line, task, source_reliability;
	int64_t seen_from, seen_until, lawful_declared;
};
extern const struct signal_codes SIGNAL_CODES_UNCHANGED;
MUST_CHECK enum status signal_set_codes(struct db_tx *tx, int64_t id, const struct signal_codes *c,
                                        int64_t now_ms, struct error *reterr);

/* Audiences and the place in the search as the rules give them now: for who changed what they
 * depend on by other means, and to fill a lost search store. */
MUST_CHECK enum status signal_refer(struct db_tx *tx, int64_t id, struct error *reterr);

/* ---- moves, inside a job ------------------------------------------------------------------- */

struct signal_moving {
	int64_t id;
	enum signal_action action;
	const struct viewer *viewer; /* NULL: the system itself */
	const struct signal_picture
	    *picture; /* of signal_picture_load() in this job, completed by the room that asks */
	int64_t now_ms;
	int64_t meeting_id;  /* with PUT_ON_AGENDA */
	int64_t merged_into; /* with MERGE */
	int reason_class;    /* with NOT_ADOPT and DEFER */
	bool quiet; /* one of many: who asked for all of them hears it once, from the caller */
};
/*
 * Asks the table and the guard, moves, and does what every move does: history, audiences,
 * statistic, tasks (work.h), news to the submitter's organ. ERR_CONFLICT with the guard's
 * sentence, or when the state isn't the picture's any more.
 */
MUST_CHECK enum status signal_move(struct db_tx *tx, const struct signal_moving *m,
                                   struct error *reterr);

/* The coordinator looked whether this is known in the own region (decisions 1.2). */
MUST_CHECK enum status signal_set_matched(struct db_tx *tx, int64_t id, int64_t now_ms,
                                          struct error *reterr);

/* ---- lists ----------------------------------------------------------------------------------- */

struct signal_row {
	int64_t id, at; /* at: when it came to its state, ms */
	const char *reference;
	const char *title; /* "" if there is none, or the query had no keyring */
	uint8_t state;
	int theme, line;
	const char *participant, *municipality;
	struct uuid uuid;
};

enum { SIGNAL_WORDS_MAX = 4 };

struct signal_query {
	const struct viewer *viewer;
	struct keyring *keyring; /* opens the titles, in the same statement; NULL: no titles */
	bool backward;
	int64_t at;                              /* where the page begins, not itself in it */
	const char *reference;                   /* the row at that place; NULL: the start */
	uint64_t states, themes, lines;          /* bits of codes; 0: any */
	int64_t municipality_id, participant_id; /* 0: any */
	int64_t from_ms, until_ms;               /* `at` in [from, until); until 0: no end */
	const struct lexeme *words;              /* all of them occur (search.h); NULL: any */
	size_t word_count;                       /* at most SIGNAL_WORDS_MAX */
	int64_t limit;
};
/* Newest first (oldest first when backward); not adopted and withdrawn are in no list. */
MUST_CHECK enum status signal_rows(struct db_read *r, const struct signal_query *q, struct arena *a,
                                   struct array *ret, struct error *reterr);

/* The titles of these signals, "" for one without; NULL for one that the viewer may not read. */
enum { SIGNAL_TITLES_MAX = 50 };
MUST_CHECK enum status signal_titles(struct db_read *r, struct keyring *k,
                                     const struct viewer *viewer, const int64_t *ids, size_t count,
                                     struct arena *a, const char **ret, struct error *reterr);

/* How many of those rows there are, by one of these; words, place and limit don't count. */
enum signal_figure {
	FIGURE_STATE,
	FIGURE_PARTICIPANT,
	FIGURE_MUNICIPALITY, /* 0: not chosen */
	FIGURE_THEME,        /* 0: not chosen */
	FIGURE_HOUR,         /* brought in (or begun): hours since 1970, UTC */
	FIGURE_COUNT
};
struct signal_count {
	int64_t key, count;
	const char *label; /* of a participant or municipality; else "" */
};
/* An array of struct signal_count. */
MUST_CHECK enum status signal_figures(struct db_read *r, const struct signal_query *q,
                                      enum signal_figure by, struct arena *a, struct array *ret,
                                      struct error *reterr);

/*
 * Other signals with the same identifier or normalised name, within the viewer's rights: an array
 * of struct signal_row. participant_id not 0: only signals that this participant brought in.
 * tokens NULL: those of the signal's own subjects.
 */
struct known_token {
	int kind; /* enum token_kind of subjects/subject.h */
	const char *token;
};
enum { KNOWN_TOKENS_MAX = 8, KNOWN_ROWS_MAX = 20 };
struct known_question {
	const struct viewer *viewer;
	struct keyring *keyring; /* NULL: no titles */
	int64_t signal_id, participant_id;
	const struct known_token *tokens;
	size_t token_count; /* at most KNOWN_TOKENS_MAX count */
};
MUST_CHECK enum status signal_known_already(struct db_read *r, const struct known_question *q,
                                            struct arena *a, struct array *ret,
                                            struct error *reterr);

extern const struct db_stmt *const signal_statements[];

#endif
