/* pack_store.h - copies that were handed out as a whole: who has what; inside steering/ only */
#ifndef STEERING_PACK_STORE_H
#define STEERING_PACK_STORE_H

#include "platform/crypto/crypto.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"

/* Stored; never reused. */
enum handed_kind { HANDED_PACK = 1, HANDED_REPORT = 2 };

struct handed_part {
	int object_kind; /* enum audit_object */
	struct uuid uuid;
	int64_t edition;
};
struct handed {
	int64_t id, meeting_id, appointment_id, made_at, parts;
	const char *reference, *person, *on_behalf;
};
/* Packs of one meeting, newest first: an array of struct handed. */
MUST_CHECK enum status handed_list(struct db_read *r, int64_t meeting_id, struct arena *a,
                                   struct array *ret, struct error *reterr);
/* One of this appointment's own, by its reference; ERR_NOT_FOUND for anybody else. */
MUST_CHECK enum status handed_load(struct db_read *r, const char *reference, int64_t appointment_id,
                                   enum handed_kind kind, struct arena *a, struct handed *ret,
                                   struct error *reterr);
/* What is in one: an array of struct handed_part. */
MUST_CHECK enum status handed_parts(struct db_read *r, int64_t copy_id, struct arena *a,
                                    struct array *ret, struct error *reterr);

struct handing {
	struct uuid uuid;
	const struct mac_key *reference_key;
	enum handed_kind kind;
	int64_t meeting_id, casefile_id, appointment_id, participant_id, now_ms; /* 0: none */
	const struct handed_part *parts;
	size_t part_count;
};
MUST_CHECK enum status handed_insert(struct db_tx *tx, const struct handing *h, int64_t *ret_id,
                                     const char **ret_reference, struct error *reterr);

extern const struct db_stmt *const pack_statements[];

#endif
