/* advice_words.h - what a text of an advice or a quick action may not hold */
#ifndef ADVICE_ADVICE_WORDS_H
#define ADVICE_ADVICE_WORDS_H

#include "platform/http/http.h"

/* The persons of a casefile whose name no text may hold: an array of const char *. */
MUST_CHECK enum status advice_names(struct request *rq, int64_t casefile_id, struct array *ret,
                                    struct error *reterr);

/* A topic of R-5, a BSN, the name of a person: each a problem at `path`. An advice has readers who
 * don't read the facts (decisions 4.3), so that nobody is named in it. */
void advice_words_check(struct request *rq, struct array names, const char *path, const char *text);

#endif
