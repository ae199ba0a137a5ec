/*
 * value.h - a name looked up in a record, and what it says: inside view/ only
 *
 * A value is found by its name in the innermost record that has it. Dots go inwards:
 * "person.name", and for some kinds one step further:
 *
 *   code, state, codes  kind.PERSON: true when it is (or has) this one, by its English name
 *   moment, day         at.iso, at.time, at.day: 2026-11-21T13:05:00Z, 14.05 uur, 21 november 2026
 *   verdict             answer.yes, .onlyIf, .no, .sentence, .article, .rule, .next
 *   list                subjects.count
 */
#ifndef PLATFORM_VIEW_VALUE_H
#define PLATFORM_VIEW_VALUE_H

#include "platform/view/view.h"

/* A record as seen from inside: `at` is NULL for a row that has no record yet. */
struct scope {
	const struct view *view;
	const void *at;
	const struct scope *outer; /* NULL: outermost */
};

struct value {
	const struct view_field *field; /* NULL: no such name, or `self` */
	const void *at;                 /* the member; NULL: absent */
	const char *part;               /* the step further; NULL: none */
	const struct scope *self;       /* {{.}} of a record; else NULL */
};

/* Room for what isn't text by itself. */
struct words {
	char room[80];
};

const struct view_field *view_field_named(const struct view *v, const char *name);

/* parts names at `name`, each ended by NUL; 0 parts: {{.}}. */
struct value value_find(const struct scope *scope, const char *name, unsigned parts);

/* Is there anything to show? Numbers too: 0 is present. */
bool value_present(struct value v);
/* Present, and neither empty, zero nor false: what a section asks. */
bool value_true(struct value v);

/* As people read it, unescaped: the record's own text, a static one, or in *room. NULL: absent.
 * Lists, objects and code sets have none. */
const char *value_text(struct value v, struct words *room);

/* As a form sends it back: numbers without points, days and amounts as one would type them, codes
 * by name. NULL: absent. */
const char *value_typed(struct value v, struct words *room);

const struct code *code_of(const struct code *codes, int value);

#endif
