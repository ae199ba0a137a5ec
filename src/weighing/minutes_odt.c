/* The minutes as an OpenDocument text (ODF 1.3): headings, paragraphs and one list a section. */
#include "weighing/minutes.h"

#include "platform/core/dutch.h"
#include "platform/view/zip.h"

static const char MIME[] = "application/vnd.oasis.opendocument.text";
static const char MANIFEST[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\""
    " manifest:version=\"1.3\">"
    "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\""
    " manifest:media-type=\"application/vnd.oasis.opendocument.text\"/>"
    "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
    "<manifest:file-entry manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/>"
    "</manifest:manifest>\n";

#define NAMESPACES                                                                                 \
	" xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""                       \
	" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""                         \
	" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""                           \
	" xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\""                \
	" office:version=\"1.3\""

static const char STYLES[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-styles" NAMESPACES ">"
    "<office:styles>"
    "<style:default-style style:family=\"paragraph\">"
    "<style:paragraph-properties fo:margin-bottom=\"0.15cm\"/>"
    "<style:text-properties fo:font-family=\"Noto Sans\" fo:font-size=\"10.5pt\""
    " fo:language=\"nl\" fo:country=\"NL\"/></style:default-style>"
    "<style:style style:name=\"Standard\" style:family=\"paragraph\"/>"
    "<style:style style:name=\"Heading_20_1\" style:display-name=\"Heading 1\""
    " style:family=\"paragraph\" style:parent-style-name=\"Standard\""
    " style:default-outline-level=\"1\">"
    "<style:paragraph-properties fo:margin-bottom=\"0.3cm\" fo:keep-with-next=\"always\"/>"
    "<style:text-properties fo:font-size=\"18pt\" fo:font-weight=\"bold\"/></style:style>"
    "<style:style style:name=\"Heading_20_2\" style:display-name=\"Heading 2\""
    " style:family=\"paragraph\" style:parent-style-name=\"Standard\""
    " style:default-outline-level=\"2\">"
    "<style:paragraph-properties fo:margin-top=\"0.5cm\" fo:margin-bottom=\"0.15cm\""
    " fo:keep-with-next=\"always\"/>"
    "<style:text-properties fo:font-size=\"13pt\" fo:font-weight=\"bold\"/></style:style>"
    "<style:style style:name=\"Label\" style:family=\"text\">"
    "<style:text-properties fo:font-weight=\"bold\"/></style:style>"
    "</office:styles></office:document-styles>\n";

/* XML 1.0 knows no control characters; line ends become ODF's own. */
static void text(struct out *o, struct arena *a, const char *words)
{
	char *piece = arena_strdup(a, words);
	size_t len = 0;

	for (const char *p = words;; p++) {
		if (*p != '\0' && *p != '\n') {
			if ((unsigned char)*p >= ' ' || *p == '\t')
				piece[len++] = *p;
			continue;
		}
		piece[len] = '\0';
		out_html(o, piece);
		len = 0;
		if (*p == '\0')
			return;
		OUT_LIT(o, "<text:line-break/>");
	}
}

static void heading(struct out *o, struct arena *a, int level, const char *words)
{
	out_fmt(o, "<text:h text:style-name=\"Heading_20_%d\" text:outline-level=\"%d\">", level,
	        level);
	text(o, a, words);
	OUT_LIT(o, "</text:h>");
}

/* Nothing where there is nothing to say. */
static void line(struct out *o, struct arena *a, const char *label, const char *words)
{
	if (words == NULL || words[0] == '\0')
		return;
	OUT_LIT(o, "<text:p text:style-name=\"Standard\"><text:span text:style-name=\"Label\">");
	text(o, a, label);
	OUT_LIT(o, ": </text:span>");
	text(o, a, words);
	OUT_LIT(o, "</text:p>");
}

static const char *moment(struct arena *a, int64_t ms)
{
	return ms == INT64_MIN ? NULL : dutch_moment(a, ms);
}

static const char *joined(struct arena *a, struct array lines)
{
	const struct minutes_line *l = lines.items;
	const char *ret = "";

	for (size_t i = 0; i < lines.count; i++)
		ret = arena_printf(a, "%s%s%s", ret, i == 0 ? "" : "; ", l[i].text);
	return ret;
}

static void dissents(struct out *o, struct arena *a, struct array list)
{
	const struct remark *r = list.items;

	for (size_t i = 0; i < list.count; i++)
		line(o, a, "Afwijkende mening",
		     arena_printf(a, "%s dacht anders over %s.%s%s", r[i].organ, r[i].about,
		                  r[i].text[0] != '\0' ? " " : "", r[i].text));
}

static void item(struct out *o, struct arena *a, const struct minutes_item *i)
{
	heading(o, a, 2, arena_printf(a, "%lld. %s", (long long)i->place, i->reference));
	line(o, a, "Indiener", i->participant);
	line(o, a, "Besluit", i->outcome != NULL ? i->outcome : "nog geen");
	line(o, a, "Reden", i->reason);
	if (i->next_day != INT64_MIN)
		line(o, a, "Komt terug op", dutch_date(a, (int32_t)i->next_day));
	if (i->advise_local)
		line(o, a, "Advies", "Pak dit op in de eigen organisatie.");
	if (i->outcome != NULL)
		line(o, a, "Criteria gehaald",
		     arena_printf(a, "%lld van %d%s%s", (long long)i->criteria_met,
		                  LAW_CRITERION_COUNT, i->unmet != NULL ? ", niet: " : "",
		                  i->unmet != NULL ? i->unmet : ""));
	if (i->scored)
		line(o, a, "Afgesproken scores samen",
		     arena_printf(a, "%lld van %d, een hulpmiddel", (long long)i->sum,
		                  LAW_FACTOR_COUNT * LAW_FACTOR_SCORE_MAX));
	line(o, a, "Weeglijst", i->criteria_version);
	line(o, a, "Werken mee", joined(a, i->involved));
	line(o, a, "Opdracht", i->assignment);
	line(o, a, "Waarom", i->why);
	dissents(o, a, i->dissents);
}

static void content(struct out *o, struct arena *a, const struct minutes *m)
{
	const struct minutes_item *items = m->items.items;

	OUT_LIT(o, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content" NAMESPACES
	           "><office:body><office:text>");
	heading(o, a, 1, arena_printf(a, "Verslag informatie-overleg %s", m->reference));
	line(o, a, "Wanneer", moment(a, m->starts_at));
	line(o, a, "Waar", m->place);
	line(o, a, "Geopend", moment(a, m->opened_at));
	line(o, a, "Geschorst", joined(a, m->pauses));
	line(o, a, "Gesloten", moment(a, m->closed_at));
	line(o, a, "Aanwezig", joined(a, m->present));
	line(o, a, "Afwezig", joined(a, m->absent));
	line(o, a, "Gasten", joined(a, m->guests));
	for (size_t i = 0; i < m->items.count; i++)
		item(o, a, &items[i]);
	OUT_LIT(o, "</office:text></office:body></office:document-content>\n");
}

void minutes_odt(struct out *o, struct arena *a, const struct minutes *m)
{
	struct out xml;
	struct zip z;

	out_init(&xml, o->max);
	content(&xml, a, m);
	o->overflowed = o->overflowed || xml.overflowed;
	zip_begin(&z, o);
	zip_add(&z, "mimetype", MIME, sizeof MIME - 1);
	zip_add(&z, "META-INF/manifest.xml", MANIFEST, sizeof MANIFEST - 1);
	zip_add(&z, "content.xml", xml.data, xml.len);
	zip_add(&z, "styles.xml", STYLES, sizeof STYLES - 1);
	zip_end(&z);
	out_free(&xml);
}
