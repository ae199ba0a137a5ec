#include "platform/view/odt.h"

#include "platform/view/zip.h"

static const char MIME[] = ODT_CONTENT_TYPE;
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

void odt_begin(struct odt *doc, struct out *to, struct arena *a)
{
	*doc = (struct odt){ .to = to, .arena = a };
	out_init(&doc->xml, to->max);
	OUT_LIT(&doc->xml,
	        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content" NAMESPACES
	        "><office:body><office:text>");
}

void odt_heading(struct odt *doc, int level, const char *words)
{
	out_fmt(&doc->xml, "<text:h text:style-name=\"Heading_20_%d\" text:outline-level=\"%d\">",
	        level, level);
	text(&doc->xml, doc->arena, words);
	OUT_LIT(&doc->xml, "</text:h>");
}

void odt_line(struct odt *doc, const char *label, const char *words)
{
	if (words == NULL || words[0] == '\0')
		return;
	OUT_LIT(&doc->xml, "<text:p text:style-name=\"Standard\">"
	                   "<text:span text:style-name=\"Label\">");
	text(&doc->xml, doc->arena, label);
	OUT_LIT(&doc->xml, ": </text:span>");
	text(&doc->xml, doc->arena, words);
	OUT_LIT(&doc->xml, "</text:p>");
}

void odt_paragraph(struct odt *doc, const char *words)
{
	if (words == NULL || words[0] == '\0')
		return;
	OUT_LIT(&doc->xml, "<text:p text:style-name=\"Standard\">");
	text(&doc->xml, doc->arena, words);
	OUT_LIT(&doc->xml, "</text:p>");
}

void odt_end(struct odt *doc)
{
	struct zip z;

	OUT_LIT(&doc->xml, "</office:text></office:body></office:document-content>\n");
	doc->to->overflowed = doc->to->overflowed || doc->xml.overflowed;
	zip_begin(&z, doc->to);
	zip_add(&z, "mimetype", MIME, sizeof MIME - 1);
	zip_add(&z, "META-INF/manifest.xml", MANIFEST, sizeof MANIFEST - 1);
	zip_add(&z, "content.xml", doc->xml.data, doc->xml.len);
	zip_add(&z, "styles.xml", STYLES, sizeof STYLES - 1);
	zip_end(&z);
	out_free(&doc->xml);
}
