/* let_in.h - somebody signed in without a password, for measurements of an installation of our own */
#ifndef BENCH_LET_IN_H
#define BENCH_LET_IN_H

#include "server/open.h"

/* Inside a job: opens a session and an API token for the appointment, and prints the header line of
 * each, "Cookie: ..." and "Authorization: ...". */
MUST_CHECK enum status let_in(struct db_tx *tx, struct plein *p, int64_t person_id,
                              int64_t appointment_id, struct error *reterr);

#endif
