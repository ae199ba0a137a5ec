/* markup.h - what a template's own markup may not hold: all that the Content-Security-Policy
 * refuses */
#ifndef PLATFORM_VIEW_MARKUP_H
#define PLATFORM_VIEW_MARKUP_H

#include "platform/view/template.h"

/*
 * False, with *ret_fault filled, for style= and on...= attributes, <style>, <script> without src,
 * javascript: and addresses outside this server. Looks at tags only: words in a text are free.
 */
bool markup_check(const char *source, struct template_fault *ret_fault);

#endif
