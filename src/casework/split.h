/*
 * split.h - some of whom a casefile is about go into a casefile of their own
 *
 * They go as they are: facts, ties among them, phases, corrections, clocks and numbers stay what they
 * were, and nothing is sealed anew. What is about them alone goes along: requests and notes. Who works
 * on the one works on the other, who is blocked from the one is blocked from the other, and who was
 * named for phase 3 stays named: nobody sees more or less than before until members change.
 * What others rest on doesn't move: a tie to who stays, a running request about both, a citation.
 */
#ifndef CASEWORK_SPLIT_H
#define CASEWORK_SPLIT_H

#include "casework/casework.h"

enum { SPLIT_WHY_CHARS = 1000 };

/* A note that goes along, as it was read. */
struct split_note {
	int64_t id, version;
};
struct casefile_split {
	struct casefile_writer who; /* of the casefile that they leave */
	struct casefile_new into;   /* with split_from set, and no subjects */
	const int64_t *numbers;     /* of who goes, each once */
	size_t count;
	const struct split_note *notes; /* that mention them and nobody else */
	size_t note_count;
};
/* In apply, after the claim. ERR_CONFLICT: something rests on who goes, or a note was changed
 * meanwhile; the sentence says what to do. ERR_INVALID: a number that isn't there. */
MUST_CHECK enum status casefile_split(struct db_tx *tx, const struct casefile_split *s,
                                      const char **ret_reference, struct error *reterr);

extern const struct db_stmt *const split_statements[];

#endif
