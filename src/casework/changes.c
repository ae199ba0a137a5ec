#include "casework/changes.h"

#include <string.h>

#include "casework/casefile.h"

const struct code CHANGE_TOPICS[] = {
	{ CHANGE_CASEFILE, "casefile", "Casus" },
	{ CHANGE_SUBJECT, "subject", "Betrokkene" },
	{ CHANGE_REQUEST, "request", "Bevraging" },
	{ CHANGE_INTERVENTION, "intervention", "Interventie" },
	{ CHANGE_SIGNAL, "signal", "Signaal" },
	{ CHANGE_ANALYSIS, "analysis", "Analyse" },
	{ CHANGE_ADVICE, "advice", "Advies" },
	{ CHANGE_NOTE, "note", "Notitie" },
	{ CHANGE_TASK, "task", "Taak" },
	{ 0 },
};
const struct code CHANGE_KINDS[] = {
	{ 1, "CHANGED", "Veranderd" },
	{ 2, "FACTS", "Feiten erbij of verbeterd" },
	{ 0 },
};

static const struct db_stmt NOW = { "changes_now", "", "SELECT turn FROM change_now" };

/*
 * Changes behind a place, oldest first, from the table of changes alone: $1 turn, $2 place, $3 that
 * place where turns are all alike (SQLite, which can't reach into a row comparison there), else 0.
 */
#define BEHIND(one, two, least)                                                                    \
	" FROM change_settled w WHERE (w.turn, w.id) > (" one ", " two ") AND w.id > " least       \
	" ORDER BY w.turn, w.id LIMIT "
/* The last of $4 changes at most, and how many they are. */
static const struct db_stmt STRETCH_END = { "changes_stretch_end", "iiii",
	                                    "SELECT s.turn, s.id, count(*) OVER ()"
	                                    " FROM (SELECT w.turn, w.id" BEHIND(
						"$1", "$2",
						"$3") "$4) s"
	                                              " ORDER BY s.turn DESC, s.id DESC LIMIT 1" };
/*
 * Of a stretch of changes, so that no plan reads whole tables. $1 turn, $2 place; $3-$6 audiences,
 * $7 person, $8 appointment; $9 the highest phase of which he reads facts, $10 where he is named for phase 3; $11-$17 1: his role knows this topic; $18 as $3 of
 * BEHIND, $19 how many are in the stretch. A signal that was not adopted, withdrawn or destroyed (10 to
 * 12) is known to nobody (decisions 1.8).
 */
#define MINE(table, of)                                                                            \
	"EXISTS (SELECT 1 FROM " table " a WHERE a.id = " of                                       \
	" AND a.audience_id IN ($3, $4, $5, $6)"
#define HIS_PHASE                                                                                  \
	" CASE WHEN EXISTS (SELECT 1 FROM casefile_member m WHERE m.casefile_id = c.id"            \
	" AND m.appointment_id = $8 AND m.heavy = 1) THEN $10 ELSE $9 END"
/* What moved last in an analysis, as far as this viewer reads; his phase in $9 or $10. */
#define LATER(one, other) " CASE WHEN " one " > " other " THEN " one " ELSE " other " END"
#define LIVE                                                                                       \
	" CASE WHEN" HIS_PHASE " >= 3 THEN (SELECT max(l.at) FROM (SELECT s.live_1 AS at"          \
	" UNION ALL SELECT s.live_2 UNION ALL SELECT s.live_3) l) WHEN" HIS_PHASE                  \
	" = 2 THEN" LATER("s.live_1", "s.live_2") " ELSE s.live_1 END"
