/*
 * virus_scan.h - asks clamd over its socket whether a file is clean (INSTREAM)
 *
 * Waits for clamd, at most half a minute: for prepare, never inside a job. Nothing is kept; the
 * file goes to it a piece at a time.
 */
#ifndef ATTACHMENTS_VIRUS_SCAN_H
#define ATTACHMENTS_VIRUS_SCAN_H

#include "platform/core/error.h"
#include "platform/core/source.h"

/*
 * where: the path of clamd's socket ("/run/clamav/clamd.ctl"), or "address:port". OK: clean.
 * ERR_INVALID: it found something, the cause says what. ERR_UNAVAILABLE: clamd doesn't answer, or
 * couldn't look: the file isn't taken, and the sentence says so.
 */
MUST_CHECK enum status virus_scan(const char *where, const struct byte_source *file,
                                  struct error *reterr);

#endif
