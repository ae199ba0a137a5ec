/* advice_end.h - what advices keep of a casefile goes, with its keys, or stays under a hold */
#ifndef ADVICE_ADVICE_END_H
#define ADVICE_ADVICE_END_H

#include "platform/crypto/keyring.h"
#include "platform/db/db.h"
#include "subjects/kept.h"

/* Inside a job. An advice names nobody and its facts by number alone: nothing of a person. */
/* Every word of every edition and the frozen bytes; nobody opens them any more. That there was an
 * advice stays, by number, dates and who signed. */
MUST_CHECK enum status advices_forget_casefile(struct db_tx *tx, int64_t casefile_id,
                                               int64_t now_ms, struct error *reterr);

/* What a hold keeps of a casefile: what its advices and quick actions say, and how objections were
 * handled. Of one person: nothing. */
MUST_CHECK enum status advices_keep(struct db_read *r, struct keyring *k,
                                    const struct kept_subject *of, struct arena *a,
                                    struct array *lines, struct error *reterr);

extern const struct db_stmt *const advice_end_statements[];
extern const struct db_stmt *const advice_kept_statements[];

#endif
