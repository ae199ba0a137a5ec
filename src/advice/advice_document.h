/*
 * advice_document.h - a whole advice with its parts, and the bytes that two persons sign
 *
 * The canonical bytes hold everything that the advice says, in a fixed order: whoever has them can
 * see that nothing was changed since the second signature. They name facts by their uuid, never by
 * their content, and say of an objection only how it was handled.
 */
#ifndef ADVICE_ADVICE_DOCUMENT_H
#define ADVICE_ADVICE_DOCUMENT_H

#include "advice/advices.h"
#include "advice/quick_actions.h"

struct advice_document {
	const struct advice *advice;
	struct advice_texts texts;
	struct array proposals, sources, sources_before, facts, signatures; /* as in advices.h, all
	                                                                        phases */
	struct array quick; /* struct quick_action: what was decided before it was signed */
};
MUST_CHECK enum status advice_document_load(struct db_read *r, struct keyring *k,
                                            const struct advice *d, struct arena *a,
                                            struct advice_document *ret, struct error *reterr);

/* JSON without white space, in the arena. The same document gives the same bytes. */
struct advice_bytes {
	const char *text;
	struct digest digest; /* SHA-256 */
};
MUST_CHECK enum status advice_canonical(const struct advice_document *d, struct arena *a,
                                        struct advice_bytes *ret, struct error *reterr);

/* Of a final advice: is it still what was signed? Compares what its rows say now, the bytes that
 * were frozen, and both signatures. */
MUST_CHECK enum status advice_is_genuine(struct db_read *r, struct keyring *k,
                                         const struct advice_document *d, struct arena *a,
                                         bool *ret, struct error *reterr);

#endif
