/*
 * view.h - one description of a record; HTML, JSON and CSV are drawn from it
 *
 * A view is a table of fields over a plain struct. The template engine (Mustache without
 * any unescaped form) and the JSON and CSV writers read the same table, so that a page
 * can't show a field that the API doesn't have, and both follow the viewer: a part he may
 * not see was never loaded (NULL or count 0): absent in JSON, its section absent in HTML.
 *
 * Templates are compiled into the program from web/ROOM/name.html and addressed by
 * "room/name". tools/check-templates refuses at build time: a tag that its view lacks,
 * an unclosed section, {{{ and {{&.
 */
#ifndef PLATFORM_VIEW_VIEW_H
#define PLATFORM_VIEW_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/arena.h"
#include "platform/core/error.h"
#include "platform/core/machine.h"
#include "platform/core/out.h"
#include "platform/core/problems.h"
#include "platform/http/input.h" /* struct code */

enum view_kind {
	VIEW_TEXT,   /* const char *; NULL: absent */
	VIEW_INT,    /* int64_t */
	VIEW_COUNT,  /* int32_t; negative: absent */
	VIEW_BOOL,   /* bool */
	VIEW_CODE,   /* int, with codes: JSON the name, HTML the label */
	VIEW_CODES,  /* uint64_t, one bit a code: JSON the names, HTML the labels; 0: absent */
	VIEW_STATE,  /* uint8_t, with machine: JSON the name, HTML by {{@state f}} icon, word, tint;
	                {{f}} the label */
	VIEW_DAY,    /* int64_t days: JSON 2026-11-21, HTML 21 november 2026; INT64_MIN: absent */
	VIEW_MOMENT, /* int64_t ms UTC: JSON RFC 3339 UTC, HTML 21 november 2026, 14.05 uur;
	                INT64_MIN: absent */
	VIEW_MONEY,  /* int64_t cents: JSON integer cents, HTML € 1.234,56; INT64_MIN: absent */
	VIEW_DUE,    /* int64_t days: HTML {{@clock f}} in working days from today; JSON the date */
	VIEW_VERDICT, /* const struct verdict *: HTML {{@verdict f}}; JSON an object; NULL: absent
	               */
	VIEW_REF,     /* const char *: a reference people read aloud; HTML unbroken */
	VIEW_OBJECT,  /* const T * with view; NULL: absent */
	VIEW_LIST     /* struct array of T (inline elements) with view */
};

struct view_field {
	const char *name; /* camelCase: the JSON key and the template's tag */
	enum view_kind kind;
	size_t offset;
	const char *label;             /* Dutch column head, for CSV and lists; NULL: not in CSV */
	const struct code *codes;      /* VIEW_CODE */
	const struct machine *machine; /* VIEW_STATE */
	const struct view *view;       /* VIEW_OBJECT, VIEW_LIST */
	bool page_only;                /* links, form echoes: not in JSON or CSV */
};

struct view {
	const struct view_field *fields;
	size_t count;
	size_t struct_bytes;
};

/* VIEW_F(struct signal, title, VIEW_TEXT): the member's name is the JSON name when they are alike.
 */
#define VIEW_F(type, member, kind_)                                                                \
	{                                                                                          \
		.name = #member, .kind = (kind_), .offset = offsetof(type, member)                 \
	}
/* The kind comes first in what follows the name; further members may follow it. */
#define VIEW_AS(type, member, name_, ...)                                                          \
	{                                                                                          \
		.name = (name_), .offset = offsetof(type, member), .kind = __VA_ARGS__             \
	}
#define VIEW_OF(type, table)                                                                       \
	{                                                                                          \
		(table), sizeof(table) / sizeof((table)[0]), sizeof(type)                          \
	}

struct frame;       /* page.h */
struct office_days; /* platform/core/calendar.h */

/* What drawing needs beside the record. */
struct drawing {
	struct arena *arena;
	int64_t now_ms; /* for clocks */
	const struct problems
	    *problems; /* {{#problems}} and {{> components/...}} show them; may be NULL */
	const struct input
	    *typed; /* a form shown again: what was typed wins over the record; may be NULL */
	const struct form *form;   /* what {{@field path}} draws; NULL: the page has no form */
	const struct frame *frame; /* for {{@csrf}}, and outermost for names; may be NULL */
	const struct office_days *office; /* whose working days clocks count; NULL: the usual */
};

/*
 * Draws a template with the record as its context. A name that the record's view lacks is
 * looked up outwards through the enclosing sections, last in `outer` (the frame).
 */
void view_html(struct out *o, const struct drawing *d, const char *template_name,
               const struct view *v, const void *record);
/* The same with a parsed template. */
struct template;
void view_draw(struct out *o, const struct drawing *d, const struct template *t,
               const struct view *v, const void *record);
void view_json(struct out *o, const struct view *v, const void *record);

/* A CSV of a list: UTF-8 with BOM, ';' between cells (as Dutch spreadsheets read it), labels as
 * head. */
void view_csv(struct out *o, const struct drawing *d, const struct view *v, const void *items,
              size_t count);

/* The same as a spreadsheet (OpenDocument 1.3): numbers and days as such, text never as a formula. */
void view_ods(struct out *o, const struct drawing *d, const struct view *v, const void *items,
              size_t count);

/* application/problem+json (RFC 9457) with errors[{pointer, rule, article, detail}]. */
void view_problem_json(struct out *o, int code, const struct error *e,
                       const struct problems *problems, const char *request_id);

#endif
