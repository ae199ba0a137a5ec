/* intervention_named.h - what interventions are called, for who has work on them; for the house */
#ifndef INTERVENTIONS_INTERVENTION_NAMED_H
#define INTERVENTIONS_INTERVENTION_NAMED_H

#include "platform/http/http.h"

/* As search/namer.h asks: "Bestuurlijke boete, Zandrecht", of what this viewer may open, NULL for the rest.
 * Without a person: only the instrument and the municipality. */
MUST_CHECK enum status intervention_titles(struct request *rq, const int64_t *ids, size_t count,
                                           const char **ret_titles, struct error *reterr);

extern const struct db_stmt *const intervention_named_statements[];

#endif
