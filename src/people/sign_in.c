#include "people/sign_in.h"

#include <string.h>
#include <strings.h>

static const int64_t MINUTE_MS = 60000;

bool session_alive(const struct session_times *t, int64_t now_ms)
{
	if (t->ended_at != 0 && t->ended_at <= now_ms)
		return false;
	if (now_ms < t->created_at - MINUTE_MS)
		return false; /* the clock was set back: start anew */
	if (t->stage != STAGE_FULL)
		return now_ms - t->created_at < SESSION_HALF_WAY_MINUTES * MINUTE_MS;
	if (now_ms - t->created_at >= SESSION_ABSOLUTE_HOURS * 60 * MINUTE_MS)
		return false;
	return now_ms - t->seen_at < SESSION_IDLE_MINUTES * MINUTE_MS;
}

int64_t tries_wait_s(int64_t failures, int64_t last_at_ms, int64_t now_ms)
{
	if (failures < TRIES_FREE || now_ms - last_at_ms >= TRIES_FORGET_HOURS * 60 * MINUTE_MS)
		return 0;
	int64_t doublings = failures - TRIES_FREE;
	int64_t wait = doublings > 6 ? TRIES_WAIT_MAX_SECONDS : INT64_C(15) << doublings;
	if (wait > TRIES_WAIT_MAX_SECONDS)
		wait = TRIES_WAIT_MAX_SECONDS;
	int64_t passed = (now_ms - last_at_ms) / 1000;
	return passed >= wait || passed < 0 ? 0 : wait - passed;
}

static size_t characters(const char *text)
{
	size_t count = 0;
	for (const char *p = text; *p != '\0'; p++)
		if (((unsigned char)*p & 0xC0) != 0x80)
			count++;
	return count;
}

const char *password_problem(const char *password, const char *email)
{
	size_t count = characters(password);

	if (count < 12)
		return "Dit wachtwoord is te kort. Kies minstens 12 tekens, bijvoorbeeld vier "
		       "woorden.";
	if (count > 200)
		return "Dit wachtwoord is te lang. Kies hooguit 200 tekens.";
	if (strcasecmp(password, email) == 0)
		return "Kies een ander wachtwoord dan uw e-mailadres.";
	return NULL;
}
