/* A list as an ODS spreadsheet: the same columns as its CSV, as OpenDocument 1.3 writes a table. */
#include "platform/view/view.h"

#include <string.h>

#include "platform/core/calendar.h"
#include "platform/view/columns.h"
#include "platform/view/value.h"
#include "platform/view/zip.h"

#define AS(type, at) (*(const type *)(at))

static const char MIME[] = "application/vnd.oasis.opendocument.spreadsheet";
static const char MANIFEST[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\""
    " manifest:version=\"1.3\">"
    "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\""
    " manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>"
    "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
    "</manifest:manifest>\n";
static const char BEGIN[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
    " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
    " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.3\">"
    "<office:body><office:spreadsheet><table:table table:name=\"Plein\">";
static const char END[] =
    "</table:table></office:spreadsheet></office:body></office:document-content>\n";

/* XML 1.0 knows no control characters; a spreadsheet that holds one doesn't open at all. */
static const char *without_controls(struct arena *a, const char *text)
{
	char *kept = arena_strdup(a, text);
	size_t len = 0;

	for (const char *p = text; *p != '\0'; p++)
		if ((unsigned char)*p >= ' ' || *p == '\n' || *p == '\t')
			kept[len++] = *p;
	kept[len] = '\0';
	return kept;
}

static void text_cell(struct out *o, struct arena *a, const char *text)
{
	OUT_LIT(o, "<table:table-cell office:value-type=\"string\"><text:p>");
	out_html(o, without_controls(a, text));
	OUT_LIT(o, "</text:p></table:table-cell>");
}

static void number_cell(struct out *o, int64_t value)
{
	out_fmt(o,
	        "<table:table-cell office:value-type=\"float\" office:value=\"%lld\"><text:p>%lld"
	        "</text:p></table:table-cell>",
	        (long long)value, (long long)value);
}

static void money_cell(struct out *o, int64_t cents)
{
	const long long whole = (long long)(cents / 100);
	const int rest = (int)(cents % 100 < 0 ? -(cents % 100) : cents % 100);
	const char *sign = cents < 0 && whole == 0 ? "-" : "";

	out_fmt(o,
	        "<table:table-cell office:value-type=\"float\" office:value=\"%s%lld.%02d\">"
	        "<text:p>%s%lld,%02d</text:p></table:table-cell>",
	        sign, whole, rest, sign, whole, rest);
}

static void day_cell(struct out *o, int32_t day)
{
	const struct civil c = civil_from_day(day);

	out_fmt(o,
	        "<table:table-cell office:value-type=\"date\" office:date-value=\"%04d-%02d-%02d\">"
	        "<text:p>%02d-%02d-%04d</text:p></table:table-cell>",
	        c.year, c.month, c.day, c.day, c.month, c.year);
}

static void moment_cell(struct out *o, int64_t ms)
{
	const struct local_time t = local_from_ms(ms);
	const struct civil c = civil_from_day(t.day);

	out_fmt(o,
	        "<table:table-cell office:value-type=\"date\""
	        " office:date-value=\"%04d-%02d-%02dT%02d:%02d:%02d\">"
	        "<text:p>%02d-%02d-%04d %02d:%02d</text:p></table:table-cell>",
	        c.year, c.month, c.day, t.hour, t.minute, t.second, c.day, c.month, c.year, t.hour,
	        t.minute);
}

static void cell(struct out *o, struct arena *a, const struct view_field *f, const void *record)
{
	const struct value v = { .field = f, .at = (const char *)record + f->offset };

	if (!value_present(v))
		OUT_LIT(o, "<table:table-cell/>");
	else if (f->kind == VIEW_INT)
		number_cell(o, AS(int64_t, v.at));
	else if (f->kind == VIEW_COUNT)
		number_cell(o, AS(int32_t, v.at));
	else if (f->kind == VIEW_MONEY)
		money_cell(o, AS(int64_t, v.at));
	else if (f->kind == VIEW_DAY || f->kind == VIEW_DUE)
		day_cell(o, (int32_t)AS(int64_t, v.at));
	else if (f->kind == VIEW_MOMENT)
		moment_cell(o, AS(int64_t, v.at));
	else
		text_cell(o, a, column_text(a, v));
}

static void content(struct out *o, struct arena *a, const struct view *v, const void *items,
                    size_t count)
{
	const char *item = items;

	out_raw(o, BEGIN, sizeof BEGIN - 1);
	OUT_LIT(o, "<table:table-row>");
	for (size_t i = 0; i < v->count; i++)
		if (is_column(&v->fields[i]))
			text_cell(o, a, v->fields[i].label);
	OUT_LIT(o, "</table:table-row>");
	for (size_t row = 0; row < count; row++, item += v->struct_bytes) {
		OUT_LIT(o, "<table:table-row>");
		for (size_t i = 0; i < v->count; i++)
			if (is_column(&v->fields[i]))
				cell(o, a, &v->fields[i], item);
		OUT_LIT(o, "</table:table-row>");
	}
	out_raw(o, END, sizeof END - 1);
}

void view_ods(struct out *o, const struct drawing *d, const struct view *v, const void *items,
              size_t count)
{
	struct out xml;
	struct zip z;

	out_init(&xml, o->max);
	content(&xml, d->arena, v, items, count);
	o->overflowed = o->overflowed || xml.overflowed;
	zip_begin(&z, o);
	zip_add(&z, "mimetype", MIME, sizeof MIME - 1);
	zip_add(&z, "META-INF/manifest.xml", MANIFEST, sizeof MANIFEST - 1);
	zip_add(&z, "content.xml", xml.data, xml.len);
	zip_end(&z);
	out_free(&xml);
}
