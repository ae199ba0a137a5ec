/*
 * virus_scan.h - asks clamd over its socket whether a file is clean (INSTREAM)
 *
 * Waits for clamd, at most half a minute: for prepare, never inside a job. Nothing is kept.
 */
#ifndef ATTACHMENTS_VIRUS_SCAN_H
#define ATTACHMENTS_VIRUS_SCAN_H

#include <stddef.h>

#include "platform/core/error.h"

/*
 * where: the path of clamd's socket ("/run/clamav/clamd.ctl"), or "address:port". OK: clean.
 * ERR_INVALID: it found something, the cause says what. ERR_UNAVAILABLE: clamd doesn't answer, or
 * couldn't look: the file isn't taken, and the sentence says so.
 */
MUST_CHECK enum status virus_scan(const char *where, const void *bytes, size_t len,
                                  struct error *reterr);

#endif
