#include "people/credential.h"

#include <string.h>

#define SELECT_CREDENTIAL                                                                          \
	"SELECT p.id, p.email, p.full_name, c.password_hash, c.must_change, c.totp_secret,"        \
	" c.totp_confirmed_at, c.totp_step, p.state, p.demo,"                                      \
	" c.recovery_pending, (SELECT count(*) FROM recovery_code k"                               \
	" WHERE k.person_id = p.id AND k.used_at = 0), c.first_password, c.first_shown_to"         \
	" FROM person p LEFT JOIN credential c ON c.person_id = p.id"

static const struct db_stmt BY_EMAIL = { "credential_by_email", "t",
	                                 SELECT_CREDENTIAL " WHERE p.email = $1" };
static const struct db_stmt BY_PERSON = { "credential_of", "i",
	                                  SELECT_CREDENTIAL " WHERE p.id = $1" };

static const struct db_stmt SET_PASSWORD = {
	"credential_set_password", "itii",
	"INSERT INTO credential (person_id, password_hash, password_set_at, must_change)"
	" VALUES ($1, $2, $3, $4)"
	" ON CONFLICT (person_id) DO UPDATE SET password_hash = excluded.password_hash,"
	" password_set_at = excluded.password_set_at, must_change = excluded.must_change,"
	" first_password = NULL, first_shown_to = NULL"
};
static const struct db_stmt SHOW_FIRST = {
	"credential_show_first", "iBI",
	"UPDATE credential SET first_password = $2, first_shown_to = $3 WHERE person_id = $1"
};
static const struct db_stmt SET_TOTP = {
	"credential_set_totp", "ib",
	"UPDATE credential SET totp_secret = $2, totp_confirmed_at = 0, totp_step = 0"
	" WHERE person_id = $1"
};
static const struct db_stmt DROP_TOTP = {
	"credential_drop_totp", "i",
	"UPDATE credential SET totp_secret = NULL, totp_confirmed_at = 0, totp_step = 0"
	" WHERE person_id = $1"
};
static const struct db_stmt USE_STEP = {
	"credential_use_step", "iii",
	"UPDATE credential SET totp_step = $2, totp_confirmed_at ="
	" CASE WHEN totp_confirmed_at = 0 THEN $3 ELSE totp_confirmed_at END"
	" WHERE person_id = $1 AND totp_step < $2"
};
static const struct db_stmt DROP_RECOVERY = { "credential_drop_recovery", "i",
	                                      "DELETE FROM recovery_code WHERE person_id = $1" };
static const struct db_stmt ADD_RECOVERY = {
	"credential_add_recovery", "ib",
	"INSERT INTO recovery_code (person_id, code_hash) VALUES ($1, $2)"
};
static const struct db_stmt SHOW_RECOVERY = {
	"credential_show_recovery", "iB",
	"UPDATE credential SET recovery_pending = $2 WHERE person_id = $1"
};
static const struct db_stmt USE_RECOVERY = {
	"credential_use_recovery", "ibi",
	"UPDATE recovery_code SET used_at = $3"
	" WHERE person_id = $1 AND code_hash = $2 AND used_at = 0"
};
static const struct db_stmt HAS_RECOVERY = { "credential_has_recovery", "ib",
	                                     "SELECT person_id FROM recovery_code WHERE person_id "
	                                     "= $1 AND code_hash = $2 AND used_at = 0" };
static const struct db_stmt TRIES = {
	"tries_load", "bb",
	"SELECT failures, last_at FROM sign_in_try WHERE account_key = $1 AND origin_key = $2"
};
static const struct db_stmt TRIES_ADD = {
	"tries_add", "bbi",
	"INSERT INTO sign_in_try (account_key, origin_key, failures, last_at)"
	" VALUES ($1, $2, 1, $3)"
	" ON CONFLICT (account_key, origin_key) DO UPDATE SET"
	" failures = sign_in_try.failures + 1, last_at = excluded.last_at"
};
static const struct db_stmt TRIES_FORGET = {
	"tries_forget", "bb", "DELETE FROM sign_in_try WHERE account_key = $1 AND origin_key = $2"
};

const struct db_stmt *const credential_statements[] = {
	&BY_EMAIL,      &BY_PERSON,    &SET_PASSWORD,  &SET_TOTP,     &DROP_TOTP,    &USE_STEP,
	&DROP_RECOVERY, &ADD_RECOVERY, &SHOW_RECOVERY, &USE_RECOVERY, &HAS_RECOVERY, &TRIES,
	&TRIES_ADD,     &TRIES_FORGET, &SHOW_FIRST,    NULL,
};

static enum status load(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                        struct arena *a, struct credential *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, s, args, &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret = (struct credential){
		.person_id = db_int(&row, 0),
		.email = db_text(&row, 1, a),
		.full_name = db_text(&row, 2, a),
		.password_hash = db_is_null(&row, 3) ? NULL : db_text(&row, 3, a),
		.must_change = db_int(&row, 4) == 1,
		.totp_confirmed = db_int(&row, 6) != 0,
		.totp_step = db_int(&row, 7),
		.account = (enum account_state)db_int(&row, 8),
		.demo = db_int(&row, 9) == 1,
	};
	ret->recovery_left = db_int(&row, 11);
	if (!db_is_null(&row, 10))
		ret->recovery_sealed = db_bytes(&row, 10, a, &ret->recovery_len);
	ret->first_reader = db_int(&row, 13);
	if (!db_is_null(&row, 12))
		ret->first_sealed = db_bytes(&row, 12, a, &ret->first_len);
	if (!db_is_null(&row, 5))
		ret->totp_sealed = db_bytes(&row, 5, a, &ret->totp_len);
	return OK;
}

