#include "matches/seen.h"
#include "platform/crypto/stored.h"

/*
 * $1-$4 audiences, $5 person, $6 participant (0: any, and casefiles as well). Signals that were not
 * adopted, withdrawn or destroyed (10 to 12) are known to nobody (decisions 1.8).
 */
#define COLUMNS                                                                                    \
	"SELECT p.id, p.number, coalesce(p.signal_id, 0), coalesce(p.casefile_id, 0),"             \
	" p.first_processed_at, p.uuid, p.subject_uuid, p.kind, p.role,"                           \
	" coalesce(s.reference, c.reference, ''), coalesce(n.short_name, '')"
#define JOINS                                                                                      \
	" LEFT JOIN signal s ON s.id = p.signal_id LEFT JOIN casefile c ON c.id = p.casefile_id"   \
	" LEFT JOIN participant n ON n.id = s.participant_id"
#define MAY_SEE                                                                                    \
	" (EXISTS (SELECT 1 FROM signal_audience a WHERE a.id = p.signal_id"                       \
	" AND a.audience_id IN ($1, $2, $3, $4) AND a.state < 10"                                  \
	" AND ($6 = 0 OR a.participant_id = $6)) OR ($6 = 0 AND EXISTS"                            \
	" (SELECT 1 FROM casefile_audience b WHERE b.id = p.casefile_id"                           \
	" AND b.audience_id IN ($1, $2, $3, $4)) AND NOT EXISTS (SELECT 1 FROM casefile_block k"   \
	" WHERE k.casefile_id = p.casefile_id AND k.person_id = $5 AND k.lifted_at = 0)))"
#define FIFTY_SIX                                                                                  \
	"$7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, "                      \
	"$21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, "                   \
	"$35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, "                   \
	"$49, $50, $51, $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62"
static const struct db_stmt AMONG = { "seen_presences",
	                              "iiiiii"
	                              "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii",
	                              COLUMNS " FROM presence p" JOINS " WHERE p.id IN (" FIFTY_SIX
	                                      ") AND" MAY_SEE " ORDER BY p.id LIMIT 56" };
static const struct db_stmt NAMED = { "seen_presence_named", "iiiiiib",
	                              COLUMNS " FROM presence p" JOINS
	                                      " WHERE p.uuid = $7 AND" MAY_SEE };
/* $1-$4 audiences, $5 person, $6 rows, $7 before this id. */
static const struct db_stmt NEWEST = {
	"seen_newest", "iiiiiii",
	COLUMNS " FROM (SELECT x.id FROM (SELECT DISTINCT a.id FROM signal_audience a"
		" WHERE a.audience_id IN ($1, $2, $3, $4) AND a.state < 10) u"
		" JOIN presence x ON x.signal_id = u.id UNION ALL"
		" SELECT y.id FROM (SELECT DISTINCT b.id FROM casefile_audience b"
		" WHERE b.audience_id IN ($1, $2, $3, $4) AND NOT EXISTS"
		" (SELECT 1 FROM casefile_block k WHERE k.casefile_id = b.id"
		" AND k.person_id = $5 AND k.lifted_at = 0)) v"
		" JOIN presence y ON y.casefile_id = v.id) w JOIN presence p ON p.id = w.id" JOINS
		" WHERE p.id < $7 ORDER BY p.id DESC LIMIT $6"
};

enum { READERS_MAX = 200 };
static const struct db_stmt SIGNAL_READERS = {
	"seen_signal_readers", "i",
	"SELECT audience_id FROM signal_audience WHERE id = $1 AND state < 10"
	" ORDER BY audience_id LIMIT 200"
};
static const struct db_stmt CASEFILE_READERS = {
	"seen_casefile_readers", "i",
	"SELECT audience_id FROM casefile_audience WHERE id = $1 ORDER BY audience_id LIMIT 200"
};
static const struct db_stmt BLOCKED = {
	"seen_blocked", "i",
	"SELECT person_id FROM casefile_block WHERE casefile_id = $1 AND lifted_at = 0"
	" ORDER BY person_id LIMIT 200"
};

const struct db_stmt *const seen_statements[] = {
	&AMONG, &NAMED, &NEWEST, &SIGNAL_READERS, &CASEFILE_READERS, &BLOCKED, NULL
};

#define OF(v)                                                                                      \
	DB_INT((v)->audiences[0]), DB_INT((v)->audiences[1]), DB_INT((v)->audiences[2]),           \
	    DB_INT((v)->audiences[3]), DB_INT((v)->person_id)

