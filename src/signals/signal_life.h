/*
 * signal_life.h - what befalls a signal beside its moves: a helper, links, the inbox, feedback
 *
 * Reading is within the rights of the viewer that is given. Writing happens inside a job whose
 * caller claimed SIGNAL_ROOT.
 */
#ifndef SIGNALS_SIGNAL_LIFE_H
#define SIGNALS_SIGNAL_LIFE_H

#include "access/access.h"
#include "platform/core/arena.h"
#include "platform/crypto/keyring.h"
#include "platform/http/input.h" /* struct code */
#include "platform/db/db.h"
#include "signals/signal.h"

/* ---- an account manager helps with a draft (decisions 1.7) ------------------------------------- */

struct signal_helper {
	int64_t appointment_id;
	const char *name;
	int64_t since; /* ms; 0: is not helping, may be asked */
};
/* Account managers in force who look after this municipality, by name. An array. */
MUST_CHECK enum status signal_helpers(struct db_read *r, int64_t municipality_id, int64_t day,
                                      struct arena *a, struct array *ret, struct error *reterr);
/* Who helps now; appointment_id 0: nobody. */
MUST_CHECK enum status signal_helper_now(struct db_read *r, int64_t signal_id, struct arena *a,
                                         struct signal_helper *ret, struct error *reterr);
/* Opens the draft to him, starts the clock of the persons in it, tells him. 0: nobody any more. */
MUST_CHECK enum status signal_set_helper(struct db_tx *tx, int64_t signal_id, const char *reference,
                                         int64_t appointment_id, int64_t now_ms,
                                         struct error *reterr);

/* ---- links (decisions 2.4) --------------------------------------------------------------------- */

/* Stored; never reused. */
enum signal_link_kind { LINK_DOUBLE = 1, LINK_RELATED = 2 };
extern const struct code SIGNAL_LINKS[];

struct signal_link {
	int64_t other_id, linked_at;
	int kind;
	const char *reference, *title, *participant;
	uint8_t state;
};
/* Where the viewer may read the other one too: an array of struct signal_link. */
MUST_CHECK enum status signal_links(struct db_read *r, struct keyring *k,
                                    const struct viewer *viewer, int64_t signal_id, struct arena *a,
                                    struct array *ret, struct error *reterr);
struct signal_linking {
	int64_t signal_id, other_id, appointment_id, now_ms;
	int kind; /* 0: no longer linked */
};
/* One link between two signals, whichever way round; another kind replaces it. */
MUST_CHECK enum status signal_set_link(struct db_tx *tx, const struct signal_linking *l,
                                       struct error *reterr);

/* ---- the inbox ---------------------------------------------------------------------------------- */

struct intake_row {
	int64_t id;
	const char *reference, *title, *participant, *municipality;
	uint8_t state;
	int theme;
	int64_t since, submitted_at;
	int64_t due_day; /* of the open task; 0: none */
	int64_t subjects, open_questions, links;
	int64_t hits_since; /* oldest word that nobody looked at again, ms; 0: none */
	bool matched, tried, effect;
};
enum { INTAKE_ROWS_MAX = 1000 };
/* Submitted, returned, accepted and deferred signals that the viewer may see, longest in that state first. */
MUST_CHECK enum status intake_rows(struct db_read *r, struct keyring *k,
                                   const struct viewer *viewer, struct arena *a, struct array *ret,
                                   struct error *reterr);

/* ---- hearing back -------------------------------------------------------------------------------- */

enum { FEEDBACK_WORKING_DAYS = 1 };

/* signal_move() opens it at every outcome. The submitter was told: his organ and its desk hear it. */
MUST_CHECK enum status signal_told(struct db_tx *tx, int64_t signal_id, int64_t now_ms,
                                   struct error *reterr);

struct feedback_share {
	const char *participant;
	int64_t decided, in_time, late, waiting;
};
/* participant_id 0: of every partner. Outcomes in [from, until), an array. */
MUST_CHECK enum status signal_feedback(struct db_read *r, int64_t participant_id, int64_t from_ms,
                                       int64_t until_ms, struct arena *a, struct array *ret,
                                       struct error *reterr);

/* ---- inside signals/ ----------------------------------------------------------------------------- */

MUST_CHECK enum status signal_feedback_open(struct db_tx *tx, int64_t signal_id, int64_t now_ms,
                                            struct error *reterr);

extern const struct db_stmt *const signal_life_statements[];

#endif
