/* Reading advices: one, those of a viewer, what guards ask, who it is open to. */
#include "advice/advices.h"

#include "advice/advice_seal.h"
#include "casework/casefile.h"
#include "platform/crypto/stored.h"

#define COLUMNS                                                                                    \
	"SELECT d.id, d.version, d.revision, d.casefile_id, d.edition, d.uuid, d.reference,"       \
	" c.reference, d.state, c.state, c.variant, d.state_since, d.created_at, d.written_by,"    \
	" d.key_id, d.frozen_key_id, d.reason_key_id, d.introduction, d.conclusion, d.frozen,"     \
	" d.reason, d.conclusion_chars, d.digest"

/* What an audience of its own gives in the state in which the casefile is now; 0: nothing. */
#define OWN_REACH                                                                                  \
	"coalesce((SELECT max(x.reach) FROM advice_audience x WHERE x.id = d.id"                   \
	" AND x.audience_id IN ($1, $2, $3, $4)"                                                   \
	" AND (x.casefile_states & (CAST(1 AS bigint) << CAST(c.state AS int))) <> 0), 0)"
#define CASEFILE_OPEN_TO                                                                           \
	"(SELECT count(*) FROM casefile_audience y WHERE y.id = d.casefile_id"                     \
	" AND y.audience_id IN ($1, $2, $3, $4))"
/* Who is blocked from a casefile (conflict of interest, embargo) is blocked from its advice. */
#define NOT_KEPT(person)                                                                           \
	" NOT EXISTS (SELECT 1 FROM casefile_block k WHERE k.casefile_id = d.casefile_id"          \
	" AND k.person_id = " person " AND k.lifted_at = 0)"

static const struct db_stmt LOAD = { "advice_load", "iiiiti",
	                             COLUMNS ", " OWN_REACH ", " CASEFILE_OPEN_TO
	                                     " FROM advice d JOIN casefile c ON c.id ="
	                                     " d.casefile_id WHERE d.reference = $5"
	                                     " AND (" OWN_REACH " > 0 OR " CASEFILE_OPEN_TO
	                                     " > 0) AND" NOT_KEPT("$6") };
