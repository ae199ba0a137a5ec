#include "audit/record.h"

const struct db_stmt AUDIT_EVENT_ADD = {
	"audit_event_add", "iiiiiiibb",
	"INSERT INTO audit_event (at_ms, action, actor_id, object_type, object_id, owner_type,"
	" owner_id, body, nonce)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
};

enum status audit_write(struct db_tx *tx, void *event, enum status outcome, struct error *reterr)
{
	struct audit_event e = *(const struct audit_event *)event;
	struct audit_body body;
	uint8_t nonce[AUDIT_NONCE_BYTES];

	if (e.result == OK)
		e.result = (uint8_t)outcome;
	audit_body_encode(&e, &body);
	random_bytes(nonce, sizeof nonce);
	return db_exec_late(tx, &AUDIT_EVENT_ADD,
	                    DB_ARGS(DB_INT(e.at_ms), DB_INT(e.action), DB_INT(e.actor_id),
	                            DB_INT(e.object_type), DB_INT(e.object_id),
	                            DB_INT(e.owner_type), DB_INT(e.owner_id),
	                            DB_BYTES(body.bytes, body.len), DB_BYTES(nonce, sizeof nonce)),
	                    reterr);
}

enum status audit_tell(struct db *db, struct audit_event *event, struct error *reterr)
{
	struct db_job job = { .event = event };

	return db_run(db, &job, reterr);
}
