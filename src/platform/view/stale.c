/* Both versions side by side, out of a record, a form and what was typed. */
#include "platform/view/difference.h"
#include "platform/view/value.h"

static const struct view_field PIECE_FIELDS[] = {
	VIEW_F(struct version_piece, text, VIEW_TEXT),
	VIEW_F(struct version_piece, changed, VIEW_BOOL),
};
static const struct view PIECE_VIEW = VIEW_OF(struct version_piece, PIECE_FIELDS);

static const struct view_field PART_FIELDS[] = {
	VIEW_F(struct stale_part, label, VIEW_TEXT),
	VIEW_F(struct stale_part, path, VIEW_TEXT),
	VIEW_F(struct stale_part, theirs, VIEW_TEXT),
	VIEW_F(struct stale_part, yours, VIEW_TEXT),
	VIEW_AS(struct stale_part, theirs_pieces, "theirsPieces", VIEW_LIST, .view = &PIECE_VIEW),
	VIEW_AS(struct stale_part, yours_pieces, "yoursPieces", VIEW_LIST, .view = &PIECE_VIEW),
};
static const struct view PART_VIEW = VIEW_OF(struct stale_part, PART_FIELDS);

static const struct view_field STALE_FIELDS[] = {
	VIEW_AS(struct stale, saved_by, "savedBy", VIEW_TEXT, .label = NULL),
	VIEW_AS(struct stale, saved_at, "savedAt", VIEW_MOMENT, .label = NULL),
	VIEW_AS(struct stale, differences, "differences", VIEW_LIST, .view = &PART_VIEW),
};
const struct view STALE_VIEW = VIEW_OF(struct stale, STALE_FIELDS);

/* The pieces of one version: the same ones and its own. */
static struct array version(struct arena *a, struct array pieces, enum piece_kind own)
{
	const struct difference_piece *all = pieces.items;
	struct version_piece *list = ARENA_ARRAY(a, struct version_piece, pieces.count);
	size_t count = 0;

	for (size_t i = 0; i < pieces.count; i++)
		if (all[i].kind == PIECE_SAME || all[i].kind == own)
			list[count++] = (struct version_piece){ all[i].text, all[i].kind == own };
	return (struct array){ list, count };
}

/* A code's label where the form has codes; else the text itself. */
static const char *readable(const struct field *f, const char *text)
{
	for (const struct code *c = f->kind == FIELD_CODE ? f->codes : NULL;
	     c != NULL && c->name != NULL; c++)
		if (strcmp(c->name, text) == 0)
			return c->label;
	return text;
}

static bool is_compared(const struct field *f)
{
	return f->kind != FIELD_LIST && f->kind != FIELD_CODES && f->kind != FIELD_FILE &&
	       f->kind != FIELD_BOOL;
}

struct stale *stale_of(struct arena *a, const struct form *form, const struct view *view,
                       const void *record, const struct input *typed)
{
	struct stale *ret = ARENA_NEW(a, struct stale);
	struct stale_part *parts = ARENA_ARRAY(a, struct stale_part, form->field_count);
	size_t count = 0;

	for (size_t i = 0; i < form->field_count; i++) {
		const struct field *f = &form->fields[i];
		const struct view_field *member = view_field_named(view, f->path);
		const char *yours = input_text(typed, f->path);
		if (member == NULL || yours == NULL || !is_compared(f))
			continue;
		struct words room;
		const char *now = value_typed(
		    (struct value){ .field = member, .at = (const char *)record + member->offset },
		    &room);
		const char *theirs = now == NULL ? "" : arena_strdup(a, now);
		if (strcmp(theirs, yours) == 0)
			continue;
		struct array pieces = difference_words(a, readable(f, theirs), readable(f, yours));
		parts[count++] = (struct stale_part){ f->label,
			                              f->path,
			                              theirs,
			                              yours,
			                              version(a, pieces, PIECE_REMOVED),
			                              version(a, pieces, PIECE_ADDED) };
	}
	ret->saved_at = INT64_MIN;
	ret->differences = (struct array){ parts, count };
	return ret;
}
