/*
 * refill.h - a form that was refused gets back what was typed
 *
 * A page may hold one form several times (one per row), each with fields of the same names, and a record
 * says nothing of what was typed in which. So the page that is drawn after a refusal is read once more: the
 * form that was sent, which is the one with its action and its hidden values, is filled in where the
 * template left a field empty; a problem stands at its field; and what was folded over the form is open.
 * What a template fills in by itself ({{@field}}, {{@typed}}) stays as it is.
 *
 * It reads only markup that our own templates made: attributes in double quotes, < and > of texts escaped.
 */
#ifndef PLATFORM_VIEW_REFILL_H
#define PLATFORM_VIEW_REFILL_H

#include "platform/core/out.h"
#include "platform/http/input.h"

/* The page, filled in, into *o. action: the path that the form was sent to.
 * Costs the page's length, and the form's fields times the values that were sent (at most LIMIT_FIELDS). */
void refill(struct out *o, const char *html, const char *action, const struct input *typed,
            const struct problems *problems);

#endif
