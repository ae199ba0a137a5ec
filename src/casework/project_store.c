#include "casework/project.h"

static const struct db_stmt LIST = {
	"project_list", "",
	"SELECT p.id, p.name, p.aim, p.from_day, p.until_day, (SELECT count(*) FROM casefile c"
	" WHERE c.project_id = p.id) FROM project p ORDER BY p.from_day DESC, p.id DESC LIMIT 200"
};
static const struct db_stmt ADD = {
	"project_add", "bttiiii",
	"INSERT INTO project (uuid, name, aim, from_day, until_day, registered_by, registered_at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO NOTHING"
};
static const struct db_stmt SET = { "casefile_set_project", "iI",
	                            "UPDATE casefile SET project_id = $2 WHERE id = $1" };

const struct db_stmt *const project_statements[] = { &LIST, &ADD, &SET, NULL };

enum status project_list(struct db_read *r, struct arena *a, struct array *ret,
                         struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct project *list = ARENA_ARRAY(a, struct project, PROJECTS_MAX);
	size_t count = 0;

	const enum status st = db_query(r, &LIST, DB_NO_ARGS, &rows, reterr);
	if (st != OK)
		return st;
	while (count < PROJECTS_MAX && db_next(&rows))
		list[count++] = (struct project){ .id = db_int(&rows, 0),
			                          .name = db_text(&rows, 1, a),
			                          .aim = db_text(&rows, 2, a),
			                          .from_day = db_int(&rows, 3),
			                          .until_day = db_int(&rows, 4),
			                          .casefiles = db_int(&rows, 5) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status project_add(struct db_tx *tx, const struct project *p, int64_t appointment_id,
                        int64_t now_ms, struct error *reterr)
{
	int64_t added = 0;
	const enum status st =
	    db_exec(tx, &ADD,
	            DB_ARGS(DB_BYTES(p->uuid.bytes, UUID_BYTES), DB_TEXT(p->name), DB_TEXT(p->aim),
	                    DB_INT(p->from_day), DB_INT(p->until_day), DB_INT(appointment_id),
	                    DB_INT(now_ms)),
	            &added, reterr);

	if (st == OK && added == 0)
		return FAIL(reterr, ERR_CONFLICT, "Er is al een project met deze naam.");
	return st;
}

enum status casefile_set_project(struct db_tx *tx, int64_t casefile_id, int64_t project_id,
                                 struct error *reterr)
{
	return db_exec(tx, &SET,
	               DB_ARGS(DB_INT(casefile_id), project_id != 0 ? DB_INT(project_id) : DB_NULL),
	               NULL, reterr);
}