static char *lower_ascii(struct arena *a, const char *text)
{
	char *copy = arena_strdup(a, text);
	for (char *p = copy; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	return copy;
}

enum status credential_by_email(struct db_read *r, const char *email, struct arena *a,
                                struct credential *ret, struct error *reterr)
{
	return load(r, &BY_EMAIL, DB_ARGS(DB_TEXT(lower_ascii(a, email))), a, ret, reterr);
}

enum status credential_of(struct db_read *r, int64_t person_id, struct arena *a,
                          struct credential *ret, struct error *reterr)
{
	return load(r, &BY_PERSON, DB_ARGS(DB_INT(person_id)), a, ret, reterr);
}

enum status credential_set_password(struct db_tx *tx, int64_t person_id, const char *hash,
                                    bool must_change, int64_t now_ms, struct error *reterr)
{
	return db_exec(
	    tx, &SET_PASSWORD,
	    DB_ARGS(DB_INT(person_id), DB_TEXT(hash), DB_INT(now_ms), DB_INT(must_change ? 1 : 0)),
	    NULL, reterr);
}

enum status credential_set_totp(struct db_tx *tx, int64_t person_id, const uint8_t *sealed,
                                size_t len, struct error *reterr)
{
	return db_exec(tx, &SET_TOTP, DB_ARGS(DB_INT(person_id), DB_BYTES(sealed, len)), NULL,
	               reterr);
}

enum status credential_drop_totp(struct db_tx *tx, int64_t person_id, struct error *reterr)
{
	return db_exec(tx, &DROP_TOTP, DB_ARGS(DB_INT(person_id)), NULL, reterr);
}

enum status credential_use_step(struct db_tx *tx, int64_t person_id, int64_t step, int64_t now_ms,
                                struct error *reterr)
{
	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &USE_STEP, DB_ARGS(DB_INT(person_id), DB_INT(step), DB_INT(now_ms)),
	            &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Deze code is al gebruikt. Wacht op de volgende code in uw app.");
	return st;
}

enum status credential_set_recovery(struct db_tx *tx, int64_t person_id, const struct digest *codes,
                                    size_t count, const uint8_t *shown, size_t shown_len,
                                    struct error *reterr)
{
	enum status st = db_exec(tx, &DROP_RECOVERY, DB_ARGS(DB_INT(person_id)), NULL, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = db_exec(tx, &ADD_RECOVERY,
		             DB_ARGS(DB_INT(person_id), DB_BYTES(codes[i].bytes, DIGEST_BYTES)),
		             NULL, reterr);
	if (st != OK)
		return st;
	return db_exec(tx, &SHOW_RECOVERY, DB_ARGS(DB_INT(person_id), DB_BYTES(shown, shown_len)),
	               NULL, reterr);
}

enum status credential_kept_recovery(struct db_tx *tx, int64_t person_id, struct error *reterr)
{
	return db_exec(tx, &SHOW_RECOVERY, DB_ARGS(DB_INT(person_id), DB_NULL), NULL, reterr);
}

enum status credential_use_recovery(struct db_tx *tx, int64_t person_id, const struct digest *code,
                                    int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &USE_RECOVERY,
	            DB_ARGS(DB_INT(person_id), DB_BYTES(code->bytes, DIGEST_BYTES), DB_INT(now_ms)),
	            &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL_NOT_FOUND(reterr);
	return st;
}

enum status credential_has_recovery(struct db_read *r, int64_t person_id, const struct digest *code,
                                    bool *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &HAS_RECOVERY,
	             DB_ARGS(DB_INT(person_id), DB_BYTES(code->bytes, DIGEST_BYTES)), &row, reterr);
	if (st != OK)
		return st;
	*ret = db_next(&row);
	return db_rows_end(&row, reterr);
}

enum status tries_load(struct db_read *r, const struct digest *account, const struct digest *origin,
                       struct tries *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(
	    r, &TRIES,
	    DB_ARGS(DB_BYTES(account->bytes, DIGEST_BYTES), DB_BYTES(origin->bytes, DIGEST_BYTES)),
	    &row, reterr);
	if (st != OK)
		return st;
	*ret = (struct tries){ 0 };
	if (db_next(&row))
		*ret = (struct tries){ db_int(&row, 0), db_int(&row, 1) };
	return db_rows_end(&row, reterr);
}

enum status tries_add(struct db_tx *tx, const struct digest *account, const struct digest *origin,
                      int64_t now_ms, struct error *reterr)
{
	return db_exec(tx, &TRIES_ADD,
	               DB_ARGS(DB_BYTES(account->bytes, DIGEST_BYTES),
	                       DB_BYTES(origin->bytes, DIGEST_BYTES), DB_INT(now_ms)),
	               NULL, reterr);
}

enum status tries_forget(struct db_tx *tx, const struct digest *account,
                         const struct digest *origin, struct error *reterr)
{
	return db_exec(
	    tx, &TRIES_FORGET,
	    DB_ARGS(DB_BYTES(account->bytes, DIGEST_BYTES), DB_BYTES(origin->bytes, DIGEST_BYTES)),
	    NULL, reterr);
}

enum status credential_show_first(struct db_tx *tx, int64_t person_id, const uint8_t *sealed,
                                  size_t len, int64_t reader, struct error *reterr)
{
	return db_exec(tx, &SHOW_FIRST,
	               DB_ARGS(DB_INT(person_id), sealed != NULL ? DB_BYTES(sealed, len) : DB_NULL,
	                       reader != 0 ? DB_INT(reader) : DB_NULL),
	               NULL, reterr);
}
