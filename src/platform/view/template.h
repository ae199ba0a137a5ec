/*
 * template.h - a parsed template: a flat list of steps, and the parser that makes it
 *
 * The dialect is Mustache without any unescaped form, plus component tags; see
 * docs/templates.md. tools/embed-templates parses web/ at build time and writes the steps
 * as constants, so that a running server never parses and a broken template never builds.
 * Parsing is pure; a parsed template is read-only and may be drawn by every thread.
 */
#ifndef PLATFORM_VIEW_TEMPLATE_H
#define PLATFORM_VIEW_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/arena.h"

enum step_kind {
	STEP_TEXT,     /* our own markup, as it stands */
	STEP_VALUE,    /* {{name}} */
	STEP_SECTION,  /* {{#name}} */
	STEP_INVERTED, /* {{^name}} */
	STEP_PARTIAL,  /* {{> room/name}} */
	STEP_TAG,      /* {{@tag argument}} */
	STEP_BLOCK     /* {{#@tag argument}} ... {{/@tag}} */
};

enum template_tag {
	TAG_NONE,
	TAG_STATE,
	TAG_CLOCK,
	TAG_VERDICT,
	TAG_REF,
	TAG_PARTNER,
	TAG_TIME,
	TAG_NUMBER,
	TAG_CSRF,
	TAG_ERRORS,
	TAG_ERROR,
	TAG_NAME,
	TAG_ID,
	TAG_TYPED,
	TAG_SELECTED,
	TAG_CHECKED,
	TAG_DESCRIBED,
	TAG_FIELD,
	TAG_RADIOS,
	TAG_PROBLEMS, /* the reserved name `problems`, as a section */
	TAG_SUMMARY,  /* the reserved name `problemSummary` */
	TAG_ROWS,     /* block: the elements of a list in a form */
	TAG_FORM,     /* block: <form> with its hidden fields */
	TAG_PART,     /* block: what a page that lives asks for by itself */
	TAG_COUNT
};

struct template_step {
	uint8_t kind;         /* enum step_kind */
	uint8_t tag;          /* enum template_tag */
	uint8_t parts;        /* names in `text`, each ended by NUL; 0: none ({{.}}) */
	uint32_t len;         /* STEP_TEXT: bytes of text */
	uint32_t end;         /* sections and blocks: the step behind the closing tag */
	uint32_t line;        /* where the tag stands, for the checks */
	const char *text;     /* markup, or the dotted name: "a\0b\0c" */
	const char *argument; /* tags: the first argument as written; "" if none */
	const char *rest;     /* tags: what follows it, before '|'; "" if none */
	const char *help;     /* tags: behind '|'; NULL if none */
	const char *indent;   /* a partial that stands alone on its line: what stands before it */
	const struct template *partial; /* NULL: draws nothing (never in embedded templates) */
};

struct template
{
	const char *name; /* "room/name" */
	const struct template_step *steps;
	uint32_t count;
};

struct template_fault {
	uint32_t line;
	const char *what; /* English, for who writes templates; static */
};

/* What the parser asks of its surroundings. NULL answers: there is none. */
struct template_library {
	const struct template *(*partial)(void *context, const char *name);
	const char *(*icon)(void *context, const char *name); /* its markup */
	void *context;
	bool lenient; /* an unknown partial draws nothing, as the Mustache specification has it */
};

/*
 * Parses source (NUL-terminated, UTF-8) into *ret; everything lies in the arena. False, with
 * *ret_fault filled, on anything the dialect doesn't have.
 * Cost: linear in the source; sections may nest TEMPLATE_DEPTH_MAX deep.
 */
bool template_parse(struct arena *a, const char *source, const struct template_library *library,
                    struct template *ret, struct template_fault *ret_fault);

enum { TEMPLATE_DEPTH_MAX = 32 };

/* The embedded template with this name, or NULL. Cost: logarithmic. */
const struct template *template_find(const char *name);

/* All of them, by name. */
const struct template *template_all(size_t *ret_count);

const char *template_tag_name(enum template_tag tag);

#endif
