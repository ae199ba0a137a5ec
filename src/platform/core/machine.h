/*
 * machine.h - state machines as data: a table of moves, and two functions that read it
 *
 * Buttons, "why not", guards inside the transaction, the docs' pictures and the
 * tests over all states x roles x pictures all read the same table. A guard is a
 * pure function of the room's picture (a struct loaded by one statement). What a
 * move does besides changing the state is plain code in the room, not in the table.
 */
#ifndef PLATFORM_CORE_MACHINE_H
#define PLATFORM_CORE_MACHINE_H

#include <stddef.h>
#include <stdint.h>

#include "platform/core/verdict.h"

enum state_look { /* how a state is drawn: word, shape, tint (ux.md chapter 13) */
	          LOOK_DRAFT,
	          LOOK_TODO,
	          LOOK_BUSY,
	          LOOK_WAIT,
	          LOOK_DONE,
	          LOOK_STOPPED,
	          LOOK_LATE,
	          LOOK_SIGN,
	          LOOK_GONE
};

struct state {
	uint8_t code;      /* as stored; written out, never reused */
	const char *name;  /* English, as in API and log: "ON_AGENDA" */
	const char *label; /* Dutch, as on screen: "Op de agenda" */
	enum state_look look;
};

struct action {
	uint8_t code;
	const char *name;  /* last path segment of the operation: "_submit" without the _ */
	const char *label; /* Dutch imperative on the button: "Dien in" */
};

enum four_eyes { ONE_PERSON = 0, FOUR_EYES = 1 /* a second person confirms the proposal */ };

struct move {
	uint8_t from, action, to;
	uint64_t who; /* bits of 1 << enum role; 0: the system itself */
	struct verdict (*guard)(const void *picture); /* NULL: always */
	enum four_eyes eyes;
	uint16_t audit_action;
	const char *source; /* "D 6.1; BGS 2.16(2)": where the move comes from */
};

struct machine {
	const char *name; /* "signal" */
	const struct state *states;
	size_t state_count;
	const struct action *actions;
	size_t action_count;
	const struct move *moves;
	size_t move_count;
};

/* The move for this action in this state, or NULL: there is none. */
const struct move *machine_move(const struct machine *m, uint8_t from, uint8_t action);

/*
 * May someone with these roles make the move, given the picture? A missing role
 * is a no that names who can; a guard's no is its own. roles 0: the system itself, whose moves
 * are those that no role has.
 */
struct verdict move_verdict(const struct move *mv, uint64_t roles, const void *picture);

/* The state with this code, or NULL. */
const struct state *machine_state(const struct machine *m, uint8_t code);
const struct action *machine_action(const struct machine *m, uint8_t code);
const struct action *machine_action_named(const struct machine *m, const char *name);

#endif
