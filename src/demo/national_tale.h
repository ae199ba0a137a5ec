/* national_tale.h - other regions sent their figures; inside demo/ */
#ifndef DEMO_NATIONAL_TALE_H
#define DEMO_NATIONAL_TALE_H

#include "plein/plein.h"

/* Invented figures of the regions of the country but one, over this year and the one before it, read in
 * as any file is. The same for the same seed. */
MUST_CHECK enum status national_tale(struct plein *p, uint64_t seed, int64_t now_ms,
                                     struct error *reterr);

#endif
