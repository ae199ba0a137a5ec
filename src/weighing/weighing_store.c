#include "weighing/weighing_store.h"
#include "platform/crypto/stored.h"

#include <stdlib.h>

#include "signals/signal.h"

#define MEETING_COLUMNS                                                                            \
	"SELECT m.id, m.version, m.live, m.reference, m.place, m.state, m.starts_at, m.opened_at," \
	" m.closed_at, (SELECT count(*) FROM agenda_item i WHERE i.meeting_id = m.id"              \
	" AND i.state <> 5), coalesce(m.factor_list_id, 0), coalesce((SELECT f.number"             \
	" FROM factor_list f WHERE f.id = m.factor_list_id), 0) FROM meeting m "
#define INVITED                                                                                    \
	"EXISTS (SELECT 1 FROM meeting_invitation v WHERE v.meeting_id = m.id"                     \
	" AND v.appointment_id = $1)"

/* $2 1: sees every meeting; $3, $4 the place: starts_at, reference; $5 rows. */
#define MAY_LIST "WHERE m.kind = 1 AND ($2 = 1 OR " INVITED ")"
static const struct db_stmt LIST_OLDER = {
	"meeting_list_older", "iiiti",
	MEETING_COLUMNS MAY_LIST
	" AND (m.starts_at < $3 OR (m.starts_at = $3 AND m.reference < $4))"
	" ORDER BY m.starts_at DESC, m.reference DESC LIMIT $5"
};
static const struct db_stmt LIST_NEWER = {
	"meeting_list_newer", "iiiti",
	MEETING_COLUMNS MAY_LIST
	" AND (m.starts_at > $3 OR (m.starts_at = $3 AND m.reference > $4))"
	" ORDER BY m.starts_at, m.reference LIMIT $5"
};
static const struct db_stmt LOAD = { "meeting_load", "iti",
	                             MEETING_COLUMNS
	                             "WHERE m.reference = $2 AND m.kind = 1 AND ($3 = 1 OR " INVITED
	                             ")" };
static const struct db_stmt ITEMS = {
	"agenda_item_list", "i",
	"SELECT i.id, i.version, i.number, i.state, i.revealed_at, i.decided_at, i.released_at,"
	" i.outcome, i.reason_class, i.agreed_a, i.agreed_b, i.agreed_c, i.agreed_d,"
	" i.criteria_met, i.criteria_version, s.id, s.version, s.uuid, s.state, s.reference,"
	" p.short_name, coalesce(g.name, ''), s.participant_id, s.organ_id, s.submitted_at,"
	" s.deferred_times, s.theme, s.line, i.next_day, i.advise_local,"
	" (SELECT count(*) FROM dissent d WHERE d.item_id = i.id)"
	" FROM agenda_item i JOIN signal s ON s.id = i.signal_id"
	" JOIN participant p ON p.id = s.participant_id"
	" LEFT JOIN municipality g ON g.id = s.municipality_id"
	" WHERE i.meeting_id = $1 AND i.state <> 5 ORDER BY i.number, i.id LIMIT 40"
};
static const struct db_stmt HOMEWORK = {
	"homework_list", "i",
	"SELECT organ_id, known, alike FROM homework WHERE item_id = $1 ORDER BY organ_id"
};
static const struct db_stmt SCORERS = {
	"scorer_list", "i",
	"SELECT organ_id, min(appointment_id), count(*) FROM score WHERE item_id = $1"
	" GROUP BY organ_id ORDER BY organ_id"
};
static const struct db_stmt OWN_SCORES = {
	"own_scores", "ii", "SELECT factor, score FROM score WHERE item_id = $1 AND organ_id = $2"
};
/* Values leave the database only once the item is revealed (3) or decided (4). */
static const struct db_stmt SCORES = {
	"score_list", "i",
	"SELECT s.organ_id, s.factor, s.score FROM score s JOIN agenda_item i ON i.id = s.item_id"
	" WHERE s.item_id = $1 AND i.state IN (3, 4) ORDER BY s.factor, s.score, s.organ_id"
};
static const struct db_stmt DISSENTS = {
	"dissent_list", "i",
	"SELECT organ_id, criterion FROM dissent WHERE item_id = $1 ORDER BY criterion, organ_id"
};
static const struct db_stmt INVOLVED = {
	"involved_list", "i",
	"SELECT organ_id FROM involved_organ WHERE item_id = $1 ORDER BY organ_id"
};
static const struct db_stmt MEETING_PICTURE = {
	"meeting_picture", "i",
	"SELECT (SELECT count(*) FROM agenda_item WHERE meeting_id = $1 AND state <> 5),"
	" (SELECT count(*) FROM agenda_item WHERE meeting_id = $1 AND state NOT IN (4, 5)),"
	" (SELECT count(*) FROM meeting_invitation WHERE meeting_id = $1),"
	" (SELECT count(*) FROM meeting_invitation WHERE meeting_id = $1 AND presence = 0),"
	" (SELECT count(*) FROM meeting_invitation WHERE meeting_id = $1 AND presence IN (1, 2))"
};
static const struct db_stmt ITEM_PICTURE = {
	"agenda_item_picture", "i",
	"SELECT m.state, (SELECT count(*) FROM meeting_invitation v WHERE v.meeting_id = m.id"
	" AND v.presence IN (1, 2) AND v.participant_id = s.participant_id),"
	" (SELECT count(DISTINCT v.participant_id) FROM meeting_invitation v"
	" WHERE v.meeting_id = m.id AND v.presence IN (1, 2)"
	" AND v.participant_id <> s.participant_id),"
	" (SELECT count(*) FROM score c WHERE c.item_id = i.id AND c.factor = 0),"
	" coalesce((SELECT value FROM setting WHERE name = 'meeting.quorum_others'), '')"
	" FROM agenda_item i JOIN meeting m ON m.id = i.meeting_id"
	" JOIN signal s ON s.id = i.signal_id WHERE i.id = $1"
};

