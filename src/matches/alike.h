/*
 * alike.h - who is like the one at hand, among what the viewer may see, and why: in plain Dutch
 *
 * For "known already?" and for the preview of an import. Where the index isn't there (on the command
 * line, just after the start) there is nothing to show, and the exact tokens still answer.
 */
#ifndef MATCHES_ALIKE_H
#define MATCHES_ALIKE_H

#include "matches/live.h"
#include "matches/seen.h"
#include "platform/crypto/sealed_key.h"
#include "platform/view/view.h"
#include "subjects/presence.h"

enum { ALIKE_MAX = 10 };

struct alike {
	const char *name;                           /* whom it was asked of: "Ilse Zandstra" */
	const char *reference, *href, *participant; /* where the other one stands */
	const char *place;                          /* "signaal" or "casus" */
	const char *verdict, *why;
	struct seen_presence other;
	double weight;
};
extern const struct view ALIKE_VIEW;

struct alike_question {
	const struct live_index *live;
	const struct viewer *viewer;
	struct keyring *keyring;
	const struct subject *subjects; /* whose facts are asked; ids needn't exist */
	size_t subject_count;
	int64_t participant_id; /* not 0: only what this participant brought in */
	int64_t signal_id;      /* left out: the signal they stand in; 0: none */
};
/* At most ALIKE_MAX, most likely first: an array of struct alike. */
MUST_CHECK enum status alike_find(struct db_read *r, const struct alike_question *q,
                                  struct arena *a, struct array *ret, struct error *reterr);

/* What to call a subject: its name, number or address; "" when it has none of these. */
const char *alike_name(struct arena *a, const struct subject *s);

#endif
