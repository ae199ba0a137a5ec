#include "analysis/change_pieces.h"

#include "platform/view/difference.h"

static const struct view_field FIELDS[] = {
	VIEW_F(struct change_piece, text, VIEW_TEXT),
	VIEW_F(struct change_piece, removed, VIEW_BOOL),
	VIEW_F(struct change_piece, added, VIEW_BOOL),
};
const struct view CHANGE_PIECE_VIEW = VIEW_OF(struct change_piece, FIELDS);

struct array change_pieces(struct arena *a, const char *before, const char *after)
{
	const struct array found = difference_words(a, before, after);
	const struct difference_piece *from = found.items;
	struct change_piece *to = ARENA_ARRAY(a, struct change_piece, found.count + 1);

	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct change_piece){ from[i].text, from[i].kind == PIECE_REMOVED,
			                       from[i].kind == PIECE_ADDED };
	return (struct array){ to, found.count };
}
