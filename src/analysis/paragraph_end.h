/* paragraph_end.h - one paragraph up for review, or gone; inside src/analysis/ */
#ifndef ANALYSIS_PARAGRAPH_END_H
#define ANALYSIS_PARAGRAPH_END_H

#include "platform/db/db.h"

/* All its versions lose their keys and words. Nothing where it was destroyed before. */
MUST_CHECK enum status paragraph_destroy(struct db_tx *tx, int64_t paragraph_id, int64_t now_ms,
                                         struct error *reterr);

struct review_wish {
	int64_t paragraph_id;
	int64_t reasons; /* enum review_reason */
	int64_t until;   /* the last day; 0: it isn't destroyed for this */
};
/* With a task for who wrote the newest version. Nothing where these reasons stand already. */
MUST_CHECK enum status paragraph_put_up(struct db_tx *tx, const struct review_wish *wish,
                                        int64_t now_ms, struct error *reterr);

#endif
