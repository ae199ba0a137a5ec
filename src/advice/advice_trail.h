/* advice_trail.h - what every change of an advice leaves behind; inside advice/ */
#ifndef ADVICE_ADVICE_TRAIL_H
#define ADVICE_ADVICE_TRAIL_H

#include "advice/advice_write.h"
#include "work/work.h"

/* Those that advice_readers() gives it now. ret has room for ADVICE_READERS_MAX. */
MUST_CHECK enum status advice_readers_load(struct db_read *r, int64_t advice_id, struct arena *a,
                                           struct advice_reader *ret, size_t *ret_count,
                                           struct error *reterr);
/* Its readers anew, from advice_readers(), for the state that it is in now. */
MUST_CHECK enum status advice_rewrite_audiences(struct db_tx *tx, int64_t advice_id,
                                                struct error *reterr);
MUST_CHECK enum status advice_record(struct db_tx *tx, const struct advice_writer *w,
                                     uint8_t action, struct error *reterr);

struct advice_asking {
	int kind, object_kind; /* enum work_kind, enum audit_object */
	int64_t object_id;
	audience owner;
	int64_t due_day;
};
MUST_CHECK enum status advice_give_task(struct db_tx *tx, const struct advice_writer *w,
                                        const struct advice_asking *k, struct error *reterr);

/* The two numbers of each row: an array of struct advice_pair. */
struct advice_pair {
	int64_t one, other;
};
MUST_CHECK enum status advice_pairs(struct db_tx *tx, const struct db_stmt *s,
                                    const struct db_value *args, struct array *ret,
                                    struct error *reterr);

/* 0 changes nothing. */
MUST_CHECK enum status advice_forget_key(struct db_tx *tx, int64_t key_id, struct error *reterr);
/* ERR_CONFLICT: it isn't any more as it was. */
MUST_CHECK enum status advice_too_late(struct error *reterr);

#endif
