/*
 * fill - a world of any size in a new installation
 *
 *   fill NAME=NUMBER... [--data DIR] [--database CONNINFO]
 *
 * NAME: scale (0 small, 1 region, 2 national), signals, casefiles, gone, facts, subjects,
 * big-every, requests, interventions, years, gone-years, seed (world.h). Everybody works there
 * from the first day on. Ends with one line: what lies in it.
 */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "demo/demo.h"
#include "monitor/tally.h"
#include "people/people.h"
#include "platform/core/calendar.h"
#include "server/open.h"

struct wish {
	int64_t scale, seed;
	struct world_size size;
};
static const struct {
	const char *name;
	size_t offset;
} NUMBERS[] = {
#define NUMBER(name_, member_)                                                                     \
	{                                                                                          \
		name_, offsetof(struct wish, member_)                                              \
	}
	NUMBER("scale", scale),
	NUMBER("seed", seed),
	NUMBER("signals", size.signals),
	NUMBER("casefiles", size.casefiles),
	NUMBER("gone", size.gone),
	NUMBER("facts", size.facts),
	NUMBER("subjects", size.subjects),
	NUMBER("big-every", size.big_every),
	NUMBER("requests", size.requests),
	NUMBER("interventions", size.interventions),
	NUMBER("years", size.years),
	NUMBER("gone-years", size.gone_years),
#undef NUMBER
};

static bool read_number(const char *word, struct wish *to)
{
	const size_t len = strcspn(word, "=");

	for (size_t i = 0; i < sizeof NUMBERS / sizeof NUMBERS[0]; i++) {
		if (strlen(NUMBERS[i].name) != len || strncmp(word, NUMBERS[i].name, len) != 0 ||
		    word[len] != '=')
			continue;
		*(int64_t *)((char *)to + NUMBERS[i].offset) = strtoll(word + len + 1, NULL, 10);
		return true;
	}
	return false;
}

static bool read_wish(char **words, int count, struct wish *to)
{
	for (int i = 0; i < count; i++)
		if (!read_number(words[i], to)) {
			(void)fprintf(stderr, "fill: what is \"%s\"?\n", words[i]);
			return false;
		}
	return to->size.subjects > 0 && to->size.years > 0;
}

static enum status people(struct plein *p, const struct wish *wish, struct arena *a,
                          struct error *reterr)
{
	const int64_t now_ms = clock_now_ms(p->clock);
	const int64_t years = wish->size.years + wish->size.gone_years;
	const struct demo_wish of = { .db = p->db,
		                      .account_key = p->account_key,
		                      .seed = (uint64_t)wish->seed,
		                      .scale = (enum demo_scale)wish->scale,
		                      .now_ms = now_ms,
		                      .first_ms = now_ms - (years * 365 + 30) * DAY_MS };
	enum status st = demo_make(&of, reterr);

	return st == OK ? plein_refresh(p, a, reterr) : st;
}

/* Screened and trained lately, whoever works here so long. */
static enum status renew(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct world *w = args;
	const int64_t day = local_day(w->now_ms) - 30;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < w->player_count; i++) {
		const int64_t id = w->players[i].person_id;
		st = person_set_screening(tx, id, SCREENING_VOG, day, reterr);
		if (st == OK)
			st = person_set_training(tx, id, day, reterr);
	}
	return st;
}

/* As the server does by itself in its first ten minutes: nothing else writes now. */
static enum status keep_sums(struct plein *p, int64_t now_ms, struct error *reterr)
{
	int64_t rows = 0;
	const enum status st = tallies_keep(p->db, now_ms, &rows, reterr);

	return st == OK ? tallies_keep(p->db, now_ms + TALLY_SETTLED_MS, &rows, reterr) : st;
}

static enum status fill(struct plein *p, const struct wish *wish, struct arena *a,
                        struct error *reterr)
{
	struct db_job renewing = { .run = renew };
	struct world w = { .plein = p,
		           .size = wish->size,
		           .dice = (uint64_t)wish->seed,
		           .arena = a,
		           .now_ms = clock_now_ms(p->clock) };
	enum status st = people(p, wish, a, reterr);

	if (st == OK)
		st = world_open(&w, reterr);
	renewing.args = &w;
	if (st == OK)
		st = db_run(p->db, &renewing, reterr);
	if (st == OK)
		st = world_fill(&w, reterr);
	return st == OK ? keep_sums(p, w.now_ms, reterr) : st;
}

int main(int argc, char **argv)
{
	struct wish wish = { .scale = DEMO_REGION,
		             .seed = 1,
		             .size = { .facts = 60, .subjects = 12, .years = 5 } };
	struct settings settings;
	struct error e = { 0 };
	struct plein *p = NULL;
	struct arena a;
	char **words;
	int count;

	arena_init(&a, 64 << 20);
	enum status st = settings_read(argc - 1, argv + 1, &a, &settings, &words, &count, &e);
	if (st == OK && !read_wish(words, count, &wish))
		return 2;
	if (st == OK)
		st = plein_open(&(struct opening){ .settings = &settings,
		                                   .create_keys = true,
		                                   .unflushed = true },
		                &a, &p, &e);
	if (st == OK)
		st = fill(p, &wish, &a, &e);
	if (st != OK)
		(void)fprintf(stderr, "fill: %s %s (%s:%d)\n", e.message, e.cause, e.file, e.line);
	plein_close(p);
	arena_reset(&a);
	return st == OK ? 0 : 1;
}
