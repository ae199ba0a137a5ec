/*
 * world.h - a lawful database of any size for the measurements: what rooms write, by their own functions
 *
 * Time is simulated: each act gets the moment at which it would have happened, up to the moment that
 * the machine's clock shows, so that what is young is unfinished. The same seed gives the same
 * story. What is left out: log events, advices and the minutes of meetings.
 */
#ifndef BENCH_WORLD_H
#define BENCH_WORLD_H

#include "demo/stage.h"
#include "law/statute.h"
#include "plein/plein.h"
#include "signals/whole.h"

static const int64_t DAY_MS = 86400000;
enum { TEAM_MAX = 6, TOLD_WORDS = 3000 };

struct world_size {
	int64_t signals;   /* adopted without a casefile, or still under way; alive */
	int64_t casefiles; /* alive */
	int64_t gone;  /* casefiles of the years before that: of these only statistics are left */
	int64_t facts; /* of a usual casefile, those of the signal included */
	int64_t subjects;  /* of a usual casefile */
	int64_t big_every; /* one in so many casefiles has BIG_SUBJECTS and BIG_FACTS; 0: none */
	int64_t requests;  /* of each casefile */
	int64_t interventions; /* of each casefile */
	int64_t years;         /* that what lives goes back */
	int64_t gone_years;    /* before those */
};
enum { BIG_SUBJECTS = 40, BIG_FACTS = 600 };

struct worker {
	const struct player *player;
	struct viewer viewer;
};
struct workers {
	struct worker *items;
	size_t count;
};

struct world {
	struct plein *plein;
	struct world_size size;
	int64_t now_ms;
	uint64_t dice;
	struct player *players;
	size_t player_count;
	struct workers submitters, coordinators, analysts, secretaries, records, heads, members,
	    desks, leads, executors, steering, invited;
	struct whole_sender sender; /* of the meeting that is being written */
	struct arena *arena;        /* lives as long as the world */
	const char **words;         /* TOLD_WORDS of them, the frequent ones first */
};

/* ---- drawing ------------------------------------------------------------------------------------ */

uint32_t world_draw(struct world *w, uint32_t below);
const struct worker *world_worker(struct world *w, const struct workers *among);
/* The first of this role at this organ; NULL: nobody. */
const struct worker *world_at(const struct workers *among, int64_t organ_id);
/* So many words, the frequent ones more often. */
const char *world_words(struct world *w, struct arena *a, int count);

MUST_CHECK enum status world_open(struct world *w, struct error *reterr);

/* ---- inside a job --------------------------------------------------------------------------------- */

struct told_signal {
	int64_t id;
	int theme;
	struct uuid uuid;
};

/* Brings one in, with so many subjects. from: w->sender. */
MUST_CHECK enum status world_signal(struct world *w, struct db_tx *tx, int64_t at_ms,
                                    int64_t subjects, struct told_signal *ret,
                                    struct error *reterr);

/* A casefile of that signal, from its opening on. */
struct told_case {
	int64_t id, signal_id, opened_ms, until_ms; /* nothing happens after until_ms */
	int64_t subjects, facts;
	int theme;
	const char *reference;
	const struct worker *coordinator, *analyst;
	const struct worker
	    *team[TEAM_MAX]; /* members of the working group, one an organ; the first has
	                                       leads and executors */
	size_t team_count;
};
MUST_CHECK enum status world_casefile(struct world *w, struct db_tx *tx, struct told_case *c,
                                      struct error *reterr);
MUST_CHECK enum status world_requests(struct world *w, struct db_tx *tx, const struct told_case *c,
                                      struct error *reterr);
MUST_CHECK enum status world_interventions(struct world *w, struct db_tx *tx,
                                           const struct told_case *c, struct error *reterr);
/* It ends and is destroyed, with everything in it; its statistics stay. */
MUST_CHECK enum status world_forget(struct world *w, struct db_tx *tx, const struct told_case *c,
                                    struct error *reterr);

/* ---- all of it -------------------------------------------------------------------------------------- */

MUST_CHECK enum status world_fill(struct world *w, struct error *reterr);

#endif
