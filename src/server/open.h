/*
 * open.h - opens what an installation consists of: keys, database, schema, settings
 *
 * For `plein serve` and for every command that touches data. On SQLite the data folder has
 * one owner: while the server runs, a second opening says so instead of waiting.
 */
#ifndef SERVER_OPEN_H
#define SERVER_OPEN_H

#include "plein/plein.h"
#include "server/settings.h"

struct opening {
	const struct settings *settings;
	const struct clock *clock; /* NULL: the machine's */
	bool create_keys;          /* init and demo; otherwise missing keys are a refusal */
	bool passwords;            /* start the thread that hashes */
	bool unflushed;            /* SQLite: nothing waits for the disk (db.h) */
};

/* *ret lives until plein_close. a must live as long. */
MUST_CHECK enum status plein_open(const struct opening *how, struct arena *a, struct plein **ret,
                                  struct error *reterr);
void plein_close(struct plein *p); /* takes NULL */

/* Where the database is, by the settings in s, which must live as long. */
struct db_config plein_database(const struct settings *s);

/* Where the newest export of keys goes: the setting, else keys.export in the data folder. */
const char *plein_key_export(const struct settings *s, struct arena *a);

/* Reads region and demo mark from the database again: after init or demo wrote them. */
MUST_CHECK enum status plein_refresh(struct plein *p, struct arena *a, struct error *reterr);

#endif
