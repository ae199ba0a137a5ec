/*
 * odt.h - a text of headings and labelled paragraphs as an OpenDocument file (ODF 1.3)
 *
 * Language Dutch, headings as headings, so that any reader finds its way. Everything is escaped.
 *
 *     struct odt doc;
 *     odt_begin(&doc, &rs->body, rq->arena);
 *     odt_heading(&doc, 1, "Verslag");
 *     odt_line(&doc, "Waar", m->place);
 *     odt_end(&doc);
 */
#ifndef PLATFORM_VIEW_ODT_H
#define PLATFORM_VIEW_ODT_H

#include "platform/core/arena.h"
#include "platform/core/out.h"

#define ODT_CONTENT_TYPE "application/vnd.oasis.opendocument.text"

struct odt {
	struct out *to;
	struct arena *arena;
	struct out xml;
};

/* to and a live until odt_end(); the file has at most to->max bytes. */
void odt_begin(struct odt *doc, struct out *to, struct arena *a);
void odt_heading(struct odt *doc, int level, const char *words); /* level 1 or 2 */
/* "Label: words"; nothing where there is nothing to say (NULL or ""). */
void odt_line(struct odt *doc, const char *label, const char *words);
/* A paragraph as typed, line ends kept; nothing for NULL or "". */
void odt_paragraph(struct odt *doc, const char *words);
/* Writes the file. What didn't fit marks `to` as overflowed. */
void odt_end(struct odt *doc);

#endif
