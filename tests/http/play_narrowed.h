/*
 * play_narrowed.h - the monitor's figures by theme, line, variant, place and participant, and those that go to
 * the national page, counted anew in the played world; part of test_play.c
 */
#ifndef TESTS_HTTP_PLAY_NARROWED_H
#define TESTS_HTTP_PLAY_NARROWED_H

void narrowed_interventions_stand_a_recount(void **state);
void narrowed_signals_and_casefiles_stand_a_recount(void **state);
void everything_that_the_region_sends_stands_a_recount(void **state);

#endif
