/* advice_copy.h - the words of a withdrawn edition, sealed anew for the next one; inside advice/ */
#ifndef ADVICE_ADVICE_COPY_H
#define ADVICE_ADVICE_COPY_H

#include "advice/advice_write.h"

struct advice_copy {
	bool there; /* false: there is nothing to copy */
	struct sealed_advice_texts texts;
	struct proposal_new *proposals;
	size_t proposal_count;
};
/* In prepare: of the newest edition of this casefile, if it was withdrawn; `next` is the new one. */
MUST_CHECK enum status advice_copy_seal(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                        const struct uuid *next, int64_t now_ms, struct arena *a,
                                        struct advice_copy *ret, struct error *reterr);
/* In apply, after the new edition was inserted. Owners and sources are asked anew; which facts it
 * rests on is chosen anew. */
MUST_CHECK enum status advice_copy_put(struct db_tx *tx, const struct advice_writer *w,
                                       const struct advice_copy *copy, struct error *reterr);

#endif
