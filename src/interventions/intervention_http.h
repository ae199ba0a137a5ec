/* intervention_http.h - the pages and API of interventions, for the house */
#ifndef INTERVENTIONS_INTERVENTION_HTTP_H
#define INTERVENTIONS_INTERVENTION_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

/* interventions.h's, for rooms_prepare. */
extern const struct db_stmt *const intervention_seal_statements[];
extern const struct db_stmt *const intervention_move_statements[];

#endif