/* clang-format off */
static const struct db_stmt AFTER = {
	"changes_after", "iiiiiiiiiiiiiiiiiii",
	"SELECT x.turn, x.id, x.topic, coalesce(q.reference, i.reference, g.reference,"
	" d.reference, c.reference, ''), coalesce(p.number, n.number, t.id, 0),"
	" CASE x.topic WHEN 1 THEN c.version WHEN 2 THEN"
	" (SELECT count(*) FROM fact f WHERE f.presence_id = p.id AND f.phase <= " HIS_PHASE ")"
	" + (SELECT count(*) FROM fact f JOIN fact_correction k ON k.fact_id = f.id"
	" WHERE f.presence_id = p.id AND f.phase <= " HIS_PHASE ")"
	" WHEN 3 THEN q.version WHEN 4 THEN i.version WHEN 5 THEN g.version WHEN 6 THEN" LIVE
	" WHEN 7 THEN d.version WHEN 8 THEN n.version"
	" ELSE CASE WHEN t.done_at > 0 THEN 2 ELSE 1 END END"
	" FROM (SELECT w.turn, w.id, w.topic, w.object_id, w.phase" BEHIND("$1", "$2", "$18") "$19) x"
	" LEFT JOIN presence p ON x.topic = 2 AND p.id = x.object_id"
	" LEFT JOIN information_request q ON x.topic = 3 AND q.id = x.object_id"
	" LEFT JOIN intervention i ON x.topic = 4 AND i.id = x.object_id"
	" LEFT JOIN signal g ON x.topic = 5 AND g.id = x.object_id"
	" LEFT JOIN analysis s ON x.topic = 6 AND s.id = x.object_id"
	" LEFT JOIN advice d ON x.topic = 7 AND d.id = x.object_id"
	" LEFT JOIN casefile_note n ON x.topic = 8 AND n.id = x.object_id AND n.removed_at = 0"
	" LEFT JOIN casefile_task t ON x.topic = 9 AND t.id = x.object_id"
	" LEFT JOIN casefile c ON c.id = CASE x.topic WHEN 1 THEN x.object_id"
	" WHEN 2 THEN p.casefile_id WHEN 3 THEN q.casefile_id WHEN 4 THEN i.casefile_id"
	" WHEN 6 THEN s.casefile_id WHEN 7 THEN d.casefile_id WHEN 8 THEN n.casefile_id"
	" WHEN 9 THEN t.casefile_id END"
	" WHERE ((x.topic IN (1, 9) AND $11 = 1 AND " MINE("casefile_audience", "c.id") "))"
	" OR (x.topic IN (2, 8) AND $12 = 1 AND x.phase <= " HIS_PHASE
	" AND " MINE("casefile_audience", "c.id") "))"
	" OR (x.topic = 3 AND $13 = 1 AND " MINE("request_audience", "q.id") "))"
	" OR (x.topic = 4 AND $14 = 1 AND " MINE("intervention_audience", "i.id") "))"
	" OR (x.topic = 5 AND $15 = 1 AND " MINE("signal_audience", "g.id") " AND a.state < 10))"
	" OR (x.topic = 6 AND $16 = 1 AND x.phase <= " HIS_PHASE
	" AND " MINE("casefile_audience", "c.id") "))"
	" OR (x.topic = 7 AND $17 = 1 AND (" MINE("casefile_audience", "c.id") ")"
	" OR " MINE("advice_audience", "d.id") " AND a.reach = 2 AND (a.casefile_states"
	" & (CAST(1 AS bigint) << CAST(c.state AS int))) <> 0))))"
	" AND NOT EXISTS (SELECT 1 FROM casefile_block k WHERE k.casefile_id = c.id"
	" AND k.person_id = $7 AND k.lifted_at = 0) ORDER BY x.turn, x.id LIMIT 100"
};
/* clang-format on */

const struct db_stmt *const changes_statements[] = { &NOW, &STRETCH_END, &AFTER, NULL };

/* ---- reading ---------------------------------------------------------------------------------- */

/* The casefile's number, and where in it. */
static const char *id_of(struct arena *a, int topic, const char *reference, int64_t number)
{
	switch (topic) {
	case CHANGE_SUBJECT:
		return arena_printf(a, "%s/subjects/%lld", reference, (long long)number);
	case CHANGE_ANALYSIS:
		return arena_printf(a, "%s/analysis", reference);
	case CHANGE_NOTE:
		return arena_printf(a, "%s/notes/%lld", reference, (long long)number);
	case CHANGE_TASK:
		return arena_printf(a, "%s/tasks/%lld", reference, (long long)number);
	default:
		return reference;
	}
}

static struct changed read_changed(const struct db_rows *row, struct arena *a)
{
	const int topic = (int)db_int(row, 2);

	return (struct changed){
		.place = { db_int(row, 0), db_int(row, 1) },
		.topic = topic,
		.kind = topic == CHANGE_SUBJECT ? 2 : 1,
		.id = id_of(a, topic, db_text(row, 3, a), db_int(row, 4)),
		.version = db_int(row, 5),
	};
}

/* A place of a later turn than any: the database was put back, and begins its turns anew. */
static enum status must_have_been(struct db_read *r, struct change_place after,
                                  struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &NOW, DB_NO_ARGS, &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK && after.turn >= db_int(&row, 0))
		return FAIL(
		    reterr, ERR_INVALID,
		    "Deze plaats in de lijst is er niet meer. Begin opnieuw, zonder after.");
	return st;
}

static int64_t knows(const struct viewer *v, enum permission permission)
{
	return access_permits(v->role, permission) ? 1 : 0;
}

/* What a reader asks with: a stretch of changes, as far as he may know of them. */
struct asking {
	struct db_read *read;
	const struct viewer *viewer;
	struct changed *list;
	size_t count;
};

static struct db_value least_of(struct change_place after)
{
	return DB_INT(after.turn == 0 ? after.seq : 0);
}

/* *ret_more false: fewer changes follow than a stretch holds, and *ret is left alone. */
static enum status stretch_end(struct db_read *r, struct change_place after,
                               struct change_place *ret, bool *ret_more, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &STRETCH_END,
	                          DB_ARGS(DB_INT(after.turn), DB_INT(after.seq), least_of(after),
	                                  DB_INT(CHANGES_STRETCH)),
	                          &row, reterr);

	*ret_more = st == OK && db_next(&row) && db_int(&row, 2) == CHANGES_STRETCH;
	if (*ret_more)
		*ret = (struct change_place){ db_int(&row, 0), db_int(&row, 1) };
	return st == OK ? db_rows_end(&row, reterr) : st;
}

