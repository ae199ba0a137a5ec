/* guard_tasks.c - plein log and plein keys as commands; each act of theirs is an event itself. */
#include <stdio.h>

#include "audit/action.h"
#include "audit/record.h"
#include "cli/cli.h"
#include "cli/keys.h"
#include "cli/log.h"
#include "cli/restore.h"
#include "server/key_export_file.h"
#include "plein/plein.h"
#include "server/rooms.h"

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

static enum status renew_export(void *context, struct error *reterr)
{
	return key_export_renew(context, reterr);
}

static enum status keys_task(struct plein *p, struct arena *a, char **words, int word_count,
                             struct out *o, struct error *reterr)
{
	const bool rotates = word_count > 0 && strcmp(words[0], "rotate") == 0;
	const struct keys_last_step last = { .run = renew_export, .context = p };
	const struct keys_means means = { .db = p->db,
		                          .ring = p->keyring,
		                          .carried = ALL_CARRIED,
		                          .last = &last,
		                          .now_ms = clock_now_ms(p->clock) };
	const enum status st = keys_command(&means, words, word_count, o, reterr);

	(void)a;
	return told(p, rotates ? AUDIT_KEYS_ROTATE : AUDIT_ADMIN, OBJECT_KEYS, st, reterr);
}

const struct cli_task LOG_TASK = { "log", log_task, .creates = false };
const struct cli_task KEYS_TASK = { "keys", keys_task, .creates = false };

int cli_log(int argc, char **argv)
{
	return cli_do(argc, argv, LOG_HELP, &LOG_TASK);
}

enum { FILE_ARENA_BYTES = 16 << 20, FILE_OUT_BYTES = 1 << 16 };

/* Takes the file behind the verb out of argv; NULL: no such verb, or no file. */
static const char *file_behind(int *argc, char **argv, const char *verb)
{
	for (int i = 1; i + 1 < *argc; i++)
		if (strcmp(argv[i], verb) == 0 && argv[i + 1][0] != '-') {
			const char *file = argv[i + 1];
			for (int j = i + 1; j + 1 < *argc; j++)
				argv[j] = argv[j + 1];
			--*argc;
			return file;
		}
	return NULL;
}

static enum status import_file(int argc, char **argv, const char *file, struct arena *a,
                               struct out *o, struct error *reterr)
{
	struct settings s;
	char **words = NULL;
	int word_count = 0;
	enum status st = settings_read(argc - 1, argv + 1, a, &s, &words, &word_count, reterr);

	return st == OK ? cli_keys_import(&s, a, file, o, reterr) : st;
}

/* The file is read and written by who asks, not by the server: it may write elsewhere. */
int cli_keys(int argc, char **argv)
{
	const char *in = file_behind(&argc, argv, "import");
	const char *out = in == NULL ? file_behind(&argc, argv, "export") : NULL;
	struct arena a;
	struct out o;
	struct error e = { 0 };

	if (in == NULL && out == NULL)
		return cli_do(argc, argv, KEYS_HELP, &KEYS_TASK);
	arena_init(&a, FILE_ARENA_BYTES);
	out_init(&o, FILE_OUT_BYTES);
	const enum status st = in != NULL ? import_file(argc, argv, in, &a, &o, &e)
	                                  : cli_keys_export(argc, argv, &a, out, &o, &e);
	if (o.data != NULL)
		(void)fputs(o.data, stdout);
	out_free(&o);
	arena_reset(&a);
	return st == OK ? 0 : cli_failed(&e);
}
