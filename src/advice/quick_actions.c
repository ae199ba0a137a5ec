#include "advice/quick_actions.h"

#include <string.h>

#include "advice/advice_seal.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/crypto/stored.h"
#include "work/work.h"

enum { TEXTS = 5, DECIDE_WORKING_DAYS = 3 };

const struct db_root QUICK_ROOT = DB_ROOT(53, quick_action);

static const struct db_stmt LIST = {
	"quick_actions", "i",
	"SELECT q.id, q.version, q.number, q.uuid, q.state, q.instrument, q.weight, q.barrier,"
	" q.rests_on, q.organ_id, q.hours, q.due_day, o.on_behalf, n.full_name,"
	" coalesce(m.full_name, ''), b.person_id, q.asked_by, q.asked_at, q.decided_at,"
	" coalesce(i.reference, ''), coalesce(i.state, 0), q.key_id, q.basis, q.approach,"
	" q.urgency, q.effect, q.indicator, q.reason_key_id, q.reason FROM quick_action q"
	" JOIN organ o ON o.id = q.organ_id JOIN appointment b ON b.id = q.asked_by"
	" JOIN person n ON n.id = b.person_id LEFT JOIN appointment d ON d.id = q.decided_by"
	" LEFT JOIN person m ON m.id = d.person_id LEFT JOIN intervention i"
	" ON i.id = q.intervention_id WHERE q.casefile_id = $1 ORDER BY q.number, q.id LIMIT 40"
};
static const struct db_stmt BEFORE = {
	"quick_before_advice", "i",
	"SELECT c.state, coalesce((SELECT max(d.id) FROM advice d WHERE d.casefile_id = c.id"
	" AND d.state <> 4), 0), (SELECT count(*) FROM advice d WHERE d.casefile_id = c.id"
	" AND d.state IN (2, 3)) FROM casefile c WHERE c.id = $1"
};
static const struct db_stmt LAST = {
	"quick_last", "i",
	"SELECT coalesce(max(number), 0) FROM quick_action WHERE casefile_id = $1"
};
static const struct db_stmt INSERT = {
	"quick_insert", "biiiiiiiiiibbbbbii",
	"INSERT INTO quick_action (uuid, casefile_id, number, state, instrument, weight, barrier,"
	" organ_id, rests_on, hours, due_day, key_id, basis, approach, urgency, effect, indicator,"
	" asked_by, asked_at) VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
	" $14, $15, $16, $17, $18) RETURNING id"
};
static const struct db_stmt DECIDE = {
	"quick_decide", "iiiiIIiB",
	"UPDATE quick_action SET state = $2, decided_by = $3, decided_at = $4, mandate_id = $5,"
	" intervention_id = $6, reason_key_id = $7, reason = $8 WHERE id = $1 AND state = 1"
};

const struct db_stmt *const quick_action_statements[] = {
	&QUICK_ROOT.claim, &QUICK_ROOT.look, &LIST, &BEFORE, &LAST, &INSERT, &DECIDE, NULL,
};

/* ---- sealed texts -------------------------------------------------------------------------------- */

static const char *const COLUMNS[TEXTS] = { "basis", "approach", "urgency", "effect", "indicator" };

static struct seal_place place_of(const struct uuid *uuid, size_t text)
{
	return (struct seal_place){ .table = "quick_action",
		                    .column = COLUMNS[text],
		                    .id = uuid_number(uuid) };
}

void quick_seal(struct keyring *k, const struct uuid *uuid, const struct quick_texts *texts,
                struct arena *a, struct sealed_quick_texts *ret)
{
	const char *const words[TEXTS] = { texts->basis, texts->approach, texts->urgency,
		                           texts->effect, texts->indicator };

	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	for (size_t i = 0; i < TEXTS; i++) {
		const struct seal_place place = place_of(uuid, i);
		ret->text[i] =
		    seal_in(a, &ret->key.key, &place, words[i], strlen(words[i]), &ret->len[i]);
	}
	seal_key_wipe(&ret->key.key);
}

struct sealed_row {
	struct quick_action *to;
	int64_t key_id, reason_key_id;
	struct span text[TEXTS], reason;
};

