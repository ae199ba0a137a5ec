/* The pieces of work that both the command line and the running server can do. */
#include "cli/cli.h"
#include "cli/world.h"
#include "plein/open.h"

static struct world_means means_of(const struct plein *p)
{
	return (
	    struct world_means){ .db = p->db, .account_key = p->account_key, .clock = p->clock };
}

static enum status init(struct plein *p, struct arena *a, char **words, int word_count,
                        struct out *o, struct error *reterr)
{
	const struct world_means means = means_of(p);
	(void)a;
	return cli_init(&means, word_count, words, o, reterr);
}

static enum status demo(struct plein *p, struct arena *a, char **words, int word_count,
                        struct out *o, struct error *reterr)
{
	const struct world_means means = means_of(p);
	(void)a;
	return cli_demo(&means, word_count, words, o, reterr);
}

static const struct cli_task INIT_TASK = { "init", init, true };
static const struct cli_task DEMO_TASK = { "demo", demo, true };

const struct cli_task *const SERVER_TASKS[] = { &INIT_TASK, &DEMO_TASK, &PERSON_TASK, &TOKEN_TASK,
	                                        NULL };

int cli_init_command(int argc, char **argv)
{
	return cli_do(argc, argv, INIT_HELP, &INIT_TASK);
}

int cli_demo_command(int argc, char **argv)
{
	return cli_do(argc, argv, DEMO_HELP, &DEMO_TASK);
}
