/*
 * sign_in.h - the rules of signing in: how long a session lives, how fast one may guess
 *
 * Pure. Guessing is slowed per origin (a keyed hash of the address or of a device that
 * signed in before), so that nobody can lock out somebody else: a device that this
 * person used before has an origin of its own.
 */
#ifndef PEOPLE_SIGN_IN_H
#define PEOPLE_SIGN_IN_H

#include <stdbool.h>
#include <stdint.h>

enum session_stage {
	STAGE_PASSWORD = 1, /* the password was right; the code is still to come */
	STAGE_ENROL = 2,    /* no second factor yet: enrol first */
	STAGE_FULL = 3
};

enum sign_in_outcome {
	SIGN_IN_OK = 1,
	SIGN_IN_WRONG_PASSWORD = 2,
	SIGN_IN_WRONG_CODE = 3,
	SIGN_IN_RECOVERY_USED = 4,
	SIGN_IN_SLOWED = 5,
	SIGN_IN_ENDED = 6
};

enum {
	SESSION_IDLE_MINUTES = 60,
	SESSION_ABSOLUTE_HOURS = 10,
	SESSION_HALF_WAY_MINUTES = 10, /* between password and code */
	STEP_UP_MINUTES = 10,
	SESSION_TOUCH_SECONDS = 60, /* seen_at is written at most this often */
	TRIES_FREE = 5,
	TRIES_FORGET_HOURS = 24,
	TRIES_WAIT_MAX_SECONDS = 900
};

struct session_times {
	int64_t created_at, seen_at, ended_at; /* ms UTC; ended_at 0: not ended */
	enum session_stage stage;
};

bool session_alive(const struct session_times *t, int64_t now_ms);

/* Seconds to wait before the next try is looked at: 0 for the first TRIES_FREE, then doubling
 * from 15. */
int64_t tries_wait_s(int64_t failures, int64_t last_at_ms, int64_t now_ms);

/* At least 12 characters, at most 200, not the e-mail address. NULL: fine; else a Dutch sentence.
 */
const char *password_problem(const char *password, const char *email);

#endif
