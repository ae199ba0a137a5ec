#include "mail/mail.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/crypto/stored.h"
#include "platform/crypto/uuid.h"
#include "work/work.h"

enum { ROUND_ARENA_BYTES = 64 << 20, PEOPLE_MAX = 20000, SEND_ARENA_BYTES = 1 << 16 };
static const int64_t DAY_MS = INT64_C(86400000);

static const struct db_stmt ROUND = { "mail_round", "",
	                              "SELECT gathered_at FROM mail_round WHERE id = 1" };
static const struct db_stmt CLAIM_ROUND = {
	"mail_claim_round", "ii",
	"UPDATE mail_round SET gathered_at = $2 WHERE id = 1 AND gathered_at < $1"
};
/* Who could have news: every capacity in force of an active account, and since when. $1 a day. */
static const struct db_stmt CAPACITIES = {
	"mail_capacities", "i",
	"SELECT p.id, p.news_seen_at, a.id, a.role, a.participant_id, coalesce(a.organ_id, 0),"
	" coalesce(a.desk_id, 0), coalesce(a.municipality_id, 0),"
	" coalesce((SELECT max(m.created_at) FROM mail m WHERE m.person_id = p.id), 0)"
	" FROM person p JOIN appointment a ON a.person_id = p.id WHERE p.state = 5 AND p.demo = 0"
	" AND a.state = 2 AND a.ended_at = 0 AND a.from_day <= $1"
	" AND (a.until_day = 0 OR a.until_day >= $1) ORDER BY p.id, a.id LIMIT 20000"
};
static const struct db_stmt ADD = {
	"mail_add", "bitii",
	"INSERT INTO mail (uuid, person_id, words, more, created_at, due_at)"
	" VALUES ($1, $2, $3, $4, $5, $5)"
};
static const struct db_stmt FORGET = { "mail_forget", "i",
	                               "DELETE FROM mail WHERE created_at < $1" };

static const struct db_stmt WAITING = {
	"mail_waiting", "ii",
	"SELECT id, uuid, person_id, words, more, due_at, tries FROM mail"
	" WHERE sent_at = 0 AND given_up_at = 0 AND due_at <= $1 ORDER BY due_at, id LIMIT $2"
};
/* Ours until $3: another process finds it not due. */
static const struct db_stmt TAKE = {
	"mail_take", "iii",
	"UPDATE mail SET due_at = $3, tries = tries + 1 WHERE id = $1 AND due_at = $2"
	" AND sent_at = 0"
};
static const struct db_stmt SENT = { "mail_sent", "ii",
	                             "UPDATE mail SET sent_at = $2 WHERE id = $1" };
static const struct db_stmt GIVE_UP = { "mail_give_up", "ii",
	                                "UPDATE mail SET given_up_at = $2 WHERE id = $1" };
static const struct db_stmt ADDRESS = { "mail_address", "i",
	                                "SELECT email FROM person WHERE id = $1 AND state = 5" };
static const struct db_stmt FIGURES = {
	"mail_figures", "",
	"SELECT count(*), coalesce(sum(CASE WHEN given_up_at > 0 THEN 1 ELSE 0 END), 0),"
	" coalesce(sum(CASE WHEN sent_at > 0 THEN 1 ELSE 0 END), 0) FROM mail"
};

const struct db_stmt *const mail_statements[] = { &ROUND,   &CLAIM_ROUND, &CAPACITIES, &ADD,
	                                          &FORGET,  &WAITING,     &TAKE,       &SENT,
	                                          &GIVE_UP, &ADDRESS,     &FIGURES,    NULL };

int64_t mail_round_before(int64_t now_ms)
{
	int32_t day = local_day(now_ms);

	for (;; day--) {
		if (!is_working_day(day, NULL))
			continue;
		const int64_t midday = ms_at_local(day, MAIL_MIDDAY_HOUR, 0);
		const int64_t morning = ms_at_local(day, MAIL_MORNING_HOUR, 0);
		if (midday <= now_ms)
			return midday;
		if (morning <= now_ms)
			return morning;
	}
}

