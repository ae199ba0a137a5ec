/* casework_parts.h - what the files that change a casefile share; inside casework/ */
#ifndef CASEWORK_CASEWORK_PARTS_H
#define CASEWORK_CASEWORK_PARTS_H

#include "casework/casework.h"

/* The reference of the other casefile of an event of the history h, or '' where this viewer sees none:
 * $2-$5 audiences, $6 person. */
#define OTHER_CASEFILE                                                                             \
	"coalesce((SELECT x.reference FROM casefile x WHERE x.id = h.other_id AND EXISTS"          \
	" (SELECT 1 FROM casefile_audience a WHERE a.id = x.id AND a.audience_id IN"               \
	" ($2, $3, $4, $5)) AND NOT EXISTS (SELECT 1 FROM casefile_block k"                        \
	" WHERE k.casefile_id = x.id AND k.person_id = $6 AND k.lifted_at = 0)), '')"

/* Audiences and place in the search as the rules give them now; its reference. */
MUST_CHECK enum status casefile_readers_changed(struct db_tx *tx, int64_t id,
                                                const char **ret_reference, struct error *reterr);
MUST_CHECK enum status casefile_history_put(struct db_tx *tx, const struct casefile_writer *w,
                                            enum casefile_action action, uint8_t state,
                                            struct error *reterr);
/* The same of an event between two casefiles. */
MUST_CHECK enum status casefile_history_between(struct db_tx *tx, const struct casefile_writer *w,
                                                enum casefile_action action, uint8_t state,
                                                int64_t other_id, struct error *reterr);
/* What waits for somebody about its subjects and tasks names this casefile: after they came to it. */
MUST_CHECK enum status casefile_tasks_follow(struct db_tx *tx, int64_t id, const char *reference,
                                             struct error *reterr);
/* The same news for every member, but not for who did it. */
MUST_CHECK enum status casefile_tell_members(struct db_tx *tx, const struct casefile_writer *w,
                                             int news_kind, const char *reference,
                                             struct error *reterr);

#endif
