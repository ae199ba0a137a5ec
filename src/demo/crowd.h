/*
 * crowd.h - who gets an account in the demo world, before anything is written: pure
 *
 * The cast first, then as many others as the scale asks, spread over the participants. The
 * others' surnames are put together from two halves, so that they are nobody's on purpose.
 */
#ifndef DEMO_CROWD_H
#define DEMO_CROWD_H

#include "demo/deltaland.h"
#include "platform/core/arena.h"
#include "platform/crypto/totp.h"
#include "platform/crypto/uuid.h"

struct crowd_person {
	const char *email, *full_name, *surname;
	size_t participant; /* index in deltaland_participants() */
	struct cast_role roles[CAST_ROLES_MAX];
	struct uuid uuid;
	struct uuid role_uuids[CAST_ROLES_MAX];
};

/* count people, at least as many as the cast. Equal seeds give equal crowds. */
const struct crowd_person *crowd_new(uint64_t seed, size_t count, struct arena *a);

/* "s.duinker@duinwaard.example". */
const char *cast_email(const struct cast_person *person, struct arena *a);

/* What this person's authenticator is seeded with. */
struct totp_secret crowd_secret(uint64_t seed, const char *email);

#endif
