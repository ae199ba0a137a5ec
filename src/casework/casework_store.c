/* Reading one casefile: itself, its words, its people, what happened. */
#include "casework/casework.h"

#include <string.h>

#include "casework/casework_parts.h"
#include "platform/core/calendar.h"
#include "platform/crypto/stored.h"

#define OF(v)                                                                                      \
	DB_INT((v)->audiences[0]), DB_INT((v)->audiences[1]), DB_INT((v)->audiences[2]),           \
	    DB_INT((v)->audiences[3])

/* An absent reference asks the audiences of casefile 0: the same work as a hidden one. $2-$5
 * audiences, $6 person, $7 appointment. */
static const struct db_stmt LOAD = {
	"casefile_load", "tiiiiii",
	"SELECT c.id, c.version, c.uuid, c.reference, c.state, c.state_since, c.opened_at,"
	" c.activity, c.variant, c.theme, c.crime_form, c.end_reason, coalesce(b.name, ''),"
	" coalesce(m.name, ''), coalesce(c.municipality_id, 0),"
	" (SELECT count(*) FROM casefile_member x WHERE x.casefile_id = c.id"
	" AND x.appointment_id = $7),"
	" (SELECT count(*) FROM casefile_member x WHERE x.casefile_id = c.id"
	" AND x.appointment_id = $7 AND x.heavy = 1), coalesce(c.bottleneck_id, 0),"
	" coalesce(c.project_id, 0), coalesce(j.name, '')"
	" FROM casefile_audience a JOIN casefile c ON c.id = a.id"
	" LEFT JOIN bottleneck b ON b.id = c.bottleneck_id"
	" LEFT JOIN municipality m ON m.id = c.municipality_id"
	" LEFT JOIN project j ON j.id = c.project_id"
	" WHERE a.id = coalesce((SELECT x.id FROM casefile x WHERE x.reference = $1), 0)"
	" AND a.audience_id IN ($2, $3, $4, $5) AND NOT EXISTS (SELECT 1 FROM casefile_block k"
	" WHERE k.casefile_id = a.id AND k.person_id = $6 AND k.lifted_at = 0) LIMIT 1"
};
#define TEXT_OF                                                                                    \
	"SELECT t.part, t.key_id, t.sealed, k.period_id, k.wrapped FROM casefile_text t"           \
	" LEFT JOIN sealed_key k ON k.id = t.key_id AND k.kind = 2 WHERE t.casefile_id = $1"
