/* guard_tasks.c - plein log and plein keys as commands; each act of theirs is an event itself. */
#include "audit/action.h"
#include "audit/record.h"
#include "cli/cli.h"
#include "cli/keys.h"
#include "cli/log.h"
#include "plein/plein.h"

static enum status tell(struct plein *p, uint16_t action, uint16_t object, enum status outcome,
                        struct error *reterr)
{
	struct audit_event event = { .at_ms = clock_now_ms(p->clock),
		                     .action = action,
		                     .result = (uint8_t)outcome,
		                     .object_type = object };

	return audit_tell(p->db, &event, reterr);
}

/* The act's own failure is the answer; else that of telling it. */
static enum status told(struct plein *p, uint16_t action, uint16_t object, enum status outcome,
                        struct error *reterr)
{
	struct error untold = { 0 };
	const enum status st = tell(p, action, object, outcome, &untold);

	if (outcome == OK && st != OK)
		*reterr = untold;
	return outcome == OK ? st : outcome;
}

static enum status log_task(struct plein *p, struct arena *a, char **words, int word_count,
                            struct out *o, struct error *reterr)
{
	const enum status st = log_command(p->log, a, words, word_count, o, reterr);

	return told(p, AUDIT_LOG_VIEW, OBJECT_LOG, st, reterr);
}

static enum status keys_task(struct plein *p, struct arena *a, char **words, int word_count,
                             struct out *o, struct error *reterr)
{
	const bool rotates = word_count > 0 && strcmp(words[0], "rotate") == 0;
	const enum status st =
	    keys_command(p->db, p->keyring, clock_now_ms(p->clock), words, word_count, o, reterr);

	(void)a;
	return told(p, rotates ? AUDIT_KEYS_ROTATE : AUDIT_ADMIN, OBJECT_KEYS, st, reterr);
}

const struct cli_task LOG_TASK = { "log", log_task, false };
const struct cli_task KEYS_TASK = { "keys", keys_task, false };

int cli_log(int argc, char **argv)
{
	return cli_do(argc, argv, LOG_HELP, &LOG_TASK);
}

int cli_keys(int argc, char **argv)
{
	return cli_do(argc, argv, KEYS_HELP, &KEYS_TASK);
}
