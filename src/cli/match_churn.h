/* match_churn.h - measuring inserts and deletes in a live register (plein match lookup --churn) */
#ifndef CLI_MATCH_CHURN_H
#define CLI_MATCH_CHURN_H

#include "cli/match_table.h"
#include "matching/index.h"

/* Inserts each row and takes it out again, each time with the cluster it stands in at the threshold;
 * tells the times on stderr. The register is afterwards as it was. */
MUST_CHECK enum status match_churn(struct match_index *x, const struct match_table *rows,
                                   double threshold, struct error *reterr);

#endif
