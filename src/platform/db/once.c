#include "platform/db/once.h"

#include "platform/db/house.h"

static const struct db_stmt TAKE = {
	"once_take",
	"bBi",
	"INSERT INTO once_token (token, digest, taken_at) VALUES ($1, $2, $3)"
	" ON CONFLICT (token) DO NOTHING",
};
static const struct db_stmt FIND = {
	"once_find",
	"b",
	"SELECT digest, answer FROM once_token WHERE token = $1",
};
static const struct db_stmt ANSWER = {
	"once_answer",
	"bT",
	"UPDATE once_token SET answer = $2 WHERE token = $1",
};
static const struct db_stmt FORGET = {
	"once_forget",
	"i",
	"DELETE FROM once_token WHERE taken_at < $1",
};

const struct db_stmt *const DB_OWN_STATEMENTS[] = {
	&TAKE, &FIND, &ANSWER, &FORGET, &DB_ALIVE, NULL
};

static struct db_value digest_of(const struct db_job *job)
{
	return job->once_digest == NULL ? DB_NULL : DB_BYTES(job->once_digest, ONCE_DIGEST_BYTES);
}

static bool same_body(const struct db_job *job, const uint8_t *digest, size_t len)
{
	if (job->once_digest == NULL)
		return len == 0;
	return len == ONCE_DIGEST_BYTES && memcmp(job->once_digest, digest, len) == 0;
}

static enum status replay(struct db_tx *tx, struct db_job *job, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const struct db_value *args = DB_ARGS(DB_BYTES(job->once, ONCE_TOKEN_BYTES));
	enum status st = db_query(db_tx_read(tx), &FIND, args, &rows, reterr);
	if (st == OK)
		st = db_one(&rows, reterr);
	if (st != OK)
		return st;

	size_t len;
	const uint8_t *digest = db_bytes(&rows, 0, db_tx_arena(tx), &len);
	if (!same_body(job, digest, len)) {
		(void)FAIL(reterr, ERR_INVALID,
		           "Dit formulier is al eerder verstuurd, met andere gegevens. Open het "
		           "formulier opnieuw.");
		reterr->field = DB_FIELD_ONCE;
		return reterr->status;
	}
	job->answer = db_is_null(&rows, 1) ? NULL : db_text(&rows, 1, db_tx_arena(tx));
	return OK;
}

enum status once_take(struct db_tx *tx, struct db_job *job, bool *ret_replayed,
                      struct error *reterr)
{
	int64_t taken = 0;
	const struct db_value *args = DB_ARGS(DB_BYTES(job->once, ONCE_TOKEN_BYTES), digest_of(job),
	                                      DB_INT(job->submitted_ms));
	enum status st = db_exec(tx, &TAKE, args, &taken, reterr);

	*ret_replayed = false;
	if (st != OK || taken == 1)
		return st;
	st = replay(tx, job, reterr);
	*ret_replayed = st == OK;
	return st;
}

enum status once_answer(struct db_tx *tx, const struct db_job *job, struct error *reterr)
{
	const struct db_value *args =
	    DB_ARGS(DB_BYTES(job->once, ONCE_TOKEN_BYTES), DB_TEXT(job->answer));

	return db_exec_late(tx, &ANSWER, args, reterr);
}

enum status db_once_forget(struct db_tx *tx, int64_t before_ms, int64_t *ret_count,
                           struct error *reterr)
{
	return db_exec(tx, &FORGET, DB_ARGS(DB_INT(before_ms)), ret_count, reterr);
}
