/* casework_parts.h - what the files that change a casefile share; inside casework/ */
#ifndef CASEWORK_CASEWORK_PARTS_H
#define CASEWORK_CASEWORK_PARTS_H

#include "casework/casework.h"

/* Audiences and place in the search as the rules give them now; its reference. */
MUST_CHECK enum status casefile_readers_changed(struct db_tx *tx, int64_t id,
                                                const char **ret_reference, struct error *reterr);
MUST_CHECK enum status casefile_history_put(struct db_tx *tx, const struct casefile_writer *w,
                                            enum casefile_action action, uint8_t state,
                                            struct error *reterr);
/* The same news for every member, but not for who did it. */
MUST_CHECK enum status casefile_tell_members(struct db_tx *tx, const struct casefile_writer *w,
                                             int news_kind, const char *reference,
                                             struct error *reterr);

#endif
