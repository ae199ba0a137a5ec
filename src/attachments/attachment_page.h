/*
 * attachment_page.h - an attachment as pages and API show it, and its bytes as an answer
 *
 * The room whose record it is decides who may see it, before either is called.
 */
#ifndef ATTACHMENTS_ATTACHMENT_PAGE_H
#define ATTACHMENTS_ATTACHMENT_PAGE_H

#include "attachments/attachment.h"
#include "attachments/media.h"
#include "platform/http/http.h"
#include "platform/view/view.h"

/* What a row of a list of attachments tells; texts live as long as the arena and *what. */
struct attachment_line {
	int64_t number, added_at;
	const char *kind, *category, *size, *name, *sha256, *source, *href;
	int media;
};

/* The fields of it within the view of a room's own row. */
#define ATTACHMENT_LINE_FIELDS(type, member)                                                       \
	VIEW_AS(type, member.number, "number", VIEW_INT),                                          \
	    VIEW_AS(type, member.kind, "kind", VIEW_TEXT),                                         \
	    VIEW_AS(type, member.category, "category", VIEW_TEXT),                                 \
	    VIEW_AS(type, member.media, "media", VIEW_CODE, .codes = MEDIA_CODES),                 \
	    VIEW_AS(type, member.size, "size", VIEW_TEXT),                                         \
	    VIEW_AS(type, member.name, "name", VIEW_TEXT),                                         \
	    VIEW_AS(type, member.sha256, "sha256", VIEW_TEXT),                                     \
	    VIEW_AS(type, member.source, "source", VIEW_TEXT),                                     \
	    VIEW_AS(type, member.added_at, "addedAt", VIEW_MOMENT),                                \
	    VIEW_AS(type, member.href, "href", VIEW_TEXT, .page_only = true)

/* href is where its bytes are; owner: the caller's, as long as the line. */
struct attachment_line attachment_line(struct arena *a, const struct attachment *what,
                                       const char *href);

/* Its bytes to take along, under this name with the ending of what it is. folder: where they lie. */
MUST_CHECK enum status attachment_send(struct request *rq, struct response *rs, struct keyring *k,
                                       const char *folder, const struct attachment *what,
                                       const char *name, struct error *reterr);

#endif