static const struct db_stmt TEXTS = { "casefile_texts", "i", TEXT_OF " ORDER BY t.part, t.key_id" };
static const struct db_stmt TITLE = { "casefile_title", "i", TEXT_OF " AND t.part = 1" };
_Static_assert(KEY_PARAGRAPH == 2, "the statements above name the kind of key");
static const struct db_stmt ORGANS = {
	"casefile_organs", "i",
	"SELECT o.id, p.id, p.short_name, o.on_behalf, o.letter, (SELECT count(*)"
	" FROM casefile_member x JOIN appointment a ON a.id = x.appointment_id"
	" WHERE x.casefile_id = c.casefile_id AND a.organ_id = o.id)"
	" FROM casefile_organ c JOIN organ o ON o.id = c.organ_id"
	" JOIN participant p ON p.id = o.participant_id WHERE c.casefile_id = $1"
	" ORDER BY p.sort_key, o.letter, o.id LIMIT 100"
};
static const struct db_stmt MEMBERS = {
	"casefile_members", "ii",
	"SELECT a.id, n.id, n.full_name, p.short_name, coalesce(o.on_behalf, ''), a.role,"
	" x.capacity, x.heavy, (SELECT count(*) FROM casefile_block k WHERE"
	" k.casefile_id = x.casefile_id AND k.person_id = n.id AND k.lifted_at = 0)"
	" FROM casefile_member x JOIN appointment a ON a.id = x.appointment_id"
	" JOIN person n ON n.id = a.person_id JOIN participant p ON p.id = a.participant_id"
	" LEFT JOIN organ o ON o.id = a.organ_id WHERE x.casefile_id = $1 AND a.state = 2"
	" AND (a.ended_at = 0 OR a.ended_at > $2) ORDER BY p.sort_key, n.sort_key, a.id LIMIT 60"
};
/* $3-$6 roles: analyst, coordinator; working group, regievoerder. $7 today. */
static const struct db_stmt CANDIDATES = {
	"casefile_candidates", "iiiiiii",
	"SELECT a.id, n.id, n.full_name, p.short_name, coalesce(o.on_behalf, ''), a.role, 0, 0,"
	" (SELECT count(*) FROM casefile_block k WHERE k.casefile_id = $1"
	" AND k.person_id = n.id AND k.lifted_at = 0)"
	" FROM appointment a JOIN person n ON n.id = a.person_id"
	" JOIN participant p ON p.id = a.participant_id LEFT JOIN organ o ON o.id = a.organ_id"
	" WHERE a.state = 2 AND (a.ended_at = 0 OR a.ended_at > $2) AND a.from_day <= $7"
	" AND (a.until_day = 0 OR a.until_day >= $7)"
	" AND (a.role = $3 OR a.role = $4 OR ((a.role = $5 OR a.role = $6)"
	" AND a.organ_id IN (SELECT c.organ_id FROM casefile_organ c WHERE c.casefile_id = $1)))"
	" AND NOT EXISTS (SELECT 1 FROM casefile_member x WHERE x.casefile_id = $1"
	" AND x.appointment_id = a.id) ORDER BY p.sort_key, n.sort_key, a.id LIMIT 200"
};
/* Whoever could see it: by role, and the people of the participants involved. $3-$6 as above, $7
 * today, $8 head, $9 DPO. */
