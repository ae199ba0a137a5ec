/* draw.h - drawing steps over records; inside view/ only */
#ifndef PLATFORM_VIEW_DRAW_H
#define PLATFORM_VIEW_DRAW_H

#include "platform/view/template.h"
#include "platform/view/value.h"
#include "platform/view/view.h"

/* One drawing under way. */
struct canvas {
	struct out *out;
	const struct drawing *d;
	const char *rows;        /* where we are in a form's lists: "subjects[2].", or "" */
	const struct form *form; /* of the page, or of the rows we are in; NULL: none */
	const char *indent;      /* of the partial being drawn; NULL: none */
	bool line_begins;        /* the indent is still to be written before what comes */
	const char *parts;       /* only these are drawn, into `page`; NULL: everything */
	struct out *page; /* where the parts that were asked for go; out throws the rest away */
	int depth;        /* partials within partials */
};

enum { PARTIAL_DEPTH_MAX = 24 };

void draw_template(struct canvas *c, const struct template *t, const struct scope *scope);

/* A component of ours over its own small record, which doesn't see the page's. */
void draw_component(struct canvas *c, const char *name, const struct view *v, const void *record);

/* The markup of an icon. */
void draw_icon(struct canvas *c, const char *name);

/* {{@tag}}: components.c for what a record shows, fields.c for what a form asks. */
void draw_tag(struct canvas *c, const struct template_step *step, const struct scope *scope);
bool draw_form_tag(struct canvas *c, const struct template_step *step, const struct scope *scope);

/* Hidden fields against forgery and double sending, for the route with this pattern. */
void draw_hidden(struct canvas *c, const char *pattern);

/* The path of a form's field here: the rows before it and the name as written. */
const char *draw_path(const struct canvas *c, const char *name);

/* The field of the form at hand with this path, or NULL. */
const struct field *draw_field_named(const struct canvas *c, const char *path);

/* How many rows {{#@rows}} draws of a list that has `recorded` elements on record. */
size_t draw_row_count(const struct canvas *c, const char *path, size_t recorded);

/* {{#problems}}: all, or those at one path. In the arena, of struct problem_picture. */
struct problem_picture {
	const char *path; /* NULL: of the form as a whole */
	const char *message, *rule, *article;
	bool warning;
};
extern const struct view PROBLEM_VIEW;
extern const struct view FIELD_VIEW; /* of what components/field_... show */
struct array draw_problems(const struct canvas *c, const char *path);

/* "Er kloppen 3 dingen nog niet.", or NULL. */
const char *draw_problem_summary(const struct canvas *c);

/* What was typed at this path, or NULL. */
const char *typed_at(const struct drawing *d, const char *path);

#endif
