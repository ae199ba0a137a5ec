/*
 * carried.h - what this room ended and that no backup may bring back
 *
 * After a restore everybody signs in again; tokens, recovery codes, accounts, appointments,
 * passwords and second factors stand as they did at the newest export of keys (key_export.h).
 */
#ifndef PEOPLE_CARRIED_H
#define PEOPLE_CARRIED_H

#include "platform/crypto/key_export.h"

extern const struct carried PEOPLE_CARRIED[];
extern const struct db_stmt *const carried_statements[];

#endif
