/* weighing_table.h - people around one table, with a signal that waits to be weighed */
#ifndef TESTS_HTTP_WEIGHING_TABLE_H
#define TESTS_HTTP_WEIGHING_TABLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "house_world.h"

enum { MEMBERS = 6 };

struct table { /* who sits around it */
	struct house *h;
	struct house_person *member[MEMBERS], *anna, *cor, *sec, *chair, *outsider;
	struct visitor *at[MEMBERS], *v_anna, *v_cor, *v_sec, *v_chair;
	int64_t organ[MEMBERS], participant[MEMBERS];
	char meeting[32], signal[32];
	int64_t signal_id;
};

/* Everybody but the chair and the clerk, the first `sign_in` members signed in. */
struct table *set_table(struct house *h, int sign_in);
void leave(struct table *t);

/* One more accepted signal; t->signal is its reference. */
void bring_in(struct table *t);
/* A planned meeting with the first `invited` members and one signal on its agenda. */
void plan(struct table *t, int invited);
/* Opens the meeting and says that the first `present` members are there. */
void open_meeting(struct table *t, int invited, int present);
/* The secretary asks everybody to score the first signal. */
void ask_scores(struct table *t);

struct visitor *signed_in(struct house *h, const struct house_person *p);
/* "/meetings/IO-2026-7K3QF" + rest */
const char *path(const struct table *t, const char *rest);
/* Looks at the page that has the form, then sends it. */
void send_from(struct visitor *v, const char *page, const char *to, const char *fields);
/* An outcome that may be: adopted, with the first organ involved. GOOD: with nobody. */
extern const char GOOD[];
const char *good(const struct table *t);

/* Jobs: a partner that isn't there yet; an appointment that works for another organ. */
struct partner_wish {
	const char *code, *name;
	char letter;
	int64_t participant, organ;
};
enum status put_partner(struct db_tx *tx, void *args, struct error *reterr);
struct employing {
	int64_t appointment, participant, organ;
};
enum status employ(struct db_tx *tx, void *args, struct error *reterr);
struct ending {
	int64_t appointment, at; /* ms */
};
enum status end_appointment(struct db_tx *tx, void *args, struct error *reterr);

#endif