static const struct db_stmt OF_CASEFILE = {
	"advice_of_casefile", "i",
	COLUMNS ", 2, 1 FROM advice d JOIN casefile c ON c.id = d.casefile_id"
		" WHERE d.casefile_id = $1 AND d.state <> 4"
};
static const struct db_stmt OF_ID = {
	"advice_of_id", "i",
	COLUMNS ", 2, 1 FROM advice d JOIN casefile c ON c.id = d.casefile_id WHERE d.id = $1"
};
static const struct db_stmt LAST = {
	"advice_last", "i",
	COLUMNS ", 2, 1 FROM advice d JOIN casefile c ON c.id = d.casefile_id"
		" WHERE d.casefile_id = $1 AND d.edition = (SELECT max(x.edition) FROM advice x"
		" WHERE x.casefile_id = $1)"
};
static const struct db_stmt PICTURE = {
	"advice_picture", "i",
	"SELECT d.conclusion_chars,"
	" (SELECT count(*) FROM advice_proposal p WHERE p.advice_id = d.id),"
	" (SELECT count(*) FROM advice_proposal p WHERE p.advice_id = d.id AND (p.basis_chars = 0"
	" OR p.approach_chars = 0 OR p.effect_chars = 0 OR p.indicator_chars = 0 OR p.hours = 0"
	" OR p.wanted_day = 0)),"
	" (SELECT count(*) FROM advice_proposal p WHERE p.advice_id = d.id"
	" AND p.feasible IN (0, 1)),"
	" (SELECT count(*) FROM advice_proposal p WHERE p.advice_id = d.id AND p.feasible = 4),"
	" (SELECT count(DISTINCT coalesce(f.source_organ_id, (SELECT min(o.id) FROM organ o"
	" WHERE o.participant_id = f.source_participant_id)))"
	" FROM fact f JOIN presence q ON q.id = f.presence_id"
	" WHERE q.casefile_id = d.casefile_id AND NOT EXISTS (SELECT 1 FROM advice_source s"
	" WHERE s.advice_id = d.id AND s.organ_id = coalesce(f.source_organ_id,"
	" (SELECT min(o.id) FROM organ o WHERE o.participant_id = f.source_participant_id)))),"
	" (SELECT count(*) FROM advice_source s WHERE s.advice_id = d.id AND s.state = 1),"
	" (SELECT count(*) FROM advice_source s WHERE s.advice_id = d.id AND s.state = 3),"
	" coalesce((SELECT g.person_id FROM advice_signature g WHERE g.advice_id = d.id"
	" AND g.place = 1), 0),"
	" (SELECT count(*) FROM advice_proposal p WHERE p.advice_id = d.id AND p.feasible = 0),"
	" (SELECT count(*) FROM advice_source s WHERE s.advice_id = d.id AND " ADVICE_SOURCE_STALE
	")"
	" FROM advice d WHERE d.id = $1"
};
static const struct db_stmt SIGNATURES = {
	"advice_signatures", "i",
	"SELECT n.full_name, g.person_id, g.at, g.digest FROM advice_signature g"
	" JOIN person n ON n.id = g.person_id WHERE g.advice_id = $1 ORDER BY g.advice_id, g.place"
};
static const struct db_stmt HISTORY = {
	"advice_history", "i",
	"SELECT e.at, e.action, coalesce(p.short_name, '') FROM advice_history e"
	" LEFT JOIN participant p ON p.id = e.participant_id WHERE e.advice_id = $1"
	" ORDER BY e.at DESC, e.id DESC LIMIT 100"
};
static const struct db_stmt READERS = {
	"advice_readers", "ii",
	"SELECT audience_id FROM advice_audience WHERE id = $1"
	" AND (casefile_states & (CAST(1 AS bigint) << CAST($2 AS int))) <> 0"
	" GROUP BY audience_id ORDER BY audience_id LIMIT 60"
};

/* $1-$4 audiences, $5 person, $6 at, $7 reference of the row where the page begins ("" at the
 * start), $8 mask of states (0: any), $9 rows. */
#define SEEN                                                                                       \
	"FROM advice d JOIN casefile c ON c.id = d.casefile_id WHERE d.id IN (SELECT x.id"         \
	" FROM advice_audience x WHERE x.audience_id IN ($1, $2, $3, $4) UNION SELECT e.id"        \
	" FROM casefile_audience y JOIN advice e ON e.casefile_id = y.id"                          \
	" WHERE y.audience_id IN ($1, $2, $3, $4)) AND (" OWN_REACH " > 0 OR " CASEFILE_OPEN_TO    \
	" > 0) AND" NOT_KEPT("$5") " AND ($8 = 0 OR ($8 & (CAST(1 AS bigint) <<"                   \
				   " CAST(d.state AS int))) <> 0)"
#define ROW                                                                                        \
	"SELECT d.id, d.state_since, d.reference, c.reference, d.state, d.edition,"                \
	" CASE WHEN " OWN_REACH " = 2 OR " CASEFILE_OPEN_TO                                        \
	" > 0 THEN (SELECT count(*) FROM advice_proposal p WHERE p.advice_id = d.id) ELSE -1 END," \
	" coalesce((SELECT p.instrument FROM advice_proposal p WHERE p.advice_id = d.id"           \
	" ORDER BY p.place, p.id LIMIT 1 ), 0), coalesce((SELECT o.on_behalf"                      \
	" FROM advice_proposal p JOIN organ o ON o.id = p.lead_organ_id"                           \
	" WHERE p.advice_id = d.id ORDER BY p.place, p.id LIMIT 1 ), '') "
