/* plein check: does what is stored still say what the rules say? */
#include "cli/cli.h"

#include <string.h>

#include "advice/advice_check.h"
#include "analysis/analysis_check.h"
#include "casework/casefile_check.h"
#include "casework/presence_check.h"
#include "interventions/intervention_check.h"
#include "plein/plein.h"
#include "requests/request_check.h"
#include "signals/signal_check.h"
#include "steering/steering_check.h"

static const char HELP[] =
    "plein check - controleert of de gegevens nog kloppen met de regels\n"
    "\n"
    "  plein check access [--data MAP]\n"
    "      rekent opnieuw uit wie wat mag lezen, en vergelijkt dat met de lijsten: van elk\n"
    "      signaal, elke casus, elke bevraging, elke interventie en elk advies de lezers; van "
    "elke\n"
    "      analyse, elke vergadering van de Stuurploeg met haar agendapunten, en elke betrokkene "
    "bij\n"
    "      \"Mogelijk dezelfde\" voor iedereen die er kan komen. Toont elk verschil; eindigt met "
    "1\n"
    "      als er verschillen zijn\n";

struct checking {
	struct db_read *r;
	struct out *out;
	int64_t now_ms;
	struct audience_faults all; /* the first fault of all is the one that is named */
};

static void sum_up(struct checking *c, const char *label, const struct audience_faults *found)
{
	out_fmt(c->out, "%lld %s nagerekend, %lld verschillen\n", (long long)found->records, label,
	        (long long)found->faults);
	if (c->all.faults == 0)
		memcpy(c->all.first, found->first, sizeof c->all.first);
	c->all.faults += found->faults;
}

static enum status check_signals(struct checking *c, struct error *reterr)
{
	struct audience_check signals = { 0 };
	const enum status st = signal_check_audiences(c->r, c->out, &signals, reterr);

	struct audience_faults found = { .records = signals.signals, .faults = signals.faults };
	memcpy(found.first, signals.first, sizeof found.first);
	if (st == OK)
		sum_up(c, "signalen", &found);
	return st;
}

/* Rows that say who reads a record. */
static enum status check_readers(struct checking *c, struct error *reterr)
{
	static const struct audience_room *const ROOMS[] = {
		&CASEFILE_AUDIENCES, &REQUEST_AUDIENCES, &INTERVENTION_AUDIENCES, &ADVICE_AUDIENCES
	};
	enum status st = OK;

	for (size_t i = 0; st == OK && i < sizeof ROOMS / sizeof ROOMS[0]; i++) {
		struct audience_faults found = { 0 };
		st = audience_check(c->r, ROOMS[i], c->out, &found, reterr);
		if (st == OK)
			sum_up(c, ROOMS[i]->label, &found);
	}
	return st;
}

/* Statements that say whether a viewer opens a record. */
static enum status check_viewers(struct checking *c, struct error *reterr)
{
	static const struct viewer_room *const ROOMS[] = { &ANALYSIS_VIEWERS,
		                                           &STEERING_MEETING_VIEWERS,
		                                           &STEERING_POINT_VIEWERS,
		                                           &PRESENCE_VIEWERS };
	enum status st = OK;

	for (size_t i = 0; st == OK && i < sizeof ROOMS / sizeof ROOMS[0]; i++) {
		struct audience_faults found = { 0 };
		st = viewer_check(c->r, ROOMS[i], c->now_ms, c->out, &found, reterr);
		if (st == OK)
			sum_up(c, ROOMS[i]->label, &found);
	}
	return st;
}

static enum status check_access(struct plein *p, struct out *o, struct error *reterr)
{
	struct checking c = { .out = o, .now_ms = clock_now_ms(p->clock) };

	enum status st = db_read_begin(p->db, &c.r, reterr);
	if (st == OK)
		st = check_signals(&c, reterr);
	if (st == OK)
		st = check_readers(&c, reterr);
	if (st == OK)
		st = check_viewers(&c, reterr);
	db_read_end(c.r);
	if (st == OK && c.all.faults > 0)
		return FAIL(reterr, ERR_CONFLICT, "%lld verschillen. Het eerste: %s.",
		            (long long)c.all.faults, c.all.first);
	return st;
}

static enum status run(struct plein *p, struct arena *a, char **words, int word_count,
                       struct out *o, struct error *reterr)
{
	(void)a;
	if (word_count == 1 && strcmp(words[0], "access") == 0)
		return check_access(p, o, reterr);
	return FAIL(reterr, ERR_INVALID, "Kies access. Kijk bij --help.");
}

const struct cli_task CHECK_TASK = { "check", run, .creates = false };

int cli_check(int argc, char **argv)
{
	return cli_do(argc, argv, HELP, &CHECK_TASK);
}