static enum status read_stretch(struct asking *q, struct change_place after, struct arena *a,
                                struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const struct viewer *v = q->viewer;
	const audience *of = v->audiences;
	const int64_t reads = knows(v, PERM_CASEFILE_READ);

	enum status st = db_query(
	    q->read, &AFTER,
	    DB_ARGS(DB_INT(after.turn), DB_INT(after.seq), DB_INT(of[0]), DB_INT(of[1]),
	            DB_INT(of[2]), DB_INT(of[3]), DB_INT(v->person_id), DB_INT(v->appointment_id),
	            DB_INT(casefile_reads_phase(v->role, false)),
	            DB_INT(casefile_reads_phase(v->role, true)), DB_INT(reads), DB_INT(reads),
	            DB_INT(knows(v, PERM_REQUEST_READ)), DB_INT(knows(v, PERM_INTERVENTION_READ)),
	            DB_INT(knows(v, PERM_SIGNAL_READ)), DB_INT(knows(v, PERM_ANALYSIS_READ)),
	            DB_INT(knows(v, PERM_ADVICE_READ)), least_of(after), DB_INT(CHANGES_STRETCH)),
	    &rows, reterr);
	if (st != OK)
		return st;
	while (q->count < CHANGES_AT_ONCE && db_next(&rows))
		q->list[q->count++] = read_changed(&rows, a);
	return db_rows_end(&rows, reterr);
}

static bool is_full(const struct asking *q)
{
	return q->count == CHANGES_AT_ONCE;
}

enum status changes_after(struct db_read *r, const struct viewer *viewer, struct change_place after,
                          int stretches, struct arena *a, struct changes *ret, struct error *reterr)
{
	struct asking q = { .read = r,
		            .viewer = viewer,
		            .list = ARENA_ARRAY(a, struct changed, CHANGES_AT_ONCE) };
	struct change_place begin = after;
	bool more = true;

	enum status st = must_have_been(r, after, reterr);
	for (int i = 0; st == OK && more && !is_full(&q) && i < stretches; i++) {
		struct change_place end = begin;
		st = stretch_end(r, begin, &end, &more, reterr);
		if (st == OK)
			st = read_stretch(&q, begin, a, reterr);
		begin = end;
	}
	if (st != OK)
		return st;
	*ret = (struct changes){ .list = { q.list, q.count }, .more = more || is_full(&q) };
	ret->reached = more && !is_full(&q) ? begin
	               : q.count > 0        ? q.list[q.count - 1].place
	                                    : after;
	return OK;
}

/* ---- the cursor --------------------------------------------------------------------------------- */

enum { TAG_BYTES = 16, PLACE_BYTES = sizeof(struct change_place) };
_Static_assert((TAG_BYTES + PLACE_BYTES) * 2 + 1 == CHANGE_CURSOR_BYTES, "a cursor in hex");

static struct digest tag_of(const struct mac_key *key, int64_t appointment_id,
                            const struct change_place *place)
{
	const struct span parts[] = { SPAN_OF(appointment_id), SPAN_OF(*place) };
	return digest_keyed(key, "change-place", parts, 2);
}

/* The tag is the nonce: the same place gives the same cursor, another place another pad. */
static void mask(const struct mac_key *key, const uint8_t tag[TAG_BYTES],
                 uint8_t place[PLACE_BYTES])
{
	const struct span parts[] = { SPAN(tag, TAG_BYTES) };
	const struct digest pad = digest_keyed(key, "change-pad", parts, 1);

	for (size_t i = 0; i < PLACE_BYTES; i++)
		place[i] ^= pad.bytes[i];
}

void change_cursor(const struct mac_key *key, int64_t appointment_id, struct change_place place,
                   char ret[CHANGE_CURSOR_BYTES])
{
	const struct digest tag = tag_of(key, appointment_id, &place);
	uint8_t bytes[TAG_BYTES + PLACE_BYTES];

	memcpy(bytes, tag.bytes, TAG_BYTES);
	memcpy(bytes + TAG_BYTES, &place, PLACE_BYTES);
	mask(key, bytes, bytes + TAG_BYTES);
	hex_text(bytes, sizeof bytes, ret);
}

static int nibble(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool change_cursor_read(const struct mac_key *key, int64_t appointment_id, const char *text,
                        struct change_place *ret)
{
	uint8_t bytes[TAG_BYTES + PLACE_BYTES];
	struct change_place place;

	if (strlen(text) != CHANGE_CURSOR_BYTES - 1)
		return false;
	for (size_t i = 0; i < sizeof bytes; i++) {
		const int high = nibble(text[2 * i]), low = nibble(text[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		bytes[i] = (uint8_t)(high << 4 | low);
	}
	mask(key, bytes, bytes + TAG_BYTES);
	memcpy(&place, bytes + TAG_BYTES, PLACE_BYTES);
	const struct digest tag = tag_of(key, appointment_id, &place);
	if (!secret_equal(tag.bytes, bytes, TAG_BYTES))
		return false;
	*ret = place;
	return true;
}
