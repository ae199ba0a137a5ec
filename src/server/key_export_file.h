/*
 * key_export_file.h - the newest export of keys as a file: written whole or not at all, and only
 * the newest kept
 *
 * Made by `plein keys export` and `plein backup create`, and by every rotation before the old
 * period key goes. Read by `plein backup restore` and `plein keys import`.
 */
#ifndef SERVER_KEY_EXPORT_FILE_H
#define SERVER_KEY_EXPORT_FILE_H

#include "platform/core/out.h"
#include "platform/crypto/sealed_key.h"
#include "plein/plein.h"

/* Beside path, flushed, renamed, folder flushed. ERR_UNAVAILABLE: the cause says why. */
MUST_CHECK enum status key_export_write(const char *path, const struct out *bytes,
                                        struct error *reterr);
/* Appends the file to o. ERR_NOT_FOUND: it isn't there. */
MUST_CHECK enum status key_export_read(const char *path, struct out *o, struct error *reterr);

/* The export of what lives now, to p->key_export. */
MUST_CHECK enum status key_export_renew(struct plein *p, struct error *reterr);
/* keys_rotate_with, and key_export_renew as its last step. */
MUST_CHECK enum status plein_rotate(struct plein *p, int64_t now_ms, struct keys_rotation *ret,
                                    struct error *reterr);

#endif
