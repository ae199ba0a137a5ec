/*
 * changes.h - what changed since the last time, for systems that follow along (GET /api/v1/changes)
 *
 * A topic, what happened, a number and a version: nothing else, and of nothing that this viewer may
 * not see. The cursor is that of the last change that he was shown, made unreadable and his alone: what
 * he may not see moves neither answer nor cursor, up to CHANGES_LOOKED_THROUGH of them in a row, which
 * are passed for good, so that an answer costs no more than those. Of every object only its newest
 * change is kept.
 */
#ifndef CASEWORK_CHANGES_H
#define CASEWORK_CHANGES_H

#include "access/access.h"
#include "platform/core/arena.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"
#include "platform/http/input.h" /* struct code */

/* Stored in `change`; never reused. */
enum change_topic {
	CHANGE_CASEFILE = 1,
	CHANGE_SUBJECT = 2,
	CHANGE_REQUEST = 3,
	CHANGE_INTERVENTION = 4,
	CHANGE_SIGNAL = 5,
	CHANGE_ANALYSIS = 6,
	CHANGE_ADVICE = 7,
	CHANGE_NOTE = 8,
	CHANGE_TASK = 9
};
extern const struct code CHANGE_TOPICS[], CHANGE_KINDS[];

enum { CHANGES_AT_ONCE = 100, CHANGE_CURSOR_BYTES = 65 };

/* turn: of which transactions (0 on SQLite); seq: the order inside. 0, 0: before everything. */
struct change_place {
	int64_t turn, seq;
};
struct changed {
	struct change_place place;
	int topic, kind; /* CHANGE_TOPICS, CHANGE_KINDS */
	/* "C-2026-7K3QF"; of what stands in a casefile "C-2026-7K3QF/subjects/2", "/analysis",
	 * "/notes/3", "/tasks/12" behind its number */
	const char *id;
	/* the one its page shows; of a subject how many facts he may see; of an analysis when something
	 * that he may see last moved; of a task 1: open, 2: done */
	int64_t version;
};
struct changes {
	struct array list; /* of struct changed, oldest first, at most CHANGES_AT_ONCE */
	struct change_place reached;
	bool more; /* there may be more behind reached at this moment */
};

/*
 * After this place. stretches: of CHANGES_STRETCH changes each, his or not, are looked through at most.
 * ERR_INVALID: a place that isn't there yet, as after the database was put back.
 */
enum { CHANGES_STRETCH = 1000, CHANGES_STRETCHES = 10 };
enum { CHANGES_LOOKED_THROUGH = CHANGES_STRETCH * CHANGES_STRETCHES };
MUST_CHECK enum status changes_after(struct db_read *r, const struct viewer *viewer,
                                     struct change_place after, int stretches, struct arena *a,
                                     struct changes *ret, struct error *reterr);

/* Pure. Another viewer's cursor, or one that was changed, isn't read. */
void change_cursor(const struct mac_key *key, int64_t appointment_id, struct change_place place,
                   char ret[CHANGE_CURSOR_BYTES]);
bool change_cursor_read(const struct mac_key *key, int64_t appointment_id, const char *text,
                        struct change_place *ret);

extern const struct db_stmt *const changes_statements[];

#endif