/* ---- a round: who has news ----------------------------------------------------------------------- */

/* What one person hears: references of all capacities, each once. */
struct letter {
	int64_t person_id;
	struct uuid uuid;
	const char *references[MAIL_REFERENCES_MAX];
	size_t count;
	int64_t more;
	bool any;
};

static bool has_reference(int object_kind)
{
	return object_kind == OBJECT_SIGNAL || object_kind == OBJECT_MEETING ||
	       object_kind == OBJECT_CASEFILE;
}

static void add_news(struct letter *l, const struct work_news *n)
{
	l->any = true;
	if (!has_reference(n->object_kind))
		return;
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->references[i], n->reference) == 0)
			return;
	if (l->count < MAIL_REFERENCES_MAX)
		l->references[l->count++] = n->reference;
	else
		l->more++;
}

static struct viewer capacity_of(const struct db_rows *row)
{
	struct viewer v = { .person_id = db_int(row, 0),
		            .appointment_id = db_int(row, 2),
		            .role = (enum role)db_int(row, 3),
		            .participant_id = db_int(row, 4),
		            .organ_id = db_int(row, 5),
		            .desk_id = db_int(row, 6),
		            .municipality_id = db_int(row, 7) };

	viewer_audiences(&v);
	return v;
}

struct capacity {
	struct viewer viewer;
	int64_t since;
};

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static enum status load_capacities(struct db_read *r, int64_t now_ms, struct arena *a,
                                   struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct capacity *list = ARENA_ARRAY(a, struct capacity, PEOPLE_MAX);
	size_t count = 0;

	enum status st =
	    db_query(r, &CAPACITIES, DB_ARGS(DB_INT(local_day(now_ms))), &rows, reterr);
	while (st == OK && count < PEOPLE_MAX && db_next(&rows)) {
		/* a long weekend; what is older than that was never going to be mailed */
		const int64_t since = later(db_int(&rows, 1), db_int(&rows, 8));
		list[count++] =
		    (struct capacity){ capacity_of(&rows), later(since, now_ms - 4 * DAY_MS) };
	}
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

/* Letters to all who have news, in the order of persons. */
static enum status write_letters(struct db_read *r, int64_t now_ms, struct arena *a,
                                 struct array *ret, struct error *reterr)
{
	struct array capacities = { 0 };
	enum status st = load_capacities(r, now_ms, a, &capacities, reterr);
	const struct capacity *c = capacities.items;
	struct letter *letters = ARENA_ARRAY(a, struct letter, capacities.count + 1);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < capacities.count; i++) {
		struct array news = { 0 };
		if (count == 0 || letters[count - 1].person_id != c[i].viewer.person_id)
			letters[count++] = (struct letter){ .person_id = c[i].viewer.person_id,
				                            .uuid = uuid_random() };
		st = work_news(r, &c[i].viewer, c[i].since, a, &news, reterr);
		const struct work_news *n = news.items;
		for (size_t j = 0; st == OK && j < news.count; j++)
			add_news(&letters[count - 1], &n[j]);
	}
	*ret = (struct array){ letters, count };
	return st;
}

struct round {
	int64_t slot, now_ms;
	const struct array *letters;
	bool ours;
};

static const char *words_of(struct arena *a, const struct letter *l)
{
	const char *text = "";

	for (size_t i = 0; i < l->count; i++)
		text = arena_printf(a, "%s%s%s", text, i == 0 ? "" : " ", l->references[i]);
	return text;
}

static enum status store_round(struct db_tx *tx, void *args, struct error *reterr)
{
	struct round *round = args;
	const struct letter *l = round->letters->items;
	int64_t ours = 0;

