#include "interventions/intervention_check.h"

#include "interventions/intervention.h"

enum { PARTIES_MAX = 8, ORGANS_MAX = 60 };

static const struct db_stmt RECORDS = {
	"intervention_check_records", "i",
	"SELECT q.id, q.reference, coalesce(q.lead_id, 0), q.casefile_id, coalesce(c.shielded, 0)"
	" FROM intervention q LEFT JOIN casefile c ON c.id = q.casefile_id WHERE q.id > $1"
	" ORDER BY q.id LIMIT 200"
};
static const struct db_stmt STORED = { "intervention_check_stored", "i",
	                               "SELECT audience_id FROM intervention_audience"
	                               " WHERE id = $1 ORDER BY audience_id LIMIT 120" };
static const struct db_stmt PARTIES = {
	"intervention_check_parties", "i",
	"SELECT w.organ_id, coalesce(w.executor_id, 0), coalesce(p.municipality_id, 0)"
	" FROM intervention_owner w JOIN participant p ON p.id = w.participant_id"
	" WHERE w.intervention_id = $1 ORDER BY w.organ_id LIMIT 8"
};
static const struct db_stmt ORGANS = { "intervention_check_organs", "i",
	                               "SELECT organ_id FROM casefile_organ WHERE casefile_id = $1"
	                               " ORDER BY organ_id LIMIT 60" };

const struct db_stmt *const intervention_check_statements[] = { &RECORDS, &STORED, &PARTIES,
	                                                        &ORGANS, NULL };

struct around { /* one intervention */
	struct intervention_party party[PARTIES_MAX];
	int64_t organ[ORGANS_MAX];
	size_t parties, organs;
};

static enum status load_parties(struct db_read *r, int64_t id, struct around *ret,
                                struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, &PARTIES, DB_ARGS(DB_INT(id)), &rows, reterr);

	while (st == OK && ret->parties < PARTIES_MAX && db_next(&rows))
		ret->party[ret->parties++] =
		    (struct intervention_party){ db_int(&rows, 0), db_int(&rows, 1),
			                         db_int(&rows, 2) };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

static enum status load_organs(struct db_read *r, int64_t casefile_id, struct around *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, &ORGANS, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);

	while (st == OK && ret->organs < ORGANS_MAX && db_next(&rows))
		ret->organ[ret->organs++] = db_int(&rows, 0);
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

static enum status expect(struct db_read *r, const struct audience_facts *f,
                          struct audience_list *ret, struct error *reterr)
{
	struct around around = { .parties = 0 };
	audience readers[INTERVENTION_READERS_MAX];

	if (f->fact[2] == 1) /* kept by a hold past its day */
		return OK;
	enum status st = load_parties(r, f->id, &around, reterr);
	if (st == OK)
		st = load_organs(r, f->fact[1], &around, reterr);
	if (st != OK)
		return st;
	const size_t count = intervention_readers(f->fact[0], around.party, around.parties,
	                                          around.organ, around.organs, readers);
	for (size_t i = 0; i < count; i++)
		audience_list_add(ret, readers[i]);
	return OK;
}

const struct audience_room INTERVENTION_AUDIENCES = {
	"interventies", &RECORDS, 3, &STORED, expect, .has_how = false,
};
