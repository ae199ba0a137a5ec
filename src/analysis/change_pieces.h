/* change_pieces.h - what went and what came between two texts, as pages show it; inside src/analysis/ */
#ifndef ANALYSIS_CHANGE_PIECES_H
#define ANALYSIS_CHANGE_PIECES_H

#include "platform/core/arena.h"
#include "platform/http/input.h" /* struct array */
#include "platform/view/view.h"

struct change_piece {
	const char *text;
	bool removed, added;
};
extern const struct view CHANGE_PIECE_VIEW;

/* In reading order: an array of struct change_piece. */
struct array change_pieces(struct arena *a, const char *before, const char *after);

#endif
