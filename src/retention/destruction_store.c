#include "retention/destruction.h"

#include "attachments/attachment.h"
#include "audit/action.h"
#include "casework/casefile_end.h"
#include "platform/core/calendar.h"
#include "retention/forget.h"
#include "retention/forgetters.h"
#include "retention/hold.h"
#include "search/search.h"
#include "signals/signals.h"
#include "signals/signal_text.h"
#include "subjects/presence.h"
#include "weighing/weighing.h"
#include "work/work.h"

const struct db_root DESTRUCTION_ROOT = DB_ROOT(30, destruction_list);

/* 10: not adopted, 11: withdrawn; 10 in destruction_item: OBJECT_SIGNAL. */
static const struct db_stmt DUE = {
	"destruction_due", "i",
	"SELECT s.id, s.reference, s.destroy_due FROM signal s WHERE s.destroy_due > 0"
	" AND s.destroy_due <= $1 AND s.state IN (10, 11) AND s.held = 0 AND NOT EXISTS"
	" (SELECT i.object_id FROM destruction_item i JOIN destruction_list l ON l.id = i.list_id"
	" WHERE i.object_kind = 10 AND i.object_id = s.id AND l.state = 1) ORDER BY s.destroy_due, "
	"s.id LIMIT 20"
};
/* 17 in destruction_item: OBJECT_CASEFILE. */
#define WITH_ONE_HE_IS_KEPT_FROM(person)                                                           \
	"(SELECT i.list_id FROM casefile_block k JOIN destruction_item i ON i.object_kind = 17"    \
	" AND i.object_id = k.casefile_id WHERE k.lifted_at = 0 AND k.person_id = " person ")"
static const struct db_stmt LISTS = {
	"destruction_lists", "i",
	"SELECT l.id, l.version, l.state, l.made_at, l.signed_at, m.person_id, p.full_name,"
	" coalesce(q.full_name, '') FROM destruction_list l"
	" JOIN appointment m ON m.id = l.made_by JOIN person p ON p.id = m.person_id"
	" LEFT JOIN appointment n ON n.id = l.signed_by LEFT JOIN person q ON q.id = n.person_id"
	" WHERE l.id NOT IN " WITH_ONE_HE_IS_KEPT_FROM(
	    "$1") " ORDER BY l.made_at DESC, l.id DESC LIMIT 1000"
};
static const struct db_stmt LOAD = {
	"destruction_load", "ii",
	"SELECT l.id, l.version, l.state, l.made_at, l.signed_at, m.person_id, p.full_name,"
	" coalesce(q.full_name, '') FROM destruction_list l"
	" JOIN appointment m ON m.id = l.made_by JOIN person p ON p.id = m.person_id"
	" LEFT JOIN appointment n ON n.id = l.signed_by LEFT JOIN person q ON q.id = n.person_id"
	" WHERE l.id = $1 AND l.id NOT IN " WITH_ONE_HE_IS_KEPT_FROM("$2")
};
static const struct db_stmt ITEMS = {
	"destruction_items", "i",
	"SELECT object_id, reference, due_day, destroyed_at, object_kind FROM destruction_item"
	" WHERE list_id = $1 ORDER BY due_day, object_kind, object_id LIMIT 20"
};
static const struct db_stmt MAKE = {
	"destruction_make", "ii",
	"INSERT INTO destruction_list (state, made_by, made_at) VALUES (1, $1, $2) RETURNING id"
};
static const struct db_stmt ADD_ITEM = {
	"destruction_add_item", "iiiti",
	"INSERT INTO destruction_item (list_id, object_kind, object_id, reference, due_day)"
	" VALUES ($1, $2, $3, $4, $5)"
};
static const struct db_stmt SIGN = {
	"destruction_sign", "iii",
	"UPDATE destruction_list SET state = 2, signed_by = $2, signed_at = $3"
	" WHERE id = $1 AND state = 1"
};
static const struct db_stmt GONE = {
	"destruction_gone", "iiii",
	"UPDATE destruction_item SET destroyed_at = $4 WHERE list_id = $1 AND object_kind = $2"
	" AND object_id = $3 AND destroyed_at = 0"
};
/* What is left of the row says that it was there and when it went, nothing of what it said. */
static const struct db_stmt BLANK = {
	"destruction_blank_signal", "i",
	"UPDATE signal SET municipality_id = NULL, helper_appointment_id = NULL, theme = 0,"
	" crime_form = 0, line = 0, other_lines = 0, task = 0, source_reliability = 0,"
	" seen_from = 0, seen_until = 0 WHERE id = $1 AND state = 12"
};
static const struct db_stmt UNLINK = {
	"destruction_unlink", "i", "DELETE FROM signal_link WHERE signal_id = $1 OR other_id = $1"
};
static const struct db_stmt UNPLACE = { "destruction_unplace", "i",
	                                "DELETE FROM signal_municipality WHERE signal_id = $1" };