static const struct db_stmt BLOCKABLE = {
	"casefile_blockable", "iiiiiiiii",
	"SELECT a.id, n.id, n.full_name, p.short_name, coalesce(o.on_behalf, ''), a.role, 0, 0,"
	" (SELECT count(*) FROM casefile_block k WHERE k.casefile_id = $1"
	" AND k.person_id = n.id AND k.lifted_at = 0)"
	" FROM appointment a JOIN person n ON n.id = a.person_id"
	" JOIN participant p ON p.id = a.participant_id LEFT JOIN organ o ON o.id = a.organ_id"
	" WHERE a.state = 2 AND (a.ended_at = 0 OR a.ended_at > $2) AND a.from_day <= $7"
	" AND (a.until_day = 0 OR a.until_day >= $7)"
	" AND (a.role IN ($3, $4, $8, $9) OR (a.role IN ($5, $6)"
	" AND a.organ_id IN (SELECT c.organ_id FROM casefile_organ c WHERE c.casefile_id = $1)))"
	" ORDER BY p.sort_key, n.sort_key, a.id LIMIT 200"
};
static const struct db_stmt BLOCKS = {
	"casefile_blocks", "i",
	"SELECT k.id, k.person_id, k.set_at, n.full_name, k.kind FROM casefile_block k"
	" JOIN person n ON n.id = k.person_id WHERE k.casefile_id = $1 AND k.lifted_at = 0"
	" ORDER BY n.sort_key, k.id LIMIT 200"
};
static const struct db_stmt HISTORY = {
	"casefile_history", "iiiiii",
	"SELECT h.at, h.action, h.to_state, coalesce(p.short_name, ''), " OTHER_CASEFILE
	" FROM casefile_history h LEFT JOIN person n ON n.id = h.actor_id"
	" LEFT JOIN participant p ON p.id = n.participant_id"
	" WHERE h.casefile_id = $1 ORDER BY h.at DESC, h.id DESC LIMIT 100"
};
static const struct db_stmt SIGNALS = {
	"casefile_signals", "iiiii",
	"SELECT s.reference, p.short_name, s.id, (SELECT count(*) FROM signal_audience a"
	" WHERE a.id = s.id AND a.audience_id IN ($2, $3, $4, $5))"
	" FROM casefile_signal c JOIN signal s ON s.id = c.signal_id"
	" JOIN participant p ON p.id = s.participant_id WHERE c.casefile_id = $1"
	" ORDER BY c.linked_at, s.id LIMIT 100"
};
static const struct db_stmt PICTURE = {
	"casefile_picture", "i",
	"SELECT c.state, c.variant, (SELECT count(*) FROM casefile_member x"
	" WHERE x.casefile_id = c.id AND x.capacity = 1), (SELECT count(*) FROM presence p"
	" WHERE p.casefile_id = c.id), (SELECT count(*) FROM casefile_member x"
	" WHERE x.casefile_id = c.id AND x.capacity = 4), (SELECT count(*) FROM intervention i"
	" WHERE i.casefile_id = c.id AND i.state IN (1, 2, 3, 5, 6, 7, 9)),"
	" (SELECT count(*) FROM advice_proposal p JOIN advice d ON d.id = p.advice_id"
	" WHERE d.casefile_id = c.id AND d.state <> 4),"
	" (SELECT count(*) FROM advice_proposal p JOIN advice d ON d.id = p.advice_id"
	" WHERE d.casefile_id = c.id AND d.state <> 4 AND (p.basis_chars = 0"
	" OR p.approach_chars = 0 OR p.effect_chars = 0 OR p.indicator_chars = 0 OR p.hours = 0"
	" OR p.wanted_day = 0 OR p.feasible NOT IN (2, 3))),"
	" (SELECT count(*) FROM advice_source s JOIN advice d ON d.id = s.advice_id"
	" WHERE d.casefile_id = c.id AND d.state <> 4 AND s.state IN (1, 3)),"
	" (SELECT count(*) FROM advice d WHERE d.casefile_id = c.id AND d.state = 3),"
	" CASE WHEN EXISTS (SELECT 1 FROM information_request q WHERE q.casefile_id = c.id"
	" AND q.issued_at > 0 AND q.phase < 3) THEN 1 ELSE 0 END"
	" FROM casefile c WHERE c.id = $1"
};
static const struct db_stmt BOTTLENECKS = {
	"bottleneck_list", "i",
	"SELECT id, uuid, name, scope, designated_by, from_day, until_day,"
	" CASE WHEN from_day <= $1 AND until_day >= $1 THEN 1 ELSE 0 END FROM bottleneck"
	" ORDER BY until_day DESC, id LIMIT 1000"
};

const struct db_stmt *const casework_statements[] = {
	&LOAD,   &TEXTS,   &TITLE,   &ORGANS,  &MEMBERS,     &CANDIDATES, &BLOCKABLE,
	&BLOCKS, &HISTORY, &SIGNALS, &PICTURE, &BOTTLENECKS, NULL,
};

/* ---- one casefile ------------------------------------------------------------------------- */

static void read_casefile(const struct db_rows *row, struct arena *a, struct casefile *ret)
{
	*ret = (struct casefile){
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.uuid = uuid_stored(row, 2),
		.reference = db_text(row, 3, a),
		.state = (uint8_t)db_int(row, 4),
		.state_since = db_int(row, 5),
		.opened_at = db_int(row, 6),
		.activity = (int)db_int(row, 7),
		.variant = (int)db_int(row, 8),
		.theme = (int)db_int(row, 9),
		.crime_form = (int)db_int(row, 10),
		.end_reason = (int)db_int(row, 11),
		.bottleneck = db_text(row, 12, a),
		.municipality = db_text(row, 13, a),
		.municipality_id = db_int(row, 14),
		.member = db_int(row, 15) > 0,
		.named_heavy = db_int(row, 16) > 0,
		.bottleneck_id = db_int(row, 17),
		.project_id = db_int(row, 18),
		.project = db_text(row, 19, a),
	};
}

