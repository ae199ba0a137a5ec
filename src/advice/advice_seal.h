/* advice_seal.h - where each sealed text of an advice has its place; inside advice/ */
#ifndef ADVICE_ADVICE_SEAL_H
#define ADVICE_ADVICE_SEAL_H

#include "advice/advice_write.h"

enum { PROPOSAL_TEXT_COUNT = 4 };
extern const char *const PROPOSAL_TEXT_COLUMNS[PROPOSAL_TEXT_COUNT];

struct seal_place advice_text_place(const struct uuid *advice, const char *column);
struct seal_place proposal_text_place(const struct uuid *proposal, size_t text);

/* A column of a row: bytes NULL for none; a uuid of nothing but zeroes for none. */

/* "" for nothing sealed, and once forgotten. */
MUST_CHECK enum status advice_open_words(struct db_read *r, struct keyring *k,
                                         enum advice_words what, int64_t place, int64_t key_id,
                                         struct span sealed, struct arena *a, const char **ret,
                                         struct error *reterr);

#endif
