/* Pages that are the same for everybody: help, accessibility, privacy and the style guide. */
#include "guide/guide.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"

struct nothing {
	const char *absent; /* a view has at least one field */
};
static const struct view_field NOTHING_FIELDS[] = {
	VIEW_AS(struct nothing, absent, "absent", VIEW_TEXT, .page_only = true),
};
static const struct view NOTHING_VIEW = VIEW_OF(struct nothing, NOTHING_FIELDS);

static const struct static_page {
	const char *path;
	struct page page;
} PAGES[] = {
	{ "/help", { .title = "Hulp", .template_name = "help/help" } },
	{ "/accessibility",
	  { .title = "Toegankelijkheid", .template_name = "help/accessibility" } },
	{ "/privacy", { .title = "Privacy en logboek", .template_name = "help/privacy" } },
	{ "/style-guide", { .title = "Stijlgids", .template_name = "style-guide/style_guide" } },
};

static enum status show(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct nothing record = { NULL };

	for (size_t i = 0; i < sizeof PAGES / sizeof PAGES[0]; i++)
		if (strcmp(PAGES[i].path, rq->route->path) == 0)
			return page_respond(rq, rs, &PAGES[i].page, &NOTHING_VIEW, &record, reterr);
	return FAIL_INTERNAL(reterr);
}

#define STATIC_PAGE(path_, summary_)                                                               \
	{                                                                                          \
		.method = "GET", .path = (path_), .permission = PERM_PUBLIC, .action = AUDIT_NONE, \
		.flags = ROUTE_PUBLIC | ROUTE_PAGE_ONLY | ROUTE_NO_EVENT, .read = show,            \
		.summary = (summary_)                                                              \
	}

const struct route static_page_routes[] = {
	STATIC_PAGE("/help", "Uitleg over werken met Plein"),
	STATIC_PAGE("/accessibility", "Hoe toegankelijk Plein is"),
	STATIC_PAGE("/privacy", "Wat Plein bewaart, waarom en hoe lang"),
	STATIC_PAGE("/style-guide", "Alle onderdelen van een pagina"),
	{ 0 },
};

const struct page_template static_page_templates[] = {
	{ .name = "help/help", .view = &NOTHING_VIEW, .whole = true },
	{ .name = "help/accessibility", .view = &NOTHING_VIEW, .whole = true },
	{ .name = "help/privacy", .view = &NOTHING_VIEW, .whole = true },
	{ .name = "style-guide/style_guide", .view = &NOTHING_VIEW, .whole = true },
	{ 0 },
};
