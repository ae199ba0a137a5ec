/*
 * note_carry.h - notes and tasks of a casefile go to another, where who they mention has another number
 *
 * Words that mention somebody (@2) are opened and sealed anew under the key that they have; all others
 * stay as they are.
 */
#ifndef CASEWORK_NOTE_CARRY_H
#define CASEWORK_NOTE_CARRY_H

#include "casework/note.h"

struct carried_words {
	int64_t versions, tasks; /* how many there were */
	struct array rewritten;  /* of this room's own */
};
/* In prepare: of this casefile, each number that is mentioned higher by `by`. */
MUST_CHECK enum status notes_carry(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                   int64_t by, struct arena *a, struct carried_words *ret,
                                   struct error *reterr);
/* In apply: they are of the other casefile from now on. ERR_CONFLICT: something was written meanwhile.
 * Notes get numbers behind those that are there. */
MUST_CHECK enum status notes_carry_put(struct db_tx *tx, int64_t from_id, int64_t into_id,
                                       const struct carried_words *w, struct error *reterr);

/* Pure. The same text with each mention (@3) higher by `by`; NULL: it mentions nobody. */
const char *note_renumbered(struct arena *a, const char *text, int64_t by);
/* Pure. Does it mention this one? */
bool note_mentions(const char *text, int64_t number);
/* Pure. Does it mention one of these numbers, and no other? */
bool note_is_about(const char *text, const int64_t *numbers, size_t count);

extern const struct db_stmt *const note_carry_statements[];

#endif
