/*
 * settings.h - how this installation runs: from file, environment and flags, in that order
 *
 * One table names every setting, its default and what it is for; `plein config` prints it
 * with the value in force and where that came from. A name that isn't in the table is refused,
 * so that a slip of the pen doesn't silently do nothing.
 *
 *   file         DATA/plein.conf or --config FILE: lines `name = value`, # starts a comment
 *   environment  PLEIN_NAME, upper case, - as _
 *   flags        --name value or --name=value
 */
#ifndef SERVER_SETTINGS_H
#define SERVER_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "platform/core/arena.h"
#include "platform/core/error.h"
#include "platform/core/out.h"

enum setting_id {
	SET_DATA,
	SET_DATABASE,
	SET_DATABASE_OWNER,
	SET_ADDRESS,
	SET_PORT,
	SET_WORKERS,
	SET_HTTP_THREADS,
	SET_QUEUE,
	SET_TLS_CERTIFICATE,
	SET_TLS_KEY,
	SET_PUBLIC_ORIGIN,
	SET_TRUSTED_PROXIES,
	SET_ACCESS_LOG,
	SET_KEY_EXPORT,
	SET_SECURITY_CONTACT,
	SET_CLAMD,
	SET_SMTP_URL,
	SET_SMTP_USER,
	SET_SMTP_PASSWORD,
	SET_SMTP_FROM,
	SET_BUDGET_READ_ALARM,
	SET_BUDGET_READ_STOP,
	SET_BUDGET_SEARCH_ALARM,
	SET_BUDGET_SEARCH_STOP,
	SET_BUDGET_EXPORT_ALARM,
	SET_BUDGET_EXPORT_STOP,
	SETTING_COUNT
};

enum setting_origin { FROM_DEFAULT, FROM_FILE, FROM_ENVIRONMENT, FROM_FLAG };

struct settings {
	const char *values[SETTING_COUNT]; /* never NULL; in the arena */
	enum setting_origin origins[SETTING_COUNT];
};

/*
 * Reads all sources. argv holds the arguments behind the command; what isn't a setting's flag
 * is left in rest (rest_count of at most argc, arena). ERR_INVALID with one clear sentence.
 */
MUST_CHECK enum status settings_read(int argc, char **argv, struct arena *a, struct settings *ret,
                                     char ***ret_rest, int *ret_rest_count, struct error *reterr);

/* The two parts of it that a file needs: all as they are without one, then the lines of f. ERR_INVALID:
 * a name that isn't in the table, a number out of its bounds, a line that is no line of text. path:
 * what the sentence calls the file. Also a fuzz target. */
void settings_standard(struct settings *ret);
MUST_CHECK enum status settings_read_lines(struct settings *s, struct arena *a, const char *path,
                                           FILE *f, struct error *reterr);

const char *setting_name(enum setting_id id);
const char *setting_text(const struct settings *s, enum setting_id id);
/* NULL where the value is empty. */
const char *setting_or_null(const struct settings *s, enum setting_id id);
int64_t setting_int(const struct settings *s, enum setting_id id);

/* The table as `plein config` prints it: name, value, origin, what it is for. */
void settings_print(const struct settings *s, struct out *o);

#endif