#define PLACE "coalesce((SELECT z.id FROM advice z WHERE z.reference = $7), 0)"
static const struct db_stmt FORWARD = { "advice_rows_forward", "iiiiiitii",
	                                ROW SEEN " AND ($7 = '' OR (d.state_since, d.id)"
	                                         " < ($6, " PLACE "))"
	                                         " ORDER BY d.state_since DESC, d.id DESC"
	                                         " LIMIT $9" };
static const struct db_stmt BACKWARD = { "advice_rows_backward", "iiiiiitii",
	                                 ROW SEEN " AND ($7 = '' OR (d.state_since, d.id)"
	                                          " > ($6, " PLACE "))"
	                                          " ORDER BY d.state_since, d.id LIMIT $9" };

const struct db_stmt *const advice_statements[] = {
	&LOAD, &OF_CASEFILE, &OF_ID,   &PICTURE,  &SIGNATURES, &HISTORY,
	&LAST, &READERS,     &FORWARD, &BACKWARD, NULL,
};

#define AUDIENCES(v)                                                                               \
	DB_INT((v)->audiences[0]), DB_INT((v)->audiences[1]), DB_INT((v)->audiences[2]),           \
	    DB_INT((v)->audiences[3])

static struct advice read_advice(const struct db_rows *row, struct arena *a)
{
	struct advice d = {
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.revision = db_int(row, 2),
		.casefile_id = db_int(row, 3),
		.edition = db_int(row, 4),
		.reference = db_text(row, 6, a),
		.casefile = db_text(row, 7, a),
		.state = (uint8_t)db_int(row, 8),
		.casefile_state = (uint8_t)db_int(row, 9),
		.casefile_variant = (int)db_int(row, 10),
		.state_since = db_int(row, 11),
		.created_at = db_int(row, 12),
		.written_by = db_int(row, 13),
		.key_id = db_int(row, 14),
		.frozen_key_id = db_int(row, 15),
		.reason_key_id = db_int(row, 16),
		.introduction = span_stored(row, 17, a),
		.conclusion = span_stored(row, 18, a),
		.frozen = span_stored(row, 19, a),
		.reason = span_stored(row, 20, a),
		.conclusion_chars = db_int(row, 21),
		.casefile_reader = db_int(row, 24) > 0,
	};
	d.has_digest = !db_is_null(row, 22);
	d.digest = digest_stored(row, 22);
	d.reach = d.casefile_reader ? REACH_WHOLE : (enum advice_reach)db_int(row, 23);
	d.uuid = uuid_stored(row, 5);
	return d;
}

