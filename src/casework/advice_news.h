/* advice_news.h - who hears that the advice of a casefile goes on; inside casework/ */
#ifndef CASEWORK_ADVICE_NEWS_H
#define CASEWORK_ADVICE_NEWS_H

#include "casework/casework.h"

/* After the move was made: the Stuurploeg when it is submitted; the partners involved, and the
 * Stuurploeg too, when it is provided (decisions 2.7). Other moves tell nobody. */
MUST_CHECK enum status casefile_tell_advice(struct db_tx *tx, const struct casefile_writer *w,
                                            const struct move *mv, struct error *reterr);

extern const struct db_stmt *const advice_news_statements[];

#endif
