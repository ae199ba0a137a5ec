/* request_end.h - what requests keep of a person or a casefile goes, with its keys */
#ifndef REQUESTS_REQUEST_END_H
#define REQUESTS_REQUEST_END_H

#include "platform/db/db.h"
#include "subjects/kept.h"

/*
 * Inside a job. Answers about this person go; a request that asked about nobody else loses its
 * words and the reason of a refusal too. That there was a request stays, by number and dates.
 */
MUST_CHECK enum status requests_forget_presence(struct db_tx *tx, int64_t presence_id,
                                                int64_t now_ms, struct error *reterr);
/* The same of all requests of a casefile: nobody opens them any more. */
MUST_CHECK enum status requests_forget_casefile(struct db_tx *tx, int64_t casefile_id,
                                                int64_t now_ms, struct error *reterr);

/* Nobody opens them any more, nothing goes: a hold keeps the casefile past its day. */
MUST_CHECK enum status requests_hide_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                              struct error *reterr);

/* What was asked about it and why, also where that is no longer open to anybody: each as a line. */
MUST_CHECK enum status requests_keep(struct db_read *r, struct keyring *k,
                                     const struct kept_subject *of, struct arena *a,
                                     struct array *lines, struct error *reterr);

extern const struct db_stmt *const request_end_statements[];

#endif
