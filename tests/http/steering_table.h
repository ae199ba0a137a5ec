/* steering_table.h - the Stuurploeg around one casefile that waits for it; for house tests */
#ifndef TESTS_HTTP_STEERING_TABLE_H
#define TESTS_HTTP_STEERING_TABLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "request_world.h"

struct steering { /* the bureau with one casefile that waits for the Stuurploeg */
	struct bureau *b;
	struct house *h;
	struct house_person *sec, *tax, *police, *duin, *lead;
	struct visitor *v_sec, *v_tax, *v_police, *v_duin;
	char meeting[REFERENCE_TEXT_BYTES], said[4096];
};

struct setting { /* what a job of a test changes */
	int64_t id, value, by;
};

struct steering *gather(struct house *h);
void advise(struct steering *s);
void disperse(struct steering *s);
const char *there(struct steering *s, const char *rest);
const char *of_case(struct steering *s, const char *rest);
void plan(struct steering *s);
void compose(struct steering *s);
void open_meeting(struct steering *s);
void convene(struct steering *s);
const char *ruling(struct steering *s, int number);
const char *with_lead(struct steering *s, const char *more);
void rule(struct steering *s, int number, const char *fields);
void rule_both(struct steering *s);
void point_move(struct steering *s, struct visitor *v, const char *action);
int api(struct steering *s, const struct house_person *who, const char *path, const char *json);
int64_t case_state(struct steering *s);
enum status block(struct db_tx *tx, void *args, struct error *reterr);
enum status end_run(struct db_tx *tx, void *args, struct error *reterr);
enum status withdraw_run(struct db_tx *tx, void *args, struct error *reterr);
enum status set_state(struct db_tx *tx, void *args, struct error *reterr);

#endif
