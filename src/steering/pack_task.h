/*
 * pack_task.h - the PDFs of packs are made by the server itself, one after another
 *
 * How far one is, stands in its row (pack_file.h), so that a page can tell it and a second process, or the
 * next one after a crash, takes over what was left. It is composed with the rights that its member has
 * then; who lost his appointment gets none.
 */
#ifndef STEERING_PACK_TASK_H
#define STEERING_PACK_TASK_H

#include "plein/plein.h"

enum { PACK_EVERY_MS = 500 };

/* A ticker's step (platform/jobs/ticker.h): one pack. */
MUST_CHECK enum status pack_step(struct plein *p, bool *ret_more, struct error *reterr);

#endif
