/* casefile_sight.h - how much of all casefiles together somebody sees: for explain/sight.h */
#ifndef CASEWORK_CASEFILE_SIGHT_H
#define CASEWORK_CASEFILE_SIGHT_H

#include "access/access.h"
#include "platform/db/db.h"

MUST_CHECK enum status casefile_sight_subjects(struct db_read *r, const struct viewer *v,
                                               int64_t *ret, struct error *reterr);
/* Facts of this phase; none where he reads lower ones alone. */
MUST_CHECK enum status casefile_sight_facts_1(struct db_read *r, const struct viewer *v,
                                              int64_t *ret, struct error *reterr);
MUST_CHECK enum status casefile_sight_facts_2(struct db_read *r, const struct viewer *v,
                                              int64_t *ret, struct error *reterr);
MUST_CHECK enum status casefile_sight_facts_3(struct db_read *r, const struct viewer *v,
                                              int64_t *ret, struct error *reterr);
MUST_CHECK enum status casefile_sight_notes(struct db_read *r, const struct viewer *v, int64_t *ret,
                                            struct error *reterr);
MUST_CHECK enum status casefile_sight_analyses(struct db_read *r, const struct viewer *v,
                                               int64_t *ret, struct error *reterr);
/* Persons and things that he can put side by side. */
MUST_CHECK enum status casefile_sight_alike(struct db_read *r, const struct viewer *v, int64_t *ret,
                                            struct error *reterr);
MUST_CHECK enum status casefile_sight_projects(struct db_read *r, const struct viewer *v,
                                               int64_t *ret, struct error *reterr);

extern const struct db_stmt *const casefile_sight_statements[];

#endif
