/*
 * region_figures.h - the person-free figures of one region over a year, and the file in which they travel
 *
 * Each region counts for itself and makes one file a year: JSON, without persons, places or
 * participants. Counts under SMALL_CELL are hidden in the file already, and amounts that rest on so
 * few registrations. Every figure says by which version of its definition it was counted (kpi.h). The
 * file carries its digest, signed with the key that the region signs its log with.
 *
 *   { "format": "plein-region-figures-1", "region": "ROTTERDAM", "year": 2026, "fromDay": "2026-01-01",
 *     "untilDay": "2026-11-22", "madeAt": 1795364700000, "madeBy": "RIEC Rotterdam, hoofd",
 *     "figures": [ { "name": "SIGNALS_SUBMITTED", "version": 1, "value": 30, "hidden": false } ],
 *     "digest": 64 hex digits, "key": 64, "signature": 128 }
 */
#ifndef MONITOR_REGION_FIGURES_H
#define MONITOR_REGION_FIGURES_H

#include "platform/core/out.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"

enum {
	REGION_FIGURES_MAX = 40,
	REGION_FILE_BYTES_MAX = 64 << 10,
	FIGURE_HIDDEN = -1, /* under SMALL_CELL */
	FIGURE_ABSENT = -2  /* that region doesn't tell it */
};

enum figure_unit { UNIT_COUNT, UNIT_HOURS, UNIT_CENTS };

/* What is told, in the order of pages. */
struct figure_row {
	const char *name, *definition; /* "SIGNALS_SUBMITTED"; code of kpi.h */
	const char *label;             /* Dutch */
	enum figure_unit unit;
};
const struct figure_row *region_figure_rows(size_t *ret_count);
/* Its place; count where no figure has this name. */
size_t region_figure_place(const char *name);

struct region_figures {
	const char *region, *made_by; /* code of the region; function, never a name */
	int year;
	int32_t from_day, until_day;
	int64_t made_at_ms;
	int64_t
	    values[REGION_FIGURES_MAX]; /* hours, cents or a count; FIGURE_HIDDEN, FIGURE_ABSENT */
	int64_t versions[REGION_FIGURES_MAX];
};

/* Over everything that stands above; the same for the same figures, however the file is laid out. */
struct digest region_figures_digest(struct arena *a, const struct region_figures *f);

struct region_signer {
	const struct sign_secret *secret;
	const struct sign_public *public;
};
/* The file. */
void region_figures_write(struct arena *a, const struct region_figures *f,
                          const struct region_signer *signer, struct out *to);

struct region_file {
	struct region_figures figures;
	struct digest digest;
	struct sign_public key;
};
/* Checks all that the file can tell by itself. ERR_INVALID with a Dutch sentence. Pure. */
MUST_CHECK enum status region_file_read(struct arena *a, const char *bytes, size_t len,
                                        struct region_file *ret, struct error *reterr);

/* ---- in the database ------------------------------------------------------------------------ */

/* What this installation would send now. made_by as it stands in the file. */
struct own_figures {
	int year;
	int64_t now_ms;
	const char *made_by;
};
MUST_CHECK enum status region_figures_own(struct db_read *r, const struct own_figures *wish,
                                          struct arena *a, struct region_figures *ret,
                                          struct error *reterr);

struct region_standing {
	int64_t id, made_at, read_at; /* 0: nothing was read in */
	const char *code, *name;
	bool own;
	struct region_figures
	    figures; /* all FIGURE_ABSENT where nothing was read in; own: likewise */
};
/* Every region, the own one first: an array of struct region_standing. Cost: its figures, once. */
MUST_CHECK enum status region_figures_all(struct db_read *r, int year, struct arena *a,
                                          struct array *ret, struct error *reterr);

struct region_taking {
	const struct region_file *file;
	int64_t read_by, now_ms; /* appointment; 0: the command line */
	bool new_key; /* the reader asked that region whether its key is another one now */
};
/*
 * Inside a job: takes the file in the place of an older one. *ret_changed false: it was read in
 * before. ERR_CONFLICT with its sentence: newer figures are here, another key than before, or
 * one's own region. ERR_INVALID: no region has this code.
 */
MUST_CHECK enum status region_figures_take(struct db_tx *tx, const struct region_taking *t,
                                           bool *ret_changed, struct error *reterr);

extern const struct db_stmt *const region_figures_statements[];

#endif
