/* subject_apart.h - facts that come from elsewhere than the rest of their subject; inside signals/ only */
#ifndef SIGNALS_SUBJECT_APART_H
#define SIGNALS_SUBJECT_APART_H

#include "signals/signal_page.h"
#include "subjects/presence.h"

/* Options of a select: every task of these organs (struct organ); the first, with an empty value,
 * says that it is the same as what stands around it. typed: NULL, nothing yet. */
struct array task_choices(struct arena *a, struct array organs, const char *same,
                          const char *typed);

/* What was sent under this path, else the stored code as text; NULL: neither (0: nothing stored). */
const char *sent_or(const struct request *rq, const char *path, int64_t stored);

/* Rows for what record->subject.apart holds, with room for more. */
void subject_apart_fill(struct request *rq, struct signal_page *record, struct array organs);

/* A fact that comes from where most of them come from; all zero without any. */
struct subject_fact usual_fact(const struct subject *s);
/* Those that don't: an array of struct fact_apart. */
struct array apart_of(struct arena *a, const struct subject *s, const struct subject_fact *usual);

#endif
