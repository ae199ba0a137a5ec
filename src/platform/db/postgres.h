/* postgres.h - what migrations ask of PostgreSQL alone; private to platform/db */
#ifndef PLATFORM_DB_POSTGRES_H
#define PLATFORM_DB_POSTGRES_H

#include "platform/db/engine.h"

/* The role of cfg->conninfo, quoted as an identifier. "" if it can't be known. */
void postgres_runner(struct conn *owner, const struct db_config *cfg, char *ret, size_t size);

/*
 * As the owner: one migration at a time (advisory lock until the connection ends), the schema
 * itself, and the running role's rights on what will be made in it.
 */
MUST_CHECK enum status postgres_prepare_schema(struct conn *owner, const struct db_config *cfg,
                                               struct error *reterr);

#endif
