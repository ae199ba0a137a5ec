/* asking.h - one question of "Mag ik dit delen?" on its way to an answer; for src/law alone */
#ifndef LAW_ASKING_H
#define LAW_ASKING_H

#include "law/share.h"

/* One question being answered. */
struct asking {
	struct arena *arena;
	const struct law_question *q;
	const struct law_thing *thing;           /* or NULL */
	const struct law_category_row *category; /* or NULL */
	struct law_answer *answer;
};

/* Adds a condition to the answer. */
void share_condition(struct asking *a, const char *text, enum law_condition_state state,
                     const char *todo);

/* To a signal or a casefile; the safest reading where the taker is not known. */
bool share_goes_into_the_riec(const struct law_question *q);

/* The answer for any other taker. */
struct verdict share_outside(struct asking *a);

#endif
