#include "advice/advices_due.h"

#include "advice/advice_write.h"
#include "audit/action.h"
#include "audit/event.h"
#include "platform/core/calendar.h"

enum { DUE_MAX = 5000, DUE_ARENA_BYTES = 1 << 20 };

/* Drafts with a source whose term is over; $1 today. */
static const struct db_stmt DUE = {
	"advices_due", "i",
	"SELECT d.id FROM advice d WHERE d.state = 1 AND EXISTS (SELECT 1 FROM advice_source s"
	" WHERE s.advice_id = d.id AND s.state = 1 AND s.due_day < $1) ORDER BY d.id LIMIT 5000"
};
const struct db_stmt *const advices_due_statements[] = { &DUE, NULL };

struct falling {
	int64_t advice_id, now_ms, silent;
};

static enum status fall(struct db_tx *tx, void *args, struct error *reterr)
{
	struct falling *f = args;
	const enum status st = advice_hold(tx, f->advice_id, reterr);

	return st == OK ? advice_silence(tx, f->advice_id, local_day(f->now_ms), f->now_ms,
	                                 &f->silent, reterr)
	                : st;
}

static enum status load(struct db *db, int32_t today, struct arena *a, struct array *ret,
                        struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *list = ARENA_ARRAY(a, int64_t, DUE_MAX);
	struct db_read *r = NULL;
	size_t count = 0;
	enum status st = db_read_begin(db, &r, reterr);

	if (st != OK)
		return st;
	st = db_query(r, &DUE, DB_ARGS(DB_INT(today)), &rows, reterr);
	while (st == OK && count < DUE_MAX && db_next(&rows))
		list[count++] = db_int(&rows, 0);
	if (st == OK && count < DUE_MAX)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	db_read_end(r);
	*ret = (struct array){ list, count };
	return st;
}

static enum status act_on(struct db *db, struct falling *f, struct error *reterr)
{
	struct audit_event event = { .at_ms = f->now_ms,
		                     .action = AUDIT_ADVICE_ANSWER,
		                     .object_type = OBJECT_ADVICE,
		                     .object_id = f->advice_id };
	struct db_job job = { .run = fall, .args = f, .event = &event, .lane = LANE_BULK };
	const enum status st = db_run(db, &job, reterr);

	return st == ERR_CONFLICT ? OK : st; /* signed or withdrawn meanwhile */
}

enum status advices_due(struct db *db, int64_t now_ms, int64_t *ret_silent, struct error *reterr)
{
	struct array found = { 0 };
	struct arena a;

	*ret_silent = 0;
	arena_init(&a, DUE_ARENA_BYTES);
	enum status st = load(db, local_day(now_ms), &a, &found, reterr);
	const int64_t *ids = found.items;
	for (size_t i = 0; st == OK && i < found.count; i++) {
		struct falling f = { ids[i], now_ms, 0 };
		st = act_on(db, &f, reterr);
		*ret_silent += f.silent;
	}
	arena_reset(&a);
	return st;
}
