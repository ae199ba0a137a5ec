#include "casework/casefile_sight.h"

#include "casework/casefile.h"
#include "casework/project.h"
#include "matches/seen.h"

/* $1-$4 audiences, $5 person: casefiles as every list of them shows. */
#define HIS                                                                                        \
	" c.id IN (SELECT a.id FROM casefile_audience a WHERE a.audience_id IN ($1, $2, $3, $4))"  \
	" AND NOT EXISTS (SELECT 1 FROM casefile_block k WHERE k.casefile_id = c.id"               \
	" AND k.person_id = $5 AND k.lifted_at = 0)"
/* $6 appointment; $7 the highest phase that he reads, $8 where he is named for phase 3. */
#define HIS_PHASE                                                                                  \
	" CASE WHEN EXISTS (SELECT 1 FROM casefile_member m WHERE m.casefile_id = c.id"            \
	" AND m.appointment_id = $6 AND m.heavy = 1) THEN $8 ELSE $7 END"
static const struct db_stmt SUBJECTS = { "casefile_sight_subjects", "iiiii",
	                                 "SELECT count(*) FROM presence p"
	                                 " JOIN casefile c ON c.id = p.casefile_id WHERE" HIS };
static const struct db_stmt ANALYSES = { "casefile_sight_analyses", "iiiii",
	                                 "SELECT count(*) FROM analysis n"
	                                 " JOIN casefile c ON c.id = n.casefile_id WHERE" HIS };
/* $9 the phase */
static const struct db_stmt FACTS = {
	"casefile_sight_facts", "iiiiiiiii",
	"SELECT count(*) FROM presence p JOIN casefile c ON c.id = p.casefile_id"
	" JOIN fact f ON f.presence_id = p.id WHERE" HIS
	" AND f.other_presence_id IS NULL AND f.phase = $9 AND f.phase <= " HIS_PHASE
};
static const struct db_stmt NOTES = {
	"casefile_sight_notes", "iiiiiiii",
	"SELECT count(*) FROM casefile_note n JOIN casefile c ON c.id = n.casefile_id WHERE" HIS
	" AND n.removed_at = 0 AND n.phase <= " HIS_PHASE
};

const struct db_stmt *const casefile_sight_statements[] = { &SUBJECTS, &ANALYSES, &FACTS, &NOTES,
	                                                    NULL };

#define OF(v)                                                                                      \
	DB_INT((v)->audiences[0]), DB_INT((v)->audiences[1]), DB_INT((v)->audiences[2]),           \
	    DB_INT((v)->audiences[3]), DB_INT((v)->person_id)
#define PHASES(v)                                                                                  \
	DB_INT((v)->appointment_id), DB_INT(casefile_reads_phase((v)->role, false)),               \
	    DB_INT(casefile_reads_phase((v)->role, true))

static enum status one_number(struct db_read *r, const struct db_stmt *s,
                              const struct db_value *args, int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, s, args, &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = db_int(&row, 0);
	return st;
}

enum status casefile_sight_subjects(struct db_read *r, const struct viewer *v, int64_t *ret,
                                    struct error *reterr)
{
	return one_number(r, &SUBJECTS, DB_ARGS(OF(v)), ret, reterr);
}

enum status casefile_sight_analyses(struct db_read *r, const struct viewer *v, int64_t *ret,
                                    struct error *reterr)
{
	return one_number(r, &ANALYSES, DB_ARGS(OF(v)), ret, reterr);
}

static enum status facts(struct db_read *r, const struct viewer *v, int phase, int64_t *ret,
                         struct error *reterr)
{
	return one_number(r, &FACTS, DB_ARGS(OF(v), PHASES(v), DB_INT(phase)), ret, reterr);
}

enum status casefile_sight_facts_1(struct db_read *r, const struct viewer *v, int64_t *ret,
                                   struct error *reterr)
{
	return facts(r, v, 1, ret, reterr);
}

enum status casefile_sight_facts_2(struct db_read *r, const struct viewer *v, int64_t *ret,
                                   struct error *reterr)
{
	return facts(r, v, 2, ret, reterr);
}

enum status casefile_sight_facts_3(struct db_read *r, const struct viewer *v, int64_t *ret,
                                   struct error *reterr)
{
	return facts(r, v, 3, ret, reterr);
}

enum status casefile_sight_notes(struct db_read *r, const struct viewer *v, int64_t *ret,
                                 struct error *reterr)
{
	return one_number(r, &NOTES, DB_ARGS(OF(v), PHASES(v)), ret, reterr);
}

enum { ARENA_BYTES = 1 << 18 };

enum status casefile_sight_alike(struct db_read *r, const struct viewer *v, int64_t *ret,
                                 struct error *reterr)
{
	struct array seen = { 0 };
	bool more = false;
	struct arena a;

	arena_init(&a, ARENA_BYTES);
	const enum status st = seen_newest(r, v, SEEN_FROM_NEWEST, &a, &seen, &more, reterr);
	*ret = (int64_t)seen.count + (more ? 1 : 0);
	arena_reset(&a);
	return st;
}

enum status casefile_sight_projects(struct db_read *r, const struct viewer *v, int64_t *ret,
                                    struct error *reterr)
{
	struct array projects = { 0 };
	struct arena a;

	(void)v; /* whoever comes there sees them all */
	arena_init(&a, ARENA_BYTES);
	const enum status st = project_list(r, &a, &projects, reterr);
	*ret = (int64_t)projects.count;
	arena_reset(&a);
	return st;
}
