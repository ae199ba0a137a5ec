/*
 * difference.h - two versions of a text, word by word: what stayed, what is only here or there
 *
 * Words are runs of bytes between white space, and each white space is a word of its own, so
 * that nothing is lost: the same and removed pieces together are the first text to the byte,
 * the same and added ones the second.
 *
 * Longest common subsequence by table after the common head and tail are set apart. Cost:
 * words times words, at most DIFFERENCE_CELLS; beyond that whole lines are compared, and if
 * there are too many of those too, the middle is shown as replaced.
 */
#ifndef PLATFORM_VIEW_DIFFERENCE_H
#define PLATFORM_VIEW_DIFFERENCE_H

#include "platform/core/arena.h"
#include "platform/http/input.h" /* struct array */
#include "platform/view/view.h"

enum { DIFFERENCE_CELLS = 250000 };

enum piece_kind { PIECE_SAME, PIECE_REMOVED, PIECE_ADDED };

struct difference_piece {
	enum piece_kind kind;
	const char *text;
};

/* Pieces in reading order; neighbours differ in kind, a removed one stands before an added one. */
struct array difference_words(struct arena *a, const char *before, const char *after);

/* ---- the stale form ----------------------------------------------------------------------------
 */

/* A text as one of two: `changed` where the other differs. */
struct version_piece {
	const char *text;
	bool changed;
};

struct stale_part {
	const char *label, *path;
	const char *theirs, *yours;               /* whole texts */
	struct array theirs_pieces, yours_pieces; /* of struct version_piece */
};

/* A colleague was first: what is stored now beside what was typed. */
struct stale {
	const char *saved_by;     /* NULL: not to be told */
	int64_t saved_at;         /* INT64_MIN: unknown */
	struct array differences; /* of struct stale_part, in the order of the form */
};
extern const struct view STALE_VIEW;

/* Parts in which the record as it is now differs from what was typed into the form. Texts, amounts,
 * days and single choices; never NULL. */
struct stale *stale_of(struct arena *a, const struct form *form, const struct view *view,
                       const void *record, const struct input *typed);

#endif
