#include "cli/cli.h"

#include <stdio.h>
#include <unistd.h>

#include "server/open.h"

enum { CLI_ARENA_BYTES = 16 << 20, CLI_OUT_BYTES = 256 << 20 };

int cli_failed(const struct error *e)
{
	(void)fprintf(stderr, "%s\n", e->message);
	if (e->cause[0] != '\0')
		(void)fprintf(stderr, "(%s; %s:%d)\n", e->cause, e->file, e->line);
	return e->status == ERR_INVALID ? 2 : 1;
}

bool cli_wants_help(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return true;
	return argc > 1 && strcmp(argv[1], "help") == 0;
}

static void take_out(char **rest, int *rest_count, int at, int words)
{
	for (int i = at; i + words < *rest_count; i++)
		rest[i] = rest[i + words];
	*rest_count -= words;
}

const char *cli_option(char **rest, int *rest_count, const char *name)
{
	size_t len = strlen(name);

	for (int i = 0; i < *rest_count; i++) {
		const char *word = rest[i];
		if (strncmp(word, "--", 2) != 0 || strncmp(word + 2, name, len) != 0)
			continue;
		const char *end = word + 2 + len;
		if (*end == '=') {
			take_out(rest, rest_count, i, 1);
			return end + 1;
		}
		if (*end == '\0' && i + 1 < *rest_count) {
			const char *value = rest[i + 1];
			take_out(rest, rest_count, i, 2);
			return value;
		}
	}
	return NULL;
}

bool cli_flag(char **rest, int *rest_count, const char *name)
{
	for (int i = 0; i < *rest_count; i++)
		if (strncmp(rest[i], "--", 2) == 0 && strcmp(rest[i] + 2, name) == 0) {
			take_out(rest, rest_count, i, 1);
			return true;
		}
	return false;
}

int cli_with_settings(int argc, char **argv, const char *help, int rest_max, cli_run_fn *run)
{
	struct arena a;
	struct settings s;
	struct error e = { 0 };
	char **rest = NULL;
	int rest_count = 0;

	if (cli_wants_help(argc, argv)) {
		(void)fputs(help, stdout);
		return 0;
	}
	arena_init(&a, CLI_ARENA_BYTES);
	enum status st = settings_read(argc - 1, argv + 1, &a, &s, &rest, &rest_count, &e);
	if (st == OK && rest_count > rest_max)
		st = FAIL(&e, ERR_INVALID, "Plein kent '%s' hier niet. Kijk bij --help.",
		          rest[rest_max]);
	if (st == OK)
		st = run(&s, &a, &e);
	arena_reset(&a);
	return st == OK ? 0 : cli_failed(&e);
}

static bool is_new_folder(const struct settings *s, struct arena *a)
{
	return access(arena_printf(a, "%s/plein.db", setting_text(s, SET_DATA)), F_OK) != 0;
}

static enum status do_here(const struct settings *s, const struct cli_task *task, struct arena *a,
                           char **words, int word_count, struct out *o, struct error *reterr)
{
	struct plein *p = NULL;
	const struct opening how = { .settings = s,
		                     .create_keys = task->creates,
		                     .unflushed = task->anew && is_new_folder(s, a) };
	enum status st = plein_open(&how, a, &p, reterr);

	if (st == OK)
		st = task->run(p, a, words, word_count, o, reterr);
	plein_close(p);
	return st;
}

enum status cli_ask(int argc, char **argv, const struct cli_task *task, struct arena *a,
                    struct out *o, struct error *reterr)
{
	struct settings s;
	char **words = NULL;
	int word_count = 0;
	bool answered = false;

	enum status st = settings_read(argc - 1, argv + 1, a, &s, &words, &word_count, reterr);
	if (st != OK)
		return st;
	char **asked = ARENA_ARRAY(a, char *, (size_t)word_count + 2);
	asked[0] = argv[0];
	for (int i = 0; i < word_count; i++)
		asked[i + 1] = words[i];
	st = control_ask(setting_text(&s, SET_DATA), word_count + 1, asked, &answered, o, reterr);
	if (answered || st != OK)
		return st;
	return do_here(&s, task, a, words, word_count, o, reterr);
}

int cli_do(int argc, char **argv, const char *help, const struct cli_task *task)
{
	struct arena a;
	struct out o;
	struct error e = { 0 };

	if (cli_wants_help(argc, argv)) {
		(void)fputs(help, stdout);
		return 0;
	}
	arena_init(&a, CLI_ARENA_BYTES);
	out_init(&o, CLI_OUT_BYTES);
	enum status st = cli_ask(argc, argv, task, &a, &o, &e);
	if (st == OK)
		st = out_end(&o, &e);
	if (o.data != NULL)
		(void)fwrite(o.data, 1, o.len, stdout);
	out_free(&o);
	arena_reset(&a);
	return st == OK ? 0 : cli_failed(&e);
}

static enum status print_config(const struct settings *s, struct arena *a, struct error *reterr)
{
	struct out o;

	(void)a;
	out_init(&o, CLI_OUT_BYTES);
	settings_print(s, &o);
	enum status st = out_end(&o, reterr);
	if (st == OK)
		(void)fputs(o.data, stdout);
	out_free(&o);
	return st;
}

int cli_config(int argc, char **argv)
{
	return cli_with_settings(argc, argv,
	                         "plein config - toont alle instellingen, hun waarde en waar die "
	                         "vandaan komt\n\n  plein config [--data MAP] [--config BESTAND]\n",
	                         0, print_config);
}
