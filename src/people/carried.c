#include "people/carried.h"

/* Every session of the backup ends: who was signed out since stays out, the others sign in again. */
static const struct db_stmt SESSIONS_END = {
	"carried_sessions_end", "i", "UPDATE session SET ended_at = $1 WHERE ended_at = 0"
};

static const struct db_stmt TOKENS_END = {
	"carried_tokens_end", "i", "UPDATE api_token SET revoked_at = $1 WHERE revoked_at = 0"
};
static const struct db_stmt TOKENS_READ = {
	"carried_tokens", "", "SELECT token_hash FROM api_token WHERE revoked_at = 0 ORDER BY id"
};
static const struct db_stmt TOKEN_KEEP = {
	"carried_token_keep", "b", "UPDATE api_token SET revoked_at = 0 WHERE token_hash = $1"
};

static const struct db_stmt RECOVERY_END = {
	"carried_recovery_end", "i", "UPDATE recovery_code SET used_at = $1 WHERE used_at = 0"
};
static const struct db_stmt RECOVERY_READ = {
	"carried_recovery", "",
	"SELECT code_hash FROM recovery_code WHERE used_at = 0 ORDER BY person_id, code_hash"
};
static const struct db_stmt RECOVERY_KEEP = {
	"carried_recovery_keep", "b", "UPDATE recovery_code SET used_at = 0 WHERE code_hash = $1"
};

static const struct db_stmt PERSONS_READ = { "carried_persons", "",
	                                     "SELECT uuid, state FROM person ORDER BY id" };
static const struct db_stmt PERSON_KEEP = { "carried_person_keep", "bi",
	                                    "UPDATE person SET state = $2 WHERE uuid = $1" };

static const struct db_stmt APPOINTMENTS_READ = {
	"carried_appointments", "",
	"SELECT uuid, state, until_day, ended_at FROM appointment ORDER BY id"
};
static const struct db_stmt APPOINTMENT_KEEP = {
	"carried_appointment_keep", "biii",
	"UPDATE appointment SET state = $2, until_day = $3, ended_at = $4 WHERE uuid = $1"
};

/* A password or second factor that was replaced may have been replaced because it leaked. */
static const struct db_stmt CREDENTIALS_READ = {
	"carried_credentials", "",
	"SELECT p.uuid, c.password_hash, c.password_set_at, c.must_change, c.totp_secret,"
	" c.totp_confirmed_at, c.totp_step"
	" FROM credential c JOIN person p ON p.id = c.person_id ORDER BY c.person_id"
};
static const struct db_stmt CREDENTIAL_KEEP = {
	"carried_credential_keep", "btiiBii",
	"UPDATE credential SET password_hash = $2, password_set_at = $3, must_change = $4,"
	" totp_secret = $5, totp_confirmed_at = $6, totp_step = $7"
	" WHERE person_id = (SELECT id FROM person WHERE uuid = $1)"
};

const struct db_stmt *const carried_statements[] = {
	&SESSIONS_END,     &TOKENS_END,       &TOKENS_READ,     &TOKEN_KEEP,  &RECOVERY_END,
	&RECOVERY_READ,    &RECOVERY_KEEP,    &PERSONS_READ,    &PERSON_KEEP, &APPOINTMENTS_READ,
	&APPOINTMENT_KEEP, &CREDENTIALS_READ, &CREDENTIAL_KEEP, NULL,
};

const struct carried PEOPLE_CARRIED[] = {
	{ "session", &SESSIONS_END, NULL, NULL, NULL },
	{ "api_token", &TOKENS_END, &TOKENS_READ, &TOKEN_KEEP, NULL },
	{ "recovery_code", &RECOVERY_END, &RECOVERY_READ, &RECOVERY_KEEP, NULL },
	{ "person", NULL, &PERSONS_READ, &PERSON_KEEP, NULL },
	{ "appointment", NULL, &APPOINTMENTS_READ, &APPOINTMENT_KEEP, NULL },
	{ "credential", NULL, &CREDENTIALS_READ, &CREDENTIAL_KEEP, NULL },
	{ 0 },
};
