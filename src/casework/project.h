/*
 * project.h - the register of projects: work on one theme, area or branch for some years
 *
 * A casefile belongs to one at most. What happens in it from then on counts for the project in the
 * person-free statistics; what happened before stays where it was counted.
 */
#ifndef CASEWORK_PROJECT_H
#define CASEWORK_PROJECT_H

#include "platform/crypto/uuid.h"
#include "platform/db/db.h"
#include "platform/http/input.h" /* struct array */

enum { PROJECTS_MAX = 200, PROJECT_NAME_CHARS = 80, PROJECT_AIM_CHARS = 500 };

struct project {
	int64_t id, from_day, until_day; /* until_day: the last day */
	struct uuid uuid;
	const char *name, *aim; /* of no person */
	int64_t casefiles;      /* that belong to it now */
};
/* Newest first: an array of struct project. */
MUST_CHECK enum status project_list(struct db_read *r, struct arena *a, struct array *ret,
                                    struct error *reterr);

/* ERR_CONFLICT: there is one of that name. */
MUST_CHECK enum status project_add(struct db_tx *tx, const struct project *p,
                                   int64_t appointment_id, int64_t now_ms, struct error *reterr);
/* project_id 0: to none. The casefile is claimed. */
MUST_CHECK enum status casefile_set_project(struct db_tx *tx, int64_t casefile_id,
                                            int64_t project_id, struct error *reterr);

extern const struct db_stmt *const project_statements[];

#endif
