/* A draft is written, and written anew until it goes out. Inside a job. */
#include "requests/request_store.h"

#include "platform/core/calendar.h"
#include "platform/crypto/numbering.h"
#include "requests/request_audience.h"

static const struct db_stmt INSERT = {
	"request_insert", "btiiiiiiiiiibbiiB",
	"INSERT INTO information_request (uuid, reference, casefile_id, participant_id, organ_id,"
	" kind, urgent, template, phase, written_by, created_at, key_id, question, necessity,"
	" question_chars, necessity_chars, settled, state, state_since) VALUES"
	" ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1, $11)"
	" RETURNING id"
};
static const struct db_stmt INSERT_PART = {
	"request_part_insert", "iii",
	"INSERT INTO request_part (request_id, presence_id, category) VALUES ($1, $2, $3)"
	" ON CONFLICT (request_id, presence_id, category) DO NOTHING"
};
static const struct db_stmt REWRITE = {
	"request_rewrite", "iiiiiibbBii",
	"UPDATE information_request SET kind = $2, urgent = $3, template = $4, phase = $5,"
	" key_id = $6, question = $7, necessity = $8, settled = $9, question_chars = $10,"
	" necessity_chars = $11 WHERE id = $1 AND state = 1"
};
static const struct db_stmt DROP_PARTS = { "request_parts_drop", "i",
	                                   "DELETE FROM request_part WHERE request_id = $1" };

const struct db_stmt *const request_draft_statements[] = { &INSERT, &INSERT_PART, &REWRITE,
	                                                   &DROP_PARTS, NULL };

static enum law_phase phase_of(const struct request_new *n)
{
	uint64_t categories = 0;

	for (size_t i = 0; i < n->part_count; i++)
		categories |= UINT64_C(1) << n->parts[i].category;
	return request_phase(categories);
}

static struct db_value settled_of(const struct sealed_texts *t)
{
	return t->settled != NULL ? DB_BYTES(t->settled, t->settled_len) : DB_NULL;
}

static enum status add_parts(struct db_tx *tx, int64_t id, const struct request_new *n,
                             struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < n->part_count; i++)
		st = db_exec(tx, &INSERT_PART,
		             DB_ARGS(DB_INT(id), DB_INT(n->parts[i].presence_id),
		                     DB_INT(n->parts[i].category)),
		             NULL, reterr);
	return st;
}

static enum status insert_row(struct db_tx *tx, const struct request_new *n, const char *reference,
                              int64_t *ret_id, struct error *reterr)
{
	const struct sealed_texts *t = &n->texts;

	return db_insert(
	    tx, &INSERT,
	    DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_TEXT(reference), DB_INT(n->casefile_id),
	            DB_INT(n->participant_id), DB_INT(n->organ_id), DB_INT(n->kind),
	            DB_INT(n->urgent), DB_INT(n->template_code), DB_INT(phase_of(n)),
	            DB_INT(n->appointment_id), DB_INT(n->now_ms), DB_INT(t->key.id),
	            DB_BYTES(t->question, t->question_len),
	            DB_BYTES(t->necessity, t->necessity_len), DB_INT(t->question_chars),
	            DB_INT(t->necessity_chars), settled_of(t)),
	    ret_id, reterr);
}

enum status request_insert(struct db_tx *tx, const struct request_new *n, int64_t *ret_id,
                           const char **ret_reference, struct error *reterr)
{
	struct information_request q = { .organ_id = n->organ_id,
		                         .casefile_id = n->casefile_id,
		                         .phase = phase_of(n),
		                         .state = REQUEST_DRAFT,
		                         .state_since = n->now_ms,
		                         .written_by = n->appointment_id };

	enum status st =
	    reference_next(tx, n->reference_key, "V", n->now_ms, ret_reference, reterr);
	if (st == OK)
		st = key_store(tx, &n->texts.key, reterr);
	if (st == OK)
		st = insert_row(tx, n, *ret_reference, ret_id, reterr);
	q.id = *ret_id;
	if (st == OK)
		st = add_parts(tx, q.id, n, reterr);
	return st == OK ? request_open_audiences(tx, &q, reterr) : st;
}

static enum status rewrite_row(struct db_tx *tx, int64_t id, const struct request_new *n,
                               struct error *reterr)
{
	const struct sealed_texts *t = &n->texts;
	int64_t changed = 0;

	enum status st = db_exec(tx, &REWRITE,
	                         DB_ARGS(DB_INT(id), DB_INT(n->kind), DB_INT(n->urgent),
	                                 DB_INT(n->template_code), DB_INT(phase_of(n)),
	                                 DB_INT(t->key.id), DB_BYTES(t->question, t->question_len),
	                                 DB_BYTES(t->necessity, t->necessity_len), settled_of(t),
	                                 DB_INT(t->question_chars), DB_INT(t->necessity_chars)),
	                         &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "De bevraging is al uit. U kunt haar niet meer wijzigen.");
	return st;
}

enum status request_rewrite(struct db_tx *tx, const struct information_request *q,
                            const struct request_new *n, struct error *reterr)
{
	struct information_request now = *q;

	now.phase = phase_of(n);
	enum status st = key_store(tx, &n->texts.key, reterr);
	if (st == OK)
		st = rewrite_row(tx, q->id, n, reterr);
	if (st == OK)
		st = key_destroy(tx, q->key_id, reterr);
	if (st == OK)
		st = db_exec(tx, &DROP_PARTS, DB_ARGS(DB_INT(q->id)), NULL, reterr);
	if (st == OK)
		st = add_parts(tx, q->id, n, reterr);
	return st == OK ? request_open_audiences(tx, &now, reterr) : st;
}