static enum status open_texts(const struct sealed_row *row, const struct seal_key *key,
                              struct arena *a, struct error *reterr)
{
	struct quick_texts *t = &row->to->texts;
	const char **const words[TEXTS] = { &t->basis, &t->approach, &t->urgency, &t->effect,
		                            &t->indicator };
	enum status st = OK;
	size_t len = 0;

	for (size_t i = 0; st == OK && i < TEXTS; i++) {
		const struct seal_place place = place_of(&row->to->uuid, i);
		st = seal_open(key, &place, row->text[i].bytes, row->text[i].len, a, words[i], &len,
		               reterr);
	}
	return st;
}

static enum status open_row(struct db_read *r, struct keyring *k, const struct sealed_row *row,
                            struct arena *a, struct error *reterr)
{
	struct seal_key key;

	if (row->text[0].bytes != NULL) {
		enum status st = key_load(r, k, row->key_id, KEY_PARAGRAPH, &key, reterr);
		if (st == OK) {
			st = open_texts(row, &key, a, reterr);
			seal_key_wipe(&key);
		}
		if (st != OK && st != ERR_NOT_FOUND)
			return st;
	}
	return advice_open_words(r, k, WORDS_QUICK_REASON, row->to->id, row->reason_key_id,
	                         row->reason, a, &row->to->texts.reason, reterr);
}

/* ---- reading --------------------------------------------------------------------------------------- */

static void read_row(const struct db_rows *row, struct arena *a, struct quick_action *q,
                     struct sealed_row *sealed)
{
	*q = (struct quick_action){
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.number = db_int(row, 2),
		.state = (uint8_t)db_int(row, 4),
		.instrument = (uint16_t)db_int(row, 5),
		.weight = (int)db_int(row, 6),
		.barrier = (int)db_int(row, 7),
		.ground = (enum quick_ground)db_int(row, 8),
		.organ_id = db_int(row, 9),
		.hours = db_int(row, 10),
		.due_day = db_int(row, 11),
		.on_behalf = db_text(row, 12, a),
		.asked_by = db_text(row, 13, a),
		.decided_by = db_text(row, 14, a),
		.asker_person_id = db_int(row, 15),
		.asker_id = db_int(row, 16),
		.asked_at = db_int(row, 17),
		.decided_at = db_int(row, 18),
		.intervention = db_text(row, 19, a),
		.intervention_state = (uint8_t)db_int(row, 20),
		.texts = { "", "", "", "", "", "" },
	};
	q->uuid = uuid_stored(row, 3);
	*sealed = (struct sealed_row){ .to = q,
		                       .key_id = db_int(row, 21),
		                       .reason_key_id = db_int(row, 27),
		                       .reason = span_stored(row, 28, a) };
	for (int i = 0; i < TEXTS; i++)
		sealed->text[i] = span_stored(row, 22 + i, a);
}

enum status quick_actions(struct db_read *r, struct keyring *k, int64_t casefile_id,
                          struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct quick_action *list = ARENA_ARRAY(a, struct quick_action, QUICK_ACTIONS_MAX);
	struct sealed_row *sealed = ARENA_ARRAY(a, struct sealed_row, QUICK_ACTIONS_MAX);
	size_t count = 0;
	enum status st = db_query(r, &LIST, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < QUICK_ACTIONS_MAX && db_next(&rows); count++) {
		read_row(&rows, a, &list[count], &sealed[count]);
		list[count].casefile_id = casefile_id;
	}
	st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = open_row(r, k, &sealed[i], a, reterr);
	*ret = (struct array){ list, count };
	return st;
}

struct array quick_decided(struct array all, struct arena *a)
{
	const struct quick_action *from = all.items;
	struct quick_action *to = ARENA_ARRAY(a, struct quick_action, all.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < all.count; i++)
		if (from[i].state == QUICK_APPROVED)
			to[count++] = from[i];
	return (struct array){ to, count };
}