	enum status st = db_exec(
	    tx, &CLAIM_ROUND, DB_ARGS(DB_INT(round->slot), DB_INT(round->now_ms)), &ours, reterr);
	if (st != OK || ours == 0)
		return st; /* another process did this round */
	for (size_t i = 0; st == OK && i < round->letters->count; i++) {
		if (l[i].any)
			st = db_exec(tx, &ADD,
			             DB_ARGS(DB_BYTES(l[i].uuid.bytes, UUID_BYTES),
			                     DB_INT(l[i].person_id),
			                     DB_TEXT(words_of(db_tx_arena(tx), &l[i])),
			                     DB_INT(l[i].more), DB_INT(round->now_ms)),
			             NULL, reterr);
	}
	return st == OK
	           ? db_exec(tx, &FORGET, DB_ARGS(DB_INT(round->now_ms - MAIL_KEPT_DAYS * DAY_MS)),
	                     NULL, reterr)
	           : st;
}

static enum status gathered_at(struct db_read *r, int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &ROUND, DB_NO_ARGS, &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = db_int(&row, 0);
	return st;
}

static enum status gather(struct plein *p, int64_t now_ms, struct error *reterr)
{
	struct array letters = { 0 };
	struct round round = { mail_round_before(now_ms), now_ms, &letters, false };
	struct db_job job = { .run = store_round, .args = &round, .lane = LANE_BULK };
	struct db_read *r = NULL;
	int64_t last = INT64_MAX;
	struct arena a;

	arena_init(&a, ROUND_ARENA_BYTES);
	enum status st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = gathered_at(r, &last, reterr);
	if (st == OK && last < round.slot)
		st = write_letters(r, now_ms, &a, &letters, reterr);
	db_read_end(r);
	if (st == OK && last < round.slot)
		st = db_run(p->db, &job, reterr);
	arena_reset(&a);
	return st;
}

/* ---- sending -------------------------------------------------------------------------------------- */

struct waiting {
	int64_t id, person_id, more, due_at, tries;
	struct uuid uuid;
	const char *words, *address; /* address "": nobody to send it to any more */
};

static enum status load_address(struct db_read *r, int64_t person_id, struct arena *a,
                                const char **ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &ADDRESS, DB_ARGS(DB_INT(person_id)), &row, reterr);

	*ret = "";
	if (st != OK)
		return st;
	if (db_next(&row))
		*ret = db_text(&row, 0, a);
	return db_rows_end(&row, reterr);
}

