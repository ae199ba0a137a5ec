/* Every statement that writes who takes part: each brings a row up to date by its key. */
#include "partners/partner.h"

#include "partners/partner_statements.h"

#include "access/access.h"

/* Two rows of the own region can't be: the old one loses the mark when a new one gets it. */
const struct db_stmt REGION_PUT = {
	"region_put", "tti",
	"INSERT INTO region (code, name, own) VALUES ($1, $2, $3)"
	" ON CONFLICT (code) DO UPDATE SET name = excluded.name, own = excluded.own RETURNING id"
};

const struct db_stmt MUNICIPALITY_PUT = {
	"municipality_put", "ttbiiI",
	"INSERT INTO municipality (cbs_code, name, sort_key, inhabitants, valid_from, valid_until)"
	" VALUES ($1, $2, $3, $4, $5, $6)"
	" ON CONFLICT (cbs_code, valid_from) DO UPDATE SET name = excluded.name,"
	" sort_key = excluded.sort_key, valid_until = excluded.valid_until,"
	" inhabitants = CASE WHEN excluded.inhabitants > 0 THEN excluded.inhabitants"
	" ELSE municipality.inhabitants END RETURNING id"
};

const struct db_stmt MUNICIPALITY_FOLLOW = {
	"municipality_follow", "tt",
	"UPDATE municipality SET successor_id = (SELECT n.id FROM municipality n"
	" WHERE n.cbs_code = $2 AND n.valid_from <= municipality.valid_until + 1"
	" AND (n.valid_until IS NULL OR n.valid_until > municipality.valid_until)"
	" ORDER BY n.valid_from DESC, n.id DESC LIMIT 1)"
	" WHERE cbs_code = $1 AND valid_until IS NOT NULL"
};

const struct db_stmt MUNICIPALITY_JOIN = {
	"municipality_join", "iiiI",
	"INSERT INTO region_municipality (region_id, municipality_id, valid_from, valid_until)"
	" VALUES ($1, $2, $3, $4)"
	" ON CONFLICT (region_id, municipality_id, valid_from)"
	" DO UPDATE SET valid_until = excluded.valid_until"
};

const struct db_stmt PARTICIPANT_PUT = {
	"participant_put", "tttbIiiI",
	"INSERT INTO participant"
	" (code, name, short_name, sort_key, municipality_id, bureau, valid_from, valid_until)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
	" ON CONFLICT (code) DO UPDATE SET name = excluded.name, short_name = excluded.short_name,"
	" sort_key = excluded.sort_key, municipality_id = excluded.municipality_id,"
	" valid_from = excluded.valid_from, valid_until = excluded.valid_until RETURNING id"
};

const struct db_stmt ORGAN_PUT = {
	"organ_put", "ittt",
	"INSERT INTO organ (participant_id, letter, name, on_behalf) VALUES ($1, $2, $3, $4)"
	" ON CONFLICT (participant_id, letter)"
	" DO UPDATE SET name = excluded.name, on_behalf = excluded.on_behalf RETURNING id"
};

const struct db_stmt DESK_PUT = {
	"desk_put", "ittiI",
	"INSERT INTO desk (participant_id, code, name, valid_from, valid_until)"
	" VALUES ($1, $2, $3, $4, $5)"
	" ON CONFLICT (participant_id, code) DO UPDATE SET name = excluded.name,"
	" valid_from = excluded.valid_from, valid_until = excluded.valid_until RETURNING id"
};

const struct db_stmt SETTING_PUT = { "setting_put", "tt",
	                             "INSERT INTO setting (name, value) VALUES ($1, $2)"
	                             " ON CONFLICT (name) DO UPDATE SET value = excluded.value" };

/* ---- the public face --------------------------------------------------------------------------
 */

static struct db_value day_or_null(int64_t day)
{
	return day == NO_DAY ? DB_NULL : DB_INT(day);
}

static enum status put(struct db_tx *tx, const struct db_stmt *s, const struct db_value *args,
                       int64_t *ret_id, struct error *reterr)
{
	int64_t id;
	const enum status st = db_insert(tx, s, args, &id, reterr);
	if (st == OK && ret_id != NULL)
		*ret_id = id;
	return st;
}

enum status region_put(struct db_tx *tx, const struct region *region, int64_t *ret_id,
                       struct error *reterr)
{
	return put(tx, &REGION_PUT,
	           DB_ARGS(DB_TEXT(region->code), DB_TEXT(region->name), DB_INT(region->own)),
	           ret_id, reterr);
}

enum status municipality_put(struct db_tx *tx, const struct municipality *m,
                             const struct sorted_name *name, int64_t *ret_id, struct error *reterr)
{
	return put(tx, &MUNICIPALITY_PUT,
	           DB_ARGS(DB_TEXT(m->cbs_code), DB_TEXT(name->text),
	                   DB_BYTES(name->sort_key, name->sort_key_len), DB_INT(m->inhabitants),
	                   DB_INT(m->valid_from), day_or_null(m->valid_until)),
	           ret_id, reterr);
}

enum status municipality_follow(struct db_tx *tx, const char *cbs_code, const char *successor,
                                struct error *reterr)
{
	return db_exec(tx, &MUNICIPALITY_FOLLOW, DB_ARGS(DB_TEXT(cbs_code), DB_TEXT(successor)),
	               NULL, reterr);
}

enum status municipality_join(struct db_tx *tx, int64_t region_id, int64_t municipality_id,
                              int64_t valid_from, int64_t valid_until, struct error *reterr)
{
	return db_exec(tx, &MUNICIPALITY_JOIN,
	               DB_ARGS(DB_INT(region_id), DB_INT(municipality_id), DB_INT(valid_from),
	                       day_or_null(valid_until)),
	               NULL, reterr);
}

enum status participant_put(struct db_tx *tx, const struct participant *p,
                            const struct sorted_name *name, int64_t *ret_id, struct error *reterr)
{
	return put(tx, &PARTICIPANT_PUT,
	           DB_ARGS(DB_TEXT(p->code), DB_TEXT(name->text), DB_TEXT(p->short_name),
	                   DB_BYTES(name->sort_key, name->sort_key_len),
	                   p->municipality_id == 0 ? DB_NULL : DB_INT(p->municipality_id),
	                   DB_INT(p->bureau), DB_INT(p->valid_from), day_or_null(p->valid_until)),
	           ret_id, reterr);
}

enum status organ_put(struct db_tx *tx, const struct organ *o, int64_t *ret_id,
                      struct error *reterr)
{
	const char letter[] = { o->letter, '\0' };
	return put(tx, &ORGAN_PUT,
	           DB_ARGS(DB_INT(o->participant_id), DB_TEXT(letter), DB_TEXT(o->name),
	                   DB_TEXT(o->on_behalf)),
	           ret_id, reterr);
}

enum status desk_put(struct db_tx *tx, const struct desk *d, int64_t *ret_id, struct error *reterr)
{
	return put(tx, &DESK_PUT,
	           DB_ARGS(DB_INT(d->participant_id), DB_TEXT(d->code), DB_TEXT(d->name),
	                   DB_INT(d->valid_from), day_or_null(d->valid_until)),
	           ret_id, reterr);
}

enum status setting_put(struct db_tx *tx, const char *name, const char *value, struct error *reterr)
{
	return db_exec(tx, &SETTING_PUT, DB_ARGS(DB_TEXT(name), DB_TEXT(value)), NULL, reterr);
}
