/* frame.h - what the frame's templates know; inside view/ and for the checks */
#ifndef PLATFORM_VIEW_FRAME_H
#define PLATFORM_VIEW_FRAME_H

#include "platform/view/page.h"
#include "platform/view/value.h"

/* The frame's own record: struct frame and struct page as one. */
struct frame_picture {
	const char *title, *region, *person, *on_behalf, *note, *density, *colours, *version;
	const char *who_sees_href, *access_log_href;
	bool demo, confidential, has_crumbs;
	int32_t news_count;
	int64_t printed_at;
	struct array crumbs, menu, foot, capacities;
	const struct stale *stale; /* NULL: nobody was first */
};
extern const struct view FRAME_VIEW;

struct frame_scope {
	struct frame_picture picture;
	struct scope scope;
};

/* Fills *ret and gives its scope; NULL without a frame. page may be NULL (a part of a page). */
const struct scope *frame_open(struct frame_scope *ret, const struct frame *frame,
                               const struct page *page);

#endif
