#include "world.h"

#include <stdio.h>

#include "demo/demo_store.h"
#include "platform/core/calendar.h"

/* ---- drawing ------------------------------------------------------------------------------------ */

uint32_t world_draw(struct world *w, uint32_t below)
{
	uint64_t z = w->dice += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return (uint32_t)((z ^ (z >> 31)) % below);
}

const struct worker *world_worker(struct world *w, const struct workers *among)
{
	return &among->items[world_draw(w, (uint32_t)among->count)];
}

const struct worker *world_at(const struct workers *among, int64_t organ_id)
{
	for (size_t i = 0; i < among->count; i++)
		if (among->items[i].viewer.organ_id == organ_id)
			return &among->items[i];
	return NULL;
}

/* The smaller of two draws: half of all words come from the first three in ten. */
static const char *word(struct world *w)
{
	const uint32_t a = world_draw(w, TOLD_WORDS), b = world_draw(w, TOLD_WORDS);

	return w->words[a < b ? a : b];
}

const char *world_words(struct world *w, struct arena *a, int count)
{
	enum { WORD_BYTES = 16 };
	char *text = arena_alloc(a, (size_t)count * WORD_BYTES + 1);
	size_t len = 0;

	for (int i = 0; i < count; i++)
		len += (size_t)snprintf(text + len, WORD_BYTES, "%s%s", i > 0 ? " " : "", word(w));
	text[len] = '\0';
	return text;
}

/* Words that mean nothing: "balomiker". */
static void make_words(struct world *w)
{
	static const char *const PARTS[] = {
		"ba",  "lo", "mi",  "ker", "dun", "to",  "ves", "ra",
		"pel", "no", "sti", "gaf", "hu",  "wol", "je",  "tra"
	};
	enum { COUNT = sizeof PARTS / sizeof PARTS[0] };

	w->words = ARENA_ARRAY(w->arena, const char *, TOLD_WORDS);
	for (size_t i = 0; i < TOLD_WORDS; i++)
		w->words[i] =
		    arena_printf(w->arena, "%s%s%s%s", PARTS[i % COUNT], PARTS[i / COUNT % COUNT],
		                 PARTS[(i / COUNT / COUNT + i) % COUNT], i % 2 == 0 ? "s" : "");
}

/* ---- people --------------------------------------------------------------------------------------- */

static struct worker worker_of(const struct player *p)
{
	struct worker a = { .player = p,
		            .viewer = { .person_id = p->person_id,
		                        .appointment_id = p->appointment_id,
		                        .participant_id = p->participant_id,
		                        .organ_id = p->organ_id,
		                        .municipality_id = p->municipality_id,
		                        .letter = p->letter,
		                        .role = p->role } };

	viewer_audiences(&a.viewer);
	return a;
}

static struct workers workers_of(struct world *w, enum role role)
{
	struct workers all = { ARENA_ARRAY(w->arena, struct worker, w->player_count), 0 };

	for (size_t i = 0; i < w->player_count; i++)
		if (w->players[i].role == role)
			all.items[all.count++] = worker_of(&w->players[i]);
	return all;
}

static enum status everybody_is_there(const struct world *w, struct error *reterr)
{
	const struct workers *const all[] = { &w->submitters,  &w->coordinators, &w->analysts,
		                              &w->secretaries, &w->records,      &w->heads,
		                              &w->members,     &w->desks,        &w->leads,
		                              &w->executors,   &w->steering };

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (all[i]->count == 0)
			return FAIL(reterr, ERR_INTERNAL, "nobody has role %zu of this story", i);
	return OK;
}

enum status world_open(struct world *w, struct error *reterr)
{
	struct db_read *r;
	enum status st = db_read_begin(w->plein->db, &r, reterr);

	if (st != OK)
		return st;
	st = demo_players(r, w->arena, &w->players, &w->player_count, reterr);
	db_read_end(r);
	w->submitters = workers_of(w, ROLE_SUBMITTER);
	w->coordinators = workers_of(w, ROLE_INFO_COORDINATOR);
	w->analysts = workers_of(w, ROLE_ANALYST);
	w->secretaries = workers_of(w, ROLE_SECRETARY);
	w->records = workers_of(w, ROLE_RECORDS_MANAGER);
	w->heads = workers_of(w, ROLE_RIEC_HEAD);
	w->members = workers_of(w, ROLE_WORKING_GROUP);
	w->desks = workers_of(w, ROLE_PARTNER_DESK);
	w->leads = workers_of(w, ROLE_INTERVENTION_LEAD);
	w->executors = workers_of(w, ROLE_EXECUTOR);
	w->steering = workers_of(w, ROLE_STEERING_SECRETARY);
	w->invited = workers_of(w, ROLE_INFO_MEETING_MEMBER);
	make_words(w);
	return st == OK ? everybody_is_there(w, reterr) : st;
}
