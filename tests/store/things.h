/*
 * things.h - a table to try the database with: things with a version, and the events of jobs
 */
#ifndef TESTS_STORE_THINGS_H
#define TESTS_STORE_THINGS_H

#include "store_world.h"

/* A literal as args or event, which are void *. */
#define WORD(s) ((void *)(uintptr_t)(s))

extern const char THING_TABLES[];
extern const struct db_root THING;
extern const struct db_stmt THING_ADD, THING_RENAME, THING_NAME, THING_COUNT;

/* Writes (event's text, outcome) into happened. */
enum status thing_event(struct db_tx *tx, void *event, enum status outcome, struct error *reterr);

/* args: the name. Adds a thing and answers with its id. */
enum status thing_add(struct db_tx *tx, void *name, struct error *reterr);

struct rename {
	int64_t id, version;
	const char *name;
	enum status then; /* returned after everything was stored */
};

/* args: struct rename. Claims and renames. */
enum status thing_rename(struct db_tx *tx, void *rename, struct error *reterr);

/* A world with things; connections: 0 for the usual number. */
struct store_world *thing_world(int connections);
int thing_set_up(void **state);
int thing_tear_down(void **state);

/* Jobs in flight whose ends are waited for together. */
struct crowd;
struct crowd *crowd_new(int count);
struct db_job *crowd_job(struct crowd *c, int i); /* done is set; fill the rest */
void crowd_wait(struct crowd *c);
bool crowd_is_done(struct crowd *c, int i); /* now; from any thread */
enum status crowd_status(const struct crowd *c, int i);
void crowd_free(struct crowd *c);

#endif
