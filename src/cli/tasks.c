/* The pieces of work that both the command line and the running server can do, and backup. */
#include <stdio.h>
#include <unistd.h>

#include "audit/log.h"
#include "cli/backup.h"
#include "cli/cli.h"
#include "cli/restore.h"
#include "cli/world.h"
#include "demo/play.h"
#include "server/open.h"
#include "server/rooms.h"
#include "server/upkeep.h"

static struct world_means means_of(const struct plein *p)
{
	return (
	    struct world_means){ .db = p->db, .account_key = p->account_key, .clock = p->clock };
}

/* ---- the demo world at work ------------------------------------------------------------------ */

static enum status upkeep_of_a_day(struct plein *p, struct error *reterr)
{
	const struct schedule_config cfg = upkeep_of(p);
	int done;

	return schedule_step(&cfg, &done, reterr);
}

static void show_progress(int hundredths)
{
	(void)fprintf(stderr, "\rDe oefenregio speelt het werk na: %d %% ", hundredths);
}

static enum status play_with(struct plein *p, const struct play_wish *wish, struct out *o,
                             struct error *reterr)
{
	struct gate gate = people_gate(p, PLACES);
	const struct http_config cfg = { .workers = 1,
		                         .queue_max = 8,
		                         .access_log_fd = -1,
		                         .clock = wish->clock,
		                         .key = p->web_key };
	struct played done;

	enum status st = http_start(&cfg, p->db, &gate, ALL_ROUTES, &p->http, reterr);
	if (st != OK)
		return st;
	st = demo_play(wish, &done, reterr);
	(void)http_stop(p->http); /* each request was answered: nothing runs */
	p->http = NULL;
	if (st == OK)
		out_fmt(o, "Nagespeeld: %lld signalen, %lld overleggen, %lld handelingen.\n",
		        (long long)done.signals, (long long)done.meetings, (long long)done.acts);
	return st;
}

/* Plein's own clock is put aside meanwhile, so this can't be done through a running server. */
static enum status play(void *app, uint64_t seed, int64_t signals, int64_t first_ms, struct out *o,
                        struct error *reterr)
{
	struct plein *p = app;
	struct clock clock = clock_fixed(first_ms);
	const struct clock *real = p->clock;
	const struct play_wish wish = { .plein = p,
		                        .clock = &clock,
		                        .until_ms = clock_now_ms(real),
		                        .seed = seed,
		                        .signal_count = signals,
		                        .daily = upkeep_of_a_day,
		                        .progress = isatty(STDERR_FILENO) ? show_progress : NULL };

	p->clock = &clock;
	p->routes = ALL_ROUTES;
	enum status st = play_with(p, &wish, o, reterr);
	p->clock = real;
	return st == OK ? audit_log_seal_now(p->log, reterr) : st;
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
	struct world_means means = means_of(p);

	(void)a;
	means.app = p;
	means.play = p->http == NULL ? play : NULL;
	return cli_demo(&means, word_count, words, o, reterr);
}

static const struct cli_task INIT_TASK = { "init", init, .creates = true };
static const struct cli_task DEMO_TASK = { "demo", demo, .creates = true, .anew = true };

const struct cli_task *const SERVER_TASKS[] = { &INIT_TASK,    &IMPORT_TASK, &DEMO_TASK,
	                                        &MONITOR_TASK, &PERSON_TASK, &TOKEN_TASK,
	                                        &CHECK_TASK,   &LOG_TASK,    &KEYS_TASK,
	                                        NULL };

int cli_init_command(int argc, char **argv)
{
	return cli_do(argc, argv, INIT_HELP, &INIT_TASK);
}

int cli_demo_command(int argc, char **argv)
{
	return cli_do(argc, argv, DEMO_HELP, &DEMO_TASK);
}

enum { BACKUP_ARENA_BYTES = 1 << 20, BACKUP_OUT_BYTES = 1 << 16 };

/* The keys that live now go beside the copies: one file, replaced each time. */
static enum status create_with_keys(const struct settings *s, struct arena *a, char **words,
                                    int word_count, struct out *o, struct error *reterr)
{
	static char keys[] = "keys", verb[] = "export", data[] = "--data";
	const struct db_config cfg = plein_database(s);
	char *ask[] = { keys, verb, data, arena_strdup(a, setting_text(s, SET_DATA)) };
	enum status st = cli_backup(&cfg, word_count, words, o, reterr);

	return st == OK ? cli_keys_export(4, ask, a, key_export_beside(a, words[1]), o, reterr)
	                : st;
}

static enum status restore_with_keys(const struct settings *s, struct arena *a, char **words,
                                     int word_count, struct out *o, struct error *reterr)
{
	const struct db_config cfg = plein_database(s);
	const bool without = cli_flag(words, &word_count, "without-keys");
	const char *file = cli_option(words, &word_count, "keys");

	if (file == NULL && word_count == 2)
		file = key_export_beside(a, words[1]);
	if (!without && file != NULL && access(file, R_OK) != 0)
		return FAIL(
		    reterr, ERR_INVALID,
		    "Zet het nieuwste bestand met levende sleutels naast de kopie, of noem het "
		    "met --keys. Alleen zonder: --without-keys.");
	enum status st = without || file == NULL ? OK : cli_keys_check(s, a, file, reterr);
	if (st == OK)
		st = cli_backup(&cfg, word_count, words, o, reterr);
	return st == OK && !without ? cli_keys_import(s, a, file, o, reterr) : st;
}

static enum status backup(int argc, char **argv, struct arena *a, struct out *o,
                          struct error *reterr)
{
	struct settings s;
	char **words = NULL;
	int word_count = 0;

	enum status st = settings_read(argc - 1, argv + 1, a, &s, &words, &word_count, reterr);
	if (st != OK)
		return st;
	const struct db_config cfg = plein_database(&s);
	const char *verb = word_count > 0 ? words[0] : "";
	if (strcmp(verb, "create") == 0)
		return create_with_keys(&s, a, words, word_count, o, reterr);
	if (strcmp(verb, "restore") == 0)
		return restore_with_keys(&s, a, words, word_count, o, reterr);
	return cli_backup(&cfg, word_count, words, o, reterr);
}

/* Beside a running server, not through it: a copy takes longer than a server may wait. */
int cli_backup_command(int argc, char **argv)
{
	struct arena a;
	struct out o;
	struct error e = { 0 };

	if (cli_wants_help(argc, argv)) {
		(void)fputs(BACKUP_HELP, stdout);
		return 0;
	}
	arena_init(&a, BACKUP_ARENA_BYTES);
	out_init(&o, BACKUP_OUT_BYTES);
	const enum status st = backup(argc, argv, &a, &o, &e);
	if (o.data != NULL)
		(void)fwrite(o.data, 1, o.len, stdout);
	out_free(&o);
	arena_reset(&a);
	return st == OK ? 0 : cli_failed(&e);
}
