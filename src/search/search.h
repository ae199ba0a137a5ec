/*
 * search.h - finding records by their words, within rights, in a store that holds no word
 *
 * A room that stores text makes its lexemes before the job (search_words) and writes them in
 * the change's own transaction (search_put), with the audiences that the record is open to.
 * A question asks for words *and* audience in one statement: what a viewer may not see is
 * never found and then hidden. Words are folded (accents, case) and keyed: the store can be
 * read by nobody, and is rebuilt from the records when lost (search_empty, search_put).
 *
 * All words must occur; the first SEARCH_WORDS_ASKED count. The newest SEARCH_HITS_MAX records,
 * last changed first. Cost: one probe a word for each record that holds the rarest word, or for
 * each record that the viewer may read, whichever are fewer; at most SEARCH_CANDIDATES_MAX of them,
 * the newest. Who may read more than that, and asks only words that more hold, is told that older
 * ones weren't looked at: it says how frequent a word is, and no more.
 */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "access/access.h"
#include "platform/crypto/lexeme.h"
#include "platform/db/db.h"

enum {
	SEARCH_WORDS_MAX = 2000,
	SEARCH_LONG_WORDS_MAX = 6000, /* of a file */
	SEARCH_WORDS_ASKED = 4,
	SEARCH_HITS_MAX = 50,
	SEARCH_CANDIDATES_MAX = 10000
};

/* Folds and keys words; safe from every thread (one at a time inside). */
struct search_words;
MUST_CHECK enum status search_words_open(const struct mac_key *key, struct arena *a,
                                         struct search_words **ret, struct error *reterr);
void search_words_close(struct search_words *w); /* takes NULL */

/* The different lexemes of text, at most max; how many. */
size_t search_words_of(struct search_words *w, const char *text, struct arena *a, size_t max,
                       struct lexeme *ret);

/* The same of a text of any length, piece by piece, so that who asks meanwhile waits for a piece and
 * no longer: an array of struct lexeme, items never NULL, at most SEARCH_LONG_WORDS_MAX. */
struct array search_words_of_long(struct search_words *w, const char *text, struct arena *a);

/* ---- inside a job -------------------------------------------------------------------------- */

struct search_entry {
	int kind; /* enum audit_object: OBJECT_SIGNAL, ... */
	int64_t object_id;
	const char *reference; /* of its own, or "S-2026-7K3QF/attachments/2": where it hangs */
	int64_t at;
	const struct lexeme *words;
	size_t word_count;
	const struct thing *thing; /* its readers */
};
/* The record's words and readers, instead of what was there. */
MUST_CHECK enum status search_put(struct db_tx *tx, const struct search_entry *entry,
                                  struct error *reterr);
/* Its reference and readers, its words as they were: found by number even without words. */
MUST_CHECK enum status search_refer(struct db_tx *tx, int kind, int64_t object_id,
                                    const char *reference, int64_t at, const struct thing *thing,
                                    struct error *reterr);
/* The same for a record that this job made: nothing is asked. document: of db_take_ids of
 * "search_document". */
MUST_CHECK enum status search_refer_fresh(struct db_tx *tx, int64_t document,
                                          const struct search_entry *entry, struct error *reterr);
/* Is it in the store, with its words or without? */
MUST_CHECK enum status search_there(struct db_read *r, int kind, int64_t object_id, bool *ret,
                                    struct error *reterr);
/* Its words alone. *ret_there false: it isn't in the store, and nothing happened. */
MUST_CHECK enum status search_words_put(struct db_tx *tx, int kind, int64_t object_id,
                                        const struct lexeme *words, size_t word_count,
                                        bool *ret_there, struct error *reterr);
/* Its readers alone, when a state changes and the words don't. Absent: nothing happens. */
MUST_CHECK enum status search_readers(struct db_tx *tx, int kind, int64_t object_id,
                                      const struct thing *thing, struct error *reterr);
/* One more reader beside those of its thing: a casefile's members. Absent: nothing happens. */
MUST_CHECK enum status search_reader_add(struct db_tx *tx, int kind, int64_t object_id,
                                         audience reader, struct error *reterr);
MUST_CHECK enum status search_drop(struct db_tx *tx, int kind, int64_t object_id,
                                   struct error *reterr);

/* ---- finding ------------------------------------------------------------------------------- */

struct search_hit {
	int kind;
	int64_t object_id;
	const char *reference;
	int64_t at;
};
struct search_found {
	struct array hits; /* of struct search_hit */
	bool full;         /* SEARCH_HITS_MAX of them: there may be more */
	bool cut;          /* older records weren't looked at, and might have been among them */
};
/* What this viewer may read and holds all words. */
MUST_CHECK enum status search_find(struct db_read *r, const struct viewer *v,
                                   const struct lexeme *words, size_t word_count, struct arena *a,
                                   struct search_found *ret, struct error *reterr);
/* The same by its reference; an empty list for none and for not yours alike. */
MUST_CHECK enum status search_reference(struct db_read *r, const struct viewer *v,
                                        const char *reference, struct arena *a, struct array *ret,
                                        struct error *reterr);

/* The beginning of a text, at a word: what a title shows of it. */
const char *search_beginning(struct arena *a, const char *text);

/* ---- the store as a whole -------------------------------------------------------------------- */

/*
 * Which generation of the records the store was filled for; 0: it is new, or was lost. Rooms that
 * feed it keep the same number on their side and fill it again when the two differ.
 */
MUST_CHECK enum status search_generation(struct db_read *r, int64_t *ret, struct error *reterr);
MUST_CHECK enum status search_set_generation(struct db_tx *tx, int64_t number,
                                             struct error *reterr);

extern const struct db_stmt *const search_statements[];

#endif
