/* subject_page.h - what the pages of a casefile's subjects share; inside casework/ */
#ifndef CASEWORK_SUBJECT_PAGE_H
#define CASEWORK_SUBJECT_PAGE_H

#include "casework/casework.h"
#include "platform/http/http.h"
#include "subjects/casefile_subject.h"

/* All subjects with the facts that this viewer may see; says in rq->touched how high they went. */
MUST_CHECK enum status casefile_subjects_seen(struct request *rq, const struct casefile *c,
                                              struct array *ret, struct error *reterr);

/* The one with the number of the path; NULL: none. */
const struct casefile_subject *subject_numbered(struct array subjects, const char *number);

/* "Betrokkene", "Directe kring". */
const char *casefile_role_label(int role);

struct array subject_crumbs(struct arena *a, const struct casefile *c);

#endif