static struct seen_presence row_of(const struct db_rows *row, struct arena *a)
{
	struct seen_presence ret = {
		.id = db_int(row, 0),
		.number = db_int(row, 1),
		.signal_id = db_int(row, 2),
		.casefile_id = db_int(row, 3),
		.first_processed_at = db_int(row, 4),
		.uuid = uuid_stored(row, 5),
		.subject_uuid = uuid_stored(row, 6),
		.kind = (int)db_int(row, 7),
		.role = (int)db_int(row, 8),
		.reference = db_text(row, 9, a),
		.participant = db_text(row, 10, a),
	};

	ret.href = ret.signal_id != 0 ? arena_printf(a, "/signals/%s", ret.reference)
	                              : arena_printf(a, "/casefiles/%s/subjects/%lld",
	                                             ret.reference, (long long)ret.number);
	return ret;
}

static enum status read_rows(struct db_read *r, const struct db_stmt *s,
                             const struct db_value *args, size_t most, struct arena *a,
                             struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct seen_presence *list = ARENA_ARRAY(a, struct seen_presence, most);
	size_t count = 0;

	enum status st = db_query(r, s, args, &rows, reterr);
	while (st == OK && count < most && db_next(&rows))
		list[count++] = row_of(&rows, a);
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

// NOLINTNEXTLINE(readability-function-size): whose rights, which presences, and where they go
enum status seen_presences(struct db_read *r, const struct viewer *viewer, int64_t participant_id,
                           const int64_t *ids, size_t count, struct arena *a, struct array *ret,
                           struct error *reterr)
{
	enum { BEFORE = 6 };
	struct db_value args[BEFORE + SEEN_AT_ONCE] = { OF(viewer), DB_INT(participant_id) };

	for (size_t i = 0; i < SEEN_AT_ONCE; i++)
		args[BEFORE + i] = DB_INT(i < count ? ids[i] : 0);
	return read_rows(r, &AMONG, args, SEEN_AT_ONCE, a, ret, reterr);
}

enum status seen_presence_named(struct db_read *r, const struct viewer *viewer, const char *uuid,
                                struct arena *a, struct seen_presence *ret, struct error *reterr)
{
	struct array rows = { 0 };
	struct uuid name = { { 0 } };

	(void)uuid_parse(uuid, &name); /* one that can't be read names nothing: the same work */
	const enum status st =
	    read_rows(r, &NAMED, DB_ARGS(OF(viewer), DB_INT(0), DB_BYTES(name.bytes, UUID_BYTES)),
	              1, a, &rows, reterr);
	if (st == OK && rows.count == 0)
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		*ret = *(const struct seen_presence *)rows.items;
	return st;
}

enum status seen_newest(struct db_read *r, const struct viewer *viewer, int64_t before_id,
                        struct arena *a, struct array *ret, bool *ret_more, struct error *reterr)
{
	const enum status st = read_rows(
	    r, &NEWEST, DB_ARGS(OF(viewer), DB_INT(SEEN_NEWEST_MAX + 1), DB_INT(before_id)),
	    SEEN_NEWEST_MAX + 1, a, ret, reterr);

	*ret_more = st == OK && ret->count > SEEN_NEWEST_MAX;
	if (*ret_more)
		ret->count = SEEN_NEWEST_MAX;
	return st;
}

static enum status numbers(struct db_read *r, const struct db_stmt *s, int64_t id, struct arena *a,
                           struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *list = ARENA_ARRAY(a, int64_t, READERS_MAX);
	size_t count = 0;

	const enum status st = db_query(r, s, DB_ARGS(DB_INT(id)), &rows, reterr);
	while (st == OK && count < READERS_MAX && db_next(&rows))
		list[count++] = db_int(&rows, 0);
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status presence_readers_load(struct db_read *r, const struct seen_presence *p, struct arena *a,
                                  struct presence_readers *ret, struct error *reterr)
{
	*ret = (struct presence_readers){ 0 };
	if (p->signal_id != 0)
		return numbers(r, &SIGNAL_READERS, p->signal_id, a, &ret->readers, reterr);
	const enum status st =
	    numbers(r, &CASEFILE_READERS, p->casefile_id, a, &ret->readers, reterr);
	return st == OK ? numbers(r, &BLOCKED, p->casefile_id, a, &ret->blocked, reterr) : st;
}

static bool among(const struct array *numbers, int64_t one)
{
	const int64_t *list = numbers->items;

	for (size_t i = 0; i < numbers->count; i++)
		if (list[i] == one)
			return true;
	return false;
}

bool presence_opens_to(const struct viewer *viewer, const struct presence_readers *of)
{
	if (among(&of->blocked, viewer->person_id))
		return false;
	for (size_t i = 0; i < viewer->audience_count; i++)
		if (among(&of->readers, viewer->audiences[i]))
			return true;
	return false;
}
