/*
 * whole.h - a signal that comes in at once: by the API, from a file, out of a pasted story
 *
 * Everything a form would ask in six steps, read and judged with all problems at once, sealed,
 * and stored by one function inside a job. What is declared is submitted, by the same table and
 * guard as the button; the rest stays a draft of who sent it (decisions 1.9).
 */
#ifndef SIGNALS_WHOLE_H
#define SIGNALS_WHOLE_H

#include "platform/http/http.h"
#include "signals/signal_fresh.h"
#include "signals/signals.h"
#include "subjects/tie.h"

enum { WHOLE_TEXTS = 12 };

struct whole_input {
	const char *title, *facts, *judgement, *where, *tried, *effect;
	const char *criterion_a, *criterion_b, *criterion_c, *criterion_d, *criterion_e;
	const char *municipality; /* name or CBS code */
	int64_t seen_from, seen_until, task;
	int theme, crime_form, line, reliability;
	bool declared;         /* "mag, en klopt": then it is submitted */
	struct array subjects; /* of struct subject_input; tieTo counts from 1 */
};
extern const struct form WHOLE_FORM;

/* What many signals of one sender share: loaded once. */
struct whole_sender {
	const struct plein *plein;
	const struct viewer *viewer;
	struct array municipalities; /* of the own region, today */
	int64_t now_ms;
};
/* viewer lives as long as ret. ERR_DENIED: who has no organ brings in nothing. */
MUST_CHECK enum status whole_sender_load(struct db_read *r, const struct plein *p,
                                         const struct viewer *viewer, int64_t now_ms,
                                         struct arena *a, struct whole_sender *ret,
                                         struct error *reterr);

struct sealed_whole {
	struct uuid uuid;
	int64_t municipality_id;
	struct signal_codes codes;
	struct sealed_part parts[WHOLE_TEXTS];
	size_t part_count;
	struct sealed_subject *subjects;
	struct sealed_tie *ties;
	size_t subject_count, tie_count;
	struct subject_source source;
	bool submits;
	const char *reference; /* taken before the job that stores it; NULL: taken in that job */
	struct signal_picture picture; /* once stored */
};

/*
 * Checks what was read and seals it, in prepare. Problems go into problems, all at once; with an
 * error among them nothing is sealed. a: what is sealed lives here; scratch may be rewound.
 */
void whole_seal(const struct whole_sender *from, const struct whole_input *in, struct arena *a,
                struct arena *scratch, struct problems *problems, struct sealed_whole *ret);

/*
 * In apply: `count` of them, each by its pointer. All have a reference, or none. ret: of each; a
 * reference that was taken in the job lives in its arena. Rows of all go together (db_gather); the
 * caller may add its own of that kind, and has to call db_gather_end.
 */
MUST_CHECK enum status whole_store(struct db_tx *tx, const struct whole_sender *from,
                                   const struct sealed_whole *const *all, size_t count,
                                   struct signal_numbers *ret, struct error *reterr);

#endif
