/*
 * play_recount.h - figures of the monitor counted anew in the played world; part of test_play.c
 *
 * Each statement is written from the figure's own text (monitor/kpi.c), over what happened to each
 * record, and never from the rows that the monitor itself reads.
 */
#ifndef TESTS_HTTP_PLAY_RECOUNT_H
#define TESTS_HTTP_PLAY_RECOUNT_H

#include "monitor/figures.h"
#include "platform/core/arena.h"
#include "store_world.h"

/* What a promise reads with: one snapshot of the played world. */
struct recount {
	struct store_world *world;
	struct db_read *db;
	struct arena arena;
	struct error error;
};
void recount_begin(struct recount *c, void **state);
void recount_end(struct recount *c);

struct figures_period play_year(int year);
/* What one statement counts. */
__attribute__((format(printf, 2, 3))) int64_t play_number(struct store_world *w, const char *format,
                                                          ...);

void every_step_lasts_as_long_as_a_recount_says(void **state);
void every_step_of_signals_and_casefiles_stands_a_recount(void **state);
void answers_and_messages_in_time_stand_a_recount(void **state);
void who_owes_feedback_stands_a_recount(void **state);
void effects_that_are_not_known_stand_a_recount(void **state);
void the_rest_of_a_municipality_s_year_stands_a_recount(void **state);
void what_instruments_taught_stands_a_recount(void **state);
void most_rows_are_in_the_sums_and_some_came_after(void **state);

#endif
