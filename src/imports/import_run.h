/*
 * import_run.h - the rounds go on by themselves: judged, read in, undone, some rows at a time
 *
 * Each step does a bounded number of rows in short jobs of the bulk lane, so that nobody waits for
 * it. How far a round is, stands in its row and moves in the same transaction as what was done:
 * a crash or a second process neither skips a row nor does one twice.
 */
#ifndef IMPORTS_IMPORT_RUN_H
#define IMPORTS_IMPORT_RUN_H

#include "platform/db/db.h"
#include "plein/plein.h"
#include "sheets/sheet.h"

enum { IMPORT_EVERY_MS = 2000 };

/* A ticker's step (platform/jobs/ticker.h). */
MUST_CHECK enum status import_step(struct plein *p, bool *ret_more, struct error *reterr);

struct import_round;
/* A round's file, to read a piece at a time as long as the arena. ERR_NOT_FOUND: it went with the end
 * of the round. */
struct import_source {
	enum sheet_kind kind;
	struct byte_source bytes;
};
MUST_CHECK enum status import_file_open(struct db_read *r, const struct plein *p,
                                        const struct import_round *round, struct arena *a,
                                        struct import_source *ret, struct error *reterr);

extern const struct db_stmt *const import_statements[];

#endif
