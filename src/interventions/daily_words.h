/* daily_words.h - Dutch words of daily use that also stand in names; inside interventions/ */
#ifndef INTERVENTIONS_DAILY_WORDS_H
#define INTERVENTIONS_DAILY_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Is this such a word, however it is written in capitals? Of seen names and of businesses: Van der Meer,
 * De Jong, Havenzicht Transport. Cost: a binary search. */
bool is_daily_word(const char *word, size_t len);
/* Stands before a family name and names nobody alone: van, der, el, ben. */
bool is_name_prefix(const char *word, size_t len);

#endif
