/* closing.h - what both ways of closing a child off share; inside platform/sandbox/ only */
#ifndef PLATFORM_SANDBOX_CLOSING_H
#define PLATFORM_SANDBOX_CLOSING_H

#include "platform/sandbox/sandbox.h"

/* Time, memory, no core, no file that grows, no new rights. */
bool sandbox_limits(void);
enum status sandbox_cant(struct error *reterr, const char *what);

#endif
