/* import_page.h - what the pages of a round share; inside imports/ */
#ifndef IMPORTS_IMPORT_PAGE_H
#define IMPORTS_IMPORT_PAGE_H

#include "imports/import_store.h"
#include "platform/http/http.h"

/* The round of the path, of the viewer's own organ; sets rq->touched. */
MUST_CHECK enum status import_of_path(struct request *rq, struct import_round *ret,
                                      struct error *reterr);

#endif