enum status casefile_load(struct db_read *r, const struct viewer *viewer, const char *reference,
                          struct arena *a, struct casefile *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &LOAD,
	                          DB_ARGS(DB_TEXT(reference), OF(viewer), DB_INT(viewer->person_id),
	                                  DB_INT(viewer->appointment_id)),
	                          &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		read_casefile(&row, a, ret);
	return st;
}

struct viewer casefile_viewer(const struct viewer *viewer, const struct casefile *c)
{
	struct viewer v = *viewer;

	if (c->member && v.audience_count < VIEWER_AUDIENCES_MAX)
		v.audiences[v.audience_count++] = audience_of(AUDIENCE_CASEFILE, c->id);
	return v;
}

bool casefile_writable(const struct viewer *viewer, const struct casefile *c)
{
	const struct viewer v = casefile_viewer(viewer, c);
	struct thing thing;

	casefile_thing(&(struct casefile_facts){ c->id, c->state }, &thing);
	return access_may(&v, ACT_WRITE, &thing);
}

bool casefile_may_tell(const struct viewer *viewer, const struct casefile *c)
{
	return viewer->role == ROLE_WORKING_GROUP && viewer->letter != 0 &&
	       casefile_writable(viewer, c);
}

/* ---- words --------------------------------------------------------------------------------- */

static struct seal_place text_place(const struct uuid *uuid, int64_t part, int64_t key_id)
{
	return (struct seal_place){ .table = "casefile_text",
		                    .column = "sealed",
		                    .id = uuid_number(uuid),
		                    .category = part,
		                    .version = key_id };
}

struct sealed_casefile_text casefile_text_read(const struct db_rows *row, int column,
                                               struct arena *a)
{
	struct sealed_casefile_text t = { .part = db_int(row, column) };

	if (db_is_null(row, column + 2))
		return t;
	t.sealed = db_bytes(row, column + 2, a, &t.len);
	t.key = key_beside(row, column + 1, column + 3, KEY_PARAGRAPH, a);
	return t;
}

enum status casefile_text_open(struct keyring *k, const struct uuid *uuid,
                               const struct sealed_casefile_text *t, struct arena *a,
                               const char **ret, struct error *reterr)
{
	const struct seal_place place = text_place(uuid, t->part, t->key.id);
	struct seal_key key;
	size_t len = 0;

	*ret = "";
	if (t->sealed == NULL)
		return OK;
	enum status st = key_open(k, &t->key, &key, reterr);
	if (st == ERR_NOT_FOUND)
		return OK;
	if (st != OK)
		return st;
	st = seal_open(&key, &place, t->sealed, t->len, a, ret, &len, reterr);
	seal_key_wipe(&key);
	return st;
}

// NOLINTNEXTLINE(readability-function-size): which statement, of which casefile
static enum status read_texts(struct db_read *r, const struct db_stmt *s, int64_t id,
                              struct arena *a, struct sealed_casefile_text ret[CASEFILE_PART_COUNT],
                              size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, s, DB_ARGS(DB_INT(id)), &rows, reterr);

	if (st != OK)
		return st;
	while (*ret_count < CASEFILE_PART_COUNT && db_next(&rows))
		ret[(*ret_count)++] = casefile_text_read(&rows, 0, a);
	return db_rows_end(&rows, reterr);
}

enum status casefile_texts_load(struct db_read *r, struct keyring *k, const struct casefile *c,
                                struct arena *a, struct casefile_texts *ret, struct error *reterr)
{
	struct sealed_casefile_text rows[CASEFILE_PART_COUNT];
	size_t count = 0;

	for (size_t i = 0; i < CASEFILE_PART_COUNT; i++)
		ret->part[i] = "";
	enum status st = read_texts(r, &TEXTS, c->id, a, rows, &count, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		if (rows[i].part > 0 && rows[i].part < CASEFILE_PART_COUNT)
			st = casefile_text_open(k, &c->uuid, &rows[i], a, &ret->part[rows[i].part],
			                        reterr);
	return st;
}

enum status casefile_title_load(struct db_read *r, struct keyring *k, int64_t id,
                                const struct uuid *uuid, struct arena *a, const char **ret,
                                struct error *reterr)
{
	struct sealed_casefile_text rows[CASEFILE_PART_COUNT];
	size_t count = 0;

