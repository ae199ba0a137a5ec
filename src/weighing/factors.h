/*
 * factors.h - factors of the partnership's own, beside the four of the law; inside weighing/ only
 *
 * They serve ordering and capacity, never admission (decisions 2.3): nothing that decides reads them.
 * A list is a version. Whoever runs meetings proposes one, the chair or the head confirms it, another
 * person than who proposed it; it holds from a day on. A meeting keeps the list that held when it
 * opened.
 */
#ifndef WEIGHING_FACTORS_H
#define WEIGHING_FACTORS_H

#include "platform/core/verdict.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"
#include "weighing/meeting.h"
#include "weighing/weighing.h"

extern const struct db_root FACTOR_LIST_ROOT;

/* Stored; never reused. */
enum factor_use { FACTOR_FOR_ORDER = 1, FACTOR_FOR_CAPACITY = 2 };

struct extra_factor {
	const char *name, *question;
	const char *low, *high; /* what 0 and 3 mean */
	int use;                /* enum factor_use */
};

struct factor_list {
	int64_t id, version, number, from_day;
	int64_t proposed_at, confirmed_at, withdrawn_at; /* ms; 0: not */
	int64_t proposer_person_id;
	const char *reason, *proposer, *confirmer; /* confirmer "": nobody yet */
	struct array factors;                      /* struct extra_factor, in their order */
};

/* ---- rules, pure ------------------------------------------------------------------------------- */

/* Of confirmed lists that have begun, the one that began last (of one day, the highest number); NULL: none
 * holds on that day. */
const struct factor_list *factor_list_on(const struct factor_list *lists, size_t count,
                                         int32_t day);
struct verdict factor_list_may_confirm(const struct factor_list *l, int64_t person_id);
/* What holds stays, until another list takes its place. */
struct verdict factor_list_may_withdraw(const struct factor_list *l, int32_t today);

/* "2025-03-01.1" of the law alone, "2025-03-01.1/3" with own list 3 (0: none). */
const char *weighing_version(struct arena *a, int64_t list_number);
/* The same as people say it: "vier factoren uit de wet (1 maart 2025) en eigen lijst 3". "" of "". */
const char *weighing_version_words(struct arena *a, const char *version);

/* The agreed scores of one use together; -1: no factor of that use has one. */
int64_t extra_sum(struct array factors, const int64_t agreed[EXTRA_FACTORS_MAX],
                  enum factor_use use);

/* ---- store ------------------------------------------------------------------------------------- */

enum { FACTOR_LISTS_MAX = 100 };

/* Newest first, with their factors: an array of struct factor_list. */
MUST_CHECK enum status factor_list_all(struct db_read *r, struct arena *a, struct array *ret,
                                       struct error *reterr);
/* What this meeting weighs by: its own once it opened, before that what will hold on its day. An empty
 * array of struct extra_factor where there is none; *ret_number 0 then. */
MUST_CHECK enum status meeting_factors(struct db_read *r, const struct meeting *m, struct arena *a,
                                       struct array *ret, int64_t *ret_number,
                                       struct error *reterr);

struct factor_list_new {
	struct uuid uuid;
	const struct extra_factor *factors;
	size_t factor_count; /* 0: from that day on no own factors */
	int64_t from_day, appointment_id, now_ms;
	const char *reason;
};
MUST_CHECK enum status factor_list_insert(struct db_tx *tx, const struct factor_list_new *n,
                                          int64_t *ret_id, int64_t *ret_number,
                                          struct error *reterr);
/* ERR_CONFLICT: somebody was first. */
MUST_CHECK enum status factor_list_confirm(struct db_tx *tx, int64_t id, int64_t appointment_id,
                                           int64_t now_ms, struct error *reterr);
MUST_CHECK enum status factor_list_withdraw(struct db_tx *tx, int64_t id, int64_t now_ms,
                                            struct error *reterr);
/* Part of opening a meeting: it keeps what holds on this day. */
MUST_CHECK enum status meeting_keep_factors(struct db_tx *tx, int64_t meeting_id, int32_t day,
                                            struct error *reterr);

/* What this organ scored, -1 where it didn't. */
MUST_CHECK enum status own_extra_scores(struct db_read *r, int64_t item_id, int64_t organ_id,
                                        int64_t ret[EXTRA_FACTORS_MAX], struct error *reterr);
/* struct score, factor from 0; empty unless the item is revealed or decided. */
MUST_CHECK enum status extra_score_list(struct db_read *r, int64_t item_id, struct arena *a,
                                        struct array *ret, struct error *reterr);
MUST_CHECK enum status extra_agreed_load(struct db_read *r, int64_t item_id,
                                         int64_t ret[EXTRA_FACTORS_MAX], struct error *reterr);

/* Inside score_put, outcome_put and item_set_state. */
struct scoring;
MUST_CHECK enum status extra_scores_put(struct db_tx *tx, const struct scoring *s,
                                        struct error *reterr);
MUST_CHECK enum status extra_scores_drop(struct db_tx *tx, int64_t item_id, struct error *reterr);
MUST_CHECK enum status extra_agreed_put(struct db_tx *tx, int64_t item_id,
                                        const int64_t agreed[EXTRA_FACTORS_MAX],
                                        struct error *reterr);

extern const struct db_stmt *const factor_statements[];

#endif