enum status advice_load(struct db_read *r, const struct viewer *viewer, const char *reference,
                        struct arena *a, struct advice *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(
	    r, &LOAD, DB_ARGS(AUDIENCES(viewer), DB_TEXT(reference), DB_INT(viewer->person_id)),
	    &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = read_advice(&row, a);
	return st;
}

static enum status load_one(struct db_read *r, const struct db_stmt *which, int64_t id,
                            struct arena *a, struct advice *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, which, DB_ARGS(DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = read_advice(&row, a);
	return st;
}

enum status advice_of_casefile(struct db_read *r, int64_t casefile_id, struct arena *a,
                               struct advice *ret, struct error *reterr)
{
	return load_one(r, &OF_CASEFILE, casefile_id, a, ret, reterr);
}

enum status advice_of_id(struct db_read *r, int64_t id, struct arena *a, struct advice *ret,
                         struct error *reterr)
{
	return load_one(r, &OF_ID, id, a, ret, reterr);
}

enum status advice_last_of_casefile(struct db_read *r, int64_t casefile_id, struct arena *a,
                                    struct advice *ret, struct error *reterr)
{
	return load_one(r, &LAST, casefile_id, a, ret, reterr);
}

enum status advice_picture_load(struct db_read *r, const struct advice *d,
                                struct advice_picture *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &PICTURE, DB_ARGS(DB_INT(d->id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (struct advice_picture){
			.casefile_waits = advice_awaited(d->casefile_state, d->casefile_variant),
			.decided = d->casefile_state >= CASEFILE_DECIDED,
			.concluded = db_int(&row, 0) > 0,
			.proposals = db_int(&row, 1),
			.incomplete = db_int(&row, 2),
			.unchecked = db_int(&row, 3),
			.infeasible = db_int(&row, 4),
			.sources_unasked = db_int(&row, 5),
			.sources_waiting = db_int(&row, 6),
			.objections = db_int(&row, 7),
			.signer_person_id = db_int(&row, 8),
			.unasked = db_int(&row, 9),
			.sources_stale = db_int(&row, 10),
		};
	return st;
}

enum status advice_signatures(struct db_read *r, int64_t advice_id, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	enum { MAX = 2 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct advice_signature *list = ARENA_ARRAY(a, struct advice_signature, MAX);
	size_t count = 0;
	enum status st = db_query(r, &SIGNATURES, DB_ARGS(DB_INT(advice_id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < MAX && db_next(&rows); count++) {
		list[count] = (struct advice_signature){ .person = db_text(&rows, 0, a),
			                                 .person_id = db_int(&rows, 1),
			                                 .at = db_int(&rows, 2) };
		list[count].digest = digest_stored(&rows, 3);
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status advice_history(struct db_read *r, int64_t advice_id, struct arena *a, struct array *ret,
                           struct error *reterr)
{
	enum { MAX = 100 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct advice_event *list = ARENA_ARRAY(a, struct advice_event, MAX);
	size_t count = 0;
	enum status st = db_query(r, &HISTORY, DB_ARGS(DB_INT(advice_id)), &rows, reterr);

	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct advice_event){ db_int(&rows, 0), (uint8_t)db_int(&rows, 1),
			                               db_text(&rows, 2, a) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status advice_rows(struct db_read *r, const struct advice_query *q, struct arena *a,
                        struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct advice_row *list = ARENA_ARRAY(a, struct advice_row, (size_t)q->limit + 1);
	size_t count = 0;
	enum status st =
	    db_query(r, q->backward ? &BACKWARD : &FORWARD,
	             DB_ARGS(AUDIENCES(q->viewer), DB_INT(q->viewer->person_id), DB_INT(q->at),
	                     DB_TEXT(q->reference != NULL ? q->reference : ""),
	                     DB_INT((int64_t)q->states), DB_INT(q->limit)),
	             &rows, reterr);

	if (st != OK)
		return st;
	while (count < (size_t)q->limit && db_next(&rows))
		list[count++] = (struct advice_row){
			.id = db_int(&rows, 0),
			.at = db_int(&rows, 1),
			.reference = db_text(&rows, 2, a),
			.casefile = db_text(&rows, 3, a),
			.state = (uint8_t)db_int(&rows, 4),
			.edition = db_int(&rows, 5),
			.proposals = db_int(&rows, 6),
			.instrument = db_int(&rows, 7),
			.lead = db_text(&rows, 8, a),
		};
	for (size_t i = 0; i < count; i++)
		if (list[i].proposals < 0) {
			list[i].instrument = 0;
			list[i].lead = "";
		}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

/* ---- who it is open to ---------------------------------------------------------------------- */

enum status advice_thing(struct db_read *r, const struct advice *d, struct thing *ret,
                         struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st =
	    db_query(r, &READERS, DB_ARGS(DB_INT(d->id), DB_INT(d->casefile_state)), &rows, reterr);

	if (st != OK)
		return st;
	casefile_thing(&(struct casefile_facts){ d->casefile_id, d->casefile_state }, ret);
	ret->writer_count = 0; /* who writes an advice follows from role and state, not from sets */
	while (ret->reader_count < THING_AUDIENCES_MAX && db_next(&rows))
		ret->readers[ret->reader_count++] = db_int(&rows, 0);
	return db_rows_end(&rows, reterr);
}
