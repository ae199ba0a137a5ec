/* import_store.h - the statements about rounds of import; inside imports/ */
#ifndef IMPORTS_IMPORT_STORE_H
#define IMPORTS_IMPORT_STORE_H

#include "attachments/attachment.h"
#include "imports/import.h"

enum { IMPORT_LIST_MAX = 1000, IMPORT_PROBLEMS_MAX = 500 };

struct import_round {
	int64_t id, version, participant_id, organ_id, appointment_id, state_since, created_at;
	int64_t rows_all, rows_done, wrong, stored, kept; /* kept: not undone, since submitted */
	uint8_t state;
	const char *header, *columns;
};
extern const struct db_root IMPORT_ROOT;

/* Of one organ; organ_id 0: whoever's. ERR_NOT_FOUND. */
MUST_CHECK enum status import_load(struct db_read *r, int64_t organ_id, int64_t id, struct arena *a,
                                   struct import_round *ret, struct error *reterr);
/* Newest first: an array of struct import_round. */
MUST_CHECK enum status import_list(struct db_read *r, int64_t organ_id, struct arena *a,
                                   struct array *ret, struct error *reterr);
/* The columns of the newest round of this organ with the same header; NULL: none. */
MUST_CHECK enum status import_columns_before(struct db_read *r, int64_t organ_id,
                                             const char *header, struct arena *a, const char **ret,
                                             struct error *reterr);
/* The columns that this organ keeps under this name; NULL: none. */
MUST_CHECK enum status import_mapping(struct db_read *r, int64_t organ_id, const char *name,
                                      struct arena *a, const char **ret, struct error *reterr);
/* The oldest that the server has to go on with. ERR_NOT_FOUND: none. */
MUST_CHECK enum status import_waiting(struct db_read *r, struct arena *a, struct import_round *ret,
                                      struct error *reterr);

/* What a round's table asks, of the row and its columns. */
struct import_picture import_picture_of(const struct import_round *round,
                                        const struct import_columns *c);

struct import_problem {
	int64_t line;
	const char *place, *sentence;
};
/* The first IMPORT_PROBLEMS_MAX, by line. */
MUST_CHECK enum status import_problems(struct db_read *r, int64_t id, struct arena *a,
                                       struct array *ret, struct error *reterr);
/* The appointment as a viewer, as long as it is in force. ERR_NOT_FOUND: it ended. */
MUST_CHECK enum status import_viewer(struct db_read *r, int64_t appointment_id, struct viewer *ret,
                                     struct error *reterr);

/* ---- inside a job ------------------------------------------------------------------------------ */

struct import_new {
	const struct viewer *viewer;
	const char *header, *columns;
	int64_t rows_all, now_ms;
};
MUST_CHECK enum status import_create(struct db_tx *tx, const struct import_new *n, int64_t *ret_id,
                                     struct error *reterr);
MUST_CHECK enum status import_set_columns(struct db_tx *tx, int64_t id, const char *columns,
                                          struct error *reterr);
/* Instead of what had this name. */
MUST_CHECK enum status import_keep_mapping(struct db_tx *tx, int64_t organ_id, const char *name,
                                           const char *columns, struct error *reterr);
/* ERR_CONFLICT: the state is another already. Counts begin again. */
MUST_CHECK enum status import_set_state(struct db_tx *tx, int64_t id, uint8_t from, uint8_t to,
                                        int64_t now_ms, struct error *reterr);
struct import_progress {
	int64_t id, from_line, to_line; /* rows_done before and after */
	int64_t wrong, stored, kept;    /* to add */
	uint8_t state;
};
/* ERR_CONFLICT: another process did these lines, or the round was stopped. */
MUST_CHECK enum status import_advance(struct db_tx *tx, const struct import_progress *p,
                                      struct error *reterr);
MUST_CHECK enum status import_add_problem(struct db_tx *tx, int64_t id, int64_t number,
                                          const struct import_problem *p, struct error *reterr);
MUST_CHECK enum status import_clear_problems(struct db_tx *tx, int64_t id, struct error *reterr);
MUST_CHECK enum status import_add_signal(struct db_tx *tx, int64_t id, int64_t line,
                                         int64_t signal_id, struct error *reterr);
/* Up to max signals that are still named by the round. */
MUST_CHECK enum status import_signals(struct db_tx *tx, int64_t id, size_t max, int64_t *ret,
                                      size_t *ret_count, struct error *reterr);
MUST_CHECK enum status import_forget_signal(struct db_tx *tx, int64_t id, int64_t signal_id,
                                            struct error *reterr);

#endif