const struct db_stmt *const weighing_statements[] = {
	&LIST_OLDER, &LIST_NEWER, &LOAD,     &ITEMS,           &HOMEWORK,     &SCORERS, &OWN_SCORES,
	&SCORES,     &DISSENTS,   &INVOLVED, &MEETING_PICTURE, &ITEM_PICTURE, NULL,
};

bool sees_every_meeting(enum role role)
{
	return role == ROLE_INFO_COORDINATOR || role == ROLE_CHAIR || role == ROLE_SECRETARY ||
	       role == ROLE_RIEC_HEAD;
}

/* ---- reading ----------------------------------------------------------------------------- */

static struct meeting read_meeting(const struct db_rows *row, struct arena *a)
{
	return (struct meeting){
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.live = db_int(row, 2),
		.reference = db_text(row, 3, a),
		.place = db_text(row, 4, a),
		.state = (uint8_t)db_int(row, 5),
		.starts_at = db_int(row, 6),
		.opened_at = db_int(row, 7),
		.closed_at = db_int(row, 8),
		.item_count = db_int(row, 9),
		.factor_list_id = db_int(row, 10),
		.factor_list_number = db_int(row, 11),
	};
}

enum status meeting_list(struct db_read *r, const struct meeting_query *q, struct arena *a,
                         struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct meeting *list = ARENA_ARRAY(a, struct meeting, (size_t)q->limit + 1);
	size_t count = 0;
	const enum status st = db_query(
	    r, q->backward ? &LIST_NEWER : &LIST_OLDER,
	    DB_ARGS(DB_INT(q->viewer->appointment_id), DB_INT(sees_every_meeting(q->viewer->role)),
	            DB_INT(q->starts_at), DB_TEXT(q->reference), DB_INT(q->limit)),
	    &rows, reterr);

	if (st != OK)
		return st;
	while (count < (size_t)q->limit && db_next(&rows))
		list[count++] = read_meeting(&rows, a);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status meeting_load(struct db_read *r, const struct viewer *viewer, const char *reference,
                         struct arena *a, struct meeting *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &LOAD,
	                          DB_ARGS(DB_INT(viewer->appointment_id), DB_TEXT(reference),
	                                  DB_INT(sees_every_meeting(viewer->role))),
	                          &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = read_meeting(&row, a);
	return st;
}

static struct agenda_item read_item(const struct db_rows *row, struct arena *a)
{
	struct agenda_item item = {
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.number = db_int(row, 2),
		.state = (uint8_t)db_int(row, 3),
		.revealed_at = db_int(row, 4),
		.decided_at = db_int(row, 5),
		.released_at = db_int(row, 6),
		.outcome = (int)db_int(row, 7),
		.reason_class = (int)db_int(row, 8),
		.agreed = { db_int(row, 9), db_int(row, 10), db_int(row, 11), db_int(row, 12) },
		.criteria_met = (uint64_t)db_int(row, 13),
		.criteria_version = db_text(row, 14, a),
		.signal_id = db_int(row, 15),
		.signal_version = db_int(row, 16),
		.signal_state = (uint8_t)db_int(row, 18),
		.reference = db_text(row, 19, a),
		.participant = db_text(row, 20, a),
		.municipality = db_text(row, 21, a),
		.participant_id = db_int(row, 22),
		.organ_id = db_int(row, 23),
		.submitted_at = db_int(row, 24),
		.deferred_times = db_int(row, 25),
		.theme = (int)db_int(row, 26),
		.line = (int)db_int(row, 27),
		.next_day = db_int(row, 28),
		.advise_local = db_int(row, 29) != 0,
		.dissents = db_int(row, 30),
	};
	item.signal_uuid = uuid_stored(row, 17);
	return item;
}

/* What was deferred in this very meeting counts as not deferred before it. */
static struct agenda_place place_of(const struct agenda_item *item, size_t index)
{
	return (struct agenda_place){
		.deferred_times = item->signal_state == SIGNAL_DEFERRED ? item->deferred_times - 1
		                                                        : item->deferred_times,
		.participant_id = item->participant_id,
		.submitted_at = item->submitted_at,
		.number = item->number,
		.index = index,
	};
}

enum status item_list(struct db_read *r, int64_t meeting_id, struct arena *a, struct array *ret,
                      struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct agenda_item *found = ARENA_ARRAY(a, struct agenda_item, AGENDA_MAX);
	struct agenda_item *list = ARENA_ARRAY(a, struct agenda_item, AGENDA_MAX);
	struct agenda_place places[AGENDA_MAX];
	size_t count = 0;

	enum status st = db_query(r, &ITEMS, DB_ARGS(DB_INT(meeting_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < AGENDA_MAX && db_next(&rows)) {
		found[count] = read_item(&rows, a);
		places[count] = place_of(&found[count], count);
		count++;
	}
	weighing_order(places, count);
	for (size_t i = 0; i < count; i++)
		list[i] = found[places[i].index];
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

/* Up to three numbers a row, at most ROWS_MAX rows; *ret holds them one after another. */
enum { ROWS_MAX = 300 };
// NOLINTNEXTLINE(readability-function-size): a query, its shape and where its rows go
static enum status numbers(struct db_read *r, const struct db_stmt *s, int64_t id, int columns,
                           struct arena *a, int64_t **ret, size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *list = ARENA_ARRAY(a, int64_t, (size_t)ROWS_MAX * (size_t)columns);
	size_t count = 0;
	enum status st = db_query(r, s, DB_ARGS(DB_INT(id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < ROWS_MAX && db_next(&rows); count++)
		for (int c = 0; c < columns; c++)
			list[count * (size_t)columns + (size_t)c] = db_int(&rows, c);
	*ret = list;
	*ret_count = count;
	return db_rows_end(&rows, reterr);
}

enum status homework_list(struct db_read *r, int64_t item_id, struct arena *a, struct array *ret,
                          struct error *reterr)
{
	int64_t *n = NULL;
	size_t count = 0;
	enum status st = numbers(r, &HOMEWORK, item_id, 3, a, &n, &count, reterr);
	struct homework *list = ARENA_ARRAY(a, struct homework, count + 1);

	for (size_t i = 0; i < count; i++, n += 3)
		list[i] = (struct homework){ n[0], (int)n[1], (int)n[2] };
	*ret = (struct array){ list, count };
	return st;
}

enum status scorer_list(struct db_read *r, int64_t item_id, struct arena *a, struct array *ret,
                        struct error *reterr)
{
	int64_t *n = NULL;
	size_t count = 0;
	enum status st = numbers(r, &SCORERS, item_id, 3, a, &n, &count, reterr);
	struct scorer *list = ARENA_ARRAY(a, struct scorer, count + 1);

	for (size_t i = 0; i < count; i++, n += 3)
		list[i] = (struct scorer){ n[0], n[1], n[2] };
	*ret = (struct array){ list, count };
	return st;
}

enum status score_list(struct db_read *r, int64_t item_id, struct arena *a, struct array *ret,
                       struct error *reterr)
{
	int64_t *n = NULL;
	size_t count = 0;
	enum status st = numbers(r, &SCORES, item_id, 3, a, &n, &count, reterr);
	struct score *list = ARENA_ARRAY(a, struct score, count + 1);

	for (size_t i = 0; i < count; i++, n += 3)
		list[i] = (struct score){ n[0], (int)n[1], (int)n[2] };
	*ret = (struct array){ list, count };
	return st;
}

enum status own_scores(struct db_read *r, int64_t item_id, int64_t organ_id,
                       int64_t ret[LAW_FACTOR_COUNT], struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st =
	    db_query(r, &OWN_SCORES, DB_ARGS(DB_INT(item_id), DB_INT(organ_id)), &rows, reterr);

	for (int f = 0; f < LAW_FACTOR_COUNT; f++)
		ret[f] = -1;
	if (st != OK)
		return st;
	while (db_next(&rows))
		ret[db_int(&rows, 0)] = db_int(&rows, 1);
	return db_rows_end(&rows, reterr);
}

enum status dissent_list(struct db_read *r, int64_t item_id, struct arena *a, struct array *ret,
                         struct error *reterr)
{
	int64_t *n = NULL;
	size_t count = 0;
	enum status st = numbers(r, &DISSENTS, item_id, 2, a, &n, &count, reterr);
	struct dissent *list = ARENA_ARRAY(a, struct dissent, count + 1);

	for (size_t i = 0; i < count; i++, n += 2)
		list[i] = (struct dissent){ n[0], n[1] };
	*ret = (struct array){ list, count };
	return st;
}

enum status involved_list(struct db_read *r, int64_t item_id, struct arena *a, struct array *ret,
                          struct error *reterr)
{
	int64_t *n = NULL;
	size_t count = 0;
	enum status st = numbers(r, &INVOLVED, item_id, 1, a, &n, &count, reterr);

	*ret = (struct array){ n, count };
	return st;
}

enum status meeting_picture_load(struct db_read *r, int64_t meeting_id, struct meeting_picture *ret,
                                 struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &MEETING_PICTURE, DB_ARGS(DB_INT(meeting_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (struct meeting_picture){
			.items = db_int(&row, 0),
			.undecided = db_int(&row, 1),
			.invited = db_int(&row, 2),
			.presence_unsaid = db_int(&row, 3),
			.present = db_int(&row, 4),
		};
	return st;
}

/* 0 for a setting that isn't there or is no number. */
static int64_t setting_number(const struct db_rows *row, int column)
{
	struct arena a;

	arena_init(&a, 256);
	const int64_t number = strtoll(db_text(row, column, &a), NULL, 10);
	arena_reset(&a);
	return number;
}

enum status item_picture_load(struct db_read *r, int64_t item_id, struct item_picture *ret,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &ITEM_PICTURE, DB_ARGS(DB_INT(item_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (struct item_picture){
			.meeting_running = db_int(&row, 0) == MEETING_RUNNING,
			.submitter_present = db_int(&row, 1) > 0,
			.others_present = db_int(&row, 2),
			.scored = db_int(&row, 3),
			.others_needed = setting_number(&row, 4),
		};
	return st;
}
