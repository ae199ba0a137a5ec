/* plein check: does what is stored still say what the rules say? */
#include "cli/cli.h"

#include <string.h>

#include "casework/casefile_check.h"
#include "plein/plein.h"
#include "requests/request_check.h"
#include "signals/signal_check.h"

static const char HELP[] =
    "plein check - controleert of de gegevens nog kloppen met de regels\n"
    "\n"
    "  plein check access [--data MAP]\n"
    "      rekent van elk signaal, elke casus en elke bevraging opnieuw uit wie die mag lezen,\n"
    "      en vergelijkt dat met de lijsten; toont elk verschil; eindigt met 1 als er verschillen\n"
    "      zijn\n";

static void sum_up(struct out *o, const char *label, int64_t records, int64_t faults)
{
	out_fmt(o, "%lld %s nagerekend, %lld verschillen\n", (long long)records, label,
	        (long long)faults);
}

/* Signals first: the first fault of all is the one that is named. */
static enum status check_rooms(struct db_read *r, struct out *o, struct audience_faults *ret,
                               struct error *reterr)
{
	static const struct audience_room *const ROOMS[] = { &CASEFILE_AUDIENCES,
		                                             &REQUEST_AUDIENCES };
	struct audience_check signals = { 0 };

	enum status st = signal_check_audiences(r, o, &signals, reterr);
	if (st != OK)
		return st;
	sum_up(o, "signalen", signals.signals, signals.faults);
	*ret = (struct audience_faults){ .faults = signals.faults };
	memcpy(ret->first, signals.first, sizeof ret->first);
	for (size_t i = 0; st == OK && i < sizeof ROOMS / sizeof ROOMS[0]; i++) {
		struct audience_faults found = { 0 };
		st = audience_check(r, ROOMS[i], o, &found, reterr);
		if (st != OK)
			return st;
		sum_up(o, ROOMS[i]->label, found.records, found.faults);
		if (ret->faults == 0)
			memcpy(ret->first, found.first, sizeof ret->first);
		ret->faults += found.faults;
	}
	return st;
}

static enum status check_access(struct plein *p, struct out *o, struct error *reterr)
{
	struct audience_faults found = { 0 };
	struct db_read *r = NULL;

	enum status st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = check_rooms(r, o, &found, reterr);
	db_read_end(r);
	if (st == OK && found.faults > 0)
		return FAIL(reterr, ERR_CONFLICT, "%lld verschillen. Het eerste: %s.",
		            (long long)found.faults, found.first);
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
