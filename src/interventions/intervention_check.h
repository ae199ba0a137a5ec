/* intervention_check.h - the stored readers of interventions beside intervention_readers() */
#ifndef INTERVENTIONS_INTERVENTION_CHECK_H
#define INTERVENTIONS_INTERVENTION_CHECK_H

#include "explain/audience_check.h"

extern const struct audience_room INTERVENTION_AUDIENCES;
extern const struct db_stmt *const intervention_check_statements[];

#endif
