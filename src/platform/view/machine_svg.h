/*
 * machine_svg.h - a state machine as a drawing for the docs, from the table that runs it
 *
 * States stand in columns by their distance from the first state (breadth first; moves so
 * lead at most one column to the right). A move one column on is an arrow; a move back or
 * within a column is written out at its state ("Trek in, naar Concept"), so that lines never
 * cross a box. Everything drawn is told in <title> and <desc> too. Cost: states times moves.
 */
#ifndef PLATFORM_VIEW_MACHINE_SVG_H
#define PLATFORM_VIEW_MACHINE_SVG_H

#include "platform/core/machine.h"
#include "platform/core/out.h"

enum { MACHINE_SVG_STATES_MAX = 64 };

/* title: Dutch, "Account". The first state of the table is where a record begins. */
void machine_svg(struct out *o, const struct machine *m, const char *title);

#endif
