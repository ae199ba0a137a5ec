/* plein check: does what is stored still say what the rules say? */
#include "cli/cli.h"
#include "plein/plein.h"
#include "signals/signal_check.h"

static const char HELP[] =
    "plein check - controleert of de gegevens nog kloppen met de regels\n"
    "\n"
    "  plein check access [--data MAP]\n"
    "      rekent van elk signaal opnieuw uit wie het mag lezen, en vergelijkt dat met de\n"
    "      lijsten; toont elk verschil; eindigt met 1 als er verschillen zijn\n";

static enum status check_access(struct plein *p, struct out *o, struct error *reterr)
{
	struct audience_check found = { 0 };
	struct db_read *r = NULL;

	enum status st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = signal_check_audiences(r, o, &found, reterr);
	db_read_end(r);
	if (st != OK)
		return st;
	out_fmt(o, "%lld signalen nagerekend, %lld verschillen\n", (long long)found.signals,
	        (long long)found.faults);
	if (found.faults > 0)
		return FAIL(reterr, ERR_CONFLICT, "%lld verschillen. Het eerste: %s.",
		            (long long)found.faults, found.first);
	return OK;
}

static enum status run(struct plein *p, struct arena *a, char **words, int word_count,
                       struct out *o, struct error *reterr)
{
	(void)a;
	if (word_count == 1 && strcmp(words[0], "access") == 0)
		return check_access(p, o, reterr);
	return FAIL(reterr, ERR_INVALID, "Kies access. Kijk bij --help.");
}

const struct cli_task CHECK_TASK = { "check", run, false };

int cli_check(int argc, char **argv)
{
	return cli_do(argc, argv, HELP, &CHECK_TASK);
}
