/* free_words.h - may this text outlive its casefile? The check of person_free.h, for a request */
#ifndef INTERVENTIONS_FREE_WORDS_H
#define INTERVENTIONS_FREE_WORDS_H

#include "platform/http/http.h"

/* Names of every subject of the casefile that isn't a place: whom a person-free text may not name. They
 * are known for that check alone and never reach a page. An array of const char *. */
MUST_CHECK enum status intervention_names(struct request *rq, int64_t casefile_id,
                                          struct array *ret, struct error *reterr);
/* person_free_problem(), as a problem at path. */
void intervention_check_free(struct request *rq, const struct array *names, const char *text,
                             const char *path);

#endif
