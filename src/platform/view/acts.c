#include "platform/view/acts.h"

static const struct view_field LINK_FIELDS[] = {
	VIEW_F(struct act_link, label, VIEW_TEXT),
	VIEW_F(struct act_link, href, VIEW_TEXT),
	VIEW_F(struct act_link, primary, VIEW_BOOL),
	VIEW_F(struct act_link, danger, VIEW_BOOL),
};
const struct view ACT_LINK_VIEW = VIEW_OF(struct act_link, LINK_FIELDS);

static const struct view_field BLOCKED_FIELDS[] = {
	VIEW_F(struct act_blocked, label, VIEW_TEXT),
	VIEW_F(struct act_blocked, reason, VIEW_TEXT),
	VIEW_F(struct act_blocked, next, VIEW_TEXT),
};
const struct view ACT_BLOCKED_VIEW = VIEW_OF(struct act_blocked, BLOCKED_FIELDS);

static const struct view_field LINE_FIELDS[] = {
	VIEW_F(struct history_line, at, VIEW_MOMENT),
	VIEW_F(struct history_line, text, VIEW_TEXT),
	VIEW_AS(struct history_line, href, "href", VIEW_TEXT, .page_only = true),
};
const struct view HISTORY_LINE_VIEW = VIEW_OF(struct history_line, LINE_FIELDS);

static const struct view_field BY_FIELDS[] = {
	VIEW_F(struct history_by, at, VIEW_MOMENT),
	VIEW_F(struct history_by, what, VIEW_TEXT),
	VIEW_F(struct history_by, organisation, VIEW_TEXT),
};
const struct view HISTORY_BY_VIEW = VIEW_OF(struct history_by, BY_FIELDS);