static enum status read_waiting(struct db_read *r, int64_t now_ms, struct arena *a,
                                struct waiting list[MAIL_AT_ONCE], size_t *ret_count,
                                struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	size_t count = 0;

	enum status st =
	    db_query(r, &WAITING, DB_ARGS(DB_INT(now_ms), DB_INT(MAIL_AT_ONCE)), &rows, reterr);
	while (st == OK && count < MAIL_AT_ONCE && db_next(&rows)) {
		struct waiting *w = &list[count++];
		*w = (struct waiting){ .id = db_int(&rows, 0),
			               .person_id = db_int(&rows, 2),
			               .words = db_text(&rows, 3, a),
			               .more = db_int(&rows, 4),
			               .due_at = db_int(&rows, 5),
			               .tries = db_int(&rows, 6) };
		w->uuid = uuid_stored(&rows, 1);
	}
	*ret_count = count;
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

static enum status load_waiting(struct plein *p, int64_t now_ms, struct arena *a,
                                struct waiting list[MAIL_AT_ONCE], size_t *ret_count,
                                struct error *reterr)
{
	struct db_read *r = NULL;
	enum status st = db_read_begin(p->db, &r, reterr);

	if (st == OK)
		st = read_waiting(r, now_ms, a, list, ret_count, reterr);
	for (size_t i = 0; st == OK && i < *ret_count; i++)
		st = load_address(r, list[i].person_id, a, &list[i].address, reterr);
	db_read_end(r);
	return st;
}

static const char *message_text(struct arena *a, const struct waiting *w, const char *origin)
{
	const char *about = "Er is nieuws voor u in Plein.";

	if (w->words[0] != '\0' && w->more == 0)
		about = arena_printf(a, "Er is nieuws over %s.", w->words);
	if (w->words[0] != '\0' && w->more > 0)
		about = arena_printf(a, "Er is nieuws over %s en nog %lld.", w->words,
		                     (long long)w->more);
	return arena_printf(a,
	                    "%s\n\nLog in en kies Nieuw%s%s%s\n\nIn deze mail staat nooit "
	                    "waar het over gaat. Klik op geen enkele andere link.\n",
	                    about, origin[0] != '\0' ? ": " : ".", origin,
	                    origin[0] != '\0' ? "/news" : "");
}

struct outcome {
	const struct waiting *mail;
	const struct db_stmt *end; /* NULL: it is tried again */
	int64_t until, now_ms;
	bool ours;
};

static enum status take(struct db_tx *tx, void *args, struct error *reterr)
{
	struct outcome *o = args;
	int64_t changed = 0;
	enum status st = db_exec(
	    tx, &TAKE, DB_ARGS(DB_INT(o->mail->id), DB_INT(o->mail->due_at), DB_INT(o->until)),
	    &changed, reterr);

	o->ours = changed == 1;
	return st;
}

static enum status settle(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct outcome *o = args;

	return db_exec(tx, o->end, DB_ARGS(DB_INT(o->mail->id), DB_INT(o->now_ms)), NULL, reterr);
}

static enum status bulk(struct plein *p, db_job_fn *run, struct outcome *o, struct error *reterr)
{
	struct db_job job = { .run = run, .args = o, .lane = LANE_BULK };

	return db_run(p->db, &job, reterr);
}

/* Why it didn't go is told by the caller's ticker when ours to tell: in *ret_why. */
static enum status send_one(struct plein *p, const struct mail_settings *how,
                            const struct waiting *w, int64_t now_ms, struct arena *a,
                            struct error *ret_why, struct error *reterr)
{
	struct outcome o = { .mail = w,
		             .until = now_ms + ((int64_t)MAIL_FIRST_WAIT_MS << w->tries),
		             .now_ms = now_ms };
	char id[UUID_TEXT_BYTES];

	enum status st = bulk(p, take, &o, reterr);
	if (st != OK || !o.ours)
		return st;
	uuid_text(&w->uuid, id);
	const struct smtp_message m = { .to = w->address,
		                        .subject = "Nieuws in Plein",
		                        .text = message_text(a, w, how->origin),
		                        .id = id,
		                        .now_ms = now_ms };
	const enum status sent =
	    w->address[0] != '\0' ? smtp_send(&how->server, &m, ret_why) : ERR_NOT_FOUND;
	if (sent == OK)
		o.end = &SENT;
	else if (sent != ERR_UNAVAILABLE || w->tries + 1 >= MAIL_TRIES_MAX)
		o.end = &GIVE_UP;
	return o.end != NULL ? bulk(p, settle, &o, reterr) : OK;
}

enum status mail_step(struct plein *p, const struct mail_settings *how, bool *ret_more,
                      struct error *reterr)
{
	const int64_t now_ms = clock_now_ms(p->clock);
	struct waiting list[MAIL_AT_ONCE];
	struct error why = { 0 };
	size_t count = 0;
	struct arena a;

	*ret_more = false;
	enum status st = gather(p, now_ms, reterr);
	if (st != OK)
		return st;
	arena_init(&a, SEND_ARENA_BYTES);
	st = load_waiting(p, now_ms, &a, list, &count, reterr);
	for (size_t i = 0; st == OK && why.status == OK && i < count; i++)
		st = send_one(p, how, &list[i], now_ms, &a, &why, reterr);
	arena_reset(&a);
	*ret_more = count == MAIL_AT_ONCE;
	if (st == OK && why.status != OK) {
		*reterr = why; /* a server that refuses one refuses the next: later */
		return ERR_UNAVAILABLE;
	}
	return st;
}

enum status mail_figures(struct db_read *r, struct mail_figures *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &FIGURES, DB_NO_ARGS, &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret = (struct mail_figures){ .given_up = db_int(&row, 1), .sent = db_int(&row, 2) };
	ret->waiting = db_int(&row, 0) - ret->given_up - ret->sent;
	return OK;
}
