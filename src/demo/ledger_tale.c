#include "demo/ledger_tale.h"

#include <string.h>

static enum status put_targets(struct stage *s, struct player *secretary, const char *year,
                               struct error *reterr)
{
	static const struct {
		const char *column, *amount;
	} TARGETS[] = { { "seized", "750.000" }, { "collected", "300.000" } };
	enum status st = OK;

	for (size_t i = 0; st == OK && i < sizeof TARGETS / sizeof TARGETS[0]; i++)
		st = stage_post(s, secretary, "/seizures/targets",
		                stage_json(s, "year", year, "column", TARGETS[i].column, "amount",
		                           TARGETS[i].amount, NULL),
		                NULL, reterr);
	return st;
}

/* One pool for each participant that has a seat in the cast, in its order. */
static enum status put_pools(struct stage *s, struct player *secretary, const char *year,
                             struct error *reterr)
{
	enum { POOL_HOURS = 900, POOL_ROOM = 1500 };
	enum status st = OK;

	for (size_t i = 0; st == OK && i < s->player_count; i++) {
		const struct player *p = &s->players[i];
		if (p->role != ROLE_STEERING_MEMBER)
			continue;
		const uint32_t hours =
		    POOL_HOURS + stage_draw(s, "pool", p->participant_id, POOL_ROOM);
		st = stage_post(
		    s, secretary, "/steering/pools",
		    stage_json(s, "year", year, "participant",
		               arena_printf(&s->turn, "%lld", (long long)p->participant_id),
		               "hours", arena_printf(&s->turn, "%u", hours), NULL),
		    NULL, reterr);
	}
	return st;
}

enum status ledger_begin_year(struct stage *s, int year, struct error *reterr)
{
	struct player *secretary = stage_player(s, ROLE_STEERING_SECRETARY, NULL, 0, 0);
	const char *text = arena_printf(&s->turn, "%d", year);

	if (secretary == NULL)
		return OK;
	const enum status st = put_targets(s, secretary, text, reterr);
	return st == OK ? put_pools(s, secretary, text, reterr) : st;
}

/* Of the organ that carried it out; NULL: it has no desk of its own. */
static struct player *desk_of(struct stage *s, const struct player *executor)
{
	for (size_t i = 0; i < s->player_count; i++)
		if (s->players[i].role == ROLE_PARTNER_DESK && executor->organ_id != 0 &&
		    s->players[i].organ_id == executor->organ_id)
			return &s->players[i];
	return NULL;
}

enum status ledger_seized(struct stage *s, const struct seized *what, struct error *reterr)
{
	static const struct {
		const char *kind, *asset, *basis, *described;
	} MEASURES[] = {
		{ "CRIMINAL", "VEHICLE", "Wetboek van Strafvordering, artikel 94a",
		  "Twee bestelwagens en een aanhanger." },
		{ "CRIMINAL", "MONEY", "Wetboek van Strafvordering, artikel 94",
		  "Contant geld uit een kluis." },
		{ "FISCAL", "ACCOUNT", "Invorderingswet 1990, artikel 19",
		  "Het saldo van een zakelijke rekening." },
		{ "ADMIN", "GOODS", "Algemene wet bestuursrecht, artikel 5:29",
		  "Voorraad uit een loods." },
	};
	struct player *desk = desk_of(s, what->executor);
	const size_t nth = stage_draw(s, "measure", what->key, 4);
	const char *location = NULL;

	if (desk == NULL)
		return OK;
	enum status st = stage_post(
	    s, desk, "/seizures",
	    stage_json(s, "kind", MEASURES[nth].kind, "asset", MEASURES[nth].asset, "described",
	               MEASURES[nth].described, "legalBasis", MEASURES[nth].basis, "begunDay",
	               what->date, "intervention", what->intervention, NULL),
	    &location, reterr);
	const char *path = location != NULL ? strstr(location, "/seizures/") : NULL;
	if (st != OK || path == NULL)
		return st;
	return stage_post(
	    s, desk, arena_printf(&s->turn, "%.*s/amounts", (int)strcspn(path, "?"), path),
	    stage_json(s, "column", "seized", "amount", what->amount, "day", what->date, NULL),
	    NULL, reterr);
}