static const struct db_stmt UNWARN = { "destruction_unwarn", "i",
	                               "DELETE FROM signal_warning WHERE signal_id = $1" };
static const struct db_stmt UNINDEX = { "destruction_unindex", "i",
	                                "DELETE FROM signal_unindexed WHERE signal_id = $1" };
/* How soon the submitter heard is counted on, without the signal. */
static const struct db_stmt NAMELESS = {
	"destruction_nameless", "i",
	"UPDATE signal_feedback SET signal_id = NULL WHERE signal_id = $1"
};

const struct db_stmt *const destruction_statements[] = { &DESTRUCTION_ROOT.claim,
	                                                 &DESTRUCTION_ROOT.look,
	                                                 &DUE,
	                                                 &LISTS,
	                                                 &LOAD,
	                                                 &ITEMS,
	                                                 &MAKE,
	                                                 &ADD_ITEM,
	                                                 &SIGN,
	                                                 &GONE,
	                                                 &BLANK,
	                                                 &UNLINK,
	                                                 &UNPLACE,
	                                                 &UNWARN,
	                                                 &UNINDEX,
	                                                 &NAMELESS,
	                                                 NULL };

/* ---- reading ------------------------------------------------------------------------------------ */

static enum status signals_due(struct db_read *r, int64_t day, struct arena *a, struct array *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct destruction_item *list =
	    ARENA_ARRAY(a, struct destruction_item, DESTRUCTION_ITEMS_MAX);
	size_t count = 0;

	enum status st = db_query(r, &DUE, DB_ARGS(DB_INT(day)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < DESTRUCTION_ITEMS_MAX && db_next(&rows))
		list[count++] = (struct destruction_item){ .kind = OBJECT_SIGNAL,
			                                   .object_id = db_int(&rows, 0),
			                                   .reference = db_text(&rows, 1, a),
			                                   .due_day = db_int(&rows, 2) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

/* Signals and casefiles in one row, what goes first in front. */
static struct array in_order(struct arena *a, const struct array *signals,
                             const struct array *casefiles)
{
	const struct destruction_item *s = signals->items;
	const struct casefile_due *c = casefiles->items;
	struct destruction_item *to =
	    ARENA_ARRAY(a, struct destruction_item, DESTRUCTION_ITEMS_MAX);
	size_t i = 0, j = 0, count = 0;

	while (count < DESTRUCTION_ITEMS_MAX && (i < signals->count || j < casefiles->count))
		if (j == casefiles->count || (i < signals->count && s[i].due_day <= c[j].due_day))
			to[count++] = s[i++];
		else {
			to[count++] = (struct destruction_item){ .kind = OBJECT_CASEFILE,
				                                 .object_id = c[j].id,
				                                 .reference = c[j].reference,
				                                 .due_day = c[j].due_day,
				                                 .shielded = c[j].shielded };
			j++;
		}
	return (struct array){ to, count };
}

enum status destruction_due(struct db_read *r, const struct viewer *viewer, int64_t day,
                            struct arena *a, struct array *ret, struct error *reterr)
{
	const struct casefile_wish wish = { day, DESTRUCTION_ITEMS_MAX, viewer->person_id };
	struct array signals = { 0 }, casefiles = { 0 };

	enum status st = signals_due(r, day, a, &signals, reterr);
	if (st == OK)
		st = casefiles_due(r, &wish, a, &casefiles, reterr);
	if (st == OK)
		*ret = in_order(a, &signals, &casefiles);
	return st;
}

static struct destruction_list read_list(const struct db_rows *row, struct arena *a)
{
	return (struct destruction_list){
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.state = (int)db_int(row, 2),
		.made_at = db_int(row, 3),
		.signed_at = db_int(row, 4),
		.made_by_person = db_int(row, 5),
		.maker = db_text(row, 6, a),
		.signer = db_text(row, 7, a),
	};
}

enum status destruction_lists(struct db_read *r, const struct viewer *viewer, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct destruction_list *list =
	    ARENA_ARRAY(a, struct destruction_list, DESTRUCTION_LISTS_MAX);
	size_t count = 0;

	enum status st = db_query(r, &LISTS, DB_ARGS(DB_INT(viewer->person_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < DESTRUCTION_LISTS_MAX && db_next(&rows))
		list[count++] = read_list(&rows, a);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static enum status load_items(struct db_read *r, int64_t id, struct arena *a, struct array *ret,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct destruction_item *list =
	    ARENA_ARRAY(a, struct destruction_item, DESTRUCTION_ITEMS_MAX);
	size_t count = 0;

	enum status st = db_query(r, &ITEMS, DB_ARGS(DB_INT(id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < DESTRUCTION_ITEMS_MAX && db_next(&rows))
		list[count++] = (struct destruction_item){ .kind = (int)db_int(&rows, 4),
			                                   .object_id = db_int(&rows, 0),
			                                   .due_day = db_int(&rows, 2),
			                                   .destroyed_at = db_int(&rows, 3),
			                                   .reference = db_text(&rows, 1, a) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static enum status load_list(struct db_read *r, const struct viewer *viewer, int64_t id,
                             struct arena *a, struct destruction_list *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &LOAD, DB_ARGS(DB_INT(id), DB_INT(viewer->person_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = read_list(&row, a);
	return st;
}

enum status destruction_load(struct db_read *r, const struct viewer *viewer, int64_t id,
                             struct arena *a, struct destruction_whole *ret, struct error *reterr)
{
	enum status st = load_list(r, viewer, id, a, &ret->list, reterr);
	return st == OK ? load_items(r, id, a, &ret->items, reterr) : st;
}

/* ---- the first signature ---------------------------------------------------------------------------- */

static enum status ask_signature(struct db_tx *tx, int64_t id, const struct viewer *viewer,
                                 int64_t now_ms, struct error *reterr)
{
	enum { DUE_WORKING_DAYS = 3 };
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_ROLE, ROLE_RECORDS_MANAGER),
		.kind = WORK_DESTRUCTION_SIGN,
		.object_kind = OBJECT_DESTRUCTION_LIST,
		.object_id = id,
		.reference = arena_printf(db_tx_arena(tx), "%lld", (long long)id),
		.due_day = working_days_add(local_day(now_ms), DUE_WORKING_DAYS, NULL),
		.created_at = now_ms,
		.created_by = viewer->appointment_id,
	};
	return work_add(tx, &task, reterr);
}

/* Who is kept from one casefile doesn't miss the list of all the others. */
static void apart(struct array *due)
{
	struct destruction_item *items = due->items;
	size_t together = 0;

	for (size_t i = 0; i < due->count; i++)
		if (!items[i].shielded)
			items[together++] = items[i];
	if (together > 0 || due->count == 0)
		due->count = together;
	else
		due->count = 1;
}

enum status destruction_make(struct db_tx *tx, const struct viewer *viewer, int64_t now_ms,
                             int64_t *ret_id, struct error *reterr)
{
	struct array due = { 0 };

	enum status st =
	    destruction_due(db_tx_read(tx), viewer, local_day(now_ms) + DESTRUCTION_AHEAD_DAYS,
	                    db_tx_arena(tx), &due, reterr);
	if (st == OK && due.count == 0)
		return FAIL(reterr, ERR_CONFLICT, "Er is nu niets om te vernietigen.");
	apart(&due);
	if (st == OK)
		st = db_insert(tx, &MAKE, DB_ARGS(DB_INT(viewer->appointment_id), DB_INT(now_ms)),
		               ret_id, reterr);
	const struct destruction_item *items = due.items;
	for (size_t i = 0; st == OK && i < due.count; i++)
		st = db_exec(tx, &ADD_ITEM,
		             DB_ARGS(DB_INT(*ret_id), DB_INT(items[i].kind),
		                     DB_INT(items[i].object_id), DB_TEXT(items[i].reference),
		                     DB_INT(items[i].due_day)),
		             NULL, reterr);
	return st == OK ? ask_signature(tx, *ret_id, viewer, now_ms, reterr) : st;
}

/* ---- the second ----------------------------------------------------------------------------------------- */

enum status signal_forget(struct db_tx *tx, int64_t id, struct error *reterr)
{
	static const struct db_stmt *const LAST[] = { &BLANK,  &UNLINK,  &UNPLACE,
		                                      &UNWARN, &UNINDEX, &NAMELESS };
	const struct attachment_owner files = { OBJECT_SIGNAL, id };

	enum status st = signal_texts_destroy(tx, id, reterr);
	if (st == OK)
		st = attachments_destroy(tx, &files, reterr);
	if (st == OK)
		st = subjects_destroy(tx, id, reterr);
	if (st == OK)
		st = agenda_texts_destroy(tx, id, reterr);
	if (st == OK)
		st = search_drop(tx, OBJECT_SIGNAL, id, reterr);
	for (size_t i = 0; st == OK && i < sizeof LAST / sizeof LAST[0]; i++)
		st = db_exec(tx, LAST[i], DB_ARGS(DB_INT(id)), NULL, reterr);
	return st;
}

enum status signal_destroy(struct db_tx *tx, int64_t id, const struct viewer *viewer,
                           int64_t now_ms, struct error *reterr)
{
	struct signal_picture picture;

	enum status st = signal_picture_load(db_tx_read(tx), viewer, id, &picture, reterr);
	if (st != OK)
		return st;
	picture.second_person = true; /* asked of the list by destruction_sign() */
	const struct signal_moving m = { .id = id,
		                         .action = SIGNAL_DESTROY,
		                         .viewer = viewer,
		                         .picture = &picture,
		                         .now_ms = now_ms };
	st = signal_move(tx, &m, reterr);
	return st == OK ? signal_forget(tx, id, reterr) : st;
}

static enum status destroy_signal(struct db_tx *tx, int64_t id, const struct destruction_signing *s,
                                  bool *ret_done, struct error *reterr)
{
	bool held = false;
	const enum status st = hold_stands_on(db_tx_read(tx), OBJECT_SIGNAL, id, &held, reterr);

	*ret_done = st == OK && !held;
	return *ret_done ? signal_destroy(tx, id, s->viewer, s->now_ms, reterr) : st;
}

static enum status destroy_item(struct db_tx *tx, const struct destruction_signing *s,
                                const struct destruction_item *item, struct error *reterr)
{
	const struct casefile_forgetting casefile = { item->object_id, s->now_ms, s->viewer,
		                                      s->keyring };
	bool done = true;

	enum status st = item->kind == OBJECT_CASEFILE
	                     ? casefile_forget(tx, &casefile, &done, reterr)
	                     : destroy_signal(tx, item->object_id, s, &done, reterr);
	return st == OK && done ? db_exec(tx, &GONE,
	                                  DB_ARGS(DB_INT(s->id), DB_INT(item->kind),
	                                          DB_INT(item->object_id), DB_INT(s->now_ms)),
	                                  NULL, reterr)
	                        : st;
}

static enum status sign_list(struct db_tx *tx, int64_t id, const struct viewer *viewer,
                             int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &SIGN, DB_ARGS(DB_INT(id), DB_INT(viewer->appointment_id), DB_INT(now_ms)),
	            &changed, reterr);

	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT, "Deze lijst is al getekend.");
	return st == OK ? work_done(tx, 0, OBJECT_DESTRUCTION_LIST, id, viewer->person_id, now_ms,
	                            reterr)
	                : st;
}

enum status destruction_sign(struct db_tx *tx, const struct destruction_signing *s,
                             struct error *reterr)
{
	struct destruction_whole whole = { .items = { 0 } };

	enum status st =
	    destruction_load(db_tx_read(tx), s->viewer, s->id, db_tx_arena(tx), &whole, reterr);
	if (st == OK && whole.list.made_by_person == s->viewer->person_id)
		return FAIL(reterr, ERR_CONFLICT,
		            "U maakte deze lijst zelf. Daarom moet een ander tekenen.");
	if (st == OK)
		st = sign_list(tx, s->id, s->viewer, s->now_ms, reterr);
	if (st == OK)
		st = holds_settle(tx, reterr);
	const struct destruction_item *item = whole.items.items;
	for (size_t i = 0; st == OK && i < whole.items.count; i++) {
		const struct arena_mark mark = arena_mark(db_tx_arena(tx));
		st = destroy_item(tx, s, &item[i], reterr);
		arena_rewind(db_tx_arena(tx), mark); /* a list of hundreds is one job */
	}
	return st;
}