	*ret = "";
	enum status st = read_texts(r, &TITLE, id, a, rows, &count, reterr);
	return st == OK && count > 0 ? casefile_text_open(k, uuid, &rows[0], a, ret, reterr) : st;
}

void casefile_seal_part(struct keyring *k, struct casefile_new *n, enum casefile_part part,
                        const char *text, struct arena *a)
{
	struct sealed_casefile_part *to = &n->parts[part];

	*to = (struct sealed_casefile_part){ 0 };
	if (text == NULL || text[strspn(text, " \n\t")] == '\0')
		return;
	key_fresh(k, KEY_PARAGRAPH, &to->key);
	const struct seal_place place = text_place(&n->uuid, part, to->key.id);
	to->sealed = seal_in(a, &to->key.key, &place, text, strlen(text), &to->len);
	seal_key_wipe(&to->key.key);
}

/* ---- people -------------------------------------------------------------------------------- */

enum status casefile_organs(struct db_read *r, int64_t id, struct arena *a, struct array *ret,
                            struct error *reterr)
{
	enum { MAX = 100 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct casefile_organ *list = ARENA_ARRAY(a, struct casefile_organ, MAX);
	size_t count = 0;

	enum status st = db_query(r, &ORGANS, DB_ARGS(DB_INT(id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct casefile_organ){
			.organ_id = db_int(&rows, 0),
			.participant_id = db_int(&rows, 1),
			.participant = db_text(&rows, 2, a),
			.on_behalf = db_text(&rows, 3, a),
			.letter = db_text(&rows, 4, a)[0],
			.members = db_int(&rows, 5),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static enum status people(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                          struct arena *a, struct array *ret, struct error *reterr)
{
	enum { MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct casefile_member *list = ARENA_ARRAY(a, struct casefile_member, MAX);
	size_t count = 0;

	enum status st = db_query(r, s, args, &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows)) {
		struct casefile_member *m = &list[count++];
		*m = (struct casefile_member){
			.appointment_id = db_int(&rows, 0),
			.person_id = db_int(&rows, 1),
			.person = db_text(&rows, 2, a),
			.participant = db_text(&rows, 3, a),
			.on_behalf = db_text(&rows, 4, a),
			.role = (enum role)db_int(&rows, 5),
			.capacity = (int)db_int(&rows, 6),
			.heavy = db_int(&rows, 7) == 1,
			.blocked = db_int(&rows, 8) > 0,
		};
		if (m->capacity == 0)
			m->capacity = capacity_of_role(m->role);
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status casefile_members(struct db_read *r, int64_t id, int64_t now_ms, struct arena *a,
                             struct array *ret, struct error *reterr)
{
	return people(r, &MEMBERS, DB_ARGS(DB_INT(id), DB_INT(now_ms)), a, ret, reterr);
}

enum status casefile_candidates(struct db_read *r, int64_t id, int64_t now_ms, struct arena *a,
                                struct array *ret, struct error *reterr)
{
	return people(r, &CANDIDATES,
	              DB_ARGS(DB_INT(id), DB_INT(now_ms), DB_INT(ROLE_ANALYST),
	                      DB_INT(ROLE_INFO_COORDINATOR), DB_INT(ROLE_WORKING_GROUP),
	                      DB_INT(ROLE_INTERVENTION_LEAD), DB_INT(local_day(now_ms))),
	              a, ret, reterr);
}

enum status casefile_blockable(struct db_read *r, int64_t id, int64_t now_ms, struct arena *a,
                               struct array *ret, struct error *reterr)
{
	return people(r, &BLOCKABLE,
	              DB_ARGS(DB_INT(id), DB_INT(now_ms), DB_INT(ROLE_ANALYST),
	                      DB_INT(ROLE_INFO_COORDINATOR), DB_INT(ROLE_WORKING_GROUP),
	                      DB_INT(ROLE_INTERVENTION_LEAD), DB_INT(local_day(now_ms)),
	                      DB_INT(ROLE_RIEC_HEAD), DB_INT(ROLE_COORD_DPO)),
	              a, ret, reterr);
}

enum status casefile_blocks(struct db_read *r, int64_t id, struct arena *a, struct array *ret,
                            struct error *reterr)
{
	enum { MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct casefile_block *list = ARENA_ARRAY(a, struct casefile_block, MAX);
	size_t count = 0;

	enum status st = db_query(r, &BLOCKS, DB_ARGS(DB_INT(id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct casefile_block){
			.id = db_int(&rows, 0),
			.person_id = db_int(&rows, 1),
			.set_at = db_int(&rows, 2),
			.person = db_text(&rows, 3, a),
			.kind = (int)db_int(&rows, 4),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

/* ---- what happened ------------------------------------------------------------------------- */

enum status casefile_history(struct db_read *r, const struct viewer *viewer, int64_t id,
                             struct arena *a, struct array *ret, struct error *reterr)
{
	enum { MAX = 100 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct casefile_event *list = ARENA_ARRAY(a, struct casefile_event, MAX);
	size_t count = 0;

	enum status st = db_query(
	    r, &HISTORY, DB_ARGS(DB_INT(id), OF(viewer), DB_INT(viewer->person_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct casefile_event){
			.at = db_int(&rows, 0),
			.action = (int)db_int(&rows, 1),
			.to_state = (uint8_t)db_int(&rows, 2),
			.actor = db_text(&rows, 3, a),
			.other = db_text(&rows, 4, a),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status casefile_signals(struct db_read *r, const struct viewer *viewer, int64_t id,
                             struct arena *a, struct array *ret, struct error *reterr)
{
	enum { MAX = 100 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct casefile_source *list = ARENA_ARRAY(a, struct casefile_source, MAX);
	size_t count = 0;

	enum status st = db_query(r, &SIGNALS, DB_ARGS(DB_INT(id), OF(viewer)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct casefile_source){
			.reference = db_text(&rows, 0, a),
			.participant = db_text(&rows, 1, a),
			.signal_id = db_int(&rows, 2),
			.readable = db_int(&rows, 3) > 0,
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status casefile_picture_load(struct db_read *r, int64_t id, struct casefile_picture *ret,
                                  struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &PICTURE, DB_ARGS(DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret = (struct casefile_picture){
		.state = (uint8_t)db_int(&row, 0),
		.variant = (int)db_int(&row, 1),
		.analysts = db_int(&row, 2),
		.subjects = db_int(&row, 3),
		.lead_appointed = db_int(&row, 4) > 0,
		.open_interventions = db_int(&row, 5),
		.proposals = db_int(&row, 6),
		.incomplete_proposals = db_int(&row, 7),
		.open_objections = db_int(&row, 8),
		.advice_final = db_int(&row, 9) > 0,
		.asked = db_int(&row, 10) > 0,
	};
	return OK;
}

/* ---- bottlenecks ----------------------------------------------------------------------------- */

enum status bottleneck_list(struct db_read *r, int64_t today, struct arena *a, struct array *ret,
                            struct error *reterr)
{
	enum { MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct bottleneck *list = ARENA_ARRAY(a, struct bottleneck, MAX);
	size_t count = 0;

	enum status st = db_query(r, &BOTTLENECKS, DB_ARGS(DB_INT(today)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct bottleneck){
			.id = db_int(&rows, 0),
			.uuid = uuid_stored(&rows, 1),
			.name = db_text(&rows, 2, a),
			.scope = db_text(&rows, 3, a),
			.designated_by = db_text(&rows, 4, a),
			.from_day = db_int(&rows, 5),
			.until_day = db_int(&rows, 6),
			.in_force = db_int(&rows, 7) == 1,
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}
