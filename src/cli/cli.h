/*
 * cli.h - what the commands share: settings read, help shown, a failure told in one sentence
 *
 * Every command is `int cli_NAME(int argc, char **argv)`: argv[0] is the command's own name.
 * Gives the exit code: 0 done, 1 it failed, 2 the call was wrong.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "server/settings.h"

typedef enum status cli_run_fn(const struct settings *s, struct arena *a, struct error *reterr);

/* A command without arguments of its own. rest_max: how many words it takes beside settings. */
int cli_with_settings(int argc, char **argv, const char *help, int rest_max, cli_run_fn *run);

struct plein;

/*
 * A piece of work on the data of an installation. While the server runs it owns the data
 * folder: then it does the work, asked over a local socket; else this process opens the
 * folder itself. So it writes to o, not to standard output.
 */
typedef enum status cli_task_fn(struct plein *p, struct arena *a, char **words, int word_count,
                                struct out *o, struct error *reterr);

struct cli_task {
	const char *name; /* the command's */
	cli_task_fn *run;
	bool creates; /* may make a new installation (keys) */
	bool
	    anew; /* in a new folder: what breaks off is made anew, so nothing waits for the disk */
};
/* A word --file PATH goes to a running server as an open file: the task reads "fd:N" there. */
#define CLI_FILE_OPTION "file"
#define CLI_OPEN_FILE   "fd:"
/* The same inside another command: asks the server, or opens the folder; prints nothing. */
MUST_CHECK enum status cli_ask(int argc, char **argv, const struct cli_task *task, struct arena *a,
                               struct out *o, struct error *reterr);
int cli_do(int argc, char **argv, const char *help, const struct cli_task *task);

/* What the running server does on request; the list ends in NULL. */
extern const struct cli_task *const SERVER_TASKS[];

/*
 * Listens on DATA/control.sock in a thread of its own; only the owner of the folder gets in.
 * *ret lives in a, until control_stop.
 */
struct control;
MUST_CHECK enum status control_start(struct plein *p, const char *data, struct arena *a,
                                     struct control **ret, struct error *reterr);
void control_stop(struct control *c); /* takes NULL */

/*
 * Asks a running server; *ret_answered false: none runs. The answer goes to o; what the
 * server refused comes back in *reterr.
 */
MUST_CHECK enum status control_ask(const char *data, int word_count, char **words,
                                   bool *ret_answered, struct out *o, struct error *reterr);

/* Tells the failure on standard error, with its cause. Gives the exit code. */
int cli_failed(const struct error *e);

/* The value behind --name (or --name=value) in rest, taken out of it; NULL: absent. */
const char *cli_option(char **rest, int *rest_count, const char *name);
/* Whether --name stands in rest; taken out of it. */
bool cli_flag(char **rest, int *rest_count, const char *name);
/* Any of --help, -h, help. */
bool cli_wants_help(int argc, char **argv);

/* The appointment in which who has this address works now; role NULL: any. ERR_INVALID with a
 * sentence. */
MUST_CHECK enum status cli_capacity(struct plein *p, struct arena *a, const char *email,
                                    const char *role, int64_t *ret, struct error *reterr);

/* A file that the person named, or "fd:N" that came through the socket: its bytes, in a. */
struct input_value;
MUST_CHECK enum status cli_read_file(const char *word, struct arena *a, struct input_value *ret,
                                     struct error *reterr);

extern const struct cli_task MONITOR_TASK, IMPORT_TASK, CHECK_TASK, PERSON_TASK, TOKEN_TASK,
    LOG_TASK, KEYS_TASK;

int cli_serve(int argc, char **argv);
int cli_init_command(int argc, char **argv);
int cli_demo_command(int argc, char **argv);
int cli_backup_command(int argc, char **argv);
int cli_config(int argc, char **argv);
int cli_check(int argc, char **argv);
int cli_person(int argc, char **argv);
int cli_token(int argc, char **argv);
int cli_openapi(int argc, char **argv);
int cli_monitor(int argc, char **argv);
int cli_import(int argc, char **argv);
int cli_log(int argc, char **argv);
int cli_keys(int argc, char **argv);

#endif
