/*
 * live.h - the matching index over all living presences, in memory, kept up to date behind the writers
 *
 * It proposes: given what is known of somebody, which presences may be the same. It knows no rights:
 * whoever asks shows an answer only after the database said that the viewer may see it (alike.h).
 * What a likeness weighs is a function of the two records alone (index_new_frozen): how many others
 * there are, seen or unseen, changes nothing, so nothing can be read from it.
 *
 * A ticker's steps fill it after the start, opening a bounded number of presences each; until all are in
 * it answers nothing. After that a step takes what is new, once a minute what changed or went, and
 * once a day it is built anew, so that what was forgotten leaves the memory as well. BSNs stay out.
 *
 * Each time it was built anew it is kept in p->live_file, sealed (sealed_stream.h), and a start begins
 * with that: then only what changed or went meanwhile is opened. So what was forgotten leaves the
 * file within a day too, and every copy of the file is dead with the week's period key. The step that
 * sees a new period key seals the file anew, with the moment it was built as it was.
 *
 * Memory: 4 to 6 MiB when empty, and some 300 bytes a presence. Threads: steps in one; asking in any.
 */
#ifndef MATCHES_LIVE_H
#define MATCHES_LIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "plein/plein.h"
#include "subjects/subject.h"

struct live_index;

enum { LIVE_EVERY_MS = 1000, LIVE_HITS_MAX = 64, LIVE_ASKED_OF = 100000 };

struct live_index *live_new(void);
void live_free(struct live_index *x); /* takes NULL */

/* A part of what waits; *ret_more: there may be more. Does nothing when p has no index. */
MUST_CHECK enum status live_step(struct plein *p, bool *ret_more, struct error *reterr);

/* Everything that was there at the start is in. NULL: false. */
bool live_ready(const struct live_index *x);
uint32_t live_count(const struct live_index *x);
uint64_t live_bytes(const struct live_index *x);

struct live_hit {
	int64_t presence_id;
	double weight; /* log2 odds, among LIVE_ASKED_OF */
};
/* The presences most like these facts, best first, from weight_min; how many. 0 when not ready. */
int live_find(const struct live_index *x, int subject_kind, const struct subject_fact *facts,
              size_t count, double weight_min, struct live_hit ret[LIVE_HITS_MAX]);
/* The same of a presence that is in it. */
int live_find_presence(const struct live_index *x, int subject_kind, int64_t presence_id,
                       double weight_min, struct live_hit ret[LIVE_HITS_MAX]);

/* How two are alike: for who may see both. BSNs count here, and are never written out. */
struct likeness {
	double weight;
	const char *verdict;          /* "Waarschijnlijk dezelfde" */
	const char *agrees, *differs; /* clauses, "" where there are none */
	const char *short_words;      /* what tells most, for one line */
	const char *promise;     /* "Van 100 paren als dit zijn er naar schatting 80 dezelfde" */
	const char *number;      /* the weight: "+2,0" */
	const char *model;       /* "persons 4" */
	const char *model_words; /* "personen, versie 4" */
};
struct likeness_side {
	const struct subject_fact *facts;
	size_t count;
};
/* ERR_INVALID: a text that isn't UTF-8. */
MUST_CHECK enum status live_compare(const struct live_index *x, int subject_kind,
                                    const struct likeness_side *one,
                                    const struct likeness_side *other, struct arena *a,
                                    struct likeness *ret, struct error *reterr);

/* What so many share that it tells next to nothing: a shelter's address, 1 January. Look-ups read only
 * a part of those. Whoever shows one says no more than its rule and a round number, unless the viewer
 * may see one of them. */
enum { LIVE_CROWDS_MAX = 20, LIVE_CROWD_IDS = 4 * 56 };
struct live_crowd {
	int model;
	const char *kind; /* "personen" */
	const char *rule; /* "postcode en huisnummer" */
	uint32_t count;
	uint32_t fields; /* a bit per field of the model: what they share */
	size_t id_count;
	int64_t ids[LIVE_CROWD_IDS]; /* of the newest */
};
/* Largest first, into ret[LIVE_CROWDS_MAX]; how many. 0 when not ready. */
int live_crowds(const struct live_index *x, struct live_crowd *ret);
/* The facts that stand for the fields of the crowd, as a page shows them: "12 maart 1980, Boer". */
const char *live_crowd_shared(const struct live_index *x, const struct live_crowd *c,
                              const struct subject_fact *facts, size_t count, struct arena *a);

extern const struct db_stmt *const live_statements[];

#endif