enum status quick_before_advice(struct db_read *r, int64_t casefile_id, bool *ret,
                                int64_t *ret_advice_id, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &BEFORE, DB_ARGS(DB_INT(casefile_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret = quick_in_time((uint8_t)db_int(&row, 0)) && db_int(&row, 2) == 0;
	*ret_advice_id = db_int(&row, 1);
	return OK;
}

/* ---- writing --------------------------------------------------------------------------------------- */

static enum status next_number(struct db_tx *tx, int64_t casefile_id, int64_t *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &LAST, DB_ARGS(DB_INT(casefile_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret = db_int(&row, 0) + 1;
	return *ret <= QUICK_ACTIONS_MAX
	           ? OK
	           : FAIL(reterr, ERR_CONFLICT,
	                  "Deze casus heeft al 40 snelle acties. Schrijf een advies.");
}

static enum status ask_head(struct db_tx *tx, const struct quick_new *n, int64_t id,
                            struct error *reterr)
{
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_ROLE, ROLE_RIEC_HEAD),
		.kind = WORK_QUICK_DECIDE,
		.object_kind = OBJECT_QUICK_ACTION,
		.object_id = id,
		.reference = n->casefile,
		.due_day = working_days_add(local_day(n->now_ms), DECIDE_WORKING_DAYS, NULL),
		.created_at = n->now_ms,
		.created_by = n->viewer->appointment_id,
	};
	return work_add(tx, &task, reterr);
}

#define SEALED(n) DB_BYTES(s->text[n], s->len[n])
enum status quick_insert(struct db_tx *tx, const struct quick_new *n, int64_t *ret_number,
                         struct error *reterr)
{
	const struct sealed_quick_texts *s = &n->sealed;
	int64_t id = 0;

	enum status st = next_number(tx, n->casefile_id, ret_number, reterr);
	if (st == OK)
		st = key_store(tx, &s->key, reterr);
	if (st == OK)
		st =
		    db_insert(tx, &INSERT,
		              DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_INT(n->casefile_id),
		                      DB_INT(*ret_number), DB_INT(n->instrument), DB_INT(n->weight),
		                      DB_INT(n->barrier), DB_INT(n->organ_id), DB_INT(n->ground),
		                      DB_INT(n->hours), DB_INT(n->due_day), DB_INT(s->key.id),
		                      SEALED(0), SEALED(1), SEALED(2), SEALED(3), SEALED(4),
		                      DB_INT(n->viewer->appointment_id), DB_INT(n->now_ms)),
		              &id, reterr);
	return st == OK ? ask_head(tx, n, id, reterr) : st;
}

static enum status tell_asker(struct db_tx *tx, const struct quick_deciding *d,
                              struct error *reterr)
{
	const struct work_news news = { .at = d->now_ms,
		                        .kind = NEWS_QUICK_DECIDED,
		                        .object_kind = OBJECT_QUICK_ACTION,
		                        .object_id = d->quick->id,
		                        .reference = d->casefile };

	if (d->to == QUICK_WITHDRAWN)
		return OK;
	return work_tell(tx, audience_of(AUDIENCE_APPOINTMENT, d->quick->asker_id), &news, reterr);
}

#define MAYBE(id) ((id) != 0 ? DB_INT(id) : DB_NULL)
enum status quick_decide(struct db_tx *tx, const struct quick_deciding *d, struct error *reterr)
{
	const bool says_why = d->reason != NULL && d->reason->len > 0;
	int64_t changed = 0;

	enum status st = says_why ? key_store(tx, &d->reason->key, reterr) : OK;
	if (st == OK)
		st = db_exec(
		    tx, &DECIDE,
		    DB_ARGS(DB_INT(d->quick->id), DB_INT(d->to), DB_INT(d->viewer->appointment_id),
		            DB_INT(d->now_ms), MAYBE(d->mandate_id), MAYBE(d->intervention_id),
		            DB_INT(says_why ? d->reason->key.id : 0),
		            says_why ? DB_BYTES(d->reason->sealed, d->reason->len) : DB_NULL),
		    &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Een collega was eerder. Bekijk hoe het nu staat.");
	if (st == OK)
		st = work_done(tx, WORK_QUICK_DECIDE, OBJECT_QUICK_ACTION, d->quick->id,
		               d->viewer->person_id, d->now_ms, reterr);
	return st == OK ? tell_asker(tx, d, reterr) : st;
}
