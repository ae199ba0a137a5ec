#include "steering/pack_task.h"

#include "people/holder.h"
#include "platform/core/calendar.h"
#include "steering/pack.h"
#include "steering/pack_file.h"

enum { ROOM_BYTES = 64 << 20, TELL_EVERY_MS = 200, FULL = 1000 };

struct packing {
	struct plein *plein;
	struct arena *arena;
	struct pack_order order;
	struct pack_filled made;
	int64_t now_ms, told_at, per_mille;
	bool reading; /* else drawing: the second half */
};

/* ---- jobs -------------------------------------------------------------------------------------- */

static enum status take_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct packing *k = args;

	return pack_file_take(tx, k->order.copy_id, k->now_ms, reterr);
}

static enum status tell_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct packing *k = args;

	return pack_file_tell(tx, k->order.copy_id, k->per_mille, clock_now_ms(k->plein->clock),
	                      reterr);
}

static enum status put_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct packing *k = args;

	return pack_file_put(tx, &k->made, reterr);
}

static enum status expire_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct packing *k = args;

	return pack_files_expire(tx, k->now_ms - PACK_FILE_MS, reterr);
}

static enum status do_job(struct packing *k, db_job_fn *run, struct error *reterr)
{
	struct db_job job = { .run = run, .args = k, .lane = LANE_BULK };

	return db_run(k->plein->db, &job, reterr);
}

/* Not each time: what is told costs a commit. A word that isn't kept stops nobody. */
static bool told(void *context, int per_mille)
{
	struct packing *k = context;
	const int64_t at = clock_monotonic_ms();
	struct error e = { 0 };

	k->per_mille = k->reading ? per_mille : (FULL + per_mille) / 2;
	if (at - k->told_at < TELL_EVERY_MS)
		return true;
	k->told_at = at;
	(void)do_job(k, tell_run, &e);
	return true;
}

/* ---- one pack ---------------------------------------------------------------------------------- */

static bool is_member(const struct holder *h, void *context)
{
	const struct packing *k = context;

	return h->viewer.appointment_id == k->order.appointment_id &&
	       verdict_allows(access_standing(&h->standing, &SCREENING_TERMS, k->now_ms,
	                                      local_day(k->now_ms)));
}

static enum status compose(struct packing *k, const struct viewer *viewer, struct db_read *r,
                           struct pack *pack, struct error *reterr)
{
	static const struct input NOTHING = { 0 };
	struct pdf_progress progress = { told, k };
	struct problems problems;
	struct request rq = { .arena = k->arena,
		              .app = k->plein,
		              .method = "GET",
		              .path = "",
		              .params = { k->order.meeting, k->order.copy },
		              .query = &NOTHING,
		              .body = &NOTHING,
		              .client_address = "",
		              .user_agent = "",
		              .now_ms = k->now_ms,
		              .db = r,
		              .viewer = viewer,
		              .problems = &problems };

	problems_init(&problems, k->arena);
	enum status st = pack_load(&rq, pack, reterr);
	pack->told = &progress;
	if (st == OK)
		st = pack_compose(&rq, pack, reterr);
	pack->told = NULL;
	return st;
}

/* The snapshot isn't kept while it is drawn. */
static enum status read_pack(struct packing *k, struct pack *pack, struct error *reterr)
{
	struct array members = { 0 };
	struct db_read *r = NULL;

	k->reading = true;
	enum status st = db_read_begin(k->plein->db, &r, reterr);
	if (st == OK)
		st = holder_list(r, k->order.role, is_member, k, k->arena, &members, reterr);
	if (st == OK && members.count == 0)
		st = FAIL_NOT_FOUND(reterr);
	if (st == OK)
		st = compose(k, &((const struct holder *)members.items)->viewer, r, pack, reterr);
	db_read_end(r);
	k->reading = false;
	return st;
}

static enum status make(struct packing *k, struct out *pdf, struct error *reterr)
{
	const struct pdf_progress progress = { told, k };
	struct pack pack = { 0 };

	enum status st = read_pack(k, &pack, reterr);
	if (st == OK)
		st = paper_pdf(&pack.paper, k->now_ms, &progress, pdf, reterr);
	if (st == OK)
		st = out_end(pdf, reterr);
	if (st != OK)
		return st;
	k->made.mark = pack.mark;
	pack_file_seal(k->plein->keyring, pdf->data, pdf->len, k->arena, &k->made);
	return OK;
}

static enum status next(struct packing *k, struct error *reterr)
{
	struct db_read *r = NULL;
	enum status st = do_job(k, expire_run, reterr);

	if (st == OK)
		st = db_read_begin(k->plein->db, &r, reterr);
	if (st == OK)
		st = pack_order_next(r, k->now_ms, k->arena, &k->order, reterr);
	db_read_end(r);
	return st;
}

static enum status do_order(struct packing *k, struct error *reterr)
{
	struct out pdf;
	struct error why = { 0 }, e = { 0 };

	enum status st = do_job(k, take_run, reterr);
	if (st != OK)
		return st;
	out_init(&pdf, PACK_BYTES_MAX);
	k->made = (struct pack_filled){ .copy_id = k->order.copy_id };
	const enum status made = make(k, &pdf, &why);
	out_free(&pdf);
	k->made.now_ms = clock_now_ms(k->plein->clock);
	st = do_job(k, put_run, &e);
	/* who may not read it any more is no failure of the server's; the page tells him */
	if (made != OK && made != ERR_NOT_FOUND)
		*reterr = why;
	else if (st != OK && st != ERR_CONFLICT)
		*reterr = e;
	else
		return OK;
	return made != OK ? made : st;
}

enum status pack_step(struct plein *p, bool *ret_more, struct error *reterr)
{
	struct arena a;

	arena_init(&a, ROOM_BYTES);
	struct packing *k = ARENA_NEW(&a, struct packing);
	k->plein = p;
	k->arena = &a;
	k->now_ms = clock_now_ms(p->clock);
	enum status st = next(k, reterr);
	*ret_more = st == OK && k->order.copy_id != 0;
	if (*ret_more)
		st = do_order(k, reterr);
	arena_reset(&a);
	return st == ERR_CONFLICT ? OK : st; /* another process was first */
}
