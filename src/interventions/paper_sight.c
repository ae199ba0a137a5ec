#include "interventions/paper_sight.h"

#include "casework/casefile.h"
#include "interventions/paper_index.h"

/* $1-$4 audiences, $5 person, $6 appointment. 35: OBJECT_INTERVENTION. By what the rule asks: who is
 * concerned, the kind of file, whose it is, and how he reads the casefile. */
static const struct db_stmt PAPERS = {
	"paper_sight", "iiiiii",
	"SELECT coalesce(q.lead_id, 0), q.organ_id, coalesce(w.executor_id, 0), t.category,"
	" t.source_participant_id, (SELECT count(*) FROM casefile_audience c WHERE c.id ="
	" q.casefile_id AND c.audience_id IN ($1, $2, $3, $4)), (SELECT count(*) FROM"
	" casefile_member m WHERE m.casefile_id = q.casefile_id AND m.appointment_id = $6"
	" AND m.heavy = 1), count(*) FROM intervention q JOIN attachment t ON t.owner_id = q.id"
	" AND t.owner_kind = 35 LEFT JOIN intervention_owner w ON w.intervention_id = q.id"
	" AND w.organ_id = q.organ_id WHERE q.id IN (SELECT a.id FROM intervention_audience a"
	" WHERE a.audience_id IN ($1, $2, $3, $4) UNION SELECT v.id FROM intervention v"
	" JOIN casefile_audience c ON c.id = v.casefile_id WHERE c.audience_id IN ($1, $2, $3, $4))"
	" AND NOT EXISTS (SELECT 1 FROM casefile_block k WHERE k.casefile_id = q.casefile_id"
	" AND k.person_id = $5 AND k.lifted_at = 0) GROUP BY 1, 2, 3, 4, 5, 6, 7"
};
const struct db_stmt *const paper_sight_statements[] = { &PAPERS, NULL };

static bool row_is_seen(const struct viewer *v, const struct db_rows *row)
{
	const struct intervention i = { .lead_id = db_int(row, 0),
		                        .organ_id = db_int(row, 1),
		                        .executor_id = db_int(row, 2),
		                        .sees_casefile = db_int(row, 5) > 0 };
	const struct attachment what = { .category = (int)db_int(row, 3),
		                         .source_participant_id = db_int(row, 4) };
	const int reach = i.sees_casefile ? casefile_reads_phase(v->role, db_int(row, 6) > 0) : 0;

	return paper_seen_by(v, &i, reach, &what);
}

enum status paper_sight(struct db_read *r, const struct viewer *v, int64_t *ret,
                        struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, &PAPERS,
	                                DB_ARGS(DB_INT(v->audiences[0]), DB_INT(v->audiences[1]),
	                                        DB_INT(v->audiences[2]), DB_INT(v->audiences[3]),
	                                        DB_INT(v->person_id), DB_INT(v->appointment_id)),
	                                &rows, reterr);

	*ret = 0;
	while (st == OK && db_next(&rows))
		if (row_is_seen(v, &rows))
			*ret += db_int(&rows, 7);
	return st == OK ? db_rows_end(&rows, reterr) : st;
}
