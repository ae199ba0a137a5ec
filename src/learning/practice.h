/*
 * practice.h - a good practice: written, read by a second person, open to every municipality; pure
 *
 * Nothing personal is in it: a rule looks before it is kept, a person before others read it.
 */
#ifndef LEARNING_PRACTICE_H
#define LEARNING_PRACTICE_H

#include <stdbool.h>
#include <stdint.h>

#include "access/access.h"
#include "platform/core/machine.h"

/* Stored; never reused. */
enum practice_state {
	PRACTICE_NONE = 0,
	PRACTICE_OFFERED = 1,
	PRACTICE_RETURNED = 2,
	PRACTICE_PUBLISHED = 3,
	PRACTICE_WITHDRAWN = 4
};
enum practice_action {
	PRACTICE_OFFER = 1,
	PRACTICE_PUBLISH = 2,
	PRACTICE_RETURN = 3,
	PRACTICE_OFFER_AGAIN = 4,
	PRACTICE_WITHDRAW = 5
};

struct practice_picture {
	bool writer;           /* the viewer wrote it: the same person, under whatever role */
	bool nothing_personal; /* said by who read it */
	bool remark_given;
};
extern const struct machine PRACTICE_MACHINE;

/* What is not published yet, or no more, is there for its writer and for who checks. */
bool practice_visible(uint8_t state, bool writer, enum role role);

#endif
